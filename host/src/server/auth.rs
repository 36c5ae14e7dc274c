//! From a request's headers to a [`Caller`].
//!
//! A key comes raw in `Authorization`, after `Bearer` there, or in `X-Xyte-Api-Key`. Whatever comes, the headers are
//! gone afterwards, so that nothing behind this layer can print them.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::refusal::Refused;
use crate::tenant::{ApiKey, Caller, Credential, TenantSecret, UserToken};

const API_KEY_HEADER: HeaderName = HeaderName::from_static("x-xyte-api-key");
const USER_TOKEN_HEADER: HeaderName = HeaderName::from_static("x-xyte-user-token");
const BEARER: &str = "bearer ";

/// Decides who is calling.
#[derive(Debug, Clone)]
pub struct Authenticator {
    secret: Arc<TenantSecret>,
    configured: Option<Credential>,
}

impl Authenticator {
    /// With a configured key, requests without one of their own use it. Without, every request brings its own:
    /// there is nothing to fall back to.
    pub fn new(secret: impl Into<Arc<TenantSecret>>, configured: Option<ApiKey>) -> Authenticator {
        let secret = secret.into();
        let configured = configured.map(|key| credential(&secret, key));
        Authenticator { secret, configured }
    }

    /// Who a caller is that brings no key: the configured key's tenant, or somebody without a key.
    pub fn configured_caller(&self, user: Option<&UserToken>) -> Caller {
        match &self.configured {
            Some(credential) => self.known(credential.clone(), user),
            None => Caller::without_key(),
        }
    }

    fn known(&self, credential: Credential, user: Option<&UserToken>) -> Caller {
        let user = user.map(|token| self.secret.user_of(&credential.tenant, token));
        Caller::with(credential).for_user(user)
    }

    /// Takes the credential out of a request's headers.
    fn caller(&self, headers: &mut HeaderMap) -> Result<Caller, Refused> {
        let (given, user) = (given_key(headers), user_token(headers));
        headers.remove(header::AUTHORIZATION);
        headers.remove(API_KEY_HEADER);
        headers.remove(USER_TOKEN_HEADER);
        let user = user?;
        match (given?, &self.configured) {
            (Some(key), _) => Ok(self.known(credential(&self.secret, key), user.as_ref())),
            (None, Some(configured)) => Ok(self.known(configured.clone(), user.as_ref())),
            (None, None) => Err(Refused {
                status: StatusCode::UNAUTHORIZED,
                error: "missing_xyte_key",
                message: "send your Xyte API key in the Authorization header, raw or after Bearer, or in \
                          X-Xyte-Api-Key"
                    .to_owned(),
            }),
        }
    }
}

/// The layer: puts the [`Caller`] where handlers find it, or refuses.
pub(super) async fn authenticate(
    State(authenticator): State<Authenticator>,
    mut request: Request,
    next: Next,
) -> Response {
    match authenticator.caller(request.headers_mut()) {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(refused) => {
            tracing::debug!(error = refused.error, "request refused");
            refused.into_response()
        }
    }
}

fn credential(secret: &TenantSecret, key: ApiKey) -> Credential {
    Credential { tenant: secret.tenant_of(&key), key: Arc::new(key) }
}

/// The one key that the headers give. Blank values are absent ones; several must be the same.
fn given_key(headers: &HeaderMap) -> Result<Option<ApiKey>, Refused> {
    let authorization =
        headers.get_all(header::AUTHORIZATION).iter().map(|value| text(value).map(without_scheme));
    let own = headers.get_all(API_KEY_HEADER).iter().map(text);
    let mut found: Option<ApiKey> = None;
    for value in authorization.chain(own) {
        let value = value?;
        if value.trim().is_empty() {
            continue;
        }
        let key = ApiKey::parse(value).map_err(|error| invalid(&error.to_string()))?;
        match &found {
            Some(first) if !first.same_as(&key) => {
                return Err(Refused {
                    status: StatusCode::BAD_REQUEST,
                    error: "conflicting_credentials",
                    message: "the request carries different keys; send one".to_owned(),
                });
            }
            _ => found = Some(key),
        }
    }
    Ok(found)
}

/// The user that the request is for. Blank is absent; several must be the same.
fn user_token(headers: &HeaderMap) -> Result<Option<UserToken>, Refused> {
    let refuse =
        |message: String| Refused { status: StatusCode::BAD_REQUEST, error: "invalid_user_token", message };
    let mut found: Option<UserToken> = None;
    for value in headers.get_all(USER_TOKEN_HEADER) {
        let text = value.to_str().unwrap_or("\0").trim();
        if text.is_empty() {
            continue;
        }
        let token = UserToken::parse(text).map_err(|error| refuse(format!("X-Xyte-User-Token: {error}")))?;
        if found.as_ref().is_some_and(|first| *first != token) {
            return Err(refuse(
                "the request carries different X-Xyte-User-Token headers; send one".to_owned(),
            ));
        }
        found = Some(token);
    }
    Ok(found)
}

fn text(value: &HeaderValue) -> Result<&str, Refused> {
    value.to_str().map_err(|_| invalid("the key holds characters that no key has"))
}

fn without_scheme(value: &str) -> &str {
    match value.get(..BEARER.len()) {
        Some(scheme) if scheme.eq_ignore_ascii_case(BEARER) => &value[BEARER.len()..],
        _ if value.eq_ignore_ascii_case(BEARER.trim_end()) => "",
        _ => value,
    }
}

fn invalid(message: &str) -> Refused {
    Refused { status: StatusCode::UNAUTHORIZED, error: "invalid_xyte_key", message: message.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Headers as (name, value), and who that makes in multi-tenant mode: `Ok(key)`, or the error.
    type Case = (&'static [(&'static str, &'static str)], Result<&'static str, &'static str>);

    const CASES: &[Case] = &[
        (&[("authorization", "k1")], Ok("k1")),
        (&[("authorization", "Bearer k1")], Ok("k1")),
        (&[("authorization", "bearer  k1 ")], Ok("k1")),
        (&[("x-xyte-api-key", "k1")], Ok("k1")),
        (&[("authorization", "k1"), ("x-xyte-api-key", "k1")], Ok("k1")),
        (&[("authorization", "Bearer k1"), ("authorization", "k1")], Ok("k1")),
        (&[("authorization", " "), ("x-xyte-api-key", "k1")], Ok("k1")),
        (&[("authorization", "Bearer k1"), ("x-xyte-api-key", "k2")], Err("conflicting_credentials")),
        (&[("authorization", "k1"), ("authorization", "k2")], Err("conflicting_credentials")),
        (&[("x-xyte-api-key", "k1"), ("x-xyte-api-key", "k2")], Err("conflicting_credentials")),
        (&[("authorization", "Basic azE6azI=")], Err("invalid_xyte_key")),
        (&[("authorization", "Bearer k1 k2")], Err("invalid_xyte_key")),
        (&[("authorization", "k\u{e4}y")], Err("invalid_xyte_key")),
        (&[], Err("missing_xyte_key")),
        (&[("authorization", "")], Err("missing_xyte_key")),
        (&[("authorization", "Bearer ")], Err("missing_xyte_key")),
        (&[("authorization", "Bearer")], Err("missing_xyte_key")),
    ];

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            let name: HeaderName = name.parse().unwrap();
            headers.append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        headers
    }

    fn key(text: &str) -> ApiKey {
        ApiKey::parse(text).unwrap()
    }

    #[test]
    fn a_request_in_multi_tenant_mode_is_its_own_key_or_nobody() {
        let multi = Authenticator::new(TenantSecret::random(), None);
        for (pairs, expected) in CASES {
            let mut headers = headers(pairs);
            let caller = multi.caller(&mut headers);
            let tenant = caller.as_ref().map(Caller::tenant_label).map_err(|refused| refused.error);
            let expected = expected.map(|text| multi.secret.tenant_of(&key(text)).to_string());
            assert_eq!(tenant, expected, "{pairs:?}");
            assert!(headers.is_empty(), "no credential stays behind: {pairs:?}");
        }
    }

    #[test]
    fn in_single_tenant_mode_only_a_missing_key_is_replaced() {
        let single = Authenticator::new(TenantSecret::random(), Some(key("configured")));
        for (pairs, expected) in CASES {
            let caller = single.caller(&mut headers(pairs));
            let tenant = caller.as_ref().map(Caller::tenant_label).map_err(|refused| refused.error);
            let expected = match expected {
                Err("missing_xyte_key") => Ok("configured"),
                other => *other,
            };
            let expected = expected.map(|text| single.secret.tenant_of(&key(text)).to_string());
            assert_eq!(tenant, expected, "{pairs:?}");
        }
    }

    #[test]
    fn a_user_token_is_one_label_within_its_tenant() {
        let multi = Authenticator::new(TenantSecret::random(), None);
        let user = |pairs: &[(&str, &str)]| {
            let mut headers = headers(&[&[("authorization", "k1")], pairs].concat());
            let caller = multi.caller(&mut headers);
            assert!(headers.is_empty());
            caller.map(|caller| caller.user()).map_err(|refused| refused.error)
        };
        let ann = user(&[("x-xyte-user-token", "ann")]).unwrap();
        assert!(ann.is_some());
        assert_eq!(user(&[("x-xyte-user-token", "ann"), ("x-xyte-user-token", " ann ")]), Ok(ann));
        assert_ne!(user(&[("x-xyte-user-token", "bob")]), Ok(ann));
        assert_eq!(user(&[]), Ok(None));
        assert_eq!(user(&[("x-xyte-user-token", " ")]), Ok(None));
        let long = "x".repeat(257);
        for bad in [vec!["a b"], vec!["\u{e4}"], vec!["ann", "bob"], vec![long.as_str()]] {
            let pairs: Vec<_> = bad.iter().map(|value| ("x-xyte-user-token", *value)).collect();
            assert_eq!(user(&pairs), Err("invalid_user_token"), "{bad:?}");
        }
    }

    #[test]
    fn an_overlong_key_is_refused() {
        let multi = Authenticator::new(TenantSecret::random(), None);
        let long = "k".repeat(10_000);
        let refused = multi.caller(&mut headers(&[("authorization", &long)])).unwrap_err();
        assert_eq!((refused.status, refused.error), (StatusCode::UNAUTHORIZED, "invalid_xyte_key"));
        assert!(!refused.message.contains("kkk"));
    }
}

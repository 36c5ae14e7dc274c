//! Who is calling.

use std::sync::Arc;

use super::identity::{TenantId, UserId};
use super::key::ApiKey;

/// A key with the tenant that it makes.
#[derive(Debug, Clone)]
pub struct Credential {
    /// Shared and not copied, so that one wipe is enough.
    pub key: Arc<ApiKey>,
    /// Its keyed hash.
    pub tenant: TenantId,
}

/// The party behind a request, decided once at the edge. Whether the hub accepts the key is not known yet.
#[derive(Debug, Clone)]
pub struct Caller {
    credential: Option<Credential>,
    user: Option<UserId>,
}

impl Caller {
    /// Somebody with a key.
    pub fn with(credential: Credential) -> Caller {
        Caller { credential: Some(credential), user: None }
    }

    /// Somebody who may look at lists and call nothing: stdio without a configured key.
    pub fn without_key() -> Caller {
        Caller { credential: None, user: None }
    }

    /// The same caller, acting for one of its users.
    #[must_use]
    pub fn for_user(self, user: Option<UserId>) -> Caller {
        Caller { user, ..self }
    }

    /// The user it acts for, if it named one.
    pub fn user(&self) -> Option<UserId> {
        self.user
    }

    /// The credential, if there is one.
    pub fn credential(&self) -> Option<&Credential> {
        self.credential.as_ref()
    }

    /// The tenant's name for logs; `-` for a caller without a key.
    pub fn tenant_label(&self) -> String {
        self.credential.as_ref().map_or_else(|| "-".to_owned(), |credential| credential.tenant.to_string())
    }
}

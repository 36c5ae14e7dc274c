//! A tenant's name: a keyed hash of its credential.
//!
//! The hash is keyed with a secret of this installation, so that a name in a log or a store tells nobody whether a
//! guessed key is right, and two installations name one tenant differently.

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::key::ApiKey;
use super::user_token::UserToken;

/// Bytes of the secret and of the hash's key.
const SECRET_BYTES: usize = 32;
/// Bytes of a name. 128 bits: a collision is out of reach for any number of tenants.
const ID_BYTES: usize = 16;
/// The file in the data directory that holds the secret.
const SECRET_FILE: &str = "tenant.secret";
/// Domain separation, so that no name means anything in another place.
const TENANT_DOMAIN: &[u8] = b"xyte-mcp tenant v1\0organization\0";
const USER_DOMAIN: &[u8] = b"xyte-mcp user v1\0";
const PLUGIN_DOMAIN: &str = "xyte-mcp 2026 tenant as seen by a plugin";
const SEALING_DOMAIN: &str = "xyte-mcp 2026 sealing of what clients carry";
const PLUGIN_USER_DOMAIN: &str = "xyte-mcp 2026 user as seen by a plugin";

/// A tenant's name: `t_` and 32 hexadecimal digits. Stable for one key in one installation; a new key is a new
/// tenant. Safe to log.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TenantId([u8; ID_BYTES]);

impl TenantId {
    /// The name under which one plugin knows the tenant: stable for that plugin, and of no use to link what two
    /// plugins saw, or what a plugin saw with a log.
    pub fn for_plugin(&self, plugin: &str) -> String {
        format!("p_{}", as_seen_by(PLUGIN_DOMAIN, &self.0, plugin))
    }
}

/// A user token's name within its tenant: `u_` and 32 hexadecimal digits. A token is a label that callers choose, and
/// proves nothing. Safe to log.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UserId([u8; ID_BYTES]);

impl UserId {
    /// The name under which one plugin knows the user.
    pub fn for_plugin(&self, plugin: &str) -> String {
        format!("v_{}", as_seen_by(PLUGIN_USER_DOMAIN, &self.0, plugin))
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("u_")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn as_seen_by(domain: &str, id: &[u8; ID_BYTES], plugin: &str) -> String {
    let mut hasher = blake3::Hasher::new_derive_key(domain);
    hasher.update(id);
    hasher.update(plugin.as_bytes());
    hasher.finalize().to_hex()[..ID_BYTES * 2].to_owned()
}

impl fmt::Display for TenantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("t_")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for TenantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// See [`TenantSecret::sealing_key`].
pub struct SealingKey([u8; SECRET_BYTES]);

impl SealingKey {
    /// The key itself, for the cipher.
    pub fn expose(&self) -> &[u8; SECRET_BYTES] {
        &self.0
    }
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey")
    }
}

/// The secret that keys the hash.
pub struct TenantSecret([u8; SECRET_BYTES]);

/// Why there is no secret.
#[derive(Debug, thiserror::Error)]
pub enum TenantSecretError {
    /// The file cannot be read or written.
    #[error("{path}: the secret behind tenant hashes cannot be read or created; check XYTE_DATA_DIR")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file was damaged.
    #[error(
        "{path}: holds {bytes} bytes instead of {SECRET_BYTES}; restore it, or delete it to name tenants anew"
    )]
    Length {
        /// The file.
        path: PathBuf,
        /// How many bytes it has.
        bytes: usize,
    },
}

impl TenantSecret {
    /// Reads the secret from the data directory; creates both when they are missing, readable by their owner alone.
    ///
    /// # Errors
    /// The directory cannot be written, or the file is damaged.
    pub fn load_or_create(data_dir: &Path) -> Result<TenantSecret, TenantSecretError> {
        let path = data_dir.join(SECRET_FILE);
        let io = |source| TenantSecretError::Io { path: path.clone(), source };
        match std::fs::read(&path) {
            Ok(bytes) => match bytes.as_slice().try_into() {
                Ok(secret) => Ok(TenantSecret(secret)),
                Err(_) => Err(TenantSecretError::Length { path: path.clone(), bytes: bytes.len() }),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                std::fs::create_dir_all(data_dir).map_err(io)?;
                create(data_dir, &path).map_err(io)
            }
            Err(error) => Err(io(error)),
        }
    }

    /// A secret that is forgotten with the process.
    pub fn random() -> TenantSecret {
        TenantSecret(rand::random())
    }

    /// A key for what the host hands to clients and wants back unread and unchanged. Replicas that share the secret open
    /// what another has sealed.
    pub fn sealing_key(&self) -> SealingKey {
        SealingKey(*blake3::Hasher::new_derive_key(SEALING_DOMAIN).update(&self.0).finalize().as_bytes())
    }

    /// The tenant that a key makes. The credential is the identity, never the organization behind it: two keys of
    /// one organization may see different data.
    pub fn tenant_of(&self, key: &ApiKey) -> TenantId {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(TENANT_DOMAIN);
        key.hash_into(&mut hasher);
        let mut id = [0; ID_BYTES];
        id.copy_from_slice(&hasher.finalize().as_bytes()[..ID_BYTES]);
        TenantId(id)
    }
}

impl TenantSecret {
    /// The user that a token names for a tenant. Tokens of two tenants have nothing to do with each other.
    pub fn user_of(&self, tenant: &TenantId, token: &UserToken) -> UserId {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(USER_DOMAIN);
        hasher.update(&tenant.0);
        hasher.update(token.as_str().as_bytes());
        let mut id = [0; ID_BYTES];
        id.copy_from_slice(&hasher.finalize().as_bytes()[..ID_BYTES]);
        UserId(id)
    }
}

impl fmt::Debug for TenantSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TenantSecret(…)")
    }
}

/// Writes a new secret under another name and links it into place, so that two hosts that start together agree on
/// one, and a crash leaves no half of one.
fn create(data_dir: &Path, path: &Path) -> io::Result<TenantSecret> {
    let secret = TenantSecret::random();
    let draft = data_dir.join(format!("{SECRET_FILE}.{:016x}", rand::random::<u64>()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(&secret.0)?;
    file.sync_all()?;
    let linked = std::fs::hard_link(&draft, path);
    std::fs::remove_file(&draft)?;
    match linked {
        Ok(()) => Ok(secret),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let bytes = std::fs::read(path)?;
            bytes.as_slice().try_into().map(TenantSecret).map_err(|_| io::ErrorKind::InvalidData.into())
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> ApiKey {
        ApiKey::parse(text).unwrap()
    }

    #[test]
    fn a_tenant_is_named_by_key_and_installation() {
        let (here, there) = (TenantSecret::random(), TenantSecret::random());
        assert_eq!(here.tenant_of(&key("a")), here.tenant_of(&key("a")));
        assert_ne!(here.tenant_of(&key("a")), here.tenant_of(&key("b")));
        assert_ne!(here.tenant_of(&key("a")), there.tenant_of(&key("a")));
        let name = here.tenant_of(&key("a")).to_string();
        assert!(name.starts_with("t_") && name.len() == 34, "{name}");
    }

    #[test]
    fn plugins_know_a_tenant_by_different_names() {
        let tenant = TenantSecret::random().tenant_of(&key("a"));
        assert_eq!(tenant.for_plugin("devices"), tenant.for_plugin("devices"));
        assert_ne!(tenant.for_plugin("devices"), tenant.for_plugin("notes"));
        assert!(!tenant.for_plugin("devices").contains(&tenant.to_string()[2..]));
    }

    #[test]
    fn a_user_is_named_by_token_tenant_and_plugin() {
        let secret = TenantSecret::random();
        let token = |text: &str| UserToken::parse(text).unwrap();
        let (a, b) = (secret.tenant_of(&key("a")), secret.tenant_of(&key("b")));
        assert_eq!(secret.user_of(&a, &token("ann")), secret.user_of(&a, &token("ann")));
        assert_ne!(secret.user_of(&a, &token("ann")), secret.user_of(&a, &token("bob")));
        assert_ne!(secret.user_of(&a, &token("ann")), secret.user_of(&b, &token("ann")));
        let ann = secret.user_of(&a, &token("ann"));
        assert_ne!(ann.for_plugin("devices"), ann.for_plugin("notes"));
        assert!(!ann.for_plugin("devices").contains(&ann.to_string()[2..]));
    }

    #[test]
    fn the_secret_is_created_once_and_kept_private() {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("new").join("data");
        let first = TenantSecret::load_or_create(&data).unwrap();
        let again = TenantSecret::load_or_create(&data).unwrap();
        assert_eq!(first.tenant_of(&key("a")), again.tenant_of(&key("a")));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(data.join(SECRET_FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        assert_eq!(std::fs::read_dir(&data).unwrap().count(), 1, "no draft is left");
    }

    #[test]
    fn hosts_that_start_together_agree() {
        let dir = tempfile::tempdir().unwrap();
        let tenants: Vec<TenantId> = std::thread::scope(|scope| {
            let start = || TenantSecret::load_or_create(dir.path()).unwrap().tenant_of(&key("a"));
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(start)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(tenants.iter().all(|tenant| *tenant == tenants[0]));
    }

    #[test]
    fn a_damaged_secret_is_reported_and_kept() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(SECRET_FILE);
        std::fs::write(&path, "short").unwrap();
        let error = TenantSecret::load_or_create(dir.path()).unwrap_err().to_string();
        assert!(error.contains("holds 5 bytes"), "{error}");
        assert_eq!(std::fs::read(&path).unwrap(), b"short");
    }
}

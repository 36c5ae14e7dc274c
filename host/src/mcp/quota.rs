//! How much of something a tenant has, and all together.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::tenant::{Caller, TenantId};

/// Whose share it is. A user token does not make another: callers invent them at will.
pub(super) type Tenant = Option<TenantId>;

/// The tenant of a caller.
pub(super) fn tenant_of(caller: &Caller) -> Tenant {
    caller.credential().map(|credential| credential.tenant)
}

/// So much for each tenant, and so much for all.
#[derive(Debug)]
pub(super) struct Quota {
    each: usize,
    all: usize,
    taken: Mutex<HashMap<Tenant, usize>>,
}

impl Quota {
    pub(super) fn new(each: usize, all: usize) -> Arc<Quota> {
        Arc::new(Quota { each, all, taken: Mutex::default() })
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<Tenant, usize>> {
        self.taken.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Takes one, until the value is dropped. None: there is none left.
    pub(super) fn take(self: &Arc<Self>, tenant: Tenant) -> Option<Share> {
        let mut taken = self.taken();
        let own = taken.get(&tenant).copied().unwrap_or_default();
        if own >= self.each || taken.values().sum::<usize>() >= self.all {
            return None;
        }
        taken.insert(tenant, own + 1);
        Some(Share { quota: self.clone(), tenant })
    }
}

/// One that was taken.
#[derive(Debug)]
pub(super) struct Share {
    quota: Arc<Quota>,
    tenant: Tenant,
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut taken = self.quota.taken();
        if let Some(count) = taken.get_mut(&self.tenant) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.tenant);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tenant::{ApiKey, TenantSecret};

    #[test]
    fn each_has_so_much_and_all_have_so_much() {
        let secret = TenantSecret::random();
        let tenant = |key: &str| Some(secret.tenant_of(&ApiKey::parse(key).unwrap()));
        let quota = Quota::new(2, 3);
        let own = [quota.take(tenant("a")), quota.take(tenant("a"))];
        assert!(own.iter().all(Option::is_some) && quota.take(tenant("a")).is_none());
        let other = quota.take(tenant("b"));
        assert!(other.is_some() && quota.take(tenant("b")).is_none(), "all are taken");
        drop(own);
        assert!(quota.take(tenant("b")).is_some());
    }
}

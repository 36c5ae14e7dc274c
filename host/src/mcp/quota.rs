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

/// How much each tenant has. One that has nothing takes no room.
#[derive(Debug, Default, Clone)]
pub(super) struct Counts(HashMap<Tenant, usize>);

impl Counts {
    pub(super) fn add(&mut self, tenant: Tenant) {
        *self.0.entry(tenant).or_default() += 1;
    }

    pub(super) fn remove(&mut self, tenant: Tenant) {
        if let Some(count) = self.0.get_mut(&tenant) {
            *count -= 1;
            if *count == 0 {
                self.0.remove(&tenant);
            }
        }
    }

    pub(super) fn of(&self, tenant: Tenant) -> usize {
        self.0.get(&tenant).copied().unwrap_or_default()
    }

    pub(super) fn all(&self) -> usize {
        self.0.values().sum()
    }

    /// What the tenant has that has the most.
    pub(super) fn most(&self) -> usize {
        self.0.values().max().copied().unwrap_or_default()
    }
}

/// So much for each tenant, and so much for all.
#[derive(Debug)]
pub(super) struct Quota {
    each: usize,
    all: usize,
    taken: Mutex<Counts>,
}

impl Quota {
    pub(super) fn new(each: usize, all: usize) -> Arc<Quota> {
        Arc::new(Quota { each, all, taken: Mutex::default() })
    }

    fn taken(&self) -> MutexGuard<'_, Counts> {
        self.taken.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Takes one, until the value is dropped. None: there is none left.
    pub(super) fn take(self: &Arc<Self>, tenant: Tenant) -> Option<Share> {
        let mut taken = self.taken();
        if taken.of(tenant) >= self.each || taken.all() >= self.all {
            return None;
        }
        taken.add(tenant);
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
        self.quota.taken().remove(self.tenant);
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

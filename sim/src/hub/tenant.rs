//! Who calls.

use std::sync::{Mutex, MutexGuard};

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use serde::Serialize;

use crate::fleet::Fleet;
use crate::lock::locked;

/// A customer of the simulated hub, as tests and the ready file know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tenant {
    /// Its name in the configuration.
    pub name: String,
    /// Its key. It works nowhere but here, so it may be printed.
    pub key: String,
}

/// All customers, and what each of them has.
#[derive(Debug)]
pub(crate) struct Tenancy {
    tenants: Vec<Tenant>,
    /// In the order of the tenants.
    fleets: Vec<Mutex<Fleet>>,
}

/// One customer among all.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Caller<'a> {
    tenancy: &'a Tenancy,
    place: usize,
}

impl Tenancy {
    pub(crate) fn new(tenants: impl Iterator<Item = (Tenant, Fleet)>) -> Tenancy {
        let (tenants, fleets) = tenants.map(|(tenant, fleet)| (tenant, Mutex::new(fleet))).unzip();
        Tenancy { tenants, fleets }
    }

    pub(crate) fn all(&self) -> &[Tenant] {
        &self.tenants
    }

    /// What the tenant of that name has.
    pub(crate) fn named(&self, name: &str) -> Option<MutexGuard<'_, Fleet>> {
        self.find(|tenant| tenant.name == name).map(Caller::fleet)
    }

    /// Whose key the `Authorization` header is. The header holds the key and nothing else: `Bearer` makes another
    /// key of it, which nobody has.
    pub(crate) fn caller(&self, headers: &HeaderMap) -> Option<Caller<'_>> {
        let mut values = headers.get_all(AUTHORIZATION).iter();
        let (Some(value), None) = (values.next(), values.next()) else { return None };
        self.find(|tenant| value.as_bytes() == tenant.key.as_bytes())
    }

    fn find(&self, is_it: impl Fn(&Tenant) -> bool) -> Option<Caller<'_>> {
        let place = self.tenants.iter().position(is_it)?;
        Some(Caller { tenancy: self, place })
    }
}

impl<'a> Caller<'a> {
    pub(crate) fn name(self) -> &'a str {
        &self.tenancy.tenants[self.place].name
    }

    /// What it has, locked for as long as the answer is made.
    pub(crate) fn fleet(self) -> MutexGuard<'a, Fleet> {
        locked(&self.tenancy.fleets[self.place])
    }
}

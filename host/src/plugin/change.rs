//! News of what clients may keep: that a list, or a resource, is not what it was.

use std::collections::BTreeSet;
use std::sync::Mutex;

use tokio::sync::broadcast;

use super::limits::CHANGES_MAX;
use crate::tenant::TenantId;

/// News that wait for a listener. One that falls further behind is told that everything changed.
const BACKLOG: usize = 256;

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// The list of tools.
    Tools,
    /// The list of resources.
    Resources,
    /// The list of prompts.
    Prompts,
    /// The contents of the resource of this URI.
    Resource(String),
}

/// The lists, for who must be told of all of them.
const LISTS: [Change; 3] = [Change::Tools, Change::Resources, Change::Prompts];

/// Where news are told and heard. What one tenant's call tells, that tenant's clients hear; what the host tells,
/// everybody.
#[derive(Debug, Clone)]
pub struct Changes(broadcast::Sender<(Option<TenantId>, Change)>);

impl Default for Changes {
    fn default() -> Changes {
        Changes(broadcast::Sender::new(BACKLOG))
    }
}

impl Changes {
    /// Tells everybody.
    pub fn announce(&self, change: Change) {
        let _nobody_listens = self.0.send((None, change));
    }

    /// Hears from now on what concerns this tenant; None: what concerns everybody.
    pub fn listen(&self, tenant: Option<TenantId>) -> Listener {
        Listener { receiver: self.0.subscribe(), tenant, missed: Vec::new() }
    }
}

/// Who hears.
#[derive(Debug)]
pub struct Listener {
    receiver: broadcast::Receiver<(Option<TenantId>, Change)>,
    tenant: Option<TenantId>,
    missed: Vec<Change>,
}

impl Listener {
    /// The next change. None: the host is going.
    pub async fn next(&mut self) -> Option<Change> {
        loop {
            if let Some(change) = self.missed.pop() {
                return Some(change);
            }
            match self.receiver.recv().await {
                Ok((told_to, change)) if told_to.is_none() || told_to == self.tenant => return Some(change),
                Ok(_) => {}
                Err(broadcast::error::RecvError::Lagged(_)) => self.missed = LISTS.to_vec(),
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}

/// The news of one call, within bounds.
#[derive(Debug)]
pub(super) struct Notifier {
    changes: Changes,
    tenant: TenantId,
    told: Mutex<BTreeSet<Change>>,
}

impl Notifier {
    pub(super) fn new(changes: Changes, tenant: TenantId) -> Notifier {
        Notifier { changes, tenant, told: Mutex::default() }
    }

    pub(super) fn announce(&self, change: Change) {
        let mut told = self.told.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if told.len() < CHANGES_MAX && told.insert(change.clone()) {
            let _nobody_listens = self.changes.0.send((Some(self.tenant), change));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tenant::{ApiKey, TenantSecret};

    fn tenants() -> (TenantId, TenantId) {
        let secret = TenantSecret::random();
        let tenant = |key: &str| secret.tenant_of(&ApiKey::parse(key).unwrap());
        (tenant("key-of-ann"), tenant("key-of-bob"))
    }

    #[tokio::test]
    async fn a_tenants_news_reach_its_own_clients_alone() {
        let (changes, (ann, bob)) = (Changes::default(), tenants());
        let (mut of_ann, mut of_bob) = (changes.listen(Some(ann)), changes.listen(Some(bob)));
        let notifier = Notifier::new(changes.clone(), ann);
        notifier.announce(Change::Tools);
        notifier.announce(Change::Tools);
        notifier.announce(Change::Resource("a://b".to_owned()));
        changes.announce(Change::Prompts);
        assert_eq!(of_ann.next().await, Some(Change::Tools));
        assert_eq!(of_ann.next().await, Some(Change::Resource("a://b".to_owned())));
        assert_eq!(of_ann.next().await, Some(Change::Prompts));
        assert_eq!(of_bob.next().await, Some(Change::Prompts));
    }

    #[tokio::test]
    async fn who_falls_behind_is_told_to_look_at_everything() {
        let (changes, (ann, _)) = (Changes::default(), tenants());
        let mut listener = changes.listen(Some(ann));
        (0..=BACKLOG).for_each(|_| changes.announce(Change::Tools));
        let first: BTreeSet<_> = [listener.next().await, listener.next().await, listener.next().await].into();
        assert_eq!(first, LISTS.map(Some).into());
    }

    #[tokio::test]
    async fn one_call_tells_so_much_and_no_more() {
        let (changes, (ann, _)) = (Changes::default(), tenants());
        let mut listener = changes.listen(Some(ann));
        let notifier = Notifier::new(changes.clone(), ann);
        (0..=CHANGES_MAX).for_each(|n| notifier.announce(Change::Resource(n.to_string())));
        changes.announce(Change::Tools);
        for n in 0..CHANGES_MAX {
            assert_eq!(listener.next().await, Some(Change::Resource(n.to_string())));
        }
        assert_eq!(listener.next().await, Some(Change::Tools));
    }
}

//! Word to clients that what they keep is out of date.
//!
//! From 2026-07-28 on a client asks for it by a request that stays open. Before, a session hears of lists by itself, and
//! of resources that it subscribed to.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rmcp::RoleServer;
use rmcp::model::{
    ResourceUpdatedNotification, ResourceUpdatedNotificationParam, ServerNotification, SubscriptionFilter,
};
use rmcp::service::{Peer, SubscriptionContext};
use tokio_util::sync::CancellationToken;

use crate::plugin::{Change, Listener};

/// Resources that one client may follow. It reads them again with every word of them.
pub(super) const SUBSCRIPTIONS_MAX: usize = 100;
/// How long news are gathered before they are told: a reload changes three lists at once.
const GATHER: Duration = Duration::from_millis(20);
/// How long a stream stays open. A client that still wants it opens another, and one that is forgotten goes.
pub(super) const STREAM_LIFETIME: Duration = Duration::from_secs(60 * 60);

/// The resources that a session follows.
#[derive(Debug, Clone, Default)]
pub(super) struct Followed(Arc<Mutex<BTreeSet<String>>>);

impl Followed {
    /// Follows one more. False: there are too many.
    pub(super) fn add(&self, uri: String) -> bool {
        let mut uris = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if uris.len() >= SUBSCRIPTIONS_MAX && !uris.contains(&uri) {
            return false;
        }
        uris.insert(uri);
        true
    }

    pub(super) fn remove(&self, uri: &str) {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).remove(uri);
    }

    fn uris(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).iter().cloned().collect()
    }
}

/// The next changes, those that come close together at once. None: there will be none.
async fn gathered(listener: &mut Listener) -> Option<BTreeSet<Change>> {
    let mut changes = BTreeSet::from([listener.next().await?]);
    let until = tokio::time::Instant::now() + GATHER;
    while let Ok(Some(change)) = tokio::time::timeout_at(until, listener.next()).await {
        changes.insert(change);
    }
    Some(changes)
}

/// What a client may follow of what it asked for.
pub(super) fn accepted(requested: &SubscriptionFilter, serves: impl Fn(&str) -> bool) -> SubscriptionFilter {
    let mut accepted = requested.clone();
    if let Some(uris) = &mut accepted.resource_subscriptions {
        uris.retain(|uri| serves(uri));
        uris.truncate(SUBSCRIPTIONS_MAX);
    }
    accepted
}

/// Tells a stream that a client opened for it, until the client closes it, it is old, or the host is about to stop.
pub(super) async fn stream(
    subscription: &SubscriptionContext,
    mut listener: Listener,
    stopping: &CancellationToken,
) {
    let telling = async {
        while let Some(changes) = gathered(&mut listener).await {
            for change in changes {
                let uris = subscription.accepted().resource_subscriptions.clone().unwrap_or_default();
                for note in notes(change, &uris) {
                    // What this stream did not ask for is refused by the sink, which is as it should be.
                    let _told_or_unwanted = subscription.sink().send(note).await;
                }
            }
        }
    };
    tokio::select! {
        () = subscription.cancelled() => {}
        () = stopping.cancelled() => {}
        () = tokio::time::sleep(STREAM_LIFETIME) => {}
        () = telling => {}
    }
}

/// Tells a session, until it ends.
pub(super) async fn session(
    peer: Peer<RoleServer>,
    mut listener: Listener,
    followed: Followed,
    end: CancellationToken,
) {
    let telling = async {
        while let Some(changes) = gathered(&mut listener).await {
            for change in changes {
                for note in notes(change, &followed.uris()) {
                    if peer.send_notification(note).await.is_err() {
                        return;
                    }
                }
            }
        }
    };
    tokio::select! {
        () = end.cancelled() => {}
        () = telling => {}
    }
}

/// What a client is told that follows these resources.
fn notes(change: Change, followed: &[String]) -> Vec<ServerNotification> {
    let updated = |uri: String| {
        let params = ResourceUpdatedNotificationParam::new(uri);
        ServerNotification::ResourceUpdatedNotification(ResourceUpdatedNotification::new(params))
    };
    match change {
        Change::Tools => vec![ServerNotification::ToolListChangedNotification(Default::default())],
        Change::Resources => vec![ServerNotification::ResourceListChangedNotification(Default::default())],
        Change::Prompts => vec![ServerNotification::PromptListChangedNotification(Default::default())],
        Change::Resource(uri) if followed.contains(&uri) => vec![updated(uri)],
        Change::Resource(_) => Vec::new(),
        Change::Everything => {
            let lists = [Change::Tools, Change::Resources, Change::Prompts];
            let lists = lists.into_iter().flat_map(|list| notes(list, followed));
            lists.chain(followed.iter().cloned().map(updated)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plugin::Changes;

    #[tokio::test]
    async fn what_changes_together_is_told_once() {
        let changes = Changes::default();
        let mut listener = changes.listen(None);
        for _ in 0..5 {
            changes.announce(Change::Tools);
            changes.announce(Change::Prompts);
        }
        let told = gathered(&mut listener).await.unwrap();
        assert_eq!(told, BTreeSet::from([Change::Tools, Change::Prompts]));
    }

    #[test]
    fn who_missed_something_looks_at_everything() {
        let followed = ["a://b".to_owned()];
        assert_eq!(notes(Change::Everything, &followed).len(), 4);
        assert_eq!(notes(Change::Resource("a://b".to_owned()), &followed).len(), 1);
        assert!(notes(Change::Resource("a://c".to_owned()), &followed).is_empty());
    }

    #[test]
    fn a_client_follows_so_many_resources_that_there_are() {
        let followed = Followed::default();
        assert!((0..SUBSCRIPTIONS_MAX).all(|n| followed.add(n.to_string())));
        assert!(!followed.add("one more".to_owned()));
        assert!(followed.add("0".to_owned()));
        followed.remove("0");
        assert!(followed.add("one more".to_owned()) && !followed.uris().contains(&"0".to_owned()));
        let mut requested = SubscriptionFilter::new();
        requested.resource_subscriptions = Some((0..200).map(|n| n.to_string()).collect());
        let accepted = accepted(&requested, |uri| uri != "1").resource_subscriptions.unwrap();
        assert_eq!((accepted.len(), accepted.contains(&"1".to_owned())), (SUBSCRIPTIONS_MAX, false));
    }
}

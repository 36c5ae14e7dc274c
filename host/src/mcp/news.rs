//! Word to clients that what they keep is out of date.
//!
//! From 2026-07-28 on a client asks for it by a request that stays open. Before, a session hears of lists by itself, and
//! of resources that it subscribed to.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rmcp::RoleServer;
use rmcp::model::{ResourceUpdatedNotificationParam, SubscriptionFilter};
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

    fn contains(&self, uri: &str) -> bool {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).contains(uri)
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

/// Tells a stream that a client opened for it, until the client closes it or it is old.
pub(super) async fn stream(subscription: &SubscriptionContext, mut listener: Listener) {
    let old = tokio::time::sleep(STREAM_LIFETIME);
    tokio::pin!(old);
    loop {
        let changes = tokio::select! {
            () = subscription.cancelled() => return,
            () = &mut old => return,
            changes = gathered(&mut listener) => changes,
        };
        let Some(changes) = changes else { return };
        for change in changes {
            let sink = subscription.sink();
            // What this stream did not ask for is refused by the sink, which is as it should be.
            let _told_or_unwanted = match change {
                Change::Tools => sink.notify_tool_list_changed().await,
                Change::Resources => sink.notify_resource_list_changed().await,
                Change::Prompts => sink.notify_prompt_list_changed().await,
                Change::Resource(uri) => sink.notify_resource_updated(uri).await,
            };
        }
    }
}

/// Tells a session, until it ends.
pub(super) async fn session(
    peer: Peer<RoleServer>,
    mut listener: Listener,
    followed: Followed,
    end: CancellationToken,
) {
    loop {
        let changes = tokio::select! {
            () = end.cancelled() => return,
            changes = gathered(&mut listener) => changes,
        };
        let Some(changes) = changes else { return };
        for change in changes {
            let told = async {
                match change {
                    Change::Tools => peer.notify_tool_list_changed().await,
                    Change::Resources => peer.notify_resource_list_changed().await,
                    Change::Prompts => peer.notify_prompt_list_changed().await,
                    Change::Resource(uri) if followed.contains(&uri) => {
                        peer.notify_resource_updated(ResourceUpdatedNotificationParam::new(uri)).await
                    }
                    Change::Resource(_) => Ok(()),
                }
            };
            tokio::select! {
                () = end.cancelled() => return,
                told = told => if told.is_err() { return },
            }
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
    fn a_client_follows_so_many_resources_that_there_are() {
        let followed = Followed::default();
        assert!((0..SUBSCRIPTIONS_MAX).all(|n| followed.add(n.to_string())));
        assert!(!followed.add("one more".to_owned()));
        assert!(followed.add("0".to_owned()));
        followed.remove("0");
        assert!(followed.add("one more".to_owned()) && !followed.contains("0"));
        let mut requested = SubscriptionFilter::new();
        requested.resource_subscriptions = Some((0..200).map(|n| n.to_string()).collect());
        let accepted = accepted(&requested, |uri| uri != "1").resource_subscriptions.unwrap();
        assert_eq!((accepted.len(), accepted.contains(&"1".to_owned())), (SUBSCRIPTIONS_MAX, false));
    }
}

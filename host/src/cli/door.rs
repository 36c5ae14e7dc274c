//! Who could reach a host that has a key of its own.

use anyhow::bail;

use crate::config::{Settings, Tenancy};
use crate::server;

/// With a configured key, whoever reaches the host acts with it. On this machine that is its user; elsewhere it would
/// be anybody.
///
/// # Errors
/// It would be.
pub(super) async fn refuse_open(settings: &Settings) -> anyhow::Result<()> {
    if matches!(settings.tenancy, Tenancy::Multi) {
        return Ok(());
    }
    let public_name = !settings.allowed_hosts.is_empty();
    if public_name || !server::is_loopback_only(&settings.listen).await? {
        bail!(
            "a configured key (XYTE_API_KEY) is served to loopback addresses only, and XYTE_LISTEN or \
             XYTE_ALLOWED_HOSTS reaches further: anybody there could act with it. Unset the key, so that every \
             request brings its own, or pass --allow-unauthenticated if something in front of the host decides who \
             may reach it"
        );
    }
    Ok(())
}

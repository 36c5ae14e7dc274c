//! `xyte-mcp stdio`

use anyhow::Context;

use super::arguments::Common;
use super::{assemble, signals};
use crate::config::Tenancy;
use crate::mcp::{Ending, SessionMode, Surface};
use crate::tenant::UserToken;

pub(super) async fn run(common: &Common) -> anyhow::Result<()> {
    let settings = common.settings(None)?;
    let host = assemble::host(&settings).await?;
    if matches!(settings.tenancy, Tenancy::Multi) {
        tracing::warn!(
            error = "missing_xyte_key",
            "no key is configured, so that every call will be refused; set XYTE_API_KEY or XYTE_API_KEY_FILE in the \
             client's configuration of this server"
        );
    }
    let tools = host.tools.clone();
    let stopping = signals::shutdown();
    let ending = Ending { cut_off: stopping.clone(), stopping };
    let surface = Surface::new(host.tools, &host.sealing_key, SessionMode::Off, ending);
    let user = settings.user_token.as_deref().map(UserToken::parse).transpose().context("XYTE_USER_TOKEN")?;
    let served = surface.stdio(host.authenticator.configured_caller(user.as_ref())).await;
    tools.settle().await;
    Ok(served?)
}

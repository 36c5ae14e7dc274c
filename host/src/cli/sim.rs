//! `xyte-mcp sim`

use super::arguments::SimArguments;

pub(super) async fn run(_arguments: SimArguments) -> anyhow::Result<()> {
    anyhow::bail!("pending the simulator's library")
}

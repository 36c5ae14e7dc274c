//! The rows of the table: what is run, against which host.

use super::client::{Client, Way};
use super::outcome::Check;
use super::stand::{Door, Stand};
use super::suite::Scope;
use super::{client, suite};

/// One row: a name, and what it runs.
pub(super) struct Row {
    pub(super) name: &'static str,
    kind: Kind,
}

enum Kind {
    Suite(Door, Scope),
    Client(Client, Way),
}

/// Every row, in the order in which they are run.
pub(super) fn all() -> Vec<Row> {
    use Kind::{Client as C, Suite as S};
    use Way::{Http, Stdio};
    let rows = [
        ("single-2025-06-18", S(Door::Single, Scope::All("2025-06-18"))),
        ("single-2025-11-25", S(Door::Single, Scope::Requirements("2025-11-25"))),
        ("single-2026-07-28", S(Door::Single, Scope::Requirements("2026-07-28"))),
        ("multi-2025-11-25", S(Door::Multi, Scope::Requirements("2025-11-25"))),
        ("multi-2026-07-28", S(Door::Multi, Scope::Requirements("2026-07-28"))),
        ("python-legacy", C(Client::Python("legacy"), Http)),
        ("python-auto", C(Client::Python("auto"), Http)),
        ("python-stdio", C(Client::Python("auto"), Stdio)),
        ("typescript-legacy", C(Client::TypeScript("legacy"), Http)),
        ("typescript-auto", C(Client::TypeScript("auto"), Http)),
        ("typescript-2026-07-28", C(Client::TypeScript("2026-07-28"), Http)),
        ("typescript-stdio", C(Client::TypeScript("auto"), Stdio)),
        ("inspector-legacy", C(Client::Inspector("legacy"), Http)),
        ("inspector-auto", C(Client::Inspector("auto"), Http)),
        ("inspector-modern", C(Client::Inspector("modern"), Http)),
        ("inspector-stdio-legacy", C(Client::Inspector("legacy"), Stdio)),
        ("inspector-stdio-auto", C(Client::Inspector("auto"), Stdio)),
        ("inspector-stdio-modern", C(Client::Inspector("modern"), Stdio)),
    ];
    rows.into_iter().map(|(name, kind)| Row { name, kind }).collect()
}

impl Row {
    pub(super) fn is_of_the_suite(&self) -> bool {
        matches!(self.kind, Kind::Suite(..))
    }

    /// Everything that was looked at.
    pub(super) fn run(&self, scenario: Option<&str>, stand: &Stand) -> anyhow::Result<Vec<Check>> {
        match &self.kind {
            Kind::Suite(door, scope) => suite::run(self.name, stand.url(*door), *scope, scenario),
            Kind::Client(client, way) => client::run(self.name, *client, *way, stand),
        }
    }
}

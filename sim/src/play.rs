//! How each operation is played: the one table from an operation's key to the function that answers for it.

mod call;
mod commands;
mod devices;
mod histories;
mod organization;
mod page;
mod refusal;
mod spaces;

use axum::response::Response;

pub(crate) use call::Call;
pub(crate) use refusal::Refusal;

use crate::fleet::Fleet;

/// Plays an operation on the fleet of whoever called.
pub(crate) type Player = fn(&mut Fleet, &Call) -> Result<Response, Refusal>;

/// Every operation that is played. Another one is a row here and its function.
const PLAYERS: &[(&str, Player)] = &[
    ("organization.getOrganizationInfo", organization::info),
    ("organization.devices.getDevices", devices::list),
    ("organization.devices.getDevice", devices::get),
    ("organization.devices.claimDevice", devices::claim),
    ("organization.devices.getHistories", histories::list),
    ("organization.commands.getCommands", commands::list),
    ("organization.commands.sendCommand", commands::send),
    ("organization.commands.cancelCommand", commands::cancel),
    ("organization.spaces.getSpaces", spaces::list),
    ("organization.spaces.getSpace", spaces::get),
    ("organization.spaces.createSpace", spaces::create),
    ("organization.spaces.updateSpace", spaces::update),
    ("organization.spaces.deleteSpace", spaces::delete),
    ("organization.spaces.findOrCreateSpace", spaces::find_or_create),
];

/// The function that plays the operation of that key, if it is played yet.
pub(crate) fn player(key: &str) -> Option<Player> {
    PLAYERS.iter().find(|(played, _)| *played == key).map(|(_, player)| *player)
}

#[cfg(test)]
mod tests {
    use xyte_catalog::Catalog;

    use super::PLAYERS;

    #[test]
    fn every_player_plays_an_operation_of_the_catalogue() {
        for (index, (key, _)) in PLAYERS.iter().enumerate() {
            assert!(Catalog::known().get(key).is_some(), "{key} is not in the catalogue");
            assert!(PLAYERS[..index].iter().all(|(earlier, _)| earlier != key), "{key} is listed twice");
        }
    }
}

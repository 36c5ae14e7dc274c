//! What one customer has in the cloud: the data behind every answer.
//!
//! A fleet is generated once and then changed by requests. It knows nothing of HTTP: what a request may say, and what
//! is answered, is decided in `play`.

mod care;
mod command;
mod device;
mod history;
mod organization;
mod space;
mod tree;

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

pub use care::{Incident, Note, NoteSubject, Priority, Ticket};
pub use command::{Command, CommandStatus};
pub use device::{Device, Health, Model, ReportedStatus};
pub use history::History;
pub use organization::Organization;
pub use space::{Space, SpaceType};
pub use tree::Spaces;
pub(crate) use tree::TreeError;

use crate::dice;

/// The most commands that are kept of one device; the oldest go first. A load test may send millions.
pub const COMMANDS_PER_DEVICE_MAX: usize = 1000;

/// What one customer has.
#[derive(Debug, Clone)]
pub struct Fleet {
    pub(crate) organization: Organization,
    pub(crate) spaces: Spaces,
    pub(crate) devices: Vec<Device>,
    pub(crate) histories: Vec<History>,
    pub(crate) incidents: Vec<Incident>,
    pub(crate) tickets: Vec<Ticket>,
    pub(crate) notes: Vec<Note>,
    commands: HashMap<Uuid, VecDeque<Command>>,
    places: HashMap<Uuid, usize>,
    models: Vec<Arc<Model>>,
    dice: ChaCha8Rng,
}

impl Fleet {
    /// Who the customer is.
    pub fn organization(&self) -> &Organization {
        &self.organization
    }

    /// The tree of places.
    pub fn spaces(&self) -> &Spaces {
        &self.spaces
    }

    /// Every device, in the order in which it was claimed.
    pub fn devices(&self) -> &[Device] {
        &self.devices
    }

    /// The device of that id.
    pub fn device(&self, id: Uuid) -> Option<&Device> {
        self.places.get(&id).map(|&place| &self.devices[place])
    }

    /// What devices reported over time, newest first.
    pub fn histories(&self) -> &[History] {
        &self.histories
    }

    /// Every incident, closed ones included.
    pub fn incidents(&self) -> &[Incident] {
        &self.incidents
    }

    /// Every ticket, resolved ones included.
    pub fn tickets(&self) -> &[Ticket] {
        &self.tickets
    }

    /// Every note on a device or a space.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// The commands that were sent to a device, oldest first.
    pub fn commands(&self, device: Uuid) -> impl DoubleEndedIterator<Item = &Command> {
        self.commands.get(&device).into_iter().flatten()
    }

    /// How many incidents are open.
    pub fn open_incidents(&self) -> usize {
        self.incidents.iter().filter(|incident| incident.closed_at.is_none()).count()
    }

    /// How many tickets are open.
    pub fn open_tickets(&self) -> usize {
        self.tickets.iter().filter(|ticket| ticket.resolved_at.is_none()).count()
    }

    /// An organization with spaces and nothing in them. The dice give the ids of what is added.
    pub(crate) fn new(
        organization: Organization,
        spaces: Spaces,
        models: Vec<Arc<Model>>,
        dice: ChaCha8Rng,
    ) -> Fleet {
        Fleet {
            organization,
            spaces,
            devices: Vec::new(),
            histories: Vec::new(),
            incidents: Vec::new(),
            tickets: Vec::new(),
            notes: Vec::new(),
            commands: HashMap::new(),
            places: HashMap::new(),
            models,
            dice,
        }
    }

    /// Adds a device at the end.
    pub(crate) fn add_device(&mut self, device: Device) {
        self.places.insert(device.id, self.devices.len());
        self.devices.push(device);
    }

    /// Queues a command. The device must exist.
    pub(crate) fn add_command(&mut self, device: Uuid, command: Command) {
        let queue = self.commands.entry(device).or_default();
        if queue.len() == COMMANDS_PER_DEVICE_MAX {
            queue.pop_front();
        }
        queue.push_back(command);
    }

    /// The command of that id, if it was sent to that device.
    pub(crate) fn command_mut(&mut self, device: Uuid, id: Uuid) -> Option<&mut Command> {
        self.commands.get_mut(&device)?.iter_mut().find(|command| command.id == id)
    }

    /// An id that nothing has.
    pub(crate) fn fresh_id(&mut self) -> Uuid {
        dice::uuid(&mut self.dice)
    }

    /// What a newly claimed device turns out to be.
    pub(crate) fn some_model(&mut self) -> Arc<Model> {
        Arc::clone(dice::pick(&mut self.dice, &self.models))
    }

    /// Whether devices are in this space itself.
    pub(crate) fn has_devices_in(&self, space: i64) -> bool {
        self.devices.iter().any(|device| device.space_id == space)
    }
}

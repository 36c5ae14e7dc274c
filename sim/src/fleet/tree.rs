//! The tree of places: one root, and no two siblings of one name.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::space::{Space, SpaceType};

/// The tree of places.
#[derive(Debug, Clone)]
pub struct Spaces {
    by_id: BTreeMap<i64, Space>,
    root: i64,
    next_id: i64,
}

/// Why the tree was left as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TreeError {
    /// There is no space of that id.
    NotFound,
    /// A sibling has that name.
    NameTaken,
    /// A space would be inside itself, or the root inside another.
    WrongParent,
}

impl Spaces {
    /// A tree of its root alone. Later spaces get the ids that follow `root_id`.
    pub(crate) fn new(root_id: i64, name: &str, created_at: Timestamp) -> Spaces {
        let root = Space {
            id: root_id,
            name: name.to_owned(),
            parent_id: None,
            space_type: Some(SpaceType::Organization),
            general: serde_json::Map::new(),
            created_at,
        };
        Spaces { by_id: BTreeMap::from([(root_id, root)]), root: root_id, next_id: root_id + 1 }
    }

    /// The id of the root.
    pub fn root(&self) -> i64 {
        self.root
    }

    /// How many spaces there are, the root included.
    #[expect(clippy::len_without_is_empty, reason = "there is always a root")]
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// The space of that id.
    pub fn get(&self, id: i64) -> Option<&Space> {
        self.by_id.get(&id)
    }

    /// Every space, in the order of ids, which is the order of creation.
    pub fn iter(&self) -> impl Iterator<Item = &Space> {
        self.by_id.values()
    }

    /// The spaces directly in this one.
    pub fn children(&self, id: i64) -> impl Iterator<Item = &Space> {
        self.iter().filter(move |space| space.parent_id == Some(id))
    }

    /// The names from the root down, with slashes between them. Empty for an unknown id.
    pub fn full_path(&self, id: i64) -> String {
        let mut names: Vec<&str> = self.upwards(id).map(|space| space.name.as_str()).collect();
        names.reverse();
        names.join("/")
    }

    /// Adds a space without looking for a sibling of its name: for generating, where names are unique by design.
    pub(crate) fn plant(
        &mut self,
        parent_id: i64,
        name: String,
        kind: SpaceType,
        now: Timestamp,
    ) -> &mut Space {
        let id = self.insert(parent_id, name, Some(kind), now);
        self.by_id.get_mut(&id).expect("it was inserted in the line before")
    }

    /// Adds a space and answers its id.
    pub(crate) fn add(&mut self, parent_id: i64, name: &str, now: Timestamp) -> Result<i64, TreeError> {
        if !self.by_id.contains_key(&parent_id) {
            return Err(TreeError::NotFound);
        }
        if self.child_named(parent_id, name).is_some() {
            return Err(TreeError::NameTaken);
        }
        Ok(self.insert(parent_id, name.to_owned(), None, now))
    }

    /// Gives a space a name and a parent.
    pub(crate) fn place(&mut self, id: i64, parent_id: Option<i64>, name: &str) -> Result<(), TreeError> {
        if let Some(parent_id) = parent_id {
            self.check_place(id, parent_id, name)?;
        } else if id != self.root {
            return Err(TreeError::WrongParent);
        }
        let space = self.by_id.get_mut(&id).ok_or(TreeError::NotFound)?;
        space.parent_id = parent_id;
        name.clone_into(&mut space.name);
        Ok(())
    }

    pub(crate) fn get_mut(&mut self, id: i64) -> Option<&mut Space> {
        self.by_id.get_mut(&id)
    }

    /// Removes a space. The caller has seen that it is no root and has no children.
    pub(crate) fn remove(&mut self, id: i64) {
        self.by_id.remove(&id);
    }

    /// The child of that name.
    pub(crate) fn child_named(&self, parent_id: i64, name: &str) -> Option<&Space> {
        self.children(parent_id).find(|space| space.name == name)
    }

    fn insert(&mut self, parent_id: i64, name: String, space_type: Option<SpaceType>, now: Timestamp) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        let general = serde_json::Map::new();
        let space = Space { id, name, parent_id: Some(parent_id), space_type, general, created_at: now };
        self.by_id.insert(id, space);
        id
    }

    fn check_place(&self, id: i64, parent_id: i64, name: &str) -> Result<(), TreeError> {
        if !self.by_id.contains_key(&parent_id) {
            return Err(TreeError::NotFound);
        }
        if id == self.root || self.upwards(parent_id).any(|space| space.id == id) {
            return Err(TreeError::WrongParent);
        }
        match self.child_named(parent_id, name) {
            Some(sibling) if sibling.id != id => Err(TreeError::NameTaken),
            _ => Ok(()),
        }
    }

    /// The space, its parent, and so on up to the root. It ends, since no space is ever put inside itself.
    fn upwards(&self, id: i64) -> impl Iterator<Item = &Space> {
        std::iter::successors(self.get(id), |space| space.parent_id.and_then(|parent| self.get(parent)))
    }
}

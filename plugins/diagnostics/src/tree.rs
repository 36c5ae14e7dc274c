//! The spaces of the organization as the tree they are.

use std::collections::BTreeMap;

use xyte_plugin_sdk::api::{Space, SpaceId};

/// The deepest path that is followed: spaces that contain each other must not keep this from ending.
const DEPTH_MAX: usize = 32;

/// All spaces that could be read.
pub(crate) struct Tree {
    spaces: Vec<Space>,
    by_id: BTreeMap<SpaceId, usize>,
}

impl Tree {
    pub(crate) fn new(spaces: Vec<Space>) -> Tree {
        let by_id = spaces.iter().enumerate().map(|(at, space)| (space.id.clone(), at)).collect();
        Tree { spaces, by_id }
    }

    pub(crate) fn spaces(&self) -> &[Space] {
        &self.spaces
    }

    /// The names from the top down, as devices have them: `Org/Berlin/Room 101`. It begins below a space that the
    /// caller may not see.
    pub(crate) fn path(&self, space: &Space) -> String {
        let mut names = vec![space.name.as_str()];
        let mut at = space;
        while let Some(parent) = self.parent(at)
            && names.len() < DEPTH_MAX
        {
            names.push(&parent.name);
            at = parent;
        }
        names.reverse();
        names.join("/")
    }

    /// The space and all that is inside of it, from the top down.
    pub(crate) fn within(&self, space: &Space) -> Vec<&SpaceId> {
        let mut within = vec![&self.spaces[self.by_id[&space.id]].id];
        let mut next = 0;
        while next < within.len() {
            let parent = within[next];
            for child in self.spaces.iter().filter(|child| child.parent_id.as_ref() == Some(parent)) {
                if !within.contains(&&child.id) {
                    within.push(&child.id);
                }
            }
            next += 1;
        }
        within
    }

    fn parent(&self, space: &Space) -> Option<&Space> {
        self.by_id.get(space.parent_id.as_ref()?).map(|&at| &self.spaces[at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn space(id: u64, name: &str, parent: Option<u64>) -> Space {
        Space { id: id.into(), name: name.to_owned(), parent_id: parent.map(SpaceId::from), config: None }
    }

    #[test]
    fn a_path_has_the_names_from_the_top_down() {
        let tree =
            Tree::new(vec![space(3, "Room", Some(2)), space(2, "Berlin", Some(1)), space(1, "Org", None)]);
        assert_eq!(tree.path(&tree.spaces()[0]), "Org/Berlin/Room");
        assert_eq!(tree.within(&tree.spaces()[2]), [&SpaceId::from(1), &SpaceId::from(2), &SpaceId::from(3)]);
        assert_eq!(tree.within(&tree.spaces()[0]), [&SpaceId::from(3)]);
    }

    #[test]
    fn an_unknown_parent_and_a_circle_end_the_path() {
        let tree = Tree::new(vec![space(1, "Room", Some(9)), space(2, "A", Some(3)), space(3, "B", Some(2))]);
        assert_eq!(tree.path(&tree.spaces()[0]), "Room");
        assert_eq!(tree.path(&tree.spaces()[1]).split('/').count(), DEPTH_MAX);
        assert_eq!(tree.within(&tree.spaces()[1]).len(), 2);
    }
}

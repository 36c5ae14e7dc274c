//! The tools of all plugins, by name. Immutable: a change makes another one.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::plugin::{Plugin, Tool};

/// A tool with the plugin that serves it.
#[derive(Debug, Clone)]
pub struct Entry {
    plugin: Arc<Plugin>,
    index: usize,
}

/// Every tool there is, sorted by name, so that lists are the same each time.
#[derive(Debug, Default)]
pub struct Catalog {
    by_name: BTreeMap<String, Entry>,
}

/// A plugin that is left out because one of its tools has a name that is taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("its tool {tool} has the name of one of the plugin {owner}, which comes first; rename one of them")]
pub struct Conflict {
    /// The plugin that is left out.
    pub plugin: String,
    /// The name.
    pub tool: String,
    /// Who has it.
    pub owner: String,
}

impl Entry {
    /// The tool.
    pub fn tool(&self) -> &Tool {
        &self.plugin.tools()[self.index]
    }

    /// Its plugin.
    pub fn plugin(&self) -> &Arc<Plugin> {
        &self.plugin
    }
}

impl Catalog {
    /// Puts plugins together, in the order given. A plugin never takes a tool's name from an earlier one; it is left
    /// out as a whole, since half a plugin is none that anybody tested.
    pub fn new(plugins: Vec<Plugin>) -> (Catalog, Vec<Conflict>) {
        let mut catalog = Catalog::default();
        let mut conflicts = Vec::new();
        for plugin in plugins {
            match catalog.conflict(&plugin) {
                Some(conflict) => conflicts.push(conflict),
                None => catalog.add(&Arc::new(plugin)),
            }
        }
        (catalog, conflicts)
    }

    fn conflict(&self, plugin: &Plugin) -> Option<Conflict> {
        let taken = plugin.tools().iter().find_map(|tool| self.find(&tool.name));
        taken.map(|owner| Conflict {
            plugin: plugin.id().to_owned(),
            tool: owner.tool().name.clone(),
            owner: owner.plugin.id().to_owned(),
        })
    }

    fn add(&mut self, plugin: &Arc<Plugin>) {
        for (index, tool) in plugin.tools().iter().enumerate() {
            self.by_name.insert(tool.name.clone(), Entry { plugin: plugin.clone(), index });
        }
    }

    /// The tool of that name.
    pub fn find(&self, name: &str) -> Option<&Entry> {
        self.by_name.get(name)
    }

    /// Every tool, sorted by name.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.by_name.values()
    }
}

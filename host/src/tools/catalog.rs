//! What all plugins offer, by name. Immutable: a change makes another one.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::plugin::{Plugin, Prompt, Served, Tool};

/// A tool with the plugin that serves it.
#[derive(Debug, Clone)]
pub struct Entry {
    plugin: Arc<Plugin>,
    index: usize,
}

/// A prompt with the plugin that serves it.
#[derive(Debug, Clone)]
pub struct PromptEntry {
    plugin: Arc<Plugin>,
    index: usize,
}

/// A resource, or a template of many, with the plugin that serves it.
#[derive(Debug, Clone)]
pub struct ResourceEntry {
    plugin: Arc<Plugin>,
    index: usize,
}

/// Everything there is, sorted by name, so that lists are the same each time.
#[derive(Debug, Default)]
pub struct Catalog {
    tools: BTreeMap<String, Entry>,
    prompts: BTreeMap<String, PromptEntry>,
    /// By template.
    resources: BTreeMap<String, ResourceEntry>,
    /// Whose URIs begin with which scheme.
    schemes: BTreeMap<String, Arc<Plugin>>,
    plugins: BTreeMap<String, Arc<Plugin>>,
}

/// A plugin that is left out because something of it has a name that is taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("its {kind} {name} has the name of one of the plugin {owner}, which comes first; rename one of them")]
pub struct Conflict {
    /// The plugin that is left out.
    pub plugin: String,
    /// What it is: a tool, a prompt, a URI scheme.
    pub kind: &'static str,
    /// The name.
    pub name: String,
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

impl PromptEntry {
    /// The prompt.
    pub fn prompt(&self) -> &Prompt {
        &self.plugin.prompts()[self.index]
    }

    /// Its plugin.
    pub fn plugin(&self) -> &Arc<Plugin> {
        &self.plugin
    }
}

impl ResourceEntry {
    /// The resource or template.
    pub fn served(&self) -> &Served {
        &self.plugin.resources()[self.index]
    }

    /// Its plugin.
    pub fn plugin(&self) -> &Arc<Plugin> {
        &self.plugin
    }
}

impl Catalog {
    /// Puts plugins together, in the order given. A plugin never takes a name from an earlier one, be it a tool's, a
    /// prompt's or a scheme of URIs; it is left out as a whole, since half a plugin is none that anybody tested.
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
        let conflict = |kind, name: &str, owner: &Arc<Plugin>| Conflict {
            plugin: plugin.id().to_owned(),
            kind,
            name: name.to_owned(),
            owner: owner.id().to_owned(),
        };
        let tool = || {
            let taken = plugin.tools().iter().find_map(|tool| self.tools.get(&tool.name));
            taken.map(|entry| conflict("tool", &entry.tool().name, &entry.plugin))
        };
        let prompt = || {
            let taken = plugin.prompts().iter().find_map(|prompt| self.prompts.get(&prompt.name));
            taken.map(|entry| conflict("prompt", &entry.prompt().name, &entry.plugin))
        };
        let scheme = || {
            let mut schemes = plugin.resources().iter().map(|served| served.template.scheme());
            schemes.find_map(|scheme| Some(conflict("URI scheme", scheme, self.schemes.get(scheme)?)))
        };
        tool().or_else(prompt).or_else(scheme)
    }

    fn add(&mut self, plugin: &Arc<Plugin>) {
        for (index, tool) in plugin.tools().iter().enumerate() {
            self.tools.insert(tool.name.clone(), Entry { plugin: plugin.clone(), index });
        }
        for (index, prompt) in plugin.prompts().iter().enumerate() {
            self.prompts.insert(prompt.name.clone(), PromptEntry { plugin: plugin.clone(), index });
        }
        for (index, served) in plugin.resources().iter().enumerate() {
            self.schemes.insert(served.template.scheme().to_owned(), plugin.clone());
            let entry = ResourceEntry { plugin: plugin.clone(), index };
            self.resources.insert(served.template.as_str().to_owned(), entry);
        }
        self.plugins.insert(plugin.id().to_owned(), plugin.clone());
    }

    /// The tool of that name.
    pub fn find(&self, name: &str) -> Option<&Entry> {
        self.tools.get(name)
    }

    /// Every tool, sorted by name.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.tools.values()
    }

    /// The prompt of that name.
    pub fn find_prompt(&self, name: &str) -> Option<&PromptEntry> {
        self.prompts.get(name)
    }

    /// Every prompt, sorted by name.
    pub fn prompts(&self) -> impl Iterator<Item = &PromptEntry> {
        self.prompts.values()
    }

    /// Every resource and template, sorted by URI.
    pub fn resources(&self) -> impl Iterator<Item = &ResourceEntry> {
        self.resources.values()
    }

    /// The template written exactly so.
    pub fn find_template(&self, template: &str) -> Option<&ResourceEntry> {
        self.resources.get(template)
    }

    /// What a URI is one of, with the values of its variables. What is written out comes before what a template
    /// matches.
    pub fn find_resource(&self, uri: &str) -> Option<(&ResourceEntry, Vec<(String, String)>)> {
        let exact =
            self.resources.get(uri).filter(|entry| entry.served().template.variables().next().is_none());
        if let Some(entry) = exact {
            return Some((entry, Vec::new()));
        }
        self.resources().find_map(|entry| Some((entry, entry.served().template.values(uri)?)))
    }

    /// Every plugin, sorted by name.
    pub fn plugins(&self) -> impl Iterator<Item = &Arc<Plugin>> {
        self.plugins.values()
    }
}

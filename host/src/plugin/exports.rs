//! Which of the contract's exports a component has, found once and used for every instance.

use wasmtime::Store;
use wasmtime::component::{Instance, InstancePre};

use super::bindings::{completions, describe, prompts, resources, tools};
use super::call_state::CallState;
use super::contract::{PACKAGE, VERSION};

/// Where each interface stands in a component. What else it exports is its own business.
pub(super) struct Exports {
    pub(super) describe: describe::GuestIndices,
    pub(super) tools: tools::GuestIndices,
    pub(super) resources: Option<resources::GuestIndices>,
    pub(super) prompts: Option<prompts::GuestIndices>,
    pub(super) completions: Option<completions::GuestIndices>,
}

impl Exports {
    /// Looks every interface up by name.
    ///
    /// # Errors
    /// One that every plugin has is missing, or an optional one lacks a function.
    pub(super) fn find(pre: &InstancePre<CallState>) -> wasmtime::Result<Exports> {
        // A component of a later compatible version is found too.
        let has = |interface: &str| {
            let name = format!("{PACKAGE}{interface}@{VERSION}");
            pre.component().get_export_index(None, &name).is_some()
        };
        Ok(Exports {
            describe: describe::GuestIndices::new(pre)?,
            tools: tools::GuestIndices::new(pre)?,
            resources: has("resources").then(|| resources::GuestIndices::new(pre)).transpose()?,
            prompts: has("prompts").then(|| prompts::GuestIndices::new(pre)).transpose()?,
            completions: has("completions").then(|| completions::GuestIndices::new(pre)).transpose()?,
        })
    }

    /// Compares the type of every function with the contract's. Looking them up compares names alone, so that a
    /// record with one more member would come to light at the first call.
    ///
    /// # Errors
    /// One differs.
    pub(super) fn check_types(
        &self,
        store: &mut Store<CallState>,
        instance: &Instance,
    ) -> wasmtime::Result<()> {
        self.describe.load(&mut *store, instance)?;
        self.tools.load(&mut *store, instance)?;
        if let Some(resources) = &self.resources {
            resources.load(&mut *store, instance)?;
        }
        if let Some(prompts) = &self.prompts {
            prompts.load(&mut *store, instance)?;
        }
        if let Some(completions) = &self.completions {
            completions.load(&mut *store, instance)?;
        }
        Ok(())
    }
}

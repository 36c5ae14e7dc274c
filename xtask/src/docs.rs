//! `cargo xtask docs`: the reference of the contract, generated from its WIT.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail};
use wit_parser::{
    Docs, Function, Interface, InterfaceId, PackageId, Resolve, Type, TypeDef, TypeDefKind, TypeOwner, World,
    WorldItem, WorldKey,
};

use crate::workspace;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only say whether the file is current
    #[arg(long)]
    check: bool,
}

fn source() -> PathBuf {
    workspace::root().join("wit/plugin.wit")
}

fn file() -> PathBuf {
    workspace::root().join("docs/CONTRACT.md")
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    if arguments.check {
        return check();
    }
    fs::write(file(), reference()?).context("the reference cannot be written")
}

pub(crate) fn check() -> anyhow::Result<()> {
    let present = fs::read_to_string(file()).unwrap_or_default();
    if present != reference()? {
        bail!("docs/CONTRACT.md is older than wit/plugin.wit; run `cargo xtask docs`");
    }
    Ok(())
}

/// The whole document.
fn reference() -> anyhow::Result<String> {
    let wit = fs::read_to_string(source()).context("wit/plugin.wit cannot be read")?;
    let mut resolve = Resolve::default();
    let package = resolve.push_source("plugin.wit", &wit).context("wit/plugin.wit cannot be parsed")?;
    Reference { resolve: &resolve, text: String::new() }.written(package)
}

/// The document as far as it is written.
struct Reference<'a> {
    resolve: &'a Resolve,
    text: String,
}

/// A member of a record, or a case of a variant or an enumeration.
struct Part<'a> {
    name: &'a str,
    /// What it holds, if anything.
    ty: String,
    docs: &'a Docs,
}

impl Reference<'_> {
    fn written(mut self, package: PackageId) -> anyhow::Result<String> {
        let package = &self.resolve.packages[package];
        writeln!(self.text, "# The contract `{}`\n", package.name)?;
        writeln!(
            self.text,
            "<!-- Written by `cargo xtask docs` from the comments in wit/plugin.wit. Change those, not this. -->\n"
        )?;
        self.paragraphs(&package.docs)?;
        writeln!(self.text, "[PLUGINS.md](../PLUGINS.md) is the guide to it; this is every word of it.\n")?;
        self.contents(package.interfaces.values().copied())?;
        for id in package.interfaces.values() {
            self.interface(*id)?;
        }
        writeln!(self.text, "## Worlds\n")?;
        for id in package.worlds.values() {
            self.world(&self.resolve.worlds[*id])?;
        }
        Ok(self.text.trim_end().to_owned() + "\n")
    }

    fn contents(&mut self, interfaces: impl Iterator<Item = InterfaceId>) -> anyhow::Result<()> {
        writeln!(self.text, "| interface | | functions |\n|---|---|---|")?;
        for id in interfaces {
            let (interface, role) = (&self.resolve.interfaces[id], self.role(id));
            let name = name_of(interface);
            let functions: Vec<String> = interface
                .functions
                .keys()
                .map(|function| format!("[`{function}`](#{name}{function})"))
                .collect();
            writeln!(self.text, "| [`{name}`](#{name}) | {role} | {} |", functions.join(", "))?;
        }
        writeln!(self.text, "| [worlds](#worlds) | | |\n").map_err(Into::into)
    }

    fn interface(&mut self, id: InterfaceId) -> anyhow::Result<()> {
        let interface = &self.resolve.interfaces[id];
        let name = name_of(interface);
        writeln!(self.text, "## `{name}`\n")?;
        self.paragraphs(&interface.docs)?;
        let types = || interface.types.values().map(|id| &self.resolve.types[*id]);
        let borrowed: Vec<String> = types().filter_map(|ty| self.borrowed(ty)).collect();
        let own: Vec<&TypeDef> = types().filter(|ty| self.borrowed(ty).is_none()).collect();
        if !borrowed.is_empty() {
            writeln!(self.text, "It uses {}.\n", borrowed.join(", "))?;
        }
        for function in interface.functions.values() {
            self.function(name, function)?;
        }
        own.into_iter().try_for_each(|ty| self.type_definition(ty))
    }

    /// Whose part it is to bring an interface.
    fn role(&self, id: InterfaceId) -> &'static str {
        let holds = |world: &str, exports: bool| {
            self.resolve.worlds.iter().filter(|(_, known)| known.name == world).any(|(_, world)| {
                let items = if exports { &world.exports } else { &world.imports };
                items
                    .values()
                    .any(|item| matches!(item, WorldItem::Interface { id: found, .. } if *found == id))
            })
        };
        if holds("plugin", true) {
            "exported by every plugin"
        } else if holds("plugin-full", true) {
            "exported by plugins that have it"
        } else if holds("imports", false) && !self.resolve.interfaces[id].functions.is_empty() {
            "imported, if it is used"
        } else {
            "types alone"
        }
    }

    fn function(&mut self, interface: &str, function: &Function) -> anyhow::Result<()> {
        let params: Vec<String> = function
            .params
            .iter()
            .map(|param| format!("{}: {}", param.name, self.type_name(&param.ty)))
            .collect();
        let result = function.result.map(|ty| format!(" -> {}", self.type_name(&ty))).unwrap_or_default();
        writeln!(self.text, "### `{interface}.{}`\n", function.name)?;
        writeln!(self.text, "```wit\n{}: func({}){result}\n```\n", function.name, params.join(", "))?;
        self.paragraphs(&function.docs)
    }

    fn type_definition(&mut self, ty: &TypeDef) -> anyhow::Result<()> {
        let name = ty.name.as_deref().context("a type of an interface has a name")?;
        let alias = match &ty.kind {
            TypeDefKind::Type(target) => format!(" = {}", self.type_name(target)),
            _ => String::new(),
        };
        writeln!(self.text, "### {} `{name}{alias}`\n", ty.kind.as_str())?;
        self.paragraphs(&ty.docs)?;
        let parts: Vec<Part> = match &ty.kind {
            TypeDefKind::Record(record) => {
                let members = record.fields.iter();
                let ty = |ty| self.type_name(ty);
                members
                    .map(|member| Part { name: &member.name, ty: ty(&member.ty), docs: &member.docs })
                    .collect()
            }
            TypeDefKind::Variant(variant) => {
                let holds = |ty: Option<Type>| ty.map(|ty| self.type_name(&ty)).unwrap_or_default();
                let cases = variant.cases.iter();
                cases.map(|case| Part { name: &case.name, ty: holds(case.ty), docs: &case.docs }).collect()
            }
            TypeDefKind::Enum(cases) => {
                let cases = cases.cases.iter();
                cases.map(|case| Part { name: &case.name, ty: String::new(), docs: &case.docs }).collect()
            }
            TypeDefKind::Type(_) => return Ok(()),
            other => bail!("{name} is a {}, which this page cannot show yet", other.as_str()),
        };
        self.parts(if matches!(ty.kind, TypeDefKind::Record(_)) { "member" } else { "case" }, &parts)
    }

    fn parts(&mut self, title: &str, parts: &[Part]) -> anyhow::Result<()> {
        let typed = parts.iter().any(|part| !part.ty.is_empty());
        let told = parts.iter().any(|part| part.docs.contents.is_some());
        if !typed && !told {
            let names: Vec<String> = parts.iter().map(|part| format!("`{}`", part.name)).collect();
            return writeln!(self.text, "One of {}.\n", names.join(", ")).map_err(Into::into);
        }
        let row = |cells: [&str; 3]| {
            let [name, ty, text] = cells;
            let cells = [Some(name), typed.then_some(ty), told.then_some(text)];
            format!("| {} |", cells.into_iter().flatten().collect::<Vec<_>>().join(" | "))
        };
        writeln!(self.text, "{}\n{}", row([title, "type", ""]), row(["---", "---", "---"]))?;
        for part in parts {
            let ty = if part.ty.is_empty() { String::new() } else { format!("`{}`", part.ty) };
            let text = part.docs.contents.as_deref().unwrap_or_default();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
            writeln!(self.text, "{}", row([&format!("`{}`", part.name), &ty, &text]))?;
        }
        writeln!(self.text).map_err(Into::into)
    }

    fn world(&mut self, world: &World) -> anyhow::Result<()> {
        writeln!(self.text, "### `{}`\n", world.name)?;
        self.paragraphs(&world.docs)?;
        for (word, items) in [("imports", &world.imports), ("exports", &world.exports)] {
            let names: Vec<String> = items.keys().map(|key| format!("`{}`", self.item_name(key))).collect();
            if !names.is_empty() {
                writeln!(self.text, "- {word} {}", names.join(", "))?;
            }
        }
        writeln!(self.text).map_err(Into::into)
    }

    fn item_name<'b>(&'b self, key: &'b WorldKey) -> &'b str {
        match key {
            WorldKey::Name(name) => name,
            WorldKey::Interface(id) => name_of(&self.resolve.interfaces[*id]),
        }
    }

    fn paragraphs(&mut self, docs: &Docs) -> anyhow::Result<()> {
        match docs.contents.as_deref() {
            Some(text) => writeln!(self.text, "{}\n", text.trim_end()).map_err(Into::into),
            None => Ok(()),
        }
    }

    /// A type that another interface defines, as a link; none for one of its own.
    fn borrowed(&self, ty: &TypeDef) -> Option<String> {
        let TypeDefKind::Type(Type::Id(target)) = ty.kind else { return None };
        let TypeOwner::Interface(owner) = self.resolve.types[target].owner else { return None };
        if ty.owner == TypeOwner::Interface(owner) {
            return None;
        }
        let owner = name_of(&self.resolve.interfaces[owner]);
        Some(format!("[`{owner}.{}`](#{owner})", ty.name.as_deref()?))
    }

    fn type_name(&self, ty: &Type) -> String {
        let Type::Id(id) = ty else { return primitive(*ty).to_owned() };
        let ty = &self.resolve.types[*id];
        if let Some(name) = &ty.name {
            return name.clone();
        }
        match &ty.kind {
            TypeDefKind::Option(inner) => format!("option<{}>", self.type_name(inner)),
            TypeDefKind::List(inner) => format!("list<{}>", self.type_name(inner)),
            TypeDefKind::Tuple(tuple) => {
                let inner: Vec<String> = tuple.types.iter().map(|ty| self.type_name(ty)).collect();
                format!("tuple<{}>", inner.join(", "))
            }
            TypeDefKind::Result(result) => {
                let inner = |ty: Option<Type>| ty.map_or_else(|| "_".to_owned(), |ty| self.type_name(&ty));
                format!("result<{}, {}>", inner(result.ok), inner(result.err))
            }
            other => other.as_str().to_owned(),
        }
    }
}

fn name_of(interface: &Interface) -> &str {
    interface.name.as_deref().unwrap_or_default()
}

fn primitive(ty: Type) -> &'static str {
    match ty {
        Type::Bool => "bool",
        Type::U8 => "u8",
        Type::U16 => "u16",
        Type::U32 => "u32",
        Type::U64 => "u64",
        Type::S8 => "s8",
        Type::S16 => "s16",
        Type::S32 => "s32",
        Type::S64 => "s64",
        Type::F32 => "f32",
        Type::F64 => "f64",
        Type::Char => "char",
        Type::String => "string",
        Type::ErrorContext | Type::Id(_) => "_",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_is_current() {
        check().unwrap();
    }

    #[test]
    fn every_comment_of_the_contract_is_in_the_reference() {
        let (wit, reference) = (fs::read_to_string(source()).unwrap(), reference().unwrap());
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let reference = plain(&reference);
        let comments = wit.lines().filter_map(|line| line.trim().strip_prefix("///"));
        for comment in comments.map(plain).filter(|comment| !comment.is_empty()) {
            assert!(reference.contains(&comment), "{comment}");
        }
    }
}

//! One entry into a client's file, and nothing else changed.
//!
//! The file is not read into a value and written anew, which would lose comments, the order of members and the way in
//! which numbers are written: text is put in at one place, and what stands around it stays byte for byte.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;
use serde_json::Value;

use super::client::Client;
use super::entry::{Input, Snippet};
use super::jsonc::{self, Flaw, Kind, Node};

/// One level of a file that shows none of its own.
const DEFAULT_INDENT: &str = "  ";
/// The member of VS Code's file that holds what it asks the person for.
const INPUTS: &str = "inputs";

/// Why a file is left alone. Nothing of its content is repeated: it may hold keys.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum MergeError {
    #[error("{0}; correct it, or paste the entry by hand: without --write it is printed")]
    Flawed(Flaw),
    #[error("it holds no JSON object; name another file with --write FILE")]
    NoObject,
    #[error(
        "its member {0:?} is not {1}; correct it, or paste the entry by hand: without --write it is printed"
    )]
    WrongKind(String, &'static str),
    #[error("it has two members {0:?}, of which readers take either; remove one")]
    Twice(String),
    #[error("its entry {0:?} says something else; --force replaces it, --name NAME adds another")]
    Taken(String),
    #[error(
        "there are comments in its entry {0:?}, which would be lost; remove the entry or the comments first"
    )]
    Commented(String),
}

/// Without naming it as the cause: its words are in the sentence already.
impl From<Flaw> for MergeError {
    fn from(flaw: Flaw) -> MergeError {
        MergeError::Flawed(flaw)
    }
}

/// What became of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Merged {
    /// Everything was there.
    Unchanged,
    Changed(String),
}

/// Puts the snippet into a client's file. `force` replaces an entry of the same name that says something else.
pub(super) fn merge(text: &str, snippet: &Snippet, force: bool) -> Result<Merged, MergeError> {
    let with_input = match &snippet.input {
        Some(input) => put_input(text, snippet.client, input, force)?,
        None => text.to_owned(),
    };
    let merged = put_entry(&with_input, snippet, force)?;
    Ok(if merged == text { Merged::Unchanged } else { Merged::Changed(merged) })
}

/// A member of the file's section of servers.
fn put_entry(text: &str, snippet: &Snippet, force: bool) -> Result<String, MergeError> {
    let (section, name) = (snippet.client.section(), snippet.name.as_str());
    let root = jsonc::read(text, snippet.client.takes_comments())?;
    let file = Text { text, root: &root };
    let Some(servers) = member(&root, section)?.ok_or(MergeError::NoObject)? else {
        return Ok(file.insert(&root, Some(section), &BTreeMap::from([(name, &snippet.entry)])));
    };
    match member(servers, name)? {
        None => Err(MergeError::WrongKind(section.to_owned(), "an object")),
        Some(None) => Ok(file.insert(servers, Some(name), &snippet.entry)),
        Some(Some(present)) => file.replace(present, &snippet.entry, name, force),
    }
}

/// An item of `inputs`, which VS Code tells apart by their `id`.
fn put_input(text: &str, client: Client, input: &Input, force: bool) -> Result<String, MergeError> {
    let root = jsonc::read(text, client.takes_comments())?;
    let file = Text { text, root: &root };
    let Some(inputs) = member(&root, INPUTS)?.ok_or(MergeError::NoObject)? else {
        return Ok(file.insert(&root, Some(INPUTS), &[input]));
    };
    let Kind::Array(items) = &inputs.kind else {
        return Err(MergeError::WrongKind(INPUTS.to_owned(), "an array"));
    };
    match items.iter().find(|item| item.value(text)["id"] == input.id) {
        None => Ok(file.insert(inputs, None, input)),
        Some(present) => file.replace(present, input, &input.id, force),
    }
}

/// The member of that name, if there is one; nothing at all if `node` is no object.
fn member<'a>(node: &'a Node, name: &str) -> Result<Option<Option<&'a Node>>, MergeError> {
    let Kind::Object(members) = &node.kind else { return Ok(None) };
    let mut named = members.iter().filter(|member| member.name == name);
    let first = named.next();
    if named.next().is_some() {
        return Err(MergeError::Twice(name.to_owned()));
    }
    Ok(Some(first.map(|member| &member.value)))
}

/// A file's text with what was read in it.
struct Text<'a> {
    text: &'a str,
    root: &'a Node,
}

impl Text<'_> {
    /// Puts a child at the end of an object or array.
    fn insert(&self, parent: &Node, name: Option<&str>, value: &impl Serialize) -> String {
        let text = self.text;
        let children = parent.children();
        let Some(last) = children.last() else { return self.insert_line(parent, None, name, value) };
        let comma = self.comma_after(last.end);
        if comma.is_none() && !text[parent.span.clone()].contains('\n') {
            let child = format!("{}{}", key(name), compact(value));
            return [&text[..last.end], ", ", &child, &text[last.end..]].concat();
        }
        self.insert_line(parent, comma.is_none().then_some(last.end), name, value)
    }

    /// Puts a child on a line of its own, before the bracket that closes `parent`; and a comma where one is missing.
    fn insert_line(
        &self,
        parent: &Node,
        comma: Option<usize>,
        name: Option<&str>,
        value: &impl Serialize,
    ) -> String {
        let text = self.text;
        let (newline, unit) = (self.newline(), self.unit());
        let outer = self.indent_of_line(parent.span.start);
        let first = parent.children().first().and_then(|child| self.own_indent(child.start));
        let inner = first.map_or_else(|| format!("{outer}{unit}"), str::to_owned);
        let child = format!("{}{}", key(name), self.pretty(value, &inner));
        let close = parent.span.end - 1;
        let spaces = text[..close].trim_end_matches([' ', '\t', '\r', '\n']).len();
        // Before the last line break, so that a comment at the end keeps its line.
        let (at, end) = match text[spaces..close].rfind('\n') {
            Some(line_break) => {
                let line_break = spaces + line_break;
                let is_double =
                    newline == "\r\n" && text[..line_break].ends_with('\r') && line_break > spaces;
                (line_break - usize::from(is_double), String::new())
            }
            None => (close, format!("{newline}{outer}")),
        };
        let (comma_at, comma) = comma.map_or((at, ""), |at| (at, ","));
        [&text[..comma_at], comma, &text[comma_at..at], newline, &inner, &child, &end, &text[at..]].concat()
    }

    /// Puts another value in the place of `present`, unless it says the same.
    fn replace(
        &self,
        present: &Node,
        value: &impl Serialize,
        name: &str,
        force: bool,
    ) -> Result<String, MergeError> {
        let wanted = serde_json::to_value(value).expect("text has a form in JSON");
        if present.value(self.text) == wanted {
            return Ok(self.text.to_owned());
        }
        if !force {
            return Err(MergeError::Taken(name.to_owned()));
        }
        let Range { start, end } = present.span.clone();
        let is_commented = jsonc::read(&self.text[start..end], false)
            .is_err_and(|flaw| flaw.problem == jsonc::Problem::Comment);
        if is_commented {
            return Err(MergeError::Commented(name.to_owned()));
        }
        let value = self.pretty(value, self.indent_of_line(start));
        Ok([&self.text[..start], &value, &self.text[end..]].concat())
    }

    /// Where the comma stands that follows a child, if one does.
    fn comma_after(&self, end: usize) -> Option<usize> {
        let at = jsonc::blank_end(self.text, end).expect("the text was read before");
        self.text[at..].starts_with(',').then_some(at)
    }

    fn newline(&self) -> &'static str {
        match self.text.find('\n') {
            Some(at) if self.text[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    /// One level of indentation, as the first child of the file shows it.
    fn unit(&self) -> &str {
        let first = self.root.children().first().and_then(|child| self.own_indent(child.start));
        first.filter(|indent| !indent.is_empty()).unwrap_or(DEFAULT_INDENT)
    }

    fn indent_of_line(&self, at: usize) -> &str {
        let line = self.line_start(at);
        let rest = &self.text[line..at];
        &rest[..rest.len() - rest.trim_start_matches([' ', '\t']).len()]
    }

    /// The indentation of what begins its line; nothing for what stands behind something else.
    fn own_indent(&self, at: usize) -> Option<&str> {
        let indent = self.indent_of_line(at);
        let line = self.line_start(at);
        (line > 0 && line + indent.len() == at).then_some(indent)
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |line_break| line_break + 1)
    }

    /// A value over several lines, of which all but the first are indented.
    fn pretty(&self, value: &impl Serialize, indent: &str) -> String {
        let mut bytes = Vec::new();
        let formatter = serde_json::ser::PrettyFormatter::with_indent(self.unit().as_bytes());
        let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, formatter);
        value.serialize(&mut serializer).expect("text has a form in JSON");
        let text = String::from_utf8(bytes).expect("JSON is text");
        // No string of JSON holds a line break as it is, so that each one here ends a line.
        text.replace('\n', &format!("{}{indent}", self.newline()))
    }
}

fn key(name: Option<&str>) -> String {
    name.map(|name| format!("{}: ", Value::from(name))).unwrap_or_default()
}

/// A value in one line.
fn compact(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("text has a form in JSON")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::super::entry::Server;
    use super::*;

    const URL: &str = "https://mcp.example.com/mcp";

    fn snippet(client: Client) -> Snippet {
        let server = match client.takes_urls() {
            true => Server::Remote(URL.parse().unwrap()),
            false => Server::Local { program: "/bin/xyte-mcp".into(), plugins: None, key_file: None },
        };
        Snippet::new(client, "xyte".parse().unwrap(), &server).unwrap()
    }

    fn changed(text: &str, client: Client) -> String {
        match merge(text, &snippet(client), false).unwrap() {
            Merged::Changed(text) => text,
            Merged::Unchanged => panic!("{text}"),
        }
    }

    #[test]
    fn comments_order_numbers_and_indentation_stay() {
        let text = "// mine\n{\n\t\"zeta\": 1.50, // last\n\t\"servers\": {\n\t\t\"b\": {\"command\": \"b\"},\n\t\t\
                    \"a\": {\"command\": \"a\"} // the second\n\t\t// none after it\n\t},\n\t\"alpha\": 1E2\n}";
        let expected = "// mine\n{\n\t\"zeta\": 1.50, // last\n\t\"servers\": {\n\t\t\"b\": {\"command\": \"b\"},\n\t\t\
                        \"a\": {\"command\": \"a\"}, // the second\n\t\t// none after it\n\t\t\"xyte\": {\n\t\t\t\
                        \"type\": \"http\",\n\t\t\t\"url\": \"https://mcp.example.com/mcp\",\n\t\t\t\"headers\": {\n\
                        \t\t\t\t\"Authorization\": \"Bearer ${input:xyte-key}\"\n\t\t\t}\n\t\t}\n\t},\n\t\"alpha\": \
                        1E2,\n\t\"inputs\": [\n\t\t{\n\t\t\t\"type\": \"promptString\",\n\t\t\t\"id\": \"xyte-key\",\n\
                        \t\t\t\"description\": \"Xyte API key\",\n\t\t\t\"password\": true\n\t\t}\n\t]\n}";
        assert_eq!(changed(text, Client::Vscode), expected);
    }

    #[test]
    fn a_file_in_one_line_stays_so_and_an_empty_one_is_filled() {
        let entry = "{\"url\":\"https://mcp.example.com/mcp\",\"headers\":{\"Authorization\":\
                     \"Bearer ${env:XYTE_API_KEY}\"}}";
        let one_line = "{\"mcpServers\": {\"a\": {}}}\n";
        let expected = format!("{{\"mcpServers\": {{\"a\": {{}}, \"xyte\": {entry}}}}}\n");
        assert_eq!(changed(one_line, Client::Cursor), expected);
        let whole = snippet(Client::Cursor).document();
        for empty in ["{}\n", "{\n}\n", "{\"mcpServers\": {}}\n", "{\n  \"mcpServers\": {\n  }\n}\n"] {
            let filled = changed(empty, Client::Cursor);
            assert_eq!(value(&filled, false), value(&whole, false), "{empty} {filled}");
        }
        assert_eq!(changed("{}\n", Client::Cursor), whole);
        assert_eq!(changed("{\n  \"mcpServers\": {}\n}\n", Client::Cursor), whole);
    }

    #[test]
    fn line_breaks_of_windows_and_a_byte_order_mark_stay() {
        let filled = changed("\u{feff}{\r\n    \"mcpServers\": {\r\n    }\r\n}\r\n", Client::Cursor);
        assert!(
            filled.starts_with("\u{feff}{\r\n    \"mcpServers\": {\r\n        \"xyte\": {\r\n"),
            "{filled:?}"
        );
        assert_eq!(filled.matches('\n').count(), filled.matches("\r\n").count(), "{filled:?}");
        assert!(filled.ends_with("        }\r\n    }\r\n}\r\n"), "{filled:?}");
    }

    #[test]
    fn an_entry_that_says_something_else_is_replaced_by_force_alone() {
        let text = "{\"mcpServers\": {\"a\": 1, \"xyte\": {\"command\": \"secret\"}, \"b\": 2}}";
        let error = merge(text, &snippet(Client::Cursor), false).unwrap_err();
        assert_eq!(error, MergeError::Taken("xyte".into()));
        assert!(!error.to_string().contains("secret"));
        let Merged::Changed(forced) = merge(text, &snippet(Client::Cursor), true).unwrap() else { panic!() };
        assert!(forced.starts_with("{\"mcpServers\": {\"a\": 1, \"xyte\": {\n"), "{forced}");
        assert!(forced.ends_with("}, \"b\": 2}}") && !forced.contains("secret"), "{forced}");
        let asked = "{\"inputs\": [{\"id\": \"xyte-key\", \"type\": \"pickString\"}]}";
        let error = merge(asked, &snippet(Client::Vscode), false).unwrap_err();
        assert_eq!(error, MergeError::Taken("xyte-key".into()));
        let commented = "{\"servers\": {\"xyte\": {/* keep me */}}}";
        let error = merge(commented, &snippet(Client::Vscode), true).unwrap_err();
        assert_eq!(error, MergeError::Commented("xyte".into()));
    }

    #[test]
    fn a_file_of_another_shape_is_left_alone() {
        let cases = [
            ("[]", MergeError::NoObject),
            ("1", MergeError::NoObject),
            ("{\"mcpServers\": []}", MergeError::WrongKind("mcpServers".into(), "an object")),
            ("{\"mcpServers\": null}", MergeError::WrongKind("mcpServers".into(), "an object")),
            ("{\"mcpServers\": {}, \"mcpServers\": {}}", MergeError::Twice("mcpServers".into())),
            ("{\"mcpServers\": {\"xyte\": 1, \"xyte\": 1}}", MergeError::Twice("xyte".into())),
        ];
        for (text, expected) in cases {
            assert_eq!(merge(text, &snippet(Client::Cursor), true).unwrap_err(), expected, "{text}");
        }
        let error = merge("{\"inputs\": {}}", &snippet(Client::Vscode), true).unwrap_err();
        assert_eq!(error, MergeError::WrongKind("inputs".into(), "an array"));
        let flawed = merge("{\n// mine\n}", &snippet(Client::ClaudeDesktop), true).unwrap_err();
        assert!(flawed.to_string().starts_with("line 2: it has a comment"), "{flawed}");
    }

    fn value(text: &str, lenient: bool) -> Value {
        jsonc::read(text, lenient).unwrap_or_else(|flaw| panic!("{flaw}: {text}")).value(text)
    }

    /// The names of all members in the order of the text, each with how deep it is.
    fn names(node: &Node, depth: usize, found: &mut Vec<(usize, String)>) {
        match &node.kind {
            Kind::Object(members) => {
                for member in members {
                    found.push((depth, member.name.clone()));
                    names(&member.value, depth + 1, found);
                }
            }
            Kind::Array(items) => items.iter().for_each(|item| names(item, depth + 1, found)),
            Kind::Scalar => {}
        }
    }

    /// What must survive: every other member, their order, and every byte but those that were put in.
    fn assert_survives(before: &str, after: &str, client: Client) {
        let lenient = client.takes_comments();
        let (old, mut new) = (value(before, lenient), value(after, lenient));
        let entry = new[client.section()].as_object_mut().unwrap().remove("xyte").unwrap();
        assert_eq!(entry, serde_json::to_value(&snippet(client).entry).unwrap());
        if old.get(client.section()).is_none() {
            assert_eq!(new.as_object_mut().unwrap().remove(client.section()), Some(json!({})));
        }
        if let Some(inputs) = new.get_mut("inputs").filter(|_| snippet(client).input.is_some()) {
            let input = inputs.as_array_mut().unwrap().pop().unwrap();
            assert_eq!(input["id"], "xyte-key");
            if old.get("inputs").is_none() {
                assert_eq!(new.as_object_mut().unwrap().remove("inputs"), Some(json!([])));
            }
        }
        assert_eq!(new, old, "{before}\n{after}");
        let (mut before_names, mut after_names) = (Vec::new(), Vec::new());
        names(&jsonc::read(before, lenient).unwrap(), 0, &mut before_names);
        names(&jsonc::read(after, lenient).unwrap(), 0, &mut after_names);
        let mut rest = after_names.iter();
        assert!(before_names.iter().all(|name| rest.any(|other| other == name)), "{before}\n{after}");
        let mut rest = after.chars();
        assert!(before.chars().all(|char| rest.any(|other| other == char)), "{before}\n{after}");
        assert_eq!(before.matches("/*").count(), after.matches("/*").count());
        assert_eq!(comments(before), comments(after), "{before}\n{after}");
    }

    /// The comments that the generator below makes, which no string of it holds.
    fn comments(text: &str) -> Vec<&str> {
        text.split("//#").skip(1).map(|rest| rest.lines().next().unwrap_or_default()).collect()
    }

    fn blank(lenient: bool) -> BoxedStrategy<String> {
        let plain =
            prop::sample::select(vec!["", " ", "\n", "\n  ", "\r\n\t", "  \n\n"]).prop_map(str::to_owned);
        if !lenient {
            return plain.boxed();
        }
        let comment = prop::sample::select(vec![" /* } */ ", "/*,*/", " //# \"{[ \n", "//#,\r\n  "]);
        prop_oneof![3 => plain.clone(), 1 => (plain, comment).prop_map(|(a, b)| a + b)].boxed()
    }

    /// The text of a list between brackets.
    fn list(
        [open, close]: [&'static str; 2],
        item: BoxedStrategy<String>,
        lenient: bool,
    ) -> BoxedStrategy<String> {
        let items = prop::collection::vec((blank(lenient), item, blank(lenient)), 0..4);
        (items, blank(lenient), any::<bool>())
            .prop_map(move |(items, end, trailing)| {
                let trailing = if lenient && trailing && !items.is_empty() { "," } else { "" };
                let items: Vec<String> = items.into_iter().map(|(a, item, b)| a + &item + &b).collect();
                format!("{open}{}{trailing}{end}{close}", items.join(","))
            })
            .boxed()
    }

    fn any_value(lenient: bool) -> BoxedStrategy<String> {
        let scalars = vec![
            "1.50",
            "-0",
            "1E+2",
            "12345678901234567890123",
            "null",
            "true",
            "\"a,}\"",
            "\"\\\"é\\u00e9\"",
        ];
        let scalar = prop::sample::select(scalars).prop_map(str::to_owned);
        scalar
            .prop_recursive(3, 12, 3, move |inner| {
                let member = ("\"[a-z]{0,3}\"", blank(lenient), inner.clone());
                let member = member.prop_map(|(name, blank, value)| format!("{name}:{blank}{value}")).boxed();
                prop_oneof![list(["{", "}"], member, lenient), list(["[", "]"], inner.boxed(), lenient)]
            })
            .boxed()
    }

    /// A client's file, with or without the members that matter here. The names of the others are distinct.
    fn any_file(client: Client) -> BoxedStrategy<String> {
        let lenient = client.takes_comments();
        let named = move |name: String, value: BoxedStrategy<String>| {
            (blank(lenient), blank(lenient), value, blank(lenient))
                .prop_map(move |(a, b, value, c)| format!("{a}\"{name}\"{b}:{value}{c}"))
                .boxed()
        };
        let member = any_value(lenient);
        let server = ("\"[a-z]{5}\"", blank(lenient), member.clone());
        let server = server.prop_map(|(name, blank, value)| format!("{name}:{blank}{value}")).boxed();
        let others = (0..3).map(|n| named(format!("other{n}"), member.clone()));
        let section = named(client.section().to_owned(), list(["{", "}"], server, lenient));
        let inputs = named("inputs".to_owned(), list(["[", "]"], member.clone(), lenient));
        let members: Vec<_> = others.chain([section, inputs]).collect();
        let chosen =
            prop::sample::subsequence(members, 0..=5).prop_shuffle().prop_flat_map(|members| members);
        (blank(lenient), chosen, blank(lenient), blank(lenient), any::<bool>())
            .prop_map(move |(start, members, inside, end, trailing)| {
                let trailing = if lenient && trailing && !members.is_empty() { "," } else { "" };
                format!("{start}{{{}{trailing}{inside}}}{end}", members.join(","))
            })
            .boxed()
    }

    fn check(text: &str, client: Client) {
        let Ok(Merged::Changed(merged)) = merge(text, &snippet(client), false) else { panic!("{text}") };
        assert_survives(text, &merged, client);
        assert_eq!(merge(&merged, &snippet(client), false), Ok(Merged::Unchanged), "{merged}");
        if !client.takes_comments() {
            serde_json::from_str::<Value>(&merged).unwrap_or_else(|error| panic!("{error}: {merged}"));
        }
    }

    proptest! {
        #[test]
        fn every_other_member_survives_in_strict_files(text in any_file(Client::ClaudeDesktop)) {
            check(&text, Client::ClaudeDesktop);
        }

        #[test]
        fn every_other_member_and_comment_survives_in_files_with_comments(text in any_file(Client::Vscode)) {
            check(&text, Client::Vscode);
        }
    }
}

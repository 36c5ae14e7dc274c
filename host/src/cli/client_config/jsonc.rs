//! JSON with the places where its parts stand, so that a file can be changed in one place and stay as it is in every
//! other. Comments and trailing commas are understood where a client understands them.

use std::ops::Range;

use serde_json::Value;

/// How deep a file may nest. No client's file comes near; the reader calls itself for each level.
const DEPTH_MAX: usize = 64;
/// What some editors on Windows put before a text.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What is wrong with a text, and in which line, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub(super) struct Flaw {
    pub(super) line: usize,
    pub(super) problem: Problem,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Problem {
    #[error("it is not valid JSON: {0} is expected")]
    Expected(&'static str),
    #[error("it is not valid JSON: this is neither a number nor true, false or null")]
    NoValue,
    #[error("it is not valid JSON: this string does not end, or holds what no string holds")]
    BadString,
    #[error("it is not valid JSON: a comma is followed by nothing")]
    TrailingComma,
    #[error("it has a comment, which this client does not read")]
    Comment,
    #[error("it has a comment that does not end")]
    OpenComment,
    #[error("it is nested more than {DEPTH_MAX} levels deep")]
    TooDeep,
}

/// One value, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) span: Range<usize>,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Object(Vec<Member>),
    Array(Vec<Node>),
    Scalar,
}

/// One member of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) name: String,
    /// Where its name begins.
    pub(super) start: usize,
    pub(super) value: Node,
}

impl Node {
    /// What it says, without places and comments.
    pub(super) fn value(&self, text: &str) -> Value {
        match &self.kind {
            Kind::Object(members) => {
                members.iter().map(|member| (member.name.clone(), member.value.value(text))).collect()
            }
            Kind::Array(items) => items.iter().map(|item| item.value(text)).collect(),
            Kind::Scalar => {
                serde_json::from_str(&text[self.span.clone()]).expect("the reader has read it so")
            }
        }
    }

    /// Where its children stand, each with its name.
    pub(super) fn children(&self) -> Vec<Range<usize>> {
        match &self.kind {
            Kind::Object(members) => {
                members.iter().map(|member| member.start..member.value.span.end).collect()
            }
            Kind::Array(items) => items.iter().map(|item| item.span.clone()).collect(),
            Kind::Scalar => Vec::new(),
        }
    }
}

/// Reads a whole text; `lenient` allows comments and trailing commas.
pub(super) fn read(text: &str, lenient: bool) -> Result<Node, Flaw> {
    let mut reader = Reader { text, at: 0, lenient };
    reader.eat(BYTE_ORDER_MARK);
    let root = reader.value(0)?;
    reader.blank()?;
    if reader.at == text.len() { Ok(root) } else { Err(reader.flaw(Problem::Expected("the end"))) }
}

/// Where the blank part of a lenient text ends that begins at `at`.
pub(super) fn blank_end(text: &str, at: usize) -> Result<usize, Flaw> {
    let mut reader = Reader { text, at, lenient: true };
    reader.blank()?;
    Ok(reader.at)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    lenient: bool,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn flaw(&self, problem: Problem) -> Flaw {
        Flaw { line: 1 + self.text[..self.at].matches('\n').count(), problem }
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn expect(&mut self, token: &'static str) -> Result<(), Flaw> {
        if self.eat(token) { Ok(()) } else { Err(self.flaw(Problem::Expected(token))) }
    }

    /// Skips whitespace and comments.
    fn blank(&mut self) -> Result<(), Flaw> {
        loop {
            let is_space = |char| matches!(char, ' ' | '\t' | '\n' | '\r');
            self.at += self.rest().len() - self.rest().trim_start_matches(is_space).len();
            let is_line = self.rest().starts_with("//");
            if !is_line && !self.rest().starts_with("/*") {
                return Ok(());
            }
            if !self.lenient {
                return Err(self.flaw(Problem::Comment));
            }
            let length = if is_line {
                self.rest().find(['\n', '\r']).unwrap_or(self.rest().len())
            } else {
                let inside = self.rest()[2..].find("*/").ok_or_else(|| self.flaw(Problem::OpenComment))?;
                inside + 4
            };
            self.at += length;
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node, Flaw> {
        if depth > DEPTH_MAX {
            return Err(self.flaw(Problem::TooDeep));
        }
        self.blank()?;
        let start = self.at;
        let kind = match self.rest().chars().next() {
            Some('{') => Kind::Object(self.list("{", "}", |reader| reader.member(depth))?),
            Some('[') => Kind::Array(self.list("[", "]", |reader| reader.value(depth + 1))?),
            Some('"') => {
                self.string()?;
                Kind::Scalar
            }
            _ => self.word()?,
        };
        Ok(Node { span: start..self.at, kind })
    }

    fn member(&mut self, depth: usize) -> Result<Member, Flaw> {
        let start = self.at;
        let name = self.string()?;
        self.blank()?;
        self.expect(":")?;
        Ok(Member { name, start, value: self.value(depth + 1)? })
    }

    /// What stands between two brackets, separated by commas.
    fn list<T>(
        &mut self,
        open: &'static str,
        close: &'static str,
        mut item: impl FnMut(&mut Self) -> Result<T, Flaw>,
    ) -> Result<Vec<T>, Flaw> {
        let mut items = Vec::new();
        self.expect(open)?;
        loop {
            self.blank()?;
            if self.rest().starts_with(close) {
                if !items.is_empty() && !self.lenient {
                    return Err(self.flaw(Problem::TrailingComma));
                }
                break;
            }
            items.push(item(self)?);
            self.blank()?;
            if !self.eat(",") {
                break;
            }
        }
        self.expect(close).map_err(|flaw| match items.is_empty() {
            true => flaw,
            false => {
                Flaw { problem: Problem::Expected(if close == "}" { ", or }" } else { ", or ]" }), ..flaw }
            }
        })?;
        Ok(items)
    }

    fn string(&mut self) -> Result<String, Flaw> {
        let start = self.at;
        self.expect("\"")?;
        let mut escaped = false;
        let end = self.rest().find(|char| {
            let is_end = char == '"' && !escaped;
            escaped = char == '\\' && !escaped;
            is_end
        });
        let string = end.and_then(|end| {
            let end = self.at + end + 1;
            serde_json::from_str(&self.text[start..end]).ok().map(|string| (end, string))
        });
        match string {
            Some((end, string)) => {
                self.at = end;
                Ok(string)
            }
            None => Err(self.flaw(Problem::BadString)),
        }
    }

    /// A number, or one of three words.
    fn word(&mut self) -> Result<Kind, Flaw> {
        let is_word = |char: char| char.is_ascii_alphanumeric() || "+-.".contains(char);
        let length = self.rest().len() - self.rest().trim_start_matches(is_word).len();
        if serde_json::from_str::<Value>(&self.rest()[..length]).is_err() {
            return Err(self.flaw(Problem::NoValue));
        }
        self.at += length;
        Ok(Kind::Scalar)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn problem(text: &str, lenient: bool) -> (usize, Problem) {
        let flaw = read(text, lenient).unwrap_err();
        (flaw.line, flaw.problem)
    }

    #[test]
    fn comments_and_trailing_commas_are_read_where_they_are_allowed() {
        let text = "\u{feff}// one\n{ /* two */ \"a\": [1, 2,], // three\n \"//\": \"/* no */ \\\" \\\\\", }\n// end";
        let root = read(text, true).unwrap();
        assert_eq!(root.value(text), json!({"a": [1, 2], "//": "/* no */ \" \\"}));
        assert_eq!(problem("{\n// c\n}", false), (2, Problem::Comment));
        assert_eq!(problem("{\"a\": 1,\n}", false), (2, Problem::TrailingComma));
    }

    #[test]
    fn what_is_no_json_is_refused_with_its_line() {
        let cases = [
            ("", 1, Problem::NoValue),
            ("{\n\"a\" 1}", 2, Problem::Expected(":")),
            ("{\"a\": 1\n\"b\": 2}", 2, Problem::Expected(", or }")),
            ("[1\n", 2, Problem::Expected(", or ]")),
            ("{,}", 1, Problem::Expected("\"")),
            ("{a: 1}", 1, Problem::Expected("\"")),
            ("{\"a\": nul}", 1, Problem::NoValue),
            ("{\"a\": 01}", 1, Problem::NoValue),
            ("{\"a\": \"\n\"}", 1, Problem::BadString),
            ("{\"a\": \"x}", 1, Problem::BadString),
            ("{} {}", 1, Problem::Expected("the end")),
            ("{} /* x", 1, Problem::OpenComment),
        ];
        for (text, line, expected) in cases {
            assert_eq!(problem(text, true), (line, expected), "{text}");
        }
        let deep = "[".repeat(DEPTH_MAX + 2);
        assert_eq!(problem(&deep, true).1, Problem::TooDeep);
    }

    proptest! {
        /// The strict reader and serde_json read the same, and refuse the same.
        #[test]
        fn the_strict_reader_agrees_with_serde_json(text in "[\\[\\]{},:\"\\\\a10. \n/eE+tru-]{0,14}") {
            let expected = serde_json::from_str::<Value>(&text).ok();
            let root = read(&text, false).ok().map(|root| root.value(&text));
            prop_assert_eq!(root, expected);
        }
    }
}

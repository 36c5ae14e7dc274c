//! `PLUGINS.md` held against what it describes. Its Rust is compiled and run as documentation tests; its limits, error
//! codes, messages and excerpts are looked up in the code.

/// The guide's Rust.
#[cfg(doctest)]
#[doc = include_str!("../../PLUGINS.md")]
pub mod snippets {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::{Path, PathBuf};

    /// Files that hold the limits of a plugin.
    const LIMITS: [&str; 11] = [
        "host/src/json.rs",
        "host/src/plugin/limits.rs",
        "host/src/plugin/schema_cost.rs",
        "host/src/store/quota.rs",
        "host/src/tools/call.rs",
        "host/src/tools/run.rs",
        "host/src/xyte/budget.rs",
        "host/src/xyte/hub.rs",
        "host/src/xyte/outbound.rs",
        "host/src/xyte/scope.rs",
        "host/src/plugin/uri_template.rs",
    ];
    /// Of these files, every limit is in the guide.
    const COMPLETE: [&str; 3] =
        ["host/src/plugin/limits.rs", "host/src/store/quota.rs", "host/src/xyte/budget.rs"];

    fn root() -> &'static Path {
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
    }

    fn read(path: &str) -> String {
        fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn guide() -> String {
        read("PLUGINS.md")
    }

    /// The cells of the rows of tables below a heading.
    fn rows(heading: &str) -> Vec<Vec<String>> {
        let guide = guide();
        let section = guide.split(&format!("\n## {heading}\n")).nth(1).unwrap_or_else(|| panic!("{heading}"));
        let section = section.split("\n## ").next().unwrap();
        let rows = section.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| ---"));
        rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect())
            .collect()
    }

    /// What stands between backticks.
    fn quoted(cell: &str) -> Vec<&str> {
        cell.split('`').skip(1).step_by(2).collect()
    }

    /// The blocks of code in a language.
    fn blocks(language: &str) -> Vec<String> {
        let guide = guide();
        let fence = format!("```{language}\n");
        guide.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
    }

    /// The constants of a file that are numbers or times, as the guide writes them.
    fn constants(path: &str) -> BTreeMap<String, String> {
        let text = read(path);
        let declared = text.lines().filter_map(|line| line.split_once("const "));
        let values = declared.filter_map(|(_, rest)| {
            let (name, rest) = rest.split_once(':')?;
            let (_, value) = rest.split_once(" = ")?;
            Some((name.to_owned(), shown(name, value.strip_suffix(';')?)?))
        });
        values.collect()
    }

    /// `64 << 10` as `64 KiB`, `Duration::from_secs(2)` as `2 s`, `1_000` as `1,000`.
    fn shown(name: &str, value: &str) -> Option<String> {
        let inside = |prefix: &str| value.strip_prefix(prefix)?.strip_suffix(')');
        if let Some(seconds) = inside("Duration::from_secs(") {
            return Some(format!("{seconds} s"));
        }
        if let Some(milliseconds) = inside("Duration::from_millis(") {
            return Some(format!("{milliseconds} ms"));
        }
        let number: u64 = match value.split_once(" << ") {
            Some((number, places)) => number.parse::<u64>().ok()? << places.parse::<u32>().ok()?,
            None => value.replace('_', "").parse().ok()?,
        };
        let bytes = name.contains("BYTES") && number >= 1 << 10;
        Some(match number {
            _ if bytes && number.is_multiple_of(1 << 20) => format!("{} MiB", number >> 20),
            _ if bytes => format!("{} KiB", number >> 10),
            0..1_000 => number.to_string(),
            _ => format!("{},{:03}", number / 1_000, number % 1_000),
        })
    }

    #[test]
    fn every_limit_is_the_number_in_the_code() {
        let known: BTreeMap<String, String> = LIMITS.iter().flat_map(|path| constants(path)).collect();
        let mut told = Vec::new();
        for row in rows("Limits").iter().skip(1) {
            for name in quoted(&row[3]) {
                let number = known.get(name).unwrap_or_else(|| panic!("there is no limit {name}"));
                let words: Vec<&str> =
                    row[1].split_whitespace().map(|word| word.trim_matches([',', ';'])).collect();
                let wanted: Vec<&str> = number.split(' ').collect();
                let stands = words.windows(wanted.len()).any(|words| words == wanted);
                assert!(stands, "{name} is {number}, and the guide says {:?}", row[1]);
                told.push(name.to_owned());
            }
        }
        for path in COMPLETE {
            for name in constants(path).keys() {
                assert!(told.contains(name), "{path} has {name}, and the guide does not");
            }
        }
    }

    /// The code of host, SDK and examples, with texts that are broken over lines joined.
    fn code() -> String {
        let mut text = String::new();
        let mut directories: Vec<PathBuf> = ["host/src", "plugin-sdk/src", "examples/hello-js/src"]
            .iter()
            .map(|path| root().join(path))
            .collect();
        while let Some(directory) = directories.pop() {
            for entry in fs::read_dir(directory).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    directories.push(path);
                } else {
                    text.push_str(&fs::read_to_string(path).unwrap());
                }
            }
        }
        let mut joined = String::with_capacity(text.len());
        for (index, piece) in text.split("\\\n").enumerate() {
            joined.push_str(if index == 0 { piece } else { piece.trim_start() });
        }
        joined.replace("\\\"", "\"").replace("{{", "{").replace("}}", "}")
    }

    #[test]
    fn every_code_and_message_is_one_that_the_code_has() {
        let code = code();
        let mut codes = 0;
        for row in rows("Errors that you will meet") {
            let is_code = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            for text in quoted(&row[0]) {
                if is_code(text) {
                    codes += 1;
                    assert!(code.contains(&format!("\"{text}\"")), "nothing answers {text}");
                    continue;
                }
                for part in text.split('…').map(|part| part.trim_matches([' ', ';', ','])) {
                    assert!(code.contains(part), "nothing says {part:?}");
                }
            }
        }
        assert!(codes > 40, "{codes}");
        for row in rows("Versions") {
            for text in quoted(&row[1]) {
                for part in text.split('…').map(|part| part.trim_matches([' ', ','])) {
                    assert!(code.contains(part), "nothing says {part:?}");
                }
            }
        }
    }

    /// The codes that a source answers with, by what stands before them.
    fn codes(source: &str, before: &str) -> Vec<String> {
        let source = source.split("#[cfg(test)]").next().unwrap();
        let joined: String = source.split_whitespace().collect();
        let found = joined.split(before).skip(1).filter_map(|rest| rest.split('"').next());
        found
            .filter(|code| code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn every_code_that_a_call_may_end_with_is_in_the_guide() {
        let mut expected = codes(&read("host/src/plugin/fault.rs"), "=>\"");
        expected.extend(codes(&read("host/src/tools/outcome.rs"), "=>\""));
        expected.extend(codes(&read("host/src/plugin/ended.rs"), "=>\""));
        for file in ["budget", "grant", "hub", "outbound", "scope"] {
            let source = read(&format!("host/src/xyte/{file}.rs"));
            for before in ["XyteError::invalid(\"", "XyteError::denied(\"", ",\""] {
                expected.extend(codes(&source, before).into_iter().filter(|code| code.contains('_')));
            }
        }
        assert!(expected.len() > 35, "{expected:?}");
        let guide = guide();
        for code in expected.iter().filter(|code| !["ok", "needs_input"].contains(&code.as_str())) {
            assert!(guide.contains(&format!("`{code}`")), "the guide does not explain {code}");
        }
    }

    #[test]
    fn excerpts_are_those_of_the_examples() {
        for (language, path) in
            [("js", "examples/hello-js/src/plugin.js"), ("python", "examples/hello-python/app.py")]
        {
            let (example, blocks) = (read(path), blocks(language));
            assert!(!blocks.is_empty(), "{language}");
            for block in blocks {
                assert!(example.contains(&block), "{path} does not have\n{block}");
            }
        }
    }

    #[test]
    fn links_lead_somewhere() {
        let guide = guide();
        let slug = |heading: &str| heading.to_lowercase().replace(' ', "-").replace([',', '\''], "");
        let headings: Vec<String> =
            guide.lines().filter_map(|line| line.strip_prefix("## ")).map(slug).collect();
        for link in guide.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            let found = match link.strip_prefix('#') {
                Some(anchor) => headings.iter().any(|heading| heading == anchor),
                None => link.starts_with("https://") || root().join(link.split('#').next().unwrap()).exists(),
            };
            assert!(found, "{link}");
        }
    }
}

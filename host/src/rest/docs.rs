//! The page that shows people what there is, and lets them try it.
//!
//! It is one static text without anything of a plugin, a caller or the host in it. What it shows it asks for with the
//! key that its reader types in, and shows it as text.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

const FRAME: &str = include_str!("docs/page.html");
const STYLE: &str = include_str!("docs/style.css");
const SCRIPT: &str = include_str!("docs/script.js");

/// The page, and what a browser may do with it.
#[derive(Debug)]
pub struct DocsPage {
    /// HTML with its style and script in it.
    pub html: String,
    /// Its Content-Security-Policy: this very style and script, and requests to where it came from.
    pub policy: String,
}

/// The page.
pub fn docs_page() -> &'static DocsPage {
    static PAGE: LazyLock<DocsPage> = LazyLock::new(|| DocsPage {
        html: FRAME.replace("{{style}}", STYLE).replace("{{script}}", SCRIPT),
        policy: format!(
            "default-src 'none'; script-src '{}'; style-src '{}'; connect-src 'self'; base-uri 'none'; \
             form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
            hash(SCRIPT),
            hash(STYLE)
        ),
    });
    &PAGE
}

fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_allows_what_the_page_holds_and_nothing_else() {
        let page = docs_page();
        let between = |start: &str, end: &str| {
            let found: Vec<&str> =
                page.html.split(start).skip(1).map(|rest| rest.split(end).next().unwrap()).collect();
            assert_eq!(found.len(), 1, "{start}");
            found[0]
        };
        for (text, kind) in
            [(between("<script>", "</script>"), "script"), (between("<style>", "</style>"), "style")]
        {
            assert!(page.policy.contains(&format!("{kind}-src '{}'", hash(text))), "{kind}");
        }
        assert!(page.policy.starts_with("default-src 'none'") && !page.policy.contains("unsafe"));
    }

    #[test]
    fn nothing_comes_from_elsewhere_and_no_text_becomes_markup() {
        let page = docs_page();
        for word in ["http://", "https://", "src=", "@import", "url(", "style=", " onclick", "<link"] {
            assert!(!page.html.contains(word), "{word}");
        }
        for word in
            ["innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "localStorage", "cookie"]
        {
            assert!(!SCRIPT.contains(word), "{word}");
        }
    }
}

//! From doc comments to descriptions.

use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// The text of the doc comment, or nothing if there is none: paragraphs on one line each, since the breaks in the
/// source say nothing and cost a model tokens.
pub(crate) fn text(attributes: &[Attribute]) -> Option<String> {
    let mut text = String::new();
    let mut paragraph_ended = true;
    for line in attributes.iter().filter_map(line) {
        let line = line.strip_prefix(' ').unwrap_or(&line).trim_end();
        if line.is_empty() {
            paragraph_ended = true;
            continue;
        }
        if !text.is_empty() {
            text.push_str(match (paragraph_ended, is_list_item(line)) {
                (true, _) => "\n\n",
                (false, true) => "\n",
                (false, false) => " ",
            });
        }
        text.push_str(line);
        paragraph_ended = false;
    }
    (!text.is_empty()).then_some(text)
}

fn line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attribute.meta else { return None };
    let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &meta.value else { return None };
    meta.path.is_ident("doc").then(|| text.value())
}

fn is_list_item(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("- ") || line.starts_with("* ") || line.starts_with('|')
}

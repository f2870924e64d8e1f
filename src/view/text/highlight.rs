//! Code with its words coloured, by a few short classes.

mod definitions;

use std::fmt::Write;
use std::sync::LazyLock;

use pulldown_cmark_escape::escape_html_body_text;
use syntect::parsing::{ParseState, Scope, ScopeStack};

pub use definitions::code_language;

/// The most bytes of code that is coloured; to colour more costs more than it helps.
const LIMIT: usize = 64 * 1024;

/// The longest line of code that is coloured, in bytes: the patterns of a language can take quadratic
/// time.
const LINE: usize = 1000;

/// Scopes and their classes; the first that matches counts.
static CLASSES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    const NAMES: &[(&str, &str)] = &[
        ("comment", "c"),
        ("string", "s"),
        ("constant.character.escape", "e"),
        ("constant", "n"),
        ("keyword", "k"),
        ("storage", "k"),
        ("entity.name.function", "f"),
        ("support.function", "f"),
        ("variable.function", "f"),
        ("entity.name.tag", "t"),
        ("entity.name", "t"),
        ("support.type", "t"),
        ("entity.other.attribute-name", "a"),
        ("markup.inserted", "i"),
        ("markup.deleted", "d"),
        ("markup.heading", "t"),
    ];
    NAMES.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class))).collect()
});

/// Returns `code` as HTML with classes; `None` if the language is not known.
pub(super) fn highlight(code: &str, language: &str) -> Option<String> {
    if language.is_empty() || code.len() > LIMIT || code.lines().any(|line| line.len() > LINE) {
        return None;
    }
    let (syntax, definitions) = code_language(language)?;
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut out = HighlightedCode { html: String::with_capacity(code.len() * 2), class: None };
    for line in code.split_inclusive('\n') {
        let mut from = 0;
        for (at, operation) in state.parse_line(line, definitions).ok()? {
            out.push(&line[from..at], &stack);
            stack.apply(&operation).ok()?;
            from = at;
        }
        out.push(&line[from..], &stack);
    }
    out.set(None);
    Some(out.html)
}

fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    let class = |scope: &Scope| CLASSES.iter().find(|(known, _)| known.is_prefix_of(*scope));
    stack.as_slice().iter().rev().find_map(class).map(|(_, class)| *class)
}

struct HighlightedCode {
    html: String,
    class: Option<&'static str>,
}

impl HighlightedCode {
    fn push(&mut self, text: &str, stack: &ScopeStack) {
        if text.is_empty() {
            return;
        }
        // White space looks the same in every class, so it never ends a run.
        if !text.trim().is_empty() {
            self.set(class_of(stack));
        }
        let _ = escape_html_body_text(&mut self.html, text);
    }

    fn set(&mut self, class: Option<&'static str>) {
        if self.class != class {
            if self.class.is_some() {
                self.html.push_str("</span>");
            }
            if let Some(class) = class {
                let _ = write!(self.html, "<span class=\"{class}\">");
            }
            self.class = class;
        }
    }
}

//! The problems of the book, as the preview shows them over a page.

use std::collections::BTreeMap;

use pulldown_cmark_escape::escape_html;

use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::path::SourcePath;
use crate::source::{Source, Sources};
use crate::span::LineIndex;
use crate::visible::{shown, shown_with};

/// The most problems that are shown; the terminal has more.
const MAX_SHOWN: usize = 50;

/// The most bytes of a line that are shown on each side of the problem.
const CONTEXT_BYTES: usize = 120;

/// The problems of the book.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    /// The number of problems that prevent publication.
    pub errors: usize,
    /// The number of other problems.
    pub warnings: usize,
    /// The list of problems, as HTML; empty if there are none.
    pub html: String,
    /// The fingerprint of the list.
    pub fingerprint: Fingerprint,
}

impl Problems {
    /// Creates the list of `diagnostics`, whose files are in `sources`. `stale` is whether the
    /// pages shown are those from before the book had errors.
    pub fn new(diagnostics: &[Diagnostic], sources: &Sources, stale: bool) -> Self {
        if diagnostics.is_empty() {
            return Self::default();
        }
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
        let warnings = diagnostics.len() - errors;
        let mut html = String::new();
        let title = [count(errors, "error"), count(warnings, "warning")].into_iter().flatten();
        html += &format!("<h2>{}</h2>\n", title.collect::<Vec<_>>().join(", "));
        html += match (errors > 0, stale) {
            (true, true) => {
                "<p>The pages are shown as they were before. Nothing is published until this is fixed.</p>\n"
            }
            (true, false) => "<p>Nothing is published until this is fixed.</p>\n",
            (false, _) => "",
        };
        html += "<ol>\n";
        // Errors come first, because they keep the page from being updated.
        let (first, then): (Vec<_>, Vec<_>) = diagnostics.iter().partition(|d| d.is_error());
        let mut lines: BTreeMap<&SourcePath, LineIndex> = BTreeMap::new();
        for diagnostic in first.into_iter().chain(then).take(MAX_SHOWN) {
            let text = sources.get(&diagnostic.path).map_or("", Source::shown);
            let lines = lines.entry(&diagnostic.path).or_insert_with(|| LineIndex::new(text));
            show(diagnostic, text, lines, &mut html);
        }
        html += "</ol>\n";
        if diagnostics.len() > MAX_SHOWN {
            html += &format!("<p>… and {} more</p>\n", diagnostics.len() - MAX_SHOWN);
        }
        Self { errors, warnings, fingerprint: Fingerprint::of(&html), html }
    }
}

fn count(number: usize, one: &str) -> Option<String> {
    match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{number} {one}s")),
    }
}

fn show(diagnostic: &Diagnostic, text: &str, lines: &LineIndex, html: &mut String) {
    let span = diagnostic.span.within(text);
    let (line, column) = lines.line_column(text, span.start);
    let class = if diagnostic.is_error() { "error" } else { "warning" };
    *html += &format!("<li class=\"{class}\"><p><strong>{class}</strong> <code>");
    escape(html, &format!("{}:{line}:{column}", diagnostic.path));
    *html += "</code></p>\n<p>";
    escape(html, &diagnostic.message);
    *html += "</p>\n";
    let (_, whole) = lines.line_around(text, span.start);
    let start = whole.start.max(text.floor_char_boundary(span.start.saturating_sub(CONTEXT_BYTES)));
    let end = whole.end.min(text.ceil_char_boundary((span.start + CONTEXT_BYTES).min(text.len())));
    if start < end {
        let places = [span.start, span.end].map(|at| at.min(end) - start);
        let (line, [from, to]) = shown_with(&text[start..end], places);
        for (markup, part) in
            [("<pre>", &line[..from]), ("<mark>", &line[from..to]), ("</mark>", &line[to..])]
        {
            *html += markup;
            let _ = escape_html(&mut *html, part);
        }
        *html += "</pre>\n";
    }
    for help in &diagnostic.helps() {
        *html += "<p>";
        escape(html, help);
        *html += "</p>\n";
    }
    if diagnostic.shows_fix {
        *html += "<pre>";
        for line in diagnostic.shown_fix() {
            escape(html, line);
            *html += "\n";
        }
        *html += "</pre>\n";
    }
    if let Some(fix) = diagnostic.safe_fix() {
        *html += "<p><code>fieldbook fix</code> can do this: ";
        escape(html, &fix.title);
        *html += "</p>\n";
    }
    *html += "</li>\n";
}

/// Escapes text of the book, with invisible characters made visible.
fn escape(html: &mut String, text: &str) {
    let _ = escape_html(html, &shown(text));
}

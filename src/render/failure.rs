//! Diagnostics for errors of Tera, at their position in the template.

use std::collections::BTreeMap;

use tera::{Error, ErrorKind};

use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;
use crate::render::rules::bad_template;
use crate::source::Source;
use crate::span::{LineIndex, Span};

/// Returns the errors of templates that can't be loaded.
pub(super) fn diagnostics(error: &Error, templates: &BTreeMap<String, Source>) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span().range.clone();
            vec![diagnostic(templates, report.filename(), span.into(), report.message())]
        }
        // Tera reports all unknown names together, as one text with a position for each.
        ErrorKind::Msg(text) => joined(text, templates),
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("there is no template \"{parent}\" to extend");
            vec![diagnostic(templates, current, Span::default(), &message)]
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            vec![diagnostic(templates, tpl, Span::default(), "this template contains itself")]
        }
        other => vec![diagnostic(templates, "", Span::default(), &other.to_string())],
    }
}

/// Returns the error of rendering `template`. `place` translates a position in the rendered text of
/// a template into one in its file.
pub(super) fn rendering(
    error: &Error,
    templates: &BTreeMap<String, Source>,
    template: &str,
    place: &dyn Fn(&str, usize) -> usize,
) -> Diagnostic {
    if let ErrorKind::RenderingError(report) = error.kind() {
        let (name, range) = (report.filename(), &report.span().range);
        let span = Span::from(place(name, range.start)..place(name, range.end));
        return diagnostic(templates, name, span, report.message());
    }
    let found = diagnostics(error, templates).into_iter().next();
    found.unwrap_or_else(|| diagnostic(templates, template, Span::default(), &error.to_string()))
}

/// Returns an error of a template as a whole.
pub(super) fn of_template(
    templates: &BTreeMap<String, Source>,
    name: &str,
    message: &str,
) -> Diagnostic {
    diagnostic(templates, name, Span::default(), message)
}

fn diagnostic(
    templates: &BTreeMap<String, Source>,
    name: &str,
    span: Span,
    message: &str,
) -> Diagnostic {
    let path = templates.get(name).map(|source| source.path.clone());
    let path = path.unwrap_or_else(|| SourcePath::new(format!("themes/default/templates/{name}")));
    let message = format!("this template can't be used: {}", message.trim_end_matches('.'));
    Diagnostic::error(&path, span, &bad_template::RULE, message)
}

/// Splits reports of the form `error: … --> file:line:column …` that come as one text.
fn joined(text: &str, templates: &BTreeMap<String, Source>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut indexes: BTreeMap<&str, LineIndex> = BTreeMap::new();
    let mut message = text.lines().next().unwrap_or(text);
    for line in text.lines() {
        if let Some(said) = line.strip_prefix("error: ") {
            message = said;
        } else if let Some(place) = line.trim_start().strip_prefix("--> ") {
            let mut parts = place.rsplitn(3, ':');
            let column = parts.next().and_then(|part| part.parse().ok()).unwrap_or(1);
            let row = parts.next().and_then(|part| part.parse().ok()).unwrap_or(1);
            let name = parts.next().unwrap_or_default();
            let text = templates.get(name).and_then(Source::text).unwrap_or_default();
            let index = indexes.entry(name).or_insert_with(|| LineIndex::new(text));
            let at = index.offset(text, row, column) as u32;
            found.push(diagnostic(templates, name, Span { start: at, end: at }, message));
        }
    }
    if found.is_empty() {
        found.push(diagnostic(templates, "", Span::default(), message));
    }
    found
}

//! The text at the foot of every page, which stands in the configuration.

use super::body::{self, BodyOptions};
use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::Level;
use crate::language::Language;
use crate::note::{Note, Origin, bare, exact};
use crate::path::SourcePath;

/// Reads the footer of the pages in `language` as if it were the text of their home page, so that its links are
/// looked up from there. The places in what it returns are those in `text`.
pub fn footer(path: &SourcePath, text: &str, language: &Language, config: &Config) -> Note {
    let kind = config.page_kind();
    let mut note = bare(config, kind, "", &config.title, language, Origin::Folder);
    let options = BodyOptions {
        numbers: false,
        check: &config.check,
        title: "",
        lead: false,
        prose: false,
        parts: false,
    };
    let body = body::read(path, text, 0, options, None, &mut note.diagnostics);
    note.facts.headings = exact(body.headings);
    note.facts.anchors = exact(body.anchors);
    note.facts.links = exact(body.links);
    note.spans.links = exact(body.link_spans);
    note.body = Arc::new(body.body);
    note.diagnostics.retain(|found| config.check.level(found.rule, Some(kind)) != Level::Off);
    note
}

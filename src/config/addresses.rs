//! Addresses in the configuration: where the book is published, and where a note is edited.

use crate::table::rules::bad_config;
use serde_json::{Value, json};

use crate::table::{ReadShape, TableReader, TomlEntry, ValueShape, json};

/// The address of the published book.
pub(super) struct BaseUrlShape;

impl ValueShape for BaseUrlShape {
    fn schema(&self) -> Value {
        json!({ "type": "string", "pattern": r#"^https?://[^/?# "<>][^?# "<>]*$"# })
    }

    fn example(&self) -> &'static str {
        "\"https://…\""
    }
}

impl ReadShape for BaseUrlShape {
    type Value = String;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
        let url = reader.text(entry)?;
        if !is_base_url(&url) {
            let message =
                "the base address must begin with https:// or http://, and hold no ? or #";
            reader.report(entry.span, &bad_config::RULE, message);
            return None;
        }
        Some(with_slash(&url))
    }
}

/// The address at which a note is edited, with `{path}` for its file.
pub(super) struct EditUrlShape;

impl ValueShape for EditUrlShape {
    fn schema(&self) -> Value {
        json::text()
    }

    fn example(&self) -> &'static str {
        "\"https://github.com/NAME/BOOK/edit/main/{path}\""
    }
}

impl ReadShape for EditUrlShape {
    type Value = String;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
        let url = reader.text(entry)?;
        let is_web = url.starts_with("https://") || url.starts_with("http://");
        if !is_web || !url.contains("{path}") {
            let message =
                "the address to edit at must begin with https:// or http://, and hold {path}";
            let help = format!("for example {}", self.example().trim_matches('"'));
            reader.report(entry.span, &bad_config::RULE, message).help.push(help);
            return None;
        }
        Some(url)
    }
}

/// Says whether `url` can be the address a site is published at.
pub(crate) fn is_base_url(url: &str) -> bool {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let fits = |host: &str| !host.is_empty() && !host.starts_with('/');
    let is_unfit = |c: char| matches!(c, '?' | '#' | ' ' | '"' | '<' | '>') || c.is_control();
    host.is_some_and(fits) && !url.contains(is_unfit)
}

/// Returns `url` with one slash at its end.
pub(crate) fn with_slash(url: &str) -> String {
    format!("{}/", url.trim_end_matches('/'))
}

//! `content`: the folder of the notes. A vault or a folder of documents stays where it is.

use serde_json::{Value, json};
use toml::de::DeTable;

use crate::path::{NOTES, OF_BOOK};
use crate::table::rules::bad_config;
use crate::table::{DefaultShape, ReadShape, TableReader, TomlEntry, ValueShape};

/// The key that names the folder.
const KEY: &str = "content";

/// The path of a folder below that of the book, or `.`.
#[derive(Clone, Copy, Debug)]
pub(super) struct NotesFolderShape;

impl ValueShape for NotesFolderShape {
    fn schema(&self) -> Value {
        let part = r"[^./\\][^/\\]*";
        json!({ "type": "string", "pattern": format!("^(\\./?|(\\./)?{part}(/{part})*/?)$") })
    }

    fn example(&self) -> &'static str {
        "\".\""
    }

    fn default_value(&self) -> Option<Value> {
        Some(json!(NOTES))
    }
}

impl ReadShape for NotesFolderShape {
    type Value = String;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
        let written = reader.text(entry)?;
        let folder = folder(&written);
        if folder.is_none() {
            let message = format!("\"{written}\" can't be the folder of the notes");
            let help = "name a folder below that of the book, which is not static, themes or public; \".\" is the \
                        folder of the book itself";
            reader.report(entry.span, &bad_config::RULE, message).help.push(help.to_owned());
        }
        folder
    }
}

impl DefaultShape for NotesFolderShape {
    fn default(&self) -> String {
        NOTES.to_owned()
    }
}

/// Returns the folder that is written so; empty for that of the book.
fn folder(written: &str) -> Option<String> {
    let path = written.trim_end_matches('/');
    let path = path.strip_prefix("./").unwrap_or(path);
    if path == "." {
        return Some(String::new());
    }
    let is_plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && !part.contains(['\\', ':'])
            && part.len() <= 255
    };
    let top = path.split('/').next().unwrap_or_default();
    let is_fit = path.len() <= 900 && path.split('/').all(is_plain);
    (is_fit && !OF_BOOK.iter().any(|own| own.eq_ignore_ascii_case(top))).then(|| path.to_owned())
}

/// Returns the folder of the notes that a configuration names; empty for that of the book. What can't be read
/// is reported when the configuration itself is read.
pub fn notes_folder(configuration: &str) -> String {
    let named = || {
        // Most books name none.
        configuration.contains(KEY).then_some(())?;
        let (table, _) = DeTable::parse_recoverable(configuration);
        folder(table.get_ref().get(KEY)?.get_ref().as_str()?)
    };
    named().unwrap_or_else(|| NOTES.to_owned())
}

//! Paths in the configuration that name notes and folders.

use toml::de::{DeTable, DeValue};

use super::MovedPaths;
use crate::config::Config;
use crate::diagnostic::TextEdit;
use crate::path::SourcePath;
use crate::span::Span;
use crate::table::quoted;

/// Returns the edits of the configuration `text` after a move: the folders of kinds, and the notes in the menu.
pub(super) fn edits(text: &str, config: &Config, moved: &MovedPaths) -> Vec<TextEdit> {
    let Ok(tree) = DeTable::parse(text) else { return Vec::new() };
    let table = tree.get_ref();
    let mut edits = Vec::new();
    let mut replace = |place: std::ops::Range<usize>, new: String| {
        edits.push(TextEdit { span: Span::from(place), text: quoted(&new) });
    };
    if let Some(DeValue::Table(kinds)) = table.get("kinds").map(|kinds| kinds.get_ref()) {
        for (_, kind) in kinds.iter() {
            let DeValue::Table(kind) = kind.get_ref() else { continue };
            let Some(folder) = kind.get("folder") else { continue };
            let DeValue::String(name) = folder.get_ref() else { continue };
            if let Some(new) = moved.new_folder(config, name.trim_matches('/')) {
                replace(folder.span(), new);
            }
        }
    }
    if let Some(DeValue::Array(menu)) = table.get("menu").map(|menu| menu.get_ref()) {
        for entry in menu.iter() {
            let DeValue::String(name) = entry.get_ref() else { continue };
            if config.kind_named(name).is_none()
                && let Some(new) = new_path(config, moved, name.trim_matches('/'))
            {
                replace(entry.span(), new);
            }
        }
    }
    edits.sort();
    edits
}

/// Returns the new path of a note that is named by its path without ending; `None` if it doesn't move.
fn new_path(config: &Config, moved: &MovedPaths, path: &str) -> Option<String> {
    let files = ["{}.md", "{}/index.md", "{}/README.md"].map(|form| form.replace("{}", path));
    let file = files.into_iter().map(|file| SourcePath::in_notes_of(&config.content, &file));
    let new = file.into_iter().find_map(|file| moved.files.get(&file))?;
    let stem = new.in_notes()?.strip_suffix(".md")?;
    let stem = stem.strip_suffix("/index").or_else(|| stem.strip_suffix("/README")).unwrap_or(stem);
    Some(stem.to_owned())
}

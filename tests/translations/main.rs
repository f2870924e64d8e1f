//! Translations and their originals: the parts they are compared by, and what readers and translators are told.

#[path = "../support/mod.rs"]
mod support;

mod accept;
mod list;
mod parts;
mod reader;

use fieldbook::translation::record_of;
use fieldbook::workspace::Workspace;
use support::{open, options, sources};

const CONFIG: &str = r#"
title = "Book"
languages = ["fr", "ar"]
check.missing-words = "off"
check.orphan = "off"

[kinds.ask]
folder = "asks"
title = "Ask"
plural = "Asks"

[kinds.ask.fields]
ask = { text = true }
"#;

const ORIGINAL: &str = "content/asks/a.md";
const FRENCH: &str = "content/asks/a.fr.md";
const ARABIC: &str = "content/asks/a.ar.md";

/// An original of ten paragraphs.
fn original() -> String {
    let paragraphs =
        (1..=10).map(|n| format!("Paragraph {n} says this. It goes on,\nas it should.\n"));
    format!("+++\ntitle = \"A\"\n+++\n\n{}", paragraphs.collect::<Vec<_>>().join("\n"))
}

/// A translation of it, which recorded `from`.
fn translation(from: &str) -> String {
    let paragraphs = (1..=10).map(|n| format!("Le paragraphe {n} dit ceci.\n"));
    let paragraphs = paragraphs.collect::<Vec<_>>().join("\n");
    format!("+++\ntitle = \"A\"\ntranslated-from = {from}\n+++\n\n{paragraphs}")
}

/// Returns what a translation of this original records.
fn record(original: &str) -> String {
    let (workspace, _) = open(sources(&[("book.toml", CONFIG), (ORIGINAL, original)]), options());
    let site = workspace.site().expect("a site");
    let (_, note) = site.notes().find(|(_, note)| note.source.as_str() == ORIGINAL).expect("it");
    let record = record_of(&site.config.kind(note.facts.kind).fields, &note.parts);
    let parts: Vec<String> = record.iter().map(|part| format!("\"{part}\"")).collect();
    format!("[{}]", parts.join(", "))
}

/// Returns the counts of the state of a note: changed, new, gone, moved, and all.
fn counts(workspace: &Workspace, path: &str) -> Option<[u32; 5]> {
    let site = workspace.site().expect("a site");
    let (id, _) = site.notes().find(|(_, note)| note.source.as_str() == path).expect("a note");
    let state = site.translation_state(id)?;
    Some([state.changed, state.new, state.gone, state.moved, state.total])
}

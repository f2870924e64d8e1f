//! The lists.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::filter::NoteFilter;
use super::table::{Listed, ListedColumn};
use super::values::{status_name, values_of};
use crate::config::note_keys::NOTE_KEYS;
use crate::config::{FieldValues, KindId};
use crate::graph::{LinkVia, PartFound, Resolution};
use crate::note::{LinkRole, Note, NoteId, Origin, RefField};
use crate::site::Site;
use crate::slug::fold;
use crate::source::{FileContent, Source, SourceRole, Sources};
use crate::span::LineIndex;

const fn column(name: &'static str) -> ListedColumn {
    ListedColumn { name, in_table: true }
}

/// A column that only programs get.
const fn more(name: &'static str) -> ListedColumn {
    ListedColumn { name, in_table: false }
}

/// Returns the notes read from files that fit, in the order of their paths.
pub fn notes(site: &Site, filter: &NoteFilter) -> Vec<NoteId> {
    let files = site.notes().filter(|(_, note)| note.facts.origin == Origin::File);
    files.map(|(id, _)| id).filter(|id| filter.takes(site, *id)).collect()
}

/// Puts notes in the order of the values of a key, as numbers where they are; notes without a value come last. With a
/// hyphen before the key, the order is reversed.
pub fn sorted(site: &Site, notes: &mut [NoteId], key: &str) {
    let (key, is_reversed) = key.strip_prefix('-').map_or((key, false), |key| (key, true));
    notes.sort_by_cached_key(|id| {
        let values = values_of(site, *id, key);
        let number = values.first().and_then(|value| value.parse::<i64>().ok());
        (values.is_empty(), number, fold(&values.join(" ")))
    });
    if is_reversed {
        let with = notes.partition_point(|id| !values_of(site, *id, key).is_empty());
        notes[..with].reverse();
    }
}

/// Lists some notes.
pub fn listed_notes(site: &Site, notes: &[NoteId]) -> Listed {
    const COLUMNS: &[ListedColumn] = &[
        column("path"),
        column("title"),
        column("kind"),
        column("status"),
        column("date"),
        more("updated"),
        more("language"),
        more("page"),
        more("summary"),
        more("fields"),
    ];
    let row = |id: &NoteId| {
        let note = site.note(*id);
        let (facts, card) = (&note.facts, &note.facts.card);
        let kind = site.config.kind(facts.kind);
        let mut fields = Map::new();
        for field in &kind.fields {
            let values = values_of(site, *id, &field.name);
            if !values.is_empty() {
                fields.insert(field.name.clone(), json!(values));
            }
        }
        vec![
            json!(note.source.as_str()),
            json!(card.title),
            json!(kind.name),
            json!(status_name(card.status)),
            json!(card.date.map(|date| date.to_string())),
            json!(facts.version().map(|date| date.to_string())),
            json!(card.language.as_str()),
            json!(facts.place.output.as_str()),
            json!(card.summary),
            Value::Object(fields),
        ]
    };
    Listed { name: "notes", columns: COLUMNS, rows: notes.iter().map(row).collect() }
}

/// Lists the links and references of some notes.
pub fn links(site: &Site, sources: &Sources, notes: &[NoteId]) -> Listed {
    const COLUMNS: &[ListedColumn] = &[
        column("from"),
        column("line"),
        column("way"),
        column("to"),
        column("written"),
        column("state"),
        more("title"),
    ];
    let mut rows = Vec::new();
    for id in notes {
        let note = site.note(*id);
        let kind = site.config.kind(note.facts.kind);
        let text = sources.get(&note.source).and_then(Source::text).unwrap_or_default();
        let index = LineIndex::new(text);
        let mut add = |span: crate::span::Span, way: String, written: String, found: Resolution| {
            let line = index.line_around(text, (span.start as usize).min(text.len())).0;
            let (to, title, state) = target(site, found);
            rows.push(vec![
                json!(note.source.as_str()),
                json!(line),
                json!(way),
                json!(to),
                json!(written),
                json!(state),
                json!(title),
            ]);
        };
        let references = note.facts.references.iter().zip(&site.graph.references[id.index()]);
        for ((reference, found), span) in references.zip(&note.spans.references) {
            let way = match reference.field {
                RefField::Own(at) => kind.field_of_reference(at, reference.inferred).to_owned(),
                RefField::Supersedes => "supersedes".to_owned(),
                RefField::Sources => "sources".to_owned(),
            };
            add(*span, way, reference.target.written.to_string(), *found);
        }
        let links = note.facts.links.iter().zip(&site.graph.links[id.index()]);
        for ((link, found), span) in links.zip(&note.spans.links) {
            let way = match link.role {
                LinkRole::Link => "link",
                LinkRole::Image => "picture",
                LinkRole::Embed => "embed",
            };
            add(*span, way.to_owned(), link.target.written.to_string(), *found);
        }
    }
    Listed { name: "links", columns: COLUMNS, rows }
}

fn target(site: &Site, found: Resolution) -> (Option<String>, Option<String>, &'static str) {
    let note = |id: NoteId| {
        (Some(path_of(site, id).to_owned()), Some(site.note(id).facts.card.title.clone()))
    };
    match found {
        Resolution::Note(id, part) => {
            let (path, title) = note(id);
            (path, title, if part == PartFound::Missing { "missing part" } else { "found" })
        }
        Resolution::File(id) => (Some(site.files.source(id).to_string()), None, "file"),
        Resolution::Missing => (None, None, "missing"),
        Resolution::Ambiguous => (None, None, "ambiguous"),
        Resolution::WrongKind(id) => {
            let (path, title) = note(id);
            (path, title, "wrong kind")
        }
    }
}

/// Lists what points at the note at `id`, as its page does: in the order of kinds and ways.
pub fn backlinks(site: &Site, id: NoteId, filter: &NoteFilter) -> Listed {
    const COLUMNS: &[ListedColumn] =
        &[column("path"), column("title"), column("kind"), column("way"), more("page")];
    let pointers = site.pointers(id).iter().filter(|pointer| filter.takes(site, pointer.from));
    let rows = pointers.map(|pointer| {
        let note = site.note(pointer.from);
        let kind = site.config.kind(note.facts.kind);
        let way = match pointer.relation.way {
            LinkVia::Link => "link",
            LinkVia::Embed => "embed",
            LinkVia::Field(RefField::Supersedes) => "supersedes",
            LinkVia::Field(RefField::Sources) => "sources",
            LinkVia::Field(RefField::Own(at)) => kind.field_of_reference(at, pointer.inferred),
        };
        vec![
            json!(path_of(site, pointer.from)),
            json!(note.facts.card.title),
            json!(kind.name),
            json!(way),
            json!(note.facts.place.output.as_str()),
        ]
    });
    Listed { name: "backlinks", columns: COLUMNS, rows: rows.collect() }
}

/// Lists the keys that notes have, kind by kind, with the number of notes.
pub fn fields(site: &Site, notes: &[NoteId]) -> Listed {
    const COLUMNS: &[ListedColumn] = &[
        column("field"),
        column("kind"),
        column("notes"),
        column("of"),
        column("takes"),
        column("required"),
    ];
    let mut of_kinds: BTreeMap<KindId, Vec<NoteId>> = BTreeMap::new();
    for id in notes {
        of_kinds.entry(site.note(*id).facts.kind).or_default().push(*id);
    }
    let mut rows = Vec::new();
    for (kind_id, notes) in of_kinds {
        let kind = site.config.kind(kind_id);
        let count =
            |key: &str| notes.iter().filter(|id| !values_of(site, **id, key).is_empty()).count();
        let mut add = |key: &str, with: usize, takes: String, required: bool| {
            let (all, required) = (notes.len(), if required { "yes" } else { "no" });
            rows.push(vec![
                json!(key),
                json!(kind.name),
                json!(with),
                json!(all),
                json!(takes),
                json!(required),
            ]);
        };
        for field in &kind.fields {
            let one = match field.shape.as_type().values() {
                FieldValues::Words(words) => words.join(", "),
                FieldValues::Notes(kinds) => {
                    let names: Vec<&str> =
                        kinds.iter().map(|kind| &*site.config.kind(*kind).name).collect();
                    format!("notes of {}", names.join(" or "))
                }
                FieldValues::Any => type_name(&field.shape).to_owned(),
            };
            let takes = if field.many { format!("several: {one}") } else { one };
            add(&field.name, count(&field.name), takes, field.required);
        }
        for key in NOTE_KEYS.iter().map(|key| key.name()) {
            let with = if matches!(key, "draft" | "terms" | "status") { 0 } else { count(key) };
            if with > 0 {
                add(key, with, "every note may have it".to_owned(), key == "title");
            }
        }
    }
    Listed { name: "fields", columns: COLUMNS, rows }
}

fn type_name(shape: &crate::config::FieldShape) -> &'static str {
    use crate::config::FieldShape;
    match shape {
        FieldShape::Reference(_) => "notes",
        FieldShape::OneOf(_) => "words",
        FieldShape::Text(_) => "text",
        FieldShape::Date(_) => "a date",
        FieldShape::Number(_) => "a number",
        FieldShape::Flag(_) => "true or false",
        FieldShape::Url(_) => "an address",
    }
}

/// Lists the values of a key, the most frequent first.
pub fn values(site: &Site, notes: &[NoteId], key: &str) -> Listed {
    const COLUMNS: &[ListedColumn] = &[column("value"), column("notes"), column("kinds")];
    let mut counts: BTreeMap<String, (usize, BTreeMap<KindId, ()>)> = BTreeMap::new();
    for id in notes {
        let mut values = values_of(site, *id, key);
        values.sort();
        values.dedup();
        for value in values {
            let (count, kinds) = counts.entry(value).or_default();
            *count += 1;
            kinds.insert(site.note(*id).facts.kind, ());
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    let row = |(value, (count, kinds)): (String, (usize, BTreeMap<KindId, ()>))| {
        let kinds: Vec<&str> = kinds.keys().map(|kind| &*site.config.kind(*kind).name).collect();
        vec![json!(value), json!(count), json!(kinds)]
    };
    Listed { name: "values", columns: COLUMNS, rows: counts.into_iter().map(row).collect() }
}

/// Lists the files that are copied to the site, with the number of links to each.
pub fn files(site: &Site, sources: &Sources) -> Listed {
    const COLUMNS: &[ListedColumn] =
        &[column("path"), column("bytes"), column("links"), more("address")];
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for found in site.graph.links.iter().flatten() {
        if let Resolution::File(id) = found {
            *counts.entry(site.files.source(*id).as_str()).or_default() += 1;
        }
    }
    let is_copied = |path: &crate::path::SourcePath| {
        matches!(SourceRole::of(path), SourceRole::Attachment | SourceRole::Static)
    };
    let published = site.files.published().filter(|(_, path)| is_copied(path));
    let rows = published.map(|(output, path)| {
        let bytes = match sources.get(path).map(|source| &source.content) {
            Some(FileContent::Bytes(bytes)) => bytes.len(),
            Some(FileContent::Text(text)) => text.len(),
            Some(FileContent::Refused(_)) | None => 0,
        };
        vec![
            json!(path.as_str()),
            json!(bytes),
            json!(counts.get(path.as_str()).copied().unwrap_or(0)),
            json!(output.as_str()),
        ]
    });
    Listed { name: "files", columns: COLUMNS, rows: rows.collect() }
}

/// Returns the path of the file of a note, or of its page if it has no file.
fn path_of(site: &Site, id: NoteId) -> &str {
    let note: &Note = site.note(id);
    match note.facts.origin {
        Origin::File => note.source.as_str(),
        _ => note.facts.place.output.as_str(),
    }
}

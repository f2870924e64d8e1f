//! All notes, as JSON with its schema.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::date::Date;
use crate::note::{NoteCard, NoteId, Origin, RefField};
use crate::path::OutputPath;
use crate::site::Site;
use crate::template::SharedValue;
use crate::view::output::{OutputFormat, OutputList, OutputOwner, TextsShown, View};

/// The schema of `notes.json`.
const SCHEMA: &str = include_str!("notes.schema.json");

/// All notes, as JSON.
#[derive(Hash, Serialize)]
pub struct NotesData<'a> {
    /// The title of the site.
    pub title: &'a str,
    /// The address of the site, with which the addresses of pages begin; null if the book does not say
    /// where it will be published.
    pub base_url: Option<&'a str>,
    /// The notes, in the order of their files.
    pub notes: Vec<NoteData<'a>>,
}

/// A note, as JSON.
#[derive(Hash, Serialize)]
pub struct NoteData<'a> {
    /// The note, as lists show it. Its keys stand beside `superseded_by`.
    #[serde(flatten)]
    pub card: &'a SharedValue<NoteCard>,
    /// The date on which it was published; null if that is not known.
    pub published: Option<Date>,
    /// The date on which it was last checked against its sources; null if that is not known.
    pub reviewed_on: Option<Date>,
    /// The paths of the notes that replace it.
    pub superseded_by: Vec<&'a OutputPath>,
    /// The paths of the notes that its fields name, by the name of the field.
    pub references: BTreeMap<&'a str, Vec<&'a OutputPath>>,
    /// The values of its other fields, by the name of the field.
    pub values: BTreeMap<&'a str, &'a [String]>,
}

/// `notes.json` and its schema.
pub(crate) const FORMAT: OutputFormat =
    OutputFormat { asked_as: Some("notes"), replaced_by: None, list, texts: TextsShown::None };

fn list(_: &Site, out: &mut OutputList) {
    out.add(OutputPath::new("notes.json"), OutputOwner::Book, |site, _| View::json(notes(site)));
    out.add(OutputPath::new("notes.schema.json"), OutputOwner::Book, |_, _| {
        View::Bytes(Cow::Borrowed(SCHEMA.as_bytes()))
    });
}

fn notes(site: &Site) -> NotesData<'_> {
    let written = site.notes().filter(|(_, note)| note.facts.origin == Origin::File);
    NotesData {
        title: &site.config.title,
        base_url: site.config.base_url.as_deref(),
        notes: written.map(|(id, _)| note(site, id)).collect(),
    }
}

fn note(site: &Site, id: NoteId) -> NoteData<'_> {
    let facts = &site.note(id).facts;
    let kind = site.config.kind(facts.kind);
    let url = |id: NoteId| &site.note(id).facts.place.output;
    let mut references: BTreeMap<&str, Vec<&OutputPath>> = BTreeMap::new();
    for (reference, to) in facts.references.iter().zip(&site.graph.references[id.index()]) {
        let name = match reference.field {
            RefField::Own(at) => kind.field_of_reference(at, reference.inferred),
            RefField::Supersedes => "supersedes",
            RefField::Sources => "sources",
        };
        references.entry(name).or_default().extend(to.note().map(url));
    }
    let is_value = |at: u16| kind.fields[usize::from(at)].shape.as_reference().is_none();
    let values = facts.values.iter().filter(|value| is_value(value.field));
    let named = values.map(|v| (kind.fields[usize::from(v.field)].name.as_str(), &v.items[..]));
    let superseded_by = &site.graph.superseded_by[id.index()];
    NoteData {
        card: &facts.card,
        published: facts.published,
        reviewed_on: facts.reviewed_on,
        superseded_by: superseded_by.iter().map(|id| url(*id)).collect(),
        references,
        values: named.collect(),
    }
}

//! The values of a note under any key of its front matter.

use crate::config::note_keys::NOTE_KEYS;
use crate::config::{Kind, Status};
use crate::date::Date;
use crate::note::{Citation, Note, NoteId, RefField};
use crate::site::Site;

/// Returns the values of the note at `id` under a key, as they are written; a value that names a note is the path of
/// that note, if there is one. Keys that are not for conditions, such as `changes`, have none.
pub fn values_of(site: &Site, id: NoteId, key: &str) -> Vec<String> {
    let note = site.note(id);
    let kind = site.config.kind(note.facts.kind);
    if let Some(at) = kind.fields.iter().position(|field| field.name == key) {
        return own(site, id, kind, at);
    }
    let facts = &note.facts;
    let text = |text: &Option<String>| text.iter().cloned().collect();
    let date = |date: Option<Date>| date.iter().map(Date::to_string).collect();
    match key {
        "title" => vec![facts.card.title.clone()],
        "kind" => vec![kind.name.clone()],
        "path" => vec![note.source.to_string()],
        "language" => vec![facts.card.language.to_string()],
        "short" => text(&facts.card.short),
        "summary" | "description" => text(&facts.card.summary),
        "in-sentence" => text(&facts.in_sentence),
        "status" => vec![status_name(facts.card.status).to_owned()],
        "draft" => vec![(facts.card.status == Status::Draft).to_string()],
        "date" => date(facts.card.date),
        "published" => date(facts.published),
        "updated" => date(facts.card.updated),
        "review-by" => date(facts.review_by),
        "reviewed-on" => date(facts.reviewed_on),
        "withdrawn-on" => date(facts.standing.withdrawn_on),
        "comment-until" => date(facts.standing.comment_until),
        "endorsed-by" => text(&facts.standing.endorsed_by),
        "withdrawn-reason" => text(&facts.standing.withdrawn_reason),
        "comment-to" => text(&facts.standing.comment_to),
        "order" => facts.order.iter().map(i64::to_string).collect(),
        "also" => facts.also.clone(),
        "aliases" => {
            let is_title = |name: &&str| *name != facts.card.title;
            let names = facts.other_names().filter(is_title).map(str::to_owned);
            names.chain(facts.redirects.iter().map(|path| format!("/{}", path.address()))).collect()
        }
        "supersedes" => referred(site, id, RefField::Supersedes),
        "sources" => facts.sources.iter().map(|source| source_of(site, id, source)).collect(),
        "terms" => vec![facts.marks_terms.to_string()],
        _ => Vec::new(),
    }
}

/// Says whether a note of the kind can have a key.
pub(super) fn has_key(kind: &Kind, key: &str) -> bool {
    let is_declared = || {
        NOTE_KEYS.iter().any(|declared| declared.name() == key || declared.former().contains(&key))
    };
    matches!(key, "kind" | "path" | "language")
        || kind.fields.iter().any(|field| field.name == key)
        || is_declared()
}

/// Returns the latest date that a note gives of itself: of a change or its publication, or else the date of what it
/// describes.
pub fn note_date(note: &Note) -> Option<Date> {
    let facts = &note.facts;
    facts.changed().max(facts.published).or(facts.card.date)
}

pub(super) fn status_name(status: Status) -> &'static str {
    Status::ALL.iter().find(|(_, other)| *other == status).map_or("", |(name, _)| name)
}

fn own(site: &Site, id: NoteId, kind: &Kind, at: usize) -> Vec<String> {
    let facts = &site.note(id).facts;
    let field = &kind.fields[at];
    if field.shape.as_reference().is_some() {
        return own_places(site, id, kind, at).map(|place| named(site, id, place)).collect();
    }
    let of_field = facts.values.iter().filter(|value| usize::from(value.field) == at);
    of_field.flat_map(|value| value.items.iter().cloned()).collect()
}

/// Returns the places of the references that stand in a field of the kind: those of a field that infers for another count
/// for that one, and are marked.
fn own_places<'a>(
    site: &'a Site,
    id: NoteId,
    kind: &'a Kind,
    at: usize,
) -> impl Iterator<Item = usize> + 'a {
    let facts = &site.note(id).facts;
    let field = &kind.fields[at];
    let is_inferred_for = kind.fields.iter().any(|other| other.infers == Some(at as u16));
    let places = facts.references_in(RefField::Own(field.infers.unwrap_or(at as u16)));
    places.filter(move |place| match (field.infers, is_inferred_for) {
        (Some(_), _) => facts.references[*place].inferred,
        (None, true) => !facts.references[*place].inferred,
        (None, false) => true,
    })
}

/// Returns the notes that the note at `id` names under a key.
pub(super) fn targets_of<'a>(
    site: &'a Site,
    id: NoteId,
    key: &str,
) -> impl Iterator<Item = NoteId> + 'a {
    let note = site.note(id);
    let kind = site.config.kind(note.facts.kind);
    let own = kind.fields.iter().position(|field| field.name == key);
    let own = own.filter(|at| kind.fields[*at].shape.as_reference().is_some());
    let built_in = match key {
        "supersedes" => Some(RefField::Supersedes),
        "sources" => Some(RefField::Sources),
        _ => None,
    };
    let built_in = built_in.map(|field| note.facts.references_in(field));
    let places = own.into_iter().flat_map(move |at| own_places(site, id, kind, at));
    let places = places.chain(built_in.into_iter().flatten());
    places.filter_map(move |place| site.graph.references[id.index()][place].note())
}

fn referred(site: &Site, id: NoteId, field: RefField) -> Vec<String> {
    site.note(id).facts.references_in(field).map(|place| named(site, id, place)).collect()
}

/// Returns the path of the note that a reference means, or else the reference as it is written.
fn named(site: &Site, id: NoteId, place: usize) -> String {
    match site.graph.references[id.index()][place].note() {
        Some(to) => site.note(to).facts.place.path.to_string(),
        None => site.note(id).facts.references[place].target.path.to_string(),
    }
}

fn source_of(site: &Site, id: NoteId, source: &Citation) -> String {
    match source.reference {
        Some(place) => named(site, id, place as usize),
        None => source.title.clone().or_else(|| source.url.clone()).unwrap_or_default(),
    }
}

/// Returns the keys that notes of the book can have.
pub fn keys(site: &Site) -> impl Iterator<Item = &str> {
    let own = site.config.kinds.iter().flat_map(|kind| &kind.fields).map(|field| &*field.name);
    own.chain(NOTE_KEYS.iter().map(|key| key.name())).chain(["kind", "path", "language"])
}

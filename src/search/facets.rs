//! What readers narrow a search by: kind, status, year, language, and fields of the book's choice.

use std::collections::BTreeMap;

use super::script::{array, text};
use super::slots::number;
use crate::config::{Config, FieldConfig, FieldShape, KindId, label};
use crate::note::{NoteId, RefField, Status};
use crate::site::Site;

/// What every book can be narrowed by.
pub(super) const COMMON: [&str; 4] = ["kind", "status", "year", "language"];

/// What a note is filed under: the values of each of [`COMMON`], then of each field of the book's
/// choice.
#[derive(Hash)]
pub(super) struct FacetValues {
    /// Whether the note is withdrawn or superseded.
    pub(super) past: bool,
    /// The number of its text, if that is there in several languages.
    pub(super) same: Option<u32>,
    pub(super) values: Vec<Vec<String>>,
}

/// The fields of the book's choice: the name of each, and what readers call it.
pub(super) fn fields(config: &Config) -> impl Iterator<Item = (&str, String)> {
    config.filters.iter().map(|filter| {
        let found =
            config.kinds.iter().flat_map(|kind| &kind.fields).find(|f| f.name == filter.text);
        let called = found.map_or_else(|| label(&filter.text), |field| field.label.clone());
        (filter.text.as_str(), called)
    })
}

/// What the note at `id` is filed under.
pub(super) fn values_of_note(site: &Site, id: NoteId) -> FacetValues {
    let facts = &site.note(id).facts;
    let card = &facts.card;
    let superseded = site.is_superseded(id);
    let withdrawn = card.status == Status::Withdrawn;
    let named = Status::ALL.iter().find(|(_, status)| *status == card.status);
    let status = match superseded && !withdrawn {
        true => "superseded",
        false => named.map_or("", |(name, _)| name),
    };
    let year = card.date.map(|date| format!("{:04}", date.year()));
    let mut values = vec![
        vec![card.kind_title.clone()],
        vec![status.to_owned()],
        year.into_iter().collect(),
        vec![card.language.to_string()],
    ];
    values
        .extend(site.config.filters.iter().map(|filter| field(site, id, facts.kind, &filter.text)));
    let key = &facts.place.key;
    let same = site.graph.translations.contains_key(key).then(|| number(key));
    FacetValues { past: superseded || withdrawn, same, values }
}

/// The values of the field called `name`: the titles of the notes it points at, or its words.
fn field(site: &Site, id: NoteId, kind: KindId, name: &str) -> Vec<String> {
    let fields = &site.config.kind(kind).fields;
    let Some(at) = fields.iter().position(|field| field.name == name) else { return Vec::new() };
    let facts = &site.note(id).facts;
    let named = site.named_in(id, RefField::Own(at as u16));
    let titles = named.map(|id| site.note(id).facts.card.title.clone());
    let values = facts.values.iter().filter(|value| usize::from(value.field) == at);
    let words = values.flat_map(|value| &value.items).map(|word| shown(&fields[at], word));
    titles.chain(words).collect()
}

fn shown(field: &FieldConfig, word: &str) -> String {
    match field.shape {
        FieldShape::OneOf(_) => label(word),
        _ => word.to_owned(),
    }
}

/// Writes what some notes are filed under: first the values there are, in a list for each filter,
/// then for each note its slot, whether it is past, and the places of its values in those lists; then of
/// translations the slot, and the number of the text.
pub(super) fn write(notes: &[(u32, FacetValues)], filters: usize, out: &mut Vec<u8>) {
    let mut places: Vec<BTreeMap<&str, usize>> = vec![BTreeMap::new(); filters];
    for (_, facets) in notes {
        for (places, values) in places.iter_mut().zip(&facets.values) {
            places.extend(values.iter().map(|value| (value.as_str(), 0)));
        }
    }
    for places in &mut places {
        places.values_mut().enumerate().for_each(|(at, place)| *place = at);
    }
    out.push(b'[');
    array(out, &places, |out, places| array(out, places, |out, (value, _)| text(value, out)));
    out.push(b',');
    array(out, notes, |out, (slot, facets)| {
        out.extend_from_slice(format!("[{slot},{}", u8::from(facets.past)).as_bytes());
        for (places, values) in places.iter().zip(&facets.values) {
            let of = values.iter().filter_map(|value| places.get(value.as_str()));
            let of: Vec<String> = of.map(usize::to_string).collect();
            // Most have one value, and then a number stands for a list of it.
            let of =
                if let [one] = of.as_slice() { one.clone() } else { format!("[{}]", of.join(",")) };
            out.extend_from_slice(format!(",{of}").as_bytes());
        }
        out.push(b']');
    });
    out.push(b',');
    let same = notes.iter().filter_map(|(slot, facets)| Some((slot, facets.same?)));
    array(out, same, |out, (slot, same)| {
        out.extend_from_slice(format!("[{slot},{same}]").as_bytes())
    });
    out.push(b']');
}

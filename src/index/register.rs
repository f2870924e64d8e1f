//! The register of a kind: its notes by the values of its columns.

use std::collections::{BTreeMap, BTreeSet};

use super::IndexInput;
use crate::config::{FieldValues, Kind, KindId, RegisterColumn};
use crate::graph::KindPage;
use crate::note::{NoteId, RefField};

/// The most values of a column that have pages of their own: every page of the register links to all of
/// them.
const MOST_VALUES: usize = 250;

/// A column whose notes all have the same value has no such pages, for they would show the whole register.
const FEWEST_VALUES: usize = 2;

/// The sort key of a value of a column: in another language, which comes last, then the order of its
/// kind.
type ValueRank = (bool, Option<(u32, u32)>, ColumnValue);

/// The register of a kind in one language.
#[derive(Debug)]
pub struct RegisterIndex {
    /// The page of the kind, which is the register.
    pub page: NoteId,
    /// The kind.
    pub kind: KindId,
    /// The notes, in the order of the kind.
    pub notes: Vec<NoteId>,
    /// The columns whose values have pages of their own; each has at least two values.
    pub facets: Vec<FacetColumn>,
}

/// A column of a register, by value.
#[derive(Debug)]
pub struct FacetColumn {
    /// The column.
    pub column: RegisterColumn,
    /// The values, at most 250.
    pub values: Vec<FacetValue>,
}

/// A value of a column, with the notes that have it.
#[derive(Debug)]
pub struct FacetValue {
    /// The value.
    pub value: ColumnValue,
    /// The notes, in the order of the register.
    pub notes: Vec<NoteId>,
    /// The number of those that have the value by this book's own reading alone.
    pub inferred: usize,
}

/// A value of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColumnValue {
    /// A note.
    Note(NoteId),
    /// The word at this place among those that the field takes.
    Word(u32),
}

/// The registers of all kinds that have one, in each language.
pub(super) fn registers(book: &IndexInput<'_>) -> Vec<RegisterIndex> {
    // Where two kinds share a folder, they share its page, which has the register of the first.
    let mut taken = BTreeSet::new();
    let has_register = |kind: KindId| !book.config.kind(kind).features.register.is_empty();
    let pages = book.graph.kind_pages.iter();
    let pages = pages.filter(|page| has_register(page.kind) && taken.insert(page.note));
    pages.map(|page| register(book, page)).collect()
}

fn register(book: &IndexInput<'_>, page: &KindPage) -> RegisterIndex {
    let kind = book.config.kind(page.kind);
    let notes = book.graph.sequence(page.kind, &page.language);
    let columns = kind.features.register.iter().filter(|column| kind.is_facet(**column));
    let facet = |column: &RegisterColumn| {
        let mut values: BTreeMap<ValueRank, FacetValue> = BTreeMap::new();
        for id in notes {
            for (value, inferred) in values_of(book, kind, *column, *id) {
                // By the order of the kind that is pointed at, own language first.
                let rank = match value {
                    ColumnValue::Note(to) => {
                        let other = book.note(to).facts.place.language != page.language;
                        (other, book.graph.positions[to.index()], value)
                    }
                    ColumnValue::Word(_) => (false, None, value),
                };
                let empty = FacetValue { value, notes: Vec::new(), inferred: 0 };
                let found = values.entry(rank).or_insert(empty);
                found.notes.push(*id);
                found.inferred += usize::from(inferred);
            }
        }
        FacetColumn { column: *column, values: values.into_values().take(MOST_VALUES).collect() }
    };
    let facets = columns.map(facet).filter(|facet| facet.values.len() >= FEWEST_VALUES).collect();
    RegisterIndex { page: page.note, kind: page.kind, notes: notes.to_vec(), facets }
}

/// The values of a column in a note, each once, and whether the note has it by this book's own reading alone.
fn values_of(
    book: &IndexInput<'_>,
    kind: &Kind,
    column: RegisterColumn,
    id: NoteId,
) -> Vec<(ColumnValue, bool)> {
    let RegisterColumn::Field(at) = column else { return Vec::new() };
    let facts = &book.note(id).facts;
    let mut found: Vec<(ColumnValue, bool)> =
        match kind.fields[usize::from(at)].shape.as_type().values() {
            FieldValues::Words(words) => {
                let values = facts.values.iter().filter(|v| v.field == at).flat_map(|v| &v.items);
                let place = |item: &String| words.iter().position(|word| word == item);
                let places = values.filter_map(place);
                places.map(|place| (ColumnValue::Word(place as u32), false)).collect()
            }
            FieldValues::Notes(_) => {
                let references = facts.references.iter().zip(&book.graph.references[id.index()]);
                let of_field = references.filter(|(r, _)| r.field == RefField::Own(at));
                let named = of_field.filter_map(|(r, to)| Some((to.note()?, r.inferred)));
                named.map(|(to, inferred)| (ColumnValue::Note(to), inferred)).collect()
            }
            FieldValues::Any => Vec::new(),
        };
    // Of a value that is both stated and inferred, what is stated comes first and stays.
    found.sort();
    found.dedup_by_key(|(value, _)| *value);
    found
}

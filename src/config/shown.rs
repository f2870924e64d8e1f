//! What a kind gains by keys of its own in `book.toml`: a register, a place on the timeline, terms
//! that are linked where they are mentioned. No kind has any of it by its name.

use super::read::KindLookup;
use super::values::{flag, items, number, spanned};
use super::{FieldShape, Kind, KindId, MOST, SpannedText};
use crate::config::rules::bad_config;
use crate::table::{TableReader, TomlTable, quoted, suggest};

/// How the notes of a kind are shown, beyond a page for each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KindFeatures {
    /// The columns of the register that the page of the kind is; none: it is a plain list.
    pub register: Vec<RegisterColumn>,
    /// Whether other notes are counted, and their gaps told, by the notes of this kind.
    pub axis: bool,
    /// The kind by whose notes the pages of this kind divide what points at them.
    pub by: Option<KindId>,
    /// Whether its notes stand on the timeline.
    pub timeline: bool,
    /// The field that defines its notes, which are then terms, marked where others first mention
    /// them.
    pub glossary: Option<u16>,
    /// Whether its notes have files for programs that manage references.
    pub cite: bool,
    /// Whether its notes show a map of their neighbours.
    pub map: bool,
    /// How many of its notes, the first in their order, have a colour of their own.
    pub colours: u32,
}

/// How many colours a theme has for the notes of a kind.
pub const COLOURS: u32 = 8;

/// A column of a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RegisterColumn {
    /// The field of the kind at this place.
    Field(u16),
    /// `sources`, which every note may have.
    Sources,
    /// `date`, which every note may have.
    Date,
}

/// What the index of every name is called, in `book.toml` and in its address.
pub const LETTERS: &str = "a-z";

/// An index of the whole book, beside those that follow from what kinds there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BookIndex {
    /// Every title and other name, by letter.
    Letters,
    /// What changed, the latest first.
    Changes,
    /// What the keepers of the book have to look after.
    State,
    /// Every note, for programs.
    Notes,
}

/// The indexes by the name that `book.toml` gives them.
const INDEXES: [(&str, BookIndex); 4] = [
    (LETTERS, BookIndex::Letters),
    ("changes", BookIndex::Changes),
    ("state", BookIndex::State),
    ("notes", BookIndex::Notes),
];

/// What [`shown`] can settle only when all kinds are known.
#[derive(Default)]
pub(super) struct PendingFeatures {
    register: Vec<SpannedText>,
    by: Option<SpannedText>,
    glossary: Option<SpannedText>,
}

/// Takes the keys of a kind.
pub(super) fn shown<'k>(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, 'k>,
) -> (KindFeatures, PendingFeatures) {
    let pending = PendingFeatures {
        register: items(reader, table, "register", MOST, spanned),
        by: table.take("by").and_then(|entry| spanned(reader, entry)),
        glossary: table.take("glossary").and_then(|entry| spanned(reader, entry)),
    };
    let message = format!("from 0 to {COLOURS} notes of a kind have a colour of their own");
    let colours = number(reader, table, "colours", 0..=COLOURS.into(), &message);
    let shown = KindFeatures {
        axis: flag(reader, table, "axis"),
        timeline: flag(reader, table, "timeline"),
        cite: flag(reader, table, "cite"),
        map: flag(reader, table, "map"),
        colours: colours.unwrap_or(0) as u32,
        ..KindFeatures::default()
    };
    (shown, pending)
}

/// Settles what names fields or other kinds.
pub(super) fn settle(
    reader: &mut TableReader<'_>,
    kind: &mut Kind,
    pending: PendingFeatures,
    refer: KindLookup<'_>,
) {
    kind.shown.by = pending.by.and_then(|by| refer(reader, &by));
    for column in pending.register {
        let found = match column.text.as_str() {
            "sources" => Some(RegisterColumn::Sources),
            "date" => Some(RegisterColumn::Date),
            _ => field(reader, kind, &column, &["sources", "date"]).map(RegisterColumn::Field),
        };
        kind.shown.register.extend(found);
    }
    kind.shown.glossary = pending.glossary.and_then(|name| field(reader, kind, &name, &[]));
}

/// The place of the field that is named; reports it if the kind has none.
fn field(
    reader: &mut TableReader<'_>,
    kind: &Kind,
    name: &SpannedText,
    others: &'static [&'static str],
) -> Option<u16> {
    let found = kind.fields.iter().position(|field| field.name == name.text);
    if found.is_none() {
        let known = kind.fields.iter().map(|field| field.name.as_str());
        let near = reader.nearest(&name.text, known.chain(others.iter().copied()));
        let message = format!("the kind has no field \"{}\"", name.text);
        let diagnostic = reader.report(name.span, &bad_config::RULE, message);
        suggest(diagnostic, &name.text, &near, quoted);
    }
    found.map(|at| at as u16)
}

/// The indexes that the book asks for, in the order of [`INDEXES`].
pub(super) fn indexes<'k>(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, 'k>,
) -> Vec<BookIndex> {
    let mut found = Vec::new();
    for name in items(reader, table, "indexes", MOST, spanned) {
        let index = INDEXES.iter().find(|(known, _)| *known == name.text);
        if index.is_none() {
            let message = format!("there is no index \"{}\"", name.text);
            let help = format!("indexes takes: {}", INDEXES.map(|(name, _)| name).join(", "));
            reader.report(name.span, &bad_config::RULE, message).help.push(help);
        }
        found.extend(index.map(|(_, index)| *index));
    }
    found.sort();
    found.dedup();
    found
}

impl Kind {
    /// Whether each value of a column has a page of its own: it points at notes, or is one of a list
    /// of words.
    pub fn is_facet(&self, column: RegisterColumn) -> bool {
        let RegisterColumn::Field(at) = column else { return false };
        matches!(
            self.fields[usize::from(at)].shape,
            FieldShape::Reference { .. } | FieldShape::OneOf(_)
        )
    }
}

//! The features of a kind: a register, a place on the timeline, terms that are linked where they
//! are mentioned. A kind has each by a key in `book.toml`, and none by its name.

use super::names::{KindLookup, field_place};
use super::shapes::NameShape;
use super::{Kind, KindId, MOST, SpannedText};
use crate::table::{FlagShape, ListShape, NumberShape, TableReader, TomlTable, keys};

/// The ways in which notes of a kind are shown, beyond a page for each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KindFeatures {
    /// The columns of the register that the page of the kind is; none: it is a plain list.
    pub register: Vec<RegisterColumn>,
    /// Files other notes under those of this kind, and tells what is filed and what is missing.
    pub taxonomy: bool,
    /// The kind by whose notes the pages of this kind divide what points at them.
    pub group_by: Option<KindId>,
    /// Puts the notes on the timeline.
    pub timeline: bool,
    /// The field that defines its notes, which are then terms, marked where others first mention
    /// them.
    pub glossary: Option<u16>,
    /// Says on each page how to cite the note, with files for programs that manage references.
    pub cite: bool,
    /// Shows on each page a map of the note's neighbours.
    pub map: bool,
    /// The number of its notes, the first in their order, that have a colour of their own.
    pub colours: u32,
}

/// The number of colours that a theme has for the notes of a kind.
pub const COLOURS: u16 = 8;

/// A column of a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RegisterColumn {
    /// The field of the kind at this place.
    Field(u16),
    /// `sources`, which every note may have.
    Sources,
    /// `date`, which every note may have.
    Date,
    /// `summary`, which every note may have.
    Summary,
}

keys! {
    /// The keys of a kind that give it features.
    pub(super) FEATURE_KEYS:

    REGISTER: ListShape<NameShape> = "register",
        ListShape { items: NameShape, most: MOST },
        "The columns of the register of the kind: its fields, summary, sources or date.";
    GROUP_BY: NameShape = "group-by" or "by", NameShape,
        "The kind by whose notes the pages of this kind divide the notes that point at them.";
    GLOSSARY: NameShape = "glossary", NameShape,
        "The field that defines each note as a term, which other notes link to.";
    COLOURED: NumberShape = "colours",
        NumberShape {
            range: 0..=COLOURS,
            default: 0,
            message: "{range} notes of a kind have a colour of their own",
        },
        "The number of its notes, the first in their order, that have a colour of their own.";
    TAXONOMY: FlagShape = "taxonomy" or "axis", FlagShape(false),
        "Files other notes under those of this kind, and tells what is filed and what is missing.";
    TIMELINE: FlagShape = "timeline", FlagShape(false), "Puts the notes on the timeline.";
    CITE: FlagShape = "cite", FlagShape(false), "Says on each page how to cite the note.";
    MAP: FlagShape = "map", FlagShape(false), "Shows on each page a map of the note's neighbours.";
}

/// The features that name fields or other kinds, which are looked up when all kinds are known.
#[derive(Default)]
pub(super) struct PendingFeatures {
    register: Vec<SpannedText>,
    group_by: Option<SpannedText>,
    glossary: Option<SpannedText>,
}

/// Reads the features of a kind.
pub(super) fn read(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, '_>,
) -> (KindFeatures, PendingFeatures) {
    let pending = PendingFeatures {
        register: REGISTER.read_or_default(reader, table),
        group_by: GROUP_BY.read(reader, table),
        glossary: GLOSSARY.read(reader, table),
    };
    let colours = COLOURED.read_or_default(reader, table);
    let features = KindFeatures {
        taxonomy: TAXONOMY.read_or_default(reader, table),
        timeline: TIMELINE.read_or_default(reader, table),
        cite: CITE.read_or_default(reader, table),
        map: MAP.read_or_default(reader, table),
        colours: colours.into(),
        ..KindFeatures::default()
    };
    (features, pending)
}

/// Looks up the fields and kinds that the features of a kind name.
pub(super) fn resolve(
    reader: &mut TableReader<'_>,
    kind: &mut Kind,
    pending: PendingFeatures,
    find: KindLookup<'_>,
) {
    kind.features.group_by = pending.group_by.and_then(|name| find(reader, &name));
    let fields: Vec<&str> = kind.fields.iter().map(|field| field.name.as_str()).collect();
    for column in pending.register {
        let found = match column.text.as_str() {
            "sources" => Some(RegisterColumn::Sources),
            "date" => Some(RegisterColumn::Date),
            "summary" => Some(RegisterColumn::Summary),
            _ => field_place(reader, &fields, &column, &["sources", "date", "summary"])
                .map(RegisterColumn::Field),
        };
        kind.features.register.extend(found);
    }
    let glossary = pending.glossary.and_then(|name| field_place(reader, &fields, &name, &[]));
    kind.features.glossary = glossary;
}

impl Kind {
    /// Says whether each value of a column has a page of its own.
    pub fn is_facet(&self, column: RegisterColumn) -> bool {
        let RegisterColumn::Field(at) = column else { return false };
        self.fields[usize::from(at)].shape.as_type().values().are_few()
    }
}

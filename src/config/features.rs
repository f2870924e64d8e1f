//! The features of a kind: a register, a place on the timeline, terms that are linked where they
//! are mentioned. A kind has each by a key in `book.toml`, and none by its name.

use super::charts::{self, ChartConfig, RawChart};
use super::names::{KindLookup, field_place};
use super::shapes::NameShape;
use super::{Kind, KindId, MOST, SpannedText};
use crate::table::{FlagShape, ListShape, NumberShape, TableReader, TableShape, TomlTable, keys};

/// The ways in which notes of a kind are shown, beyond a page for each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KindFeatures {
    /// The columns of the register that the page of the kind is; none: it is a plain list.
    pub register: Vec<RegisterColumn>,
    /// Opens the pages of its notes with an index: the notes that point at them by a field. Kinds with
    /// `taxonomy` or `group-by` do so too.
    pub gathers: bool,
    /// The lines that stand at the top of the pages of its notes.
    pub lead: Vec<LeadLine>,
    /// The fields that its cards show, by their places.
    pub on_cards: Vec<u16>,
    /// The field with the last day of what its notes describe, of which `date` is the first.
    pub date_end: Option<u16>,
    /// Tells of what was: readers need no warning that something on the page is no longer current.
    pub history: bool,
    /// Files other notes under those of this kind, and tells what is filed and what is missing.
    pub taxonomy: bool,
    /// The kind by whose notes the pages of this kind divide what points at them.
    pub group_by: Option<KindId>,
    /// The charts on the page of the kind.
    pub charts: Vec<ChartConfig>,
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

/// A line at the top of the page of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LeadLine {
    /// The field of the kind at this place.
    Field(u16),
    /// `sources`, which every note may have.
    Sources,
}

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
    LEAD: ListShape<NameShape> = "lead",
        ListShape { items: NameShape, most: MOST },
        "The lines at the top of the pages of the kind: its fields, or sources.";
    ON_CARDS: ListShape<NameShape> = "on-cards",
        ListShape { items: NameShape, most: MOST },
        "The fields that cards of the kind show. In a list of what points at a note, texts stand in place of the summary.";
    DATE_END: NameShape = "date-end", NameShape,
        "The field with the last day of what a note describes, which pages show with its date.";
    GATHERS: FlagShape = "gathers", FlagShape(false),
        "Opens each page with an index: the notes that point at it by a field. Kinds with taxonomy or \
         group-by do so too.";
    HISTORY: FlagShape = "history", FlagShape(false),
        "Says that the kind tells of what was, so that its pages have no banner when something they refer \
         to is no longer current.";
    CHARTS: ListShape<TableShape<Option<RawChart>>> = "charts", charts::CHARTS,
        "The charts above the list on the page of the kind.";
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
    lead: Vec<SpannedText>,
    charts: Vec<Option<RawChart>>,
    on_cards: Vec<SpannedText>,
    group_by: Option<SpannedText>,
    glossary: Option<SpannedText>,
    date_end: Option<SpannedText>,
}

/// Reads the features of a kind.
pub(super) fn read(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, '_>,
) -> (KindFeatures, PendingFeatures) {
    let pending = PendingFeatures {
        register: REGISTER.read_or_default(reader, table),
        lead: LEAD.read_or_default(reader, table),
        charts: CHARTS.read_or_default(reader, table),
        on_cards: ON_CARDS.read_or_default(reader, table),
        group_by: GROUP_BY.read(reader, table),
        glossary: GLOSSARY.read(reader, table),
        date_end: DATE_END.read(reader, table),
    };
    let colours = COLOURED.read_or_default(reader, table);
    let features = KindFeatures {
        gathers: GATHERS.read_or_default(reader, table),
        history: HISTORY.read_or_default(reader, table),
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
    for line in pending.lead {
        let found = match line.text.as_str() {
            "sources" => Some(LeadLine::Sources),
            _ => field_place(reader, &fields, &line, &["sources"]).map(LeadLine::Field),
        };
        kind.features.lead.extend(found);
    }
    let charts = pending.charts.into_iter().flatten();
    kind.features.charts = charts::known(charts, reader, &fields);
    let on_cards = pending.on_cards.iter();
    kind.features.on_cards =
        on_cards.filter_map(|name| field_place(reader, &fields, name, &[])).collect();
    let glossary = pending.glossary.and_then(|name| field_place(reader, &fields, &name, &[]));
    kind.features.glossary = glossary;
    let date_end = pending.date_end.and_then(|name| field_place(reader, &fields, &name, &[]));
    kind.features.date_end = date_end;
    kind.features.gathers |= kind.features.taxonomy || kind.features.group_by.is_some();
}

impl Kind {
    /// Says whether each value of a column has a page of its own.
    pub fn is_facet(&self, column: RegisterColumn) -> bool {
        let RegisterColumn::Field(at) = column else { return false };
        self.fields[usize::from(at)].shape.as_type().values().are_few()
    }
}

//! `charts` of a kind: what the notes of the kind are counted by on its page.

use super::names::field_place;
use super::shapes::{NameShape, SHORT_TEXT};
use super::{MOST, SpannedText};
use crate::table::rules::bad_config;
use crate::table::{
    ListShape, ReadShape, ShortTextShape, TableReader, TableShape, TomlEntry, TomlTable, keys,
};

/// A chart on the page of a kind.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartConfig {
    /// The rows.
    pub rows: ChartAxis,
    /// The values by which its marks are told apart.
    pub marks: ChartAxis,
    /// Its title; absent: the names of both.
    pub title: Option<String>,
}

/// The values by which the notes of a chart are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChartAxis {
    /// The values of the field of the kind at this place.
    Field(u16),
    /// The year of `date`, which every note may have.
    Year,
}

keys! {
    /// The keys of a chart.
    CHART_KEYS:

    ROWS: NameShape = "rows", NameShape,
        "The field by whose values the rows are; date for the years.";
    MARKS: NameShape = "marks", NameShape,
        "The field by whose first value each mark is told apart; date for the year.";
    TITLE: ShortTextShape = "title", SHORT_TEXT,
        "The title of the chart; without it, the labels of the two fields.";
}

/// The charts of a kind.
pub(super) const CHARTS: ListShape<TableShape<Option<RawChart>>> = ListShape {
    items: TableShape { keys: CHART_KEYS, required: &["rows", "marks"], read: chart },
    most: MOST,
};

/// A chart as written.
pub(super) struct RawChart {
    rows: SpannedText,
    marks: SpannedText,
    title: Option<String>,
}

fn chart(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, '_>,
    entry: TomlEntry<'_>,
) -> Option<RawChart> {
    let (rows, marks) = (ROWS.take(table), MARKS.take(table));
    let title = TITLE.read(reader, table);
    if (rows.is_none() || marks.is_none()) && reader.is_whole() {
        let message = "it is not said what this chart counts the notes by";
        let help = "give it two fields: { rows = \"…\", marks = \"…\" }".to_owned();
        reader.report(entry.span, &bad_config::RULE, message).help.push(help);
    }
    let rows = ROWS.shape.read(reader, rows?)?;
    Some(RawChart { rows, marks: MARKS.shape.read(reader, marks?)?, title })
}

/// Returns the charts, without those that name unknown fields.
pub(super) fn known(
    charts: impl Iterator<Item = RawChart>,
    reader: &mut TableReader<'_>,
    fields: &[&str],
) -> Vec<ChartConfig> {
    let mut axis = |name: &SpannedText| match name.text.as_str() {
        "date" => Some(ChartAxis::Year),
        _ => field_place(reader, fields, name, &["date"]).map(ChartAxis::Field),
    };
    let known = |RawChart { rows, marks, title }: RawChart| {
        Some(ChartConfig { rows: axis(&rows)?, marks: axis(&marks)?, title })
    };
    charts.filter_map(known).collect()
}

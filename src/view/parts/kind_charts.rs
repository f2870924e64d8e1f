//! The charts on the page of a kind: its notes counted by the values of two of its fields. Each note has
//! one mark in a row, by the first value of the second field, so that the sum of a row is its number of notes.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{ChartAxis, ChartConfig, FieldValues, Kind};
use crate::note::{NoteId, RefField};
use crate::site::Site;
use crate::view::parts::chart::{ChartCounts, ChartView, MOST_ROWS};
use crate::view::parts::colour;
use crate::words::Strings;

/// A value by which notes are counted, in the order in which a chart shows it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum AxisValue {
    /// A note, by its place in the order of its kind.
    Note(Option<(u32, u32)>, NoteId),
    /// A word, by its place among those of the field.
    Word(usize),
    /// A year.
    Year(i16),
}

/// The charts on the page of the kind at `id`, in the order of the book; those with too little to compare
/// are left out.
pub(crate) fn charts(site: &Site, id: NoteId) -> Vec<ChartView> {
    let Some(page) = site.graph.kind_page_at(id) else { return Vec::new() };
    let kind = site.config.kind_in(page.kind, &page.language);
    let notes = site.graph.sequence(page.kind, &page.language);
    let chart = |chart: &ChartConfig| draw(site, id, kind, notes, chart);
    kind.features.charts.iter().filter_map(chart).collect()
}

fn draw(
    site: &Site,
    id: NoteId,
    kind: &Kind,
    notes: &[NoteId],
    chart: &ChartConfig,
) -> Option<ChartView> {
    let axes = [chart.rows, chart.marks];
    let mut counts: BTreeMap<AxisValue, BTreeMap<AxisValue, usize>> = BTreeMap::new();
    let mut series: BTreeSet<AxisValue> = BTreeSet::new();
    for note in notes {
        let [mut rows, marks] = axes.map(|axis| values(site, kind, axis, *note));
        let Some(mark) = marks.first() else { continue };
        rows.sort();
        rows.dedup();
        for row in rows {
            *counts.entry(row).or_default().entry(*mark).or_default() += 1;
            series.insert(*mark);
        }
    }
    let card = site.card(&site.note(id).facts.place.language);
    let words = &card.words;
    let [rows_title, marks_title] = axes.map(|axis| title(kind, axis, words));
    let named = || {
        let pattern = words.filled(words.get("chart-of"), "rows", rows_title);
        words.filled(&pattern, "marks", marks_title)
    };
    let (text, colour_of) = (
        |value: &AxisValue, axis| {
            let language = match value {
                AxisValue::Note(_, id) => Some(site.note(*id).facts.card.language.clone()),
                AxisValue::Word(_) | AxisValue::Year(_) => None,
            };
            (value_text(site, kind, axis, *value), language)
        },
        |value: &AxisValue| match value {
            AxisValue::Note(_, id) => colour::of_note(site, *id),
            AxisValue::Word(_) | AxisValue::Year(_) => None,
        },
    );
    let row = |(value, counted): (&AxisValue, &BTreeMap<AxisValue, usize>)| {
        let url = match value {
            AxisValue::Note(_, id) => Some(site.note(*id).facts.place.output.clone()),
            AxisValue::Word(_) | AxisValue::Year(_) => None,
        };
        let counts = series.iter().map(|of| counted.get(of).copied().unwrap_or(0)).collect();
        (text(value, axes[0]), url, counts)
    };
    let counts = ChartCounts {
        title: chart.title.clone().unwrap_or_else(named),
        rows_title: rows_title.to_owned(),
        series: series.iter().map(|value| (text(value, axes[1]), colour_of(value))).collect(),
        rows: counts.iter().take(MOST_ROWS).map(row).collect(),
        other: words.get("chart-other").to_owned(),
        direction: card.direction,
    };
    if axes[0] == ChartAxis::Year { counts.years() } else { counts.rows() }
}

/// The values of a note on an axis: those it states, as written, then those that the book infers.
fn values(site: &Site, kind: &Kind, axis: ChartAxis, id: NoteId) -> Vec<AxisValue> {
    let facts = &site.note(id).facts;
    let ChartAxis::Field(at) = axis else {
        return facts.card.date.map(|date| AxisValue::Year(date.year())).into_iter().collect();
    };
    match kind.fields[usize::from(at)].shape.as_type().values() {
        FieldValues::Words(words) => {
            let values = facts.values.iter().filter(|v| v.field == at).flat_map(|v| &v.items);
            let place = |item: &String| words.iter().position(|word| word == item);
            values.filter_map(place).map(AxisValue::Word).collect()
        }
        FieldValues::Notes(_) => {
            let references = facts.references.iter().zip(&site.graph.references[id.index()]);
            let of_field = references.filter(|(r, _)| r.field == RefField::Own(at));
            let named = of_field.filter_map(|(r, to)| Some((r.inferred, to.note()?)));
            let (inferred, stated): (Vec<_>, Vec<_>) = named.partition(|(inferred, _)| *inferred);
            let all = stated.into_iter().chain(inferred);
            all.map(|(_, to)| AxisValue::Note(site.graph.positions[to.index()], to)).collect()
        }
        FieldValues::Any => Vec::new(),
    }
}

fn title<'a>(kind: &'a Kind, axis: ChartAxis, words: &'a Strings) -> &'a str {
    match axis {
        ChartAxis::Field(at) => {
            let field = &kind.fields[usize::from(at)];
            field.column.as_ref().unwrap_or(&field.label)
        }
        ChartAxis::Year => words.get("chart-year"),
    }
}

fn value_text(site: &Site, kind: &Kind, axis: ChartAxis, value: AxisValue) -> String {
    match (value, axis) {
        (AxisValue::Note(_, id), _) => site.note(id).facts.card.short_title().to_owned(),
        (AxisValue::Word(at), ChartAxis::Field(field)) => {
            let field = &kind.fields[usize::from(field)];
            field
                .words()
                .get(at)
                .map_or_else(String::new, |word| field.shape.as_type().filter_label(word))
        }
        (AxisValue::Word(_), ChartAxis::Year) => String::new(),
        (AxisValue::Year(year), _) => year.to_string(),
    }
}

//! Charts of counts, drawn when the site is built: a row of marks for each thing that is counted, or marks
//! along the years. Each series has a shape besides its colour, and the numbers stand in a table, so that
//! nothing is told by colour alone.

use std::fmt::Write;

use serde::Serialize;

use crate::language::{Direction, Language};
use crate::path::OutputPath;

/// The most series that a chart tells apart. What comes after the first of them is drawn as one.
const MOST_SERIES: usize = 5;

/// The most rows of a chart.
pub(crate) const MOST_ROWS: usize = 50;

/// The most marks on a line, as many as fit on a narrow screen, the most lines of marks in a row, and the
/// most marks in a column of the years. Where more are counted, a mark stands for several.
const LONGEST_LINE: usize = 20;
const MOST_LINES: usize = 3;
const HIGHEST_COLUMN: usize = 8;

/// The most columns of the years. Where there are more years, a column stands for several.
const MOST_COLUMNS: usize = 30;

/// The numbers of years that a column may stand for.
const SPANS: [usize; 7] = [1, 2, 5, 10, 20, 50, 100];

/// The distance of two marks and the size of one, in pixels.
const STEP: usize = 13;
const MARK: usize = 10;

/// The room below the years for their names, in pixels.
const FOOT: usize = 18;

/// A chart. It needs no more than this to be drawn.
#[derive(Hash, Serialize)]
pub struct ChartView {
    /// The title.
    pub title: String,
    /// The name of what the rows are.
    pub rows_title: String,
    /// The series, in order, for the key and for the columns of the table.
    pub series: Vec<ChartSeries>,
    /// The rows, in order.
    pub rows: Vec<ChartRow>,
    /// The number of notes that a mark stands for; 1 unless there are many.
    pub unit: usize,
    /// The marks along the years, as an SVG element, where the rows are years; absent where each row has
    /// its own marks.
    pub strip: Option<String>,
}

/// A series of a chart.
#[derive(Hash, Serialize)]
pub struct ChartSeries {
    /// The title.
    pub title: String,
    /// The language of the title, as a code such as `en`, if it is that of a note; else absent.
    pub language: Option<Language>,
    /// Its mark, as an SVG element.
    pub mark: String,
}

/// A row of a chart.
#[derive(Hash, Serialize)]
pub struct ChartRow {
    /// The title.
    pub title: String,
    /// The language of the title, as a code such as `en`, if it is that of a note; else absent.
    pub language: Option<Language>,
    /// The path that the title leads to; absent if it leads nowhere.
    pub url: Option<OutputPath>,
    /// The count of each series.
    pub counts: Vec<usize>,
    /// The sum of the counts.
    pub total: usize,
    /// The marks of the row, as an SVG element; empty in a chart of years.
    pub marks: String,
}

/// The title of a series or a row, with its language if it is the title of a note.
pub(crate) type ChartTitle = (String, Option<Language>);

/// The counts of which a chart is drawn.
pub(crate) struct ChartCounts {
    /// The title of the chart.
    pub(crate) title: String,
    /// The name of what the rows are.
    pub(crate) rows_title: String,
    /// The title of each series, and the number of its colour, if it has one of its own.
    pub(crate) series: Vec<(ChartTitle, Option<u32>)>,
    /// The title and the path of each row, with a count for each series.
    pub(crate) rows: Vec<(ChartTitle, Option<OutputPath>, Vec<usize>)>,
    /// The title of the series that are drawn as one.
    pub(crate) other: String,
    /// The direction of the page.
    pub(crate) direction: Direction,
}

impl ChartCounts {
    /// Draws a row of marks for each row; `None` if there is too little to compare.
    pub(crate) fn rows(self) -> Option<ChartView> {
        let (classes, mut chart) = self.reduced()?;
        chart.unit = chart
            .rows
            .iter()
            .map(|row| row.total)
            .max()?
            .div_ceil(LONGEST_LINE * MOST_LINES)
            .max(1);
        for row in &mut chart.rows {
            row.marks = marks(&row.counts, chart.unit, &classes);
        }
        Some(chart)
    }

    /// Draws marks along the years that the rows are, in order; `None` if there is too little to compare.
    pub(crate) fn years(self) -> Option<ChartView> {
        let direction = self.direction;
        let (classes, mut chart) = self.reduced()?;
        let year = |row: &ChartRow| row.title.parse::<i32>().ok();
        let years: Vec<i32> = chart.rows.iter().filter_map(year).collect();
        let (first, last) = (*years.first()?, *years.last()?);
        let all = usize::try_from(last - first).ok()? + 1;
        let span = SPANS.into_iter().find(|span| all.div_ceil(*span) <= MOST_COLUMNS)?;
        let mut columns = vec![vec![0; chart.series.len()]; all.div_ceil(span)];
        for (row, year) in chart.rows.iter().zip(&years) {
            let column = &mut columns[(year - first).unsigned_abs() as usize / span];
            column.iter_mut().zip(&row.counts).for_each(|(sum, count)| *sum += count);
        }
        let highest = columns.iter().map(|column| column.iter().sum::<usize>()).max()?;
        chart.unit = highest.div_ceil(HIGHEST_COLUMN).max(1);
        chart.strip = Some(strip(&columns, (first, span), chart.unit, &classes, direction));
        Some(chart)
    }

    /// The chart without marks and without what is empty, its last series joined where there are many, and
    /// the class of each series.
    fn reduced(self) -> Option<(Vec<String>, ChartView)> {
        let Self { mut series, mut rows, other, title, rows_title, .. } = self;
        let is_used = |at: usize| rows.iter().any(|(.., counts)| counts[at] > 0);
        let used: Vec<usize> = (0..series.len()).filter(|at| is_used(*at)).collect();
        series = used.iter().map(|at| series[*at].clone()).collect();
        for (.., counts) in &mut rows {
            *counts = used.iter().map(|at| counts[*at]).collect();
        }
        if series.len() > MOST_SERIES {
            series.truncate(MOST_SERIES - 1);
            series.push(((other, None), None));
            for (.., counts) in &mut rows {
                let rest = counts.split_off(MOST_SERIES - 1);
                counts.push(rest.iter().sum());
            }
        }
        rows.retain(|(.., counts)| counts.iter().any(|count| *count > 0));
        let class = |(at, (_, colour)): (usize, &(ChartTitle, Option<u32>))| match colour {
            Some(colour) => format!("colour-{colour}"),
            None => format!("series-{}", at + 1),
        };
        let classes: Vec<String> = series.iter().enumerate().map(class).collect();
        let of_series = |(at, ((title, language), _)): (usize, (ChartTitle, Option<u32>))| {
            let alone: Vec<usize> = (0..series.len()).map(|of| usize::from(of == at)).collect();
            ChartSeries { title, language, mark: marks(&alone, 1, &classes) }
        };
        let key = series.iter().cloned().enumerate().map(of_series).collect();
        let row =
            |((title, language), url, counts): (ChartTitle, Option<OutputPath>, Vec<usize>)| {
                let (total, marks) = (counts.iter().sum(), String::new());
                ChartRow { title, language, url, counts, total, marks }
            };
        let rows: Vec<ChartRow> = rows.into_iter().map(row).collect();
        let chart = ChartView { title, rows_title, series: key, rows, unit: 1, strip: None };
        (chart.rows.len() > 1).then_some((classes, chart))
    }
}

/// The number of marks that stand for a count.
fn number(count: usize, unit: usize) -> usize {
    count.div_ceil(unit)
}

/// A row of marks, those of each series together. In a page from right to left the style sheet turns it.
fn marks(counts: &[usize], unit: usize, classes: &[String]) -> String {
    let all: usize = counts.iter().map(|count| number(*count, unit)).sum();
    let width = (all.clamp(1, LONGEST_LINE) - 1) * STEP + MARK;
    let height = (all.div_ceil(LONGEST_LINE).max(1) - 1) * STEP + MARK;
    let mut svg = format!("<svg width=\"{width}\" height=\"{height}\" aria-hidden=\"true\">");
    let mut at = 0;
    for (series, count) in counts.iter().enumerate() {
        let own = number(*count, unit);
        let place = |at: usize| (at % LONGEST_LINE * STEP, at / LONGEST_LINE * STEP);
        path(&mut svg, series, &classes[series], (at..at + own).map(place));
        at += own;
    }
    svg.push_str("</svg>");
    svg
}

/// Marks in columns along the years, from the first on; the columns stand for `span` years each.
fn strip(
    columns: &[Vec<usize>],
    (first, span): (i32, usize),
    unit: usize,
    classes: &[String],
    direction: Direction,
) -> String {
    let of_column =
        |column: &Vec<usize>| column.iter().map(|count| number(*count, unit)).sum::<usize>();
    let height = columns.iter().map(of_column).max().unwrap_or(0) * STEP;
    let mut svg = format!(
        "<svg class=\"strip\" width=\"100%\" height=\"{}\" aria-hidden=\"true\">",
        height + FOOT
    );
    let _ = write!(svg, "<line class=\"axis\" y1=\"{height}\" x2=\"100%\" y2=\"{height}\"/>");
    for (at, column) in columns.iter().enumerate() {
        let year = first + (at * span) as i32;
        let is_named = year.rem_euclid(5 * span as i32) == 0;
        if !is_named && column.iter().all(|count| *count == 0) {
            continue;
        }
        // In thousandths of the width, so that the drawing fits any screen.
        let place = (2 * at + 1) * 500 / columns.len();
        let place = if direction == Direction::Rtl { 1000 - place } else { place };
        let _ = write!(svg, "<svg x=\"{}.{}%\">", place / 10, place % 10);
        let mut above = 0;
        for (series, count) in column.iter().enumerate() {
            let own = number(*count, unit);
            let places = (above..above + own).map(|at| (0, height - (at + 1) * STEP));
            path(&mut svg, series, &classes[series], places);
            above += own;
        }
        if is_named {
            let _ = write!(svg, "<text y=\"{}\">{year}</text>", height + FOOT - 4);
        }
        svg.push_str("</svg>");
    }
    svg.push_str("</svg>");
    svg
}

/// Draws the marks of a series, one at each place.
fn path(
    svg: &mut String,
    series: usize,
    class: &str,
    places: impl Iterator<Item = (usize, usize)>,
) {
    let mut drawn = String::new();
    for (x, y) in places {
        let _ = match series {
            // A disc, a square, a triangle, a diamond and a ring.
            0 => write!(drawn, "M{x} {}a5 5 0 1 1 10 0a5 5 0 1 1-10 0z", y + 5),
            1 => write!(drawn, "M{} {}h9v9h-9z", x, y + 1),
            2 => write!(drawn, "M{x} {}h10l-5-9z", y + 10),
            3 => write!(drawn, "M{x} {}l5-5 5 5-5 5z", y + 5),
            _ => write!(
                drawn,
                "M{x} {}a5 5 0 1 1 10 0a5 5 0 1 1-10 0zm2 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z",
                y + 5
            ),
        };
    }
    if !drawn.is_empty() {
        let _ = write!(svg, "<path class=\"{class}\" d=\"{drawn}\"/>");
    }
}

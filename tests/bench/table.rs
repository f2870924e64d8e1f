//! A table of the figures and their budgets.

use std::time::Duration;

/// A figure and its budget, if it has one that can be checked.
struct Row {
    what: String,
    figure: String,
    budget: String,
    is_kept: Option<bool>,
}

#[derive(Default)]
pub(crate) struct Table {
    rows: Vec<Row>,
}

impl Table {
    /// Creates a figure without a budget.
    pub(crate) fn note(&mut self, what: &str, figure: String) {
        self.add(what, figure, String::new(), None);
    }

    /// Creates a figure that should be at most `limit`.
    pub(crate) fn at_most(
        &mut self,
        what: &str,
        figure: String,
        value: f64,
        limit: f64,
        budget: &str,
    ) {
        self.add(what, figure, budget.to_string(), Some(value <= limit));
    }

    /// Creates a figure that should be at most one `part`th of `other`; without the other there is
    /// no verdict.
    pub(crate) fn share(
        &mut self,
        what: &str,
        figure: String,
        value: Option<f64>,
        part: f64,
        (name, other): (&str, Option<f64>),
    ) {
        let promise = if part >= 1.0 { format!("1/{part} of") } else { format!("{}x", 1.0 / part) };
        match value.zip(other) {
            Some((value, other)) => {
                let ratio = if value < other {
                    format!("1/{:.1}", other / value)
                } else {
                    format!("{:.2}x", value / other)
                };
                let budget = format!("≤ {promise} {name}; is {ratio}");
                self.add(what, figure, budget, Some(value * part <= other));
            }
            None => self.add(what, figure, format!("≤ {promise} {name}: not known"), None),
        }
    }

    fn add(&mut self, what: &str, figure: String, budget: String, is_kept: Option<bool>) {
        self.rows.push(Row { what: what.to_string(), figure, budget, is_kept });
    }

    /// Returns the table as text, with aligned columns.
    pub(crate) fn text(&self) -> String {
        let line = |row: &Row| {
            let verdict = match row.is_kept {
                Some(true) => "ok",
                Some(false) => "over",
                None => "",
            };
            [row.what.clone(), row.figure.clone(), row.budget.clone(), verdict.to_owned()]
        };
        aligned(&self.rows.iter().map(line).collect::<Vec<_>>())
    }
}

/// Returns rows as text, with columns as wide as their widest entries.
pub(crate) fn aligned<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: [usize; N] = std::array::from_fn(|column| width(column).unwrap_or(0));
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("  {cell:width$}"));
        cells.collect::<String>().trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

/// Formats a duration in the most readable unit.
pub(crate) fn time(duration: Duration) -> String {
    match duration.as_secs_f64() {
        seconds if seconds >= 1.0 => format!("{seconds:.2} s"),
        seconds => format!("{:.1} ms", seconds * 1e3),
    }
}

/// Formats a size in millions of bytes.
pub(crate) fn megabytes(n_bytes: f64) -> String {
    format!("{:.1} MB", n_bytes / 1e6)
}

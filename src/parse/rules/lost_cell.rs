//! The rule `lost-cell`.

use std::ops::Range;

use memchr::memmem;

use crate::diagnostic::{FixSafety, Level, Relaxation, Rule};
use crate::parse::findings::Findings;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};

/// A row of a table has more cells than the head, or a bar cuts a link in it.
pub const RULE: Rule = Rule {
    name: "lost-cell",
    summary: "A row of a table has more cells than the head, or a bar cuts a link in it.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: r#"
## What it finds

A row of a table with more cells than the head has columns, or with a link such as `[[name|words]]`, whose bar ends the
cell.

## Why it matters

A bar begins a new cell, in a link too. The link falls apart, and cells without a column are not shown.

## What to do

Write a bar that is part of the text with a backslash before it: `[[name\|words]]`. If the cells are meant, give the head
of the table as many columns.
"#,
};

/// The rule over the text of a note.
#[derive(Default)]
pub(crate) struct LostCell;

impl TextRule for LostCell {
    fn visit(
        &mut self,
        event: &TextEvent<'_>,
        note: &TextContext<'_>,
        findings: &mut Findings<'_>,
    ) {
        match event {
            TextEvent::TableRow { columns, at } => check_row(note, *columns, at, findings),
            TextEvent::Words { at, .. } => check_line(note, at, findings),
            _ => {}
        }
    }
}

/// Looks at a row of a table with so many columns: bars cut its links, or make cells of no column.
fn check_row(
    note: &TextContext<'_>,
    columns: usize,
    at: &Range<usize>,
    findings: &mut Findings<'_>,
) {
    let written = note.written(at).trim_end();
    let bars = bars(written);
    let last = written.len().saturating_sub(1);
    let mut between = bars.iter().filter(|at| **at != 0 && **at != last);
    if report_cut_link(at.start, written, &bars, findings) {
        return;
    }
    if let Some(bar) = between.nth(columns.saturating_sub(1)) {
        let message = "the head of the table has no column for what stands here, so it is lost";
        let help = "give the head another column, or write a bar that is part of the text as \\|";
        let start = bar + 1 + written[bar + 1..].bytes().take_while(|b| *b == b' ').count();
        let place = at.start + start..at.start + written.len();
        findings.warn(&place, &RULE, message, help);
    }
}

/// Looks at a text that may be the line below the head of a table, if it had as many cells.
fn check_line(note: &TextContext<'_>, at: &Range<usize>, findings: &mut Findings<'_>) {
    let written = note.written(at);
    let is_line = |line: &str| line.starts_with('|') && line.contains('-');
    if !is_line(written) || !written.bytes().all(|byte| b"|-: \t".contains(&byte)) {
        return;
    }
    let above = note.markdown[..at.start].trim_end_matches([' ', '\t', '>']);
    let Some(above) = above.strip_suffix('\n') else { return };
    let line = &above[above.rfind('\n').map_or(0, |at| at + 1)..];
    let head = line.trim_start_matches([' ', '\t', '>']);
    let start = above.len() - head.len();
    let (there, here) = (cells(head), cells(written));
    if !head.contains('|') || there == here || report_cut_link(start, head, &bars(head), findings) {
        return;
    }
    let message = format!("this makes no table: the line above has {there} cells, this one {here}");
    let help = "write as many in both; a bar that is part of the text is written \\|";
    findings.warn(at, &RULE, message, help);
}

/// Reports the first link of a row that bars cut, if there is one.
fn report_cut_link(start: usize, row: &str, bars: &[usize], findings: &mut Findings<'_>) -> bool {
    let Some(link) = cut_link(row, bars) else { return false };
    let cut = &bars[bars.partition_point(|bar| *bar < link.start)..];
    let mut whole = String::with_capacity(2 * link.len());
    let mut from = link.start;
    for bar in cut.iter().take_while(|bar| **bar < link.end) {
        whole.push_str(&row[from..*bar]);
        whole.push('\\');
        from = *bar;
    }
    whole.push_str(&row[from..link.end]);
    let message = "the bar in this link ends the cell of the table, and with it the link";
    let help = format!("put a backslash before the bar: {whole}");
    let at = start + link.start..start + link.end;
    findings.warn(&at, &RULE, message, &help);
    findings.fix(FixSafety::Safe, help, [(at, whole)]);
    true
}

/// Finds the bars that begin a cell in a row of a table.
fn bars(row: &str) -> Vec<usize> {
    let is_bar = |at: &usize| *at == 0 || row.as_bytes()[at - 1] != b'\\';
    memchr::memchr_iter(b'|', row.as_bytes()).filter(is_bar).collect()
}

/// Counts the cells of a row of a table.
fn cells(row: &str) -> usize {
    let row = row.trim();
    let last = row.len().saturating_sub(1);
    1 + bars(row).iter().filter(|at| **at != 0 && **at != last).count()
}

/// Finds the first wiki link of a row in which one of its bars stands.
fn cut_link(row: &str, bars: &[usize]) -> Option<Range<usize>> {
    let mut from = 0;
    loop {
        let first = from + memmem::find(&row.as_bytes()[from..], b"[[")?;
        let end = first + memmem::find(&row.as_bytes()[first..], b"]]")?;
        let start = first + row[first..end].rfind("[[")?;
        let bar = bars.get(bars.partition_point(|bar| *bar < start));
        if bar.is_some_and(|bar| *bar < end) {
            return Some(start..end + "]]".len());
        }
        from = end;
    }
}

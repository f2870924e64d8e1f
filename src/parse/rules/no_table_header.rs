//! The rule `no-table-header`.

use crate::diagnostic::{Level, Relaxation, Rule};
use crate::parse::findings::Findings;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};

/// A table does not say what its columns hold.
pub const RULE: Rule = Rule {
    name: "no-table-header",
    summary: "A table does not say what its columns hold.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A table whose first row is empty, or an HTML table without `<th>`.

## Why it matters

A screen reader says the name of the column before each cell. Here there is no name.

## What to do

Name each column in the first row.
",
};

const MESSAGE: &str = "this table does not say what its columns hold";

/// The rule over the text of a note.
#[derive(Default)]
pub(crate) struct NoTableHeader;

impl TextRule for NoTableHeader {
    fn visit(&mut self, event: &TextEvent<'_>, _: &TextContext<'_>, findings: &mut Findings<'_>) {
        match event {
            TextEvent::Table { head, at } if head.trim().is_empty() => {
                let help = "write in its first row what each column holds";
                findings.warn(at, &RULE, MESSAGE, help);
            }
            TextEvent::HtmlBlock { html, at } if is_without_header(html) => {
                let help = "write the cells of its first row with <th> in place of <td>";
                findings.warn(at, &RULE, MESSAGE, help);
            }
            _ => {}
        }
    }
}

/// Says whether raw HTML holds a whole table, and no cell of a header.
fn is_without_header(html: &str) -> bool {
    let lower = html.to_ascii_lowercase();
    lower.contains("<table") && lower.contains("</table") && !lower.contains("<th")
}

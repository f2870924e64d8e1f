//! The formats that can be imported. A further one is a file here and an entry of the table.

mod csv;
mod docx;
mod html;
mod hugo;
mod markdown;
mod mdbook;
mod mkdocs;
mod obsidian;
mod quarto;
mod shortcodes;
mod zola;

use super::CollectionFormat;

/// All formats, in the order in which help lists them.
pub const FORMATS: &[CollectionFormat] = &[
    obsidian::FORMAT,
    zola::FORMAT,
    hugo::FORMAT,
    mkdocs::FORMAT,
    mdbook::FORMAT,
    quarto::FORMAT,
    html::FORMAT,
    docx::FORMAT,
    csv::FORMAT,
];

/// Returns the format of this name.
pub fn format_named(name: &str) -> Option<&'static CollectionFormat> {
    FORMATS.iter().find(|format| format.name == name)
}

/// Returns a passage of HTML, such as Word puts on the clipboard, as Markdown, and what was dropped of it.
pub fn passage_in_markdown(passage: &str) -> (String, Vec<String>) {
    html::passage(passage)
}

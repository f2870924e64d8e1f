//! Collections of notes that other programs made → a book. Pure: a collection comes in as files in memory, and the files
//! of a book go out, with a remark for all that was dropped or guessed.
//!
//! A format is one file below `migration/formats`: it reads a collection into a `ForeignBook`, whose texts are
//! Fieldbook's Markdown and whose links are still those of the other program. [`migrate`] does the rest for all formats:
//! it gives each note its path, leads the links there, and takes along the files that notes show or link to.

mod arranged;
mod book;
mod collection;
mod dates;
mod foreign;
mod formats;
mod front_matter;
mod keys;
mod link_lines;
mod links;
mod mended;
mod passages;
mod settings;

use std::collections::BTreeSet;

use arranged::arrange;
pub use book::{MigratedBook, Remark};
pub use collection::{Collection, ImportRequest, WantedKind};
pub use foreign::CollectionFormat;
pub use formats::{FORMATS, format_named, passage_in_markdown};
pub use mended::UnfitPassage;
pub use settings::{NewKind, NewSettings};

/// Turns a collection into files of a book. Fails if it holds nothing of this format, or is not fit to be read.
pub fn migrate(
    format: &CollectionFormat,
    collection: &Collection,
    request: &ImportRequest,
) -> Result<MigratedBook, String> {
    let foreign = (format.read)(collection, request)?;
    if foreign.notes.is_empty() {
        return Err(format!("{} holds no notes of {}", collection.name, format.about));
    }
    let mut book = arrange(foreign, collection, request);
    for (path, why) in &collection.left_out {
        book.remarks.push(Remark { path: path.clone(), line: 0, text: format!("left out: {why}") });
    }
    book.remarks.sort();
    let unique: BTreeSet<Remark> = std::mem::take(&mut book.remarks).into_iter().collect();
    book.remarks = unique.into_iter().collect();
    Ok(book)
}

//! Documents of Word.

mod blocks;
mod document;
mod package;
mod runs;
mod styles;
mod xml;

use blocks::{BlockReader, DocumentBlock, joined};
use document::DocumentReader;
use styles::ParagraphRole;

use super::markdown::placed;
use crate::config::title_of_file;
use crate::migration::dates::date;
use crate::migration::foreign::{ForeignBook, ForeignNote};
use crate::migration::{Collection, CollectionFormat, ImportRequest};

pub(super) const FORMAT: CollectionFormat =
    CollectionFormat { name: "docx", about: "documents of Word", read };

/// Endings of documents that Word writes in other forms.
const OTHERS: &[&str] = &["doc", "docm", "dot", "dotx", "odt", "rtf"];

fn read(collection: &Collection, _: &ImportRequest) -> Result<ForeignBook, String> {
    let mut book =
        ForeignBook { title: Some(title_of_file(&collection.name)), ..ForeignBook::default() };
    let mut refused = Vec::new();
    for (file, bytes) in &collection.files {
        let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
        let ending = ending.to_lowercase();
        if OTHERS.contains(&ending.as_str()) {
            book.remark(file, 0, "left out: save it as .docx first");
            continue;
        }
        if ending != "docx" {
            book.add_asset(file, file, bytes, false);
            continue;
        }
        match note(&mut book, file, stem, bytes) {
            Ok(note) => book.notes.push(note),
            Err(why) => {
                book.remark(file, 0, format!("left out: {why}"));
                refused.push(format!("{file}: {why}"));
            }
        }
    }
    match refused.as_slice() {
        [first, ..] if book.notes.is_empty() => Err(first.clone()),
        _ => Ok(book),
    }
}

fn note(
    book: &mut ForeignBook,
    file: &str,
    stem: &str,
    bytes: &[u8],
) -> Result<ForeignNote, String> {
    let mut note = placed(file, &["index"]);
    file.clone_into(&mut note.file);
    let (mut reader, document) = DocumentReader::open(bytes, file, &note.address)?;
    let body = document.child("body").ok_or("it has no text")?;
    let mut blocks = Vec::new();
    let mut of_blocks = BlockReader::new(&mut reader);
    of_blocks.find_bookmarks(body);
    of_blocks.blocks(body, &mut blocks);
    let notes = of_blocks.footnotes();
    let (title, lower) = title(&mut blocks);
    let name = stem.rsplit('/').next().unwrap_or(stem);
    let title = title.or_else(|| reader.property("title"));
    let title = title.unwrap_or_else(|| {
        reader.remark("guessed the title from the name of the file".to_owned());
        title_of_file(name)
    });
    note.set_if_missing("title", &title);
    if let Some(day) = reader.property("created").as_deref().and_then(date) {
        reader
            .remark(format!("guessed the date from the day on which the document was made: {day}"));
        note.set_if_missing("date", &day);
    }
    if let Some(author) = reader.property("creator") {
        reader.remark(format!("dropped the author: {author}"));
    }
    for block in &blocks {
        let plain = block.plain.trim_start().to_lowercase();
        if plain.starts_with("source:") || plain.starts_with("sources:") {
            reader.remark(format!("this may belong into sources: {}", block.plain.trim()));
        }
    }
    note.text = joined(&blocks, lower) + &notes;
    for remark in std::mem::take(&mut reader.remarks) {
        book.remark(file, 0, remark);
    }
    book.assets.append(&mut reader.pictures);
    Ok(note)
}

/// Takes the title out of a text: a paragraph of that style, or else the first heading if it stands above all others.
/// Returns it, and by how many levels the headings are moved down.
fn title(blocks: &mut Vec<DocumentBlock>) -> (Option<String>, usize) {
    let is_first_level = |block: &DocumentBlock| block.role == ParagraphRole::Heading(1);
    let first_levels = blocks.iter().filter(|block| is_first_level(block)).count();
    let lower = usize::from(first_levels > 0);
    if let Some(at) = blocks.iter().position(|block| block.role == ParagraphRole::Title) {
        return (Some(DocumentBlock::taken(blocks, at)), lower);
    }
    match blocks.first() {
        Some(first) if is_first_level(first) && first_levels == 1 => {
            (Some(DocumentBlock::taken(blocks, 0)), 0)
        }
        _ => (None, lower),
    }
}

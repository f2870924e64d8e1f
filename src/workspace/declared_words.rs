//! The words of the interface that are declared where they are used.

use crate::parse::callout_words;
use crate::view::book_pages;
use crate::words::InterfaceWord;

/// Returns the titles of the pages over the whole book and the words of callouts.
pub fn declared_words() -> impl Iterator<Item = InterfaceWord> {
    book_pages().map(|page| page.title).chain(callout_words())
}

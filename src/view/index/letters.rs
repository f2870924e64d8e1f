//! Names by letter.

use serde::Serialize;

use super::{IndexShows, IndexView};
use crate::config::LETTERS;
use crate::fingerprint::SharedValue;
use crate::index::{LanguageIndexes, Letter, LetterEntry};
use crate::note::{NoteCard, NoteId};
use crate::path::OutputPath;
use crate::site::{Site, index_path};
use crate::slug::slug;
use crate::view::frame::PageFrame;
use crate::view::is_past;

/// How many names stand on one page. A book with no more has all letters on one.
const ON_PAGE: usize = 400;

/// Names by letter.
#[derive(Hash, Serialize)]
pub struct LettersView<'a> {
    /// Every letter, and where its names begin.
    pub letters: Vec<LetterLink<'a>>,
    /// The letters of this page with their names.
    pub sections: Vec<LetterSection<'a>>,
}

/// A letter and where its names begin.
#[derive(Hash, Serialize)]
pub struct LetterLink<'a> {
    /// The letter.
    pub letter: &'a str,
    /// The page.
    pub url: OutputPath,
    /// The anchor in it.
    pub anchor: String,
}

/// A letter with its names.
#[derive(Hash, Serialize)]
pub struct LetterSection<'a> {
    /// The letter.
    pub letter: &'a str,
    /// Its anchor.
    pub anchor: String,
    /// The names.
    pub names: Vec<LetterName<'a>>,
}

/// A name of a note.
#[derive(Hash, Serialize)]
pub struct LetterName<'a> {
    /// The name, if it is another than the title.
    pub other: Option<&'a str>,
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// Whether readers should look elsewhere.
    pub past: bool,
}

/// The letters that each page shows, and which of the names of the one letter it shows.
fn pages(lists: &LanguageIndexes) -> Vec<(std::ops::Range<usize>, usize)> {
    let all: usize = lists.letters.iter().map(|letter| letter.names.len()).sum();
    if all <= ON_PAGE {
        return vec![(0..lists.letters.len(), 0)];
    }
    let of_letter = |(at, letter): (usize, &Letter)| {
        (0..letter.names.len().div_ceil(ON_PAGE)).map(move |part| (at..at + 1, part))
    };
    lists.letters.iter().enumerate().flat_map(of_letter).collect()
}

fn anchor(letter: &str) -> String {
    slug(&letter.replace('–', "-"))
}

pub(super) fn paths(site: &Site, home: NoteId, lists: &LanguageIndexes) -> Vec<OutputPath> {
    let path = |(at, (letters, part)): (usize, (std::ops::Range<usize>, usize))| {
        let letter = lists.letters.get(letters.start).map_or("", |letter| &letter.letter);
        match (at, part) {
            (0, _) => index_path(site, home, LETTERS),
            (_, 0) => index_path(site, home, &format!("a-z/{}", anchor(letter))),
            (_, part) => index_path(site, home, &format!("a-z/{}-{}", anchor(letter), part + 1)),
        }
    };
    pages(lists).into_iter().enumerate().map(path).collect()
}

pub(super) fn view<'a>(
    site: &'a Site,
    page: PageFrame<'a>,
    home: NoteId,
    lists: &'a LanguageIndexes,
    number: usize,
) -> IndexView<'a> {
    let (pages, paths) = (pages(lists), paths(site, home, lists));
    let url = |at: usize| {
        let first = pages.iter().position(|(letters, _)| letters.contains(&at)).unwrap_or(0);
        paths[first].clone()
    };
    let link = |(at, letter): (usize, &'a Letter)| LetterLink {
        letter: &letter.letter,
        url: url(at),
        anchor: anchor(&letter.letter),
    };
    let (shown, part) = pages[number - 1].clone();
    let section = |letter: &'a Letter| {
        let from = (part * ON_PAGE).min(letter.names.len());
        let to = (from + ON_PAGE).min(letter.names.len());
        let names = letter.names[from..to].iter().map(|name| named(site, name)).collect();
        LetterSection { letter: &letter.letter, anchor: anchor(&letter.letter), names }
    };
    let same: Vec<usize> = (0..pages.len()).filter(|at| pages[*at].0 == shown).collect();
    let at = same.iter().position(|at| *at == number - 1).unwrap_or(0);
    let shows = IndexShows::Letters(LettersView {
        letters: lists.letters.iter().enumerate().map(link).collect(),
        sections: lists.letters[shown].iter().map(section).collect(),
    });
    let pager = crate::view::list::pager(at + 1, same.len(), |n| paths[same[n - 1]].clone());
    IndexView { page, shows, pager }
}

fn named<'a>(site: &'a Site, name: &LetterEntry) -> LetterName<'a> {
    let facts = &site.note(name.note).facts;
    LetterName {
        other: name.other.map(|at| facts.names[at as usize].written.as_str()),
        card: &facts.card,
        past: is_past(site, name.note),
    }
}

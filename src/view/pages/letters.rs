//! All titles and other names of notes, by letter.

use std::ops::Range;

use serde::Serialize;

use crate::index::{LETTERS, LanguageIndexes, Letter, LetterEntry};
use crate::language::Language;
use crate::note::{NoteCard, NoteId};
use crate::path::OutputPath;
use crate::site::{BookPageEntry, PageCondition, Site, index_path};
use crate::slug::slug;
use crate::template::SharedValue;
use crate::view::output::{BookPage, OutputList, OutputOwner, TextsShown, View};
use crate::view::paging::Pager;
use crate::view::parts::frame::{self, PageFrame};
use crate::words::InterfaceWord;

/// The most names on one page. A book with no more names has all letters on one page.
const ON_PAGE: usize = 400;

/// The page of all names by letter.
pub(crate) const PAGE: BookPage = BookPage {
    entry: BookPageEntry {
        name: LETTERS,
        title: InterfaceWord::new("index-a-z", "Index A–Z"),
        condition: PageCondition::Asked,
    },
    list,
    texts: TextsShown::None,
};

/// A page of names by letter.
#[derive(Hash, Serialize)]
pub struct LettersPageView<'a> {
    /// The frame of the page.
    pub page: PageFrame<'a>,
    /// The names.
    pub letters: LettersView<'a>,
    /// The other pages of the same letter; absent if there are none.
    pub pager: Option<Pager>,
}

/// Names by letter.
#[derive(Hash, Serialize)]
pub struct LettersView<'a> {
    /// A link to each letter, in the order of the alphabet.
    pub letters: Vec<LetterLink<'a>>,
    /// The letters of this page, with their names.
    pub sections: Vec<LetterSection<'a>>,
}

/// A link to the names of a letter.
#[derive(Hash, Serialize)]
pub struct LetterLink<'a> {
    /// The letter, or several such as `A–C`; `0–9` for numbers.
    pub letter: &'a str,
    /// The path of the page on which the names begin.
    pub url: OutputPath,
    /// The id of the names in that page.
    pub anchor: String,
}

/// A letter with its names.
#[derive(Hash, Serialize)]
pub struct LetterSection<'a> {
    /// The letter, or several such as `A–C`; `0–9` for numbers.
    pub letter: &'a str,
    /// The id of the names in the page.
    pub anchor: String,
    /// The names, in the order of the alphabet.
    pub names: Vec<LetterName<'a>>,
}

/// A name of a note.
#[derive(Hash, Serialize)]
pub struct LetterName<'a> {
    /// The name; absent if it is the title of the note.
    pub other: Option<&'a str>,
    /// The language of the name, as a code such as `en`: that of the original if a translation has it from there, as it
    /// may an acronym.
    pub language: &'a Language,
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// True if the note is superseded or withdrawn.
    pub past: bool,
}

/// The letters of one page.
#[derive(Clone, PartialEq, Eq)]
struct LettersPart {
    /// The places of the letters.
    letters: Range<usize>,
    /// The place of the page among those of a letter that has several.
    part: usize,
}

/// The letters of each page.
fn parts(lists: &LanguageIndexes) -> Vec<LettersPart> {
    let all: usize = lists.letters.iter().map(|letter| letter.names.len()).sum();
    if all <= ON_PAGE {
        return vec![LettersPart { letters: 0..lists.letters.len(), part: 0 }];
    }
    let of_letter = |(at, letter): (usize, &Letter)| {
        let parts = 0..letter.names.len().div_ceil(ON_PAGE);
        parts.map(move |part| LettersPart { letters: at..at + 1, part })
    };
    lists.letters.iter().enumerate().flat_map(of_letter).collect()
}

fn anchor(letter: &str) -> String {
    slug(&letter.replace('–', "-"))
}

/// The path of each page.
fn paths(site: &Site, lists: &LanguageIndexes) -> Vec<OutputPath> {
    let path = |(at, page): (usize, LettersPart)| {
        let letter = lists.letters.get(page.letters.start).map_or("", |letter| &letter.letter);
        let name = match (at, page.part) {
            (0, _) => LETTERS.to_owned(),
            (_, 0) => format!("{LETTERS}/{}", anchor(letter)),
            (_, part) => format!("{LETTERS}/{}-{}", anchor(letter), part + 1),
        };
        index_path(site, lists.home, &name)
    };
    parts(lists).into_iter().enumerate().map(path).collect()
}

fn list(site: &Site, home: NoteId, out: &mut OutputList) {
    for (at, path) in paths(site, site.indexes.of(home)).into_iter().enumerate() {
        out.add(path, OutputOwner::Note(home), move |site, path| {
            View::template("letters.html", view(site, path, home, at))
        });
    }
}

fn view<'a>(site: &'a Site, path: &'a OutputPath, home: NoteId, at: usize) -> LettersPageView<'a> {
    let lists = site.indexes.of(home);
    let (parts, paths) = (parts(lists), paths(site, lists));
    let url = |letter: usize| {
        let first = parts.iter().position(|page| page.letters.contains(&letter)).unwrap_or(0);
        paths[first].clone()
    };
    let link = |(place, letter): (usize, &'a Letter)| LetterLink {
        letter: &letter.letter,
        url: url(place),
        anchor: anchor(&letter.letter),
    };
    let LettersPart { letters: shown, part } = parts[at].clone();
    let section = |letter: &'a Letter| {
        let from = (part * ON_PAGE).min(letter.names.len());
        let to = (from + ON_PAGE).min(letter.names.len());
        let names = letter.names[from..to].iter().map(|name| named(site, name)).collect();
        LetterSection { letter: &letter.letter, anchor: anchor(&letter.letter), names }
    };
    // The pages of the same letters, of which this is one.
    let same: Vec<usize> = (0..parts.len()).filter(|at| parts[*at].letters == shown).collect();
    let current = same.iter().position(|other| *other == at).unwrap_or(0) + 1;
    let letters = LettersView {
        letters: lists.letters.iter().enumerate().map(link).collect(),
        sections: lists.letters[shown].iter().map(section).collect(),
    };
    let pager = Pager::new(current, same.len(), |number| paths[same[number - 1]].clone());
    LettersPageView { page: frame::of_book(site, path, home, PAGE.entry.title.key), letters, pager }
}

fn named<'a>(site: &'a Site, name: &LetterEntry) -> LetterName<'a> {
    let facts = &site.note(name.note).facts;
    let other = name.other.map(|at| facts.names[at as usize].written.as_str());
    let original = site.note(site.graph.works.original(name.note));
    let is_of_original = other.is_some_and(|other| original.is_called(other));
    let of = if is_of_original { &original.facts } else { facts };
    LetterName {
        other,
        language: &of.card.language,
        card: &facts.card,
        past: site.is_past(name.note),
    }
}

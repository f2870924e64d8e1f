//! A generated book: the same on every machine, and as large as requested.
//!
//! Benchmarks need books much larger than the real one, and two runs need the same book. So a book
//! is generated from the number of each note alone: no clock, no hash order, nothing of the
//! machine. Note 17 of 1,000 has the same length and shape as note 17 of 10,000; only its link
//! targets differ.
//!
//! A [`Plan`] fixes what notes must know of each other (names, titles, headings) before any text is
//! written, so that every link has a target. The text is then written in a [`Dialect`], so that
//! another generator can get the same book.

mod lists;
mod random;
mod text;
mod words;

use std::collections::BTreeSet;
use std::fmt::Write;

pub(crate) use lists::{COUNTRIES, TAGS, THEMES, names};
use random::Random;
use words::Words;

/// The kinds of the notes: name, folder, singular, plural.
pub(crate) const KINDS: [[&str; 4]; 4] = [
    ["lesson", "lessons", "Lesson learned", "Lessons learned"],
    ["best-practice", "best-practice", "Best practice", "Best practice"],
    ["guideline", "guidelines", "Guideline", "Guidelines"],
    ["meeting", "meetings", "Meeting", "Meetings"],
];

/// The kinds of ten notes in turn, as indexes in [`KINDS`]: four lessons, three practices, two
/// meetings and one guideline.
const TURNS: [usize; 10] = [0, 1, 0, 3, 0, 1, 2, 0, 1, 3];

/// The fewest notes that a book may have: each needs others to link to.
const FEWEST: usize = 20;

/// The data that other notes may use before the text exists, and the front matter.
pub(crate) struct Note {
    pub(crate) folder: &'static str,
    pub(crate) stem: String,
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) date: String,
    pub(crate) themes: Vec<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) countries: Vec<String>,
    /// Level and text. No two in a note are equal, so the anchor of each is its slug.
    pub(crate) headings: Vec<(usize, String)>,
}

/// A generated link, before it is written in a dialect.
pub(crate) struct Link<'a> {
    pub(crate) to: &'a Note,
    /// A heading of `to`.
    pub(crate) part: Option<&'a str>,
    pub(crate) text: String,
    pub(crate) form: Form,
}

/// The ways to write a link; all are common in books kept with Obsidian.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    Wiki,
    WikiWithText,
    WikiWithFolder,
    Markdown,
}

/// The program for which a book is written, which decides the form of links.
pub(crate) type Dialect = fn(&Link) -> String;

/// Everything about a book except its texts.
pub(crate) struct Plan {
    pub(crate) words: Words,
    pub(crate) notes: Vec<Note>,
}

/// Returns a whole book for Fieldbook, as path and text of each file.
pub(crate) fn book(notes: usize) -> Vec<(String, String)> {
    let plan = Plan::new(notes);
    let mut files =
        vec![("book.toml".to_string(), config()), ("content/index.md".to_string(), home())];
    for (at, title) in names(THEMES).enumerate() {
        let text = format!("+++\ntitle = \"{title}\"\n+++\n\n{}", plan.theme_text(at));
        files.push((format!("content/themes/{}.md", slug(title)), text));
    }
    for (at, note) in plan.notes.iter().enumerate() {
        let text = format!("{}\n{}", note.front_matter(), plan.text(at, fieldbook_link));
        files.push((format!("content/{}/{}.md", note.folder, note.stem), text));
    }
    files
}

impl Plan {
    pub(crate) fn new(notes: usize) -> Plan {
        assert!(
            notes >= FEWEST,
            "a book needs {FEWEST} notes at least, so that links have targets"
        );
        let words = Words::new();
        let mut taken = BTreeSet::new();
        let notes = (0..notes).map(|at| Note::new(at, &words, &mut taken)).collect();
        Plan { words, notes }
    }

    /// Returns the Markdown of a note, below its front matter.
    pub(crate) fn text(&self, at: usize, dialect: Dialect) -> String {
        text::note(self, at, dialect)
    }

    /// Returns the Markdown of a theme: short, without links.
    pub(crate) fn theme_text(&self, at: usize) -> String {
        let mut random = Random::new(at as u64, "theme");
        let paragraphs: Vec<String> =
            (0..3).map(|_| self.words.paragraph(&mut random) + "\n").collect();
        paragraphs.join("\n")
    }
}

impl Note {
    fn new(at: usize, words: &Words, taken: &mut BTreeSet<String>) -> Note {
        let mut random = Random::new(at as u64, "note");
        let (title, stem) = loop {
            let n_words = random.between(4, 8);
            let title = words.phrase(&mut random, n_words);
            let stem = slug(&title);
            if taken.insert(stem.clone()) {
                break (title, stem);
            }
        };
        let n_countries = random.between(1, 3);
        Note {
            folder: KINDS[TURNS[at % TURNS.len()]][1],
            stem,
            title,
            summary: words.summary(&mut random),
            date: format!(
                "{}-{:02}-{:02}",
                random.between(2005, 2024),
                random.between(1, 12),
                random.between(1, 28)
            ),
            themes: some_of(&mut random, 2, THEMES),
            tags: some_of(&mut random, 4, TAGS),
            countries: some_of(&mut random, n_countries, COUNTRIES),
            headings: headings(&mut random, words),
        }
    }

    /// Returns the front matter, the same for both generators, so that they can be compared.
    pub(crate) fn front_matter(&self) -> String {
        let mut out = String::from("+++\n");
        let quoted = |list: &[String]| format!("[\"{}\"]", list.join("\", \""));
        let _ = writeln!(out, "title = \"{}\"", self.title);
        let _ = writeln!(out, "summary = \"{}\"", self.summary);
        let _ = writeln!(out, "date = {}", self.date);
        let _ = writeln!(out, "themes = {}", quoted(&self.themes));
        let _ = writeln!(out, "tags = {}", quoted(&self.tags));
        let _ = writeln!(out, "countries = {}", quoted(&self.countries));
        out.push_str("+++\n");
        out
    }
}

/// Returns six or seven headings of two levels, all different.
fn headings(random: &mut Random, words: &Words) -> Vec<(usize, String)> {
    const LEVELS: [usize; 7] = [2, 2, 3, 3, 2, 3, 2];
    let mut taken = BTreeSet::new();
    let mut headings = Vec::new();
    let n_headings = random.between(6, 7);
    while headings.len() < n_headings {
        let n_words = random.between(2, 5);
        let text = words.phrase(random, n_words);
        if taken.insert(slug(&text)) {
            headings.push((LEVELS[headings.len()], text));
        }
    }
    headings
}

/// Returns slugs of `n` different names, with the first names the most frequent.
fn some_of(random: &mut Random, n: usize, list: &'static str) -> Vec<String> {
    let names: Vec<&str> = names(list).collect();
    let mut chosen = BTreeSet::new();
    while chosen.len() < n {
        chosen.insert(random.skewed(names.len()));
    }
    chosen.into_iter().map(|at| slug(names[at])).collect()
}

/// Returns the anchor or file stem of a name made of ASCII letters and spaces.
pub(crate) fn slug(name: &str) -> String {
    name.to_ascii_lowercase().replace(' ', "-")
}

fn fieldbook_link(link: &Link) -> String {
    let Note { folder, stem, .. } = link.to;
    let part = link.part.map(|heading| format!("#{heading}")).unwrap_or_default();
    let text = &link.text;
    match link.form {
        Form::Wiki => format!("[[{stem}{part}]]"),
        Form::WikiWithText => format!("[[{stem}{part}|{text}]]"),
        Form::WikiWithFolder => format!("[[{folder}/{stem}{part}]]"),
        Form::Markdown => format!("[{text}](../{folder}/{stem}.md{})", slug(&part)),
    }
}

fn config() -> String {
    let mut out = String::from(
        r#"title = "Generated book"
description = "A book made of chance, to measure how long a build takes."
base-url = "https://example.org/bench/"
language = "en"
paginate = 50
menu = ["theme", "lesson", "best-practice", "guideline", "meeting"]

[kinds.theme]
folder = "themes"
title = "Theme"
plural = "Themes"

[kinds.tag]
folder = "tags"
title = "Tag"
plural = "Tags"

[kinds.country]
folder = "countries"
title = "Country"
plural = "Countries"
"#,
    );
    for [kind, folder, title, plural] in KINDS {
        let _ = write!(
            out,
            r#"
[kinds.{kind}]
folder = "{folder}"
title = "{title}"
plural = "{plural}"
order = "-date"

[kinds.{kind}.fields]
themes = {{ to = "theme", many = true, required = true }}
tags = {{ to = "tag", many = true, open = true }}
countries = {{ to = "country", many = true, open = true }}
"#
        );
    }
    out
}

fn home() -> String {
    let mut out = String::from(
        "+++\ntitle = \"Generated book\"\nsummary = \"A book made of chance.\"\n+++\n\nThe themes:\n\n",
    );
    for title in names(THEMES) {
        let _ = writeln!(out, "- [[themes/{}]]", slug(title));
    }
    out
}

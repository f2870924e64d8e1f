//! What readers would stumble over in a text: headings that skip a level, pictures and tables that
//! say nothing to those who can't see them, links called "here", articles of no treaty.

use std::ops::Range;

use pulldown_cmark::HeadingLevel;

use super::markdown::BodyParser;
use crate::config::{Config, Strictness};
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::language::Language;
use crate::note::NotePlace;
use crate::path::SourcePath;
use crate::slug::{fit, fold, is_fit};
use crate::span::Span;

/// Texts of links that say nothing, in the languages this list knows; a book may have its own.
const VAGUE: &[&str] = &[
    "aquí",
    "cliquez ici",
    "click",
    "click here",
    "details",
    "en savoir plus",
    "haga clic aquí",
    "here",
    "ici",
    "learn more",
    "leer más",
    "lien",
    "link",
    "lire la suite",
    "more",
    "più",
    "qui",
    "read more",
    "read this",
    "see here",
    "this",
    "this link",
    "this page",
    "this site",
    "ver más",
    "voir ici",
];

/// The words before the number of an article.
const ARTICLE: &[&str] = &["Articles ", "Article ", "Art. "];

/// What is known of a note before its text is read.
pub(super) struct AdviceContext<'a> {
    check: &'a Strictness,
    title: &'a str,
    /// The level of the heading before; the title is the first.
    level: u8,
    /// Whether the note is about one treaty, so that all its articles are that treaty's.
    has_treaty: bool,
}

impl<'a> AdviceContext<'a> {
    pub(super) fn new(check: &'a Strictness, title: &'a str) -> Self {
        let has_treaty = named_in(title, &check.treaties);
        Self { check, title, level: 1, has_treaty }
    }
}

impl BodyParser<'_, '_> {
    /// The place of the block at event `at`, without the line break at its end.
    pub(super) fn place_of(&self, at: usize) -> Range<usize> {
        let range = self.events[at].1.clone();
        range.start..range.start + self.markdown[range].trim_end().len()
    }

    pub(super) fn advise_heading(&mut self, level: HeadingLevel, text: &str, at: usize) {
        let (level, range) = (level as u8, self.place_of(at));
        if level == 1 {
            let (message, help) = match fold(text) == fold(self.advice.title) {
                true => ("the title stands here again", "delete this line"),
                false => ("the title is the only heading of the first level", "begin it with ##"),
            };
            self.to.warn(&range, Code::RepeatedTitle, message, help);
        } else if level > self.advice.level + 1 {
            let signs = "#".repeat(usize::from(self.advice.level) + 1);
            let message = format!("this heading skips a level: the one before has {}", {
                match self.advice.level {
                    1 => "the level of the title".to_owned(),
                    before => format!("{before} signs"),
                }
            });
            let help = format!("begin it with {signs}");
            self.to.warn(&range, Code::SkippedHeading, message, &help);
        }
        self.advice.level = level;
    }

    pub(super) fn advise_link(&mut self, text: &str, range: &Range<usize>) {
        let said = fold(text.trim().trim_end_matches(['.', '…', '>', '»', '→']).trim());
        let is_vague = match &self.advice.check.vague {
            Some(words) => words.contains(&said),
            None => VAGUE.contains(&said.as_str()),
        };
        if is_vague {
            let message = format!("\"{}\" does not say where this link leads", text.trim());
            let help = "make the words that name the thing the link";
            self.to.warn(range, Code::VagueLink, message, help);
        }
    }

    pub(super) fn advise_picture(&mut self, alt: &str, range: &Range<usize>) {
        if alt.trim().is_empty() {
            let message = "this picture has no words for those who can't see it";
            let help = "say what it shows: ![what it shows](file)";
            self.to.warn(range, Code::NoAltText, message, help);
        }
    }

    /// A table whose head starts at event `at`.
    pub(super) fn advise_table(&mut self, at: usize) {
        if self.plain_text(at + 1..self.end_of(at)).trim().is_empty() {
            let range = self.place_of(at);
            let message = "this table does not say what its columns hold";
            let help = "write in its first row what each column holds";
            self.to.warn(&range, Code::NoTableHeader, message, help);
        }
    }

    /// A block of raw HTML: its tables too say what their columns hold.
    pub(super) fn advise_raw_table(&mut self, html: &str, place: Range<usize>) {
        let lower = html.to_ascii_lowercase();
        let is_whole = lower.contains("<table") && lower.contains("</table");
        if is_whole && !lower.contains("<th") {
            let message = "this table does not say what its columns hold";
            let help = "write the cells of its first row with <th> in place of <td>";
            self.to.warn(&place, Code::NoTableHeader, message, help);
        }
    }

    /// A link that names nothing at all.
    pub(super) fn link_to_nothing(&mut self, range: &Range<usize>) {
        let help = "write between the brackets the name of a note, or an address";
        self.to.error(range, Code::BrokenLink, "this link leads nowhere", help);
    }

    /// A text as it was written: the articles it names, to be judged when the paragraph is over,
    /// signs that were meant as markup, and footnotes that have no text.
    pub(super) fn advise_text(&mut self, range: &Range<usize>) {
        let written = &self.markdown[range.clone()];
        let shifted = |at: Range<usize>| range.start + at.start..range.start + at.end;
        let is_silent = self.advice.check.treaties.is_empty() || self.advice.has_treaty;
        if !is_silent && !self.in_link() {
            self.to.articles.extend(articles(written).into_iter().map(shifted));
        }
        self.advise_space(range);
        self.advise_no_table(range);
        self.advise_near_miss(range);
        // What follows is about brackets, and most texts have none.
        if memchr::memchr3(b'[', b']', b'<', written.as_bytes()).is_none() {
            return;
        }
        self.advise_comment(range);
        self.advise_left_over(range);
        for at in footnotes(written) {
            let label = &written[at.start + "[^".len()..at.end - "]".len()];
            let message = format!("the footnote \"{label}\" has no text");
            let help = format!("add a line at the end of the note: [^{label}]: …");
            self.to.error(&shifted(at), Code::UndefinedFootnote, message, &help);
        }
    }
}

/// Whether one of `names` stands in `text`.
pub(super) fn named_in(text: &str, names: &[String]) -> bool {
    names.iter().any(|name| text.contains(name.as_str()))
}

/// Where "Article 5" and its like stand in a text.
fn articles(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find("Art").map(|at| from + at) {
        let word = ARTICLE.iter().find(|word| text[at..].starts_with(**word));
        from = at + word.map_or(3, |word| word.len());
        let number = text[from..].bytes().take_while(u8::is_ascii_digit).count();
        let stands_apart = !text[..at].ends_with(char::is_alphanumeric);
        if word.is_some() && number > 0 && stands_apart {
            found.push(at..from + number);
        }
    }
    found
}

/// Where `[^label]` stands in a text: those that have a text are no text by themselves.
fn footnotes(text: &str) -> Vec<Range<usize>> {
    let starts = text
        .match_indices('[')
        .filter(|(at, _)| text[*at..].starts_with("[^") && !text[..*at].ends_with('\\'));
    let ends = starts.filter_map(|(at, _)| {
        let label = at + "[^".len();
        let length = text[label..].find([']', '[', ' ', '\n', '`'])?;
        let is_label = length > 0 && text[label + length..].starts_with(']');
        is_label.then_some(at..label + length + 1)
    });
    ends.collect()
}

/// What is wrong with the file itself: its name, and marks that nobody sees.
pub(super) fn of_file(
    path: &SourcePath,
    place: &NotePlace,
    text: &str,
    config: &Config,
    out: &mut Vec<Diagnostic>,
) {
    if text.starts_with('\u{feff}') {
        let message = "the file begins with a mark that nobody sees, a byte order mark";
        let span = Span { start: 0, end: 3 };
        let diagnostic = Diagnostic::warning(path, span, Code::InvisibleCharacter, message);
        let diagnostic =
            diagnostic.help("save the file as \"UTF-8\", not as \"UTF-8 with BOM\"");
        out.push(diagnostic.fix(Fix::safe("delete the byte order mark").delete(span)));
    }
    // What is wrong with the name of a folder is said of the folder once, by a rule of the book.
    let (folder, name) = place.path.rsplit_once('/').unwrap_or(("", &place.path));
    if place.is_index() || is_fit(name) || !folder.split('/').all(is_fit) {
        return;
    }
    let (message, help) = match name.rsplit_once('.') {
        Some((stem, code)) if is_code(code) => of_language(stem, code, name, config),
        _ => (format!("\"{name}\" makes an address that is hard to pass on"), renamed(name)),
    };
    let diagnostic = Diagnostic::warning(path, Span::default(), Code::FileName, message);
    out.push(diagnostic.help(help));
}

/// Returns what to call a file instead.
fn renamed(name: &str) -> String {
    match fit(name) {
        Some(name) => format!("rename it: {name}"),
        None => "rename it: a name holds letters, digits and hyphens".to_owned(),
    }
}

/// Says whether the end of a name is meant as the code of a language: two letters, perhaps with a country or more
/// behind a hyphen, or a country behind a low line.
fn is_code(end: &str) -> bool {
    let are_letters = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic());
    match end.split_once('_') {
        Some((language, country)) => are_letters(language) && are_letters(country),
        None => {
            are_letters(end.split('-').next().unwrap_or_default()) && Language::new(end).is_some()
        }
    }
}

/// What to say of the name of a file that ends with a code the book does not know so.
fn of_language(stem: &str, code: &str, whole: &str, config: &Config) -> (String, String) {
    let stem = fit(stem).unwrap_or_else(|| "note".to_owned());
    let meant = Language::new(&code.replace('_', "-"));
    let (known, meant) = match &meant {
        Some(language) => (config.languages.contains(language), language.as_str()),
        None => (false, code),
    };
    if known {
        return (
            format!("\"{code}\" is not how the book writes the language {meant}"),
            format!("rename the file: {stem}.{meant}.md"),
        );
    }
    let (as_language, else_name) = match code.contains('_') {
        true => (
            format!(
                "add {meant} to languages in {} and rename the file: {stem}.{meant}.md",
                config.path
            ),
            "; or rename it",
        ),
        false => (format!("add it to languages in {}", config.path), ", or rename the file"),
    };
    let fit = fit(&whole.replace('_', "-")).unwrap_or(stem);
    (
        format!("\"{code}\" is no language of the book, and a name holds no other points"),
        format!("{as_language}{else_name}: {fit}.md"),
    )
}

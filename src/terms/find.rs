//! Finds names in a text, in time that grows with the text and not with the number of names.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxBuildHasher;

use super::Mention;
use crate::note::Body;

#[expect(clippy::disallowed_types, reason = "looked up, never iterated")]
type TermMap<K, V> = std::collections::HashMap<K, V, FxBuildHasher>;

/// The most words of a name that is looked for. A longer one would be compared with a long part of
/// the text at each of its words.
const MAX_NAME_WORDS: usize = 40;

/// The names of terms, as a tree that is searched word by word.
#[derive(Debug, Default)]
pub struct NameMatcher {
    /// The names, sorted.
    names: Vec<TermName>,
    /// The beginnings of the names.
    starts: TermMap<[u8; 2], ()>,
    /// The words in the names, in lower case, with their numbers.
    numbers: TermMap<Box<str>, u32>,
    /// The branches of the tree: from a node and the number of a word to the next node. The root is
    /// node 0.
    next: TermMap<(u32, u32), u32>,
    /// The names that end at each node.
    ends: Vec<TermEnd>,
}

#[derive(Debug)]
struct TermName {
    /// The words, in lower case unless they have to match exactly.
    words: Vec<Box<str>>,
    /// True if case matters, as for an acronym.
    exact: bool,
    term: u32,
}

/// The terms whose name ends at a node.
#[derive(Debug, Default)]
struct TermEnd {
    /// The term, if case doesn't matter.
    folded: Option<u32>,
    /// The terms by words, if case matters.
    exact: TermMap<Vec<Box<str>>, u32>,
}

impl NameMatcher {
    /// Builds the tree from names with the numbers of their terms. A name of several terms is left
    /// out, because it is ambiguous.
    pub fn new<'n>(named: impl Iterator<Item = (&'n str, u32)>) -> Self {
        let mut terms: BTreeMap<(Vec<Box<str>>, bool), BTreeSet<u32>> = BTreeMap::new();
        for (name, term) in named {
            let exact = name.chars().filter(|c| c.is_uppercase()).count() > 1
                && !name.contains(char::is_whitespace);
            let fold = |word: &str| if exact { word.to_owned() } else { word.to_lowercase() };
            let words = name.split(|c: char| !is_letter(c)).filter(|word| !word.is_empty());
            let words: Vec<Box<str>> = words.map(|word| fold(word).into()).collect();
            if (1..=MAX_NAME_WORDS).contains(&words.len()) {
                terms.entry((words, exact)).or_default().insert(term);
            }
        }
        let only = |terms: BTreeSet<u32>| terms.first().copied().filter(|_| terms.len() == 1);
        let name = |((words, exact), terms)| Some(TermName { words, exact, term: only(terms)? });
        let names: Vec<TermName> = terms.into_iter().filter_map(name).collect();
        let mut tree = Self { ends: vec![TermEnd::default()], ..Self::default() };
        for name in &names {
            tree.add(name);
        }
        Self { names, ..tree }
    }

    fn add(&mut self, name: &TermName) {
        self.starts.insert(start_of(name.words[0].as_bytes()), ());
        let mut at = 0;
        for word in &name.words {
            let fresh = self.numbers.len() as u32;
            let number = *self.numbers.entry(word.to_lowercase().into()).or_insert(fresh);
            let fresh = self.ends.len() as u32;
            at = *self.next.entry((at, number)).or_insert(fresh);
            if at == fresh {
                self.ends.push(TermEnd::default());
            }
        }
        let end = &mut self.ends[at as usize];
        if name.exact {
            end.exact.insert(name.words.clone(), name.term);
        } else {
            end.folded = Some(name.term);
        }
    }

    /// Returns all names with their terms, for a fingerprint.
    pub(super) fn names(&self) -> Vec<(&[Box<str>], bool, u32)> {
        self.names.iter().map(|name| (&name.words[..], name.exact, name.term)).collect()
    }

    /// Returns the first mention of each term in the prose of a body, in the order of the text.
    pub(super) fn first_mentions(&self, body: &Body) -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        let mut seen = BTreeSet::new();
        for (start, end) in &body.prose {
            for (from, to, term) in self.all_in(&body.html[*start as usize..*end as usize]) {
                if seen.insert(term) {
                    let (from, to) = (start + from as u32, start + to as u32);
                    found.push(Mention { start: from, end: to, term });
                }
            }
        }
        found
    }

    /// Returns every name in a text: its start, its end and its term.
    pub fn all_in<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, usize, u32)> + 't {
        let mut at = 0;
        std::iter::from_fn(move || {
            while let Some(word) = next_word(text, at) {
                let name = self.name_at(text, word);
                at = name.map_or_else(|| word_end(text, word), |(end, _)| end);
                if let Some((end, term)) = name {
                    return Some((word, end, term));
                }
            }
            None
        })
    }

    /// Returns the end of the longest name that starts at a word, and its term. The words of a name
    /// may be separated by spaces, a line break, a hyphen or an apostrophe in any spelling.
    fn name_at(&self, text: &str, word: usize) -> Option<(usize, u32)> {
        let start = start_of(&text.as_bytes()[word..]);
        self.starts.get(&start)?;
        let (mut at, mut beginning) = (word, 0);
        let mut small = String::new();
        let mut words: Vec<&str> = Vec::new();
        let mut longest = None;
        loop {
            let end = word_end(text, at);
            let written = &text[at..end];
            small.clear();
            small.extend(written.chars().flat_map(char::to_lowercase));
            let next = self.numbers.get(&*small);
            let next = next.and_then(|number| self.next.get(&(beginning, *number)));
            let Some(next) = next else { return longest };
            beginning = *next;
            words.push(written);
            let ends = &self.ends[beginning as usize];
            longest = ends.term(&words).map(|term| (end, term)).or(longest);
            let after = after_gap(&text[end..]);
            at = text.len() - after.len();
            if at == end || after.is_empty() {
                return longest;
            }
        }
    }
}

impl TermEnd {
    /// Returns the term with exactly this name.
    fn term(&self, words: &[&str]) -> Option<u32> {
        let exact = || {
            let words: Vec<Box<str>> = words.iter().map(|word| (*word).into()).collect();
            self.exact.get(&words).copied()
        };
        if self.exact.is_empty() { self.folded } else { exact().or(self.folded) }
    }
}

/// Returns the text after the characters that may separate two words of a name.
fn after_gap(text: &str) -> &str {
    let between = text.strip_prefix(is_apostrophe).filter(|rest| rest.starts_with(is_letter));
    between.unwrap_or_else(|| text.trim_start_matches([' ', '\n', '-', '\u{a0}']))
}

/// Returns whether a character is a letter or digit. The apostrophe that Unicode classifies as a
/// letter is not.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_apostrophe(c)
}

/// Returns whether a character is used as an apostrophe: straight, curly, letters of Unicode,
/// primes and accents.
fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '\u{b4}'
            | '\u{2b9}'
            | '\u{2bb}'
            | '\u{2bc}'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{201b}'
            | '\u{2032}'
            | '\u{ff07}'
    )
}

/// Returns the beginning of a word, by which names are looked up. All letters beyond ASCII are
/// treated as equal, and in the second place as absent: it may be an apostrophe.
fn start_of(bytes: &[u8]) -> [u8; 2] {
    let byte = |at: usize| match bytes.get(at) {
        Some(byte) if byte.is_ascii_alphanumeric() => byte.to_ascii_lowercase(),
        Some(byte) if !byte.is_ascii() => 0x80,
        _ => 0,
    };
    let second = if byte(0) == 0x80 { 0 } else { byte(1) };
    [byte(0), if second == 0x80 { 0 } else { second }]
}

/// Returns the start of the next word.
fn next_word(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let byte = *text.as_bytes().get(at)?;
        if byte.is_ascii_alphanumeric() {
            return Some(at);
        }
        if byte.is_ascii() {
            at += 1;
        } else {
            let c = text[at..].chars().next()?;
            if is_letter(c) {
                return Some(at);
            }
            at += c.len_utf8();
        }
    }
}

/// Returns the end of the word at `from`.
fn word_end(text: &str, from: usize) -> usize {
    let mut at = from;
    while let Some(byte) = text.as_bytes().get(at) {
        if byte.is_ascii_alphanumeric() {
            at += 1;
        } else if byte.is_ascii() {
            break;
        } else {
            match text[at..].chars().next().filter(|c| is_letter(*c)) {
                Some(c) => at += c.len_utf8(),
                None => break,
            }
        }
    }
    at
}

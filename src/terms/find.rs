//! Finding names in a text, in time that grows with the text and not with the number of names.

use rustc_hash::FxBuildHasher;

use super::Mention;
use crate::note::Body;

#[expect(clippy::disallowed_types, reason = "looked up, never iterated")]
type Map<K, V> = std::collections::HashMap<K, V, FxBuildHasher>;

/// The names of terms, by how they begin.
#[derive(Debug, Default)]
pub struct Words {
    /// The names; of those that begin alike, the longest first.
    names: Vec<Name>,
    /// The names that begin with two bytes, as a range of `names`.
    starts: Map<[u8; 2], (u32, u32)>,
}

#[derive(Debug)]
struct Name {
    /// The words, in small letters unless they are to be found as written.
    words: Vec<Box<str>>,
    /// Whether capitals count, as in a name of capitals alone.
    exact: bool,
    term: u32,
}

impl Words {
    /// Takes names with the number of their term. One that two terms share is left out: nobody could
    /// say which is meant.
    pub fn new<'n>(named: impl Iterator<Item = (&'n str, u32)>) -> Self {
        let name = |(name, term): (&str, u32)| {
            let exact = name.chars().filter(|c| c.is_uppercase()).count() > 1
                && !name.contains(char::is_whitespace);
            let fold = |word: &str| if exact { word.to_owned() } else { word.to_lowercase() };
            let words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
            Name { words: words.map(|word| fold(word).into()).collect(), exact, term }
        };
        let mut names: Vec<Name> = named.map(name).filter(|name| !name.words.is_empty()).collect();
        let length = |name: &Name| name.words.iter().map(|word| word.len() + 1).sum::<usize>();
        names.sort_by(|a, b| {
            let key = |name: &Name| (name.start(), std::cmp::Reverse(length(name)));
            key(a).cmp(&key(b)).then_with(|| (&a.words, a.term).cmp(&(&b.words, b.term)))
        });
        names.dedup_by(|b, a| a.words == b.words && a.term == b.term);
        let shared: Vec<bool> = (0..names.len())
            .map(|at| {
                let same = |other: Option<&Name>| other.is_some_and(|o| o.words == names[at].words);
                same(names.get(at + 1)) || same(at.checked_sub(1).and_then(|at| names.get(at)))
            })
            .collect();
        let mut shared = shared.into_iter();
        names.retain(|_| shared.next() == Some(false));
        let mut starts: Map<[u8; 2], (u32, u32)> = Map::default();
        for (at, name) in (0u32..).zip(&names) {
            starts.entry(name.start()).or_insert((at, at)).1 = at + 1;
        }
        Self { names, starts }
    }

    /// All names with their terms, for a fingerprint.
    pub(super) fn names(&self) -> Vec<(&[Box<str>], bool, u32)> {
        self.names.iter().map(|name| (&name.words[..], name.exact, name.term)).collect()
    }

    /// The first mention of each term in the prose of a body, in the order of the text.
    pub(super) fn first_mentions(&self, body: &Body) -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        for (start, end) in &body.prose {
            for (from, to, term) in self.all_in(&body.html[*start as usize..*end as usize]) {
                if found.iter().all(|mention| mention.term != term) {
                    let (from, to) = (start + from as u32, start + to as u32);
                    found.push(Mention { start: from, end: to, term });
                }
            }
        }
        found
    }

    /// Every name in a text: where it begins, where it ends, and its term.
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

    /// The longest name that stands at the beginning of a word, and where it ends.
    fn name_at(&self, text: &str, word: usize) -> Option<(usize, u32)> {
        let bytes = &text.as_bytes()[word..];
        let start = start_of(bytes);
        let (from, to) = *self.starts.get(&start)?;
        let names = &self.names[from as usize..to as usize];
        names.iter().find_map(|name| Some((name.ends(text, word)?, name.term)))
    }
}

impl Name {
    fn start(&self) -> [u8; 2] {
        start_of(self.words[0].as_bytes())
    }

    /// Where the name ends, if it stands at `at`. Its words may be apart by spaces, a line's end or
    /// a hyphen.
    fn ends(&self, text: &str, mut at: usize) -> Option<usize> {
        for (number, word) in self.words.iter().enumerate() {
            if number > 0 {
                let gap = text[at..].find(|c: char| !matches!(c, ' ' | '\n' | '-' | '\u{a0}'))?;
                at += gap;
                if gap == 0 {
                    return None;
                }
            }
            let end = word_end(text, at);
            let same = match self.exact {
                true => text[at..end] == **word,
                false => text[at..end].chars().flat_map(char::to_lowercase).eq(word.chars()),
            };
            if !same {
                return None;
            }
            at = end;
        }
        Some(at)
    }
}

/// How a word begins, by which names are looked up. Letters beyond ASCII count as alike.
fn start_of(bytes: &[u8]) -> [u8; 2] {
    let byte = |at: usize| match bytes.get(at) {
        Some(byte) if byte.is_ascii_alphanumeric() => byte.to_ascii_lowercase(),
        Some(byte) if !byte.is_ascii() => 0x80,
        _ => 0,
    };
    [byte(0), if byte(0) == 0x80 { 0 } else { byte(1) }]
}

/// Where the next word begins.
fn next_word(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let byte = *text.as_bytes().get(at)?;
        if byte.is_ascii_alphanumeric() {
            return Some(at);
        }
        match byte.is_ascii() {
            true => at += 1,
            false => {
                let c = text[at..].chars().next()?;
                if c.is_alphanumeric() {
                    return Some(at);
                }
                at += c.len_utf8();
            }
        }
    }
}

/// Where the word at `from` ends.
fn word_end(text: &str, from: usize) -> usize {
    let mut at = from;
    while let Some(byte) = text.as_bytes().get(at) {
        if byte.is_ascii_alphanumeric() {
            at += 1;
        } else if byte.is_ascii() {
            break;
        } else {
            match text[at..].chars().next().filter(|c| c.is_alphanumeric()) {
                Some(c) => at += c.len_utf8(),
                None => break,
            }
        }
    }
    at
}

//! A text cut into words.

/// A piece of a text that search can find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordPiece<'t> {
    /// A word, as written; initials with the points between them.
    Word(&'t str),
    /// Words joined by hyphens, hyphens included; each of them was a word before.
    Joined(&'t str),
    /// A run of signs of a script that puts no space between words.
    Run(&'t str),
}

/// What a sign does to a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CharacterClass {
    /// Goes on with a word.
    Word,
    /// Goes on with a run of signs without spaces.
    Run,
    /// Is not seen, and goes on with whatever it stands in.
    Unseen,
    /// Ends it.
    Other,
}

/// Signs of scripts that put no space between words, in Unicode's blocks; their digits are words.
const RUNS: &[(char, char)] = &[
    ('\u{0e00}', '\u{0e4f}'),
    ('\u{0e5a}', '\u{0ecf}'),
    ('\u{0eda}', '\u{0eff}'),
    ('\u{1000}', '\u{103f}'),
    ('\u{104a}', '\u{109f}'),
    ('\u{1780}', '\u{17df}'),
    ('\u{17ea}', '\u{17ef}'),
    ('\u{3005}', '\u{3007}'),
    ('\u{3040}', '\u{30ff}'),
    ('\u{31f0}', '\u{31ff}'),
    ('\u{3400}', '\u{4dbf}'),
    ('\u{4e00}', '\u{9fff}'),
    ('\u{a9e0}', '\u{a9ef}'),
    ('\u{aa60}', '\u{aa7f}'),
    ('\u{f900}', '\u{faff}'),
    ('\u{ff66}', '\u{ff9f}'),
    ('\u{20000}', '\u{3ffff}'),
];

/// Which bytes are letters and digits of ASCII, which most texts are made of.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        plain[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    plain
};

fn is_plain(byte: u8) -> bool {
    PLAIN[usize::from(byte)]
}

/// Hands the pieces of `text` to `take`, in their order.
pub fn segment<'t>(text: &'t str, mut take: impl FnMut(WordPiece<'t>)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    // Where the words that hyphens join began.
    let mut joined: Option<usize> = None;
    while let Some(gap) = bytes[at..].iter().position(|byte| is_plain(*byte) || !byte.is_ascii()) {
        at += gap;
        let start = at;
        // Most words are plain and stand between signs that have nothing to do with them.
        if joined.is_none() && (start == 0 || parts(bytes[start - 1])) {
            let length = bytes[start..].iter().position(|byte| !is_plain(*byte));
            let end = length.map_or(bytes.len(), |length| start + length);
            let is_initial = end == start + 1 && bytes.get(end) == Some(&b'.');
            if end > start
                && !is_initial
                && bytes.get(end).is_none_or(|byte| *byte != b'-' && parts(*byte))
            {
                take(WordPiece::Word(&text[start..end]));
                at = end;
                continue;
            }
        }
        match class_at(text, at).0 {
            CharacterClass::Run => {
                at = end_of_run(text, at);
                take(WordPiece::Run(&text[start..at]));
            }
            CharacterClass::Word => {
                at = end_of_word(text, at);
                at = end_of_initials(text, start, at);
                if !is_scrap(text, start, at) {
                    take(WordPiece::Word(&text[start..at]));
                }
                let hyphen = hyphen_at(text, at).filter(|len| is_word_at(text, at + len));
                match (joined, hyphen) {
                    (None, Some(_)) => joined = Some(start),
                    (Some(from), None) => {
                        joined = None;
                        // Dates and numbers are not, and would be words that nobody asks for.
                        if text[from..at].contains(char::is_alphabetic) {
                            take(WordPiece::Joined(&text[from..at]));
                        }
                    }
                    _ => {}
                }
                at += hyphen.unwrap_or(0);
            }
            CharacterClass::Unseen | CharacterClass::Other => at += class_at(text, at).1,
        }
    }
}

/// The class of the sign at `at`, and its length in bytes.
fn class_at(text: &str, at: usize) -> (CharacterClass, usize) {
    let byte = text.as_bytes()[at];
    if byte.is_ascii() {
        return (
            if byte.is_ascii_alphanumeric() { CharacterClass::Word } else { CharacterClass::Other },
            1,
        );
    }
    let sign = text[at..].chars().next().unwrap_or(' ');
    (class(sign), sign.len_utf8())
}

fn class(sign: char) -> CharacterClass {
    match sign {
        '\u{ad}' | '\u{640}' | '\u{61c}' | '\u{200c}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {
            CharacterClass::Unseen
        }
        // The space without width parts words in some Khmer texts, and not in others.
        '\u{200b}' => CharacterClass::Unseen,
        _ if is_run(sign) => match is_letter(sign) {
            true => CharacterClass::Run,
            false => CharacterClass::Other,
        },
        _ if is_letter(sign) => CharacterClass::Word,
        _ => CharacterClass::Other,
    }
}

fn is_letter(sign: char) -> bool {
    sign.is_alphanumeric() || unicode_normalization::char::is_combining_mark(sign)
}

fn is_run(sign: char) -> bool {
    sign >= '\u{e00}' && RUNS.iter().any(|(first, last)| (*first..=*last).contains(&sign))
}

fn end_of_run(text: &str, start: usize) -> usize {
    let mut at = start;
    while at < text.len() {
        let (class, length) = class_at(text, at);
        if !matches!(class, CharacterClass::Run | CharacterClass::Unseen) {
            break;
        }
        at += length;
    }
    at
}

fn end_of_word(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        match bytes[at..].iter().position(|byte| !is_plain(*byte)) {
            Some(more) => at += more,
            None => return text.len(),
        }
        if parts(bytes[at]) {
            return at;
        }
        let (class, length) = class_at(text, at);
        match class {
            CharacterClass::Word => at += length,
            CharacterClass::Unseen if !text[at..].starts_with('\u{200b}') => at += length,
            _ if in_cyrillic_word(text, at) => at += length,
            _ => return at,
        }
    }
}

/// Returns where initials end that begin with the letter that ends at `end`: `U.S.A.` is one word, as `USA` is.
fn end_of_initials(text: &str, start: usize, end: usize) -> usize {
    let mut letters = text[start..end].chars();
    let is_letter = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    let mut at = end;
    while is_letter && text.as_bytes().get(at) == Some(&b'.') && is_word_at(text, at + 1) {
        let letter = text[at + 1..].chars().next().filter(|letter| letter.is_alphabetic());
        let Some(next) = letter.map(|letter| at + 1 + letter.len_utf8()) else { break };
        if is_word_at(text, next) {
            break;
        }
        at = next;
    }
    at
}

/// Whether a word surely begins after the byte and ends before it: a sign of ASCII that is no letter
/// and no apostrophe, where no letter can be.
fn parts(byte: u8) -> bool {
    byte.is_ascii() && byte != b'\''
}

/// Whether an apostrophe stands at `at` between Cyrillic letters, where it is a letter itself, as
/// in Ukrainian `об'єкт`.
fn in_cyrillic_word(text: &str, at: usize) -> bool {
    let is_cyrillic =
        |sign: Option<char>| sign.is_some_and(|c| ('\u{400}'..='\u{52f}').contains(&c));
    let mut after = text[at..].chars();
    after.next().is_some_and(is_apostrophe)
        && is_cyrillic(after.next())
        && is_cyrillic(text[..at].chars().next_back())
}

fn is_apostrophe(sign: char) -> bool {
    matches!(sign, '\'' | '\u{2019}' | '\u{2018}' | '\u{ff07}')
}

/// Whether the word is what an apostrophe left of another: `l'`, `qu'`, `'s`, `'re`.
fn is_scrap(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let parted = bytes[..start].last().is_none_or(|byte| parts(*byte))
        && bytes.get(end).is_none_or(|byte| parts(*byte));
    if parted || text[start..end].chars().nth(2).is_some() {
        return false;
    }
    let letter = |sign: Option<char>| sign.is_some_and(is_letter);
    let mut before = text[..start].chars().rev();
    let mut after = text[end..].chars();
    (before.next().is_some_and(is_apostrophe) && letter(before.next()))
        || (after.next().is_some_and(is_apostrophe) && letter(after.next()))
}

/// The length of the hyphen at `at`, if there is one.
fn hyphen_at(text: &str, at: usize) -> Option<usize> {
    match text.as_bytes().get(at)? {
        b'-' => Some(1),
        0xe2 if text[at..].starts_with(['\u{2010}', '\u{2011}']) => Some(3),
        _ => None,
    }
}

fn is_word_at(text: &str, at: usize) -> bool {
    at < text.len() && class_at(text, at).0 == CharacterClass::Word
}

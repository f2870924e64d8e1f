//! Edits of texts that Markdown's parser would read otherwise than they are meant, made before it reads them: links whose
//! text stands in brackets, braces and colons that are text, bold beside the punctuation of Chinese,
//! Japanese and Korean. Formulas are in `formulas`.

use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::edited::Replacement;
use super::events::ParsedEvents;
use super::formulas;
use super::located::LocatedEvent;
use super::signs::{REACH, starts_line};

/// Finds the edits, in no order, with those that make `links` of bare addresses; nothing for most texts.
pub(crate) fn find(
    markdown: &str,
    parsed: &ParsedEvents<'_>,
    links: Vec<[Replacement; 2]>,
) -> Vec<Replacement> {
    let mut edits = mends(markdown, parsed);
    if memchr::memchr(b'$', markdown.as_bytes()).is_some() {
        let pairs = formulas::find(markdown, &parsed.events);
        let meets = |[start, end]: &[Replacement; 2]| {
            let at = links.partition_point(|link| link[1].at.start <= start.at.start);
            links.get(at).is_some_and(|link| link[0].at.start < end.at.end)
        };
        let pairs: Vec<_> = pairs.into_iter().filter(|pair| !meets(pair)).collect();
        edits.retain(|edit| {
            let at = pairs.partition_point(|pair| pair[1].at.start < edit.at.start);
            pairs.get(at).is_none_or(|pair| edit.at.start <= pair[0].at.start)
        });
        edits.extend(pairs.into_iter().flatten());
    }
    edits.extend(links.into_iter().flatten());
    edits
}

fn mends(markdown: &str, parsed: &ParsedEvents<'_>) -> Vec<Replacement> {
    let bytes = markdown.as_bytes();
    let mut edits = Vec::new();
    let mut closed = memmem::find_iter(bytes, b"]]");
    if closed.any(|at| matches!(bytes.get(at + 2), Some(b'(' | b'['))) {
        edits.extend(bracketed(markdown, parsed));
    }
    if memchr::memchr(b'}', bytes).is_some() {
        edits.extend(parsed.events.iter().filter_map(|located| braces(markdown, located)));
    }
    if memchr::memchr_iter(b':', bytes).any(|at| starts_line(markdown, at)) {
        edits.extend(colons(markdown, &parsed.events));
    }
    if !markdown.is_ascii() && memchr::memchr2(b'*', b'~', bytes).is_some() {
        edits.extend(bold(markdown, &parsed.events));
    }
    edits
}

/// Inserts `with` at a place.
pub(crate) fn put(at: usize, with: &str) -> Replacement {
    Replacement { at: at..at, with: with.to_owned() }
}

/// Links such as `[[1]](address)` and `[[1]][name]`, which would be wiki links before brackets. Nothing
/// follows a wiki link so, and other programs read these as links whose text is `[1]`.
fn bracketed(markdown: &str, parsed: &ParsedEvents<'_>) -> Vec<Replacement> {
    let links = parsed.events.iter().filter_map(|(event, range)| match event {
        Event::Start(Tag::Link { link_type: LinkType::WikiLink { .. }, .. }) => Some(range),
        _ => None,
    });
    let labels: BTreeSet<String> = parsed.labels.iter().map(|label| label.to_lowercase()).collect();
    let is_link = |range: &&Range<usize>| {
        let far = markdown.floor_char_boundary((range.end + REACH).min(markdown.len()));
        let after = &markdown[range.end..far];
        let line = after.split('\n').next().unwrap_or_default();
        match after.as_bytes().first() {
            Some(b'(') => line[1..].split_once(')').is_some_and(|(address, _)| {
                !address.is_empty() && !address.contains(char::is_whitespace)
                    || address.contains(" \"")
            }),
            Some(b'[') => line[1..]
                .split_once(']')
                .is_some_and(|(name, _)| labels.contains(&name.to_lowercase())),
            _ => false,
        }
    };
    let escaped = links
        .filter(is_link)
        .flat_map(|range| [put(range.start + 1, "\\"), put(range.end - 2, "\\")]);
    escaped.collect()
}

/// Braces at the end of a heading that hold no attributes are text: `String.pad{Left,Right}`.
fn braces(markdown: &str, (event, range): &LocatedEvent<'_>) -> Option<Replacement> {
    let Event::Start(Tag::Heading { .. }) = event else { return None };
    let written = markdown[range.clone()].trim_end();
    // The line below a heading that is underlined.
    let written = written.trim_end_matches(['=', '-']).trim_end();
    let text = written.strip_suffix('}')?;
    let inner = &text[text.rfind('{')? + 1..];
    let is_attribute = |word: &str| match word.split_once('=') {
        Some((key, _)) => !key.is_empty(),
        None => word.len() > 1 && word.starts_with(['#', '.']),
    };
    let mut words = inner.split_whitespace();
    let holds_attributes = !inner.trim().is_empty() && words.all(is_attribute);
    let at = range.start + text.len();
    (!holds_attributes).then(|| Replacement { at: at..at + 1, with: "&#125;".to_owned() })
}

/// Colons at the beginning of a line that no space follows define nothing: `:heart: = 13`.
fn colons(markdown: &str, events: &[LocatedEvent<'_>]) -> Vec<Replacement> {
    let mut edits = Vec::new();
    let mut literal = events.iter().filter_map(|(event, range)| match event {
        Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => Some(range),
        _ => None,
    });
    let lists = events.iter().filter_map(|(event, range)| match event {
        Event::Start(Tag::DefinitionList) => Some(range.clone()),
        _ => None,
    });
    let mut code = literal.next();
    for list in lists {
        let colons = memchr::memchr_iter(b':', markdown[list.clone()].as_bytes());
        for at in colons.map(|at| list.start + at) {
            while code.is_some_and(|code| code.end <= at) {
                code = literal.next();
            }
            let is_code = code.is_some_and(|code| code.start <= at);
            let is_sign = markdown[at + 1..].starts_with([' ', '\t']);
            if !is_code && !is_sign && starts_line(markdown, at) {
                edits.push(put(at, "\\"));
            }
        }
    }
    // A list in a list is looked at twice.
    edits.sort_by_key(|edit| edit.at.start);
    edits.dedup_by_key(|edit| edit.at.start);
    edits
}

/// Stars and tildes between a sign of punctuation and a letter of Chinese, Japanese or Korean, which CommonMark
/// lets only begin or only end bold text (`**重要。**下`). These scripts have no spaces, so an empty comment
/// between the stars and the letter lets them do both.
fn bold(markdown: &str, events: &[LocatedEvent<'_>]) -> Vec<Replacement> {
    let mut edits = Vec::new();
    let mut literal = 0u32;
    for (event, range) in events {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => literal += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => literal -= 1,
            Event::Start(Tag::Strong | Tag::Emphasis | Tag::Strikethrough) => {
                edits.extend(beside(markdown, range.start));
                edits.extend(beside(markdown, range.end - 1));
            }
            Event::Text(_) if literal == 0 => {
                let signs = memchr::memchr2_iter(b'*', b'~', markdown[range.clone()].as_bytes());
                edits.extend(signs.filter_map(|at| beside(markdown, range.start + at)));
            }
            _ => {}
        }
    }
    edits.sort_by_key(|edit| edit.at.start);
    edits.dedup_by_key(|edit| edit.at.start);
    edits
}

/// The longest row of signs that makes text bold or emphasized.
const ROW: usize = 3;

/// Returns what is put beside the row of signs in which a place is.
fn beside(markdown: &str, at: usize) -> Option<Replacement> {
    let bytes = markdown.as_bytes();
    let sign = *bytes.get(at).filter(|sign| matches!(sign, b'*' | b'~'))?;
    // Longer rows of signs are none of emphasis.
    let is_sign = |byte: &&u8| **byte == sign;
    let behind = bytes[..at].iter().rev().take(ROW + 1).take_while(is_sign).count();
    let ahead = bytes[at..].iter().take(ROW + 1).take_while(is_sign).count();
    if behind + ahead > ROW {
        return None;
    }
    let (start, end) = (at - behind, at + ahead);
    let before = markdown[..start].chars().next_back()?;
    let after = markdown[end..].chars().next()?;
    match () {
        () if before == '\\' => None,
        () if is_punctuation(before) && is_of_cjk(after) => Some(put(end, "<!-- -->")),
        () if is_of_cjk(before) && is_punctuation(after) => Some(put(start, "<!-- -->")),
        () => None,
    }
}

fn is_punctuation(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_punctuation() } else { !c.is_alphanumeric() && !c.is_whitespace() }
}

/// Says whether a letter is of a script that is written without spaces around such signs: the blocks of Chinese,
/// Japanese and Korean letters (Unicode, `Scripts.txt`: Han, Hiragana, Katakana, Bopomofo, Hangul).
fn is_of_cjk(c: char) -> bool {
    matches!(
        c,
        '\u{1100}'..='\u{11ff}'
            | '\u{2e80}'..='\u{2fdf}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3041}'..='\u{31bf}'
            | '\u{31f0}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{a960}'..='\u{a97f}'
            | '\u{ac00}'..='\u{d7ff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ffdc}'
            | '\u{20000}'..='\u{323af}'
    )
}

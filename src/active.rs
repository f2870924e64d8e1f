//! Files with which a browser does more than show them: pages, scripts, pictures with scripts.
//!
//! Notes may be written by strangers, and so may the files beside them. A page among these would
//! run as a part of the site, with all rights of its pages. A file in `static/` is the book's own:
//! there only pictures are checked, because nobody expects a script in one.

mod allowed;
mod css;
mod gate;
mod names;
pub mod rules;

use std::ops::Range;

use names::FileNature;
use rules::{active_file, refused_file};

use crate::diagnostic::Diagnostic;
use crate::source::{FileContent, Source, SourceRole};
use crate::span::Span;

/// The beginnings by which browsers recognise a page (MIME Sniffing, section 7.1). A server that
/// knows no type for a file may leave the guess to the browser.
const PAGE_STARTS: [&str; 17] = [
    "<!doctype html",
    "<html",
    "<head",
    "<script",
    "<iframe",
    "<h1",
    "<div",
    "<font",
    "<table",
    "<a",
    "<style",
    "<title",
    "<b",
    "<body",
    "<br",
    "<p",
    "<!--",
];

/// A problem of a file, and its position.
#[derive(Debug)]
struct FileFault {
    place: Range<usize>,
    /// The problem, as the rest of a sentence.
    what: String,
}

/// Returns the problem of a file beside the notes or in `static/` with which a browser would do
/// more than show it. It is an error beside the notes, and a warning in `static/` and for endings
/// that the book allows; `allowed` holds these in lower case, without their dot.
pub fn find_problem(source: &Source, allowed: &[String]) -> Option<Diagnostic> {
    let FileContent::Bytes(bytes) = &source.content else { return None };
    let is_own = match SourceRole::of(&source.path) {
        SourceRole::Attachment => false,
        SourceRole::Static => true,
        _ => return None,
    };
    let name = source.path.as_str().rsplit('/').next().unwrap_or_default();
    let (ending, fault) = match names::named(name) {
        FileNature::Markup(ending) if !is_own || ending == "svg" => (ending, in_markup(bytes)?),
        FileNature::Inert | FileNature::Markup(_) => return None,
        _ if is_own => return None,
        FileNature::Settings => return Some(refused_file::settings(source, name)),
        FileNature::Unknown => ("html".to_owned(), in_unknown(bytes)?),
        FileNature::Runs(ending) => {
            let what = format!("a browser may run a file that is called .{ending}");
            (ending, FileFault { place: 0..0, what })
        }
        FileNature::Packed(ending) => {
            let what = format!("it is a .{ending} that is packed, so it can't be looked into");
            (ending, FileFault { place: 0..0, what })
        }
        FileNature::Encoded(ending) => {
            let what = "servers read a part of its name as its encoding".to_owned();
            (ending, FileFault { place: 0..0, what })
        }
    };
    let (place, what) = (Span::from(fault.place), &*fault.what);
    Some(if is_own || allowed.contains(&ending) {
        active_file::finding(source, place, what)
    } else {
        refused_file::finding(source, place, what, &ending)
    })
}

/// Returns the problem of a file that browsers read as XML. A file that doesn't begin like XML,
/// such as a picture called `map.svg.webp`, does nothing when read as XML; pictures contain zero
/// bytes, text doesn't.
fn in_markup(bytes: &[u8]) -> Option<FileFault> {
    let bom = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let bytes = &bytes[bom..];
    let is_wide =
        matches!(bytes, [0xfe, 0xff, ..] | [0xff, 0xfe, ..] | [0, b'<', ..] | [b'<', 0, ..]);
    let start = white(bytes);
    if !is_wide && start.first() != Some(&b'<') {
        let is_text_of_two_bytes = start.first() == Some(&0) || bytes.get(1) == Some(&0);
        return is_text_of_two_bytes
            .then(|| FileFault { place: 0..0, what: "it is not in UTF-8".to_owned() });
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Some(FileFault { place: 0..0, what: "it is not in UTF-8".to_owned() });
    };
    let fault = gate::fault(text)?;
    Some(FileFault { place: fault.place.start + bom..fault.place.end + bom, ..fault })
}

/// Returns the problem of a file whose ending no server knows. Browsers guess its type from the
/// beginning, and more generously than the standard says, so everything that begins like markup
/// must be harmless as markup.
fn in_unknown(bytes: &[u8]) -> Option<FileFault> {
    let start = white(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    let begins = |with: &&str| {
        start.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with.as_bytes()))
    };
    if PAGE_STARTS.iter().any(begins) {
        return Some(FileFault { place: 0..0, what: "it begins like a page".to_owned() });
    }
    let is_wide = matches!(bytes, [0xfe, 0xff, ..] | [0xff, 0xfe, ..]);
    if is_wide || start.first() == Some(&b'<') { in_markup(bytes) } else { None }
}

/// Returns the text after leading white space, as the most generous browser would read it.
fn white(bytes: &[u8]) -> &[u8] {
    let length = bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t'..=b'\r')).count();
    &bytes[length..]
}

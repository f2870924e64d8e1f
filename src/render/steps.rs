//! A bound on the work of a template. A theme comes by pull request as well, and its templates may go
//! round without end. So a call that counts is put into each loop, block and component of a template that
//! is not built in, and at the start of it; a page may make so many steps and no more.

use std::cell::Cell;

use tera::{Error, Kwargs, State, TeraResult, Value};

/// How many steps a template may make for one page. The largest pages make some ten thousand.
const MOST: u32 = 250_000;

/// The name of the function that counts. No template can call it: it is no name that Tera takes from one.
pub(super) const NAME: &str = "fieldbook_counts_a_step";

/// The tags whose content may be run more than once.
const REPEATED: [&str; 3] = ["for", "component", "block"];

thread_local! {
    static MADE: Cell<u32> = const { Cell::new(0) };
}

/// Begins a page.
pub(super) fn begin() {
    MADE.set(0);
}

/// Counts a step. Fails where there were too many.
pub(super) fn count(_: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    MADE.set(MADE.get() + 1);
    match MADE.get() <= MOST {
        true => Ok(Value::safe_string("")),
        false => Err(Error::message(format!("it makes more than {MOST} steps for one page"))),
    }
}

/// A template with calls that count.
#[derive(Debug, Default)]
pub(super) struct Counted {
    /// The template.
    pub(super) text: String,
    /// The calls: where each stands in the text, and its length, both in bytes.
    calls: Vec<(usize, usize)>,
}

/// What can't be bounded in a template: where it stands, in bytes.
pub(super) struct Unbounded(pub(super) usize);

impl Counted {
    /// Puts calls into a template. Fails where an expression goes round in a list, where none can be put.
    pub(super) fn new(template: &str) -> Result<Self, Unbounded> {
        let mut counted = Self::default();
        let mut from = 0;
        let mut is_first = true;
        while let Some(tag) = next_tag(template, from) {
            if let Some(at) = tag.list_loop {
                return Err(Unbounded(at));
            }
            // What extends another begins with saying so, but for comments.
            if is_first && !tag.is_comment {
                is_first = false;
                if tag.name != "extends" {
                    counted.call(false);
                }
            }
            counted.text.push_str(&template[from..tag.end]);
            from = tag.end;
            if REPEATED.contains(&tag.name) {
                counted.call(tag.trims);
            }
        }
        if is_first {
            counted.call(false);
        }
        counted.text.push_str(&template[from..]);
        Ok(counted)
    }

    fn call(&mut self, trims: bool) {
        let end = if trims { " -}}" } else { " }}" };
        let call = format!("{{{{ {NAME}(){end}");
        self.calls.push((self.text.len(), call.len()));
        self.text.push_str(&call);
    }

    /// Where a place in the text with calls is in the template.
    pub(super) fn place(&self, place: usize) -> usize {
        let before = self.calls.iter().take_while(|(at, _)| *at < place);
        before.fold(place, |found, (at, length)| found.saturating_sub((*length).min(place - at)))
    }
}

/// A tag of a template, or what is output.
struct Tag<'t> {
    /// The first word of a tag; empty for a comment and for what is output.
    name: &'t str,
    is_comment: bool,
    /// Where it ends, in bytes.
    end: usize,
    /// Whether it takes away the white space after it.
    trims: bool,
    /// Where a list that goes round begins with `for` in it.
    list_loop: Option<usize>,
}

/// The first tag from `from` on. One that does not end is none: Tera says so.
fn next_tag(template: &str, from: usize) -> Option<Tag<'_>> {
    let bytes = template.as_bytes();
    let start = (from..bytes.len().saturating_sub(1))
        .find(|at| bytes[*at] == b'{' && matches!(bytes[at + 1], b'{' | b'%' | b'#'))?;
    let inner = start + 2;
    if bytes[start + 1] == b'#' {
        let end = inner + template[inner..].find("#}")? + 2;
        return Some(Tag { name: "", is_comment: true, end, trims: false, list_loop: None });
    }
    let is_output = bytes[start + 1] == b'{';
    let close = if is_output { b"}}" } else { b"%}" };
    let body = template[inner..].trim_start_matches('-').trim_start();
    let word_end =
        body.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(body.len());
    let name = if is_output { "" } else { &body[..word_end] };
    let mut at = template.len() - body.len() + name.len();
    let mut list_loop = None;
    while !bytes[at..].starts_with(close) {
        match *bytes.get(at)? {
            quote @ (b'"' | b'\'' | b'`') => at = end_of_string(bytes, at, quote)?,
            byte if is_word(byte) => {
                let length = bytes[at..].iter().take_while(|byte| is_word(**byte)).count();
                if &bytes[at..at + length] == b"for" {
                    list_loop.get_or_insert(at);
                }
                at += length;
            }
            _ => at += 1,
        }
    }
    let trims = bytes[at - 1] == b'-';
    let mut end = at + close.len();
    if name == "raw" {
        end += template[end..].find("endraw")?;
        end += template[end..].find("%}")? + 2;
    }
    Some(Tag { name, is_comment: false, end, trims, list_loop })
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Where a string ends that begins at `start`. A backslash keeps the next sign from ending it.
fn end_of_string(bytes: &[u8], start: usize, quote: u8) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match *bytes.get(at)? {
            b'\\' => at += 2,
            byte if byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
}

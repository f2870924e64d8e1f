//! Controls that change the order in which a line is read (Unicode Standard Annex #9, section 2):
//! embeddings, overrides and isolates, each of which goes on up to a sign that ends it. Marks such as
//! U+200F reach no further than the letters beside them, and are none of these.
//!
//! A text that leaves one open changes what stands after it, and an override shows letters in an order
//! that no language needs: `Invoice <U+202E>txt.exe` reads as another name.

use std::borrow::Cow;
use std::fmt::Write;

const EMBED_LTR: char = '\u{202a}';
const EMBED_RTL: char = '\u{202b}';
const POP: char = '\u{202c}';
const OVERRIDE_LTR: char = '\u{202d}';
const OVERRIDE_RTL: char = '\u{202e}';
const ISOLATE_LTR: char = '\u{2066}';
const ISOLATE_RTL: char = '\u{2067}';
const ISOLATE_FIRST: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

/// What is wrong with a control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BidiFault {
    /// It turns letters round.
    Override,
    /// It is for text from right to left, and there is none.
    Needless,
    /// Nothing ends it.
    Unclosed,
    /// It ends nothing.
    Unopened,
}

/// A text that changes the order of nothing but itself.
pub struct TidiedText<'t> {
    /// The text without overrides, needless controls and ends of nothing; what was open is closed at its end.
    pub text: Cow<'t, str>,
    /// What was wrong with it, each with the control.
    pub faults: Vec<(char, BidiFault)>,
}

/// Returns the controls of a text, each with its place in bytes.
pub fn controls(text: &str) -> impl Iterator<Item = (usize, char)> {
    // All of them are three bytes long and begin with this one.
    memchr::memchr_iter(0xE2, text.as_bytes()).filter_map(|at| {
        let c = match text.as_bytes().get(at + 1..at + 3)? {
            [0x80, 0xAA..=0xAE] | [0x81, 0xA6..=0xA9] => text[at..].chars().next(),
            _ => None,
        };
        Some((at, c?))
    })
}

/// Makes a text change the order of nothing but itself.
pub fn tidied(text: &str) -> TidiedText<'_> {
    let found: Vec<(usize, char)> = controls(text).collect();
    if found.is_empty() {
        return TidiedText { text: Cow::Borrowed(text), faults: Vec::new() };
    }
    let signs = found.iter().map(|control| control.1);
    let ControlVerdicts { verdicts, ends } = judge(signs, has_right_to_left(text));
    let mut tidy = String::with_capacity(text.len() + ends.len());
    let mut from = 0;
    for ((at, c), _) in found.iter().zip(&verdicts).filter(|(_, verdict)| !verdict.stays) {
        tidy.push_str(&text[from..*at]);
        from = at + c.len_utf8();
    }
    tidy.push_str(&text[from..]);
    tidy.push_str(&ends);
    let faults = found.iter().zip(verdicts).filter_map(|((_, c), v)| Some((*c, v.fault?)));
    TidiedText { text: Cow::Owned(tidy), faults: faults.collect() }
}

/// Returns a part of a text without overrides, where the other parts are not known.
pub fn without_overrides(text: &str) -> Cow<'_, str> {
    let is_override = |c: char| matches!(c, OVERRIDE_LTR | OVERRIDE_RTL);
    match controls(text).any(|(_, c)| is_override(c)) {
        true => Cow::Owned(text.replace(is_override, "")),
        false => Cow::Borrowed(text),
    }
}

/// Returns a text with the code of each control in its place, such as `<U+202E>`.
pub fn spelled(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len() + 16);
    let mut from = 0;
    for (at, c) in controls(text) {
        spelled.push_str(&text[from..at]);
        let _ = write!(spelled, "<U+{:04X}>", u32::from(c));
        from = at + c.len_utf8();
    }
    spelled.push_str(&text[from..]);
    spelled
}

/// Returns what is wrong with each of the controls of a text. `mixed` tells whether some of its letters
/// are read from right to left.
pub fn faults(
    controls: impl Iterator<Item = char>,
    mixed: bool,
) -> impl Iterator<Item = Option<BidiFault>> {
    judge(controls, mixed).verdicts.into_iter().map(|verdict| verdict.fault)
}

/// Says what is wrong with a control, and what to do about it.
pub fn said(control: char, fault: BidiFault) -> (String, &'static str) {
    let name = named(control);
    let typed = "type the text again, without what was copied along";
    match fault {
        BidiFault::Override => {
            (format!("{name} turns round what follows it, so it is left out"), typed)
        }
        BidiFault::Needless => {
            (format!("{name} is for text from right to left, and there is none here"), typed)
        }
        BidiFault::Unclosed if is_isolate(control) => {
            (format!("nothing ends {name}"), "delete it, or put U+2069 where it should end")
        }
        BidiFault::Unclosed => {
            (format!("nothing ends {name}"), "delete it, or put U+202C where it should end")
        }
        BidiFault::Unopened => (format!("{name} ends nothing"), "delete it"),
    }
}

/// Names a control as people look it up: by its code and its name.
pub fn named(control: char) -> String {
    let name = match control {
        EMBED_LTR => "left-to-right embedding",
        EMBED_RTL => "right-to-left embedding",
        POP => "pop directional formatting",
        OVERRIDE_LTR => "left-to-right override",
        OVERRIDE_RTL => "right-to-left override",
        ISOLATE_LTR => "left-to-right isolate",
        ISOLATE_RTL => "right-to-left isolate",
        ISOLATE_FIRST => "first strong isolate",
        _ => "pop directional isolate",
    };
    format!("U+{:04X} ({name})", u32::from(control))
}

/// Says whether some of the letters of a text are read from right to left (Unicode Character Database,
/// `DerivedBidiClass.txt`, the blocks of the classes R and AL).
pub fn has_right_to_left(text: &str) -> bool {
    let is_letter = |c: char| {
        matches!(
            c,
            '\u{590}'..='\u{8ff}'
                | '\u{fb1d}'..='\u{fdff}'
                | '\u{fe70}'..='\u{fefe}'
                | '\u{10800}'..='\u{10fff}'
                | '\u{1e800}'..='\u{1efff}'
        )
    };
    text.chars().any(is_letter)
}

fn is_isolate(c: char) -> bool {
    matches!(c, ISOLATE_LTR | ISOLATE_RTL | ISOLATE_FIRST)
}

struct ControlVerdicts {
    verdicts: Vec<ControlVerdict>,
    /// What closes those that are open at the end.
    ends: String,
}

#[derive(Clone, Copy)]
struct ControlVerdict {
    fault: Option<BidiFault>,
    stays: bool,
}

impl ControlVerdict {
    /// Leaves out a control that would stay, for this fault.
    fn leave_out(&mut self, fault: BidiFault) {
        if self.stays {
            *self = Self { fault: Some(fault), stays: false };
        }
    }
}

/// Finds what each control ends or is ended by, as section 3.1.2 and the rules X1 to X8 have it.
fn judge(controls: impl Iterator<Item = char>, mixed: bool) -> ControlVerdicts {
    const FINE: ControlVerdict = ControlVerdict { fault: None, stays: true };
    let mut verdicts: Vec<ControlVerdict> = Vec::new();
    // Those that are open, each with its place among the controls, and how many of them are isolates.
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut isolates = 0usize;
    for (at, c) in controls.enumerate() {
        let left_out = |fault| ControlVerdict { fault: Some(fault), stays: false };
        let verdict = match c {
            POP => match open.pop_if(|(opener, _)| !is_isolate(*opener)) {
                Some((_, opener)) => ControlVerdict { fault: None, ..verdicts[opener] },
                None => left_out(BidiFault::Unopened),
            },
            POP_ISOLATE if isolates == 0 => left_out(BidiFault::Unopened),
            POP_ISOLATE => {
                isolates -= 1;
                // Embeddings in it end with it; nothing else would, if it does not stay.
                while let Some((_, at)) = open.pop_if(|(opener, _)| !is_isolate(*opener)) {
                    verdicts[at].leave_out(BidiFault::Unclosed);
                }
                let opener = open.pop().map(|(_, opener)| verdicts[opener]);
                ControlVerdict { fault: None, ..opener.unwrap_or(FINE) }
            }
            opener => {
                open.push((opener, at));
                isolates += usize::from(is_isolate(opener));
                match opener {
                    OVERRIDE_LTR | OVERRIDE_RTL => left_out(BidiFault::Override),
                    EMBED_RTL | ISOLATE_RTL if !mixed => left_out(BidiFault::Needless),
                    _ => FINE,
                }
            }
        };
        verdicts.push(verdict);
    }
    let mut ends = String::new();
    for (opener, at) in open.into_iter().rev() {
        if verdicts[at].stays {
            verdicts[at].fault = Some(BidiFault::Unclosed);
            ends.push(if is_isolate(opener) { POP_ISOLATE } else { POP });
        }
    }
    ControlVerdicts { verdicts, ends }
}

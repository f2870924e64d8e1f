//! Formulas as MathML, made when the site is built: the reader's browser needs no script.

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The elements of MathML Core (W3C, section 2.1.2) that a formula may consist of.
const ELEMENTS: &[&str] = &[
    "math",
    "menclose",
    "merror",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
    "none",
];

/// Attributes that could make a browser do something, or break the site's rule against inline
/// style.
const REFUSED_ATTRIBUTES: &[&str] = &["href", "src", "xlink:href"];

/// How long a formula may be, in bytes, and how deep its groups may be nested: the converter calls
/// itself for each.
const LIMIT: usize = 8 * 1024;
const DEPTH: usize = 64;

/// How many groups a formula may open at most; each could lie in the one before.
fn nesting(formula: &str) -> usize {
    const OPENING: [&str; 3] = ["{", "\\left", "\\begin"];
    let mut depth = 0usize;
    let mut deepest = 0;
    for (at, c) in formula.char_indices() {
        match c {
            '}' => depth = depth.saturating_sub(1),
            _ if OPENING.iter().any(|sign| formula[at..].starts_with(sign)) => depth += 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The formula as MathML, or why it can't be shown.
pub(super) fn to_mathml(formula: &str, display: MathDisplay) -> Result<String, String> {
    if formula.len() > LIMIT || nesting(formula) > DEPTH {
        return Err("it is too long, or nested too deep".to_owned());
    }
    let converter = LatexToMathML::new(MathCoreConfig::default()).map_err(|_| String::new())?;
    let converted = converter.convert_with_local_state(formula, display);
    let mathml = converted.map_err(|error| plain(&error.to_string()))?.mathml;
    match is_safe(&mathml) {
        // A wide formula scrolls, and must be in reach of the keyboard then.
        true if mathml.starts_with("<math display=\"block\"") => {
            Ok(format!("<span class=\"formula\" tabindex=\"0\">{mathml}</span>"))
        }
        true => Ok(mathml),
        false => Err("it holds something that is not mathematics".to_owned()),
    }
}

/// A message as the rest of a sentence.
fn plain(message: &str) -> String {
    let mut letters = message.trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Whether the markup is well-formed, and nothing but MathML that does nothing. The converter
/// passes some of its input through, so its output is looked at before it is trusted.
fn is_safe(mathml: &str) -> bool {
    let mut reader = Reader::from_str(mathml);
    let mut open = 0usize;
    loop {
        let fits = match reader.read_event() {
            Ok(Event::Start(tag)) => {
                open += 1;
                is_safe_tag(&tag)
            }
            Ok(Event::End(_)) => {
                open = open.saturating_sub(1);
                true
            }
            Ok(Event::Empty(tag)) => is_safe_tag(&tag),
            Ok(Event::Text(_) | Event::GeneralRef(_)) => open > 0,
            Ok(Event::Eof) => return open == 0,
            _ => false,
        };
        if !fits {
            return false;
        }
    }
}

fn is_safe_tag(tag: &BytesStart<'_>) -> bool {
    let name = tag.name();
    let known = ELEMENTS.contains(&name.as_ref());
    known
        && tag.attributes().all(|attribute| {
            attribute.is_ok_and(|attribute| {
                let key = attribute.key.as_ref().to_lowercase();
                !key.starts_with("on") && !REFUSED_ATTRIBUTES.contains(&key.as_str())
            })
        })
}

//! Formulas as MathML, made when the site is built: the reader's browser needs no script.

use std::fmt::Write;

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

/// Attributes that could make a browser do something.
const REFUSED_ATTRIBUTES: &[&str] = &["href", "src", "xlink:href"];

/// Inline styles of the converter that the theme has as classes, since pages have no inline
/// style. Other declarations adjust spaces, and are left out.
const CLASSES: &[(&str, &str)] = &[
    ("text-align: left", "to-left"),
    ("text-align: right", "to-right"),
    ("border-top:", "line-above"),
    ("border-left:", "line-left"),
    ("border-right:", "line-right"),
];

/// The most bytes of a formula, and the most groups within each other: the converter calls
/// itself for each.
const LIMIT: usize = 8 * 1024;
const DEPTH: usize = 64;

/// The most groups that a formula may open; each could lie in the one before.
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

/// Returns the formula as MathML, or the reason why it can't be shown.
pub(crate) fn to_mathml(formula: &str, display: MathDisplay) -> Result<String, String> {
    if formula.len() > LIMIT || nesting(formula) > DEPTH {
        return Err("it is too long, or nested too deep".to_owned());
    }
    let converter = LatexToMathML::new(MathCoreConfig::default()).map_err(|_| String::new())?;
    let converted = converter.convert_with_local_state(formula, display);
    let mathml = converted.map_err(|error| plain(&error.to_string()))?.mathml;
    let mathml = gated(&mathml)?;
    // A wide formula scrolls, and must be in reach of the keyboard then.
    if mathml.starts_with("<math display=\"block\"") {
        Ok(format!("<span class=\"formula\" tabindex=\"0\">{mathml}</span>"))
    } else {
        Ok(mathml)
    }
}

/// Returns a message as the rest of a sentence.
fn plain(message: &str) -> String {
    let mut letters = message.trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn refused() -> String {
    "it holds something that is not mathematics".to_owned()
}

/// Returns the markup, if it is well-formed and nothing but MathML that does nothing, without inline style
/// and ids. The converter passes some of its input through, so its output is not trusted.
fn gated(mathml: &str) -> Result<String, String> {
    let mut reader = Reader::from_str(mathml);
    let mut open = 0usize;
    let mut gated = String::with_capacity(mathml.len());
    let mut from = 0;
    loop {
        let event = reader.read_event().map_err(|_| refused())?;
        let to = reader.buffer_position() as usize;
        let written = mathml.get(from..to).ok_or_else(refused)?;
        from = to;
        match event {
            Event::Start(tag) => {
                open += 1;
                write_tag(&tag, ">", &mut gated)?;
            }
            Event::Empty(tag) => write_tag(&tag, "/>", &mut gated)?,
            Event::End(_) => {
                open = open.saturating_sub(1);
                gated.push_str(written);
            }
            Event::Text(_) | Event::GeneralRef(_) if open > 0 => gated.push_str(written),
            Event::Eof if open == 0 => return Ok(gated),
            _ => return Err(refused()),
        }
    }
}

fn write_tag(tag: &BytesStart<'_>, end: &str, out: &mut String) -> Result<(), String> {
    let name = tag.name();
    let name = ELEMENTS.iter().find(|known| *known == &name.as_ref()).ok_or_else(refused)?;
    out.push('<');
    out.push_str(name);
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|_| refused())?;
        let key = attribute.key.as_ref().to_lowercase();
        match key.as_str() {
            "id" => {}
            "style" => write_class(&attribute.value, out)?,
            key if key.starts_with("on") || REFUSED_ATTRIBUTES.contains(&key) => {
                return Err(refused());
            }
            _ if attribute.value.contains(['"', '<']) => return Err(refused()),
            key => {
                let _ = write!(out, " {key}=\"{}\"", attribute.value);
            }
        }
    }
    out.push_str(end);
    Ok(())
}

fn write_class(style: &str, out: &mut String) -> Result<(), String> {
    if style.contains("color:#") {
        return Err("it sets a colour, and colours are the theme's".to_owned());
    }
    let said = CLASSES.iter().filter(|(declaration, _)| style.contains(declaration));
    let classes: Vec<&str> = said.map(|(_, class)| *class).collect();
    if !classes.is_empty() {
        let _ = write!(out, " class=\"{}\"", classes.join(" "));
    }
    Ok(())
}

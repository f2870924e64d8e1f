//! The gate for pictures in SVG and other markup: what a browser would do more than show is found.
//!
//! Of SVG (SVG 2; what drawing programs write of SVG 1.1 and 1.2 besides) and of the HTML that
//! programs put labels in, what is not on a list is refused. Elements of other namespaces mean nothing
//! to a browser, but for those of a few.

use std::borrow::Cow;
use std::collections::BTreeMap;

use quick_xml::XmlVersion;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesStart, Event};
use quick_xml::reader::Reader;

use super::listed::{HTML_ATTRIBUTES, is_html, is_svg};
use super::{FileFault, css};

const SVG: &str = "http://www.w3.org/2000/svg";
const HTML: &str = "http://www.w3.org/1999/xhtml";

/// Namespaces to which some browser gives, or gave, a meaning.
const REFUSED: [&str; 6] = [
    "http://www.w3.org/1998/Math/MathML",
    "http://www.w3.org/1999/XSL/Transform",
    "http://www.w3.org/2001/xml-events",
    "http://www.w3.org/2001/XInclude",
    "http://www.mozilla.org/keymaster/gatekeeper/there.is.only.xul",
    "http://www.mozilla.org/xbl",
];

/// Encodings in which every sign of markup is the byte that it is in UTF-8.
const ENCODINGS: [&str; 5] = ["utf-8", "utf8", "us-ascii", "iso-8859-1", "windows-1252"];

/// How deep elements may be nested. No drawing comes near; browsers stop at 5,000.
const DEPTH: usize = 512;

/// How much of a name or an address is shown, in characters.
const SHOWN: usize = 40;

/// What a namespace is to a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum XmlNamespace {
    Svg,
    Html,
    Refused,
    Other,
}

/// An element that is open.
struct OpenXmlElement {
    /// The prefixes it gives a meaning, the empty one among them.
    binds: Vec<String>,
    /// Whether HTML may stand in it: whether it is `foreignObject`, or in one.
    holds_html: bool,
}

struct XmlGate {
    open: Vec<OpenXmlElement>,
    /// What each prefix means, the innermost last.
    bound: BTreeMap<String, Vec<XmlNamespace>>,
    /// The text of the style sheet that is open.
    style: Option<String>,
}

/// What a browser would do with the markup besides showing it; none if nothing.
pub(super) fn fault(text: &str) -> Option<FileFault> {
    // XML has no other control characters, and encodings that shift their meaning begin with one.
    let is_control = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    if let Some(at) = text.bytes().position(is_control) {
        return Some(FileFault { place: at..at, what: ill_formed() });
    }
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_comments = true;
    let mut gate = XmlGate { open: Vec::new(), bound: BTreeMap::new(), style: None };
    loop {
        let from = reader.buffer_position() as usize;
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(_) => {
                let at = (reader.error_position() as usize).min(text.len());
                return Some(FileFault { place: at..at, what: ill_formed() });
            }
        };
        if matches!(event, Event::Eof) {
            let what = "it ends before all of it is closed".to_owned();
            let end = text.len();
            return (!gate.open.is_empty()).then_some(FileFault { place: end..end, what });
        }
        if let Err(what) = gate.take(&event) {
            return Some(FileFault { place: from..reader.buffer_position() as usize, what });
        }
    }
}

fn ill_formed() -> String {
    "it is no well-formed XML".to_owned()
}

impl XmlGate {
    fn take(&mut self, event: &Event<'_>) -> Result<(), String> {
        match event {
            Event::Start(tag) => self.element(tag, true),
            Event::Empty(tag) => self.element(tag, false),
            Event::End(_) => self.close(),
            Event::Text(text) => self.text(|| text.xml10_content().into_owned()),
            Event::CData(text) => self.text(|| text.xml10_content().into_owned()),
            Event::GeneralRef(sign) => self.text(|| match sign.resolve_char_ref() {
                Ok(Some(sign)) => sign.to_string(),
                // The few that XML knows mean nothing in the places that styles load from.
                _ => String::new(),
            }),
            Event::Decl(declaration) => encoding(declaration),
            Event::PI(instruction) => {
                // Style sheets; and browsers take what only begins like the declaration for it.
                match instruction.target().to_ascii_lowercase().starts_with("xml") {
                    true => Err(format!("it holds <?{}", instruction.target())),
                    false => Ok(()),
                }
            }
            Event::DocType(kind) if kind.contains(['[', '<']) => {
                Err("it defines entities, by which anything can be said".to_owned())
            }
            Event::DocType(_) | Event::Comment(_) | Event::Eof => Ok(()),
        }
    }

    fn text(&mut self, text: impl FnOnce() -> String) -> Result<(), String> {
        if let Some(style) = &mut self.style {
            style.push_str(&text());
        }
        Ok(())
    }

    fn element(&mut self, tag: &BytesStart<'_>, stays_open: bool) -> Result<(), String> {
        if self.open.len() >= DEPTH {
            return Err("it is nested too deep".to_owned());
        }
        if self.style.is_some() {
            return Err("its style sheet holds an element".to_owned());
        }
        let mut attributes = Vec::new();
        let mut binds = Vec::new();
        // A browser stops at an attribute that is there twice; to look for such takes long.
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| ill_formed())?;
            match binding(&attribute) {
                Some(prefix) => {
                    let space = space(&attribute)?;
                    self.bound.entry(prefix.to_owned()).or_default().push(space);
                    binds.push(prefix.to_owned());
                }
                None => attributes.push(attribute),
            }
        }
        let (prefix, name) = parts(tag.name().0);
        if name.contains(['/', '"', '\'', '=', '<', '&']) {
            return Err(ill_formed());
        }
        let space = self.bound.get(prefix).and_then(|spaces| spaces.last().copied());
        let space = space.unwrap_or(XmlNamespace::Other);
        let holds_html = self.open.last().is_some_and(|open| open.holds_html);
        let is_known = match space {
            XmlNamespace::Svg => is_svg(name),
            XmlNamespace::Html => holds_html && is_html(name),
            XmlNamespace::Refused => false,
            XmlNamespace::Other => true,
        };
        if !is_known {
            let start: String = name.chars().take(SHOWN).collect();
            return Err(format!("it holds <{start}>"));
        }
        if matches!(space, XmlNamespace::Svg | XmlNamespace::Html) {
            attributes.iter().try_for_each(|one| attribute(space, name, one))?;
        }
        let is_foreign = space == XmlNamespace::Svg && name == "foreignObject";
        self.open.push(OpenXmlElement { binds, holds_html: holds_html || is_foreign });
        if !stays_open {
            return self.close();
        }
        self.style = (space == XmlNamespace::Svg && name == "style").then(String::new);
        Ok(())
    }

    fn close(&mut self) -> Result<(), String> {
        for prefix in self.open.pop().into_iter().flat_map(|open| open.binds) {
            if let Some(spaces) = self.bound.get_mut(&prefix) {
                spaces.pop();
            }
        }
        match self.style.take().as_deref().and_then(css::loads) {
            Some(by) => Err(format!("its style sheet loads a file by {by}")),
            None => Ok(()),
        }
    }
}

/// The prefix of a name, which may be empty, and the rest.
fn parts(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or(("", name))
}

/// The prefix that the attribute gives a meaning, if it does.
fn binding<'a>(attribute: &Attribute<'a>) -> Option<&'a str> {
    match attribute.key.0 {
        "xmlns" => Some(""),
        key => key.strip_prefix("xmlns:"),
    }
}

/// The namespace that the attribute names.
fn space(attribute: &Attribute<'_>) -> Result<XmlNamespace, String> {
    let name = value(attribute)?;
    Ok(match &*name {
        SVG => XmlNamespace::Svg,
        HTML => XmlNamespace::Html,
        name if REFUSED.contains(&name) => XmlNamespace::Refused,
        _ => XmlNamespace::Other,
    })
}

/// The value of an attribute, as a browser reads it.
fn value<'a>(attribute: &Attribute<'a>) -> Result<Cow<'a, str>, String> {
    attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| ill_formed())
}

/// Only encodings by which a browser sees the markup that we see.
fn encoding(declaration: &BytesDecl<'_>) -> Result<(), String> {
    match declaration.encoding() {
        None => Ok(()),
        Some(Ok(name)) if ENCODINGS.iter().any(|known| name.eq_ignore_ascii_case(known)) => Ok(()),
        Some(_) => Err("it says that it is not in UTF-8".to_owned()),
    }
}

/// Whether an attribute of an element called `element` does nothing but say how it looks.
fn attribute(space: XmlNamespace, element: &str, attribute: &Attribute<'_>) -> Result<(), String> {
    let (prefix, name) = parts(attribute.key.0);
    let small = name.to_ascii_lowercase();
    let is_said = small.starts_with("data-") || small.starts_with("aria-");
    match (prefix, small.as_str()) {
        (_, "href") => return address(element, &value(attribute)?),
        ("xml", "base") => return Err("it moves its addresses by xml:base".to_owned()),
        ("", name) if name.starts_with("on") => return Err(format!("it runs a script by {name}")),
        ("", "attributename") => {
            let changed = value(attribute)?.trim().to_ascii_lowercase();
            if parts(&changed).1 == "href" || changed.starts_with("on") {
                return Err(format!("it changes {changed} while it is shown"));
            }
        }
        // What drawing programs note for themselves.
        ("", "content" | "class" | "id") => return Ok(()),
        ("", _) if is_said => return Ok(()),
        ("", name) if space == XmlNamespace::Html && !HTML_ATTRIBUTES.contains(&name) => {
            return Err(format!("it holds \"{name}\" of <{element}>"));
        }
        ("", _) => {}
        _ => return Ok(()),
    }
    match css::loads(&value(attribute)?) {
        Some(by) => Err(format!("its {name} loads a file by {by}")),
        None => Ok(()),
    }
}

/// An address in a picture is that of a part of it or holds a picture whole; a link may lead to the web.
fn address(element: &str, address: &str) -> Result<(), String> {
    // Browsers pass over these at the beginning (URL, section 4.4).
    let address = address.trim_start_matches(|c: char| c <= ' ').to_ascii_lowercase();
    let inside = ["png", "jpeg", "jpg", "gif", "webp"].iter().any(|kind| {
        let rest = address.strip_prefix("data:image/").and_then(|rest| rest.strip_prefix(kind));
        rest.is_some_and(|rest| rest.starts_with([';', ',']))
    });
    let is_web =
        ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
    if address.is_empty() || address.starts_with('#') || inside || (element == "a" && is_web) {
        return Ok(());
    }
    let start: String = address.chars().take(SHOWN).collect();
    Err(format!("its <{element}> leads to {start:?}"))
}

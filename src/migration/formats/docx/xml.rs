//! XML as a tree, within limits. Declarations of types, with their entities, are refused.

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// The most elements of a part.
const MOST_ELEMENTS: usize = 600_000;

/// The greatest depth of elements in each other.
const DEEPEST: usize = 200;

/// An element.
#[derive(Debug)]
pub(super) struct XmlElement {
    /// The name with its prefix, such as `w:p`.
    pub(super) name: Box<str>,
    attributes: Box<[(Box<str>, Box<str>)]>,
    pub(super) nodes: Vec<XmlNode>,
}

/// An element or a text in an element.
#[derive(Debug)]
pub(super) enum XmlNode {
    Element(XmlElement),
    Text(Box<str>),
}

impl XmlElement {
    fn new(tag: &BytesStart<'_>) -> Result<Self, String> {
        let attribute = |attribute: Result<quick_xml::events::attributes::Attribute<'_>, _>| {
            let attribute = attribute.map_err(|_| "is not well-formed XML".to_owned())?;
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .map_err(|_| "is not well-formed XML".to_owned())?;
            Ok((attribute.key.as_ref().into(), value.as_ref().into()))
        };
        let attributes = tag.attributes().map(attribute).collect::<Result<_, String>>()?;
        Ok(Self { name: tag.name().as_ref().into(), attributes, nodes: Vec::new() })
    }

    /// Returns the name without its prefix.
    pub(super) fn local(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or_default()
    }

    /// Returns the value of an attribute, whose name is given without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let is_it = |(key, _): &&(Box<str>, Box<str>)| key.rsplit(':').next() == Some(name);
        self.attributes.iter().find(is_it).map(|(_, value)| value.as_ref())
    }

    /// Returns the elements in this one.
    pub(super) fn elements(&self) -> impl Iterator<Item = &XmlElement> {
        self.nodes.iter().filter_map(|node| match node {
            XmlNode::Element(element) => Some(element),
            XmlNode::Text(_) => None,
        })
    }

    /// Returns the first element in this one with this name, which is given without prefix.
    pub(super) fn child(&self, name: &str) -> Option<&XmlElement> {
        self.elements().find(|element| element.local() == name)
    }

    /// Returns the element at the end of a path of names.
    pub(super) fn at(&self, path: &[&str]) -> Option<&XmlElement> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// Returns the value of the attribute `val` of an element in this one.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }

    /// Returns whether an element in this one turns something on, as `<w:b/>` does.
    pub(super) fn is_on(&self, name: &str) -> bool {
        self.child(name).is_some_and(|element| {
            !matches!(element.attribute("val"), Some("0" | "false" | "off" | "none"))
        })
    }

    /// Calls `look` with each element below this one.
    pub(super) fn each(&self, look: &mut dyn FnMut(&XmlElement)) {
        for element in self.elements() {
            look(element);
            element.each(look);
        }
    }

    /// Returns all text in this element.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        for node in &self.nodes {
            match node {
                XmlNode::Element(element) => out.push_str(&element.text()),
                XmlNode::Text(text) => out.push_str(text),
            }
        }
        out
    }
}

/// Parses a text of XML. Returns its outermost element, or the reason why it is refused.
pub(super) fn parse(text: &str) -> Result<XmlElement, String> {
    let mut reader = Reader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    let mut open: Vec<XmlElement> = Vec::new();
    let mut count = 0;
    loop {
        let event = reader.read_event().map_err(|_| "is not well-formed XML".to_owned())?;
        let closed = match event {
            Event::Start(tag) => {
                count += 1;
                if count > MOST_ELEMENTS || open.len() >= DEEPEST {
                    return Err("is too large, or too deep".to_owned());
                }
                open.push(XmlElement::new(&tag)?);
                None
            }
            Event::Empty(tag) => {
                count += 1;
                Some(XmlElement::new(&tag)?)
            }
            Event::End(_) => open.pop(),
            Event::Text(text) => {
                add(&mut open, &text.xml10_content());
                None
            }
            Event::CData(text) => {
                add(&mut open, &text.xml10_content());
                None
            }
            Event::GeneralRef(sign) => {
                let resolved = sign.resolve_char_ref().ok().flatten();
                let text = match (resolved, sign.as_ref()) {
                    (Some(c), _) => c.to_string(),
                    (None, "lt") => "<".to_owned(),
                    (None, "gt") => ">".to_owned(),
                    (None, "amp") => "&".to_owned(),
                    (None, "quot") => "\"".to_owned(),
                    (None, "apos") => "'".to_owned(),
                    _ => return Err("holds an entity, which documents of Word never do".to_owned()),
                };
                add(&mut open, &text);
                None
            }
            Event::DocType(_) => {
                return Err("declares types, which documents of Word never do".to_owned());
            }
            Event::Eof => return Err("ends before all of it is closed".to_owned()),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => None,
        };
        if count > MOST_ELEMENTS {
            return Err("is too large, or too deep".to_owned());
        }
        if let Some(element) = closed {
            match open.last_mut() {
                Some(around) => around.nodes.push(XmlNode::Element(element)),
                None => return Ok(element),
            }
        }
    }
}

fn add(open: &mut [XmlElement], text: &str) {
    let Some(element) = open.last_mut() else { return };
    // A sign such as `&amp;` cuts a text into parts.
    if let Some(XmlNode::Text(before)) = element.nodes.last_mut() {
        *before = format!("{before}{text}").into();
    } else {
        element.nodes.push(XmlNode::Text(text.into()));
    }
}

/// Returns the name and the date of who changed something, in brackets.
pub(super) fn by(element: &XmlElement) -> String {
    let author = element.attribute("author").unwrap_or_default();
    let date = element.attribute("date").and_then(|date| date.get(..10)).unwrap_or_default();
    let parts: Vec<&str> = [author, date].into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

/// Returns the texts in an element, for what has no looks.
pub(super) fn texts(element: &XmlElement) -> String {
    let mut out = String::new();
    for node in &element.nodes {
        match node {
            XmlNode::Element(inner) => match inner.local() {
                "t" => out.push_str(&inner.text()),
                "p" => {
                    if !out.is_empty() {
                        out.push(' ');
                    }
                    out.push_str(&texts(inner));
                }
                "tab" | "br" => out.push(' '),
                _ => out.push_str(&texts(inner)),
            },
            XmlNode::Text(_) => {}
        }
    }
    out
}

//! Pages of HTML as trees, as far as texts need it: the tokens are those of the standard, and elements that end without a
//! tag end where their neighbours begin.

use html5gum::Token;
use html5gum::Tokenizer;
use html5gum::emitters::default::DefaultEmitter;

/// The greatest depth of elements in each other; deeper ones become neighbours.
const DEEPEST: usize = 200;

/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements that begin a block, and so end a paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "dl",
    "dt",
    "dd",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

/// Elements that end where another of the same begins, with those within which that is so.
const ENDING: &[(&[&str], &[&str])] = &[
    (&["li"], &["ul", "ol", "menu"]),
    (&["dt", "dd"], &["dl"]),
    (&["tr"], &["table"]),
    (&["td", "th"], &["tr", "table"]),
    (&["thead", "tbody", "tfoot"], &["table"]),
    (&["option"], &["select"]),
];

/// An element of a page.
#[derive(Debug, Default)]
pub(super) struct PageElement {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) nodes: Vec<PageNode>,
}

/// An element, or a text.
#[derive(Debug)]
pub(super) enum PageNode {
    Element(PageElement),
    Text(String),
}

impl PageElement {
    /// Returns the value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Returns the elements in this one.
    pub(super) fn elements(&self) -> impl Iterator<Item = &PageElement> {
        self.nodes.iter().filter_map(|node| match node {
            PageNode::Element(element) => Some(element),
            PageNode::Text(_) => None,
        })
    }

    /// Returns the first element in this one, at any depth, of which something is true.
    pub(super) fn find(&self, is_it: &dyn Fn(&PageElement) -> bool) -> Option<&PageElement> {
        self.elements().find_map(|element| match is_it(element) {
            true => Some(element),
            false => element.find(is_it),
        })
    }

    /// Returns all text in this element.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        for node in &self.nodes {
            match node {
                PageNode::Element(element) => out.push_str(&element.text()),
                PageNode::Text(text) => out.push_str(text),
            }
        }
        out
    }
}

/// Returns whether an element is a block.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Parses a page.
pub(super) fn parse(text: &str) -> PageElement {
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    let mut open = vec![PageElement::default()];
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                make_room(&mut open, &name);
                let attributes = tag.attributes.iter().map(|(key, value)| {
                    let value = String::from_utf8_lossy(value).into_owned();
                    (String::from_utf8_lossy(key).into_owned(), value)
                });
                let attributes = attributes.collect();
                let element = PageElement { name, attributes, nodes: Vec::new() };
                if VOID.contains(&element.name.as_str()) || tag.self_closing {
                    add(&mut open, PageNode::Element(element));
                } else {
                    if open.len() >= DEEPEST {
                        close(&mut open);
                    }
                    open.push(element);
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name);
                if let Some(at) =
                    open.iter().rposition(|element| element.name == name).filter(|at| *at > 0)
                {
                    while open.len() > at {
                        close(&mut open);
                    }
                }
            }
            Token::String(text) => {
                add(&mut open, PageNode::Text(String::from_utf8_lossy(&text).into_owned()));
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().unwrap_or_default()
}

/// Closes the elements that end where an element of this name begins.
fn make_room(open: &mut Vec<PageElement>, name: &str) {
    if is_block(name) && open.last().is_some_and(|element| element.name == "p") {
        close(open);
    }
    let Some((names, within)) = ENDING.iter().find(|(names, _)| names.contains(&name)) else {
        return;
    };
    let place = open.iter().rposition(|element| {
        names.contains(&element.name.as_str()) || within.contains(&element.name.as_str())
    });
    if let Some(at) = place
        && open.get(at).is_some_and(|element| names.contains(&element.name.as_str()))
    {
        while open.len() > at {
            close(open);
        }
    }
}

fn close(open: &mut Vec<PageElement>) {
    if open.len() > 1
        && let Some(element) = open.pop()
    {
        add(open, PageNode::Element(element));
    }
}

fn add(open: &mut [PageElement], node: PageNode) {
    if let Some(element) = open.last_mut() {
        element.nodes.push(node);
    }
}

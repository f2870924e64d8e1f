//! The styles of a document, which say what its paragraphs are, and the numbers of its lists.

use std::collections::BTreeMap;

use super::xml::XmlElement;

/// The greatest number of styles that are based on each other.
const DEEPEST: usize = 16;

/// A style of paragraphs or of characters.
#[derive(Debug, Default)]
struct DocumentStyle {
    /// The name in small letters, as Word has it in every language.
    name: String,
    based_on: Option<String>,
    level: Option<usize>,
    list: Option<(String, usize)>,
    is_bold: Option<bool>,
    is_italic: Option<bool>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct DocumentStyles {
    styles: BTreeMap<String, DocumentStyle>,
    /// The forms of the levels of each list: true for numbers.
    lists: BTreeMap<String, BTreeMap<usize, ListLevel>>,
}

/// The form of a level of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct ListLevel {
    pub(super) is_numbered: bool,
    /// True if nothing stands before the text: it continues the entry above.
    pub(super) is_blank: bool,
    pub(super) start: usize,
}

/// The role of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ParagraphRole {
    Title,
    /// A heading of this level, from one.
    Heading(usize),
    Quote,
    Code,
    /// An entry of the list of contents that Word makes.
    Contents,
    Text,
}

impl DocumentStyles {
    pub(super) fn read(styles: Option<&XmlElement>, numbering: Option<&XmlElement>) -> Self {
        let mut read = Self::default();
        let elements = styles.into_iter().flat_map(XmlElement::elements);
        for element in elements.filter(|element| element.local() == "style") {
            let Some(id) = element.attribute("styleId") else { continue };
            let format = element.child("rPr");
            let is_on =
                |name: &str| format.filter(|f| f.child(name).is_some()).map(|f| f.is_on(name));
            let style = DocumentStyle {
                name: element.value("name").unwrap_or_default().to_lowercase(),
                based_on: element.value("basedOn").map(str::to_owned),
                level: element.child("pPr").and_then(outline),
                list: element.child("pPr").and_then(list),
                is_bold: is_on("b"),
                is_italic: is_on("i"),
            };
            read.styles.insert(id.to_owned(), style);
        }
        read.number(numbering);
        read
    }

    fn number(&mut self, numbering: Option<&XmlElement>) {
        let Some(numbering) = numbering else { return };
        let mut forms: BTreeMap<&str, BTreeMap<usize, ListLevel>> = BTreeMap::new();
        for form in numbering.elements().filter(|element| element.local() == "abstractNum") {
            let levels =
                form.elements().filter(|element| element.local() == "lvl").filter_map(level);
            forms.insert(form.attribute("abstractNumId").unwrap_or_default(), levels.collect());
        }
        for list in numbering.elements().filter(|element| element.local() == "num") {
            let form = list.value("abstractNumId").unwrap_or_default();
            let mut levels = forms.get(form).cloned().unwrap_or_default();
            for changed in list.elements().filter(|element| element.local() == "lvlOverride") {
                levels.extend(changed.child("lvl").and_then(level));
            }
            self.lists.insert(list.attribute("numId").unwrap_or_default().to_owned(), levels);
        }
    }

    /// Returns the first thing that a style or one that it is based on says.
    fn inherited<T>(&self, id: &str, says: impl Fn(&DocumentStyle) -> Option<T>) -> Option<T> {
        let mut id = id;
        for _ in 0..DEEPEST {
            let style = self.styles.get(id)?;
            if let Some(said) = says(style) {
                return Some(said);
            }
            id = style.based_on.as_deref()?;
        }
        None
    }

    /// Returns the role of a paragraph by its settings.
    pub(super) fn role(&self, settings: Option<&XmlElement>) -> ParagraphRole {
        let style = settings.and_then(|settings| settings.value("pStyle")).unwrap_or_default();
        let by_name = self.inherited(style, |style| {
            let name = style.name.as_str();
            let level = name.strip_prefix("heading ").and_then(|level| level.parse::<usize>().ok());
            match name {
                "title" => Some(ParagraphRole::Title),
                "quote" | "intense quote" | "block text" => Some(ParagraphRole::Quote),
                "source code" | "html preformatted" | "plain text" => Some(ParagraphRole::Code),
                name if name.starts_with("toc ") => Some(ParagraphRole::Contents),
                _ => level.map(ParagraphRole::Heading),
            }
        });
        let own = settings.and_then(outline).map(ParagraphRole::Heading);
        let by_level = || self.inherited(style, |style| style.level).map(ParagraphRole::Heading);
        own.or(by_name).or_else(by_level).unwrap_or(ParagraphRole::Text)
    }

    /// Returns the list and the level of a paragraph, if it is in a list.
    pub(super) fn list_of(&self, settings: Option<&XmlElement>) -> Option<(String, usize)> {
        let settings = settings?;
        if settings.child("numPr").is_some() {
            return list(settings).filter(|(id, _)| id != "0");
        }
        let style = settings.value("pStyle")?;
        self.inherited(style, |style| style.list.clone()).filter(|(id, _)| id != "0")
    }

    /// Returns the form of a level of a list.
    pub(super) fn level(&self, list: &str, level: usize) -> ListLevel {
        let found = self.lists.get(list).and_then(|levels| levels.get(&level));
        found.copied().unwrap_or(ListLevel { is_numbered: false, is_blank: false, start: 1 })
    }

    /// Returns whether the characters of a style are bold, and whether they are italic.
    pub(super) fn character(&self, style: &str) -> (bool, bool) {
        let is_bold = self.inherited(style, |style| style.is_bold);
        let is_italic = self.inherited(style, |style| style.is_italic);
        (is_bold.unwrap_or(false), is_italic.unwrap_or(false))
    }

    /// Returns whether the characters of a style are code.
    pub(super) fn is_code(&self, style: &str) -> bool {
        let name = |style: &DocumentStyle| {
            let is_code =
                matches!(style.name.as_str(), "verbatim char" | "html code" | "source code char");
            is_code.then_some(())
        };
        self.inherited(style, name).is_some()
    }
}

fn outline(settings: &XmlElement) -> Option<usize> {
    let level = settings.value("outlineLvl")?.parse::<usize>().ok()?;
    (level < 9).then_some(level + 1)
}

fn list(settings: &XmlElement) -> Option<(String, usize)> {
    let numbering = settings.child("numPr")?;
    let level = numbering.value("ilvl").and_then(|level| level.parse::<usize>().ok());
    Some((numbering.value("numId")?.to_owned(), level.unwrap_or(0).min(8)))
}

fn level(element: &XmlElement) -> Option<(usize, ListLevel)> {
    let at = element.attribute("ilvl")?.parse::<usize>().ok()?;
    let is_numbered = !matches!(element.value("numFmt"), Some("bullet" | "none") | None);
    let start = element.value("start").and_then(|start| start.parse().ok()).unwrap_or(1);
    let is_blank = element.value("lvlText").is_some_and(|text| text.trim().is_empty());
    Some((at, ListLevel { is_numbered, is_blank, start }))
}

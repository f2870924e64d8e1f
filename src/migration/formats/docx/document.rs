//! A document with all that its text refers to: links, pictures, notes and comments.

use std::collections::BTreeMap;

use super::package::{Package, Relationship};
use super::styles::DocumentStyles;
use super::xml::{XmlElement, by, texts};
use crate::migration::foreign::ForeignAsset;

/// The part that holds the text, if the document does not say otherwise.
const MAIN: &str = "word/document.xml";

/// A document as it is read.
pub(super) struct DocumentReader<'d> {
    package: Package<'d>,
    pub(super) styles: DocumentStyles,
    relationships: BTreeMap<String, Relationship>,
    /// The comments of reviewers by their ids, in the words of a note.
    pub(super) comments: BTreeMap<String, String>,
    pub(super) notes: BTreeMap<(bool, String), XmlElement>,
    /// The notes that the text refers to, in its order.
    pub(super) asked: Vec<(bool, String)>,
    /// The headings that bookmarks name.
    pub(super) bookmarks: BTreeMap<String, String>,
    /// The pictures, by their addresses.
    pub(super) pictures: BTreeMap<String, ForeignAsset>,
    /// The file, for remarks and names of pictures.
    file: String,
    /// The folder for pictures, in the address of the note.
    folder: String,
    pub(super) remarks: Vec<String>,
}

impl<'d> DocumentReader<'d> {
    /// Opens a document.
    pub(super) fn open(
        bytes: &'d [u8],
        file: &str,
        folder: &str,
    ) -> Result<(Self, XmlElement), String> {
        let mut package = Package::open(bytes)?;
        let main =
            package.relationships("")?.into_iter().find(|link| link.kind == "officeDocument");
        let main = main.map_or_else(|| MAIN.to_owned(), |link| link.target);
        let Some(document) = package.xml(&main)? else {
            return Err("it is no document of Word".to_owned());
        };
        let relationships = package.relationships(&main)?;
        let mut part = |kind: &str| -> Result<Option<XmlElement>, String> {
            match relationships.iter().find(|link| link.kind == kind && !link.is_external) {
                Some(link) => package.xml(&link.target),
                None => Ok(None),
            }
        };
        let (styles, numbering) = (part("styles")?, part("numbering")?);
        let styles = DocumentStyles::read(styles.as_ref(), numbering.as_ref());
        let comments = part("comments")?.map_or_else(BTreeMap::new, comments);
        let mut notes = BTreeMap::new();
        for (kind, is_end) in [("footnotes", false), ("endnotes", true)] {
            let Some(part) = part(kind)? else { continue };
            for node in part.nodes {
                if let super::xml::XmlNode::Element(note) = node
                    && let Some(id) = note.attribute("id")
                {
                    notes.insert((is_end, id.to_owned()), note);
                }
            }
        }
        let mut remarks = Vec::new();
        for link in relationships.iter().filter(|l| matches!(l.kind.as_str(), "header" | "footer"))
        {
            let text = package.xml(&link.target)?.as_ref().map(texts).unwrap_or_default();
            if !text.trim().is_empty() {
                remarks.push(format!("dropped the {} of the pages: {}", link.kind, text.trim()));
            }
        }
        let relationships = relationships.into_iter().map(|link| (link.id.clone(), link)).collect();
        let reader = Self {
            package,
            styles,
            relationships,
            comments,
            notes,
            asked: Vec::new(),
            bookmarks: BTreeMap::new(),
            pictures: BTreeMap::new(),
            file: file.to_owned(),
            folder: folder.to_owned(),
            remarks,
        };
        Ok((reader, document))
    }

    /// Returns the text of an element of the properties of the document, such as `title`.
    pub(super) fn property(&mut self, name: &str) -> Option<String> {
        let properties = self.package.xml("docProps/core.xml").ok().flatten()?;
        let text = properties.child(name)?.text().trim().to_owned();
        Some(text).filter(|text| !text.is_empty())
    }

    pub(super) fn remark(&mut self, text: String) {
        self.remarks.push(text);
    }

    /// Returns the address that a link leads to; none if it has none that is known.
    pub(super) fn link(&mut self, element: &XmlElement) -> Option<String> {
        if let Some(id) = element.attribute("id") {
            let link = self.relationships.get(id).filter(|link| link.is_external);
            return link.map(|link| link.target.clone());
        }
        let anchor = element.attribute("anchor")?;
        let heading =
            self.bookmarks.get(anchor).map(|heading| crate::slug::slug_of_github(heading));
        if heading.is_none() && !anchor.starts_with("_Toc") {
            self.remark(format!("dropped a link to the bookmark {anchor}"));
        }
        heading.map(|heading| format!("#{heading}"))
    }

    /// Takes a picture along, and returns its address from the note.
    pub(super) fn picture(&mut self, id: &str) -> Option<String> {
        let link = self.relationships.get(id)?;
        let target = link.target.clone();
        if link.is_external {
            self.remark(format!("dropped a picture that is not in the document: {target}"));
            return None;
        }
        let name = target.rsplit('/').next().unwrap_or_default().to_owned();
        let bytes = match self.package.part(&target) {
            Ok(Some(bytes)) => bytes,
            _ => {
                self.remark(format!("dropped a picture that can't be read: {name}"));
                return None;
            }
        };
        let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        if matches!(ending.as_str(), "emf" | "wmf" | "tif" | "tiff") {
            self.remark(format!("took along a picture that browsers don't show: {name}"));
        }
        let address = format!("{}/{name}", self.folder);
        let file = format!("{}#{target}", self.file);
        self.pictures.insert(address.clone(), ForeignAsset { file, is_static: false, bytes });
        Some(format!("/{address}").replace(' ', "%20"))
    }

    /// Returns the name of a footnote or endnote in the text.
    pub(super) fn footnote(&mut self, id: &str, is_end: bool) -> String {
        let key = (is_end, id.to_owned());
        let at = self.asked.iter().position(|asked| *asked == key).unwrap_or_else(|| {
            self.asked.push(key);
            self.asked.len() - 1
        });
        (at + 1).to_string()
    }
}

fn comments(part: XmlElement) -> BTreeMap<String, String> {
    let comment = |element: &XmlElement| {
        let text = texts(element);
        let who = by(element);
        let who = who.trim().trim_matches(['(', ')']);
        let text = if who.is_empty() { text } else { format!("{who}: {text}") };
        Some((element.attribute("id")?.to_owned(), text))
    };
    part.elements().filter_map(comment).collect()
}

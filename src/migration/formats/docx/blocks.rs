//! The text of a document: its paragraphs, lists, tables and notes.

use std::collections::BTreeMap;

use super::document::DocumentReader;
use super::runs::RunReader;
use super::styles::ParagraphRole;
use super::xml::{XmlElement, texts};
use crate::migration::passages::markdown_table;

/// The deepest level of a list of Word, from 0.
const DEEPEST_LIST: usize = 8;

/// A reader of blocks.
pub(super) struct BlockReader<'a, 'd> {
    document: &'a mut DocumentReader<'d>,
    /// The next number of each level of each list.
    numbers: BTreeMap<(String, usize), usize>,
}

/// A block of a document, in Markdown.
#[derive(Debug)]
pub(super) struct DocumentBlock {
    pub(super) role: ParagraphRole,
    pub(super) text: String,
    /// The text without looks.
    pub(super) plain: String,
    /// Parts of it that are no plain text: comments, notes and pictures.
    extras: Vec<String>,
    /// Its place in a list; none outside of lists.
    item: Option<EntryPlace>,
}

/// An entry of a list.
#[derive(Debug)]
struct EntryPlace {
    level: usize,
    marker: String,
}

impl<'a, 'd> BlockReader<'a, 'd> {
    pub(super) fn new(document: &'a mut DocumentReader<'d>) -> Self {
        Self { document, numbers: BTreeMap::new() }
    }

    /// Finds the headings that bookmarks name.
    pub(super) fn find_bookmarks(&mut self, body: &XmlElement) {
        for paragraph in body.elements().filter(|element| element.local() == "p") {
            if let ParagraphRole::Heading(_) = self.document.styles.role(paragraph.child("pPr")) {
                let text = texts(paragraph);
                for mark in paragraph.elements().filter(|e| e.local() == "bookmarkStart") {
                    let name = mark.attribute("name").unwrap_or_default().to_owned();
                    self.document.bookmarks.insert(name, text.trim().to_owned());
                }
            }
        }
    }

    /// Reads the blocks of the body, of a cell or of a note.
    pub(super) fn blocks(&mut self, around: &XmlElement, out: &mut Vec<DocumentBlock>) {
        for element in around.elements() {
            match element.local() {
                "p" => self.paragraph(element, out),
                "tbl" => self.table(element, out),
                "sdt" => element.child("sdtContent").into_iter().for_each(|c| self.blocks(c, out)),
                "ins" | "moveTo" | "customXml" | "smartTag" => self.blocks(element, out),
                "altChunk" => self.document.remark("dropped a part in another format".to_owned()),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, paragraph: &XmlElement, out: &mut Vec<DocumentBlock>) {
        let settings = paragraph.child("pPr");
        let role = self.document.styles.role(settings);
        if role == ParagraphRole::Contents {
            let text = texts(paragraph);
            if !text.trim().is_empty() {
                self.document
                    .remark(format!("dropped an entry of the list of contents: {}", text.trim()));
            }
            return;
        }
        let list = self
            .document
            .styles
            .list_of(settings)
            .filter(|_| !matches!(role, ParagraphRole::Heading(_)));
        let mut text = RunReader::new(self.document).read(paragraph);
        let boxes = std::mem::take(&mut text.boxes);
        if !text.is_empty() {
            let item = list.map(|(list, level)| self.item(&list, level));
            out.push(DocumentBlock {
                text: if role == ParagraphRole::Code { text.plain() } else { text.markdown() },
                plain: text.plain(),
                extras: text.extras(),
                role: role.clone(),
                item,
            });
            // Code holds no comments, so they stand below it.
            if role == ParagraphRole::Code {
                out.extend(text.extras().into_iter().map(DocumentBlock::text));
            }
        }
        out.extend(boxes.into_iter().map(DocumentBlock::text));
    }

    fn item(&mut self, list: &str, level: usize) -> EntryPlace {
        let form = self.document.styles.level(list, level);
        if form.is_blank {
            return EntryPlace { level, marker: String::new() };
        }
        // An entry of a higher level begins those below it anew.
        for below in level + 1..=DEEPEST_LIST {
            self.numbers.remove(&(list.to_owned(), below));
        }
        let number = self.numbers.entry((list.to_owned(), level)).or_insert(form.start);
        let marker = if form.is_numbered { format!("{number}.") } else { "-".to_owned() };
        *number += 1;
        EntryPlace { level, marker }
    }

    fn table(&mut self, table: &XmlElement, out: &mut Vec<DocumentBlock>) {
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut is_merged = false;
        for row in table.elements().filter(|element| element.local() == "tr") {
            if row.at(&["trPr", "del"]).is_some() {
                let text = texts(row);
                self.document.remark(format!("dropped a deleted row: {text}"));
                continue;
            }
            let mut cells = Vec::new();
            self.cells(row, &mut cells, &mut is_merged);
            rows.push(cells);
        }
        if is_merged {
            self.document
                .remark("divided merged cells of a table: the text is in the first".to_owned());
        }
        // A table of one cell is a box around a text.
        if let [row] = rows.as_slice()
            && let [cell] = row.as_slice()
        {
            let text = cell.replace("<br>", "\n\n").replace("\\|", "|");
            out.push(DocumentBlock { role: ParagraphRole::Quote, ..DocumentBlock::text(text) });
            return;
        }
        out.extend(markdown_table(rows).map(DocumentBlock::text));
    }

    fn cells(&mut self, row: &XmlElement, cells: &mut Vec<String>, is_merged: &mut bool) {
        for cell in row.elements() {
            match cell.local() {
                "tc" => {}
                "sdt" => {
                    cell.child("sdtContent")
                        .into_iter()
                        .for_each(|c| self.cells(c, cells, is_merged));
                    continue;
                }
                _ => continue,
            }
            let settings = cell.child("tcPr");
            let span = settings.and_then(|settings| settings.value("gridSpan"));
            let span = span.and_then(|span| span.parse::<usize>().ok()).unwrap_or(1).clamp(1, 64);
            let is_below = settings.and_then(|settings| settings.child("vMerge")).is_some();
            *is_merged |= span > 1 || is_below;
            let mut blocks = Vec::new();
            self.blocks(cell, &mut blocks);
            let texts = blocks.iter().map(|block| {
                let marker =
                    block.item.as_ref().map_or(String::new(), |item| format!("{} ", item.marker));
                format!("{marker}{}", block.text)
                    .replace("\\\n", "<br>")
                    .replace('\n', " ")
                    .replace('|', "\\|")
            });
            cells.push(texts.collect::<Vec<_>>().join("<br>"));
            cells.extend((1..span).map(|_| String::new()));
        }
    }

    /// Returns the notes that the text refers to.
    pub(super) fn footnotes(&mut self) -> String {
        let mut out = String::new();
        let mut at = 0;
        // A note may refer to another.
        while let Some(key) = self.document.asked.get(at).cloned() {
            at += 1;
            let mut blocks = Vec::new();
            if let Some(note) = self.document.notes.remove(&key) {
                self.blocks(&note, &mut blocks);
            }
            let text = joined(&blocks, 0);
            let text = text.trim().replace('\n', "\n    ").replace("\n    \n", "\n\n");
            out.push_str(&format!("\n[^{at}]: {text}\n"));
        }
        out
    }
}

impl DocumentBlock {
    /// Takes a block out that is shown as the title; what of it is no plain text stays.
    pub(super) fn taken(blocks: &mut Vec<Self>, at: usize) -> String {
        let block = blocks.remove(at);
        if !block.extras.is_empty() {
            blocks.insert(at, Self::text(block.extras.join(" ")));
        }
        block.plain
    }

    fn text(text: String) -> Self {
        Self {
            role: ParagraphRole::Text,
            plain: text.clone(),
            text,
            extras: Vec::new(),
            item: None,
        }
    }
}

/// Returns blocks as one text of Markdown. Headings are moved down by so many levels.
pub(super) fn joined(blocks: &[DocumentBlock], lower: usize) -> String {
    let mut out = String::new();
    // The widths of the markers of the open levels of a list.
    let mut widths: Vec<usize> = Vec::new();
    let mut before: Option<&DocumentBlock> = None;
    for block in blocks {
        let is_same = before.is_some_and(|before| before.role == block.role);
        if let Some(item) = &block.item {
            let is_list = before.is_some_and(|before| before.item.is_some());
            if item.marker.is_empty() && is_list {
                let indent = widths.iter().take(item.level + 1).sum::<usize>();
                let text = block.text.replace('\n', &format!("\n{}", " ".repeat(indent)));
                out.push_str(&format!("\n\n{}{text}\n", " ".repeat(indent)));
                before = Some(block);
                continue;
            }
            widths.truncate(if is_list { item.level } else { 0 });
            let indent = widths.iter().sum::<usize>();
            // A level that was left out has the width of a marker all the same.
            while widths.len() < item.level {
                widths.push(0);
            }
            let marker = if item.marker.is_empty() { "-" } else { item.marker.as_str() };
            widths.push(marker.len() + 1);
            out.push_str(if is_list { "\n" } else { "\n\n" });
            let below = format!("\n{}", " ".repeat(indent + marker.len() + 1));
            let text = block.text.replace('\n', &below);
            out.push_str(&format!("{}{marker} {text}", " ".repeat(indent)));
        } else {
            match &block.role {
                ParagraphRole::Heading(level) => {
                    let level = (level + lower).min(6);
                    out.push_str(&format!(
                        "\n\n{} {}",
                        "#".repeat(level),
                        block.text.replace("\\\n", " ")
                    ));
                }
                ParagraphRole::Quote => {
                    out.push_str(if is_same { "\n>\n> " } else { "\n\n> " });
                    out.push_str(&block.text.replace('\n', "\n> "));
                }
                ParagraphRole::Code => {
                    // Paragraphs of code are lines of one block.
                    if is_same && out.ends_with("\n```") {
                        out.truncate(out.len() - "```".len());
                        out.push_str(&format!("{}\n```", block.text));
                    } else {
                        out.push_str(&format!("\n\n```\n{}\n```", block.text));
                    }
                }
                _ => out.push_str(&format!("\n\n{}", block.text)),
            }
        }
        before = Some(block);
    }
    out.trim_start_matches('\n').to_owned() + "\n"
}

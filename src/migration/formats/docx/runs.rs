//! The text within a paragraph: its looks, links, notes, pictures, and what reviewers did to it.

use super::document::DocumentReader;
use super::xml::{XmlElement, by};
use crate::migration::passages::{at_line_start, comment, escaped};

/// The looks of a piece of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TextLook {
    is_bold: bool,
    is_italic: bool,
    is_struck: bool,
    is_code: bool,
    is_raised: bool,
    is_lowered: bool,
    /// The address that it links to.
    link: Option<String>,
}

/// A piece of text.
#[derive(Clone, Debug)]
struct TextPiece {
    look: TextLook,
    text: String,
    /// True for what is Markdown already, such as a picture.
    is_markup: bool,
}

/// The text of a paragraph as it is read.
#[derive(Debug, Default)]
pub(super) struct ParagraphText {
    pieces: Vec<TextPiece>,
    /// Texts of boxes that hang at the paragraph.
    pub(super) boxes: Vec<String>,
}

/// A field of Word that is open: its command, and whether its result has begun.
#[derive(Debug, Default)]
struct OpenField {
    command: String,
    is_result: bool,
}

/// A reader of the pieces of one paragraph.
pub(super) struct RunReader<'a, 'd> {
    document: &'a mut DocumentReader<'d>,
    out: ParagraphText,
    fields: Vec<OpenField>,
}

impl<'a, 'd> RunReader<'a, 'd> {
    pub(super) fn new(document: &'a mut DocumentReader<'d>) -> Self {
        Self { document, out: ParagraphText::default(), fields: Vec::new() }
    }

    /// Reads the text of a paragraph.
    pub(super) fn read(mut self, paragraph: &XmlElement) -> ParagraphText {
        self.inside(paragraph, None);
        self.out
    }

    fn inside(&mut self, around: &XmlElement, link: Option<&str>) {
        for element in around.elements() {
            match element.local() {
                "r" if element.name.starts_with("m:") => {}
                "r" => self.run(element, link),
                "ins" | "moveTo" | "smartTag" | "sdtContent" | "bdo" | "dir" | "customXml" => {
                    self.inside(element, link);
                }
                "sdt" => element.child("sdtContent").into_iter().for_each(|c| self.inside(c, link)),
                "fldSimple" => {
                    let address = element.attribute("instr").and_then(address_of_field);
                    self.inside(element, address.as_deref().or(link));
                }
                "hyperlink" => {
                    let target = self.document.link(element);
                    self.inside(element, target.as_deref().or(link));
                }
                "del" | "moveFrom" => self.deleted(element),
                "oMath" | "oMathPara" => {
                    let text = element.text();
                    self.document.remark(format!("kept as plain text: the formula {text}"));
                    self.push(TextLook { is_code: true, ..TextLook::default() }, &text);
                }
                "commentReference" => self.comment(element),
                _ => {}
            }
        }
    }

    /// Puts what was deleted into a comment.
    fn deleted(&mut self, element: &XmlElement) {
        let mut text = String::new();
        element.each(&mut |inner| {
            if matches!(inner.local(), "delText" | "t") {
                text.push_str(&inner.text());
            }
        });
        let what = if element.local() == "del" { "deleted" } else { "moved from here" };
        if !text.trim().is_empty() {
            let note = format!("{what}: {}{}", text.trim(), by(element));
            self.document.remark(format!("put into a comment: {note}"));
            self.markup(comment(&note));
        }
    }

    fn comment(&mut self, element: &XmlElement) {
        let id = element.attribute("id").unwrap_or_default();
        if let Some(note) = self.document.comments.get(id).cloned() {
            self.document.remark(format!("put into a comment: {note}"));
            self.markup(comment(&note));
        }
    }

    fn run(&mut self, run: &XmlElement, link: Option<&str>) {
        let settings = run.child("rPr");
        if settings.is_some_and(|settings| settings.is_on("vanish")) {
            let text = run.text();
            if !text.trim().is_empty() {
                self.document.remark(format!("dropped hidden text: {text}"));
            }
            return;
        }
        let mut look = self.look(settings);
        let field_link =
            self.fields.iter().rev().find_map(|field| address_of_field(&field.command));
        look.link = link.map(str::to_owned).or(field_link);
        for element in run.elements() {
            match element.local() {
                "fldChar" => match element.attribute("fldCharType") {
                    Some("begin") => self.fields.push(OpenField::default()),
                    Some("separate") => {
                        self.fields.last_mut().into_iter().for_each(|field| field.is_result = true);
                    }
                    _ => self.end_field(),
                },
                "instrText" => {
                    let text = element.text();
                    self.fields.last_mut().into_iter().for_each(|field| field.command += &text);
                }
                _ if self.fields.iter().any(|field| !field.is_result) => {}
                "t" => self.push(look.clone(), &element.text()),
                "tab" => self.push(look.clone(), " "),
                "br" | "cr"
                    if element.attribute("type").is_none_or(|kind| kind == "textWrapping") =>
                {
                    self.push(look.clone(), "\n");
                }
                "noBreakHyphen" => self.push(look.clone(), "\u{2011}"),
                "sym" => self.symbol(&look, element),
                "footnoteReference" | "endnoteReference" => {
                    let is_end = element.local() == "endnoteReference";
                    let id = element.attribute("id").unwrap_or_default();
                    let name = self.document.footnote(id, is_end);
                    self.markup(format!("[^{name}]"));
                }
                "drawing" | "pict" | "object" => self.drawing(element),
                "AlternateContent" => {
                    let choice = element.child("Choice").or(element.child("Fallback"));
                    choice.into_iter().for_each(|choice| self.drawing(choice));
                }
                "commentReference" => self.comment(element),
                _ => {}
            }
        }
    }

    fn end_field(&mut self) {
        let Some(field) = self.fields.pop() else { return };
        let name = field.command.split_whitespace().next().unwrap_or_default().to_owned();
        if !matches!(name.as_str(), "" | "HYPERLINK" | "TOC" | "PAGEREF") {
            self.document.remark(format!("kept the last text of the field {name}"));
        }
    }

    fn symbol(&mut self, look: &TextLook, element: &XmlElement) {
        let code = element.attribute("char").and_then(|code| u32::from_str_radix(code, 16).ok());
        // Fonts of symbols have theirs in the private range.
        let c = code.and_then(char::from_u32).filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c));
        match c {
            Some(c) => self.push(look.clone(), &c.to_string()),
            None => self.document.remark("dropped a sign of a font of symbols".to_owned()),
        }
    }

    /// Reads a picture, or the text of a box.
    fn drawing(&mut self, drawing: &XmlElement) {
        let (mut words, mut pictures, mut boxes) = (String::new(), Vec::new(), Vec::new());
        drawing.each(&mut |element| match element.local() {
            "docPr" => {
                let described = element.attribute("descr").filter(|text| !text.trim().is_empty());
                words = described.or(element.attribute("title")).unwrap_or_default().to_owned();
            }
            "blip" => pictures.extend(element.attribute("embed").map(str::to_owned)),
            "imagedata" => {
                pictures.extend(element.attribute("id").map(str::to_owned));
                if words.is_empty() {
                    words = element.attribute("title").unwrap_or_default().to_owned();
                }
            }
            "txbxContent" => boxes.push(element.text()),
            _ => {}
        });
        for id in pictures {
            if let Some(address) = self.document.picture(&id) {
                let words = escaped(&words.split_whitespace().collect::<Vec<_>>().join(" "));
                self.markup(format!("![{words}]({address})"));
            }
        }
        for text in boxes.into_iter().filter(|text| !text.trim().is_empty()) {
            self.document.remark("put the text of a box below its paragraph".to_owned());
            self.out.boxes.push(escaped(text.trim()));
        }
    }

    fn look(&self, settings: Option<&XmlElement>) -> TextLook {
        let Some(settings) = settings else { return TextLook::default() };
        let style = settings.value("rStyle").unwrap_or_default();
        let (bold, italic) = self.document.styles.character(style);
        let is_on = |name: &str, of_style: bool| match settings.child(name) {
            Some(_) => settings.is_on(name),
            None => of_style,
        };
        let place = settings.value("vertAlign");
        TextLook {
            is_bold: is_on("b", bold),
            is_italic: is_on("i", italic),
            is_struck: settings.is_on("strike") || settings.is_on("dstrike"),
            is_code: self.document.styles.is_code(style),
            is_raised: place == Some("superscript"),
            is_lowered: place == Some("subscript"),
            link: None,
        }
    }

    fn push(&mut self, look: TextLook, text: &str) {
        match self.out.pieces.last_mut() {
            Some(last) if last.look == look && !last.is_markup => last.text.push_str(text),
            _ => self.out.pieces.push(TextPiece { look, text: text.to_owned(), is_markup: false }),
        }
    }

    fn markup(&mut self, text: String) {
        self.out.pieces.push(TextPiece { look: TextLook::default(), text, is_markup: true });
    }
}

/// Returns the address in the command of a field, such as `HYPERLINK "https://example.org"`.
fn address_of_field(command: &str) -> Option<String> {
    let rest = command.trim().strip_prefix("HYPERLINK")?.trim_start();
    let address = rest.strip_prefix('"')?.split('"').next()?;
    address.contains(':').then(|| address.to_owned())
}

impl ParagraphText {
    /// Returns whether nothing is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| piece.text.trim().is_empty())
    }

    /// Returns the text without its looks.
    pub(super) fn plain(&self) -> String {
        let texts = self.pieces.iter().filter(|piece| !piece.is_markup);
        texts.map(|piece| piece.text.as_str()).collect::<String>().trim().to_owned()
    }

    /// Returns what is no plain text: comments, notes and pictures.
    pub(super) fn extras(&self) -> Vec<String> {
        let markup = self.pieces.iter().filter(|piece| piece.is_markup);
        markup.map(|piece| piece.text.clone()).collect()
    }

    /// Returns the text as Markdown.
    pub(super) fn markdown(&self) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            if piece.is_markup {
                out.push_str(&piece.text);
                continue;
            }
            let inner = piece.text.trim_matches([' ', '\n']);
            let start = piece.text.len() - piece.text.trim_start_matches([' ', '\n']).len();
            out.push_str(&breaks(&piece.text[..start.min(piece.text.len())]));
            if !inner.is_empty() {
                out.push_str(&piece.look.around(inner));
                out.push_str(&breaks(&piece.text[start + inner.len()..]));
            }
        }
        let out = out.trim().trim_end_matches('\\').trim_end().to_owned();
        at_line_start(&out)
    }
}

impl TextLook {
    /// Returns a text with the signs of its looks around it.
    fn around(&self, text: &str) -> String {
        let mut out = match self.is_code {
            true => code(text),
            false => breaks(&escaped(text)),
        };
        let sides = [
            (self.is_struck, "~~", "~~"),
            (self.is_raised, "<sup>", "</sup>"),
            (self.is_lowered, "<sub>", "</sub>"),
            (self.is_italic, "*", "*"),
            (self.is_bold, "**", "**"),
        ];
        for (_, before, after) in sides.into_iter().filter(|(is_on, ..)| *is_on) {
            out = format!("{before}{out}{after}");
        }
        match &self.link {
            Some(address) if address.contains([' ', '(', ')']) => format!("[{out}](<{address}>)"),
            Some(address) => format!("[{out}]({address})"),
            None => out,
        }
    }
}

fn code(text: &str) -> String {
    let fence = if text.contains('`') { "``" } else { "`" };
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{}{space}{fence}", text.replace('\n', " "))
}

fn breaks(text: &str) -> String {
    text.replace('\n', "\\\n")
}

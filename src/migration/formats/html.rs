//! Folders of pages in HTML.

mod tree;
mod walk;

use tree::{PageElement, parse};
use walk::{PageWriter, collapsed};

use super::markdown::{language_of_name, placed};
use crate::config::title_of_file;
use crate::migration::dates::date;
use crate::migration::foreign::{ForeignBook, ForeignNote};
use crate::migration::{Collection, CollectionFormat, ImportRequest};

pub(super) const FORMAT: CollectionFormat =
    CollectionFormat { name: "html", about: "pages in HTML", read };

/// The characters of the bytes from 0x80 to 0x9f in windows-1252.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn read(collection: &Collection, _: &ImportRequest) -> Result<ForeignBook, String> {
    let mut book =
        ForeignBook { title: Some(title_of_file(&collection.name)), ..ForeignBook::default() };
    for (file, bytes) in &collection.files {
        let ending = file.rsplit('.').next().unwrap_or_default().to_lowercase();
        if !matches!(ending.as_str(), "html" | "htm" | "xhtml") {
            book.add_asset(file, file, bytes, false);
            continue;
        }
        let Some(text) = text(bytes) else {
            book.remark(file, 0, "left out: its encoding is none that is known");
            continue;
        };
        let page = parse(&text);
        let note = note(&mut book, file, &page);
        book.notes.push(note);
    }
    Ok(book)
}

/// Returns a passage of HTML as Markdown, and what was dropped of it.
pub(super) fn passage(html: &str) -> (String, Vec<String>) {
    let mut writer = PageWriter::default();
    let text = writer.blocks(&parse(html)).join("\n\n");
    (text, writer.remarks)
}

fn note(book: &mut ForeignBook, file: &str, page: &PageElement) -> ForeignNote {
    let mut note = placed(file, &["index"]);
    file.clone_into(&mut note.file);
    let meta = |name: &str| {
        let is_it = |element: &PageElement| {
            let key = element.attribute("name").or(element.attribute("property"));
            element.name == "meta" && key.is_some_and(|key| key.eq_ignore_ascii_case(name))
        };
        page.find(&is_it).and_then(|element| element.attribute("content")).map(collapsed)
    };
    let is_main =
        |element: &PageElement| element.name == "main" || element.attribute("role") == Some("main");
    let main = page.find(&is_main).or_else(|| page.find(&|element| element.name == "article"));
    let body = main.or_else(|| page.find(&|element| element.name == "body"));
    if main.is_none() {
        book.remark(file, 0, "took the whole page, since nothing in it says where its text is");
    }
    let mut writer = PageWriter::default();
    let mut blocks = writer.blocks(body.unwrap_or(page));
    let title = page.find(&|element| element.name == "title").map(|title| collapsed(&title.text()));
    let title = title.filter(|title| !title.is_empty());
    let is_title = |block: &String| block.starts_with("# ");
    match blocks.iter().position(is_title) {
        Some(at) if blocks.iter().filter(|block| is_title(block)).count() == 1 => {
            let heading = blocks.remove(at);
            let heading = heading[2..].split(" {#").next().unwrap_or_default().replace('\\', "");
            if let Some(title) = title.filter(|title| *title != heading) {
                writer.remarks.push(format!("took the heading as title in place of: {title}"));
            }
            note.set_if_missing("title", &heading);
        }
        _ => {
            // Headings of the first level are below the title.
            if blocks.iter().any(is_title) {
                for block in blocks.iter_mut().filter(|block| block.starts_with('#')) {
                    if !block.starts_with("######") {
                        block.insert(0, '#');
                    }
                }
            }
            title.into_iter().for_each(|title| note.set_if_missing("title", &title));
        }
    }
    if let Some(summary) = meta("description").filter(|summary| !summary.is_empty()) {
        note.set_if_missing("summary", &summary);
    }
    let dates = ["date", "dcterms.date", "article:published_time"];
    if let Some(day) = dates.into_iter().find_map(|name| date(&meta(name)?)) {
        note.set_if_missing("date", &day);
    }
    if let Some(language) =
        page.find(&|element| element.name == "html").and_then(|html| html.attribute("lang"))
    {
        let language = language_of_name(language);
        match &book.language {
            None => book.language = language,
            Some(main) if language.as_ref() != Some(main) => note.language = language,
            Some(_) => {}
        }
    }
    note.text = blocks.join("\n\n") + "\n";
    // Other pages name it with its ending, which a page of a book has as well, unless it is spelled otherwise.
    note.former.extend(crate::migration::keys::former(&format!("/{file}"), ""));
    writer.remarks.into_iter().for_each(|text| book.remark(file, 0, text));
    note
}

/// Returns the text of a page, in UTF-8, or in the encodings of Western Europe if it says so or is no UTF-8.
fn text(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        let is_little = bytes.starts_with(b"\xff\xfe");
        let units = bytes[2..].chunks_exact(2).map(|pair| match (is_little, pair) {
            (true, [a, b]) => u16::from_le_bytes([*a, *b]),
            (_, [a, b]) => u16::from_be_bytes([*a, *b]),
            _ => 0,
        });
        return Some(char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    let head = String::from_utf8_lossy(bytes.get(..1024).unwrap_or(bytes)).to_lowercase();
    let named = head.split("charset=").nth(1).map(|rest| rest.trim_start_matches(['"', '\'']));
    let named =
        named.map(|rest| rest.split(['"', '\'', '>', ' ', ';', '/']).next().unwrap_or_default());
    match named {
        None
        | Some(
            "utf-8" | "utf8" | "windows-1252" | "cp1252" | "iso-8859-1" | "latin1" | "iso-8859-15"
            | "us-ascii",
        ) => {}
        Some(_) => return None,
    }
    let sign = |byte: &u8| match byte {
        0x80..=0x9f => WINDOWS[usize::from(byte - 0x80)],
        byte => char::from(*byte),
    };
    Some(bytes.iter().map(sign).collect())
}

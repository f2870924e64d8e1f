//! Documents of Word: read as pandoc reads them, and refused where they are made to do harm.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use fieldbook::migration::{Collection, MigratedBook, format_named, migrate};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::{folder, migrated, request};

/// Returns the blocks of a note as lines: what each is, and its text.
fn blocks(note: &str) -> Vec<String> {
    let text = note.splitn(3, "---\n").nth(2).expect("front matter");
    // Comments are for writers.
    let parts = text.split("%%").enumerate().filter(|(at, _)| at % 2 == 0);
    let text: String = parts.map(|(_, part)| part).collect();
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let (mut out, mut line, mut depth) = (Vec::new(), String::new(), 0);
    let mut put = |kind: &str, line: &mut String| {
        let text = std::mem::take(line).split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            out.push(format!("{kind} {text}"));
        }
    };
    let kind = |depth: usize| match depth {
        0 => "text".to_owned(),
        depth => format!("item{depth}"),
    };
    for event in Parser::new_ext(&text, options) {
        match event {
            Event::Start(Tag::List(_)) => {
                put(&kind(depth), &mut line);
                depth += 1;
            }
            Event::End(TagEnd::List(_)) => {
                put(&kind(depth), &mut line);
                depth -= 1;
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item) => put(&kind(depth), &mut line),
            Event::End(TagEnd::Heading(_)) => put("heading", &mut line),
            Event::End(TagEnd::TableCell) => put("cell", &mut line),
            Event::End(TagEnd::CodeBlock) => put("code", &mut line),
            Event::Start(Tag::Image { .. }) => line.push_str("!["),
            Event::End(TagEnd::Image) => line.push(']'),
            Event::Text(text) | Event::Code(text) => line.push_str(&text),
            Event::SoftBreak | Event::HardBreak => line.push(' '),
            Event::InlineHtml(html) if *html == *"<br>" => line.push(' '),
            _ => {}
        }
    }
    out
}

#[test]
fn a_document_has_the_blocks_that_pandoc_finds() {
    let book = migrated("docx");
    for name in ["plan", "minutes"] {
        let note = String::from_utf8_lossy(&book.files[&format!("content/{name}.md")]).into_owned();
        let stored = folder("docx").join("pandoc").join(format!("{name}.txt"));
        let stored = std::fs::read_to_string(stored).expect("pandoc's reading");
        // The first heading of the minutes is the title of the note; pandoc takes the author and the date out.
        let apart = ["heading Minutes of the group", "text A. Writer", "text 2024-03-05"];
        let is_apart = |line: &&str| !apart.contains(line);
        let read = blocks(&note);
        let read: Vec<&str> = read.iter().map(String::as_str).filter(is_apart).collect();
        assert_eq!(read, stored.lines().filter(is_apart).collect::<Vec<_>>(), "{name}\n{note}");
    }
}

#[test]
fn nothing_of_a_review_reaches_a_page() {
    let book = migrated("docx");
    let note = String::from_utf8_lossy(&book.files["content/minutes.md"]).into_owned();
    let shown: String =
        note.split("%%").enumerate().filter(|(at, _)| at % 2 == 0).map(|(_, part)| part).collect();
    for hidden in ["never", "Is this so?", "Ada", "Ben"] {
        assert!(note.contains(hidden), "{hidden} is kept for writers");
        assert!(!shown.contains(hidden), "{hidden} is not for readers");
    }
    assert!(shown.contains("always"));
}

/// Returns a document with these parts.
fn document(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a part");
        archive.write_all(bytes).expect("a part");
    }
    archive.finish().expect("an archive").into_inner()
}

fn imported(bytes: Vec<u8>) -> Result<MigratedBook, String> {
    let files = BTreeMap::from([("x.docx".to_owned(), bytes)]);
    let collection = Collection { name: "x".to_owned(), files, left_out: Vec::new() };
    migrate(format_named("docx").expect("a format"), &collection, &request("docx"))
}

/// Returns an archive whose first part says that it has ten bytes.
fn understated(mut archive: Vec<u8>) -> Vec<u8> {
    let entry = archive.windows(4).position(|bytes| bytes == b"PK\x01\x02").expect("an entry");
    // The length of the part stands 24 bytes behind the start of its entry.
    archive[entry + 24..entry + 28].copy_from_slice(&10_u32.to_le_bytes());
    archive
}

#[test]
fn documents_made_to_do_harm_are_refused_at_once() {
    let main = "word/document.xml";
    let body =
        |inner: &str| format!("<w:document><w:body>{inner}</w:body></w:document>").into_bytes();
    let (zeros, deep) = (vec![b' '; 100 * 1024 * 1024], "<w:p>".repeat(100_000));
    let entities = b"<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><w:document><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>";
    let many = body(&"<w:p/>".repeat(700_000));
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("64 MB come out", document(&[(main, &zeros)])),
        ("would lie outside", document(&[(main, &body("")), ("../../evil.xml", b"x")])),
        ("would lie outside", document(&[(main, &body("")), ("/etc/passwd", b"x")])),
        ("declares types", document(&[(main, entities)])),
        ("holds an entity", document(&[(main, &body("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"))])),
        ("too deep", document(&[(main, &body(&deep))])),
        ("too large", document(&[(main, &many)])),
        ("larger than its declared", understated(document(&[(main, &many)]))),
        ("no document of Word", document(&[("mimetype", b"x")])),
        ("no document of Word", b"PK\x03\x04 not a document".to_vec()),
        ("well-formed", document(&[(main, b"<w:document><w:body></w:p></w:body>")])),
    ];
    for (why, bytes) in cases {
        let start = Instant::now();
        let refused = imported(bytes).expect_err(why);
        assert!(refused.contains(why), "{why}: {refused}");
        assert!(start.elapsed() < Duration::from_secs(10), "{why} took {:?}", start.elapsed());
    }
}

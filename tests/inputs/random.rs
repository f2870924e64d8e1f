//! Random input: the program never crashes, and reports what it can't use.

use crate::support;
use crate::support::random::Random;

/// Pieces of Markdown, of HTML and of problems: each between bars, with Rust's escapes.
const MARKDOWN: &str = include_str!("pieces/markdown.txt");

/// Pieces of TOML, of a book and of problems.
const TOML: &str = include_str!("pieces/toml.txt");

/// Pieces of a template.
const TEMPLATE: &str = include_str!("pieces/template.txt");

#[test]
fn random_notes() {
    let (mut random, markdown) = (Random::new(1), pieces(MARKDOWN));
    for _ in 0..60 {
        let notes: Vec<Vec<u8>> = (0..50).map(|at| note(&mut random, &markdown, at)).collect();
        judge("title = \"Book\"\n".as_bytes(), &notes, None);
    }
}

#[test]
fn random_front_matter() {
    let (mut random, toml) = (Random::new(2), pieces(TOML));
    let book = "title = \"Book\"\n[kinds.page.fields]\nthemes = { to = \"page\", many = true, open = true }\n";
    for _ in 0..40 {
        let one = |_| format!("+++\n{}\n+++\n\nText.\n", random.mix(&toml, 30)).into_bytes();
        let notes: Vec<Vec<u8>> = (0..50).map(one).collect();
        judge(book.as_bytes(), &notes, None);
    }
}

#[test]
fn random_configurations() {
    let (mut random, toml) = (Random::new(3), pieces(TOML));
    let notes = [b"+++\ntitle = \"Note\"\n+++\n".to_vec()];
    for round in 0..700 {
        let book = match round % 5 {
            0 => random.bytes(200),
            1 => format!("title = \"Book\"\n{}", random.mix(&toml, 12)).into_bytes(),
            _ => random.mix(&toml, 40).into_bytes(),
        };
        judge(&book, &notes, None);
    }
}

#[test]
fn random_templates() {
    let (mut random, parts) = (Random::new(4), pieces(TEMPLATE));
    let notes = [b"+++\ntitle = \"Note\"\ndate = 2024-01-01\n+++\n\nText.\n".to_vec()];
    for round in 0..700 {
        let template = match round % 5 {
            0 => random.bytes(200),
            _ => random.mix(&parts, 25).into_bytes(),
        };
        judge(b"title = \"Book\"\n", &notes, Some(&template));
    }
}

fn note(random: &mut Random, markdown: &[String], at: usize) -> Vec<u8> {
    match at % 5 {
        0 => random.bytes(300),
        1 => [&b"+++\ntitle = \"Note\"\n+++\n"[..], &random.bytes(300)].concat(),
        _ => format!("+++\ntitle = \"Note\"\n+++\n{}", random.mix(markdown, 80)).into_bytes(),
    }
}

/// Returns the pieces in a file.
fn pieces(file: &str) -> Vec<String> {
    let inner = |line: &str| line.strip_prefix('|')?.strip_suffix('|').map(unescaped);
    file.lines().map(|line| inner(line).unwrap_or_else(|| panic!("{line}"))).collect()
}

/// Returns a text with its escapes resolved.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        out.push(match (c, if c == '\\' { rest.next() } else { None }) {
            (_, Some('n')) => '\n',
            (_, Some('r')) => '\r',
            (_, Some('t')) => '\t',
            (_, Some('u')) => {
                let number: String = rest.by_ref().skip(1).take_while(|c| *c != '}').collect();
                let number = u32::from_str_radix(&number, 16).expect("a number");
                char::from_u32(number).expect("a character")
            }
            (c, other) => other.unwrap_or(c),
        });
    }
    out
}

/// Builds the book, and fails the test unless the result is a site or a report that includes the
/// files that aren't text.
fn judge(book: &[u8], notes: &[Vec<u8>], template: Option<&[u8]>) {
    let mut sources = vec![support::source("book.toml", book)];
    for (at, bytes) in notes.iter().enumerate() {
        let name = if at == 0 { "note".to_owned() } else { format!("note-{at}") };
        sources.push(support::source(&format!("content/{name}.md"), bytes));
    }
    sources
        .extend(template.map(|bytes| support::source("themes/default/templates/note.html", bytes)));
    let (workspace, site) =
        support::open(sources.clone().into_iter().collect(), support::options());
    let report = support::lines(&workspace);
    let _ = fieldbook::report::human(workspace.diagnostics(), workspace.sources());
    assert_eq!(site.is_none(), report.contains(": error["), "{report}");
    for source in sources.iter().filter(|source| source.text().is_none()) {
        let place = format!("{}:", source.path);
        let said = |line: &str| line.starts_with(&place) && line.contains(": error[not-text]");
        assert!(report.lines().any(said), "{report}");
    }
}

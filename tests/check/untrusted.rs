//! Whatever a stranger writes, and wherever it stands, no form of a report steers a terminal, forges a
//! line of a log or turns a line round.

use fieldbook::preview::Problems;
use fieldbook::report;
use fieldbook::source::Source;
use serde_json::Value;

use crate::support;
use crate::support::harmless::{HOSTILE, faults, quoted};

const BOOK: &str = "title = \"Book\"\n[kinds.lesson]\nfolder = \"lessons\"\n[kinds.lesson.fields]\n\
                    basis = { one-of = [\"a\", \"b\"] }\nto = { to = \"lesson\", many = true }\n\
                    [check]\nunsourced = \"warning\"\n";

/// Lines of front matter that are wrong, with the text as TOML has it.
fn front_matter(text: &str) -> Vec<String> {
    vec![
        format!("{text} = 1"),
        format!("basis = {text}"),
        format!("to = [{text}]"),
        format!("date = {text}"),
        format!("status = {text}"),
        format!("supersedes = [{text}]"),
        format!("aliases = [\"../{}/x\"]", &text[1..text.len() - 1]),
        format!("sources = [{{ title = {text}, url = {text} }}]"),
        format!("changes = [{{ date = 2024-01-01, weight = {text}, text = {text} }}]"),
        format!("except = [{{ rule = {text}, reason = \"x\" }}]"),
        format!("order = {text}"),
        format!("summary = {text}\nunknown = 1"),
    ]
}

/// Texts of notes that are wrong, with the text as it is.
fn texts(text: &str) -> Vec<String> {
    vec![
        format!("{text} [[nothing]]"),
        format!("[[nothing {text}]]"),
        format!("[[nothing|{text}]]"),
        format!("[{text}](nothing.md)"),
        format!("[x](<nothing-{text}.md>)"),
        format!("[x](java:{text})"),
        format!("[x][{text}] [y][z]"),
        format!("![{text}](<{text}.png>)"),
        format!("[[home#{text}]] [[nothing]]"),
        format!("##### {text}"),
        format!("## {text} {{#page.{text}}}\n\n##### x"),
        format!("<x-{text} y=\"{text}\">{text}</x>"),
        format!("<p {text}=x id=\"page.{text}\">x</p><u-u>"),
        format!("${text} \\unknown$"),
        format!("Note[^{text}] and[^none]"),
        format!("[^{text}]: nothing cites it\n\n[^x]: x"),
        format!("`{text}` [[nothing]]"),
        format!("```{text}\n{text}\n```\n[[nothing]]"),
        format!("%% {text}"),
        format!("<!-- {text}"),
        format!("| {text} | b |\n| - | - |\n| {text} | [[nothing\\|{text}]] | {text} |\n"),
    ]
}

/// A book with the text wherever a note can hold it.
fn book_of(text: &str) -> Vec<(String, String)> {
    let mut files = vec![("book.toml".to_owned(), BOOK.to_owned())];
    let note = |title: &str, more: &str| format!("+++\ntitle = {title}\n+++\n\n{more}\n");
    files.push(("content/home.md".to_owned(), note("\"Home\"", "x")));
    let in_toml = quoted(text);
    for (at, lines) in front_matter(&in_toml).into_iter().enumerate() {
        let note = format!("+++\ntitle = \"N{at}\"\n{lines}\n+++\n");
        files.push((format!("content/lessons/f{at}.md"), note));
    }
    files.push(("content/lessons/title.md".to_owned(), note(&in_toml, "[[nothing]]")));
    files.push(("content/lessons/raw.md".to_owned(), note(&format!("\"{text}"), "[[nothing]]")));
    for (at, text) in texts(text).into_iter().enumerate() {
        let title = format!("\"T{at}\"");
        files.push((format!("content/lessons/t{at}.md"), note(&title, &text)));
    }
    let name = text.replace('/', "-");
    for path in [
        format!("content/lessons/{name}.md"),
        format!("content/{name}/x.md"),
        format!("content/{name}.markdown"),
        format!("content/index.{name}.md"),
    ] {
        files.push((path, note("\"By its file\"", "[[nothing]]")));
    }
    files
}

/// Books that are wrong as a whole, with the text in one place each.
fn broken_books(text: &str) -> Vec<Vec<(String, String)>> {
    let in_toml = quoted(text);
    let of_config = [
        format!("title = {in_toml}\n{in_toml} = 1\n"),
        format!(
            "title = \"x\"\nbase-url = {in_toml}\nlanguage = {in_toml}\nedit-url = {in_toml}\n"
        ),
        format!("title = \"x\"\nmenu = [{in_toml}]\nhome = [{{ kind = {in_toml} }}]\n"),
        format!("title = \"x\"\n[kinds.{in_toml}]\nfolder = {in_toml}\norder = {in_toml}\n"),
        format!("title = \"x\"\n[check]\n{in_toml} = \"off\"\norphan = {in_toml}\n"),
        format!("title = \"x\n{text}\"\n"),
    ];
    let mut books: Vec<Vec<(String, String)>> =
        of_config.into_iter().map(|config| vec![("book.toml".to_owned(), config)]).collect();
    for template in [format!("{{% {text} %}}"), format!("{{{{ \"{text}\" | {text} }}}}\n{text}")] {
        books.push(vec![
            ("book.toml".to_owned(), "title = \"x\"\ntheme = \"ours\"\n".to_owned()),
            ("themes/ours/templates/note.html".to_owned(), template),
            ("themes/ours/i18n/en.toml".to_owned(), format!("menu = [{in_toml}]\n")),
        ]);
    }
    books
}

#[test]
fn no_form_of_a_report_is_harmful() {
    let mut wrong = Vec::new();
    for text in HOSTILE {
        let books = broken_books(text);
        for files in books.into_iter().chain([book_of(text)]) {
            let sources: Vec<Source> =
                files.iter().map(|(path, text)| support::source(path, text.as_bytes())).collect();
            let (workspace, _) = support::open(sources.into_iter().collect(), support::options());
            let (problems, sources) = (workspace.diagnostics(), workspace.sources());
            assert!(!problems.is_empty(), "{text:?}: nothing is said of {files:?}");
            let human = report::human(problems, sources);
            let conceals = human.contains("\x1b[8m");
            let commands: &[&str] = &["::error file=", "::warning file="];
            let forms = [
                ("human", without_colors(&human), &[][..]),
                ("line", report::lines(problems, sources), &[]),
                ("json", report::json(problems, sources), &[]),
                ("sarif", report::sarif(problems, sources, ""), &[]),
                ("github", report::annotations(problems, sources, ""), commands),
                ("summary", report::job_summary(problems, sources, ""), &[]),
                ("preview", Problems::new(problems, sources, false).html, &[]),
            ];
            for (form, out, commands) in forms {
                let found = faults(&out, commands);
                wrong.extend(found.into_iter().map(|fault| format!("{text:?} as {form}: {fault}")));
            }
            wrong.extend(conceals.then(|| format!("{text:?} sets a style")));
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{} are harmful:\n{}", wrong.len(), wrong.join("\n"));
}

/// Everything of a book with the text in all places is said, so that the test above means something.
#[test]
fn something_is_said_of_every_place() {
    let files = book_of("a\u{1b}b");
    let sources = files.iter().map(|(path, text)| support::source(path, text.as_bytes()));
    let (workspace, _) = support::open(sources.collect(), support::options());
    let lines = report::lines(workspace.diagnostics(), workspace.sources());
    for (path, _) in files.iter().filter(|(path, _)| path.contains("/lessons/")) {
        let path = path.replace('\u{1b}', "<U+001B>");
        assert!(lines.contains(&path), "{path}:\n{lines}");
    }
    assert!(lines.matches("<U+001B>").count() > 20, "{lines}");
}

#[test]
fn a_program_reads_paths_and_suggestions_as_they_are() {
    let path = "content/lessons/a\u{202e}b.md";
    let files = [
        ("book.toml", BOOK),
        (path, "+++\ntitle = \"x\"\n+++\n\n[[nothing]] [[c\u{200b}]]\n"),
        ("content/lessons/other.md", "+++\ntitle = \"c\u{200d}\"\n+++\n"),
    ];
    let (workspace, _) = support::open(support::sources(&files), support::options());
    let text = report::json(workspace.diagnostics(), workspace.sources());
    assert!(text.contains("content/lessons/a\\u202eb.md"), "{text}");
    let value: Value = serde_json::from_str(&text).expect("JSON");
    let problems = value["problems"].as_array().expect("problems");
    assert!(problems.iter().any(|problem| problem["file"] == path), "{text}");
    let text = report::sarif(workspace.diagnostics(), workspace.sources(), "");
    assert!(text.contains("content/lessons/a%E2%80%AEb.md"), "{text}");
}

/// What is hidden is written as its code, which is longer, and the line below it still points at the
/// place that is meant.
#[test]
fn what_is_underlined_stays_underlined() {
    for (before, inner) in [
        ("", "nothing"),
        ("\u{202e}", "nothing"),
        ("a\u{1b}\u{1b}é", "nothing"),
        ("", "no\u{202e}thing"),
        ("\u{e0041}", "no\u{2028}thing\u{7}"),
        ("שלום\u{200f} ", "אין\u{2067}"),
    ] {
        let note = format!("+++\ntitle = \"x\"\n+++\n\n{before}[[{inner}]] after\n");
        let files = [("book.toml", BOOK), ("content/home.md", &note)];
        let (workspace, _) = support::open(support::sources(&files), support::options());
        let broken = workspace.diagnostics().iter().find(|d| d.rule.name == "broken-link");
        let broken = broken.expect("a broken link").clone();
        let human = without_colors(&report::human(&[broken], workspace.sources()));
        let lines: Vec<&str> = human.lines().collect();
        let at = lines.iter().position(|line| line.contains('^')).expect("a place");
        let column = |text: &str, sign: char| text.chars().position(|c| c == sign);
        let marked = lines[at].chars().filter(|c| *c == '^').count();
        let drawn: String = lines[at - 1].chars().skip_while(|c| *c != '[').collect();
        let drawn = drawn.split(" after").next().expect("a link");
        assert_eq!(column(lines[at], '^'), column(lines[at - 1], '['), "{human}");
        assert_eq!(marked, drawn.chars().count(), "{human}");
    }
}

#[test]
fn ordinary_text_is_shown_as_it_is() {
    for text in [
        "Café, “naïve” – 10 % …",
        "می\u{200c}خواهم",
        "क\u{94d}\u{200d}ष",
        "សួស្តី\u{200b}ពិភពលោក",
        "👩\u{200d}🚒 ❤\u{fe0f}\u{200d}🔥 1\u{fe0f}\u{20e3}",
        "葛\u{e0100}城",
        "a :: b, std::fmt, ##[[heading]], # [x]",
    ] {
        assert_eq!(fieldbook::visible::shown(text), text);
        assert_eq!(fieldbook::visible::shown_lines(text), text);
        assert_eq!(fieldbook::visible::shown_json(text), text);
    }
}

/// The text without the codes of colours.
fn without_colors(text: &str) -> String {
    let mut parts = text.split("\x1b[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('m').unwrap_or(("?", part));
        let is_code = code.bytes().all(|byte| byte.is_ascii_digit() || byte == b';');
        plain.push_str(if is_code { rest } else { "\x1b" });
    }
    plain
}

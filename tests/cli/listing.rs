//! Lists of a book.

use serde_json::Value;

use crate::support::book::{Book, Run};
use crate::support::read_tree;

const BOOK: &[(&str, &str)] = &[
    (
        "book.toml",
        "title = \"B\"\n\n[kinds.lesson]\nfolder = \"lessons\"\n\n[kinds.lesson.fields]\nthemes = { to = \"theme\", many = true, \
         title = \"Themes\" }\nstage = { one-of = [\"early\", \"late\"] }\n\n[kinds.theme]\nfolder = \"themes\"\n",
    ),
    ("content/index.md", "# Home\n\n[[Finance]] ![](/pic.svg)\n"),
    (
        "content/lessons/a.md",
        "+++\ntitle = \"Alpha\"\nthemes = [\"finance\"]\nstage = \"late\"\ndate = 2024-05-01\n+++\n[[Beta]]\n",
    ),
    (
        "content/lessons/b.md",
        "+++\ntitle = \"Beta\"\nthemes = [\"Finance\", \"law\"]\ndate = 2023-05-01\nupdated = 2025-01-01\n+++\n",
    ),
    ("content/lessons/c.md", "---\ntitle: Gamma\ndraft: true\nstage: early\n---\n[[Finance]]\n"),
    ("content/themes/finance.md", "# Finance\n"),
    ("content/themes/law.md", "# Law, strict\n"),
    ("content/pic.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
];

fn list(book: &Book, arguments: &[&str]) -> Run {
    let run = book.run(&[&["list"], arguments].concat());
    assert_eq!(run.code, Some(0), "{arguments:?}: {}", run.err);
    run
}

#[track_caller]
fn assert_paths(book: &Book, arguments: &[&str], expected: &[&str]) {
    let run = list(book, &[&["notes", "--format", "paths"], arguments].concat());
    let found: Vec<&str> = run.out.lines().collect();
    assert_eq!(found, expected, "{arguments:?}");
}

#[test]
fn notes_are_chosen_by_what_is_known_of_them() {
    let book = Book::new(BOOK);
    let (a, b, c) = ("content/lessons/a.md", "content/lessons/b.md", "content/lessons/c.md");
    assert_paths(&book, &["--kind", "lesson"], &[a, b]);
    assert_paths(&book, &["--kind", "lesson", "--drafts"], &[a, b, c]);
    assert_paths(&book, &["--status", "draft"], &[c]);
    assert_paths(&book, &["--where", "status=draft", "--kind", "lesson"], &[c]);
    assert_paths(&book, &["--kind", "lesson", "--status", "published"], &[a, b]);
    assert_paths(&book, &["--where", "stage=LATE"], &[a]);
    assert_paths(&book, &["--kind", "lesson", "--where", "stage!=late"], &[b]);
    assert_paths(&book, &["--where", "themes=law"], &[b]);
    assert_paths(&book, &["--where", "themes=Law, strict"], &[b]);
    assert_paths(&book, &["--missing", "stage"], &[b]);
    assert_paths(&book, &["--links-to", "Finance"], &["content/index.md", a, b]);
    assert_paths(&book, &["--linked-by", "Alpha"], &[b, "content/themes/finance.md"]);
    assert_paths(&book, &["--since", "2024-05"], &[a, b]);
    assert_paths(&book, &["--since", "2024-06"], &[b]);
    assert_paths(&book, &["--until", "2024"], &[a]);
    assert_paths(&book, &["--kind", "lesson", "--sort", "date"], &[b, a]);
    assert_paths(&book, &["--kind", "lesson", "--sort", "-date"], &[a, b]);
    assert_paths(&book, &["--kind", "lesson", "--sort", "stage"], &[a, b]);
    for (arguments, why) in [
        (&["--kind", "lessen"][..], "did you mean lesson?"),
        (&["--status", "final"], "no status"),
        (&["--where", "stag=x"], "did you mean stage?"),
        (&["--where", "x"], "field=value"),
        (&["--links-to", "Finence"], "did you mean \"Finance\"?"),
        (&["--since", "May"], "not a date"),
        (&["--sort", "stag"], "did you mean stage?"),
    ] {
        book.run(&[&["list", "notes"], arguments].concat()).ends(2).says(why);
    }
}

#[test]
fn backlinks_are_those_of_the_page() {
    let book = Book::new(BOOK);
    book.build().ends(0);
    let site = read_tree(&book.path("public"));
    for (name, page) in [
        ("Finance", "themes/finance.html"),
        ("law", "themes/law.html"),
        ("Beta", "lessons/b.html"),
        ("Alpha", "lessons/a.html"),
    ] {
        let run = list(&book, &["backlinks", name, "--format", "json"]);
        let list: Value = serde_json::from_str(&run.out).expect("JSON");
        let titles: Vec<&str> = list["rows"]
            .as_array()
            .expect("rows")
            .iter()
            .filter_map(|row| row["title"].as_str())
            .collect();
        let html = String::from_utf8_lossy(&site[page]).into_owned();
        let main = html
            .split("<main")
            .nth(1)
            .and_then(|rest| rest.split("</main>").next())
            .expect("a main part");
        for title in ["Alpha", "Beta", "Gamma", "Home"] {
            let listed = main.split("<h1").nth(1).is_some_and(|rest| {
                let below = rest.split_once("</h1>").map_or("", |(_, rest)| rest);
                let label = if title == "Home" { "B" } else { title };
                below.contains(&format!(">{label}</a>")) || below.contains(&format!(">{title}</a>"))
            });
            // What the note itself links to is in its text.
            let is_own = page == "lessons/a.html" && title == "Beta";
            assert!(
                is_own || listed == titles.contains(&title),
                "{name}: {title}, {titles:?}\n{main}"
            );
        }
    }
}

#[test]
fn other_lists_say_what_is_in_the_book() {
    let book = Book::new(BOOK);
    let values = list(&book, &["values", "themes", "--format", "csv"]).out;
    assert_eq!(values, "value,notes,kinds\nthemes/finance,2,lesson\nthemes/law,1,lesson\n");
    let fields = list(&book, &["fields", "--kind", "lesson", "--format", "csv"]).out;
    assert!(fields.contains("stage,lesson,1,2,\"early, late\",no\n"), "{fields}");
    let files = list(&book, &["files", "--format", "csv"]).out;
    assert!(files.contains("content/pic.svg,41,1,pic.svg\n"), "{files}");
    let links = list(&book, &["links", "Alpha", "--format", "csv"]).out;
    assert!(
        links.contains(
            "content/lessons/a.md,3,themes,content/themes/finance.md,finance,found,Finance\n"
        ),
        "{links}"
    );
    assert!(
        links.contains("content/lessons/a.md,7,link,content/lessons/b.md,Beta,found,Beta\n"),
        "{links}"
    );
    let table = list(&book, &["notes", "--kind", "theme"]).out;
    assert!(table.starts_with("PATH                       TITLE"), "{table}");
    let csv = list(&book, &["notes", "--kind", "theme", "--format", "csv"]).out;
    assert!(csv.contains("content/themes/law.md,\"Law, strict\",theme,published,"), "{csv}");
}

#[test]
fn lists_for_programs_have_a_schema() {
    let schema: Value =
        serde_json::from_str(include_str!("../check/schemas/list-1.json")).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let book = Book::new(BOOK);
    for arguments in [
        &["notes"][..],
        &["links"],
        &["backlinks", "Finance"],
        &["fields"],
        &["values", "stage"],
        &["files"],
    ] {
        let run = list(&book, &[arguments, &["--format", "json"]].concat());
        let found: Value = serde_json::from_str(&run.out).expect("JSON");
        let problems: Vec<String> =
            schema.iter_errors(&found).map(|error| error.to_string()).collect();
        assert!(problems.is_empty(), "{arguments:?}: {problems:?}");
        assert!(!found["rows"].as_array().expect("rows").is_empty(), "{arguments:?}");
    }
}

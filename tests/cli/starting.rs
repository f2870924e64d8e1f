//! New books, and books made of notes that are there.

use crate::support::book::{Book, Run};

/// Makes a book in a folder that holds some files.
fn init(files: &[(&str, &str)], arguments: &[&str]) -> (Book, Run) {
    let book = Book::new(files);
    let run = book.run(&[&["init"], arguments].concat());
    (book, run)
}

#[test]
fn each_template_is_a_book_without_problems() {
    for template in ["contact-group", "handbook", "empty"] {
        let (book, run) = init(&[], &["--template", template, "--title", "Ours \"and\" \\ yours"]);
        run.ends(0).says("A new book");
        book.run(&["check", "--fail-on", "warning", "--today", "2026-11-22"]).ends(0);
        let run = book.build().ends(0);
        assert!(run.err.contains(" 0 problems"), "{template}: {}", run.err);
        assert!(book.read("public/index.html").contains("Ours &quot;and&quot; \\ yours"));
        book.run(&["fmt", "--check"]).ends(0).says("0 files");
        for file in [".gitignore", ".gitattributes", ".editorconfig", "CONTRIBUTING.md"] {
            assert!(book.has(file), "{file}");
        }
        let schema = book.read(".vscode/book.schema.json");
        assert_eq!(schema, book.run(&["schema"]).out);
        book.run(&["ci", "github", "--check"]).ends(0);
    }
}

#[test]
fn a_new_book_has_the_language_that_is_asked_for() {
    let (book, run) =
        init(&[], &["--template", "empty", "--language", "fr", "--title", "Le livre"]);
    run.ends(0);
    book.build().ends(0);
    assert!(book.read("public/index.html").contains("<html lang=\"fr\""));
    let (_, run) = init(&[], &["--language", "französisch"]);
    run.ends(2).says("is no code of a language");
}

#[test]
fn nothing_is_ever_overwritten() {
    let own = "# Mine\n";
    let (book, run) = init(&[("CONTRIBUTING.md", own), (".gitignore", "x\n")], &[]);
    run.ends(0).says("CONTRIBUTING.md is there already and was left as it is");
    assert_eq!(book.read("CONTRIBUTING.md"), own);
    assert_eq!(book.read(".gitignore"), "x\n");
    let before = book.read("book.toml");
    book.run(&["init"]).ends(2).says("the folder is a book");
    assert_eq!(book.read("book.toml"), before);
}

#[test]
fn a_folder_with_notes_is_not_buried_under_examples() {
    let (book, run) = init(&[("Notes/one.md", "# One\n")], &[]);
    run.ends(2).says("--from");
    assert!(!book.has("book.toml"));
}

#[test]
fn the_configuration_of_mdbook_is_named() {
    let (_, run) = init(&[("book.toml", "[book]\ntitle = \"x\"\n")], &[]);
    run.ends(2).says("mdBook");
}

const VAULT: &[(&str, &str)] = &[
    (".obsidian/app.json", "{}"),
    ("Home.md", "# Welcome\n\nSee [[Trip to Bern]] and [[Nobody]].\n"),
    (
        "Trips/Trip to Bern.md",
        "---\ncountry: Switzerland\nrating: 4\ncssclasses:\n  - wide\n---\nWe went.\n",
    ),
    ("Trips/Trip to Oslo.md", "---\ncountry: Norway\nrating: 5\nvisited: 2024-05-01\n---\nNice.\n"),
    ("People/Ann.md", "Ann, [call](obsidian://open?x) and `$`.\n"),
];

#[test]
fn a_vault_stays_where_it_is() {
    let book = Book::new(VAULT);
    let root = book.root().to_string_lossy().into_owned();
    let run = book.run(&["init", "--from", &root, "--title", "Travel"]).ends(0);
    let run = run.says("4 notes").says("refused-scheme").says("broken-link");
    assert!(run.err.contains("1 error to correct"), "{}", run.err);
    for (path, text) in VAULT {
        assert_eq!(book.read(path), *text, "{path}");
    }
    let config = book.read("book.toml");
    assert!(config.contains("content = \".\""), "{config}");
    assert!(config.contains("[kinds.trips]\nfolder = \"Trips\""), "{config}");
    assert!(config.contains("\n# country = { text = true, title = \"Country\" }"), "{config}");
    assert!(config.contains("broken-link = \"warning\""), "{config}");
    let allowed = "allow = [\"country\", \"cssclasses\", \"rating\", \"visited\"]";
    assert!(config.contains(allowed), "{config}");
    book.run(&["check", "--baseline", &book.path(".github/known-problems.json").to_string_lossy()])
        .ends(0)
        .says("known problem");
    assert!(!book.has("CONTRIBUTING.md") && book.has(".github/CONTRIBUTING.md"));
}

#[test]
fn notes_from_elsewhere_are_copied_and_their_folder_is_left_alone() {
    let vault = Book::new(VAULT);
    vault.write("Trips/photo.png", [0x89, b'P', b'N', b'G']);
    vault.write("Trips/script.js", "alert(1)");
    vault.write("404.md", "# Nothing\n");
    let from = vault.root().to_string_lossy().into_owned();
    let (book, run) = init(&[], &["--from", &from, "--title", "Travel"]);
    run.ends(0)
        .says("4 notes, 1 other file")
        .says("Trips/script.js")
        .says("404.md")
        .says("People/Ann.md");
    book.build().ends(0).says("4 notes");
    assert_eq!(vault.read("People/Ann.md"), VAULT[4].1);
    assert_eq!(book.read("content/People/Ann.md"), "Ann, call (`obsidian://open?x`) and `$`.\n");
    assert!(book.has("content/Trips/photo.png") && !book.has("content/Trips/script.js"));
}

#[test]
fn keys_that_are_not_known_are_reported_and_shown_only_if_the_writer_says_so() {
    let vault = Book::new(VAULT);
    let from = vault.root().to_string_lossy().into_owned();
    let (book, run) = init(&[], &["--from", &from, "--title", "Travel"]);
    run.ends(0).says(
        "does not know: country (2 notes), cssclasses (1 note), rating (2 notes), visited (1 note)",
    );
    book.build().ends(0);
    let page = "public/Trips/Trip to Bern.html";
    assert!(!book.read(page).contains("Switzerland"), "{}", book.read(page));
    assert!(!book.read("public/index.html").contains("class=\"columns\""));
    let config = book.read("book.toml");
    book.write("book.toml", config.replace("# country = ", "country = "));
    book.build().ends(0);
    assert!(book.read(page).contains("Switzerland"), "{}", book.read(page));
}

#[test]
fn each_note_that_the_site_leaves_out_is_named() {
    let vault = Book::new(&[
        ("Trips/One.md", "---\ntitle: One: two\ncountry: [x\n---\nWe went.\n"),
        ("Trips/Two.md", "---\npublish: false\n---\nWe will go.\n"),
        ("Trips/Three.md", "We are here.\n"),
    ]);
    let from = vault.root().to_string_lossy().into_owned();
    let (book, run) = init(&[], &["--from", &from]);
    run.ends(0)
        .says("A book of 3 notes")
        .says("The site leaves out 2 notes:")
        .says("content/Trips/One.md:2: a text that holds a colon")
        .says("content/Trips/Two.md: it is a draft");
    book.build().ends(0);
    assert!(!book.has("public/Trips/One.html") && book.has("public/Trips/Three.html"));
}

#[test]
fn a_book_in_the_folder_of_its_notes_is_refused() {
    let vault = Book::new(VAULT);
    let root = vault.root().to_string_lossy().into_owned();
    for folder in ["sub", "Trips", "new/er"] {
        let folder = format!("{root}/{folder}");
        vault.run(&["init", &folder, "--from", &root]).ends(2).says("which is only read");
    }
    assert!(!vault.has("sub") && !vault.has("new") && !vault.has("Trips/book.toml"));
}

#[test]
fn the_layouts_of_other_tools_are_known() {
    let docs = Book::new(&[
        ("mkdocs.yml", "site_name: 'The docs'\n"),
        ("README.md", "# Not a page\n"),
        ("docs/index.md", "# Start\n"),
        ("docs/guide/one.md", "# One\n"),
    ]);
    let root = docs.root().to_string_lossy().into_owned();
    docs.run(&["init", "--from", &root]).ends(0).says("2 notes");
    assert!(docs.read("book.toml").contains("title = \"The docs\""));
    assert!(docs.read("book.toml").contains("content = \"docs\""));
    docs.build().ends(0);
    assert!(docs.read("public/index.html").contains("The docs"));
    let nothing = Book::new(&[("README.txt", "x")]);
    let root = nothing.root().to_string_lossy().into_owned();
    nothing.run(&["init", "--from", &root]).ends(2).says("there is no Markdown file");
    assert!(!nothing.has("book.toml"));
}

#[cfg(unix)]
#[test]
fn links_in_the_file_system_are_not_followed() {
    let elsewhere = Book::new(&[("secret.md", "# Secret\n")]);
    let notes = Book::new(&[("one.md", "# One\n")]);
    std::os::unix::fs::symlink(elsewhere.root(), notes.path("folder")).expect("a link");
    std::os::unix::fs::symlink(elsewhere.path("secret.md"), notes.path("two.md")).expect("a link");
    let from = notes.root().to_string_lossy().into_owned();
    let (book, run) = init(&[], &["--from", &from, "--title", "T"]);
    run.ends(0).says("it is a link in the file system");
    assert!(
        book.has("content/one.md") && !book.has("content/two.md") && !book.has("content/folder")
    );
}

//! `fieldbook translation export` and `import`.

use crate::support::book::Book;

const BOOK: &[(&str, &str)] = &[
    (
        "book.toml",
        "title = \"Lessons\"\nlanguages = [\"fr\", \"ar\"]\n\n[kinds.lesson]\nfolder = \"lessons\"\n",
    ),
    ("content/index.md", "+++\ntitle = \"Home\"\n+++\n\nSee [[ask-early]].\n"),
    (
        "content/lessons/ask-early.md",
        "+++\ntitle = \"Ask early\"\ndate = 2024-06-24\n+++\n\nWe asked *after* the survey, and [[index|paid]] for it.\n\n\
         ```sh\nrun\n```\n\n> [!tip] Next time\n> Ask before.\n\n| When | Who |\n|------|-----|\n| now | `us` |\n",
    ),
    (
        "content/lessons/ask-early.fr.md",
        "+++\ntitle = \"Demander tôt\"\n+++\n\nNous avons demandé *après*.\n",
    ),
];

fn path(book: &Book, name: &str) -> String {
    book.path(name).display().to_string()
}

/// Exports to a file of the book and returns its text.
fn exported(book: &Book, arguments: &[&str], name: &str) -> String {
    let place = path(book, name);
    let all = [&["translation", "export", "-o", &place], arguments].concat();
    book.run(&all).ends(0).says("exported");
    book.read(name)
}

#[test]
fn a_new_translation_has_the_structure_of_its_original() {
    let book = Book::new(BOOK);
    let po = exported(&book, &["-l", "ar", &path(&book, "content/lessons")], "x.po");
    let po = translated(
        &po,
        &[
            ("Ask early", "اسأل مبكراً"),
            (
                "We asked *after* the survey, and {1}paid{/1} for it.",
                "سألنا *بعد* المسح، و{1}دفعنا{/1} ثمن ذلك.",
            ),
            ("Next time", "في المرة القادمة"),
            ("Ask before.", "اسأل قبل ذلك."),
            ("When", "متى"),
            ("Who", "من"),
            ("now", "الآن | غداً"),
        ],
    );
    book.write("x.po", &po);
    book.run(&["translation", "import", &path(&book, "x.po")])
        .ends(0)
        .says("new: content/lessons/ask-early.ar.md");
    let made = book.read("content/lessons/ask-early.ar.md");
    let (front_matter, body) = made.split_once("\n+++\n").expect("front matter");
    assert!(
        front_matter.starts_with("+++\ntitle = \"اسأل مبكراً\"\ntranslated-from = [\n  \"title:"),
        "{front_matter}"
    );
    assert_eq!(
        body,
        "\nسألنا *بعد* المسح، و[[index|دفعنا]] ثمن ذلك.\n\n```sh\nrun\n```\n\n> [!tip] في المرة القادمة\n> اسأل قبل ذلك.\n\n\
         | متى | من |\n|------|-----|\n| الآن \\| غداً | `us` |\n"
    );
    book.build().ends(0);
    // What was imported is exported, and changes nothing.
    exported(&book, &["-l", "ar", &path(&book, "content/lessons")], "y.po");
    book.run(&["translation", "import", &path(&book, "y.po")]).ends(0).says("Nothing to change");
    assert_eq!(book.read("content/lessons/ask-early.ar.md"), made);
}

/// Fills in translations.
fn translated(po: &str, texts: &[(&str, &str)]) -> String {
    texts.iter().fold(po.to_owned(), |po, (source, target)| {
        let empty = format!("msgid \"{source}\"\nmsgstr \"\"");
        po.replacen(&empty, &format!("msgid \"{source}\"\nmsgstr \"{target}\""), 1)
    })
}

#[test]
fn an_incomplete_note_is_left_out_or_marked() {
    let book = Book::new(BOOK);
    let po = exported(&book, &["-l", "ar", "--only", "missing"], "x.po");
    let po = translated(&po, &[("Ask early", "اسأل مبكراً"), ("Next time", "في المرة القادمة")]);
    book.write("x.po", &po);
    let file = path(&book, "x.po");
    book.run(&["translation", "import", &file])
        .ends(0)
        .says("ask-early.ar.md was left out: 2 of its 7 texts are translated");
    assert!(!book.has("content/lessons/ask-early.ar.md"));
    book.run(&["translation", "import", &file]).ends(0).says("Nothing was written");
    book.run(&["translation", "import", "--partial", &file])
        .ends(0)
        .says("new: content/lessons/ask-early.ar.md (2 texts)");
    let made = book.read("content/lessons/ask-early.ar.md");
    assert!(
        made.contains(
            "> [!tip] في المرة القادمة\n> <span lang=\"en\" dir=\"ltr\">Ask before.</span>\n"
        ),
        "{made}"
    );
    assert!(made.contains("| <span lang=\"en\" dir=\"ltr\">When</span> |"), "{made}");
    book.build().ends(0);
    // What is in English is the English of today, and nothing is said to have changed.
    let run = book.run(&["check"]).ends(0);
    assert!(!run.err.contains("stale-translation"), "{}", run.err);
    // The rest still counts as missing, and takes its place when it is translated.
    let rest = exported(&book, &["-l", "ar", "--only", "missing"], "rest.po");
    assert!(!rest.contains("Next time") && rest.contains("msgid \"When\"\nmsgstr \"\""), "{rest}");
    book.write("rest.po", translated(&rest, &[("When", "متى")]));
    book.run(&["translation", "import", &path(&book, "rest.po")])
        .ends(0)
        .says("changed: content/lessons/ask-early.ar.md (1 text)");
    let changed = book
        .read("content/lessons/ask-early.ar.md")
        .replace("| متى |", "| <span lang=\"en\" dir=\"ltr\">When</span> |");
    let without_hashes = |text: &str| {
        text.lines().filter(|line| !line.starts_with("  \"")).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(without_hashes(&changed), without_hashes(&made));
}

#[test]
fn nothing_is_written_if_one_text_is_wrong() {
    let book = Book::new(BOOK);
    let po = exported(&book, &["-l", "fr"], "x.po");
    let po = po.replace("msgstr \"Demander tôt\"", "msgstr \"Demander bien avant\"");
    let po = translated(&po, &[("Home", "Accueil"), ("See {1}.", "Voir.")]);
    book.write("x.po", &po);
    let before = book.read("content/lessons/ask-early.fr.md");
    let run = book.run(&["translation", "import", &path(&book, "x.po")]).ends(1);
    let run = run.says("index#paragraph: {1} is missing").says("1 problem, so nothing was written");
    let line =
        po.lines().position(|line| line == "msgctxt \"index#paragraph\"").expect("the entry") + 1;
    run.says(&format!("x.po:{line}: "));
    assert!(!book.has("content/index.fr.md"));
    assert_eq!(book.read("content/lessons/ask-early.fr.md"), before);
}

#[test]
fn a_file_that_is_there_is_never_replaced() {
    let book = Book::new(BOOK);
    book.write("x.po", "mine");
    let file = path(&book, "x.po");
    book.run(&["translation", "export", "-l", "fr", "-o", &file]).ends(2).says("is there already");
    assert_eq!(book.read("x.po"), "mine");
    let folder = path(&book, "out");
    book.run(&["translation", "export", "-l", "fr", "-o", &folder]).ends(0);
    assert!(book.has("out/lessons/ask-early.fr.po") && book.has("out/index.fr.po"));
    book.run(&["translation", "export", "-l", "fr", "-o", &folder])
        .ends(2)
        .says("is there already");
    // A folder is imported as a whole.
    book.run(&["translation", "import", &folder]).ends(0).says("Nothing to change");
}

#[test]
fn an_earlier_file_keeps_what_is_not_in_the_book() {
    let book = Book::new(BOOK);
    let po = exported(&book, &["-l", "ar"], "x.po");
    let po = translated(
        &po,
        &[("Home", "الرئيسية"), ("See {1}.", "انظر {1}."), ("Ask early", "اسأل مبكراً")],
    );
    book.write("x.po", po);
    let text = book.read("content/lessons/ask-early.md").replace("Ask early", "Ask much earlier");
    book.write("content/lessons/ask-early.md", text);
    let file = path(&book, "x.po");
    book.run(&["translation", "import", &file]).ends(1).says("has changed since it was exported");
    let again = exported(&book, &["-l", "ar", "--previous", &file], "y.po");
    assert!(again.contains("msgid \"Home\"\nmsgstr \"الرئيسية\""), "{again}");
    let changed = "#, fuzzy\n#| msgid \"Ask early\"\nmsgctxt \"lessons/ask-early#title\"\nmsgid \"Ask much earlier\"\nmsgstr \
                   \"اسأل مبكراً\"\n";
    assert!(again.contains(changed), "{again}");
    book.run(&["translation", "import", &path(&book, "y.po")])
        .ends(0)
        .says("new: content/index.ar.md");
    assert!(!book.has("content/lessons/ask-early.ar.md"));
}

#[test]
fn tables_go_to_spreadsheets_and_come_back() {
    let book = Book::new(BOOK);
    let csv = exported(&book, &["-l", "ar", &path(&book, "content/index.md")], "x.csv");
    assert!(csv.starts_with("\u{feff}\"context\",\"source\",\"target\""), "{csv}");
    // As a spreadsheet of another country writes it.
    let csv = csv
        .replace("\",\"", ";")
        .replace('"', "")
        .replace("Home;;", "Home;الرئيسية;")
        .replace("See {1}.;;", "See {1}.;انظر {1}.;");
    book.write("x.csv", csv);
    book.run(&["translation", "import", &path(&book, "x.csv")])
        .ends(0)
        .says("new: content/index.ar.md");
    assert!(book.read("content/index.ar.md").ends_with("\nانظر [[ask-early]].\n"));
}

#[test]
fn what_is_asked_wrongly_ends_with_2() {
    let book = Book::new(BOOK);
    book.run(&["translation", "export", "-l", "de"])
        .ends(2)
        .says("the book has no language de; its languages are en, fr, ar");
    book.write("x.txt", "x");
    book.run(&["translation", "import", &path(&book, "x.txt")]).ends(2).says("ends in .po or .csv");
    book.write("y.po", b"\xff\xfe");
    book.run(&["translation", "import", &path(&book, "y.po")]).ends(2).says("is not UTF-8");
    book.write("z.po", "msgid \"a\"\nmsgstr \"b\"\n");
    book.run(&["translation", "import", &path(&book, "z.po")]).ends(2).says("into which language");
    book.run(&["translation", "import", "-l", "fr", &path(&book, "z.po")])
        .ends(1)
        .says("doesn't name a note");
    book.run(&["translation", "import", &path(&book, "content")]).ends(2).says("holds no file");
    let po = exported(&book, &["-l", "fr"], "fr.po");
    book.write("fr.po", po);
    book.run(&["translation", "import", "-l", "ar", &path(&book, "fr.po")])
        .ends(2)
        .says("not into ar");
}

#[cfg(unix)]
#[test]
fn a_read_only_note_stops_the_whole_import() {
    use std::os::unix::fs::PermissionsExt;
    let book = Book::new(BOOK);
    let po = exported(&book, &["-l", "fr"], "x.po");
    let po = po.replace("msgstr \"Demander tôt\"", "msgstr \"Demander avant\"");
    book.write("x.po", translated(&po, &[("Home", "Accueil"), ("See {1}.", "Voir {1}.")]));
    let note = book.path("content/lessons/ask-early.fr.md");
    std::fs::set_permissions(&note, std::fs::Permissions::from_mode(0o444)).expect("permissions");
    let files = |book: &Book| crate::support::read_tree(&book.path("content"));
    let before = files(&book);
    book.run(&["translation", "import", &path(&book, "x.po")]).ends(3).says("it is read-only");
    assert_eq!(files(&book), before);
}

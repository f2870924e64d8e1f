//! The options of a build.

use crate::support::book::{Book, finish};

const DRAFT: &str = "+++\ntitle = \"Draft\"\nstatus = \"draft\"\n+++\n";
const PLAIN: &str = "title = \"Plain\"\ntheme = \"plain\"\n";
const DUE: &str = "+++\ntitle = \"Due\"\nreview-by = 2026-06-15\n+++\n";

#[test]
fn quiet_says_only_what_is_wrong() {
    let book = Book::small();
    assert_eq!(book.run(&["build", "-q"]).ends(0).err, "");
    book.write("content/bad.md", "+++\ntitle = \"Bad\"\n+++\n\n[[nothing]]\n");
    let run = book.run(&["build", "-q"]).ends(1).says("no note is called \"nothing\"");
    assert!(!run.err.contains("nothing was written"), "{}", run.err);
}

#[test]
fn verbose_says_what_was_written() {
    let book = Book::small();
    let run = book.run(&["build", "-v"]).ends(0).says("files written");
    assert!(run.err.contains(", 0 removed"), "{}", run.err);
    for file in ["index.html", "lessons/second.html", "search/index.js"] {
        assert!(run.err.contains(&format!("written: {file}\n")), "{file}: {}", run.err);
    }
    book.run(&["build", "-v"]).ends(0).says("0 files written").says("nothing to do");
    book.remove("content/lessons/second.md");
    book.run(&["build", "-v"]).ends(0).says(", 2 removed").says("removed: lessons/second.html");
}

#[test]
fn verbose_says_what_was_left_out_and_why() {
    let book = Book::small();
    let files = [
        ("content/.obsidian/app.json", "content/.obsidian (its name begins with a dot)"),
        ("content/lessons/first.md~", "content/lessons/first.md~ (a program left it behind"),
        ("content/~$x.docx", "content/~$x.docx (a program keeps it while it has a file open)"),
        ("static/.#x.css", "static/.#x.css (a program keeps it while it has a file open)"),
        ("static/.git/config", "static/.git (a program or the system keeps it for itself)"),
        ("content/lessons/draft.md", "content/lessons/draft.md (it is a draft)"),
        ("content/lessons/plan.pdf", "content/lessons/plan.pdf (only drafts link to it)"),
    ];
    for (file, _) in files {
        book.write(file, "x");
    }
    let draft = DRAFT.to_owned() + "\n[The plan](plan.pdf)\n";
    book.write("content/lessons/draft.md", draft);
    for _ in 0..2 {
        let run = book.run(&["build", "-v"]).ends(0);
        for (_, says) in files {
            assert!(run.err.contains(&format!("left out: {says}")), "{says}: {}", run.err);
        }
    }
    assert!(!book.has("public/lessons/plan.pdf"));
}

#[test]
fn notes_are_listed_by_what_they_say() {
    let book = Book::small();
    let note =
        |title: &str, more: &str| format!("+++\ntitle = \"{title}\"\n{more}+++\n\nZebras.\n");
    book.write("content/lessons/zebras.md", note("Of zebras", ""));
    book.write("content/lessons/other.md", note("Other", ""));
    book.write("content/lessons/hidden.md", note("Hidden", "status = \"draft\"\n"));
    let list = |arguments: &[&str]| {
        let run = book.run(&[&["list", "search"], arguments].concat());
        assert_eq!(run.code, Some(0), "{}", run.err);
        run.out
    };
    // The title counts for more than the text.
    let (first, second) =
        ("content/lessons/zebras.md\tOf zebras\n", "content/lessons/other.md\tOther\n");
    assert_eq!(list(&["zebra"]), format!("{first}{second}"));
    assert_eq!(list(&["zebra", "-n", "1"]), first);
    assert_eq!(list(&["\"of zebras\""]), first);
    assert!(list(&["zebra", "--drafts"]).contains("hidden.md\tHidden\n"));
    assert_eq!(list(&["giraffe"]), "");
    // A page without a file is named by its address. The name of a folder counts for less than a
    // title.
    assert_eq!(list(&["lessons", "-n", "1"]), "lessons/index.html\tLessons\n");
    assert!(list(&["lessons"]).contains(second));
    let nothing = book.run(&["list", "search"]);
    assert_eq!(nothing.code, Some(2), "{}", nothing.err);
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let book = Book::small();
    book.write("content/bad.md", "+++\ntitle = \"Bad\"\n+++\n\n[[nothing]]\n");
    let colored = |arguments: &[&str]| book.run(arguments).ends(1).err.contains('\u{1b}');
    assert!(!colored(&["build"]));
    assert!(!colored(&["build", "--color", "auto"]));
    assert!(!colored(&["build", "--color", "never"]));
    assert!(colored(&["build", "--color", "always"]));
    let mut command = book.command(&["build"]);
    let run = finish(command.env("NO_COLOR", "1").env("CLICOLOR_FORCE", "1")).ends(1);
    assert!(!run.err.contains('\u{1b}'));
}

#[test]
fn the_site_goes_where_it_is_asked_to_go() {
    let book = Book::small();
    book.run(&["build", "-o", book.path("out/site").to_str().expect("text")]).ends(0);
    assert!(book.has("out/site/lessons/first.html") && !book.has("public"));
    // A relative folder is relative to where the program was started.
    let elsewhere = Book::new(&[]);
    finish(book.command(&["build", "-o", "site"]).current_dir(elsewhere.root())).ends(0);
    assert!(elsewhere.has("site/index.html"));
    assert!(!elsewhere.has(".fieldbook"));
    book.build().ends(0);
    assert_eq!(book.site(), crate::support::read_tree(&elsewhere.path("site")));
}

#[test]
fn the_site_never_goes_over_the_book() {
    let book = Book::small();
    book.write("static/a.txt", "a file");
    let before = crate::support::read_tree(book.root());
    for folder in ["", "content", "content/lessons", "static", "static/x", "themes/default", ".."] {
        let folder = book.path(folder);
        let run = book.run(&["build", "-o", folder.to_str().expect("text")]).ends(2);
        run.says("can't be written over the book");
    }
    finish(book.command(&["build", "-o", "content"]).current_dir(book.root())).ends(2);
    assert_eq!(crate::support::read_tree(book.root()), before);
}

#[test]
fn the_program_can_be_started_anywhere() {
    let book = Book::small();
    let run = |folder: &str, root: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_fieldbook"));
        command.env("XDG_STATE_HOME", book.state());
        finish(command.current_dir(book.path(folder)).args(["build", "-r", root])).ends(0)
    };
    run("", ".");
    let site = book.site();
    run("content/lessons", "../..").says("nothing to do");
    assert_eq!(book.site(), site);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_fieldbook"));
    command.env("XDG_STATE_HOME", book.state());
    finish(command.current_dir(book.root()).arg("build")).ends(0).says("nothing to do");
}

#[test]
fn the_address_can_be_another() {
    let book = Book::small();
    book.build().ends(0);
    assert!(!book.has("public/sitemap.xml"));
    book.run(&["build", "-u", "https://example.org/preview"]).ends(0);
    let page = book.read("public/lessons/first.html");
    assert!(page.contains("https://example.org/preview/lessons/first.html"), "{page}");
    assert!(book.read("public/sitemap.xml").contains("https://example.org/preview/</loc>"));
    book.build().ends(0);
    assert!(!book.has("public/sitemap.xml"), "what was made for another address goes");
}

#[test]
fn the_configuration_can_be_another() {
    let book = Book::small();
    book.write("other.toml", "title = \"Another title\"\n");
    book.run(&["build", "-c", "other.toml"]).ends(0);
    assert!(book.read("public/index.html").contains("Another title"));
    book.run(&["build", "-c", "./other.toml"]).ends(0).says("nothing to do");
    book.write("other.toml", "titel = \"Another title\"\n");
    book.run(&["build", "-c", "other.toml"]).ends(2).says("other.toml:1:1");
    book.run(&["build", "-c", "missing.toml"]).ends(2).says("there is no missing.toml here");
}

#[test]
fn drafts_are_shown_to_those_who_ask() {
    let book = Book::small();
    book.write("content/draft.md", DRAFT);
    book.build().ends(0);
    assert!(!book.has("public/draft.html"));
    book.run(&["build", "--drafts"]).ends(0);
    assert!(book.has("public/draft.html"));
    book.build().ends(0);
    assert!(!book.has("public/draft.html"));
}

#[test]
fn the_day_can_be_another() {
    let book = Book::new(&[("book.toml", PLAIN), ("content/due.md", DUE)]);
    for (path, bytes) in crate::support::read_tree(&crate::support::tests().join("support/plain")) {
        book.write(&format!("themes/plain/{path}"), bytes);
    }
    let warns = || book.read("public/due.html").contains("overdue since: 2026-06-15");
    book.run(&["build", "--today", "2026-06-15"]).ends(0);
    assert!(!warns());
    book.run(&["build", "--today", "2026-06-16"]).ends(0);
    assert!(warns());
    // 15 and 16 June 2026, noon in Greenwich.
    for (seconds, expected) in [("1781524800", false), ("1781611200", true)] {
        finish(book.command(&["build"]).env("SOURCE_DATE_EPOCH", seconds)).ends(0);
        assert_eq!(warns(), expected, "{seconds}");
    }
    let mut command = book.command(&["build", "--today", "2026-01-01"]);
    finish(command.env("SOURCE_DATE_EPOCH", "1781611200")).ends(0);
    assert!(!warns(), "what was asked for counts before the environment");
}

//! A book with errors: the pages stay as they were, and show the problems.

use crate::client::Preview;
use crate::support::book::Book;

const BROKEN: &str = "+++\ntitle = \"First\"\n+++\n\nSee [[Secund]]. Now broken.\n";
const MENDED: &str = "+++\ntitle = \"First\"\n+++\n\nSee [[Second]]. Now mended.\n";

#[test]
fn the_last_good_page_stays_and_problems_are_told_once() {
    let book = Book::small();
    let preview = Preview::of(book.root());
    assert_eq!(preview.problems("index.html"), "");
    book.write("content/lessons/first.md", BROKEN);
    preview.until(|| (!preview.problems("").contains("Secund")).then(|| "no problem".to_owned()));
    let problems = preview.problems("lessons/first.html");
    for part in
        ["1 error", "content/lessons/first.md:5:5", "<mark>[[Secund]]</mark>", "did you mean"]
    {
        assert!(problems.contains(part), "{part} in {problems}");
    }
    assert!(preview.get("/lessons/first.html").text().contains("The first."));
    // The same problem on another line is not reported again.
    book.write("content/lessons/first.md", BROKEN.replace("\nSee", "\nMore.\n\nSee"));
    preview.until(|| (!preview.problems("").contains("md:7:5")).then(|| "not moved".to_owned()));
    book.write("content/lessons/first.md", MENDED);
    preview.until_shows("lessons/first.html", "Now mended.");
    assert_eq!(preview.problems("index.html"), "");
    // The terminal is told after the pages.
    let is_told = || preview.said().contains("All problems are fixed");
    preview.until(|| (!is_told()).then(|| "nothing is said of it".to_owned()));
    let said = preview.said();
    assert_eq!(said.matches("error[broken-link]").count(), 1, "{said}");
    assert_eq!(said.matches("All problems are fixed").count(), 1, "{said}");
    assert!(said.contains(" pages changed in "), "{said}");
}

#[test]
fn only_what_is_new_is_told() {
    let book = Book::small();
    let warned = "+++\ntitle = \"Warned\"\n+++\n\n#### Deep\n";
    book.write("content/a.md", warned);
    book.write("content/b.md", warned.replace("Warned", "Also warned"));
    let preview = Preview::of(book.root());
    let told = |part: &str| {
        preview.until(|| (!preview.said().contains(part)).then(|| format!("{part} is not said")));
    };
    told("content/b.md");
    book.write("content/lessons/first.md", BROKEN);
    told("… and 2 problems reported before");
    book.write("content/lessons/first.md", MENDED);
    told("2 problems are left");
    book.write("content/b.md", "+++\ntitle = \"Fine\"\n+++\n");
    told("1 problem is left");
    let said = preview.said();
    assert_eq!(said.matches("warning[skipped-heading]").count(), 2, "{said}");
    assert_eq!(said.matches("error[broken-link]").count(), 1, "{said}");
}

#[test]
fn drafts_are_spoken_of_where_they_are_shown() {
    let book = Book::small();
    let open = ["-p", "0", "-i", "0.0.0.0"];
    for (arguments, said) in [
        (&open[..], "can read the book."),
        (&[&open[..], &["--drafts"]].concat(), "can read the book, drafts included."),
    ] {
        let preview = Preview::with(book.root(), arguments);
        preview.until(|| (!preview.said().contains(said)).then(|| preview.said()));
    }
}

#[test]
fn a_book_with_errors_from_the_start_is_shown_as_it_is() {
    let book = Book::small();
    book.write("content/lessons/first.md", BROKEN);
    let preview = Preview::of(book.root());
    preview.until_shows("lessons/first.html", "Now broken.");
    assert!(preview.problems("").contains("Nothing is published until"));
    book.write("content/lessons/second.md", "+++\ntitle = \"Second\"\n+++\n\nEdited.\n");
    preview.until_shows("lessons/second.html", "Edited.");
}

#[test]
fn configuration_and_templates_break_and_are_mended() {
    let book = Book::small();
    let preview = Preview::of(book.root());
    let config = book.read("book.toml");
    let text = book.read("content/lessons/first.md");
    for (at, (path, broken, mended)) in [
        ("book.toml", "title = ".to_owned(), config.replace("Small", "Large")),
        ("book.toml", String::new(), config.replace("Small", "Larger")),
        ("themes/default/templates/404.html", "{% if %}".to_owned(), "Lost".to_owned()),
        ("content/lessons/first.md", "\u{0}".to_owned(), text.clone()),
    ]
    .into_iter()
    .enumerate()
    {
        book.write(path, broken);
        let here =
            || (!preview.problems("").contains("error")).then(|| format!("{path} is not wrong"));
        preview.until(here);
        assert!(preview.get("/lessons/first.html").text().contains("The first."), "{path}");
        book.write(path, mended);
        let gone = || preview.problems("").contains("error").then(|| format!("{path} is wrong"));
        preview.until(gone);
        assert!(at > 1 || preview.get("/").text().contains("Large"));
    }
    assert_eq!(String::from_utf8_lossy(&preview.file("404.html").expect("a page")), "Lost");
}

#[test]
fn a_template_that_fails_on_one_page_fails_there_only() {
    let book = Book::small();
    let preview = Preview::of(book.root());
    preview.until_shows("lessons/first.html", "The first.");
    let fails =
        "{% if note.title == \"First\" %}{{ nothing.at.all }}{% endif %}{{ content | safe }}!";
    book.write("themes/default/templates/note.html", fails);
    preview.until_shows("lessons/second.html", "</p>\n!");
    let page = preview.get("/lessons/first.html");
    assert!(page.text().contains("The first."), "{}", page.text());
    let told = || (!preview.problems("").contains("note.html:1:")).then(|| "no problem".to_owned());
    preview.until(told);
    book.write("themes/default/templates/note.html", "{{ content | safe }}?");
    preview.until_shows("lessons/first.html", "</p>\n?");
    assert_eq!(preview.problems(""), "");
}

#[test]
fn a_template_that_fails_before_search_is_there_is_told() {
    let book = Book::small();
    book.write("themes/default/templates/note.html", "{{ nothing.at.all }}");
    let preview = Preview::of(book.root());
    assert_eq!(preview.get("/lessons/first.html").status, 500);
    preview.until(|| {
        (!preview.problems("").contains("note.html:1:")).then(|| "no problem".to_owned())
    });
}

#[test]
fn the_folder_of_the_book_goes_and_comes_back() {
    for arguments in [&["-p", "0"][..], &["-p", "0", "--poll"]] {
        go_and_come_back(arguments);
    }
}

fn go_and_come_back(arguments: &[&str]) {
    let book = Book::small();
    let root = book.path("book");
    std::fs::create_dir(&root).expect("a folder");
    for part in ["book.toml", "content"] {
        std::fs::rename(book.path(part), root.join(part)).expect("a move");
    }
    let preview = Preview::with(&root, arguments);
    preview.until_shows("lessons/first.html", "The first.");
    std::fs::rename(&root, book.path("away")).expect("a move");
    preview.until(|| (!preview.said().contains("error")).then(|| "nothing said".to_owned()));
    assert!(preview.file("lessons/first.html").is_some());
    book.write("away/content/lessons/first.md", MENDED);
    std::fs::rename(book.path("away"), &root).expect("a move");
    preview.until_shows("lessons/first.html", "Now mended.");
    let edited = MENDED.replace("Now", "Once more");
    book.write("book/content/lessons/first.md", edited);
    preview.until_shows("lessons/first.html", "Once more mended.");
}

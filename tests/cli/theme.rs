//! `fieldbook theme eject`.

use crate::support::book::Book;

#[test]
fn a_built_in_file_goes_to_the_theme_of_the_book_and_counts_there() {
    let book = Book::small();
    let run = book.run(&["theme", "eject", "404.html"]).ends(0);
    run.says("Written: themes/own/templates/404.html").says("theme = \"own\"");
    let setting = book.read("book.toml").replacen("title", "theme = \"own\"\ntitle", 1);
    book.write("book.toml", setting);
    let template = book.read("themes/own/templates/404.html");
    assert!(template.contains("{% extends \"base.html\" %}"), "{template}");
    book.write("themes/own/templates/404.html", template.replace("<h1>", "<h1>Sorry: "));
    book.build().ends(0);
    assert!(book.read("public/404.html").contains("<h1>Sorry: "));
    // Never over a file that is there.
    book.run(&["theme", "eject", "templates/404.html"]).ends(2).says("is there already");
    assert!(book.read("themes/own/templates/404.html").contains("Sorry"));
    let run = book.run(&["theme", "eject", "components/cards.html"]).ends(0);
    run.says("Written: themes/own/templates/components/cards.html");
    let run = book.run(&["theme", "eject", "i18n/en.toml"]).ends(0);
    run.says("Written: themes/own/i18n/en.toml");
    let run = book.run(&["theme", "eject", "base.html"]).ends(0);
    run.says("{% extends \"default/base.html\" %}");
    book.build().ends(0);
}

#[test]
fn what_can_be_copied_is_listed_and_suggested() {
    let book = Book::small();
    let run = book.run(&["theme", "eject"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let list = run.out;
    for name in ["templates/note.html", "static/assets/site.css", "i18n/en.toml"] {
        assert!(list.lines().any(|line| line == name), "{name}: {list}");
    }
    book.run(&["theme", "eject", "nota.html"]).ends(2).says("did you mean note.html");
    book.run(&["theme", "eject", "zzzzzzzzzz"]).ends(2).says("lists all");
    assert!(!book.has("themes"));
}

#[test]
fn the_setting_goes_where_the_book_has_its_others() {
    let book = Book::small();
    book.write("book.toml", "title = \"T\"\n[theme]\nfooter = \"Text\"\n");
    let run = book.run(&["theme", "eject", "404.html"]).ends(0);
    run.says("below [theme] in book.toml: folder = \"own\"");
    book.write("book.toml", "title = \"T\"\n[theme]\nfooter = \"Text\"\nfolder = \"ours\"\n");
    let run = book.run(&["theme", "eject", "404.html"]).ends(0);
    let run = run.says("Written: themes/ours/templates/404.html");
    assert!(!run.err.contains("Now add"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn no_link_is_followed_out_of_the_book() {
    let (book, other) = (Book::small(), tempfile::tempdir().expect("a folder"));
    std::os::unix::fs::symlink(other.path(), book.path("themes")).expect("a link");
    book.run(&["theme", "eject", "404.html"]).ends(3);
    assert_eq!(std::fs::read_dir(other.path()).expect("a folder").count(), 0);
}

//! The changes of a build to the output folder.

use std::collections::BTreeMap;
use std::io::Read;
use std::time::SystemTime;

use crate::support::book::Book;

#[test]
fn a_second_build_writes_nothing() {
    let book = Book::small();
    book.build().ends(0);
    let before = times(&book);
    book.build().ends(0).says("nothing to do");
    assert_eq!(times(&book), before);
    // Saving a file without a change is not a change.
    book.write("content/index.md", book.read("content/index.md"));
    book.build().ends(0).says("nothing to do");
    assert_eq!(times(&book), before);
}

#[test]
fn an_edit_writes_only_what_differs() {
    let book = Book::small();
    book.build().ends(0);
    let before = times(&book);
    book.write("content/lessons/second.md", "+++\ntitle = \"Second\"\n+++\n\nAnother text.\n");
    book.run(&["build", "-v", "--today", "2026-11-22"]).ends(0);
    let after = times(&book);
    let differs = |path: &&String| before.get(*path) != Some(&after[*path]);
    // An edit also changes the scripts of the words it affects.
    let changed: Vec<&String> =
        after.keys().filter(differs).filter(|path| !path.starts_with("search/")).collect();
    assert_eq!(changed, ["lessons/second.html"]);
}

#[test]
fn a_file_of_the_book_covers_what_would_be_made_and_one_of_the_theme_does_not() {
    let book = Book::small();
    let script = |book: &Book| book.site()["search/index.js"].clone();
    book.build().ends(0);
    let made = script(&book);
    book.write("themes/default/static/search/index.js", "of the theme");
    book.build().ends(0);
    assert_eq!(script(&book), made);
    book.write("static/search/index.js", "of the book");
    book.build().ends(0);
    assert_eq!(script(&book), b"of the book");
}

#[test]
fn texts_are_packed_if_asked_for() {
    let book = Book::small();
    book.write("static/picture.png", "no text");
    let build = ["build", "--today", "2026-11-22", "--precompress", "-v"];
    book.run(&build).ends(0);
    let site = book.site();
    let texts = site.keys().filter(|path| !path.ends_with(".br") && !path.ends_with(".gz"));
    for path in texts.filter(|path| *path != "picture.png") {
        let (mut brotli, mut gzip) = (Vec::new(), Vec::new());
        let packed = &mut &*site[&format!("{path}.br")];
        brotli::BrotliDecompress(packed, &mut brotli).expect("brotli");
        let packed = &*site[&format!("{path}.gz")];
        flate2::read::GzDecoder::new(packed).read_to_end(&mut gzip).expect("gzip");
        assert_eq!((&brotli, &gzip), (&site[path], &site[path]), "{path}");
    }
    assert!(!site.contains_key("picture.png.br"));
    // Only changed files are packed again, and all packed files are removed when packing is no
    // longer requested.
    book.write("content/lessons/second.md", "+++\ntitle = \"Second\"\n+++\n\nAnother text.\n");
    book.run(&build).ends(0);
    book.build().ends(0);
    assert!(!book.site().keys().any(|path| path.ends_with(".br") || path.ends_with(".gz")));
}

#[test]
fn an_error_leaves_the_last_good_site() {
    let book = Book::small();
    book.build().ends(0);
    let (site, before) = (book.site(), times(&book));
    book.write("content/lessons/first.md", "+++\ntitle = \"New\"\n+++\n\n[[nothing]]\n");
    book.remove("content/lessons/second.md");
    book.build().ends(1);
    assert_eq!((book.site(), times(&book)), (site, before));
    book.write("content/lessons/first.md", "+++\ntitle = \"First\"\n+++\n");
    book.build().ends(0);
    assert!(!book.has("public/lessons/second.html"));
}

#[test]
fn what_is_gone_from_the_book_goes_from_the_site() {
    let book = Book::small();
    book.write("content/deep/er/note.md", "+++\ntitle = \"Deep\"\n+++\n");
    book.write("static/deep/file.txt", "a file");
    book.build().ends(0);
    assert!(book.has("public/deep/er/note.html") && book.has("public/deep/file.txt"));
    book.remove("content/deep/er/note.md");
    book.remove("static/deep/file.txt");
    book.build().ends(0);
    assert!(!book.has("public/deep"), "folders that are left empty go too");
}

#[test]
fn a_renamed_note_moves() {
    let book = Book::small();
    book.build().ends(0);
    std::fs::rename(book.path("content/lessons/second.md"), book.path("content/lessons/2.md"))
        .expect("a new name");
    book.build().ends(0);
    assert!(book.has("public/lessons/2.html") && !book.has("public/lessons/second.html"));
}

#[test]
fn a_page_that_was_changed_by_hand_is_made_again() {
    let book = Book::small();
    book.build().ends(0);
    let site = book.site();
    book.write("public/lessons/first.html", "changed");
    book.remove("public/index.html");
    book.build().ends(0);
    assert_eq!(book.site(), site);
}

#[test]
fn a_file_and_a_folder_can_change_places() {
    let book = Book::small();
    book.write("static/data", "a file");
    book.build().ends(0);
    book.remove("static/data");
    book.write("static/data/part.txt", "a file in a folder");
    book.build().ends(0);
    assert_eq!(book.read("public/data/part.txt"), "a file in a folder");
    book.remove("static/data/part.txt");
    std::fs::remove_dir(book.path("static/data")).expect("an empty folder");
    book.write("static/data", "a file");
    book.build().ends(0);
    assert_eq!(book.read("public/data"), "a file");
}

/// Returns the time at which each file of the site was written.
fn times(book: &Book) -> BTreeMap<String, SystemTime> {
    let time = |path: &String| book.path("public").join(path).metadata()?.modified();
    book.site().keys().map(|path| (path.clone(), time(path).expect("a time"))).collect()
}

#[test]
fn the_sentence_of_a_link_keeps_its_addresses_whole() {
    let book = Book::small();
    book.write(
        "content/lessons/second.md",
        "+++\ntitle = \"Second\"\n+++\n\nBefore. See https://example.org/a?b=c!d and [[First]], or \
         (www.example.org/?x)! After https://example.org/?y. End.\n",
    );
    book.build().ends(0);
    let page = book.read("public/lessons/first.html");
    assert!(page.contains("See https://example.org/a?b=c!d and"), "{page}");
    assert!(page.contains("(www.example.org/?x)!") && !page.contains("After https"), "{page}");
    assert!(!page.contains("Before. See"), "{page}");
}

#[test]
fn a_list_stands_beside_the_text_that_a_home_page_shows() {
    let kinds = "title = \"B\"\nlanguages = [\"fr\"]\n\n[kinds.lesson]\nfolder = \"lessons\"\n\n[kinds.task]\n\
                 folder = \"tasks\"\n";
    let book = Book::new(&[
        ("book.toml", kinds),
        ("content/index.md", "+++\ntitle = \"Home\"\n+++\n\nThe text.\n"),
        ("content/lessons/a.md", "+++\ntitle = \"A\"\n+++\n\nA.\n"),
        ("content/tasks/b.md", "+++\ntitle = \"B\"\n+++\n\nB.\n"),
    ]);
    let beside = "<div class=\"aside\">\n<section";
    book.build().ends(0);
    for page in ["public/index.html", "public/fr/index.html"] {
        assert!(book.read(page).contains(beside), "{page}: {}", book.read(page));
    }
    book.write("content/index.md", "+++\ntitle = \"Home\"\n+++\n");
    book.build().ends(0);
    for page in ["public/index.html", "public/fr/index.html"] {
        assert!(!book.read(page).contains("class=\"columns\""), "{page}: {}", book.read(page));
    }
}

//! The treatment of files that belong to others, and of those of other builds.

use crate::support::book::Book;
use crate::support::read_tree;

#[test]
fn what_is_not_ours_is_not_touched() {
    let book = Book::small();
    book.write("public/CNAME", "example.org");
    book.write("public/lessons/mine.html", "mine");
    book.build().ends(0);
    book.remove("content/lessons/first.md");
    book.remove("content/lessons/second.md");
    book.write("content/index.md", "+++\ntitle = \"Home\"\n+++\n");
    book.build().ends(0);
    assert_eq!(book.read("public/CNAME"), "example.org");
    assert_eq!(book.read("public/lessons/mine.html"), "mine");
}

#[test]
fn what_is_not_ours_and_in_the_way_is_refused() {
    let book = Book::small();
    book.write("public/lessons/first.html", "mine");
    book.build().ends(3).says("lessons/first.html").says("this file is in the way of a page");
    assert_eq!(book.site().keys().collect::<Vec<_>>(), ["lessons/first.html"]);
    assert_eq!(book.read("public/lessons/first.html"), "mine");
    book.remove("public/lessons/first.html");
    book.build().ends(0);
    // A file is where a folder is needed.
    let book = Book::small();
    book.write("public/lessons", "mine");
    book.build().ends(3).says("public/lessons: this file is in the way");
    assert_eq!(book.read("public/lessons"), "mine");
    book.remove("public/lessons");
    book.build().ends(0);
    assert!(book.has("public/lessons/first.html"));
    // A file was added later, in a place where the site is ours.
    book.write("public/themes", "mine");
    book.write("content/themes/new.md", "+++\ntitle = \"New\"\n+++\n");
    book.build()
        .ends(3)
        .says("public/themes: this file is in the way of a page, and was not written by Fieldbook");
    assert!(!book.has("public/.fieldbook-stage"));
}

#[test]
fn a_lost_manifest_is_named_with_the_way_out() {
    let book = Book::small();
    let lose = || {
        std::fs::remove_dir_all(book.state()).expect("a folder");
        std::fs::remove_dir_all(book.path(".fieldbook")).expect("a folder");
    };
    book.build().ends(0);
    lose();
    book.build().ends(0);
    lose();
    book.write("content/lessons/first.md", "+++\ntitle = \"First\"\n+++\n\nOther.\n");
    let run = book.build().ends(3).says("nothing on this machine says").says("empty the folder");
    assert!(!run.err.contains("was not written by"), "{}", run.err);
    std::fs::remove_dir_all(book.path("public")).expect("a folder");
    book.build().ends(0);
}

/// Tests a book that was copied or moved with its site, or that is built in containers without a
/// memory.
#[test]
fn a_book_that_was_moved_knows_its_site() {
    let (book, copy) = (Book::small(), Book::new(&[]));
    book.build().ends(0);
    read_tree(book.root()).iter().for_each(|(path, bytes)| copy.write(path, bytes));
    copy.write("content/lessons/first.md", "+++\ntitle = \"First\"\n+++\n\nOther.\n");
    copy.remove("content/lessons/second.md");
    copy.write("public/mine.txt", "mine");
    copy.build().ends(0);
    assert!(copy.read("public/lessons/first.html").contains("Other."));
    assert!(!copy.has("public/lessons/second.html"));
    assert_eq!(copy.read("public/mine.txt"), "mine");
    copy.build().ends(0).says("nothing to do");
    // A changed file may belong to somebody else.
    std::fs::remove_dir_all(copy.state()).expect("a folder");
    copy.write("public/lessons/first.html", "altered");
    copy.write("content/lessons/first.md", "+++\ntitle = \"First\"\n+++\n\nAnother.\n");
    copy.build().ends(3).says("first.html: this file is in the way");
}

/// Tests a book whose folder was restored to an earlier state: the record on this machine is newer.
#[test]
fn a_book_that_was_put_back_knows_its_site() {
    let book = Book::small();
    book.build().ends(0);
    let before = read_tree(book.root());
    book.write("content/lessons/third.md", "+++\ntitle = \"Third\"\n+++\n");
    book.remove("content/lessons/second.md");
    book.build().ends(0);
    for entry in std::fs::read_dir(book.root()).expect("a folder") {
        let path = entry.expect("an entry").path();
        let _ = std::fs::remove_dir_all(&path).or_else(|_| std::fs::remove_file(&path));
    }
    before.iter().for_each(|(path, bytes)| book.write(path, bytes));
    book.remove("content/lessons/second.md");
    book.write("static/lessons/second.html/deep.txt", "x");
    book.build().ends(0);
    assert!(book.has("public/lessons/second.html/deep.txt"));
    book.build().ends(0).says("nothing to do");
}

#[test]
fn a_damaged_manifest_does_no_harm() {
    let book = Book::small();
    book.build().ends(0);
    let site = book.site();
    let manifest = manifest(&book);
    let whole = std::fs::read(&manifest).expect("a manifest");
    for damage in [&b""[..], b"\xff\0", b"fieldbook", &whole[..whole.len() / 2]] {
        std::fs::write(&manifest, damage).expect("a manifest");
        book.build().ends(0);
        assert_eq!(book.site(), site);
        assert_eq!(std::fs::read(&manifest).expect("a manifest"), whole);
    }
    // A damaged record still counts for a file if the bytes of the file match.
    let lines: Vec<String> =
        String::from_utf8(whole).expect("text").lines().map(str::to_owned).collect();
    std::fs::write(&manifest, lines.join("\n") + "\nnonsense\n").expect("a manifest");
    book.write("content/lessons/first.md", "+++\ntitle = \"First\"\n+++\n\nOther.\n");
    book.remove("content/lessons/second.md");
    book.build().ends(0);
    assert!(book.read("public/lessons/first.html").contains("Other."));
    assert!(!book.has("public/lessons/second.html"));
}

#[test]
fn a_site_of_another_version_is_taken_over() {
    let book = Book::small();
    book.build().ends(0);
    let manifest = manifest(&book);
    let text = std::fs::read_to_string(&manifest).expect("a manifest");
    let older = text.replace(env!("CARGO_PKG_VERSION"), "0.0.1");
    assert_ne!(text, older, "the manifest names the version that wrote it");
    std::fs::write(&manifest, older).expect("a manifest");
    book.write("content/lessons/first.md", "+++\ntitle = \"First\"\n+++\n\nAnother text.\n");
    book.remove("content/lessons/second.md");
    book.build().ends(0);
    assert!(book.read("public/lessons/first.html").contains("Another text."));
    assert!(!book.has("public/lessons/second.html"));
}

/// Returns the file in which the program records what it wrote for the book.
fn manifest(book: &Book) -> std::path::PathBuf {
    let files = std::fs::read_dir(book.state()).expect("a folder");
    let mut files = files.map(|entry| entry.expect("an entry").path());
    files.find(|path| path.extension().is_some_and(|is| is == "manifest")).expect("a manifest")
}

#[test]
fn two_builds_at_once_do_no_harm() {
    let book = Book::small();
    for number in 0..200 {
        book.write(&format!("content/n{number}.md"), format!("+++\ntitle = \"N{number}\"\n+++\n"));
    }
    for _ in 0..4 {
        let mut builds = [book.begin(), book.begin()];
        for build in &mut builds {
            assert!(build.wait().expect("the end").success(), "one waits for the other");
        }
        book.build().ends(0);
        let site = book.site();
        std::fs::remove_dir_all(book.path("public")).expect("a site");
        book.build().ends(0);
        assert!(book.site() == site, "the site is not that of a clean build");
        std::fs::remove_dir_all(book.path("public")).expect("a site");
    }
}

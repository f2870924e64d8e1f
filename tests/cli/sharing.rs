//! What a build does to files that are not its own, and to those of other builds.

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
    book.build().ends(3).says("lessons/first.html").says("is in the way of a page");
    assert_eq!(book.site().keys().collect::<Vec<_>>(), ["lessons/first.html"]);
    assert_eq!(book.read("public/lessons/first.html"), "mine");
    book.remove("public/lessons/first.html");
    book.build().ends(0);
    // A file where a folder is needed.
    let book = Book::small();
    book.write("public/lessons", "mine");
    book.build().ends(3).says("public/lessons: this file is in the way");
    assert_eq!(book.read("public/lessons"), "mine");
    book.remove("public/lessons");
    book.build().ends(0);
    assert!(book.has("public/lessons/first.html"));
    // A file that came later, where the site is ours.
    book.write("public/themes", "mine");
    book.write("content/themes/new.md", "+++\ntitle = \"New\"\n+++\n");
    book.build().ends(3).says("public/themes: this file was not written by Fieldbook");
    assert!(!book.has("public/.fieldbook-stage"));
}

#[test]
fn a_lost_list_of_what_was_written_is_named_with_the_way_out() {
    let book = Book::small();
    book.build().ends(0);
    std::fs::remove_dir_all(book.path(".fieldbook")).expect("a folder");
    book.build().ends(0);
    std::fs::remove_dir_all(book.path(".fieldbook")).expect("a folder");
    book.write("content/lessons/first.md", "+++\ntitle = \"First\"\n+++\n\nOther.\n");
    let run = book.build().ends(3).says("the folder .fieldbook").says("empty the folder");
    assert!(!run.err.contains("was not written by"), "{}", run.err);
    std::fs::remove_dir_all(book.path("public")).expect("a folder");
    book.build().ends(0);
}

#[test]
fn a_damaged_list_of_what_was_written_does_no_harm() {
    let book = Book::small();
    book.build().ends(0);
    let site = book.site();
    let lists = read_tree(&book.path(".fieldbook"));
    let list = lists.keys().find(|path| path.ends_with(".manifest")).expect("a list").clone();
    for damage in [&b""[..], b"\xff\0", b"fieldbook", &lists[&list][..lists[&list].len() / 2]] {
        book.write(&format!(".fieldbook/{list}"), damage);
        book.build().ends(0);
        assert_eq!(book.site(), site);
    }
}

#[test]
fn a_site_of_another_version_is_taken_over() {
    let book = Book::small();
    book.build().ends(0);
    let lists = read_tree(&book.path(".fieldbook"));
    let list = lists.keys().find(|path| path.ends_with(".manifest")).expect("a list");
    let text = book.read(&format!(".fieldbook/{list}"));
    let older = text.replace(env!("CARGO_PKG_VERSION"), "0.0.1");
    assert_ne!(text, older, "the list names the version that wrote it");
    book.write(&format!(".fieldbook/{list}"), older);
    book.write("content/lessons/first.md", "+++\ntitle = \"First\"\n+++\n\nAnother text.\n");
    book.remove("content/lessons/second.md");
    book.build().ends(0);
    assert!(book.read("public/lessons/first.html").contains("Another text."));
    assert!(!book.has("public/lessons/second.html"));
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

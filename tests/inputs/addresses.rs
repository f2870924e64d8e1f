//! Links to other sites that lack what addresses begin with.

use fieldbook::scheme::whole_address;

#[test]
fn addresses_are_known_by_their_names() {
    for (written, whole) in [
        ("www.example.org", "https://www.example.org"),
        ("WWW.example.museum-of-x.zz", "https://WWW.example.museum-of-x.zz"),
        ("example.org/page", "https://example.org/page"),
        ("example.org:8080/x?y=1#z", "https://example.org:8080/x?y=1#z"),
        ("un.org", "https://un.org"),
        ("gov.md/ro", "https://gov.md/ro"),
        ("a@b.org", "mailto:a@b.org"),
        (
            "first.last+x@mail.example.ch?subject=Hi",
            "mailto:first.last+x@mail.example.ch?subject=Hi",
        ),
    ] {
        assert_eq!(whole_address(written).as_deref(), Some(whole), "{written}");
    }
    for written in [
        "notes.md",
        "map.pdf",
        "annex.docx",
        "v1.2/notes",
        "lessons/one",
        "../example.org",
        "a b.org",
        "St.Louis/notes",
        "main.rs",
        "@handle",
        "x@y",
        "",
        ".org",
        "www.",
        "img@2x.png/x",
    ] {
        assert_eq!(whole_address(written), None, "{written}");
    }
}

#[test]
fn an_empty_folder_of_a_theme_is_one_to_begin_with() {
    let book = crate::support::book::Book::small();
    book.write("book.toml", "title = \"Book\"\ntheme = \"flood\"\n");
    let warned = crate::support::book::finish(&mut book.command(&["build"])).ends(0);
    let warned = warned.says("themes/flood has no templates, static, scripts or i18n");
    assert!(warned.last_line().contains("1 problem"), "{}", warned.last_line());
    std::fs::create_dir_all(book.path("themes/flood")).expect("a folder");
    let run = crate::support::book::finish(&mut book.command(&["build"])).ends(0);
    assert!(run.last_line().contains("0 problems"), "{}", run.err);
    book.write("book.toml", "title = \"Book\"\ntheme = \"flod\"\n");
    crate::support::book::finish(&mut book.command(&["build"]))
        .ends(2)
        .says("did you mean \"flood\"");
}

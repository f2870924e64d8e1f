//! Every page has one address, every address one page, and only files that readers can reach are
//! published.
#![allow(clippy::disallowed_methods, reason = "tests read files")]

mod support;

use support::Tree;

const BOOK: &str = "title = \"Book\"\npaginate = 2\n\n[kinds.note]\nfolder = \"notes\"\nin-full = true\n\
    cite = true\n\n[kinds.item]\nfolder = \"items\"\nregister = [\"topics\"]\n\
    fields.topics = { to = \"note\", many = true }\n";

/// Returns the site and the report of a book.
fn build(files: &[(String, String)]) -> (Option<Tree>, String) {
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (workspace, site) = support::open(support::sources(&files), support::options());
    (site, support::places(&workspace))
}

fn file(path: &str, text: &str) -> (String, String) {
    (path.to_owned(), text.to_owned())
}

fn note(path: &str, title: &str, more: &str) -> (String, String) {
    let text = format!("+++\ntitle = \"{title}\"\nsummary = \"A note.\"\n{more}+++\n\nA text.\n");
    (format!("content/{path}"), text)
}

#[test]
fn a_note_beside_a_folder_of_its_name_keeps_its_own_pages() {
    let mut files = vec![
        file("book.toml", BOOK),
        note("notes/angola.md", "Angola", ""),
        note("notes/angola/index.md", "Folder", ""),
    ];
    for (of, name) in [("notes/angola.md", "Country"), ("notes/angola/index.md", "Inner")] {
        for at in 0..5 {
            let path = format!("items/{}{at}.md", name.to_lowercase());
            files.push(note(&path, &format!("{name} {at}"), &format!("topics = [\"{of}\"]\n")));
        }
    }
    let (site, report) = build(&files);
    let site = site.expect("a site without errors");
    assert_eq!(report, "");
    let pages = [
        ("notes/angola/item-topics.html", "Country 0", "Inner"),
        ("notes/angola/index/item-topics.html", "Inner 0", "Country"),
        ("notes/angola/in-full.html", "Country 0", "Inner"),
        ("notes/angola/index/in-full.html", "Inner 0", "Country"),
        ("notes/angola.bib", "{Angola}", "Folder"),
        ("notes/angola/index.bib", "{Folder}", "{Angola}"),
        ("items/by-topics/notes/angola.html", "Country 0", "Inner"),
        ("items/by-topics/notes/angola/index.html", "Inner 0", "Country"),
    ];
    for (path, has, lacks) in pages {
        let bytes = site.get(path).unwrap_or_else(|| panic!("there is no {path}"));
        let text = String::from_utf8_lossy(bytes);
        let main = text.split_once("</header>").map_or(&*text, |parts| parts.1);
        assert!(main.contains(has), "{path} lacks {has}");
        assert!(!main.contains(lacks), "{path} has {lacks}");
    }
    let page = |path: &str| String::from_utf8_lossy(&site[path]).into_owned();
    assert!(page("notes/angola/index.html").contains("notes/angola/index/item-topics.html"));
    assert!(page("notes/angola.html").contains("notes/angola/item-topics.html"));
}

#[test]
fn two_pages_that_the_site_makes_do_not_share_an_address() {
    let book = "title = \"Book\"\n\n[kinds.item]\nfolder = \"items\"\nregister = [\"state\"]\n\
        fields.state = { one-of = [\"a b\", \"a-b\"] }\n";
    let files = [
        file("book.toml", book),
        note("items/a.md", "A", "state = \"a b\"\n"),
        note("items/b.md", "B", "state = \"a-b\"\n"),
    ];
    let (site, report) = build(&files);
    assert!(site.is_none());
    let says = "two pages that the site makes by itself have the address items/by-state/a-b.html";
    assert!(report.contains(says), "{report}");
}

#[test]
fn former_addresses_are_those_that_browsers_ask_for() {
    let aliases = "aliases = [\"/a\", \"/a.html\", \"/old/%C3%A9t%C3%A9/\", \"/old/b.htm\", \
        \"/old/C.HTML\", \"/old/v1.2\", \"/old/my%20page\", \"/old/100%/\", \"/old/100%/\"]\n";
    let files = [file("book.toml", "title = \"Book\"\n"), note("a.md", "A", aliases)];
    let (site, report) = build(&files);
    assert_eq!(report, "");
    let site = site.expect("a site");
    let old: Vec<&str> = site.keys().filter_map(|path| path.strip_prefix("old/")).collect();
    let expected =
        ["100%/index.html", "C.HTML", "b.htm", "my page.html", "v1.2.html", "été/index.html"];
    assert_eq!(old, expected);
    assert!(String::from_utf8_lossy(&site["a.html"]).contains("A text."));
    // The home page is at the top.
    let home =
        file("content/index.md", "+++\ntitle = \"H\"\naliases = [\"/\", \"/index.html\"]\n+++\n");
    let (site, report) = build(&[files[0].clone(), home]);
    assert!(site.is_some(), "{report}");
}

#[test]
fn what_only_drafts_link_to_is_not_published() {
    let draft = |path: &str, text: &str| {
        let text = format!("+++\ntitle = \"D\"\nstatus = \"draft\"\n+++\n\n{text}\n");
        file(&format!("content/{path}"), &text)
    };
    let links = "[a](secret.pdf) [b](open.pdf) ![c](secret.png) [d](/secret.zip) [e](theme.pdf) \
        <img src=\"raw.png\" srcset=\"set.png 2x\" alt=\"x\"> [f](static.pdf)";
    let mut files = vec![
        file("book.toml", "title = \"Book\"\n"),
        file("content/a.md", "+++\ntitle = \"A\"\n+++\n\n[b](open.pdf)\n"),
        draft("d.md", links),
        file("themes/default/templates/own.html", "<a href=\"theme.pdf\">x</a>"),
        file("static/static.pdf", "x"),
    ];
    let names =
        ["secret.pdf", "open.pdf", "secret.png", "secret.zip", "theme.pdf", "raw.png", "set.png"];
    files.extend(names.map(|name| file(&format!("content/{name}"), "x")));
    let (site, report) = build(&files);
    assert!(report.contains("own.html:1:1-1:1: warning[bad-template]"));
    assert_eq!(report.matches("warning").count(), 1, "{report}");
    let site = site.expect("a site");
    let published: Vec<&str> = site
        .keys()
        .map(String::as_str)
        .filter(|path| [".pdf", ".png", ".zip"].iter().any(|end| path.ends_with(end)))
        .collect();
    assert_eq!(published, ["open.pdf", "static.pdf", "theme.pdf"]);
    let sources: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let options = fieldbook::workspace::BuildOptions { drafts: true, ..support::options() };
    let (_, site) = support::open(support::sources(&sources), options);
    let site = site.expect("a site with drafts");
    assert!(names.iter().all(|name| site.contains_key(*name)));
}

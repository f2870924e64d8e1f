//! The page of a former address redirects to the same part of the page, under the policy of every
//! page.

use crate::chromium::Browser;
use crate::site::Site;

/// Returns a book with a note that was renamed.
fn moved() -> Site {
    let book = tempfile::tempdir().expect("a folder");
    let files = [
        ("book.toml", "title = \"Book\"\n"),
        ("content/index.md", "+++\ntitle = \"Home\"\nsummary = \"A book.\"\n+++\n"),
        (
            "content/notes/neu-ä.md",
            "+++\ntitle = \"New\"\nsummary = \"A note.\"\naliases = [\"/old/\", \"/old/b.htm\", \
             \"/old/%C3%A9t%C3%A9.html\"]\n+++\n\nA text.\n\n## Findings\n\nMore.\n",
        ),
    ];
    for (path, text) in files {
        let file = book.path().join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, text).expect("a file");
    }
    Site::of(book.path())
}

#[test]
fn former_addresses_lead_to_the_same_part() {
    let site = moved();
    let Some(mut browser) = Browser::launch("former addresses") else { return };
    let (_server, http) = site.serve();
    let new = "/notes/neu-%C3%A4.html";
    let addresses = [http.clone(), site.url("")];
    for top in &addresses {
        for old in ["old/index.html", "old/b.htm", "old/%C3%A9t%C3%A9.html"] {
            for part in ["#findings", ""] {
                browser.set_out(&format!("{top}{old}{part}"));
                browser.arrive(&format!("{new}{part}"));
                assert_eq!(browser.text("location.hash"), part, "{top}{old}{part}");
                assert_eq!(browser.problems(), Vec::<String>::new(), "{top}{old}{part}");
            }
        }
    }
    // Without scripts, only the top of the page can be reached.
    browser.scripts(false);
    browser.set_out(&format!("{http}old/index.html#findings"));
    browser.until(&format!("location.pathname.endsWith('{new}')"));
}

#[test]
fn every_page_has_the_policy_and_an_icon() {
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ";
    let site = moved();
    let is_page = |path: &str| path.ends_with(".html") || path.ends_with(".htm");
    let pages: Vec<_> = site.files.iter().filter(|(path, _)| is_page(path)).collect();
    assert!(pages.len() >= 7, "{} pages", pages.len());
    for (path, bytes) in pages {
        let text = String::from_utf8_lossy(bytes);
        assert!(text.contains(policy), "{path}");
        // A browser requests `/favicon.ico` if a page names no icon.
        assert!(text.contains("<link rel=\"icon\" "), "{path}");
    }
}

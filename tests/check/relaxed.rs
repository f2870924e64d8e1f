//! Books that turn errors into warnings or less: what readers may get then, and what they must not.

use crate::support;

const KINDS: &str = r#"title = "Book"

[kinds.lesson]
folder = "lessons"

[kinds.lesson.fields]
themes = { to = "theme", many = true, title = "Themes" }
rule = { one-of = ["open", "chatham"] }

[kinds.theme]
folder = "themes"

[kinds.person]
folder = "people"
"#;

/// The rules that a book can relax, each to the lowest level allowed.
const RELAXED: &str = r#"
[check]
ambiguous-name = "off"
bad-date = "off"
bad-front-matter = "warning"
bad-reference-kind = "off"
bad-value = "off"
broken-link = "off"
duplicate-anchor = "off"
duplicate-title = "off"
missing-anchor = "off"
missing-asset = "off"
missing-field = "off"
undefined-footnote = "off"
undefined-reference = "off"
unknown-key = "off"
value-not-in-list = "off"
confidential-name = { field = "rule", is = ["chatham"], names = ["person"] }
"#;

/// Returns the pages of a book with these notes, and the report.
fn built(notes: &[(&str, &str)]) -> (support::Tree, String) {
    let book = format!("{KINDS}{RELAXED}");
    let fixed =
        [("book.toml", &*book), ("content/people/ann.md", "+++\ntitle = \"Ann Other\"\n+++\n")];
    let files: Vec<(&str, &str)> = fixed.into_iter().chain(notes.iter().copied()).collect();
    let (workspace, site) = support::open(support::sources(&files), support::options());
    let said = support::lines(&workspace);
    (site.unwrap_or_else(|| panic!("{said}")), said)
}

fn text(site: &support::Tree, page: &str) -> String {
    String::from_utf8(site[page].clone()).expect("a text")
}

#[test]
fn links_that_lead_nowhere_are_their_text() {
    let note = "+++\ntitle = \"One\"\nthemes = [\"gone\", \"ann\"]\ncolour = \"red\"\ndate = 2024-13-45\n\
                [[sources]]\nref = \"paper\"\n+++\n\
                A [lost *link*](gone.md \"a > b\"), [[lost note]], [[lost|as **said**]], [lost file](x.pdf) and \
                <a href=\"gone.md\" id=\"x\">raw `link`</a>.\n\n![a < lost picture](x.png \"t\")\n\n\
                <img src=\"y.png\" alt=\"another\">\n\n[![in a link](z.png)](gone.md)\n\n![[lost whole]]\n\n\
                [Ann](../people/ann.md), [a part](#none), [^9] and [no label][label].\n";
    let (site, said) = built(&[("content/lessons/one.md", note)]);
    assert_eq!(said, "");
    let page = text(&site, "lessons/one.html");
    for shown in [
        "<p>A lost <em>link</em>, lost note, as <strong>said</strong>, lost file and raw <code>link</code>.</p>",
        "<p>a &lt; lost picture</p>",
        "another",
        "<p>in a link</p>",
        "<p class=\"embed-source\">lost whole</p>",
        "<a href=\"../people/ann.html\">Ann</a>",
        "<dd>gone</dd><dd>ann</dd>",
        "<li>paper</li>",
        "[^9] and [no label][label]",
    ] {
        assert!(page.contains(shown), "{shown}\n{page}");
    }
    assert!(!page.contains("<a>") && !page.contains("<img>") && !page.contains("<a id"), "{page}");
}

#[test]
fn a_note_that_may_not_be_for_readers_is_left_out() {
    for head in [
        "status = \"drfat\"",
        "status = 3",
        "statsu = \"draft\"",
        "[[sources]]\ntitle = \"x\"\nurl = \"https://example.org\"\nstatus = \"draft\"",
        "rule = \"chatam\"",
        "rule = 7",
        "rulle = \"chatham\"",
        "withdrawn-reason = \"wrong\"",
        "this line can't be read",
    ] {
        let note = format!("+++\ntitle = \"Secret\"\n{head}\n+++\nAnn Other.\n");
        let (site, said) = built(&[("content/lessons/secret.md", &note)]);
        assert!(!site.contains_key("lessons/secret.html"), "{head}");
        assert!(
            said.contains("warning[bad-front-matter]") && said.contains("left out"),
            "{head}: {said}"
        );
        let all: Vec<u8> = site.values().flatten().copied().collect();
        assert!(!String::from_utf8_lossy(&all).contains("Secret"), "{head}");
    }
}

#[test]
fn front_matter_of_other_programs_is_read_where_it_is_clear() {
    let yaml = "---\ntitle: Old\nthemes:\n  - water\nstatus: under-review\ntags: [x]\n---\nText.\n";
    let draft = "---\ntitle: Older\nstatus: nearly\n---\nText.\n";
    let open = "+++\ntitle = \"Open\"\n\nText.\n";
    let theme = "+++\ntitle = \"Water\"\n+++\n";
    let (site, said) = built(&[
        ("content/lessons/old.md", yaml),
        ("content/lessons/older.md", draft),
        ("content/lessons/open.md", open),
        ("content/themes/water.md", theme),
    ]);
    assert_eq!(said.matches("warning[bad-front-matter]").count(), 2, "{said}");
    assert_eq!(said.matches("left out until").count(), 1, "{said}");
    assert!(text(&site, "lessons/old.html").contains("Under review"));
    assert!(text(&site, "themes/water.html").contains("lessons/old.html"));
    assert!(!site.contains_key("lessons/older.html"));
    assert!(site.contains_key("lessons/open.html"));
}

#[test]
fn a_confidential_name_and_a_mistake_in_the_book_stay_errors() {
    let note = "+++\ntitle = \"Closed\"\nrule = \"chatham\"\n+++\nAnn Other was there.\n";
    let book = format!("{KINDS}{RELAXED}\n[unknown]\nx = 1\n");
    for (files, code) in [
        (
            [("book.toml", &*format!("{KINDS}{RELAXED}")), ("content/lessons/a.md", note)],
            "confidential-name",
        ),
        (
            [("book.toml", &*book), ("content/lessons/a.md", "+++\ntitle = \"A\"\n+++\n")],
            "unknown-key",
        ),
    ] {
        let ann = ("content/people/ann.md", "+++\ntitle = \"Ann Other\"\n+++\n");
        let files: Vec<(&str, &str)> = files.into_iter().chain([ann]).collect();
        let (workspace, site) = support::open(support::sources(&files), support::options());
        let said = support::lines(&workspace);
        assert!(site.is_none() && said.contains(&format!("error[{code}]")), "{said}");
    }
}

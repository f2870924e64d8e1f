//! Harmful values in front matter, in the configuration, and in file names.

use crate::support;
use crate::support::harmless::quoted;

const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "'\"><img src=x onerror=alert(1)>",
    "\" onclick=\"alert(1)\" x=\"",
    "' onclick='alert(1)' x='",
    "` onclick=`alert(1)` x=`",
    "</title><script>alert(1)</script>",
    "</main></body></html><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script><![CDATA[",
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#60;b&#62;",
    "{{ 7 * 7 }}{% include \"note.html\" %}",
    "javascript:alert(1)",
    "javascript:alert(1)//https://example.org/",
    "data:text/html,<script>alert(1)</script>",
    "//evil.example/x",
    "https://example.org/\"><script>alert(1)</script>",
    "https://example.org/' onclick='alert(1)",
    "two\nlines\n<script>alert(1)</script>",
    "\u{202e}reversed\u{2066} and \u{feff}hidden",
    "../../../../etc/passwd",
    "..\\..\\windows",
    "100% #1 ? a=b;c&d",
];

#[test]
fn no_field_gets_through() {
    for payload in PAYLOADS {
        let text = quoted(payload);
        let file = payload.replace(['/', '\\', '\n'], "-");
        let (book, every, one) = (book(&text), every_field(&text), one_field(&text));
        let files = [
            ("book.toml", book.as_str()),
            ("content/index.md", "+++\ntitle = \"Home\"\n+++\n\n[[Every]] and [[Other]].\n"),
            ("content/k/every.md", &every),
            ("content/k/other.md", &one),
            (&format!("content/k/{file}.md"), "+++\ntitle = \"By its file\"\n+++\n\n[[Every]]\n"),
            (&format!("static/{file}.txt"), "a file"),
        ];
        let (workspace, site) = support::open(support::sources(&files), support::options());
        let report = support::lines(&workspace);
        let site = site.unwrap_or_else(|| panic!("{payload}: the book has errors:\n{report}"));
        crate::check_all(&site);
        let page = String::from_utf8_lossy(&site["k/every.html"]);
        let shown = crate::oracle::text(&page);
        let payload = fieldbook::bidi::tidied(payload).text;
        let words = payload.split_whitespace().next().unwrap_or_default();
        assert!(shown.contains(words), "{payload} is not shown:\n{shown}");
        let outside = |path: &String| path.split('/').any(|p| p.is_empty() || p == "..");
        assert!(!site.keys().any(outside), "{payload} leaves the site: {:?}", site.keys());
    }
}

#[test]
fn an_address_that_runs_something_is_refused() {
    for payload in PAYLOADS.iter().filter(|payload| !payload.starts_with("https://")) {
        let text = quoted(payload);
        for field in
            [format!("url = {text}"), format!("sources = [{{ title = \"x\", url = {text} }}]")]
        {
            let note = format!("+++\ntitle = \"Note\"\n{field}\n+++\n");
            let files = [("book.toml", &*book("\"x\"")), ("content/k/note.md", &note)];
            let (workspace, site) = support::open(support::sources(&files), support::options());
            assert!(site.is_none(), "{field}");
            assert!(support::lines(&workspace).contains("error[refused-scheme]"), "{field}");
        }
    }
}

/// Tests that the page of a former address stays in the site, whatever the address is.
#[test]
fn a_former_address_stays_in_the_site() {
    for alias in [
        "/",
        "./",
        "../",
        "/..",
        "/../",
        "/./",
        "//",
        "/../../etc/x",
        "a/../../b",
        "..\\..\\x/y",
        "/a/../",
        "\\/",
        "/\\",
        "/%2e%2e/%2e%2e/x",
        "/.fieldbook-stage/x",
        "/C:/x",
    ] {
        let note = format!("+++\ntitle = \"Note\"\naliases = [{}]\n+++\n", quoted(alias));
        let files = [("book.toml", "title = \"Book\"\n"), ("content/note.md", &note)];
        let (_, site) = support::open(support::sources(&files), support::options());
        let outside = |part: &str| matches!(part, "" | "." | ".." | ".html" | ".fieldbook-stage");
        for path in site.iter().flat_map(|site| site.keys()) {
            assert!(!path.split('/').any(outside), "{alias} becomes {path}");
        }
    }
}

fn book(text: &str) -> String {
    format!(
        "title = {text}\ndescription = {text}\nbase-url = \"https://example.org/\"\n\
         edit-url = \"https://example.org/{{path}}\"\npaginate = 1\n\
         [kinds.k]\nfolder = \"k\"\ntitle = {text}\nplural = {text}\nabout = {text}\nfeed = true\n\
         [kinds.k.fields]\n\
         open = {{ to = \"k\", open = true, many = true, title = {text}, inverse = {text} }}\n\
         to = {{ to = \"k\", many = true, title = {text}, inverse = {text} }}\n\
         word = {{ one-of = [{text}], title = {text} }}\n\
         text = {{ text = true, many = true, title = {text} }}\nurl = {{ url = true }}\n"
    )
}

fn every_field(text: &str) -> String {
    // In a reference `#` begins the name of a part, and slashes separate the folders of a path.
    let alias = text.replace('/', " ");
    let name = alias.replace('#', " ").replacen('"', "\"Open ", 1);
    format!(
        "+++\ntitle = \"Every\"\nsummary = {text}\nstatus = \"endorsed\"\nendorsed-by = {text}\n\
         aliases = [{alias}]\nword = {text}\ntext = [{text}]\n\
         to = [\"other\"]\nopen = [{name}]\ndate = 2024-01-01\n\
         sources = [{{ title = {text}, locator = {text}, url = \"https://example.org/?a=b&c='d\" }}]\n\
         changes = [{{ date = 2024-01-01, weight = \"editorial\", text = {text} }}]\n+++\n\nText.\n"
    )
}

fn one_field(text: &str) -> String {
    format!(
        "+++\ntitle = {text}\nto = [\"every\"]\nstatus = \"withdrawn\"\naliases = [\"Other\"]\n\
         withdrawn-reason = {text}\n+++\n\nSee [[Every]] and [[Other]].\n"
    )
}

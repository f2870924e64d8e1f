//! A model of a browser: pages are parsed by an HTML parser that shares nothing with Fieldbook, and
//! judged by a short list of what is allowed.

use scraper::{ElementRef, Html, Selector};

/// Elements that run programs, load something, or change the nature of the page.
const REFUSED: &[&str] = &[
    "applet",
    "audio",
    "base",
    "button",
    "embed",
    "foreignobject",
    "form",
    "frame",
    "frameset",
    "iframe",
    "marquee",
    "noembed",
    "object",
    "plaintext",
    "select",
    "source",
    "style",
    "svg",
    "template",
    "textarea",
    "video",
    "xmp",
];

/// Attributes that contain an address.
const ADDRESSES: &[&str] = &[
    "action",
    "background",
    "cite",
    "data",
    "formaction",
    "href",
    "manifest",
    "ping",
    "poster",
    "src",
    "xlink:href",
];

/// Attributes that nothing of a note may have.
const ATTRIBUTES: &[&str] = &["style", "srcdoc", "target", "autofocus", "name"];

/// The theme's own field for the search, as the parser writes it: attributes by their names.
const SEARCH_FIELD: &str = r#"<form action="ACTION" class="home-search" role="search">
<label for="page.q">Search this site</label>
<p><input autocomplete="off" id="page.q" name="q" type="search"> <button>Search</button></p>
</form>"#;

/// Returns the dangers and errors of a page.
pub(crate) fn faults(html: &str, is_redirect: bool) -> Vec<String> {
    let page = Html::parse_document(html);
    let all = Selector::parse("*").expect("a selector");
    page.select(&all).filter_map(|element| fault(element, is_redirect)).collect()
}

/// Returns the elements that contain the parts of the page: if the text of a note leaves its place,
/// they change.
pub(crate) fn outline(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let parts = Selector::parse("html > *, body > *, main").expect("a selector");
    let name = |element: ElementRef<'_>| {
        format!("{} {}", element.value().name(), element.attr("class").unwrap_or_default())
    };
    page.select(&parts).map(name).collect()
}

/// Returns the text that readers see in the main part of a page.
pub(crate) fn text(html: &str) -> String {
    let page = Html::parse_document(html);
    let main = Selector::parse("main").expect("a selector");
    page.select(&main).flat_map(|main| main.text()).collect()
}

fn fault(element: ElementRef<'_>, is_redirect: bool) -> Option<String> {
    let name = element.value().name().to_ascii_lowercase();
    let shown = || element.html().chars().take(200).collect::<String>();
    let is_frame = |node: &scraper::Node| {
        node.as_element().is_some_and(|e| matches!(e.name(), "header" | "footer"))
    };
    let in_frame = element.ancestors().any(|node| is_frame(node.value()));
    let mut parts = element.ancestors().filter_map(ElementRef::wrap);
    let in_search = is_search_field(element) || parts.any(is_search_field);
    let is_fine = match name.as_str() {
        _ if in_search => return None,
        // A theme has controls around the text.
        "button" if in_frame => true,
        // A description of the page for programs: data, which no browser runs.
        "script" if element.attr("type") == Some("application/ld+json") => true,
        // A theme may have scripts in files; none may be written into the page.
        "script" => element.attr("src").is_some_and(is_relative) && element.inner_html().is_empty(),
        "meta" => match element.attr("http-equiv") {
            None => true,
            Some("Content-Security-Policy") => true,
            Some(_) => {
                let content = element.attr("content").unwrap_or_default();
                is_redirect && content.strip_prefix("0; url=").is_some_and(is_relative)
            }
        },
        "input" => element.attr("type") == Some("checkbox") && element.attr("disabled").is_some(),
        "img" => {
            let set = element.attr("srcset").unwrap_or_default();
            element.attr("src").is_none_or(is_relative) && set.split(',').all(is_relative)
        }
        name => !REFUSED.contains(&name),
    };
    if !is_fine {
        return Some(format!("<{name}>: {}", shown()));
    }
    let wrong = element.value().attrs().find(|(key, value)| {
        let key = key.to_ascii_lowercase();
        let refused = ATTRIBUTES.contains(&key.as_str()) && !(name == "meta" && key == "name");
        key.starts_with("on") || refused || (ADDRESSES.contains(&&*key) && !is_passive(value))
    });
    wrong.map(|(key, _)| format!("{key} of <{name}>: {}", shown()))
}

/// Returns whether an element is the theme's field for the search on the home page: it stands between the
/// header and the text, where nothing of a note stands, and is that form to the last sign.
fn is_search_field(element: ElementRef<'_>) -> bool {
    if element.value().name() != "form" {
        return false;
    }
    let place = element.parent().and_then(ElementRef::wrap);
    let before = element.prev_siblings().find_map(ElementRef::wrap);
    let is_home = |header: ElementRef<'_>| header.attr("class") == Some("note-header home");
    let in_place = place.is_some_and(|place| place.attr("id") == Some("page.main"));
    let action = element.attr("action").unwrap_or_default();
    let mut way = action.split('/').rev();
    let is_search = way.next() == Some("search.html") && way.all(|step| step == "..");
    let is_form = || element.html().replace(action, "ACTION") == SEARCH_FIELD;
    in_place && before.is_some_and(is_home) && is_search && is_form()
}

/// Returns the scheme of an address as browsers read it (WHATWG URL): they drop tabs and line
/// breaks, and control characters and spaces at the ends.
fn scheme(address: &str) -> Option<String> {
    let address: String = address.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let address = address.trim_matches(|c: char| c <= ' ');
    let end = address.find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c))?;
    let first = address.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
    (first && address[end..].starts_with(':')).then(|| address[..end].to_ascii_lowercase())
}

fn is_passive(address: &str) -> bool {
    scheme(address).is_none_or(|s| ["http", "https", "mailto", "tel"].contains(&s.as_str()))
}

fn is_relative(address: &str) -> bool {
    scheme(address).is_none() && !address.trim_start().replace('\\', "/").starts_with("//")
}

/// Tests the tests: the oracle must detect harmful pages.
#[test]
fn the_oracle_sees_what_it_should() {
    for html in [
        "<p>x<script>alert(1)</script>",
        "<script src=https://evil.example/x.js></script>",
        "<p onclick=alert(1)>x",
        "<svg/onload=alert(1)>",
        "<a href=' java\tscript:alert(1)'>x</a>",
        "<a href='&#1;JAVASCRIPT&colon;x'>x</a>",
        "<math><mi xlink:href='data:x,y'>x</mi></math>",
        "<img src=//evil.example/x.png>",
        "<img src=x srcset='x 1x, //evil.example/x.png 2x'>",
        "<p style=color:red>x",
        "<iframe></iframe>",
        "<meta http-equiv=refresh content='0; url=x.html'>",
        "<form action=x><input></form>",
    ] {
        assert!(!faults(html, false).is_empty(), "{html}");
    }
    for html in [
        "<a href=../x.html#y>x</a><a href='mailto:a@b.example'>x</a><img src=a/b.png alt=x>",
        "<math display=block><mi>x</mi></math><input type=checkbox disabled>",
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;",
    ] {
        assert_eq!(faults(html, false), [""; 0], "{html}");
    }
    let page = |text: &str, form: &str| {
        let header = "<header class=\"note-header home\"><h1>x</h1></header>";
        faults(&format!("<main id=page.main>{header}{text}{form}</main>"), false)
    };
    let form = |action: &str| SEARCH_FIELD.replace("ACTION", action);
    assert_eq!(page("", &form("search.html")), [""; 0]);
    assert_eq!(page("", &form("../search.html")), [""; 0]);
    for (text, form) in [
        // Elsewhere, or more than once.
        ("<p>x", form("search.html")),
        ("<div class=text>", form("search.html")),
        (&*form("search.html"), form("search.html")),
        // To another place.
        ("", form("https://evil.example/search.html")),
        ("", form("//evil.example/search.html")),
        ("", form("fr/search.html")),
        ("", form("javascript:x/search.html")),
        // With more in it.
        ("", form("search.html").replace("<button>", "<button formaction=x>")),
        ("", form("search.html").replace("</p>", "<input name=password></p>")),
        ("", form("search.html").replace("<form ", "<form onsubmit=x ")),
    ] {
        assert!(!page(text, &form).is_empty(), "{text}{form}");
    }
    assert_ne!(outline("<body><main>x</main>"), outline("<body><main>x</main><p>"));
}

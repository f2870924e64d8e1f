//! Accepted pictures in a real browser: variants of refused pictures that are accepted run nothing
//! and request nothing.

use fieldbook::active::find_problem;

use crate::chromium::{Browser, server};
use crate::files::{BAD, with};
use crate::support;
use crate::support::random::Random;

/// The number of accepted pictures that are tried.
const ENOUGH: usize = 400;

/// The frame around a part of a picture.
const AROUND: &[(&str, &str)] = &[
    ("<g xmlns='a'>", "</g>"),
    ("<q:r xmlns:q='a'>", "</q:r>"),
    ("<metadata>", "</metadata>"),
    ("<switch>", "</switch>"),
    ("<foreignObject>", "</foreignObject>"),
    ("<foreignObject><h:div>", "</h:div></foreignObject>"),
    ("<style>", "</style>"),
    ("<title>", "</title>"),
    ("<a href='#a'>", "</a>"),
    ("<!--", "-->"),
    ("<!-->", "<!-- -->"),
    ("<![CDATA[", "]]>"),
    ("<?a ", "?>"),
    ("<g a='", "'/>"),
    ("<g a=\"", "\"/>"),
    ("<g><![CDATA[]]>", "</g>"),
    ("<h:b xmlns:h='http://www.w3.org/2000/svg'>", "</h:b>"),
];

/// Pieces that are inserted into a picture.
const SIGNS: &[&str] = &[
    " ",
    "\n",
    "\t",
    "/",
    ">",
    "<",
    "'",
    "\"",
    "&amp;",
    "&#9;",
    "&#10;",
    "<!-- -->",
    "\\",
    "/**/",
    "x:",
    ":",
    "\u{a0}",
    "\u{200b}",
    "\u{2028}",
    "#",
    "data:image/png,",
    "?",
    ";",
    "=",
    "-",
    "]]>",
    "xmlns=''",
];

/// Returns a picture with a harmful action: it tells the page around it, or requests a file.
fn armed(part: &str, url: &str) -> String {
    part.replace("x()", "top.ran()")
        .replace("https://elsewhere.org", url)
        .replace("//elsewhere.org", url)
}

/// Returns another picture of the kind.
fn changed(mut text: String, random: &mut Random) -> String {
    for _ in 0..random.below(5) {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let Some(&at) = places.get(random.below(places.len().max(1))) else { break };
        let sign = text[at..].chars().next().unwrap_or(' ');
        match random.below(6) {
            0 => {
                let (before, after) = AROUND[random.below(AROUND.len())];
                text = format!("{before}{text}{after}");
            }
            1 => text.insert_str(at, SIGNS[random.below(SIGNS.len())]),
            2 => text.replace_range(at..at + sign.len_utf8(), &format!("&#{};", u32::from(sign))),
            3 => text.replace_range(at..at + sign.len_utf8(), &format!("\\{:x} ", u32::from(sign))),
            4 => text.replace_range(at..at + sign.len_utf8(), &sign.to_uppercase().to_string()),
            _ => {
                text.remove(at);
            }
        }
    }
    text
}

#[test]
fn what_passes_does_nothing() {
    let Some(mut browser) = Browser::launch("pictures that pass the gate") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let server = server::serve(folder.path());
    let write =
        |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    write("index.html", include_str!("runs.html"));
    let mut random = Random::new(11);
    let (mut n_tried, mut n_passed) = (0, 0);
    while n_passed < ENOUGH {
        let parts =
            (0..1 + random.below(2)).map(|_| armed(BAD[random.below(BAD.len())].0, &server.url));
        let text = with(&changed(parts.collect(), &mut random));
        n_tried += 1;
        assert!(n_tried < 1_000_000, "only {n_passed} pass");
        let is_armed =
            ["ran", "href", "url", "import", "src"].iter().any(|word| text.contains(word));
        let picture = support::source("content/x.svg", text.as_bytes());
        if is_armed && find_problem(&picture, &[]).is_none() {
            write(&format!("passed-{n_passed}.svg"), &text);
            n_passed += 1;
        }
    }
    for (n, (part, _)) in BAD.iter().enumerate() {
        write(&format!("bad-{n}.svg"), &with(&armed(part, &server.url)));
    }
    // Refused pictures must do something, or else this test would show nothing.
    let did = look(&mut browser, &server.url, "bad", BAD.len());
    assert!(did.len() > 25, "{did:?}");
    let did = look(&mut browser, &server.url, "passed", n_passed);
    let text =
        |name: &String| std::fs::read_to_string(folder.path().join(name)).unwrap_or_default();
    let wrong: Vec<String> = did.iter().map(|name| format!("{name}: {}", text(name))).collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// Returns the actions of the pictures `KIND-0.svg`, `KIND-1.svg` and so on: those that ran
/// something by name, and the requested files.
fn look(browser: &mut Browser, url: &str, kind: &str, count: usize) -> Vec<String> {
    browser.open(url);
    let mut did: Vec<String> = (0..count)
        .step_by(20)
        .flat_map(|from| {
            let ran = browser.text(&format!("show('{kind}', {from}, {})", count.min(from + 20)));
            ran.lines().map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    let is_picture = |asked: &str| {
        let name = asked.strip_prefix(url).unwrap_or(asked);
        name.is_empty()
            || name == "favicon.ico"
            || name.starts_with("data:image/png,")
            || (name.starts_with(kind) && name.ends_with(".svg"))
    };
    browser.evaluate("1");
    did.extend(browser.requests().iter().filter(|asked| !is_picture(asked)).cloned());
    did
}

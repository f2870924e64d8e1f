//! Text of a note affects only its own place: no title or text reverses its neighbours.

use fieldbook::bidi::{controls, tidied};

use crate::support::harmless::quoted;
use crate::support::random::Random;
use crate::support::{self, Tree};

const PIECES: &[&str] = &[
    "a", "b ", "1", "(", "\u{5d0}", "\u{627} ", "“x”", "\u{200f}", "\u{202a}", "\u{202b}",
    "\u{202c}", "\u{202d}", "\u{202e}", "\u{2066}", "\u{2067}", "\u{2068}", "\u{2069}",
];

/// Returns whether each direction control of a text ends in it, and each end has a beginning (UAX
/// #9, BD9 and BD11).
fn is_balanced(text: &str) -> bool {
    let mut open = String::new();
    let is_isolate = |c: char| matches!(c, '\u{2066}'..='\u{2068}');
    for c in text.chars() {
        match c {
            '\u{202a}'..='\u{202b}' | '\u{202d}'..='\u{202e}' | '\u{2066}'..='\u{2068}' => {
                open.push(c)
            }
            '\u{202c}' if open.ends_with(|c| !is_isolate(c)) => drop(open.pop()),
            '\u{2069}' if open.ends_with(is_isolate) => drop(open.pop()),
            '\u{202c}' | '\u{2069}' => return false,
            _ => {}
        }
    }
    open.is_empty()
}

#[test]
fn a_tidied_text_turns_nothing_else_round() {
    let mut random = Random::new(11);
    for _ in 0..20_000 {
        let text = random.mix(PIECES, 12);
        let tidy = tidied(&text);
        let is_override = |(_, c): (usize, char)| matches!(c, '\u{202d}' | '\u{202e}');
        assert!(is_balanced(&tidy.text) && !controls(&tidy.text).any(is_override), "{text:?}");
        let letters = |text: &str| {
            let mut letters = text.to_owned();
            letters.retain(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
            letters
        };
        assert_eq!(letters(&tidy.text), letters(&text));
        assert_eq!(tidied(&tidy.text).text, tidy.text, "{text:?} is tidied twice");
        assert_eq!(tidied(&tidy.text).faults, []);
        // Changed text is reported, and unchanged text isn't.
        assert_eq!(tidy.faults.is_empty(), tidy.text == text, "{text:?}: {:?}", tidy.faults);
    }
}

#[test]
fn text_from_right_to_left_stays_as_it_is() {
    for text in [
        "مؤتمر \u{2066}Mine Action 2024\u{2069} في جنيف",
        "‏שלום\u{200f} (CCM\u{200e})",
        "\u{202b}خطة \u{202a}10.10\u{202c} العمل\u{202c}",
        "\u{2067}عمل \u{2068}x\u{2069}\u{2069}",
    ] {
        let tidy = tidied(text);
        assert_eq!((&*tidy.text, tidy.faults.as_slice()), (text, &[][..]));
        let note = format!("+++\ntitle = \"{text}\"\n+++\n\n## {text}\n\n{text} **{text}**\n");
        let (report, site) = site_of(&[("content/note.md", &note)]);
        assert_eq!(report, "");
        assert!(String::from_utf8_lossy(&site["note.html"]).matches(text).count() > 4);
    }
}

/// Tests all places besides its own page where the text of a note appears, and all files for
/// programs.
#[test]
fn no_text_turns_round_what_stands_beside_it() {
    for text in [
        "Invoice \u{202e}txt.exe",
        "\u{5d0} \u{2067}open",
        "\u{5d0} \u{202b}open",
        "ends \u{2069}nothing\u{202c}",
        "\u{2067}needless\u{2069}",
        "\u{5d0}\u{2066}\u{202d}x\u{202e}\u{2069}y",
    ] {
        let value = quoted(text);
        let note = format!(
            "+++\ntitle = {value}\nsummary = {value}\naliases = [{value}]\ndate = 2024-01-01\n\
             words = [{value}]\nopen = [{value}]\nsources = [{{ title = {value}, locator = {value} }}]\n\
             changes = [{{ date = 2024-01-01, weight = \"editorial\", text = {value} }}]\n\
             status = \"endorsed\"\nendorsed-by = {value}\n+++\n\n## {text}\n\n\
             A [[Home]] {text} and *{text}* [[Home|{text}]] more.\n\n## b\n\n## c\n"
        );
        let without =
            "+++\ntitle = \"Led\"\n+++\n\n{text} [x](../index.md) &#8238;x\n\n![[note]]\n"
                .replace("{text}", text);
        let (report, site) =
            site_of(&[("content/lessons/note.md", &note), ("content/lessons/led.md", &without)]);
        assert!(report.matches("[bidi-control]").count() > 8, "{text:?}:\n{report}");
        for (path, bytes) in &site {
            let Ok(found) = std::str::from_utf8(bytes) else { continue };
            let is_override = |c: char| matches!(c, '\u{202d}' | '\u{202e}');
            assert!(!found.contains(is_override), "{text:?} in {path}:\n{found}");
            // A paragraph of the text itself ends what it leaves open.
            let is_own = ["lessons/note.html", "lessons/led.html"].contains(&&**path)
                || path.ends_with("/in-full.html")
                || path.starts_with("search/");
            if !is_own {
                assert!(is_balanced(found), "{text:?} in {path}:\n{found}");
            }
        }
    }
}

#[test]
fn code_shows_what_it_holds() {
    let code = "if a \u{202e}\u{2066}// safe\u{2069} \u{2066}{\u{2069}";
    let note =
        format!("+++\ntitle = \"x\"\n+++\n\n`{code}`\n\n```rust\n{code}\n```\n\n    {code}\n");
    let (report, site) = site_of(&[("content/note.md", &note)]);
    assert_eq!(report.matches("[bidi-control]").count(), 3, "{report}");
    let page = String::from_utf8_lossy(&site["note.html"]);
    assert_eq!(crate::oracle::text(&page).matches("<U+202E>").count(), 3, "{page}");
    assert_eq!(controls(&page).count(), 0, "{page}");
}

#[test]
fn a_control_is_reported_where_it_stands() {
    let note = "+++\ntitle = \"x\"\n+++\n\n## a\u{202e}b\n\n- \u{5d0} \u{2067}c\n- d\u{2069}\n\n\
                <p title=\"\u{202d}\">e\u{202e}</p>\n\n![f\u{202e}](x.png)\n";
    let (report, _) = site_of(&[("content/note.md", note), ("content/x.png", "a picture")]);
    let places: Vec<&str> =
        report.lines().filter_map(|line| line.split(": warning[bidi-control]").next()).collect();
    let expected = ["5:5", "7:5", "8:4", "10:11", "10:15", "12:4"];
    let expected = expected.map(|place| format!("content/note.md:{place}"));
    let places: Vec<&&str> = places.iter().filter(|place| place.starts_with("content")).collect();
    assert_eq!(places, expected.iter().collect::<Vec<_>>(), "{report}");
}

/// Returns the report of a book with these files, and its site.
fn site_of(files: &[(&str, &str)]) -> (String, Tree) {
    const BOOK: &str = "title = \"Book\"\nbase-url = \"https://example.org/\"\nrelated = 4\n\
        indexes = [\"a-z\", \"changes\", \"state\", \"notes\"]\n\
        [kinds.lesson]\nfolder = \"lessons\"\nfeed = true\nin-full = true\ncite = true\nmap = true\n\
        timeline = true\nregister = [\"words\", \"open\", \"sources\"]\n[kinds.lesson.fields]\n\
        words = { text = true, many = true }\nopen = { to = \"theme\", open = true, many = true }\n\
        [kinds.theme]\nfolder = \"themes\"\naxis = true\n";
    let home =
        format!("+++\ntitle = \"Home\"\n+++\n\nSee [it]({}).\n", &files[0].0["content/".len()..]);
    let mut all = vec![("book.toml", BOOK), ("content/index.md", &home)];
    all.extend(files);
    let (workspace, site) = support::open(support::sources(&all), support::options());
    let report = support::lines(&workspace);
    let site = site.unwrap_or_else(|| panic!("the book has errors:\n{report}"));
    (report, site)
}

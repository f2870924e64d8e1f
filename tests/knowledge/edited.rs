//! The book keeps the editorial rules that it states in `content/guidelines/writing-a-note.md`.

use std::collections::BTreeSet;

use super::complete::{File, files, names};

/// The most characters of a title.
const LONGEST_TITLE: usize = 69;
/// The most characters of a short title. A note with a longer title has a short one.
const LONGEST_SHORT: usize = 30;

fn values<'f>(file: &'f File, key: &str) -> Vec<&'f str> {
    file.front.get(key).map(names).unwrap_or_default()
}

#[test]
fn who_is_asked_who_is_named_and_who_would_have_to_act_are_kept_apart() {
    let (_, files) = files();
    for file in files.values().filter(|file| file.kind == "recommendation") {
        let mut seen = BTreeSet::new();
        for key in ["addressees", "named", "addressees-inferred"] {
            for name in values(file, key) {
                assert!(
                    seen.insert(name),
                    "{}: {name} stands in two of the three fields",
                    file.page
                );
            }
        }
        let is_explained = file.front.contains_key("addressee-note");
        assert_eq!(values(file, "addressees").is_empty(), is_explained, "{}", file.page);
    }
}

#[test]
fn the_recommendations_of_the_report_are_counted_rightly() {
    let (_, files) = files();
    let of_report = |file: &&File| values(file, "made-at") == ["wilton-park-2024"];
    let count = files.values().filter(of_report).count();
    let says = [("recommendations/index", "summary"), ("meetings/wilton-park-2024", "title")];
    for (name, key) in says {
        let text = files[name].front[key].as_str().expect("a text");
        assert!(text.contains(&format!(" {count} recommendations")), "{name}: {text}");
    }
}

#[test]
fn titles_are_short_or_have_a_short_form() {
    for file in files().1.values().filter(|file| file.kind != "page") {
        let title = file.front["title"].as_str().expect("a title");
        let short = file.front.get("short").map(|short| short.as_str().expect("a short title"));
        assert!(title.chars().count() <= LONGEST_TITLE, "{}: {title}", file.page);
        let shown = short.unwrap_or(title);
        assert!(shown.chars().count() <= LONGEST_SHORT, "{}: {shown}", file.page);
    }
}

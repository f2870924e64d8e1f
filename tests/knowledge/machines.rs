//! Files for programs, read by independent programs: Atom, BibTeX, JSON Schema; and checked against
//! the specification if there is no program: RIS, CSL-JSON, JSON-LD.

use std::collections::BTreeSet;

use scraper::{Html, Selector};
use serde_json::Value;

use super::{book, text};

/// Returns the files of the site with an ending.
fn with<'a>(site: &'a super::Tree, ending: &str) -> Vec<(&'a str, &'a str)> {
    let found = site.keys().filter(|path| path.ends_with(ending));
    let found: Vec<_> = found.map(|path| (path.as_str(), text(site, path))).collect();
    assert!(!found.is_empty(), "no file ends in {ending}");
    found
}

#[test]
fn feeds_are_atom() {
    let (_, site) = book();
    let feeds: Vec<_> =
        with(site, ".xml").into_iter().filter(|(path, _)| !path.contains("sitemap")).collect();
    assert!(feeds.iter().any(|(path, _)| *path == "feed.xml"), "the book has a feed");
    assert!(feeds.iter().any(|(path, _)| *path == "recommendations/feed.xml"), "kinds have");
    let mut ids = BTreeSet::new();
    for (path, text) in feeds {
        let feed: atom_syndication::Feed = text.parse().unwrap_or_else(|e| panic!("{path}: {e}"));
        // RFC 4287, 4.1.1 and 4.2.6: one id, never that of another feed; a date; an author.
        assert!(ids.insert(feed.id.clone()), "{path} has the id of another");
        assert!(feed.id.starts_with("https://") && !feed.authors().is_empty(), "{path}");
        assert!(
            feed.links().iter().any(|l| l.rel() == "self" && l.href().ends_with(path)),
            "{path}"
        );
        let of_feed: BTreeSet<&str> = feed.entries().iter().map(|e| e.id()).collect();
        assert_eq!(of_feed.len(), feed.entries().len(), "{path} tells of something twice");
        assert!(feed.entries().iter().all(|entry| entry.updated <= feed.updated), "{path}");
    }
}

#[test]
fn the_list_of_notes_is_as_its_schema_says() {
    let (_, site) = book();
    let json = |path| serde_json::from_str::<Value>(text(site, path)).expect("JSON");
    let (notes, schema) = (json("notes.json"), json("notes.schema.json"));
    let options = jsonschema::options().should_validate_formats(true);
    let validator = options.build(&schema).expect("a schema");
    let wrong: Vec<String> =
        validator.iter_errors(&notes).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let notes = notes["notes"].as_array().expect("a list");
    assert!(notes.len() > 150, "{} notes", notes.len());
    let mut broken = notes[0].clone();
    broken["status"] = Value::from("superseded");
    let broken = serde_json::json!({ "title": "", "base_url": null, "notes": [broken] });
    assert!(!validator.is_valid(&broken), "the schema finds what is wrong");
}

#[test]
fn the_list_of_translations_is_as_its_schema_says() {
    let (_, site) = book();
    let json = |path| serde_json::from_str::<Value>(text(site, path)).expect("JSON");
    let (data, schema) = (json("translations.json"), json("translations.schema.json"));
    let options = jsonschema::options().should_validate_formats(true);
    let validator = options.build(&schema).expect("a schema");
    let wrong: Vec<String> =
        validator.iter_errors(&data).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let works = data["works"].as_array().expect("a list");
    for totals in data["languages"].as_array().expect("a list") {
        let language = &totals["language"];
        for state in ["original", "current", "stale", "unknown", "missing"] {
            let versions =
                works.iter().flat_map(|work| work["versions"].as_array().expect("a list"));
            let of_state = versions.filter(|v| v["language"] == *language && v["state"] == state);
            assert_eq!(totals[state], of_state.count(), "{language}, {state}");
        }
    }
    let mut broken = data.clone();
    broken["works"][0]["versions"][0]["state"] = Value::from("old");
    assert!(!validator.is_valid(&broken), "the schema finds what is wrong");
}

#[test]
fn references_are_bibtex() {
    let (_, site) = book();
    for (path, text) in with(site, ".bib") {
        let library =
            biblatex::Bibliography::parse(text).unwrap_or_else(|e| panic!("{path}: {e}\n{text}"));
        assert_eq!(library.len(), 1, "{path}");
        let entry = library.iter().next().expect("an entry");
        let title: String = biblatex::ChunksExt::format_verbatim(entry.title().expect("a title"));
        let page = super::text(site, &path.replace(".bib", ".html"));
        let html = Html::parse_document(page);
        let heading = html.select(&Selector::parse("h1").expect("a selector")).next();
        let heading: String = heading.expect("a heading").text().collect();
        // The reader of BibTeX takes a no-break space for a space.
        assert_eq!(title, heading.replace('\u{a0}', " "), "{path}");
    }
}

#[test]
fn references_are_ris() {
    let (_, site) = book();
    for (path, text) in with(site, ".ris") {
        let lines: Vec<&str> =
            text.strip_suffix("\r\n").expect("a last line").split("\r\n").collect();
        assert_eq!(lines.first(), Some(&"TY  - ELEC"), "{path}");
        assert_eq!(lines.last(), Some(&"ER  - "), "{path}");
        for line in lines {
            let (tag, value) = line.split_at(6);
            let letters = tag.as_bytes();
            let is_tag = letters[0].is_ascii_uppercase()
                && (letters[1].is_ascii_uppercase() || letters[1].is_ascii_digit());
            assert!(is_tag && tag.ends_with("  - ") && !value.contains('\n'), "{path}: {line}");
        }
    }
}

#[test]
fn references_are_csl() {
    let (_, site) = book();
    // The variables of CSL 1.0.2 that are used here.
    let known =
        ["id", "type", "title", "container-title", "URL", "abstract", "language", "issued", "note"];
    for (path, text) in with(site, ".csl.json") {
        let items: Value = serde_json::from_str(text).expect("JSON");
        let [item] = &items.as_array().expect("a list")[..] else { panic!("{path}") };
        let item = item.as_object().expect("an item");
        assert!(item.keys().all(|key| known.contains(&key.as_str())), "{path}: {text}");
        assert!(item["id"].is_string() && item["type"] == "webpage", "{path}");
        if let Some(issued) = item.get("issued") {
            let parts = issued["date-parts"][0].as_array().expect("parts of a date");
            assert!((1..=3).contains(&parts.len()) && parts.iter().all(Value::is_i64), "{path}");
        }
    }
}

#[test]
fn pages_say_what_they_are() {
    let (_, site) = book();
    let script = Selector::parse("script[type=\"application/ld+json\"]").expect("a selector");
    let mut kinds = BTreeSet::new();
    let mut replaced = 0;
    for (path, text) in with(site, ".html") {
        for element in Html::parse_document(text).select(&script) {
            let json: String = element.text().collect();
            let data: Value = serde_json::from_str(&json).unwrap_or_else(|e| panic!("{path}: {e}"));
            assert_eq!(data["@context"][0], "https://schema.org", "{path}");
            assert_eq!(data["@type"], "WebPage", "{path}");
            assert!(data["@id"].as_str().is_some_and(|id| id.starts_with("https://")), "{path}");
            let thing = data["mainEntity"]["@type"].as_str().expect("a type");
            // In schema.org, a Recommendation is a review and a Guide is for buying; supersession
            // of documents is expressed in Dublin Core.
            assert!(!["Recommendation", "Guide"].contains(&thing), "{path}");
            assert!(!json.contains("supersededBy") && !json.contains('<'), "{path}");
            replaced += usize::from(data.get("dcterms:isReplacedBy").is_some());
            kinds.insert(thing.to_owned());
        }
    }
    assert!(kinds.len() >= 8 && replaced >= 4, "{kinds:?}, {replaced} replaced");
}

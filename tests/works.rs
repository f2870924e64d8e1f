//! Works in several languages: whatever was translated, each list holds the same works in every language, and the
//! right ones, as the Markdown files say.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use fieldbook::source::SourceEdit;
use fieldbook::workspace::{BuildOptions, Workspace};
use scraper::{Html, Selector};
use support::random::Random;

/// The languages of the books, the book's own first.
const LANGUAGES: [&str; 3] = ["en", "fr", "ar"];

const CONFIG: &str = r#"
title = "Works"
base-url = "https://example.org/"
languages = ["fr", "ar"]
paginate = 100
backlinks = 50
indexes = ["a-z", "changes", "state", "translations"]
check.missing-words = "off"

[kinds.theme]
folder = "themes"
taxonomy = true
feed = true

[kinds.ask]
folder = "asks"
register = ["of", "themes", "outcome"]
timeline = true

[kinds.ask.fields]
themes = { to = "theme", many = true, required = true, title = "Themes", inverse = "Filed here" }
themes-inferred = { infers = "themes" }
of = { to = "actor", many = true, inverse = "Asked of them" }
outcome = { one-of = ["open", "done"], closed = ["done"], required = true }
ask = { text = true }

[kinds.actor]
folder = "actors"
group-by = "theme"
"#;

/// A work: its kind and name, the languages it is written in, and the works that it names by field.
struct Work {
    kind: &'static str,
    name: String,
    languages: Vec<&'static str>,
    named: BTreeMap<&'static str, BTreeSet<usize>>,
}

/// Returns a random book in `languages`, the book's own first: its works, and its files.
fn book(
    random: &mut Random,
    config: &str,
    languages: &[&'static str],
) -> (Vec<Work>, Vec<(String, String)>) {
    let mut works: Vec<Work> = Vec::new();
    let counts = [("theme", 4), ("actor", 3), ("ask", 8)];
    for (kind, count) in counts {
        for number in 0..count {
            let mut written: Vec<&str> =
                languages.iter().copied().filter(|_| random.below(100) < 50).collect();
            if written.is_empty() {
                written.push(languages[random.below(languages.len())]);
            }
            let mut named: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
            if kind == "ask" {
                named.insert("themes", BTreeSet::from([random.below(4)]));
                named
                    .insert("themes-inferred", (0..4).filter(|_| random.below(100) < 20).collect());
                named.insert("of", (4..7).filter(|_| random.below(100) < 40).collect());
            }
            let name = format!("{kind}-{number}");
            works.push(Work { kind, name, languages: written, named });
        }
    }
    let mut files = vec![("book.toml".to_owned(), config.to_owned())];
    for work in &works {
        for (at, language) in work.languages.iter().enumerate() {
            let ending = if *language == "en" { "md".to_owned() } else { format!("{language}.md") };
            let mut front = format!("title = \"{} in {language}\"\n", work.name);
            if at == 0 {
                for (field, to) in &work.named {
                    let names: Vec<String> =
                        to.iter().map(|to| format!("\"{}\"", works[*to].name)).collect();
                    front.push_str(&format!("{field} = [{}]\n", names.join(", ")));
                }
                if work.kind == "ask" {
                    let outcome = if random.below(100) < 50 { "open" } else { "done" };
                    front.push_str(&format!("outcome = \"{outcome}\"\nask = \"Share maps\"\n"));
                    front.push_str("date = 2024-06-24\n");
                }
            }
            let path = format!("content/{}s/{}.{ending}", work.kind, work.name);
            files.push((path, format!("+++\n{front}+++\n\nText.\n")));
        }
    }
    (works, files)
}

/// Returns the names of the works of a kind to which the links of a list lead.
fn works_in(html: &str, list: &str, kind: &str) -> Vec<String> {
    let html = Html::parse_document(html);
    let links = Selector::parse(list).expect("a selector");
    let name = |href: &str| {
        let name = href.rsplit('/').next()?.strip_suffix(".html")?;
        name.starts_with(kind).then(|| name.to_owned())
    };
    html.select(&links).filter_map(|link| name(link.value().attr("href")?)).collect()
}

fn page<'s>(site: &'s support::Tree, language: &str, path: &str) -> &'s str {
    let path = if language == "en" { path.to_owned() } else { format!("{language}/{path}") };
    let bytes = site.get(&path).unwrap_or_else(|| panic!("there is no {path}"));
    std::str::from_utf8(bytes).expect("text")
}

/// Returns each name once, in order; it must stand in the list once only.
fn once(names: Vec<String>, place: &str) -> BTreeSet<String> {
    let set: BTreeSet<String> = names.iter().cloned().collect();
    assert_eq!(set.len(), names.len(), "{place} lists a work twice: {names:?}");
    set
}

fn check(seed: u64) {
    let mut random = Random::new(seed);
    let (works, files) = book(&mut random, CONFIG, &LANGUAGES);
    let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    let (workspace, site) = support::open(support::sources(&files), support::options());
    let site = site.unwrap_or_else(|| panic!("seed {seed}: {}", support::lines(&workspace)));
    let of_kind = |kind: &str| -> BTreeSet<String> {
        works.iter().filter(|work| work.kind == kind).map(|work| work.name.clone()).collect()
    };
    let naming = |to: usize, fields: &[&str]| -> BTreeSet<String> {
        let names = |work: &&Work| {
            fields.iter().any(|f| work.named.get(f).is_some_and(|n| n.contains(&to)))
        };
        works.iter().filter(names).map(|work| work.name.clone()).collect()
    };
    for language in LANGUAGES {
        let place = |what: &str| format!("seed {seed}, {language}: {what}");
        for kind in ["theme", "actor"] {
            let found = works_in(
                page(&site, language, &format!("{kind}s/index.html")),
                ".cards > li > a",
                kind,
            );
            assert_eq!(once(found, &place(kind)), of_kind(kind), "{}", place(kind));
        }
        let register =
            works_in(page(&site, language, "asks/index.html"), ".register tbody th a", "ask");
        assert_eq!(once(register, &place("register")), of_kind("ask"), "{}", place("register"));
        for (at, work) in works.iter().enumerate() {
            let fields: &[&str] = match work.kind {
                "theme" => &["themes", "themes-inferred"],
                "actor" => &["of"],
                _ => continue,
            };
            let html = page(&site, language, &format!("{}s/{}.html", work.kind, work.name));
            let found = once(works_in(html, ".cards > li > a", "ask"), &place(&work.name));
            let wanted = naming(at, fields);
            assert_eq!(found, wanted, "{}", place(&work.name));
            let total: usize = html
                .split("<span class=\"count\">(")
                .skip(1)
                .filter_map(|rest| rest.split(')').next()?.parse::<usize>().ok())
                .sum();
            assert_eq!(total, wanted.len(), "{}", place(&format!("the count of {}", work.name)));
        }
        let letters = works_in(page(&site, language, "a-z.html"), "main li a", "ask");
        assert_eq!(once(letters, &place("A to Z")), of_kind("ask"), "{}", place("A to Z"));
        for kind in ["theme", "actor", "ask"] {
            let what = format!("translations of {kind}s");
            let table = page(&site, language, "translations.html");
            let found = works_in(table, ".versions tbody th a", kind);
            assert_eq!(once(found, &place(&what)), of_kind(kind), "{}", place(&what));
        }
        let timeline = works_in(page(&site, language, "timeline.html"), "main li a", "ask");
        assert_eq!(once(timeline, &place("timeline")), of_kind("ask"), "{}", place("timeline"));
    }
}

/// The list of translations says of each work what the files say.
#[test]
fn translations_are_counted_and_put_in_order() {
    for seed in 0..10 {
        let (works, files) = book(&mut Random::new(seed), CONFIG, &LANGUAGES);
        let files: Vec<(&str, &str)> =
            files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
        let (workspace, site) = support::open(support::sources(&files), support::options());
        let site = site.unwrap_or_else(|| panic!("seed {seed}: {}", support::lines(&workspace)));
        let data = page(&site, "en", "translations.json");
        let data: serde_json::Value = serde_json::from_str(data).expect("JSON");
        for (at, language) in LANGUAGES.into_iter().enumerate() {
            let state = |work: &&Work| match work.languages.as_slice() {
                [first, ..] if *first == language => "original",
                all if all.contains(&language) => "unknown",
                _ => "missing",
            };
            for name in ["original", "current", "stale", "unknown", "missing"] {
                let said: Vec<&Work> = works.iter().filter(|work| state(work) == name).collect();
                let place = format!("seed {seed}: {name} in {language}");
                assert_eq!(data["languages"][at][name], said.len(), "{place}");
                if said.is_empty() {
                    continue;
                }
                let list = page(&site, "fr", &format!("translations/{language}-{name}.html"));
                let found: BTreeSet<String> = ["theme", "actor", "ask"]
                    .into_iter()
                    .flat_map(|kind| works_in(list, ".versions tbody th a", kind))
                    .collect();
                let said: BTreeSet<String> = said.iter().map(|work| work.name.clone()).collect();
                assert_eq!(found, said, "{place}");
            }
        }
        let all = data["works"].as_array().expect("a list");
        let pointers: Vec<u64> =
            all.iter().map(|work| work["pointers"].as_u64().expect("a number")).collect();
        assert!(pointers.is_sorted_by(|a, b| a >= b), "seed {seed}: {pointers:?}");
        for (at, work) in works.iter().enumerate() {
            let title = format!("{} in {}", work.name, work.languages[0]);
            let said = all.iter().find(|found| found["title"] == title).expect("each work");
            let points = |from: &&Work| from.named.values().any(|named| named.contains(&at));
            let from = works.iter().filter(points).count();
            assert_eq!(said["pointers"], from, "seed {seed}: {}", work.name);
        }
    }
}

#[test]
fn lists_hold_the_same_works_in_every_language() {
    for seed in 0..40 {
        check(seed);
    }
}

/// A work that was not translated into a language is shown in the first language of the chain that it is written in, or
/// else in that of its original, on its page and in lists, and everything that it shows is marked with that language.
#[test]
fn a_work_that_was_not_translated_follows_the_chain_of_its_language() {
    let languages = ["en", "fr", "ar", "es"];
    for seed in 0..8 {
        let mut random = Random::new(seed);
        let chains: Vec<Vec<&str>> = languages
            .iter()
            .map(|own| {
                let others: Vec<&str> = languages.into_iter().filter(|of| of != own).collect();
                (0..random.below(3)).map(|_| others[random.below(others.len())]).collect()
            })
            .collect();
        let tables = languages.iter().zip(&chains);
        let tables: Vec<String> =
            tables.map(|(own, chain)| format!("{own} = {{ fallback = {chain:?} }}")).collect();
        let tables = format!("languages = {{ {} }}", tables.join(", "));
        let config = CONFIG.replace("languages = [\"fr\", \"ar\"]", &tables);
        let (works, files) = book(&mut random, &config, &languages);
        let files: Vec<(&str, &str)> =
            files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
        let (workspace, site) = support::open(support::sources(&files), support::options());
        let site = site.unwrap_or_else(|| panic!("seed {seed}: {}", support::lines(&workspace)));
        for (language, chain) in languages.into_iter().zip(&chains) {
            for work in &works {
                let mut tried = std::iter::once(&language).chain(chain);
                let shown = tried.find(|other| work.languages.contains(other));
                let shown = *shown.unwrap_or(&work.languages[0]);
                let place = format!("seed {seed}, {language}, {chain:?}: {}", work.name);
                let title = format!("{} in {shown}", work.name);
                let address = format!("{}s/{}.html", work.kind, work.name);
                let html = Html::parse_document(page(&site, language, &address));
                let [of_page, of_title, of_text] = ["html", "h1", ".text > [lang]"].map(|what| {
                    let found = html.select(&Selector::parse(what).expect("a selector")).next();
                    found.map(|found| (found.text().collect(), found.value().attr("lang")))
                });
                let marked = (shown != language).then_some(shown);
                assert_eq!(of_page.and_then(|found: (String, _)| found.1), Some(language));
                assert_eq!(of_title, Some((title.clone(), marked)), "{place}");
                assert_eq!(of_text.and_then(|found| found.1), marked, "{place}");
                let folder = if shown == "en" { String::new() } else { format!("{shown}/") };
                let canonical =
                    format!("\"canonical\" href=\"https://example.org/{folder}{address}\"");
                assert!(page(&site, language, &address).contains(&canonical), "{place}");
                let list = page(&site, language, &format!("{}s/index.html", work.kind));
                let of_work = format!("{}.html\"", work.name);
                let entry =
                    list.lines().find(|line| line.contains(&of_work) && line.contains(&title));
                let entry = entry.unwrap_or_else(|| panic!("{place} is not in the list:\n{list}"));
                let is_marked = entry.contains(&format!(" lang=\"{shown}\" dir="));
                assert!(shown == language || is_marked, "{place}: {entry}");
            }
        }
    }
}

/// A page that was not translated has its text marked, leads search engines to its original, and is in no index.
#[test]
fn a_page_that_was_not_translated_says_so() {
    let files = [
        ("book.toml", CONFIG),
        ("content/themes/water.md", "+++\ntitle = \"Water\"\n+++\n\nClean water.\n"),
        ("content/themes/land.md", "+++\ntitle = \"Land\"\n+++\n\nLand.\n"),
        ("content/themes/land.fr.md", "+++\ntitle = \"Terre\"\n+++\n\nTerre.\n"),
    ];
    let (workspace, site) = support::open(support::sources(&files), support::options());
    let site = site.unwrap_or_else(|| panic!("{}", support::lines(&workspace)));
    let html = page(&site, "fr", "themes/water.html");
    assert!(html.contains("<html lang=\"fr\" dir=\"ltr\">"));
    assert!(html.contains("<h1 lang=\"en\" dir=\"ltr\">Water</h1>"), "{html}");
    assert!(html.contains("<div lang=\"en\" dir=\"ltr\"><p>Clean water.</p>"), "{html}");
    assert!(
        html.contains("<link rel=\"canonical\" href=\"https://example.org/themes/water.html\">")
    );
    assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(html.contains("Cette page n’a pas"), "it says that it was not translated");
    assert!(!html.contains("rel=\"alternate\" hreflang=\"fr\""));
    let sitemap = page(&site, "en", "sitemap.xml");
    assert!(sitemap.contains("/fr/themes/land.html") && !sitemap.contains("/fr/themes/water.html"));
    let switch = page(&site, "fr", "themes/land.html");
    assert!(switch.contains(">Français</span>") && switch.contains(">English</a>"), "{switch}");
}

/// Notes that were not translated have no page of any sort where lists lead to their originals.
#[test]
fn a_note_that_is_only_listed_has_no_pages() {
    let config = CONFIG.replace("languages = [\"fr\", \"ar\"]\n", "")
        + "\n[languages.fr]\nuntranslated = \"link\"\n";
    let mut files = vec![
        ("book.toml".to_owned(), config),
        (
            "content/themes/water.md".to_owned(),
            "+++\ntitle = \"Water\"\n+++\n\nClean.\n".to_owned(),
        ),
    ];
    // More notes mention the theme than its page has room for.
    files.extend((1..=14).map(|number| {
        let text = format!("+++\ntitle = \"Theme {number}\"\n+++\n\nSee [[water]].\n");
        (format!("content/themes/theme-{number}.md"), text)
    }));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    let (workspace, site) = support::open(support::sources(&files), support::options());
    let site = site.unwrap_or_else(|| panic!("{}", support::lines(&workspace)));
    assert!(page(&site, "en", "themes/water/mentions.html").contains("Theme 6"));
    assert!(page(&site, "fr", "themes/index.html").contains("href=\"../../themes/water.html\""));
    let made: Vec<&String> =
        site.keys().filter(|path| path.starts_with("fr/themes/water")).collect();
    assert!(made.is_empty(), "{made:?}");
}

/// The dates of a work are those of its original: a review of it holds for its translations.
#[test]
fn a_review_of_the_original_holds_for_its_translations() {
    let reviewed = "review-by = 2026-01-01\nreviewed-on = 2026-01-02\npublished = 2024-05-06\n";
    let original = format!("+++\ntitle = \"Water\"\n{reviewed}+++\n\nClean water.\n");
    let files = [
        ("book.toml", CONFIG),
        ("content/themes/water.md", original.as_str()),
        ("content/themes/water.fr.md", "+++\ntitle = \"Eau\"\n+++\n\nEau propre.\n"),
    ];
    let (workspace, site) = support::open(support::sources(&files), support::options());
    let site = site.unwrap_or_else(|| panic!("{}", support::lines(&workspace)));
    for (language, overdue) in [("en", "was due for review"), ("fr", "n’a pas été réexaminée")]
    {
        let html = page(&site, language, "themes/water.html");
        assert!(html.contains("datetime=\"2026-01-02\""), "{language}: {html}");
        assert!(html.contains("datetime=\"2024-05-06\""), "{language}: {html}");
        assert!(!html.contains(overdue), "{language}: {html}");
    }
}

/// The register uses the plural forms of each language.
#[test]
fn counts_use_the_plural_forms_of_the_language() {
    let said = |language: &str, count: usize| {
        let config = CONFIG.replace("languages = [\"fr\", \"ar\"]", "languages = [\"ru\", \"ar\"]");
        let mut files = vec![
            ("book.toml".to_owned(), config),
            ("content/themes/water.md".to_owned(), "+++\ntitle = \"Water\"\n+++\n".to_owned()),
        ];
        files.extend((0..count).map(|number| {
            let front = "themes = [\"water\"]\noutcome = \"open\"";
            (
                format!("content/asks/a{number}.md"),
                format!("+++\ntitle = \"A{number}\"\n{front}\n+++\n"),
            )
        }));
        let files: Vec<(&str, &str)> =
            files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
        let (workspace, site) = support::open(support::sources(&files), support::options());
        let site = site.unwrap_or_else(|| panic!("{}", support::lines(&workspace)));
        let html = Html::parse_document(page(&site, language, "asks/index.html"));
        let tally = Selector::parse(".tally").expect("a selector");
        html.select(&tally).next().map(|tally| tally.text().collect::<String>()).expect("a count")
    };
    let forms = |language| -> BTreeSet<String> {
        let counts = [1, 2, 3, 5, 11, 21, 100];
        let without_number = |count| said(language, count).replace(char::is_numeric, "");
        counts.into_iter().map(without_number).collect()
    };
    assert_eq!(forms("ru").len(), 3, "{:?}", forms("ru"));
    assert_eq!(forms("ar").len(), 5, "{:?}", forms("ar"));
}

/// The reason that an original gives for an exception holds for its translations, whether or not it needs it itself.
#[test]
fn exceptions_of_an_original_hold_for_its_translations() {
    let except = "[[except]]\nrule = \"vague-link\"\nreason = \"It is quoted.\"\n";
    let original = |text: &str| format!("+++\ntitle = \"Water\"\n{except}+++\n\n{text}\n");
    let translation = "+++\ntitle = \"Eau\"\n+++\n\nVoir [ici](https://example.org/eau).\n";
    let alike = original("See [here](https://example.org/water).");
    let files = [
        ("book.toml", CONFIG),
        ("content/themes/water.md", alike.as_str()),
        ("content/themes/water.fr.md", translation),
    ];
    let (mut workspace, _) = support::open(support::sources(&files), support::options());
    let found = |workspace: &Workspace| -> Vec<String> {
        let all = support::lines(workspace);
        let of_rule =
            |line: &&str| line.contains("vague-link") || line.contains("[unused-exception]");
        all.lines().filter(of_rule).map(str::to_owned).collect()
    };
    assert_eq!(found(&workspace), Vec::<String>::new());
    let mut put = |path: &str, text: &str| {
        let edit = SourceEdit::Put(support::source(path, text.as_bytes()));
        workspace.apply(vec![edit]).expect("a book without errors");
        found(&workspace)
    };
    let plain = original("See the [report](https://example.org/water).");
    assert_eq!(put("content/themes/water.md", &plain), Vec::<String>::new(), "one needs it");
    let neither = "+++\ntitle = \"Eau\"\n+++\n\nVoir le [rapport](https://example.org/eau).\n";
    let unused = put("content/themes/water.fr.md", neither);
    assert!(unused.len() == 1 && unused[0].contains("water.md"), "none needs it: {unused:?}");
    assert_eq!(put("content/themes/water.fr.md", translation), Vec::<String>::new());
}

/// Words of an original are marked with its language where a translation shows them.
#[test]
fn texts_of_the_original_are_marked_on_the_pages_of_its_translations() {
    let front = "themes = [\"land\"]\noutcome = \"open\"\nask = \"Share the maps\"\n\
                 status = \"withdrawn\"\nwithdrawn-on = 2025-01-01\nwithdrawn-reason = \"It was too early.\"\n\
                 [[sources]]\ntitle = \"The report of the meeting\"\nlocator = \"Annex\"\n\
                 [[changes]]\ndate = 2025-02-03\nweight = \"substantive\"\ntext = \"The second step is new.\"\n";
    let original = format!("+++\ntitle = \"Ask\"\n{front}+++\n\nText.\n");
    let own = "ask = \"Partager les cartes\"\nstatus = \"withdrawn\"\nwithdrawn-on = 2025-01-01\nwithdrawn-reason = \"C’était trop tôt.\"\n\
               [[changes]]\ndate = 2025-02-03\nweight = \"substantive\"\ntext = \"La deuxième étape est nouvelle.\"\n";
    let files = [
        ("book.toml", CONFIG),
        ("content/themes/land.md", "+++\ntitle = \"Land\"\n+++\n"),
        ("content/asks/ask.md", original.as_str()),
        ("content/asks/ask.fr.md", "+++\ntitle = \"Demande\"\n+++\n\nTexte.\n"),
        ("content/asks/ask.ar.md", &format!("+++\ntitle = \"طلب\"\n{own}+++\n\nنص.\n")),
    ];
    let (workspace, site) = support::open(support::sources(&files), support::options());
    let site = site.unwrap_or_else(|| panic!("{}", support::lines(&workspace)));
    let of_original = ["Share the maps", "It was too early.", "The second step is new."];
    let sources = ["The report of the meeting", "Annex"];
    let html = page(&site, "fr", "asks/ask.html");
    for text in of_original.iter().chain(&sources) {
        let marked = format!("lang=\"en\" dir=\"ltr\">{text}<");
        assert!(html.contains(&marked), "{text} is not marked:\n{html}");
    }
    let changes = page(&site, "fr", "changes.html");
    assert!(changes.contains("lang=\"en\" dir=\"ltr\">The second step is new.<"), "{changes}");
    let html = page(&site, "ar", "asks/ask.html");
    let words = ["Partager les cartes", "C’était trop tôt.", "La deuxième étape est nouvelle."];
    for text in words {
        assert!(html.contains(text), "{text} is its own:\n{html}");
        assert!(!html.contains(&format!("lang=\"en\" dir=\"ltr\">{text}<")), "{text} is its own");
    }
    let html = page(&site, "en", "asks/ask.html");
    assert!(!html.contains("<span lang="), "{html}");
}

/// A draft is not published in any language.
#[test]
fn translations_of_a_draft_are_left_out_with_it() {
    let files = [
        ("book.toml", CONFIG),
        ("content/themes/land.md", "+++\ntitle = \"Land\"\n+++\n"),
        ("content/themes/water.md", "+++\ntitle = \"Water\"\nstatus = \"draft\"\n+++\n"),
        ("content/themes/water.fr.md", "+++\ntitle = \"Eau\"\n+++\n"),
    ];
    let paths = |drafts: bool| -> Vec<String> {
        let options = BuildOptions { drafts, ..support::options() };
        let (workspace, site) = support::open(support::sources(&files), options);
        let site = site.unwrap_or_else(|| panic!("{}", support::lines(&workspace)));
        site.keys().filter(|path| path.ends_with("themes/water.html")).cloned().collect()
    };
    assert_eq!(paths(false), Vec::<String>::new());
    let all = ["ar/themes/water.html", "fr/themes/water.html", "themes/water.html"];
    assert_eq!(paths(true), all);
}

//! The pages agree with an independent count, made from the files of the notes without the program:
//! which fields name which files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use scraper::{Html, Selector};
use toml::{Table, Value};

use super::{book, links, text};

/// A note as its file has it.
pub(super) struct File {
    pub(super) kind: String,
    pub(super) page: String,
    pub(super) front: Table,
}

/// Returns the configuration, and every note in the folder of a kind, translations left out: they have the front matter of
/// their originals.
pub(super) fn files() -> (Table, BTreeMap<String, File>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &Path| std::fs::read_to_string(path).expect("a file");
    let config: Table = read(&root.join("book.toml")).parse().expect("TOML");
    let mut files = BTreeMap::new();
    for (kind, of_kind) in config["kinds"].as_table().expect("kinds") {
        let folder = of_kind["folder"].as_str().expect("a folder");
        for entry in std::fs::read_dir(root.join("content").join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let is_translation = stem.contains('.');
            let is_note = path.extension().is_some_and(|ending| ending == "md");
            if stem == "index" || is_translation || !is_note {
                continue;
            }
            let text = read(&path);
            let front = text.split("+++").nth(1).expect("front matter").parse().expect("TOML");
            let page = format!("{folder}/{stem}.html");
            files.insert(format!("{folder}/{stem}"), File { kind: kind.clone(), page, front });
        }
    }
    // The pages of the kinds, and those outside every folder, belong to a kind without fields.
    let folders = config["kinds"].as_table().expect("kinds").values();
    let folders = folders.filter_map(|kind| kind["folder"].as_str());
    let indexes = folders.map(|folder| format!("{folder}/index"));
    for name in indexes.chain(["index", "about", "contribute"].map(str::to_owned)) {
        let path = root.join("content").join(format!("{name}.md"));
        let text = if path.exists() { read(&path) } else { continue };
        let front = text.split("+++").nth(1).expect("front matter").parse().expect("TOML");
        let page = format!("{name}.html");
        files.insert(name, File { kind: "page".to_owned(), page, front });
    }
    (config, files)
}

/// Returns the names in a value of the front matter: a string, or a list of strings.
pub(super) fn names(value: &Value) -> Vec<&str> {
    match value {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Returns the pages that point at each page, by the way in which notes of a kind point at it. The book's own
/// readings are left out unless `inferred` asks for them.
pub(super) fn pointing(inferred: bool) -> BTreeMap<(String, String), BTreeSet<String>> {
    let (config, files) = files();
    let by_stem = |kinds: &[&str], name: &str| {
        let of_kind = |file: &&File| {
            let stem = file.page.rsplit('/').next().expect("a name");
            kinds.contains(&file.kind.as_str()) && stem.strip_suffix(".html") == Some(name)
        };
        let found: Vec<&File> = files.values().filter(of_kind).collect();
        assert_eq!(found.len(), 1, "{name} is the name of one note of {kinds:?}");
        found[0].page.clone()
    };
    let all: Vec<&str> =
        config["kinds"].as_table().expect("kinds").keys().map(String::as_str).collect();
    let mut pointing: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for file in files.values() {
        let mut add = |kinds: &[&str], way: &str, name: &str| {
            let anchor = format!("page.group.{}.{way}", file.kind);
            pointing.entry((by_stem(kinds, name), anchor)).or_default().insert(file.page.clone());
        };
        let fields = config["kinds"].get(&file.kind).and_then(|kind| kind["fields"].as_table());
        for (field, shape) in fields.into_iter().flatten() {
            let base = shape.get("infers").and_then(Value::as_str);
            if base.is_some() && !inferred {
                continue;
            }
            let base = base.unwrap_or(field);
            let Some(to) = fields.expect("fields")[base].get("to") else { continue };
            for name in file.front.get(field).map_or_else(Vec::new, names) {
                add(&names(to), base, name);
            }
        }
        for name in file.front.get("supersedes").map_or_else(Vec::new, names) {
            add(&all, "supersedes", name);
        }
        for source in file.front.get("sources").and_then(Value::as_array).into_iter().flatten() {
            if let Some(name) = source.get("ref").and_then(Value::as_str) {
                add(&all, "sources", name);
            }
        }
    }
    pointing
}

/// Returns the beginnings of the addresses of the languages in which each note has a page.
fn prefixes(config: &Table) -> Vec<String> {
    let languages = config["languages"].as_table().expect("languages").iter();
    let has_pages = |(_, says): &(&String, &Value)| {
        says.get("untranslated").is_none_or(|says| says.as_str() == Some("page"))
    };
    let further = languages.filter(has_pages).map(|(language, _)| format!("{language}/"));
    [String::new()].into_iter().chain(further).collect()
}

/// Returns these pages in the language of a prefix.
fn in_language(pages: &BTreeSet<String>, prefix: &str) -> BTreeSet<String> {
    pages.iter().map(|page| format!("{prefix}{page}")).collect()
}

#[test]
fn what_points_at_a_note_is_complete_and_can_be_walked_both_ways() {
    let (_, site) = book();
    let (config, pointing) = (files().0, pointing(true));
    assert!(pointing.len() > 100, "{} ways", pointing.len());
    let mut wrong = Vec::new();
    for prefix in prefixes(&config) {
        let mut seen = BTreeSet::new();
        let mut leads: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for ((page, anchor), wanted) in &pointing {
            let (page, wanted) = (format!("{prefix}{page}"), in_language(wanted, &prefix));
            let html = Html::parse_document(text(site, &page));
            // Of many, the page shows the first, and links to a page of its own for the others.
            let listed = format!("section[id=\"{anchor}\"] :is(.cards, .jump) > li > a");
            let mut found: BTreeSet<String> = links(&html, &page, &listed).into_keys().collect();
            let more = format!("section[id=\"{anchor}\"] .more a");
            for further in links(&html, &page, &more).into_keys() {
                let mut number = 1;
                let mut part = further.clone();
                while site.contains_key(&part) {
                    let html = Html::parse_document(text(site, &part));
                    found.extend(links(&html, &part, ".cards > li > a").into_keys());
                    number += 1;
                    part = further.replace(".html", &format!("-{number}.html"));
                }
            }
            // A note that names itself does not point at itself.
            let wanted: BTreeSet<String> =
                wanted.into_iter().filter(|from| *from != page).collect();
            if found != wanted {
                wrong.push(format!("{page}#{anchor}: {found:?} instead of {wanted:?}"));
            }
            for from in &wanted {
                let leads = leads.entry(from.clone()).or_insert_with(|| {
                    links(&Html::parse_document(text(site, from)), from, "main a[href]")
                });
                if !leads.contains_key(&page) {
                    wrong.push(format!("{from} does not lead to {page}"));
                }
            }
            seen.insert((page, anchor.clone()));
        }
        // No page says more than the files do.
        let is_of_language = |page: &str| {
            let own = page.strip_prefix(&*prefix).filter(|_| page.ends_with(".html"));
            own.is_some() && (!prefix.is_empty() || is_of_own_language(&config, page))
        };
        for (page, bytes) in site.iter().filter(|(page, _)| is_of_language(page)) {
            let html = Html::parse_document(std::str::from_utf8(bytes).expect("text"));
            for group in html.select(&Selector::parse("section.group[id]").expect("a selector")) {
                let id = group.value().attr("id").expect("an id");
                let of_link = id.ends_with(".links") || id.ends_with(".embeds");
                if !of_link && !seen.contains(&(page.clone(), id.to_owned())) {
                    wrong.push(format!("{page}#{id} is said by no file"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// Returns whether a page is in the language of the book.
fn is_of_own_language(config: &Table, page: &str) -> bool {
    let mut languages = config["languages"].as_table().expect("languages").keys();
    !languages.any(|language| page.starts_with(&format!("{language}/")))
}

#[test]
fn registers_hold_every_note_on_each_of_their_pages_and_in_their_files() {
    let (_, site) = book();
    let (config, files) = files();
    let mut registers = 0;
    for (kind, of_kind) in config["kinds"].as_table().expect("kinds") {
        let Some(columns) = of_kind.get("register") else { continue };
        for prefix in prefixes(&config) {
            registers += 1;
            let folder = format!("{prefix}{}", of_kind["folder"].as_str().expect("a folder"));
            let of_this = |file: &&File| file.kind == *kind;
            let notes: Vec<&File> = files.values().filter(of_this).collect();
            let rows = |page: &str| {
                let html = Html::parse_document(text(site, page));
                links(&html, page, ".register tbody th a").into_keys().collect::<BTreeSet<_>>()
            };
            let all: BTreeSet<String> =
                notes.iter().map(|file| format!("{prefix}{}", file.page)).collect();
            assert_eq!(rows(&format!("{folder}/index.html")), all, "{folder}");
            let json = text(site, &format!("{folder}/register.json"));
            let json: serde_json::Value = serde_json::from_str(json).expect("JSON");
            assert_eq!(json["rows"].as_array().expect("rows").len(), all.len(), "{folder}");
            let csv = text(site, &format!("{folder}/register.csv"));
            assert_eq!(csv.matches("\r\n").count(), all.len() + 1, "{folder}");
            for column in names(columns) {
                let by = format!("{folder}/by-{column}/");
                for page in site.keys().filter(|page| page.starts_with(&by)) {
                    let value = page.rsplit('/').next().and_then(|name| name.strip_suffix(".html"));
                    let value = value.expect("a page");
                    let counts = |name: &str| {
                        let field = of_kind["fields"].get(name);
                        let infers = field.and_then(|field| field.get("infers")?.as_str());
                        name == column || infers == Some(column)
                    };
                    let has = |file: &&&File| {
                        let mut values = file.front.iter().filter(|(name, _)| counts(name));
                        values.any(|(_, of)| names(of).contains(&value))
                    };
                    let wanted: BTreeSet<String> =
                        notes.iter().filter(has).map(|file| file.page.clone()).collect();
                    assert_eq!(rows(page), in_language(&wanted, &prefix), "{page}");
                }
            }
        }
    }
    assert!(registers > 1, "no kind has a register in two languages");
}

/// Returns whether a field of a kind contains the book's own interpretation.
pub(super) fn is_inferred(config: &toml::Table, kind: &str, field: &str) -> bool {
    let field = config["kinds"][kind].get("fields").and_then(|fields| fields.get(field));
    field.is_some_and(|field| field.get("infers").is_some())
}

#[test]
fn the_coverage_counts_each_note_once() {
    let (_, site) = book();
    let (config, files) = files();
    let html = Html::parse_document(text(site, "coverage.html"));
    let select = |selector| Selector::parse(selector).expect("a selector");
    let kinds = config["kinds"].as_table().expect("kinds");
    let points = |kind: &Value| {
        let fields = kind["fields"].as_table().expect("fields");
        fields.values().filter_map(|field| field.get("to")).any(|to| names(to).contains(&"theme"))
    };
    let columns: Vec<&String> =
        kinds.iter().filter(|(name, kind)| *name != "theme" && points(kind)).map(|k| k.0).collect();
    let mut rows = 0;
    for row in html.select(&select(".coverage tbody tr")) {
        let theme = row.select(&select("th a")).next().expect("a theme");
        let href = theme.value().attr("href").expect("an address");
        let theme = href.trim_start_matches("themes/").trim_end_matches(".html");
        let cells: Vec<String> = row.select(&select("td")).map(|c| c.text().collect()).collect();
        for (kind, cell) in columns.iter().zip(&cells) {
            let files_it = |file: &File, inferred: bool| {
                let fields = kinds[kind.as_str()]["fields"].as_table().expect("fields");
                let of_axis = fields.iter().filter(|(name, shape)| {
                    let base = shape.get("infers").and_then(|base| base.as_str());
                    let shape = base.map_or(*shape, |base| &fields[base]);
                    let to_it = shape.get("to").is_some_and(|to| names(to).contains(&"theme"));
                    to_it && (inferred || !is_inferred(&config, kind, name))
                });
                let mut values = of_axis.filter_map(|(field, _)| file.front.get(field));
                file.kind == **kind && values.any(|value| names(value).contains(&theme))
            };
            let count =
                |inferred: bool| files.values().filter(|file| files_it(file, inferred)).count();
            let wanted = match (count(true), count(true) - count(false)) {
                (0, _) => "none".to_owned(),
                (all, 0) => all.to_string(),
                (all, inferred) => format!("{all} ({inferred}* by this book’s own reading)"),
            };
            assert_eq!(cell.trim(), wanted, "{kind} under {theme}");
        }
        rows += 1;
    }
    let themes = files.values().filter(|file| file.kind == "theme").count();
    assert_eq!(rows, themes, "a row for each theme");
}

/// Tests that a page says once what the mark of the book's own readings means, if it has the mark.
#[test]
fn each_page_with_the_mark_of_a_reading_has_its_legend() {
    let (_, site) = book();
    let (mark, legend) = (Selector::parse(".reading"), Selector::parse(".legend"));
    let (mark, legend) = (mark.expect("a selector"), legend.expect("a selector"));
    let part = Selector::parse(".part").expect("a selector");
    let mut marked = 0;
    for path in site.keys().filter(|path| path.ends_with(".html")) {
        let html = Html::parse_document(text(site, path));
        // What is read on paper has its legend in each part.
        let parts: Vec<_> = html.select(&part).collect();
        for place in if parts.is_empty() { vec![html.root_element()] } else { parts } {
            let has_mark = place.select(&mark).next().is_some();
            assert_eq!(place.select(&legend).count(), usize::from(has_mark), "{path}");
            marked += usize::from(has_mark);
        }
    }
    assert!(marked > 50, "{marked}");
}

/// Tests that each link within a page names an element of it; otherwise it would do nothing.
#[test]
fn links_within_a_page_lead_somewhere() {
    let (_, site) = book();
    let (with_id, within) =
        (Selector::parse("[id]").expect("a selector"), Selector::parse("a[href^='#']"));
    let within = within.expect("a selector");
    let mut followed = 0;
    for path in site.keys().filter(|path| path.ends_with(".html")) {
        let html = Html::parse_document(text(site, path));
        let ids: BTreeSet<&str> =
            html.select(&with_id).filter_map(|element| element.value().attr("id")).collect();
        for link in html.select(&within) {
            let id = link.value().attr("href").expect("a link").trim_start_matches('#');
            assert!(ids.contains(id), "{path}: nothing is called {id}");
            followed += 1;
        }
    }
    assert!(followed > 500, "{followed}");
}

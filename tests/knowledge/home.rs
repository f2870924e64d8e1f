//! The home page agrees with `book.toml` and the files of the notes: which lists it has, what stands in them, in
//! which order, and every number.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use scraper::{ElementRef, Html, Selector};
use toml::{Table, Value};

use super::complete::{File, files, names, pointing};
use super::{book, text};

/// The files of the book.
struct Files {
    config: Table,
    notes: BTreeMap<String, File>,
    /// The pages of the notes that are outdated.
    past: BTreeSet<String>,
}

impl Files {
    fn read() -> Self {
        let (config, notes) = files();
        let ways = pointing(true).into_keys();
        let past = ways.filter(|(_, way)| way.ends_with(".supersedes")).map(|(page, _)| page);
        assert!(
            notes.values().all(|note| !note.front.contains_key("status")),
            "a note has a status"
        );
        Self { config, notes, past: past.collect() }
    }

    /// Returns the notes of a kind, in its order, the outdated last.
    fn of_kind(&self, kind: &str) -> Vec<&File> {
        let order = self.config["kinds"][kind].get("order").and_then(Value::as_str);
        let mut notes: Vec<&File> = self.notes.values().filter(|note| note.kind == kind).collect();
        notes.sort_by_key(|note| string(&note.front, "title"));
        match order {
            Some("order") => notes.sort_by_key(|note| {
                let order = note.front.get("order").and_then(Value::as_integer);
                (order.is_none(), order)
            }),
            Some("-date") => notes.sort_by_key(|note| {
                Reverse(note.front.get("date").map(|date| date.to_string().replace('"', "")))
            }),
            Some(other) => panic!("{kind} has the order {other}"),
            None => {}
        }
        notes.sort_by_key(|note| self.past.contains(&note.page));
        notes
    }

    /// Returns the number of open notes of a kind that name a note in the first of their fields that may, and of those
    /// that do so by the book's own reading alone.
    fn open(&self, of: &File, kind: &str) -> (usize, usize) {
        let fields = self.config["kinds"][kind]["fields"].as_table().expect("fields");
        let may = |shape: &Value| shape.get("to").is_some_and(|to| names(to).contains(&&*of.kind));
        let (field, _) = fields.iter().find(|(_, shape)| may(shape)).expect("a field");
        let base_of = |shape: &Value| shape.get("infers").and_then(Value::as_str) == Some(field);
        let inferred = fields.iter().find(|(_, shape)| base_of(shape)).map(|(name, _)| name);
        let stem = of.page.rsplit(['/', '.']).nth(1).expect("a name");
        let names_it = |note: &&File, field: &str| {
            note.front.get(field).is_some_and(|value| names(value).contains(&stem))
        };
        let is_closed = |note: &File| {
            fields.iter().any(|(field, shape)| {
                let closed = shape.get("closed").map_or_else(Vec::new, names);
                note.front
                    .get(field)
                    .is_some_and(|value| names(value).iter().any(|v| closed.contains(v)))
            })
        };
        let of_kind = self.notes.values().filter(|note| note.kind == kind);
        let open = of_kind.filter(|note| !is_closed(note) && !self.past.contains(&note.page));
        let open: Vec<&File> = open.collect();
        let stated = open.iter().filter(|note| names_it(note, field)).count();
        let is_read = |note: &&&File| inferred.is_some_and(|inferred| names_it(note, inferred));
        let read = open.iter().filter(|note| !names_it(note, field)).filter(is_read).count();
        (stated + read, read)
    }

    /// Returns the page of a kind, and its title.
    fn page_of(&self, kind: &str) -> (String, String) {
        let folder = self.config["kinds"][kind]["folder"].as_str().expect("a folder");
        let page = self.notes.get(&format!("{folder}/index"));
        let title = page.map_or_else(|| self.plural(kind), |page| string(&page.front, "title"));
        (format!("{folder}/index.html"), title)
    }

    fn plural(&self, kind: &str) -> String {
        self.config["kinds"][kind]["plural"].as_str().expect("a name").to_owned()
    }

    /// Returns the section that a list of `home` in `book.toml` asks for, after a list that counts `before`.
    fn section(&self, list: &Value, before: Option<&str>) -> Section {
        let kind = list["kind"].as_str().expect("a kind");
        let most = list["count"].as_integer().expect("a number") as usize;
        let counts = list.get("counts").and_then(Value::as_str);
        let (page, title) = self.page_of(kind);
        let all = self.of_kind(kind);
        let total = all.len();
        let mut entries: Vec<Entry> = all
            .into_iter()
            .map(|note| Entry {
                page: note.page.clone(),
                name: string(&note.front, name_key(note, counts.is_some())),
                number: counts.map(|counted| self.open(note, counted)),
            })
            .filter(|entry| entry.number.is_none_or(|(all, _)| all > 0))
            .take(most)
            .collect();
        let has_more = entries.len() < total;
        let mut heading =
            list.get("title").map_or(&*title, |title| title.as_str().expect("a title")).to_owned();
        match counts {
            Some(_) if has_more => entries.push(Entry {
                page: page.clone(),
                name: format!("Show all ({total}): {title}"),
                number: None,
            }),
            None if has_more => heading += &format!(" ({total})"),
            _ => {}
        }
        let said = counts.filter(|counts| before != Some(counts));
        let said = said.map(|counts| format!("{} that are open", self.plural(counts)));
        Section { page, heading, said, entries }
    }
}

/// A section of the home page.
#[derive(Debug, PartialEq)]
struct Section {
    /// The page to which the heading leads.
    page: String,
    heading: String,
    /// The sentence that says what the numbers count.
    said: Option<String>,
    entries: Vec<Entry>,
}

/// An entry of a section.
#[derive(Debug, PartialEq)]
struct Entry {
    page: String,
    name: String,
    number: Option<(usize, usize)>,
}

/// Returns the key with the name of a note: entries with a number are short.
fn name_key(note: &File, is_short: bool) -> &'static str {
    if is_short && note.front.contains_key("short") { "short" } else { "title" }
}

fn string(front: &Table, key: &str) -> String {
    front[key].as_str().expect("a string").to_owned()
}

fn select(selector: &str) -> Selector {
    Selector::parse(selector).expect("a selector")
}

/// Returns the only element within another that a selector finds, if any.
fn find<'a>(within: ElementRef<'a>, selector: &str) -> Option<ElementRef<'a>> {
    let found: Vec<ElementRef<'a>> = within.select(&select(selector)).collect();
    assert!(found.len() < 2, "{selector}: {}", found.len());
    found.first().copied()
}

fn text_of(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

/// Returns a section as the page has it.
fn section_of(section: ElementRef<'_>, is_counted: bool) -> Section {
    let href = |element| {
        let link = find(element, "a").expect("a link");
        link.attr("href").expect("an address").to_owned()
    };
    let heading = find(section, "h2").expect("a heading");
    let items = select("ul > li");
    let entries = section.select(&items).map(|entry| Entry {
        page: href(entry),
        name: text_of(find(entry, "a").expect("a link")),
        number: find(entry, "b").map(|number| {
            let all = text_of(number).parse().expect("a number");
            let read = find(entry, "small").map_or(0, |read| {
                let read = text_of(read);
                let digits: String = read.chars().filter(char::is_ascii_digit).collect();
                digits.parse().expect("a number")
            });
            (all, read)
        }),
    });
    let said = find(section, "h2 + .summary").filter(|_| is_counted).map(text_of);
    Section { page: href(heading), heading: text_of(heading), said, entries: entries.collect() }
}

#[test]
fn the_home_page_shows_what_the_book_asks_for_and_counts_it() {
    let (_, site) = book();
    let files = Files::read();
    let lists = files.config["home"].as_array().expect("what the home page shows");
    let (mut above, mut others) = (Vec::new(), Vec::new());
    let mut before = None;
    for list in lists {
        let counts = list.get("counts").and_then(Value::as_str);
        let part = if counts.is_some() { &mut above } else { &mut others };
        part.push(files.section(list, before));
        before = counts;
    }
    assert!(above.iter().all(|section| section.entries.len() > 3), "{above:?}");
    let html = Html::parse_document(text(site, "index.html"));
    let shown = |place: &str, is_counted: bool| -> Vec<Section> {
        let place = select(place);
        html.select(&place).map(|section| section_of(section, is_counted)).collect()
    };
    // Lists that count stand above the text, the first of the others beside it, the rest below it.
    assert_eq!(shown("main > section", true), above);
    assert_eq!(shown("main > .columns ~ section", true), []);
    assert_eq!(shown("main > .columns > .aside > section", false), others[..1]);
    assert_eq!(shown("main > .columns ~ .home-sections > section", false), others[1..]);
    assert_eq!(html.select(&select("main section")).count(), lists.len());
}

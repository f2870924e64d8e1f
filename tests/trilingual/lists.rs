//! The lists on pages, compared with what the files of the book say.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use scraper::{ElementRef, Html, Selector};

use super::Checked;
use super::reader::{FIELDS, KINDS, LANGUAGES, Work, prefix};

/// An entry of a list: its address, the language that its title is marked with, and the title.
pub(crate) type Entry = (String, Option<String>, String);

/// The ways in which works point at another that are not fields.
const WAYS: [&str; 3] = ["supersedes", "sources", "links"];

/// Returns the elements that a selector finds.
pub(crate) fn all<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).expect("a selector")).collect()
}

fn within<'a>(element: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    element.select(&Selector::parse(selector).expect("a selector")).collect()
}

pub(crate) fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

/// Returns the first number in a text.
fn number(text: &str) -> usize {
    let digits = text.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty());
    digits.map_or(0, |digits| digits.parse().expect("a number"))
}

impl Checked<'_> {
    pub(crate) fn html(&self, language: &str, page: &str) -> Html {
        Html::parse_document(self.file(&format!("{}{page}", prefix(language))))
    }

    /// Returns the links as entries, with their addresses from the top of the site.
    fn entries(&self, page: &str, links: Vec<ElementRef<'_>>) -> Vec<Entry> {
        let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
        let entry = |link: ElementRef<'_>| {
            let href = link.value().attr("href").expect("an address").split('#').next();
            let address = fieldbook::files::join(folder, href.unwrap_or("")).expect("an address");
            if !self.site.contains_key(&address) {
                self.fault(format!("{page} links to {address}, which is not there"));
            }
            (address, link.value().attr("lang").map(str::to_owned), text(link))
        };
        links.into_iter().map(entry).collect()
    }

    /// Returns the entry that a work has in lists of a language.
    fn entry(&self, work: &Work, language: &'static str) -> Entry {
        let of_title = Some(work.language(language)).filter(|of| *of != language);
        (self.book.address(work, language), of_title.map(str::to_owned), work.title(language))
    }

    /// Notes a fault unless a list holds exactly these works, each once.
    fn holds(&self, language: &'static str, what: &str, found: &[Entry], wanted: &[&Work]) {
        let mut wanted: Vec<Entry> = wanted.iter().map(|work| self.entry(work, language)).collect();
        let mut found = found.to_vec();
        found.sort();
        wanted.sort();
        self.equals(language, what, found, wanted);
    }

    /// Notes a fault unless what `selector` finds on a page links to exactly these works.
    fn page_holds(&self, language: &'static str, page: &str, selector: &str, wanted: &[&Work]) {
        let html = self.html(language, page);
        let path = format!("{}{page}", prefix(language));
        let found = self.entries(&path, all(&html, selector));
        self.holds(language, &format!("{page}, {selector}"), &found, wanted);
    }

    fn equals<T: PartialEq + Debug>(&self, language: &str, what: &str, found: T, wanted: T) {
        self.equal(&format!("{language}: {what}"), found, wanted);
    }

    pub(crate) fn lists(&self, language: &'static str) {
        for (kind, folder) in KINDS {
            let works = self.book.of_kind(kind, language);
            let page = format!("{folder}/index.html");
            let selector =
                if *kind == "ask" { ".register tbody th a" } else { "main > .cards > li > a" };
            self.page_holds(language, &page, selector, &works);
        }
        self.home(language);
        self.registers(language);
        self.pointers(language);
        self.coverage(language);
        self.by_date(language);
        self.letters(language);
        self.state(language);
        self.in_full(language);
        self.neighbours(language);
        self.related(language);
        self.emptiness(language);
    }

    fn home(&self, language: &'static str) {
        let html = self.html(language, "index.html");
        let page = format!("{}index.html", prefix(language));
        let themes = self.book.of_kind("theme", language);
        let open = |theme: &Work| {
            let asks = self.book.pointing(&theme.key, "ask", "themes", language);
            asks.into_iter().filter(|ask| ask.is_open(language)).count()
        };
        let mut wanted = BTreeMap::new();
        for theme in themes.iter().filter(|theme| open(theme) > 0) {
            wanted.insert(self.entry(theme, language), open(theme));
        }
        let items = all(&html, ".tallies > ul > li").into_iter();
        let counted = items.filter_map(|item| {
            let count = within(item, "b").first().map(|count| number(&text(*count)))?;
            Some((self.entries(&page, within(item, "a")).remove(0), count))
        });
        self.equals(language, "what is open under each theme", counted.collect(), wanted);
        let items = all(&html, ".tallies > ul > li").into_iter();
        for more in items.filter(|item| within(*item, "b").is_empty()) {
            self.equals(language, "the number of all themes", number(&text(more)), themes.len());
        }
        let lessons = self.book.of_kind("lesson", language).len();
        for count in all(&html, ".group > h2 > .count") {
            self.equals(language, "the number of lessons", number(&text(count)), lessons);
        }
        let shown = all(&html, ".group > ul.cards > li > a").len();
        self.equals(language, "lessons on the home page", shown, lessons.min(2));
    }

    fn registers(&self, language: &'static str) {
        let asks = self.book.of_kind("ask", language);
        let html = self.html(language, "asks/index.html");
        let page = format!("{}asks/index.html", prefix(language));
        for row in all(&html, ".register tbody tr") {
            let heading = self.entries(&page, within(row, "th a")).remove(0);
            let ask = asks.iter().find(|ask| self.entry(ask, language) == heading).expect("an ask");
            for column in ["of", "themes", "countries"] {
                let named = ask.names(column);
                let wanted: Vec<&Work> = named.iter().map(|key| &self.book.works[key]).collect();
                let at = all(&html, "thead th")
                    .iter()
                    .position(|th| th.attr("data-column") == Some(column));
                let cells = within(row, "th, td");
                let found =
                    at.map_or_else(Vec::new, |at| self.entries(&page, within(cells[at], "a")));
                self.holds(language, &format!("{column} of {}", ask.key), &found, &wanted);
            }
        }
        // Rows by each value, on pages of their own; the filters count them.
        for link in all(&html, ".facets li > a") {
            let href = link.value().attr("href").expect("an address");
            let path = fieldbook::files::join(&format!("{}asks", prefix(language)), href);
            let path = path.expect("an address");
            let below = path.split_once("/by-").expect("a column").1.trim_end_matches(".html");
            let (column, value) = below.split_once('/').expect("a value");
            let has = |ask: &&Work| match column {
                "outcome" => ask.value("outcome") == Some(value),
                _ => ask.names(column).contains(value),
            };
            let wanted: Vec<&Work> = asks.iter().copied().filter(has).collect();
            let count =
                link.next_sibling().and_then(|next| next.value().as_text().map(|t| number(t)));
            self.equals(language, &path, count, Some(wanted.len()));
            let html = Html::parse_document(self.file(&path));
            let found = self.entries(&path, all(&html, ".register tbody th a"));
            self.holds(language, &path, &found, &wanted);
        }
    }

    /// Checks what points at each work, way by way, with the number that stands above each list.
    fn pointers(&self, language: &'static str) {
        let has_page = |work: &&Work| self.book.has_page(work, language);
        for work in self.book.works.values().filter(has_page) {
            let mut wanted = BTreeMap::new();
            let mut mentioned = Vec::new();
            for (kind, _) in KINDS {
                let fields = FIELDS.iter().filter(|field| field.0 == *kind).map(|field| field.2);
                let ways: BTreeSet<&str> = fields.chain(WAYS).collect();
                for way in ways {
                    let from = self.book.pointing(&work.key, kind, way, language);
                    match way {
                        "links" => mentioned.extend(from),
                        _ if from.is_empty() => {}
                        _ => drop(wanted.insert(format!("page.group.{kind}.{way}"), from)),
                    }
                }
            }
            let path = format!("{}{}.html", prefix(language), work.key);
            let html = Html::parse_document(self.file(&path));
            for group in all(&html, "section.group[id]") {
                let id = group.value().attr("id").expect("an id");
                let place = format!("{path}#{id}");
                let wanted = wanted.remove(id).unwrap_or_default();
                let found = self.entries(&path, within(group, ".cards > li > a"));
                self.holds(language, &place, &found, &wanted);
                let count = within(group, ".count").first().map(|count| number(&text(*count)));
                self.equals(language, &place, count, Some(wanted.len()));
            }
            let ways: Vec<&String> = wanted.keys().collect();
            self.equals(language, &path, ways, Vec::new());
            let found = self.entries(&path, all(&html, ".mentions > div > .cards > li > a"));
            self.holds(language, &format!("mentions on {path}"), &found, &mentioned);
        }
    }

    fn coverage(&self, language: &'static str) {
        if !self.site.contains_key(&format!("{}coverage.html", prefix(language))) {
            return self.equals(language, "themes", self.book.of_kind("theme", language).len(), 0);
        }
        let html = self.html(language, "coverage.html");
        let page = format!("{}coverage.html", prefix(language));
        let themes = self.book.of_kind("theme", language);
        let headings = all(&html, ".coverage tbody th a");
        self.holds(language, "coverage", &self.entries(&page, headings), &themes);
        let numbers = |row: ElementRef<'_>| -> Vec<usize> {
            within(row, "td").into_iter().map(|cell| number(&text(cell))).collect()
        };
        for row in all(&html, ".coverage tbody tr") {
            let heading = self.entries(&page, within(row, "th a")).remove(0);
            let is_it = |theme: &&&Work| self.entry(theme, language) == heading;
            let theme = themes.iter().find(is_it).expect("a theme");
            let of = |kind| self.book.pointing(&theme.key, kind, "themes", language).len();
            let wanted = vec![of("ask"), of("lesson"), of("ask") + of("lesson")];
            self.equals(language, &theme.key, numbers(row), wanted);
        }
        let unfiled = |kind| {
            let works = self.book.of_kind(kind, language).into_iter();
            works.filter(|work| work.names("themes").is_empty()).count()
        };
        let wanted = vec![unfiled("ask"), unfiled("lesson"), unfiled("ask") + unfiled("lesson")];
        for row in all(&html, ".coverage tfoot tr") {
            self.equals(language, "what is filed under no theme", numbers(row), wanted.clone());
        }
    }

    fn by_date(&self, language: &'static str) {
        let html = self.html(language, "timeline.html");
        let page = format!("{}timeline.html", prefix(language));
        let shown = ["ask", "lesson"].map(|kind| self.book.of_kind(kind, language)).concat();
        let (dated, undated): (Vec<&Work>, Vec<&Work>) =
            shown.into_iter().partition(|work| work.value("date").is_some());
        let mut years: BTreeMap<String, Vec<&Work>> = BTreeMap::new();
        for work in &dated {
            let year = work.value("date").expect("a date")[..4].to_owned();
            years.entry(year).or_default().push(work);
        }
        let sections = all(&html, "section.year");
        self.equals(language, "years", sections.len(), years.len());
        for (section, (year, wanted)) in sections.into_iter().zip(&years) {
            let heading = text(within(section, "h2")[0]);
            self.equals(language, &heading, heading.starts_with(year.as_str()), true);
            let found = self.entries(&page, within(section, "li > a"));
            self.holds(language, &format!("the year {year}"), &found, wanted);
        }
        let found = self.entries(&page, all(&html, "section:not(.year) > ul.cards > li > a"));
        self.holds(language, "what has no date", &found, &undated);
        let changed: Vec<&Work> = self.changed(language);
        self.page_holds(language, "changes.html", "section.month > ul > li > a", &changed);
        let html = self.html(language, "changes.html");
        for link in all(&html, ".scopes a").into_iter().skip(1) {
            let page = format!("{}changes.html", prefix(language));
            let (address, ..) = self.entries(&page, vec![link]).remove(0);
            let theme =
                address.split_once("changes/").expect("a theme").1.trim_end_matches(".html");
            let of_theme = changed.iter().filter(|work| work.names("themes").contains(theme));
            let count =
                link.next_sibling().and_then(|next| next.value().as_text().map(|t| number(t)));
            self.equals(language, &address, count, Some(of_theme.count()));
        }
    }

    /// Returns the works of which readers of a language are told that they changed.
    fn changed(&self, language: &'static str) -> Vec<&Work> {
        let has = |work: &&Work| !work.values("changes.date").is_empty();
        self.book.shown(language).into_iter().filter(has).collect()
    }

    /// Returns the works that were written, values of open fields left out.
    fn written(&self, language: &'static str) -> Vec<&Work> {
        let is_written = |work: &&Work| !work.versions.is_empty();
        self.book.shown(language).into_iter().filter(is_written).collect()
    }

    fn letters(&self, language: &'static str) {
        let html = self.html(language, "a-z.html");
        let page = format!("{}a-z.html", prefix(language));
        // Other names stand before the links of their works.
        let is_title = |link: &ElementRef<'_>| {
            let before = link
                .prev_sibling()
                .and_then(|before| before.value().as_text().map(|t| t.trim().is_empty()));
            before.unwrap_or(true)
        };
        let titles = all(&html, "section.letter li > a").into_iter().filter(is_title).collect();
        let found = self.entries(&page, titles);
        self.holds(language, "the titles from A to Z", &found, &self.written(language));
    }

    fn state(&self, language: &'static str) {
        let html = self.html(language, "state.html");
        let page = format!("{}state.html", prefix(language));
        let works =
            self.book.shown(language).into_iter().filter(|work| work.kind != "page").count();
        self.equals(language, "all works", number(&text(all(&html, ".lede")[0])), works);
        let current = self.written(language).into_iter().filter(|work| !work.is_past(language));
        let current: Vec<&Work> = current.collect();
        let only = |wanted: &dyn Fn(&Work) -> bool| -> Vec<&Work> {
            current.iter().copied().filter(|work| wanted(work)).collect()
        };
        let is_entry = |work: &Work| work.kind != "page";
        let is_pointed_at = |work: &Work| {
            self.book
                .shown(language)
                .iter()
                .any(|from| from.key != work.key && from.all_targets().contains(&work.key))
        };
        let cites_past = |work: &Work| {
            let cited = self.book.targets(work, language);
            let is_past = |to: &&String| self.book.works[*to].is_past(language);
            cited.iter().filter(is_past).any(|to| !work.supersedes.contains(to))
        };
        let is_unfiled =
            |work: &&Work| matches!(work.kind, "ask" | "lesson") && work.names("themes").is_empty();
        let unfiled = self.written(language).into_iter().filter(is_unfiled).collect();
        let concerns = [
            (
                "overdue",
                only(&|work| work.value("review-by").is_some_and(|day| day < "2026-11-22")),
            ),
            ("cites-past", only(&cites_past)),
            ("unfiled", unfiled),
            ("orphans", only(&|work| is_entry(work) && !is_pointed_at(work))),
            (
                "dead-ends",
                only(&|work| is_entry(work) && self.book.targets(work, language).is_empty()),
            ),
        ];
        for (concern, wanted) in concerns {
            let selector = format!("section.concern[id=\"page.state.{concern}\"] > ul > li > a");
            let found = self.entries(&page, all(&html, &selector));
            let heading = format!("section.concern[id=\"page.state.{concern}\"] > h2");
            let counted = all(&html, &heading).first().map_or(0, |heading| number(&text(*heading)));
            self.equals(language, concern, counted, wanted.len());
            // Of many, the page shows the first ten.
            if wanted.len() <= 10 {
                self.holds(language, concern, &found, &wanted);
            }
        }
    }

    fn in_full(&self, language: &'static str) {
        for theme in self.book.of_kind("theme", language) {
            let page = format!("{}/in-full.html", theme.key);
            let path = format!("{}{page}", prefix(language));
            if !self.book.has_page(theme, language) {
                continue;
            }
            let filed = ["ask", "lesson"]
                .map(|kind| self.book.pointing(&theme.key, kind, "themes", language))
                .concat();
            let also = self.book.of_kind("guide", language).into_iter();
            let also = also.filter(|guide| self.book.targets(guide, language).contains(&theme.key));
            if filed.is_empty() {
                self.equals(language, &path, self.site.contains_key(&path), false);
                continue;
            }
            let wanted: Vec<&Work> = filed.into_iter().chain(also).collect();
            self.page_holds(language, &page, "article.part > header > h2 > a", &wanted);
        }
    }

    /// Follows the links to the next page through each kind.
    fn neighbours(&self, language: &'static str) {
        for (kind, folder) in KINDS {
            let works = self.book.of_kind(kind, language);
            let addresses: BTreeSet<String> =
                works.iter().map(|work| self.book.address(work, language)).collect();
            // Where some works have no page in the language, the chain goes on in another.
            if !works.iter().all(|work| self.book.has_page(work, language)) {
                continue;
            }
            let link = |path: &str, rel: &str| {
                let html = Html::parse_document(self.file(path));
                let found = self.entries(path, all(&html, &format!(".neighbours a[rel={rel}]")));
                found.into_iter().next().map(|(address, ..)| address)
            };
            let mut next = addresses.iter().find(|path| link(path, "prev").is_none()).cloned();
            let mut seen = BTreeSet::new();
            while let Some(path) = next.filter(|path| seen.insert(path.clone())) {
                next = link(&path, "next");
            }
            self.equals(language, &format!("the pages of {folder} in turn"), seen, addresses);
        }
    }

    /// Checks that related notes share something with a note, and that all languages have the same of them.
    fn related(&self, language: &'static str) {
        let named = |work: &Work| work.all_targets();
        // Texts may differ in their links, a translation may be withdrawn alone, and where works are hidden, others are
        // the nearest.
        let differs = |work: &Work| {
            work.kind == "guide" || work.is_past(language) != work.is_past(LANGUAGES[0])
        };
        let is_same = self.book.shows_all(language) && !self.book.works.values().any(differs);
        for work in self.book.works.values().filter(|work| self.book.has_page(work, language)) {
            let path = format!("{}{}.html", prefix(language), work.key);
            let html = Html::parse_document(self.file(&path));
            let found = self.entries(&path, all(&html, ".related .cards > li > a"));
            let own = named(work);
            for entry in &found {
                let other = self.book.shown(language).into_iter();
                let other = other.into_iter().find(|other| self.entry(other, language) == *entry);
                let Some(other) = other else {
                    self.fault(format!("{path} has {entry:?}, which is no work"));
                    continue;
                };
                let shares = own.iter().any(|to| named(other).contains(to));
                let together = self.book.shown(language).into_iter().any(|from| {
                    let names = named(from);
                    names.contains(&work.key) && names.contains(&other.key)
                });
                if !shares && !together {
                    self.fault(format!("{path} has {entry:?} for no reason"));
                }
            }
            if !is_same {
                continue;
            }
            let keys = |entries: &[Entry]| -> Vec<String> {
                let key = |address: &str| {
                    let known = self.book.works.keys();
                    let is_it = |key: &&String| address.ends_with(&format!("{key}.html"));
                    known.into_iter().find(is_it).expect("a work").clone()
                };
                entries.iter().map(|(address, ..)| key(address)).collect()
            };
            let original = format!("{}.html", work.key);
            let html = Html::parse_document(self.file(&original));
            let wanted = self.entries(&original, all(&html, ".related .cards > li > a"));
            self.equals(language, &path, keys(&found), keys(&wanted));
        }
    }

    /// Checks that no page says that there is nothing where there is something.
    fn emptiness(&self, language: &'static str) {
        let words = include_str!("../../themes/default/i18n/en.toml");
        let own = match language {
            "fr" => include_str!("../../themes/default/i18n/fr.toml"),
            "ar" => include_str!("../../themes/default/i18n/ar.toml"),
            _ => words,
        };
        let word = |key: &str| {
            let line = own.lines().find_map(|line| line.strip_prefix(&format!("{key} = \"")));
            line.expect("a word").trim_end_matches('"').to_owned()
        };
        let (empty, unchanged) = (word("empty-list"), word("changes-none"));
        let of_language = |path: &&String| {
            let other = LANGUAGES.iter().find(|other| path.starts_with(&format!("{other}/")));
            path.ends_with(".html") && other.map_or(language == "en", |other| *other == language)
        };
        for path in self.site.keys().filter(of_language) {
            let text = self.file(path);
            let here = path.strip_prefix(&*prefix(language)).expect("a page of the language");
            let kind = KINDS.iter().find(|kind| here == format!("{}/index.html", kind.1));
            let is_empty = match here {
                "timeline.html" => {
                    ["ask", "lesson"].iter().all(|k| self.book.of_kind(k, language).is_empty())
                }
                "changes.html" => self.changed(language).is_empty(),
                _ => kind.is_some_and(|kind| self.book.of_kind(kind.0, language).is_empty()),
            };
            let says = text.contains(&empty) || text.contains(&unchanged);
            if says && !is_empty {
                self.fault(format!("{path} says that nothing is there"));
            }
        }
    }
}

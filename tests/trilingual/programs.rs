//! The files for programs, compared with what the files of the book say.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Checked;
use super::reader::{LANGUAGES, Work, prefix};

/// The address of the site.
const SITE: &str = "https://example.org/";

impl Checked<'_> {
    pub(crate) fn programs(&self, language: &'static str) {
        self.register(language);
        self.feeds(language);
        self.alternates(language);
    }

    fn json(&self, path: &str) -> Value {
        serde_json::from_str(self.file(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
    }

    fn register(&self, language: &'static str) {
        let asks = self.book.of_kind("ask", language);
        let path = format!("{}asks/register.json", prefix(language));
        if asks.is_empty() {
            return self.equal(&path, self.site.contains_key(&path), false);
        }
        let json = self.json(&path);
        let rows = json["rows"].as_array().expect("rows");
        let titles = |work: &Work, field: &str| -> BTreeSet<String> {
            let named = work.named.get(field).into_iter().flatten();
            named.map(|key| self.book.works[key].title(language)).collect()
        };
        let texts = |value: &Value| -> BTreeSet<String> {
            let texts = value.as_array().into_iter().flatten();
            texts.map(|text| text.as_str().expect("a text").to_owned()).collect()
        };
        let address = |row: &Value| row["url"].as_str().expect("an address").to_owned();
        let found: BTreeSet<String> = rows.iter().map(address).collect();
        let wanted = asks.iter().map(|ask| self.book.address(ask, language)).collect();
        self.equal(&path, (rows.len(), found), (asks.len(), wanted));
        let csv = self.file(&format!("{}asks/register.csv", prefix(language)));
        let lines: Vec<&str> = csv.lines().skip(1).collect();
        self.equal(&path, lines.len(), asks.len());
        for (row, line) in rows.iter().zip(lines) {
            let is_it = |ask: &&&Work| self.book.address(ask, language) == row["url"];
            let Some(ask) = asks.iter().find(is_it) else { continue };
            let place = format!("{path}: {}", ask.key);
            self.equal(&place, &row["title"], &Value::from(ask.title(language)));
            self.equal(&place, &row["past"], &Value::from(ask.is_past(language)));
            for field in ["of", "themes", "countries"] {
                self.equal(&format!("{place}, {field}"), texts(&row[field]), titles(ask, field));
            }
            let named = ["of", "themes", "countries"].map(|field| titles(ask, field));
            let address = format!("{SITE}{}", self.book.address(ask, language));
            let lacks: Vec<String> = named
                .into_iter()
                .flatten()
                .chain([ask.title(language), address])
                .filter(|text| !line.contains(text))
                .collect();
            self.equal(line, lacks, Vec::new());
        }
    }

    fn feeds(&self, language: &'static str) {
        let all =
            self.book.shown(language).into_iter().filter(|work| work.kind != "page").collect();
        let mut feeds: Vec<(String, Vec<&Work>)> = vec![("feed.xml".to_owned(), all)];
        for (folder, kind) in [("asks", "ask"), ("themes", "theme")] {
            feeds.push((format!("{folder}/feed.xml"), self.book.of_kind(kind, language)));
        }
        for theme in self.book.of_kind("theme", language) {
            if self.book.has_page(theme, language) {
                let all = self.book.shown(language).into_iter();
                let points =
                    |from: &&Work| from.key != theme.key && from.all_targets().contains(&theme.key);
                feeds.push((format!("{}.xml", theme.key), all.filter(points).collect()));
            }
        }
        for (path, works) in feeds {
            let path = format!("{}{path}", prefix(language));
            let mut wanted: Vec<(String, String)> = works
                .iter()
                .filter_map(|work| {
                    let day = work.news(language)?;
                    let day = [&*day, "-01-01"].concat()[..10].to_owned();
                    Some((format!("{SITE}{}", self.book.address(work, language)), day))
                })
                .collect();
            wanted.sort();
            let Some(feed) = self.site.get(&path) else {
                self.equal(&format!("{path}, which is missing"), Vec::new(), wanted);
                continue;
            };
            let feed = atom_syndication::Feed::read_from(&feed[..]).expect("a feed");
            let entry = |entry: &atom_syndication::Entry| {
                (entry.id().to_owned(), entry.updated().to_rfc3339()[..10].to_owned())
            };
            let mut found: Vec<(String, String)> = feed.entries().iter().map(entry).collect();
            found.sort();
            self.equal(&path, found, wanted);
        }
    }

    /// Checks that each version leads search engines to the others, and that a page without a version leads them to the
    /// original.
    fn alternates(&self, language: &'static str) {
        // What is no longer current leads them elsewhere.
        let is_current =
            |work: &Work| !LANGUAGES.into_iter().any(|language| work.is_past(language));
        let is_asked = |work: &&Work| {
            let is_written = !work.versions.is_empty();
            is_written && is_current(work) && self.book.has_page(work, language)
        };
        for work in self.book.works.values().filter(is_asked) {
            let path = format!("{}{}.html", prefix(language), work.key);
            let html = self.file(&path);
            let is_written = work.versions.contains_key(language);
            for other in LANGUAGES {
                let says = html.contains(&format!("<link rel=\"alternate\" hreflang=\"{other}\""));
                let both =
                    is_written && work.versions.contains_key(other) && work.versions.len() > 1;
                self.equal(&format!("{path} leads to {other}"), says, both);
            }
            let is_left_out = html.contains("<meta name=\"robots\" content=\"noindex\">");
            self.equal(&format!("{path} is left out"), is_left_out, !is_written);
        }
    }

    /// Checks the files that are one for all languages.
    pub(crate) fn of_all_languages(&self) {
        let versions = || {
            self.book
                .works
                .values()
                .flat_map(|work| work.versions.keys().map(move |language| (work, *language)))
        };
        let address =
            |work: &Work, language: &str| format!("{}{}.html", prefix(language), work.key);
        let written: BTreeSet<String> =
            versions().map(|(work, language)| address(work, language)).collect();
        let notes = self.json("notes.json");
        let notes = notes["notes"].as_array().expect("notes");
        let urls = notes.iter().map(|note| note["url"].as_str().expect("an address").to_owned());
        self.equal("notes.json", &urls.collect(), &written);
        for note in notes {
            let is_it = |(work, language): &(&Work, &'static str)| {
                note["url"] == address(work, language).as_str()
            };
            let Some((work, language)) = versions().find(is_it) else { continue };
            for (field, named) in &work.named {
                let urls = note["references"][field].as_array().into_iter().flatten();
                let found: BTreeSet<&str> = urls.filter_map(Value::as_str).collect();
                let wanted =
                    named.iter().map(|to| self.book.address(&self.book.works[to], language));
                let wanted: BTreeSet<String> = wanted.collect();
                let wanted: BTreeSet<&str> = wanted.iter().map(String::as_str).collect();
                self.equal(&format!("{field} of {}", note["url"]), found, wanted);
            }
        }
        let sitemap = self.file("sitemap.xml");
        for work in self.book.works.values().filter(|work| work.kind != "page") {
            for language in LANGUAGES {
                let path = address(work, language);
                let is_listed = sitemap.contains(&format!("<loc>{SITE}{path}</loc>"));
                let is_wanted = written.contains(&path) && !work.is_past(language);
                self.equal(&format!("{path} is in the sitemap"), is_listed, is_wanted);
            }
        }
        self.search(&written);
    }

    /// Checks that search knows every version that was written, once, with its language and title.
    fn search(&self, written: &BTreeSet<String>) {
        let scripts = self.site.keys().filter(|path| path.starts_with("search/texts/"));
        let mut found = BTreeSet::new();
        for path in scripts {
            let script = self.file(path);
            let (start, end) =
                (script.find(",[").expect("rows") + 1, script.rfind(')').expect("an end"));
            let rows: Value = serde_json::from_str(&script[start..end]).expect("JSON");
            for row in rows.as_array().expect("rows") {
                let (url, title) = (row[1].as_str().expect("an address"), row[2].as_str());
                if !written.contains(url) {
                    continue;
                }
                self.equal(&format!("{url} is new to search"), found.insert(url.to_owned()), true);
                let work = self.book.works.values().find(|work| {
                    LANGUAGES
                        .iter()
                        .any(|language| format!("{}{}.html", prefix(language), work.key) == url)
                });
                let language = row[7].as_str().expect("a language");
                let language = *LANGUAGES.iter().find(|known| **known == language).expect("one");
                self.equal(url, title, Some(&*work.expect("a work").title(language)));
                self.equal(url, url.starts_with(&prefix(language)), true);
            }
        }
        self.equal("search", &found, written);
    }
}

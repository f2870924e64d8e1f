//! The files of a book, read without the program: which works there are, what each says, and where its versions lie.

use std::collections::{BTreeMap, BTreeSet};

/// The languages of the books, the book's own first.
pub(crate) const LANGUAGES: [&str; 3] = ["en", "fr", "ar"];

/// The fields of each kind that name works: the kind, the field, the field for which it counts, and the kind of
/// what it names.
pub(crate) const FIELDS: &[(&str, &str, &str, &str)] = &[
    ("ask", "of", "of", "actor"),
    ("ask", "themes", "themes", "theme"),
    ("ask", "themes-inferred", "themes", "theme"),
    ("ask", "countries", "countries", "country"),
    ("lesson", "themes", "themes", "theme"),
    ("lesson", "countries", "countries", "country"),
];

/// The kinds and their folders.
pub(crate) const KINDS: &[(&str, &str)] = &[
    ("theme", "themes"),
    ("actor", "actors"),
    ("country", "countries"),
    ("ask", "asks"),
    ("lesson", "lessons"),
    ("guide", "guides"),
];

/// The settings of a note: the values of each key. Those of a table stand under its name and theirs.
pub(crate) type Front = BTreeMap<String, Vec<String>>;

/// A book, as its files have it. Drafts are left out.
pub(crate) struct Book {
    /// The works, by their paths without language and ending.
    pub(crate) works: BTreeMap<String, Work>,
    /// The treatment of works that were not translated, by language.
    untranslated: BTreeMap<&'static str, String>,
}

/// A note with its translations.
pub(crate) struct Work {
    /// Its path without language and ending.
    pub(crate) key: String,
    /// Its kind; `page` for a page outside the folders, or of a kind.
    pub(crate) kind: &'static str,
    /// Its versions, by language. A value of an open field has none.
    pub(crate) versions: BTreeMap<&'static str, Version>,
    /// Its title if it has no version.
    name: String,
    /// The works that it names, by field.
    pub(crate) named: BTreeMap<&'static str, BTreeSet<String>>,
    /// The works that it replaces, and those that it cites as sources.
    pub(crate) supersedes: BTreeSet<String>,
    pub(crate) cites: BTreeSet<String>,
    /// True if another work replaces it.
    is_superseded: bool,
}

/// A version of a work.
pub(crate) struct Version {
    front: Front,
    /// The names in links of its text, and the works that they mean.
    links: Vec<String>,
    pub(crate) mentions: BTreeSet<String>,
}

/// Returns the beginning of the addresses of a language.
pub(crate) fn prefix(language: &str) -> String {
    if language == LANGUAGES[0] { String::new() } else { format!("{language}/") }
}

/// Returns the value of a line of TOML as texts: a list, a text, a date, a number or a flag.
fn values(written: &str) -> Vec<String> {
    let written = written.trim();
    let one = |text: &str| text.trim().trim_matches('"').to_owned();
    match written.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        Some(list) => list.split(',').map(one).filter(|text| !text.is_empty()).collect(),
        None => vec![one(written)],
    }
}

/// Returns the settings and the names in links of a note.
fn version(text: &str) -> Version {
    let mut parts = text.splitn(3, "+++");
    let (_, settings, text) = (parts.next(), parts.next(), parts.next().unwrap_or_default());
    let (mut front, mut table) = (Front::new(), String::new());
    for line in settings.unwrap_or_default().lines() {
        if let Some(name) = line.strip_prefix("[[") {
            table = format!("{}.", name.trim_end_matches("]]"));
        } else if let Some((key, value)) = line.split_once('=') {
            front.entry(format!("{table}{}", key.trim())).or_default().extend(values(value));
        }
    }
    let links = text.split("[[").skip(1).filter_map(|rest| rest.split("]]").next());
    Version { front, links: links.map(str::to_owned).collect(), mentions: BTreeSet::new() }
}

impl Book {
    /// Reads a book from the paths and texts of its files.
    pub(crate) fn read(files: &[(String, String)]) -> Self {
        let (mut works, mut untranslated) = (BTreeMap::new(), BTreeMap::new());
        for (path, text) in files {
            if path == "book.toml" {
                let mut of = "";
                for line in text.lines() {
                    of = line.strip_prefix("[languages.").unwrap_or(of).trim_end_matches(']');
                    let language = LANGUAGES.into_iter().find(|language| *language == of);
                    if let Some((language, (_, value))) =
                        language.zip(line.split_once("untranslated ="))
                    {
                        untranslated.insert(language, values(value).concat());
                    }
                }
                continue;
            }
            let Some(path) = path.strip_prefix("content/").and_then(|p| p.strip_suffix(".md"))
            else {
                continue;
            };
            let (key, language) = path.rsplit_once('.').unwrap_or((path, LANGUAGES[0]));
            let language = *LANGUAGES.iter().find(|known| **known == language).expect("a language");
            let version = version(text);
            let folder = key.split_once('/').filter(|(_, name)| *name != "index");
            let kind = KINDS.iter().find(|kind| folder.is_some_and(|(folder, _)| folder == kind.1));
            let work = works.entry(key.to_owned()).or_insert_with(|| Work::new(key, kind));
            work.versions.insert(language, version);
        }
        // A draft is left out, and so are the translations of one.
        works.retain(|_, work: &mut Work| !work.is_draft(work.original()));
        for work in works.values_mut() {
            let drafts = LANGUAGES.into_iter().filter(|language| work.is_draft(language));
            for language in drafts.collect::<Vec<_>>() {
                work.versions.remove(language);
            }
        }
        let mut book = Self { works, untranslated };
        book.resolve();
        book
    }

    /// Finds the works that the fields and texts of all others name.
    fn resolve(&mut self) {
        let keys: Vec<String> = self.works.keys().cloned().collect();
        for key in &keys {
            let work = &self.works[key];
            let mut named: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
            let mut bare = Vec::new();
            for (_, field, _, to) in FIELDS.iter().filter(|field| field.0 == work.kind) {
                for name in work.values(field) {
                    let found = self.find(name, to).unwrap_or_else(|| {
                        let new = Work { name: name.clone(), ..Work::bare(name, to) };
                        bare.push(new);
                        bare[bare.len() - 1].key.clone()
                    });
                    named.entry(*field).or_default().insert(found);
                }
            }
            let all = |names: &[String]| -> BTreeSet<String> {
                let kinds = || KINDS.iter().map(|kind| kind.0);
                names.iter().filter_map(|name| kinds().find_map(|to| self.find(name, to))).collect()
            };
            let (supersedes, cites) =
                (all(work.values("supersedes")), all(work.values("sources.ref")));
            let mentions: Vec<_> = work.versions.values().map(|of| all(&of.links)).collect();
            for replaced in &supersedes {
                self.works.get_mut(replaced).expect("a work").is_superseded = true;
            }
            let work = self.works.get_mut(key).expect("a work");
            (work.named, work.supersedes, work.cites) = (named, supersedes, cites);
            for (version, mentions) in work.versions.values_mut().zip(mentions) {
                version.mentions = mentions;
            }
            for work in bare {
                self.works.entry(work.key.clone()).or_insert(work);
            }
        }
        // Of several spellings, the first in the order of the alphabet is the title.
        let spelt: Vec<String> =
            keys.iter().flat_map(|key| self.works[key].values("countries").to_vec()).collect();
        for work in self.works.values_mut().filter(|work| work.versions.is_empty()) {
            let same = |name: &&String| Work::bare(name, "country").key == work.key;
            work.name = spelt.iter().filter(same).min().expect("a name").clone();
        }
    }

    /// Returns the work of a kind that has this name: that of its file, a title, or another.
    fn find(&self, name: &str, kind: &str) -> Option<String> {
        let small = name.to_lowercase();
        let is_called = |work: &&Work| {
            let mut titles = work.versions.values().flat_map(|version| {
                ["title", "aliases"].iter().filter_map(move |key| version.front.get(*key)).flatten()
            });
            work.key.rsplit('/').next() == Some(&*small)
                || titles.any(|title| title.to_lowercase() == small)
        };
        let mut of_kind = self.works.values().filter(|work| work.kind == kind);
        of_kind.find(is_called).map(|work| work.key.clone())
    }

    /// Returns what becomes of works that were not translated into a language.
    fn untranslated(&self, language: &str) -> &str {
        self.untranslated.get(language).map_or("page", String::as_str)
    }

    /// Returns whether all works stand in the lists of a language.
    pub(crate) fn shows_all(&self, language: &str) -> bool {
        self.untranslated(language) != "hide"
    }

    /// Returns whether a work has a page in a language.
    pub(crate) fn has_page(&self, work: &Work, language: &str) -> bool {
        work.versions.contains_key(language)
            || work.is_index()
            || self.untranslated(language) == "page"
    }

    /// Returns the works that stand in lists of a language.
    pub(crate) fn shown(&self, language: &str) -> Vec<&Work> {
        let is_shown = |work: &&Work| self.shows_all(language) || self.has_page(work, language);
        self.works.values().filter(is_shown).collect()
    }

    /// Returns the works of a kind that stand in lists of a language.
    pub(crate) fn of_kind(&self, kind: &str, language: &str) -> Vec<&Work> {
        self.shown(language).into_iter().filter(|work| work.kind == kind).collect()
    }

    /// Returns the address to which readers of a language are led.
    pub(crate) fn address(&self, work: &Work, language: &str) -> String {
        let of = if self.has_page(work, language) { language } else { work.original() };
        format!("{}{}.html", prefix(of), work.key)
    }

    /// Returns the works that point at one in a way, as a page in a language shows them: `way` is a field, `supersedes`,
    /// `sources` or `links`. A link counts in all languages, whichever version has it.
    pub(crate) fn pointing(
        &self,
        to: &str,
        kind: &str,
        way: &str,
        language: &'static str,
    ) -> Vec<&Work> {
        let points = |work: &&Work| {
            work.key != to
                && match way {
                    "supersedes" => work.supersedes.contains(to),
                    "sources" => work.cites.contains(to),
                    "links" => work.mentions().contains(to),
                    _ => work.names(way).contains(to),
                }
        };
        self.of_kind(kind, language).into_iter().filter(points).collect()
    }

    /// Returns the works to which a work leads in a language.
    pub(crate) fn targets(&self, work: &Work, language: &'static str) -> BTreeSet<String> {
        work.leads_to(work.versions.get(work.language(language)).into_iter())
    }
}

impl Work {
    fn new(key: &str, kind: Option<&(&'static str, &str)>) -> Self {
        Self {
            key: key.to_owned(),
            kind: kind.map_or("page", |kind| kind.0),
            versions: BTreeMap::new(),
            name: String::new(),
            named: BTreeMap::new(),
            supersedes: BTreeSet::new(),
            cites: BTreeSet::new(),
            is_superseded: false,
        }
    }

    /// Returns the work that a value of an open field stands for.
    fn bare(name: &str, kind: &str) -> Self {
        let kind = KINDS.iter().find(|known| known.0 == kind).expect("a kind");
        Self::new(&format!("{}/{}", kind.1, name.to_lowercase().replace(' ', "-")), Some(kind))
    }

    fn is_index(&self) -> bool {
        self.key == "index" || self.key.ends_with("/index")
    }

    fn is_draft(&self, language: &str) -> bool {
        let version = self.versions.get(language);
        version
            .is_some_and(|version| version.front.get("status").is_some_and(|of| of == &["draft"]))
    }

    /// Returns the language of the original.
    pub(crate) fn original(&self) -> &'static str {
        let written = |language: &&&str| self.versions.contains_key(**language);
        LANGUAGES.iter().find(written).copied().unwrap_or(LANGUAGES[0])
    }

    /// Returns the language in which readers of a language get the work.
    pub(crate) fn language(&self, reader: &'static str) -> &'static str {
        if self.versions.contains_key(reader) { reader } else { self.original() }
    }

    /// Returns the values of a setting of the original.
    pub(crate) fn values(&self, key: &str) -> &[String] {
        self.own(self.original(), key)
    }

    /// Returns the values of a setting of the version that readers of a language get.
    fn own(&self, language: &'static str, key: &str) -> &[String] {
        let version = self.versions.get(self.language(language));
        version.and_then(|version| version.front.get(key)).map_or(&[], Vec::as_slice)
    }

    /// Returns the only value of a setting of the original.
    pub(crate) fn value(&self, key: &str) -> Option<&str> {
        self.values(key).first().map(String::as_str)
    }

    pub(crate) fn title(&self, language: &'static str) -> String {
        self.own(language, "title").first().unwrap_or(&self.name).clone()
    }

    /// Returns the works that a field names, with the field that infers for it.
    pub(crate) fn names(&self, base: &str) -> BTreeSet<String> {
        let counts = |field: &&(&str, &str, &str, &str)| field.0 == self.kind && field.2 == base;
        let fields = FIELDS.iter().filter(counts);
        fields.filter_map(|field| self.named.get(field.1)).flatten().cloned().collect()
    }

    /// Returns the works that a text of the work mentions, in whatever language.
    fn mentions(&self) -> BTreeSet<String> {
        self.versions.values().flat_map(|version| version.mentions.clone()).collect()
    }

    /// Returns the works to which the work leads, in whatever language.
    pub(crate) fn all_targets(&self) -> BTreeSet<String> {
        self.leads_to(self.versions.values())
    }

    fn leads_to<'a>(&self, versions: impl Iterator<Item = &'a Version>) -> BTreeSet<String> {
        let named = self.named.values().flatten().chain(&self.supersedes).chain(&self.cites);
        let mentioned = versions.flat_map(|version| &version.mentions);
        named.chain(mentioned).filter(|to| **to != self.key).cloned().collect()
    }

    /// Returns whether the work is no longer current for readers of a language: a translation may be withdrawn alone.
    pub(crate) fn is_past(&self, language: &'static str) -> bool {
        let is_withdrawn = |status: &[String]| status == ["withdrawn"];
        self.is_superseded
            || is_withdrawn(self.values("status"))
            || is_withdrawn(self.own(language, "status"))
    }

    /// Returns whether the matter of the work is open.
    pub(crate) fn is_open(&self, language: &'static str) -> bool {
        self.value("outcome") == Some("open") && !self.is_past(language)
    }

    /// Returns the day of the last news of the work: a withdrawal, a change, or its date.
    pub(crate) fn news(&self, language: &'static str) -> Option<String> {
        let changes = [self.own(language, "changes.date"), self.values("changes.date")];
        let changed =
            changes.into_iter().find(|dates| !dates.is_empty()).and_then(|d| d.iter().max());
        let withdrawn = [self.own(language, "withdrawn-on"), self.values("withdrawn-on")];
        let withdrawn = withdrawn.into_iter().find_map(|days| days.first());
        changed.max(withdrawn).cloned().or_else(|| self.value("date").map(str::to_owned))
    }
}

//! The citation of a note, as files for programs that manage references.

use std::fmt::Write;

use serde::Serialize;

use crate::date::Date;
use crate::fingerprint::name_of;
use crate::note::{Facts, Note, NoteId, NotePlace};
use crate::path::OutputPath;
use crate::site::Site;
use crate::view::address::{absolute, stem_of};
use crate::view::output::{OutputFormat, OutputList, OutputOwner, TextsShown, View};
use crate::view::parts::translation;

/// A format of files for programs that manage references.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CitationFormat {
    /// BibTeX.
    Bibtex,
    /// RIS, as Reference Manager defined it and most programs read it.
    Ris,
    /// CSL-JSON (citationstyles.org, schema 1.0.2).
    Csl,
}

/// The citation of a note.
#[derive(Hash, Serialize)]
pub struct CitationView {
    /// The date of the version that is cited, in ISO 8601; absent if unknown.
    pub version: Option<Date>,
    /// The date of the note, in ISO 8601; absent if it has none, or if that of the version is known.
    pub dated: Option<Date>,
    /// The files for programs that manage references: pairs of the name of the format and the path.
    pub files: Vec<(&'static str, OutputPath)>,
}

/// A reference as CSL-JSON has it.
#[derive(Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
struct CslItem<'a> {
    id: String,
    r#type: &'static str,
    title: &'a str,
    container_title: &'a str,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(rename = "abstract", skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<CslDate>,
}

/// A date as CSL-JSON has it: year, month and day as far as they are known.
#[derive(Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
struct CslDate {
    date_parts: [Vec<i16>; 1],
}

impl CitationFormat {
    const ALL: [Self; 3] = [Self::Bibtex, Self::Ris, Self::Csl];

    fn name(self) -> &'static str {
        match self {
            Self::Bibtex => "BibTeX",
            Self::Ris => "RIS",
            Self::Csl => "CSL-JSON",
        }
    }

    fn path(self, site: &Site, id: NoteId) -> OutputPath {
        let ending = match self {
            Self::Bibtex => "bib",
            Self::Ris => "ris",
            Self::Csl => "csl.json",
        };
        OutputPath::new(format!("{}.{ending}", stem_of(site, id)))
    }
}

/// The files for programs that manage references.
pub(crate) const FORMAT: OutputFormat =
    OutputFormat { asked_as: None, replaced_by: None, list, texts: TextsShown::None };

fn list(site: &Site, out: &mut OutputList) {
    for (id, _) in site.pages().filter(|(_, note)| is_cited(site, note)) {
        for format in CitationFormat::ALL {
            out.add(format.path(site, id), OutputOwner::Note(id), move |site, _| match format {
                CitationFormat::Bibtex => View::text(bibtex(site, id)),
                CitationFormat::Ris => View::text(ris(site, id)),
                CitationFormat::Csl => View::json([csl(site, id)]),
            });
        }
    }
}

/// Says whether a note is cited. A page that was not translated is not: the one that has its text is.
fn is_cited(site: &Site, note: &Note) -> bool {
    let facts = &note.facts;
    site.config.kind(facts.kind).features.cite && !facts.origin.is_untranslated()
}

/// The citation of the note at `id`, or of the version that it shows if it was not translated; `None` if notes of its
/// kind are not cited.
pub(crate) fn citation(site: &Site, id: NoteId) -> Option<CitationView> {
    let id = site.graph.works.shown(id);
    let facts = &site.note(id).facts;
    let file = |format: CitationFormat| (format.name(), format.path(site, id));
    site.config.kind(facts.kind).features.cite.then(|| CitationView {
        version: facts.version(),
        dated: facts.card.date.filter(|_| facts.version().is_none()),
        files: CitationFormat::ALL.map(file).into(),
    })
}

/// Returns the date under which a note is cited: that of its version, or else its own.
fn cited_date(facts: &Facts) -> Option<Date> {
    facts.version().or(facts.card.date)
}

/// Returns a name for the reference: letters, digits and hyphens only, as every program takes it. Of a
/// path in another script nothing would be left, so a name made from its bytes stands for the rest.
fn key(site: &Site, facts: &Facts) -> String {
    let NotePlace { path, language, .. } = &facts.place;
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let mut key: String = path.chars().map(plain).collect();
    if !path.is_ascii() {
        let _ = write!(key, "-{}", name_of(path.as_bytes()));
    }
    if language != site.config.language() {
        let _ = write!(key, "-{language}");
    }
    key
}

/// The reference as BibTeX.
fn bibtex(site: &Site, id: NoteId) -> String {
    let facts = &site.note(id).facts;
    let mut out = format!("@misc{{{},\n", key(site, facts));
    let mut field = |name: &str, value: &str| {
        let _ = writeln!(out, "  {name} = {{{value}}},");
    };
    field("title", &format!("{{{}}}", tex(&facts.card.title)));
    field("howpublished", &tex(&site.config.title));
    if let Some(date) = cited_date(facts) {
        field("year", &date.year().to_string());
        if let Some(month) = date.month() {
            field("month", &month.to_string());
        }
    }
    let version = facts.version().map(|date| format!("Version of {date}"));
    let notes: Vec<String> = version.into_iter().chain(translation::in_words(site, id)).collect();
    if !notes.is_empty() {
        field("note", &tex(&notes.join(". ")));
    }
    if let Some(url) = absolute(site, &facts.place.output) {
        field("url", &url.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D"));
    }
    field("language", facts.place.language.as_str());
    out.push_str("}\n");
    out
}

/// Returns a text in which nothing is a command of TeX.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '{' | '}' | '%' | '&' | '$' | '#' | '_' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// The reference as RIS: a tag, two spaces, a hyphen, a space, one line each.
fn ris(site: &Site, id: NoteId) -> String {
    let facts = &site.note(id).facts;
    let mut out = String::new();
    let mut line = |tag: &str, value: &str| {
        let value = value.replace(['\r', '\n'], " ");
        let _ = write!(out, "{tag}  - {value}\r\n");
    };
    line("TY", "ELEC");
    line("TI", &facts.card.title);
    line("T2", &site.config.title);
    if let Some(date) = cited_date(facts) {
        line("PY", &format!("{:04}", date.year()));
        let part = |part: Option<u8>| part.map_or(String::new(), |part| format!("{part:02}"));
        let (month, day) = (part(date.month()), part(date.day_of_month()));
        line("DA", &format!("{:04}/{month}/{day}/", date.year()));
    }
    if let Some(summary) = &facts.card.summary {
        line("AB", summary);
    }
    if let Some(said) = translation::in_words(site, id) {
        line("N1", &said);
    }
    if let Some(url) = absolute(site, &facts.place.output) {
        line("UR", &url);
    }
    line("LA", facts.place.language.as_str());
    line("ID", &key(site, facts));
    line("ER", "");
    out
}

/// The reference as CSL-JSON.
fn csl(site: &Site, id: NoteId) -> CslItem<'_> {
    let facts = &site.note(id).facts;
    let parts = |date: Date| {
        let further = [date.month(), date.day_of_month()].into_iter().flatten().map(i16::from);
        CslDate { date_parts: [std::iter::once(date.year()).chain(further).collect()] }
    };
    CslItem {
        id: key(site, facts),
        r#type: "webpage",
        title: &facts.card.title,
        container_title: &site.config.title,
        url: absolute(site, &facts.place.output),
        summary: facts.card.summary.as_deref(),
        language: facts.place.language.as_str(),
        note: translation::in_words(site, id),
        issued: cited_date(facts).map(parts),
    }
}

//! How a note is cited: as a text, and as files for programs that manage references.

use std::fmt::Write;

use serde::Serialize;

use super::PageKey;
use super::frame::absolute;
use super::list;
use crate::date::Date;
use crate::fingerprint::name_of;
use crate::note::{Facts, NoteId, NotePlace};
use crate::path::OutputPath;
use crate::site::Site;

/// A file for programs that manage references.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CitationFormat {
    /// BibTeX.
    Bibtex,
    /// RIS, as Reference Manager defined it and most programs read it.
    Ris,
    /// CSL-JSON (citationstyles.org, schema 1.0.2).
    Csl,
}

/// How a note is cited.
#[derive(Hash, Serialize)]
pub struct CitationView {
    /// When the version that is cited was made, if that is known.
    pub version: Option<Date>,
    /// The files, by what they are called.
    pub files: Vec<(&'static str, OutputPath)>,
}

/// A reference as CSL-JSON has it.
#[derive(Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct CslItem<'a> {
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
        OutputPath::new(format!("{}.{ending}", list::stem_of(site, id)))
    }
}

/// The files of the note at `id`.
pub(super) fn outputs(site: &Site, id: NoteId) -> Vec<(OutputPath, PageKey)> {
    let facts = &site.note(id).facts;
    match site.config.kind(facts.kind).shown.cite {
        true => CitationFormat::ALL
            .map(|format| (format.path(site, id), PageKey::Cite(id, format)))
            .into(),
        false => Vec::new(),
    }
}

/// How the note at `id` is cited, if its kind is.
pub(super) fn citation(site: &Site, id: NoteId) -> Option<CitationView> {
    let facts = &site.note(id).facts;
    let file = |format: CitationFormat| (format.name(), format.path(site, id));
    site.config.kind(facts.kind).shown.cite.then(|| CitationView {
        version: facts.version(),
        files: CitationFormat::ALL.map(file).into(),
    })
}

/// A name for the reference: letters, digits and hyphens only, as every program takes it. Of a path in
/// another script nothing would be left, so something made from it stands for the rest.
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
pub(super) fn bibtex(site: &Site, id: NoteId) -> String {
    let facts = &site.note(id).facts;
    let mut out = format!("@misc{{{},\n", key(site, facts));
    let mut field = |name: &str, value: &str| {
        let _ = writeln!(out, "  {name} = {{{value}}},");
    };
    field("title", &format!("{{{}}}", tex(&facts.card.title)));
    field("howpublished", &tex(&site.config.title));
    if let Some(date) = facts.version() {
        field("year", &date.year().to_string());
        if let Some(month) = date.month() {
            field("month", &month.to_string());
        }
        field("note", &format!("Version of {date}"));
    }
    if let Some(url) = absolute(site, &facts.place.output) {
        field("url", &url.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D"));
    }
    field("language", facts.place.language.as_str());
    out.push_str("}\n");
    out
}

/// A text in which nothing is a command of TeX.
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
pub(super) fn ris(site: &Site, id: NoteId) -> String {
    let facts = &site.note(id).facts;
    let mut out = String::new();
    let mut line = |tag: &str, value: &str| {
        let value = value.replace(['\r', '\n'], " ");
        let _ = write!(out, "{tag}  - {value}\r\n");
    };
    line("TY", "ELEC");
    line("TI", &facts.card.title);
    line("T2", &site.config.title);
    if let Some(date) = facts.version() {
        line("PY", &format!("{:04}", date.year()));
        let part = |part: Option<u8>| part.map_or(String::new(), |part| format!("{part:02}"));
        let (month, day) = (part(date.month()), part(date.day_of_month()));
        line("DA", &format!("{:04}/{month}/{day}/", date.year()));
    }
    if let Some(summary) = &facts.card.summary {
        line("AB", summary);
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
pub(super) fn csl(site: &Site, id: NoteId) -> [CslItem<'_>; 1] {
    let facts = &site.note(id).facts;
    let parts = |date: Date| {
        let further = [date.month(), date.day_of_month()].into_iter().flatten().map(i16::from);
        CslDate { date_parts: [std::iter::once(date.year()).chain(further).collect()] }
    };
    [CslItem {
        id: key(site, facts),
        r#type: "webpage",
        title: &facts.card.title,
        container_title: &site.config.title,
        url: absolute(site, &facts.place.output),
        summary: facts.card.summary.as_deref(),
        language: facts.place.language.as_str(),
        issued: facts.version().map(parts),
    }]
}

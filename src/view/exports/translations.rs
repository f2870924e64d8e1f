//! The works of the book with the state of each in each language, as JSON with its schema.

use std::borrow::Cow;

use serde::Serialize;

use crate::index::{TRANSLATIONS, VersionState, WorkInLanguages, WorkVersion};
use crate::language::Language;
use crate::note::{NoteCard, TranslationDetails};
use crate::path::OutputPath;
use crate::site::Site;
use crate::template::SharedValue;
use crate::view::output::{OutputFormat, OutputList, OutputOwner, TextsShown, View};

/// The schema of `translations.json`.
const SCHEMA: &str = include_str!("translations.schema.json");

/// The works of a book with their translations, as JSON.
#[derive(Hash, Serialize)]
pub struct TranslationsData<'a> {
    /// The title of the site.
    pub title: &'a str,
    /// The address of the site, with which the addresses of pages begin; null if the book does not say
    /// where it will be published.
    pub base_url: Option<&'a str>,
    /// The languages of the book, in its order, each with the number of its works by state.
    pub languages: Vec<LanguageData<'a>>,
    /// The works, those first that most notes point at.
    pub works: Vec<WorkData<'a>>,
}

/// The number of works by state in one language, as JSON.
#[derive(Hash, Serialize)]
pub struct LanguageData<'a> {
    /// The language.
    pub language: &'a Language,
    /// The number of works whose original is in the language.
    pub original: usize,
    /// The number of translations of today's original.
    pub current: usize,
    /// The number of translations of an earlier original.
    pub stale: usize,
    /// The number of translations that do not say of which original.
    pub unknown: usize,
    /// The number of works that were not translated.
    pub missing: usize,
}

/// A work, as JSON.
#[derive(Hash, Serialize)]
pub struct WorkData<'a> {
    /// The original, as lists show it. Its keys stand beside `pointers`.
    #[serde(flatten)]
    pub card: &'a SharedValue<NoteCard>,
    /// The number of notes that point at it.
    pub pointers: usize,
    /// Its state in each language of the book, in their order.
    pub versions: Vec<VersionData<'a>>,
}

/// A work in one language, as JSON.
#[derive(Hash, Serialize)]
pub struct VersionData<'a> {
    /// The language.
    pub language: &'a Language,
    /// The state.
    pub state: &'static str,
    /// The number of paragraphs of the original that it doesn't render as they are now; 0 unless it is stale.
    pub behind: u32,
    /// The number of paragraphs of the original; 0 unless it is stale.
    pub paragraphs: u32,
    /// The path of the version; null if it is missing.
    pub url: Option<&'a OutputPath>,
    /// The title of the version; null if it is missing.
    pub title: Option<&'a str>,
    /// Its standing as a translation, who made it and when; null if its front matter says nothing.
    pub translation: Option<&'a TranslationDetails>,
}

/// `translations.json` and its schema.
pub(crate) const FORMAT: OutputFormat =
    OutputFormat { asked_as: Some(TRANSLATIONS), replaced_by: None, list, texts: TextsShown::None };

fn list(site: &Site, out: &mut OutputList) {
    if site.config.languages.len() < 2 {
        return;
    }
    let path = OutputPath::new("translations.json");
    out.add(path, OutputOwner::Book, |site, _| View::json(translations(site)));
    out.add(OutputPath::new("translations.schema.json"), OutputOwner::Book, |_, _| {
        View::Bytes(Cow::Borrowed(SCHEMA.as_bytes()))
    });
}

fn translations(site: &Site) -> TranslationsData<'_> {
    let index = &site.indexes.translations;
    let languages = site.config.languages.iter().enumerate().map(|(at, language)| {
        let count = |state| index.list(at, state).len();
        LanguageData {
            language,
            original: count(VersionState::Original),
            current: count(VersionState::Current),
            stale: count(VersionState::Stale),
            unknown: count(VersionState::Unknown),
            missing: count(VersionState::Missing),
        }
    });
    TranslationsData {
        title: &site.config.title,
        base_url: site.config.base_url.as_deref(),
        languages: languages.collect(),
        works: index.works.iter().map(|of| work(site, of)).collect(),
    }
}

fn work<'a>(site: &'a Site, of: &WorkInLanguages) -> WorkData<'a> {
    let version = |(language, version): (&'a Language, &WorkVersion)| {
        let facts = version.note.map(|id| &site.note(id).facts);
        VersionData {
            language,
            state: version.state.name(),
            behind: version.behind,
            paragraphs: version.paragraphs,
            url: facts.map(|facts| &facts.place.output),
            title: facts.map(|facts| facts.card.title.as_str()),
            translation: facts.and_then(|facts| facts.translation.as_deref()),
        }
    };
    WorkData {
        card: &site.note(of.original).facts.card,
        pointers: of.pointers,
        versions: site.config.languages.iter().zip(&of.versions).map(version).collect(),
    }
}

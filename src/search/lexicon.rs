//! Knowledge of the words of queries besides what the notes say: words that ask and name nothing, words before
//! the number of a paragraph, the names of kinds, and words that the book takes for related.
//!
//! `scripts/search/3-query.js` of the theme reads the same from the index.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::facets::gathers;
use super::names::{self, JOINT};
use super::numbers::NUMBERS;
use crate::language::Language;
use crate::site::Site;
use crate::token::phrase;

/// The key of the words of the interface that a query may have and that name nothing.
const IGNORED: &str = "search-ignored";

/// The key of the words that stand before the number of a paragraph.
const PARAGRAPH: &str = "search-paragraph";

/// The signs that stand before the number of a paragraph.
pub(super) const PARAGRAPH_SIGNS: &str = "¶§";

/// The sign between the forms of a phrase that is related to others.
pub(super) const FORMS: char = '=';

/// Knowledge of the words of queries.
#[derive(Debug, Default)]
pub(super) struct QueryLexicon {
    /// The words that name nothing.
    pub(super) ignored: BTreeSet<String>,
    /// The words before the number of a paragraph.
    pub(super) paragraph: BTreeSet<String>,
    /// The stems of the names of kinds, each with the titles of the kinds.
    kinds: BTreeMap<String, BTreeSet<String>>,
    /// Groups of related phrases, each with its forms.
    related: Vec<Vec<Vec<String>>>,
    /// The groups in which a form stands.
    groups: BTreeMap<String, BTreeSet<usize>>,
}

impl QueryLexicon {
    /// Returns the lexicon for readers of a page in `language`.
    pub(super) fn new(site: &Site, language: &Language) -> Self {
        let words = |key| names::words(site.card(language).words.get(key)).into_iter().collect();
        let forms = |phrase: &String| phrase.split(FORMS).map(str::to_owned).collect();
        let group = |group: &Vec<String>| group.iter().map(forms).collect();
        let related: Vec<Vec<Vec<String>>> = related(site).iter().map(group).collect();
        let mut groups: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (at, group) in related.iter().enumerate() {
            for form in group.iter().flatten() {
                groups.entry(form.clone()).or_default().insert(at);
            }
        }
        let (ignored, paragraph, kinds) = (words(IGNORED), words(PARAGRAPH), kinds(site));
        Self { ignored, paragraph, kinds, related, groups }
    }

    /// Returns the form in which a phrase stands in a group, if it does: as it is asked for, or as its stems. Where the
    /// book does not hold its words, and so knows no stems of them, a last letter may be left out.
    pub(super) fn form_of<'f>(&self, asked: &'f str, stems: Option<&'f str>) -> Option<&'f str> {
        let has = |form: &&str| self.groups.contains_key(*form);
        if let Some(form) = [Some(asked), stems].into_iter().flatten().find(has) {
            return Some(form);
        }
        let last = asked.char_indices().next_back().map_or(0, |(last, _)| last);
        let shorter = Some(&asked[..last]).filter(|_| stems.is_none());
        shorter.filter(has).filter(|form| form.chars().count() >= NUMBERS.shortest_form)
    }

    /// Returns the titles of the kinds whose name has one of some stems.
    pub(super) fn kinds_of<'k>(&self, stems: impl Iterator<Item = &'k String>) -> BTreeSet<String> {
        stems.filter_map(|stem| self.kinds.get(stem)).flatten().cloned().collect()
    }

    /// Returns the other forms of the phrase with the form `form`, and those of phrases that are related to it, each
    /// once, as the words that a note must hold of them.
    pub(super) fn related_to(&self, form: &str) -> Vec<Vec<String>> {
        let mut found: Vec<Vec<String>> = Vec::new();
        for group in self.groups.get(form).into_iter().flatten() {
            for other in self.related[*group].iter().flatten().filter(|other| *other != form) {
                let words = other.split(JOINT).filter(|word| !self.ignored.contains(*word));
                let words: Vec<String> = words.map(str::to_owned).collect();
                if !words.is_empty() && !found.contains(&words) {
                    found.push(words);
                }
            }
        }
        found
    }
}

/// Returns the stems of the names of the kinds of a book, in its languages, each with the titles of the kinds in the
/// language of the book.
pub(super) fn kinds(site: &Site) -> BTreeMap<String, BTreeSet<String>> {
    let mut kinds: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (id, kind) in site.config.kinds().filter(|(_, kind)| kind.folder.is_some()) {
        for language in &site.config.languages {
            let own = site.config.kind_in(id, language);
            for name in [&kind.title, &kind.plural, &own.title, &own.plural] {
                for word in phrase(name, language) {
                    kinds.entry(word.stem).or_default().insert(kind.title.clone());
                }
            }
        }
    }
    kinds
}

/// Returns the groups of related phrases: of each phrase its words as they are folded, and as the stems that they
/// have in each language of the book, where those differ.
pub(super) fn related(site: &Site) -> Vec<Vec<String>> {
    let forms = |text: &String| {
        let mut forms: Vec<String> = Vec::new();
        for language in &site.config.languages {
            let words = phrase(text, language);
            let folded = words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>();
            let stems = words.iter().map(|word| word.stem.as_str()).collect::<Vec<_>>();
            for form in [folded.join(JOINT), stems.join(JOINT)] {
                if !form.is_empty() && !forms.contains(&form) {
                    forms.push(form);
                }
            }
        }
        forms.join(&FORMS.to_string())
    };
    let groups = site.config.synonyms.iter();
    groups
        .map(|group| group.iter().map(forms).filter(|forms| !forms.is_empty()).collect())
        .collect()
}

/// A list of notes to look in instead, where nothing is found.
#[derive(Debug, Hash, Serialize)]
pub(super) struct ListToBrowse<'s>(&'s str, &'s str);

/// Returns the lists of the notes under which others are filed, by language; of a book without any, its menu.
pub(super) fn lists_to_browse(site: &Site) -> BTreeMap<&str, Vec<ListToBrowse<'_>>> {
    let lists = site.cards.iter().map(|(language, card)| {
        let mut lists = lists_in(site, language);
        if lists.is_empty() {
            lists.extend(card.menu.iter().map(|item| ListToBrowse(&item.title, item.url.as_str())));
        }
        (language.as_str(), lists)
    });
    lists.collect()
}

fn lists_in<'s>(site: &'s Site, language: &Language) -> Vec<ListToBrowse<'s>> {
    let mut kinds: Vec<_> = site.config.kinds().filter(|(_, kind)| gathers(kind)).collect();
    kinds.sort_by_key(|(_, kind)| !kind.features.taxonomy);
    let own = site.config.language();
    let pages = kinds.into_iter().filter_map(|(id, _)| {
        let page = site.graph.kind_page(id, language).or_else(|| site.graph.kind_page(id, own))?;
        let card = &site.note(page).facts.card;
        Some(ListToBrowse(&card.title, card.url.as_str()))
    });
    pages.collect()
}

//! Notes that have no file: what open fields name, and the pages of folders without an `index.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::names::{LinkResolver, ResolvedName};
use crate::AT_A_TIME;
use crate::bidi::tidied;
use crate::config::{Config, FieldShape, KindId};
use crate::language::Language;
use crate::note::{self, Note, NoteName, Origin, RefField, bare};
use crate::slug::slug;

/// The bare notes of a book, in the order of their paths.
pub(super) fn notes(config: &Config, notes: &[Arc<Note>], names: &LinkResolver<'_>) -> Vec<Note> {
    let open = named_by_open_fields(config, notes, names);
    let mut bare_notes: BTreeMap<(String, Language), Note> = BTreeMap::new();
    for ((kind, slug), spellings) in open {
        let (Some(folder), Some(title)) = (&config.kind(kind).folder, spellings.first()) else {
            continue;
        };
        let path = format!("{folder}/{slug}");
        let mut note = bare(config, kind, &path, title, config.language(), Origin::OpenField);
        let name = |written: &&str| NoteName {
            written: tidied(written).text.into_owned(),
            key: note::key(written),
        };
        note.facts.names = spellings.iter().map(name).collect();
        bare_notes.insert((path, config.language().clone()), note);
    }
    let language = |note: &Arc<Note>| note.facts.place.language.clone();
    let mut languages: BTreeSet<Language> = notes.iter().map(language).collect();
    languages.insert(config.language().clone());
    let indexes: BTreeSet<(&str, &Language)> = notes
        .iter()
        .filter(|note| note.facts.place.is_index())
        .map(|note| (&*note.facts.place.path, &note.facts.place.language))
        .collect();
    let used: BTreeSet<(KindId, &Language)> =
        notes.iter().map(|note| (note.facts.kind, &note.facts.place.language)).collect();
    for language in &languages {
        let is_own = *language == *config.language();
        let kinds = config.kinds().filter(|(id, _)| is_own || used.contains(&(*id, language)));
        let folders = kinds.filter_map(|(_, kind)| Some((kind.folder.as_deref()?, &*kind.plural)));
        for (path, title) in folders.chain([("", &*config.title)]) {
            if !indexes.contains(&(path, language)) {
                let page = config.page_kind();
                let note = bare(config, page, path, title, language, Origin::Folder);
                bare_notes.insert((format!("{path}/"), language.clone()), note);
            }
        }
    }
    bare_notes.into_values().collect()
}

/// What open fields name that no note answers to: kind and slug, with every way it is written, in
/// the order of the alphabet; the first is the title.
fn named_by_open_fields<'a>(
    config: &Config,
    notes: &'a [Arc<Note>],
    names: &LinkResolver<'_>,
) -> BTreeMap<(KindId, String), BTreeSet<&'a str>> {
    let mut named: BTreeMap<(KindId, String), BTreeSet<&str>> = BTreeMap::new();
    let is_open = |field: &crate::config::FieldConfig| {
        matches!(field.shape, FieldShape::Reference { open: true, .. })
    };
    if !config.kinds.iter().any(|kind| kind.fields.iter().any(is_open)) {
        return named;
    }
    let unanswered_by = |note: &'a Arc<Note>| {
        let fields = &config.kind(note.facts.kind).fields;
        note.facts.references.iter().filter_map(|reference| {
            let RefField::Own(field) = reference.field else { return None };
            let FieldShape::Reference { to, open: true } = &fields[usize::from(field)].shape else {
                return None;
            };
            let found = names.find_of_kind(&reference.target, note, to);
            (found == ResolvedName::Nothing).then_some((*to.first()?, &*reference.target.path))
        })
    };
    // Many notes name the same few.
    let unanswered = notes
        .par_chunks(AT_A_TIME)
        .map(|notes| notes.iter().flat_map(unanswered_by).collect())
        .reduce(BTreeSet::new, |mut all, mut more| {
            all.append(&mut more);
            all
        });
    for (kind, written) in unanswered {
        let slug = slug(written);
        if !slug.is_empty() {
            named.entry((kind, slug)).or_default().insert(written);
        }
    }
    named
}

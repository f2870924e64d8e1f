//! Notes without a file: values of open fields, and pages of folders without an `index.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::names::{LinkResolver, ResolvedName};
use crate::AT_A_TIME;
use crate::bidi::tidied;
use crate::config::{Config, KindId};
use crate::language::Language;
use crate::note::{self, Note, NoteName, Origin, RefField, bare};
use crate::slug::slug;

/// Returns the notes without a file, sorted by path.
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
    let indexes: BTreeSet<(&str, &Language)> = notes
        .iter()
        .filter(|note| note.facts.place.is_index())
        .map(|note| (&*note.facts.place.path, &note.facts.place.language))
        .collect();
    for language in &config.languages {
        let folders = config.kinds().filter_map(|(id, kind)| {
            Some((kind.folder.as_deref()?, &*config.kind_in(id, language).plural))
        });
        for (path, title) in folders.chain([("", config.title_in(language))]) {
            // A page that was written in the language of the book stands for one that is not translated.
            if !indexes.contains(&(path, language)) && !indexes.contains(&(path, config.language()))
            {
                let page = config.page_kind();
                let note = bare(config, page, path, title, language, Origin::Folder);
                bare_notes.insert((format!("{path}/"), language.clone()), note);
            }
        }
    }
    bare_notes.into_values().collect()
}

/// Returns the values of open fields that don't name an existing note: kind and slug, with all
/// spellings in alphabetical order. The first spelling becomes the title.
fn named_by_open_fields<'a>(
    config: &Config,
    notes: &'a [Arc<Note>],
    names: &LinkResolver<'_>,
) -> BTreeMap<(KindId, String), BTreeSet<&'a str>> {
    let mut named: BTreeMap<(KindId, String), BTreeSet<&str>> = BTreeMap::new();
    let is_open = |field: &crate::config::FieldConfig| {
        field.shape.as_reference().is_some_and(|reference| reference.open)
    };
    if !config.kinds.iter().any(|kind| kind.fields.iter().any(is_open)) {
        return named;
    }
    let unanswered_by = |note: &'a Arc<Note>| {
        let fields = &config.kind(note.facts.kind).fields;
        note.facts.references.iter().filter_map(|reference| {
            let RefField::Own(field) = reference.field else { return None };
            let field = fields[usize::from(field)].shape.as_reference();
            let to = &field.filter(|field| field.open)?.to;
            let found = names.find_of_kind(&reference.target, note, to);
            (found == ResolvedName::Nothing).then_some((*to.first()?, &*reference.target.path))
        })
    };
    // Duplicates are dropped early, because many notes name the same few values.
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

//! What notes are called, and which note a name means. The one resolver for every link style.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;

use super::{PartFound, Resolution, part_of};
use crate::config::{Config, Kind, KindId};
use crate::files::join;
use crate::note::{Note, NoteId, Target};
use crate::slug::fold;

#[expect(clippy::disallowed_types, reason = "looked up, never iterated")]
type Map<K, V> = std::collections::HashMap<K, V, FxBuildHasher>;

/// Everything notes are called.
pub struct Names<'a> {
    config: &'a Config,
    notes: &'a [Arc<Note>],
    by_path: Map<Cow<'a, str>, Ids>,
    by_name: Map<&'a str, Ids>,
    /// The folder of each kind as notes are looked up, with a slash behind it.
    folders: Vec<Option<String>>,
}

/// The notes of one name; nearly always one.
enum Ids {
    One(NoteId),
    Many(Vec<NoteId>),
}

/// What a name means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    Note(NoteId),
    Ambiguous,
    Nothing,
}

impl<'a> Names<'a> {
    /// Gathers the names of `notes`.
    pub fn new(config: &'a Config, notes: &'a [Arc<Note>]) -> Self {
        let by_path = Map::with_capacity_and_hasher(notes.len(), FxBuildHasher);
        let by_name = Map::with_capacity_and_hasher(notes.len() * 2, FxBuildHasher);
        let folder = |kind: &Kind| Some(fold(&format!("{}/", kind.folder.as_deref()?)));
        let folders = config.kinds.iter().map(folder).collect();
        let mut names = Self { config, notes: &[], by_path, by_name, folders };
        names.add_all(notes);
        names
    }

    /// Adds the names of the last of `notes`; those before are the notes whose names are known.
    pub(super) fn add_all(&mut self, notes: &'a [Arc<Note>]) {
        let known = self.notes.len();
        self.notes = notes;
        for (at, note) in notes.iter().enumerate().skip(known) {
            self.add(NoteId(at as u32), note);
        }
    }

    fn add(&mut self, id: NoteId, note: &'a Note) {
        let (place, by_path) = (&note.facts.place, &mut self.by_path);
        insert(by_path, Cow::Borrowed(&*place.key), id);
        if place.language != *self.config.language() {
            let address = format!("{}/{}", place.language, place.key);
            insert(by_path, Cow::Owned(address.trim_end_matches('/').to_owned()), id);
        }
        if self.config.languages.len() > 1 {
            let file = format!("{}.{}", place.key, place.language).to_lowercase();
            insert(by_path, Cow::Owned(file), id);
        }
        for former in &note.facts.redirects {
            let address = crate::note::key(former.as_str());
            insert(by_path, Cow::Owned(address), id);
        }
        for name in &note.facts.names {
            insert(&mut self.by_name, name.key.as_str(), id);
        }
    }

    /// The note that `target` means in a link of `from`.
    pub(super) fn find(&self, target: &Target, from: &Note) -> Found {
        one(&self.candidates(target, from))
    }

    /// The notes that `target` may mean: by path from the note's folder, by path from the top, by
    /// name, by the end of a path. The first of these that anything answers to counts.
    pub fn candidates(&self, target: &Target, from: &Note) -> Cow<'_, [NoteId]> {
        let key = &*target.key;
        let folder = &*from.facts.place.folder_key;
        if key.is_empty() {
            return Cow::Borrowed(&[]);
        }
        if let Some(rooted) = key.strip_prefix('/') {
            return self.best(self.by_path.get(rooted), target, from);
        }
        if key.starts_with("./") || key.starts_with("../") || key == "." || key == ".." {
            let path = join(folder, key);
            return self.best(path.and_then(|path| self.by_path.get(&*path)), target, from);
        }
        let beside = match folder {
            "" => None,
            folder => join(folder, key).and_then(|path| self.by_path.get(&*path)),
        };
        let found = beside.or_else(|| self.by_path.get(key)).or_else(|| self.by_name.get(key));
        match (found, key.rsplit_once('/')) {
            (None, Some((_, stem))) => {
                let ending = |id: &NoteId| {
                    let path = &self.notes[id.index()].facts.place.key;
                    path.strip_suffix(key)
                        .is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
                };
                let ids = all(self.by_name.get(stem));
                Cow::Owned(self.in_language(ids.iter().copied().filter(ending).collect(), from))
            }
            (found, _) => self.best(found, target, from),
        }
    }

    /// The note of one of `kinds` that `target` means in a reference of `from`.
    pub(super) fn find_of_kind(&self, target: &Target, from: &Note, kinds: &[KindId]) -> Found {
        let of_kind = |id: &NoteId| kinds.contains(&self.notes[id.index()].facts.kind);
        let choose = |ids: &[NoteId]| {
            let ids: Vec<NoteId> = ids.iter().copied().filter(of_kind).collect();
            let ids = self.closest(&ids, target, from);
            (!ids.is_empty()).then(|| one(&ids))
        };
        let key = target.key.trim_start_matches('/');
        let in_folder = kinds.iter().filter_map(|kind| {
            let folder = self.folders[usize::from(kind.0)].as_deref()?;
            self.by_path.get(&*[folder, key].concat())
        });
        let in_folder: Vec<NoteId> = in_folder.flat_map(Ids::as_slice).copied().collect();
        let others = || {
            let others = self.candidates(target, from);
            one(&others.iter().copied().filter(of_kind).collect::<Vec<_>>())
        };
        choose(&in_folder)
            .or_else(|| choose(all(self.by_path.get(key))))
            .or_else(|| choose(all(self.by_name.get(key))))
            .unwrap_or_else(others)
    }

    /// The resolution of a target that means the note at `id`.
    pub(super) fn whole_or_part(&self, id: NoteId, target: &Target) -> Resolution {
        let part = match &target.part {
            None => PartFound::Whole,
            part => part_of(&self.notes[id.index()], part.as_ref()),
        };
        Resolution::Note(id, part)
    }

    fn best<'i>(&self, ids: Option<&'i Ids>, target: &Target, from: &Note) -> Cow<'i, [NoteId]> {
        match all(ids) {
            ids @ ([] | [_]) => Cow::Borrowed(ids),
            ids => Cow::Owned(self.closest(ids, target, from)),
        }
    }

    /// Of notes with one name, those that are called just as `target` is written: by the path of
    /// their file, not by an alias or but for signs and capitals; `x.md` rather than `x/index.md`,
    /// unless that was written. Of those the best by language, but a note does not name itself by the
    /// file of its translation.
    fn closest(&self, ids: &[NoteId], target: &Target, from: &Note) -> Vec<NoteId> {
        if ids.len() < 2 {
            return ids.to_vec();
        }
        let place = |id: &NoteId| &self.notes[id.index()].facts.place;
        let written = &*target.path;
        let stem = written.strip_suffix(".md").or_else(|| written.strip_suffix(".html"));
        let stem = stem.unwrap_or(written);
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        let says_index = matches!(name, "" | "index" | "README");
        let path = if says_index { folder } else { stem }.trim_matches('/');
        let seen = join(&from.facts.place.folder, path);
        let is_path = |id: &NoteId| [Some(path), seen.as_deref()].contains(&Some(&*place(id).path));
        let mut ids = ids.to_vec();
        keep_if_any(&mut ids, is_path);
        if ids.iter().all(|id| place(id).key == place(&ids[0]).key) {
            keep_if_any(&mut ids, |id| place(id).is_index() == says_index);
        }
        let best = self.in_language(ids.clone(), from);
        let file =
            written.ends_with(".md").then(|| join(&from.facts.place.folder, written)).flatten();
        let is_file = |id: &&NoteId| {
            let source = &self.notes[id.index()].source;
            *source != from.source && source.below("content") == file.as_deref()
        };
        match best.as_slice() {
            [one] if self.notes[one.index()].source == from.source => {
                ids.iter().find(is_file).map_or(best, |file| vec![*file])
            }
            _ => best,
        }
    }

    /// Of notes with one name, those in the language of the note that names them count first, then
    /// those in the language of the book.
    fn in_language(&self, ids: Vec<NoteId>, from: &Note) -> Vec<NoteId> {
        if ids.len() < 2 {
            return ids;
        }
        let language = |id: &NoteId| &self.notes[id.index()].facts.place.language;
        for wanted in [&from.facts.place.language, self.config.language()] {
            if ids.iter().any(|id| language(id) == wanted) {
                return ids.into_iter().filter(|id| language(id) == wanted).collect();
            }
        }
        ids
    }
}

impl Ids {
    fn as_slice(&self) -> &[NoteId] {
        match self {
            Self::One(id) => std::slice::from_ref(id),
            Self::Many(ids) => ids,
        }
    }
}

fn all(ids: Option<&Ids>) -> &[NoteId] {
    ids.map_or(&[], Ids::as_slice)
}

/// Drops what is not wanted, unless nothing is.
fn keep_if_any(ids: &mut Vec<NoteId>, is_wanted: impl Fn(&NoteId) -> bool) {
    if ids.iter().any(&is_wanted) {
        ids.retain(is_wanted);
    }
}

fn one(ids: &[NoteId]) -> Found {
    match ids {
        [] => Found::Nothing,
        [id] => Found::Note(*id),
        _ => Found::Ambiguous,
    }
}

fn insert<K: std::hash::Hash + Eq>(map: &mut Map<K, Ids>, key: K, id: NoteId) {
    use std::collections::hash_map::Entry;
    match map.entry(key) {
        Entry::Vacant(vacant) => {
            vacant.insert(Ids::One(id));
        }
        Entry::Occupied(mut occupied) => match occupied.get_mut() {
            Ids::One(first) if *first == id => {}
            Ids::One(first) => {
                let both = vec![*first, id];
                occupied.insert(Ids::Many(both));
            }
            Ids::Many(ids) if ids.contains(&id) => {}
            Ids::Many(ids) => ids.push(id),
        },
    }
}

//! What notes are called, and which note a name means. The one resolver for every link style.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;

use super::Resolution;
use super::crowd::Crowd;
use super::parts::PartTable;
use crate::config::{Config, Kind, KindId};
use crate::files::join;
use crate::language::Language;
use crate::note::{LinkTarget, Note, NoteId, NotePlace};
use crate::path::SourcePath;
use crate::slug::fold;

#[expect(clippy::disallowed_types, reason = "looked up, never iterated")]
type NameMap<K, V> = std::collections::HashMap<K, V, FxBuildHasher>;

/// Everything notes are called.
pub struct LinkResolver<'a> {
    config: &'a Config,
    notes: &'a [Arc<Note>],
    by_path: NameMap<Cow<'a, str>, SameNamed>,
    by_name: NameMap<&'a str, SameNamed>,
    /// The folder of each kind as notes are looked up, with a slash behind it.
    folders: Vec<Option<String>>,
    parts: PartTable<'a>,
    /// The number of notes that have files; those that have none come behind them.
    with_files: usize,
}

/// The notes of one name; nearly always one.
enum SameNamed {
    One(NoteId),
    Many(Box<Crowd>),
}

/// Notes that a name may mean, in their order.
pub enum Candidates<'n> {
    /// These, which mean the same to other links.
    Listed(&'n [NoteId]),
    /// These, found for one link.
    Chosen(Vec<NoteId>),
    /// These, found for all links that are written alike.
    Shared(Arc<[NoteId]>),
}

impl Deref for Candidates<'_> {
    type Target = [NoteId];

    fn deref(&self) -> &[NoteId] {
        match self {
            Self::Listed(ids) => ids,
            Self::Chosen(ids) => ids,
            Self::Shared(ids) => ids,
        }
    }
}

/// What a name means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ResolvedName {
    Note(NoteId),
    Ambiguous,
    Nothing,
}

impl<'a> LinkResolver<'a> {
    /// Gathers the names of `notes`.
    pub fn new(config: &'a Config, notes: &'a [Arc<Note>]) -> Self {
        let by_path = NameMap::with_capacity_and_hasher(notes.len(), FxBuildHasher);
        let by_name = NameMap::with_capacity_and_hasher(notes.len() * 2, FxBuildHasher);
        let folder = |kind: &Kind| Some(fold(&format!("{}/", kind.folder.as_deref()?)));
        let folders = config.kinds.iter().map(folder).collect();
        let parts = PartTable::default();
        let with_files = notes.len();
        let mut names = Self { config, notes: &[], by_path, by_name, folders, parts, with_files };
        names.add_all(notes);
        names
    }

    /// Adds the names of the last of `notes`; those before are the notes whose names are known.
    pub(super) fn add_all(&mut self, notes: &'a [Arc<Note>]) {
        let known = self.notes.len();
        (self.notes, self.parts) = (notes, PartTable::new(notes));
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
    pub(super) fn find(&self, target: &LinkTarget, from: &Note) -> ResolvedName {
        one(&self.candidates(target, from))
    }

    /// The notes that `target` may mean: by path from the note's folder, by path from the top, by
    /// name, by the end of a path. The first of these that anything answers to counts.
    pub fn candidates(&self, target: &LinkTarget, from: &Note) -> Candidates<'_> {
        let key = &*target.key;
        let folder = &*from.facts.place.folder_key;
        if key.is_empty() {
            return Candidates::Listed(&[]);
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
            (None, Some((_, stem))) => self.ending(self.by_name.get(stem), key, from),
            (found, _) => {
                let best = self.best(found, target, from);
                // A note that has this name comes before a page that has no file of its own.
                let has_file =
                    |ids: &Candidates<'_>| ids.iter().all(|id| id.index() < self.with_files);
                match self.by_name.get(key).filter(|_| !has_file(&best)) {
                    Some(named) => {
                        Some(self.best(Some(named), target, from)).filter(has_file).unwrap_or(best)
                    }
                    None => best,
                }
            }
        }
    }

    /// Of notes with one name, those whose path ends with `key`.
    fn ending(&self, ids: Option<&SameNamed>, key: &str, from: &Note) -> Candidates<'_> {
        let language = &from.facts.place.language;
        if let Some(SameNamed::Many(crowd)) = ids
            && crowd.is_large()
        {
            let choose = |ids| self.in_language(ids, language);
            return Candidates::Shared(crowd.ending(self.notes, key, language, choose));
        }
        let is_end = |id: &NoteId| {
            let rest = self.place(*id).key.strip_suffix(key);
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        };
        let ids = all(ids).iter().copied().filter(is_end).collect();
        Candidates::Chosen(self.in_language(ids, language))
    }

    /// The note of one of `kinds` that `target` means in a reference of `from`.
    pub(super) fn find_of_kind(
        &self,
        target: &LinkTarget,
        from: &Note,
        kinds: &[KindId],
    ) -> ResolvedName {
        let of_kind = |id: &NoteId| kinds.contains(&self.notes[id.index()].facts.kind);
        let found = |ids: &[NoteId]| (!ids.is_empty()).then(|| one(ids));
        let among = |ids: &[NoteId]| {
            let ids: Vec<NoteId> = ids.iter().copied().filter(of_kind).collect();
            found(&self.closest(&ids, target, from))
        };
        let choose = |ids: Option<&SameNamed>| match ids {
            Some(SameNamed::Many(crowd)) if crowd.is_large() => {
                let crowd = crowd.of_kinds(self.notes, kinds);
                found(&self.closest_of(&crowd, target, from))
            }
            ids => among(all(ids)),
        };
        let key = target.key.trim_start_matches('/');
        let mut in_folder = kinds.iter().filter_map(|kind| {
            let folder = self.folders[usize::from(kind.0)].as_deref()?;
            self.by_path.get(&*[folder, key].concat())
        });
        let in_folder = match (in_folder.next(), in_folder.next()) {
            (Some(first), Some(second)) => {
                let ids =
                    [first, second].into_iter().chain(in_folder).flat_map(SameNamed::as_slice);
                among(&ids.copied().collect::<Vec<_>>())
            }
            (only, _) => choose(only),
        };
        let others = || {
            let others = self.candidates(target, from);
            one(&others.iter().copied().filter(of_kind).take(2).collect::<Vec<_>>())
        };
        in_folder
            .or_else(|| choose(self.by_path.get(key)))
            .or_else(|| choose(self.by_name.get(key)))
            .unwrap_or_else(others)
    }

    fn place(&self, id: NoteId) -> &NotePlace {
        &self.notes[id.index()].facts.place
    }

    /// The resolution of a target that means the note at `id`.
    pub(super) fn whole_or_part(&self, id: NoteId, target: &LinkTarget) -> Resolution {
        let facts = &self.notes[id.index()].facts;
        Resolution::Note(id, self.parts.find(id, facts, target.part.as_ref()))
    }

    fn best<'i>(
        &self,
        ids: Option<&'i SameNamed>,
        target: &LinkTarget,
        from: &Note,
    ) -> Candidates<'i> {
        match ids {
            Some(SameNamed::Many(crowd)) => self.closest_of(crowd, target, from),
            ids => Candidates::Listed(all(ids)),
        }
    }

    /// The same as [`LinkResolver::closest`], of notes that may be many.
    fn closest_of<'i>(&self, crowd: &'i Crowd, target: &LinkTarget, from: &Note) -> Candidates<'i> {
        if !crowd.is_large() {
            return Candidates::Chosen(self.closest(&crowd.ids, target, from));
        }
        let wanted = WantedFile::new(target, from);
        let at_path = crowd.at_paths(self.notes, wanted.paths());
        if !at_path.is_empty() {
            return Candidates::Chosen(self.closest(&at_path, target, from));
        }
        let languages = [&from.facts.place.language, self.config.language()];
        let best = crowd.in_language(self.notes, wanted.says_index, languages);
        let other_file = |id: NoteId| {
            let file = wanted.file.as_ref().filter(|file| **file != from.source)?;
            let is_own = self.notes[id.index()].source == from.source;
            crowd.in_file(self.notes, wanted.says_index, file).filter(|_| is_own)
        };
        match best {
            [one] => other_file(*one)
                .map_or(Candidates::Listed(best), |file| Candidates::Chosen(vec![file])),
            _ => Candidates::Listed(best),
        }
    }

    /// Of notes with one name, those that are called just as `target` is written: by the path of
    /// their file, not by an alias or but for signs and capitals; `x.md` rather than `x/index.md`,
    /// unless that was written. Of those the best by language, but a note does not name itself by the
    /// file of its translation.
    fn closest(&self, ids: &[NoteId], target: &LinkTarget, from: &Note) -> Vec<NoteId> {
        if ids.len() < 2 {
            return ids.to_vec();
        }
        let wanted = WantedFile::new(target, from);
        let is_path = |id: &NoteId| wanted.paths().contains(&Some(&*self.place(*id).path));
        let mut ids = ids.to_vec();
        keep_if_any(&mut ids, is_path);
        if ids.iter().all(|id| self.place(*id).key == self.place(ids[0]).key) {
            keep_if_any(&mut ids, |id| self.place(*id).is_index() == wanted.says_index);
        }
        let best = self.in_language(ids.clone(), &from.facts.place.language);
        let is_file = |id: &&NoteId| {
            let source = &self.notes[id.index()].source;
            *source != from.source && Some(source) == wanted.file.as_ref()
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
    fn in_language(&self, ids: Vec<NoteId>, from: &Language) -> Vec<NoteId> {
        if ids.len() < 2 {
            return ids;
        }
        let language = |id: &NoteId| &self.place(*id).language;
        for wanted in [from, self.config.language()] {
            if ids.iter().any(|id| language(id) == wanted) {
                return ids.into_iter().filter(|id| language(id) == wanted).collect();
            }
        }
        ids
    }
}

impl SameNamed {
    fn as_slice(&self) -> &[NoteId] {
        match self {
            Self::One(id) => std::slice::from_ref(id),
            Self::Many(crowd) => &crowd.ids,
        }
    }
}

/// What a link names, as one file of several with one name is told from the others.
struct WantedFile<'t> {
    /// The path as written, without the ending and without the name of an index.
    path: &'t str,
    /// The same as seen from the folder of the note that names it.
    seen: Option<String>,
    /// Whether the index of a folder was written.
    says_index: bool,
    /// The file, if a file was written.
    file: Option<SourcePath>,
}

impl<'t> WantedFile<'t> {
    fn new(target: &'t LinkTarget, from: &Note) -> Self {
        let written = &*target.path;
        let stem = written.strip_suffix(".md").or_else(|| written.strip_suffix(".html"));
        let stem = stem.unwrap_or(written);
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        let says_index = matches!(name, "" | "index" | "README");
        let path = if says_index { folder } else { stem }.trim_matches('/');
        let seen = join(&from.facts.place.folder, path);
        let file =
            written.ends_with(".md").then(|| join(&from.facts.place.folder, written)).flatten();
        let file = file.map(|file| SourcePath::new(format!("content/{file}")));
        Self { path, seen, says_index, file }
    }

    fn paths(&self) -> [Option<&str>; 2] {
        [Some(self.path), self.seen.as_deref()]
    }
}

fn all(ids: Option<&SameNamed>) -> &[NoteId] {
    ids.map_or(&[], SameNamed::as_slice)
}

/// Drops what is not wanted, unless nothing is.
fn keep_if_any(ids: &mut Vec<NoteId>, is_wanted: impl Fn(&NoteId) -> bool) {
    if ids.iter().any(&is_wanted) {
        ids.retain(is_wanted);
    }
}

fn one(ids: &[NoteId]) -> ResolvedName {
    match ids {
        [] => ResolvedName::Nothing,
        [id] => ResolvedName::Note(*id),
        _ => ResolvedName::Ambiguous,
    }
}

fn insert<K: std::hash::Hash + Eq>(map: &mut NameMap<K, SameNamed>, key: K, id: NoteId) {
    use std::collections::hash_map::Entry;
    match map.entry(key) {
        Entry::Vacant(vacant) => {
            vacant.insert(SameNamed::One(id));
        }
        Entry::Occupied(mut occupied) => match occupied.get_mut() {
            SameNamed::One(first) if *first == id => {}
            SameNamed::One(first) => {
                let both = Crowd::new(vec![*first, id]);
                occupied.insert(SameNamed::Many(Box::new(both)));
            }
            // Notes come in their order, each with all that it is called.
            SameNamed::Many(crowd) if crowd.ids.last() == Some(&id) => {}
            SameNamed::Many(crowd) => crowd.push(id),
        },
    }
}

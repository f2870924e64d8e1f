//! The names of notes, and the note that each means. The only resolver, for every style of link.

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

/// A table of the notes by every name and path they have.
pub struct LinkResolver<'a> {
    config: &'a Config,
    notes: &'a [Arc<Note>],
    by_path: NameMap<Cow<'a, str>, SameNamed>,
    by_name: NameMap<&'a str, SameNamed>,
    /// The folder of each kind in the form in which notes are looked up, with a trailing slash.
    folders: Vec<Option<String>>,
    parts: PartTable<'a>,
}

/// The notes with one name; nearly always one.
enum SameNamed {
    One(NoteId),
    Many(Box<Crowd>),
}

/// The notes that a name may mean, in their order.
pub enum Candidates<'n> {
    /// Notes borrowed from the table.
    Listed(&'n [NoteId]),
    /// Notes chosen for one link.
    Chosen(Vec<NoteId>),
    /// Notes chosen for all links written alike.
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

/// The note that a name means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ResolvedName {
    Note(NoteId),
    Ambiguous,
    Nothing,
}

impl<'a> LinkResolver<'a> {
    /// Collects the names of `notes`.
    pub fn new(config: &'a Config, notes: &'a [Arc<Note>]) -> Self {
        let by_path = NameMap::with_capacity_and_hasher(notes.len(), FxBuildHasher);
        let by_name = NameMap::with_capacity_and_hasher(notes.len() * 2, FxBuildHasher);
        let folder = |kind: &Kind| Some(fold(&format!("{}/", kind.folder.as_deref()?)));
        let folders = config.kinds.iter().map(folder).collect();
        let parts = PartTable::default();
        let mut names = Self { config, notes: &[], by_path, by_name, folders, parts };
        names.add_all(notes);
        names
    }

    /// Adds the names of those of `notes` that are new. `notes` begins with the notes already
    /// known.
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
            // The former path of a work is that of all its versions.
            let in_language = address.strip_prefix(place.language.as_str());
            if place.language != *self.config.language()
                && let Some(path) = in_language.and_then(|path| path.strip_prefix('/'))
            {
                insert(by_path, Cow::Owned(path.to_owned()), id);
            }
            insert(by_path, Cow::Owned(address), id);
        }
        for name in &note.facts.names {
            insert(&mut self.by_name, name.key.as_str(), id);
        }
    }

    /// Returns the note that `target` means in a link from `from`.
    pub(super) fn find(&self, target: &LinkTarget, from: &Note) -> ResolvedName {
        one(&self.candidates(target, from))
    }

    /// Returns the notes that `target` may mean: by path from the note's folder, by path from the
    /// top, by name, or by the end of a path. The first of these that matches anything is used.
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
                // A note with this name takes precedence over a page without a file.
                let has_file = |ids: &Candidates<'_>| ids.iter().all(|id| self.has_file(*id));
                match self.by_name.get(key).filter(|_| !has_file(&best)) {
                    Some(named) => {
                        Some(self.best(Some(named), target, from)).filter(has_file).unwrap_or(best)
                    }
                    None => best,
                }
            }
        }
    }

    /// Returns those of the notes with one name whose path ends with `key`.
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

    /// Returns the note of one of `kinds` that `target` means in a reference from `from`.
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

    /// Returns the notes with a name, which is folded.
    pub(super) fn named(&self, name: &str) -> &[NoteId] {
        all(self.by_name.get(name))
    }

    /// Returns whether a note was read from a file, in this language or another.
    fn has_file(&self, id: NoteId) -> bool {
        self.notes[id.index()].facts.origin.is_written()
    }

    fn place(&self, id: NoteId) -> &NotePlace {
        &self.notes[id.index()].facts.place
    }

    /// Returns the resolution of a target that means the note at `id`.
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

    /// Returns the same as [`LinkResolver::closest`], for notes that may be many.
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

    /// Returns those of the notes with one name that fit `target` best: a path as written rather
    /// than an alias or a path that differs in case or punctuation; `x.md` rather than
    /// `x/index.md`, unless the index was written. Of those, the best by language, except that a
    /// note doesn't name itself when the file of its translation was written.
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

    /// Returns those of the notes with one name in the language of the note that links, or else
    /// those in the language of the book, or else all.
    pub(super) fn in_language(&self, ids: Vec<NoteId>, from: &Language) -> Vec<NoteId> {
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

/// The file that a link names, in the form that distinguishes notes with the same name.
struct WantedFile<'t> {
    /// The path as written, without file extension and without the name of an index.
    path: &'t str,
    /// The same path relative to the folder of the note that links.
    seen: Option<String>,
    /// True if the link names the index of a folder.
    says_index: bool,
    /// The file, if the link names one.
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
        let file = file.map(|file| from.source.beside(&file));
        Self { path, seen, says_index, file }
    }

    fn paths(&self) -> [Option<&str>; 2] {
        [Some(self.path), self.seen.as_deref()]
    }
}

fn all(ids: Option<&SameNamed>) -> &[NoteId] {
    ids.map_or(&[], SameNamed::as_slice)
}

/// Keeps only the wanted ids, unless none is wanted.
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
            // Notes are added in their order, each with all its names.
            SameNamed::Many(crowd) if crowd.ids.last() == Some(&id) => {}
            SameNamed::Many(crowd) => crowd.push(id),
        },
    }
}

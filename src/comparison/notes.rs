//! The notes that differ between two states of a book.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ComparedNote, ComparedState, DifferenceSort, NoteLabel, SettingDifference, StandingDifference,
    passages,
};
use crate::config::Status;
use crate::fingerprint::Fingerprint;
use crate::note::{Note, NoteId, Origin};
use crate::note_settings::WrittenFrontMatter;
use crate::path::{OutputPath, SourcePath};
use crate::site::Site;
use crate::source::{Source, SourceRole};
use crate::table::{SettingForm, SettingPlace};

/// The files of notes that differ.
pub(super) struct ChangedFiles {
    /// Their paths, before and after.
    pub(super) paths: BTreeSet<SourcePath>,
    /// The path before of each note that moved, by its path after.
    moved: BTreeMap<SourcePath, SourcePath>,
    /// The paths before of the notes that moved.
    left: BTreeSet<SourcePath>,
}

/// The differences of notes.
pub(super) struct NoteDifferences {
    pub(super) notes: Vec<ComparedNote>,
    pub(super) standings: Vec<StandingDifference>,
    pub(super) unlinked: Vec<NoteLabel>,
    pub(super) drafts: usize,
}

impl ChangedFiles {
    /// Compares the files of notes.
    pub(super) fn find(before: &ComparedState<'_>, after: &ComparedState<'_>) -> Self {
        let (old, new) = (before.sources, after.sources);
        let differs = |path: &&SourcePath| match (old.get(path), new.get(path)) {
            (Some(old), Some(new)) => old.content != new.content && !are_alike(old, new),
            _ => true,
        };
        let all = old.iter().chain(new.iter()).map(|source| &source.path);
        let notes = all.filter(|path| SourceRole::of(path) == SourceRole::Note);
        let paths: BTreeSet<SourcePath> = notes.filter(differs).cloned().collect();
        let gone =
            || paths.iter().filter_map(|path| old.get(path).filter(|_| new.get(path).is_none()));
        let address = |path| Some((&note(&before.snapshot.site, path)?.facts.place.output, path));
        let by_address: BTreeMap<&OutputPath, &SourcePath> =
            gone().filter_map(|source| address(&source.path)).collect();
        // Of notes with the same text, the one with the same name moved, or else the first.
        let mut by_text: BTreeMap<(Fingerprint, Option<&str>), Vec<&SourcePath>> = BTreeMap::new();
        for source in gone().collect::<Vec<_>>().into_iter().rev() {
            for name in [Some(file_name(&source.path)), None] {
                by_text.entry((source.fingerprint(), name)).or_default().push(&source.path);
            }
        }
        let (mut moved, mut left) = (BTreeMap::new(), BTreeSet::new());
        let come = paths.iter().filter(|path| old.get(path).is_none());
        for source in come.filter_map(|path| new.get(path)) {
            let path = &source.path;
            let note = note(&after.snapshot.site, path);
            let former = note.into_iter().flat_map(|note| &note.facts.redirects);
            let mut led_from = former.filter_map(|address| by_address.get(address).copied());
            let was = led_from.find(|was| !left.contains(*was)).or_else(|| {
                [Some(file_name(path)), None].into_iter().find_map(|name| {
                    let alike = by_text.get_mut(&(source.fingerprint(), name))?;
                    std::iter::from_fn(|| alike.pop()).find(|was| !left.contains(*was))
                })
            });
            if let Some(was) = was {
                left.insert(was.clone());
                moved.insert(path.clone(), was.clone());
            }
        }
        Self { paths, moved, left }
    }

    /// Returns whether the note that was at a path is elsewhere now.
    pub(super) fn has_moved(&self, path: &SourcePath) -> bool {
        self.left.contains(path)
    }

    /// Returns the path that a note had, which is the same unless it moved.
    pub(super) fn former<'p>(&'p self, path: &'p SourcePath) -> &'p SourcePath {
        self.moved.get(path).unwrap_or(path)
    }
}

fn file_name(path: &SourcePath) -> &str {
    path.as_str().rsplit('/').next().unwrap_or_default()
}

/// Returns whether two texts differ in nothing but line ends, which git may write otherwise than the user has them.
fn are_alike(old: &Source, new: &Source) -> bool {
    let plain = |source: &Source| source.text().map(|text| text.replace('\r', ""));
    plain(old).is_some_and(|old| plain(new) == Some(old))
}

/// Compares the notes that readers see.
pub(super) fn compare(
    before: &ComparedState<'_>,
    after: &ComparedState<'_>,
    changed: &ChangedFiles,
) -> NoteDifferences {
    let (old, new) = (&*before.snapshot.site, &*after.snapshot.site);
    let mut found = NoteDifferences {
        notes: Vec::new(),
        standings: Vec::new(),
        unlinked: Vec::new(),
        drafts: 0,
    };
    for path in changed.paths.iter().filter(|path| !changed.has_moved(path)) {
        let former = changed.former(path);
        match (old.note_at(former), new.note_at(path)) {
            (None, None) => found.drafts += 1,
            (was, is) => {
                let shown = is.map(|id| new.note(id)).or(was.map(|id| old.note(id)));
                let sides = [(before, former, was), (after, path, is)];
                found.notes.extend(shown.map(|shown| compared(changed, shown, sides)));
            }
        }
    }
    for (id, note) in new.notes().filter(|(_, note)| note.facts.origin == Origin::File) {
        let Some(was) = old.note_at(changed.former(&note.source)) else { continue };
        let [then, now] = [standing(old, was), standing(new, id)];
        if then != now {
            let note = label(note);
            found.standings.push(StandingDifference {
                note,
                before: then.into(),
                after: now.into(),
            });
        }
        let is_left = !old.pointers(was).is_empty() && new.pointers(id).is_empty();
        if is_left && !note.facts.place.is_index() {
            found.unlinked.push(label(note));
        }
    }
    found
}

/// Compares a note with itself: the state, path and note before and after. `shown` is the later of the notes that readers
/// see.
fn compared(
    changed: &ChangedFiles,
    shown: &Note,
    sides: [(&ComparedState<'_>, &SourcePath, Option<NoteId>); 2],
) -> ComparedNote {
    let [(before, former, was), (after, path, is)] = sides;
    let source = |state: &ComparedState<'_>, path: &SourcePath| {
        state.sources.get(path).and_then(Source::text).map(|text| NoteText::read(path, text))
    };
    let (old, new) = (source(before, former), source(after, path));
    let change = match (was, is) {
        (None, _) if old.is_some() => DifferenceSort::Published,
        (None, _) => DifferenceSort::Added,
        (_, None) if new.is_some() => DifferenceSort::Unpublished,
        (_, None) => DifferenceSort::Removed,
        _ if former != path => DifferenceSort::Moved,
        _ => DifferenceSort::Edited,
    };
    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
    let links = |state: &ComparedState<'_>, id: Option<NoteId>| -> BTreeSet<SourcePath> {
        id.map(|id| linked(&state.snapshot.site, id)).unwrap_or_default()
    };
    let now = links(after, is);
    let then: BTreeSet<SourcePath> = links(before, was);
    let stays: BTreeSet<&SourcePath> = now.iter().map(|path| changed.former(path)).collect();
    let labels = |state: &ComparedState<'_>, paths: Vec<&SourcePath>| {
        paths.into_iter().filter_map(|path| note(&state.snapshot.site, path).map(label)).collect()
    };
    ComparedNote {
        note: label(shown),
        change,
        from: (former != path).then(|| former.to_string()),
        settings: settings(&old, &new),
        passages: passages::differing(&old.body, &new.body),
        linked: labels(after, now.iter().filter(|to| !then.contains(changed.former(to))).collect()),
        unlinked: labels(before, then.iter().filter(|to| !stays.contains(to)).collect()),
    }
}

/// The text of a note in its parts.
#[derive(Default)]
struct NoteText {
    /// The values of the front matter by their keys, as written.
    settings: BTreeMap<String, String>,
    /// The text below it.
    body: String,
}

impl NoteText {
    fn read(path: &SourcePath, text: &str) -> Self {
        // Other line ends make no other text.
        let text = &text.replace('\r', "");
        let Some(front) = WrittenFrontMatter::of(path, text) else {
            return Self { settings: BTreeMap::new(), body: text.to_owned() };
        };
        let mut settings: BTreeMap<String, String> = BTreeMap::new();
        let mut places: Vec<&SettingPlace> = front.settings.iter().collect();
        places.sort_by_key(|setting| setting.key_place.start);
        for (at, setting) in places.iter().enumerate() {
            let next = places.get(at + 1).map(|next| front.line_start(next.key_place.start));
            let value = match setting.form {
                // What has keys of its own goes on as far as the next setting, and may stand there several times.
                SettingForm::Part => {
                    let start = front.line_start(setting.key_place.start);
                    &text[start..next.unwrap_or(front.block.end).max(start)]
                }
                _ => &text[setting.place.clone()],
            };
            let value = value.trim();
            settings
                .entry(setting.key.clone())
                .and_modify(|all| all.extend(["\n", value]))
                .or_insert_with(|| value.to_owned());
        }
        let start = if front.is_fenced { front.next_line(front.block.end) } else { 0 };
        Self { settings, body: text[start..].to_owned() }
    }
}

fn settings(old: &NoteText, new: &NoteText) -> Vec<SettingDifference> {
    let keys: BTreeSet<&String> = old.settings.keys().chain(new.settings.keys()).collect();
    let sides = keys.into_iter().map(|key| SettingDifference {
        key: key.clone(),
        before: old.settings.get(key).cloned(),
        after: new.settings.get(key).cloned(),
    });
    sides.filter(|setting| setting.before != setting.after).collect()
}

/// Returns the files of the notes that a note names or links to.
fn linked(site: &Site, id: NoteId) -> BTreeSet<SourcePath> {
    let notes = targets(site, id).filter(|to| *to != id);
    notes.map(|to| site.note(site.graph.works.shown(to)).source.clone()).collect()
}

/// Returns the notes that a note names or links to, in the order of its links.
pub(super) fn targets(site: &Site, id: NoteId) -> impl Iterator<Item = NoteId> {
    let graph = &site.graph;
    let all = graph.links[id.index()].iter().chain(&graph.references[id.index()]);
    all.filter_map(|to| to.note())
}

/// Returns how far a note may be relied on.
fn standing(site: &Site, id: NoteId) -> &'static str {
    if site.is_superseded(id) {
        return "superseded";
    }
    let status = site.note(id).facts.card.status;
    Status::ALL.iter().find(|(_, of)| *of == status).map_or("published", |(name, _)| name)
}

fn note<'s>(site: &'s Site, path: &SourcePath) -> Option<&'s Note> {
    site.note_at(path).map(|id| site.note(id))
}

/// Returns a note as people speak of it.
pub(super) fn label(note: &Note) -> NoteLabel {
    NoteLabel { path: note.source.to_string(), title: note.facts.card.title.to_string() }
}

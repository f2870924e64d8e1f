//! The problems of the book: those of files, of each note, and of the book as a whole.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Workspace;
use crate::check::{apply_levels, check_facts, check_texts, texts_matter};
use crate::diagnostic::Diagnostic;
use crate::note::{Note, NoteId, Origin};
use crate::path::SourcePath;
use crate::site::Site;

impl Workspace {
    /// Repeats the checks whose result the new texts of the notes at `paths` can change; `notes`
    /// are those of them that the site shows.
    pub(super) fn judge_again(
        &mut self,
        site: &Site,
        paths: &[SourcePath],
        notes: &[(NoteId, Arc<Note>)],
    ) {
        let paths: BTreeSet<&SourcePath> = paths.iter().collect();
        // Spans can have moved only in the notes that changed.
        if self.of_facts.iter().any(|finding| paths.contains(&finding.path)) {
            self.of_facts = check_facts(site);
        }
        let mut of_addresses = self.plan.collisions.iter().chain(&self.plan.lost);
        if of_addresses.any(|finding| paths.contains(&finding.path))
            && let Some(loaded) = &self.loaded
        {
            let mut plan = std::mem::take(&mut self.plan);
            Arc::make_mut(&mut plan).judge_again(self.plan_input(site, &loaded.theme));
            self.plan = plan;
        }
        let mut only = Some(&paths);
        if notes.iter().any(|(id, _)| texts_matter(site, *id)) {
            let before = std::mem::replace(&mut self.of_texts, check_texts(site));
            only = only.filter(|_| before == self.of_texts);
        }
        self.judge(site, only);
    }

    /// Collects the problems. For files that aren't among `only`, the problems found before are
    /// kept.
    pub(super) fn judge(&mut self, site: &Site, only: Option<&BTreeSet<&SourcePath>>) {
        let originals = originals(site);
        // An exception of an original is needed if one of its versions needs it, so works are judged as a whole.
        let works: BTreeSet<&SourcePath> = only
            .into_iter()
            .flatten()
            .map(|path| originals.get(path).copied().unwrap_or(*path))
            .collect();
        let versions = originals.iter().filter(|(_, original)| works.contains(*original));
        let whole: Option<BTreeSet<&SourcePath>> = only.map(|only| {
            only.iter()
                .copied()
                .chain(works.iter().copied())
                .chain(versions.map(|of| *of.0))
                .collect()
        });
        let only = whole.as_ref();
        let is_meant = |path: &SourcePath| only.is_none_or(|only| only.contains(path));
        let notes: Vec<&Note> = match only {
            Some(only) => only.iter().filter_map(|path| Some(&**self.notes.get(path)?)).collect(),
            None => self.notes.values().map(|note| &**note).collect(),
        };
        let own = notes.iter().flat_map(|note| &note.diagnostics);
        let loaded = self.loaded.iter().flat_map(|loaded| &loaded.diagnostics);
        let whole = self.of_facts.iter().chain(&self.of_texts).chain(&self.plan.collisions);
        let whole = whole.chain(&self.plan.lost).chain(&self.plan.unlinked.findings);
        let all = loaded.chain(own).chain(whole);
        let mut found: Vec<Diagnostic> =
            all.filter(|found| is_meant(&found.path)).cloned().collect();
        apply_levels(&site.config, &notes, &originals, &mut found);
        self.diagnostics.retain(|before| !is_meant(&before.path));
        self.diagnostics.append(&mut found);
        self.diagnostics.sort();
        self.diagnostics.dedup();
    }

    /// Returns the files of the book that are not for readers yet, each with the reason.
    pub(super) fn withheld(&self) -> Vec<(SourcePath, &'static str)> {
        let drafts = self.site.iter().flat_map(|site| &*site.drafts).map(|draft| &draft.source);
        let drafts = drafts.map(|draft| (draft.clone(), "it is a draft"));
        let files = self.plan.unlinked.withheld.iter();
        let files = files.map(|file| (file.clone(), "only drafts link to it"));
        drafts.chain(files).collect()
    }
}

/// Returns the originals of all translations, by their paths.
fn originals(site: &Site) -> BTreeMap<&SourcePath, &SourcePath> {
    let works = &site.graph.works;
    if works.is_empty() {
        return BTreeMap::new();
    }
    let written = site.notes().filter(|(_, note)| note.facts.origin == Origin::File);
    let versions = written.map(|(id, note)| (note, site.note(works.original(id))));
    let translations = versions.filter(|(note, original)| note.source != original.source);
    translations.map(|(note, original)| (&note.source, &original.source)).collect()
}

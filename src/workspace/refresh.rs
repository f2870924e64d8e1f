//! The consequences of an edit of texts alone, without a new plan.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Workspace;
use crate::note::{Note, NoteId};
use crate::path::{OutputPath, SourcePath};
use crate::render::Theme;
use crate::site::Site;
use crate::view::{quoting, showing, showing_text};

impl Workspace {
    /// Works out the consequences of an edit of the texts of some notes, whose facts are as they were.
    pub(super) fn refresh(&mut self, paths: &[SourcePath]) {
        let Some((site, loaded)) = self.site.take().zip(self.loaded.as_ref()) else { return };
        let ids: Vec<(NoteId, Arc<Note>)> = paths
            .iter()
            .filter_map(|path| Some((site.note_at(path)?, Arc::clone(self.notes.get(path)?))))
            .collect();
        let ids = site.with_versions(&ids);
        let Some(with_bodies) = site.with_bodies(&ids) else {
            self.site = Some(site);
            return self.replan(self.plan.is_whole);
        };
        let (before, site, theme) = (site, with_bodies, Arc::clone(&loaded.theme));
        self.judge_again(&site, paths, &ids);
        if self.plan.is_whole {
            self.refresh_plan(&before, &site, &theme, &ids);
        }
        self.site = Some(Arc::new(site));
    }

    /// Plans the outputs again that show the new texts of some notes.
    fn refresh_plan(
        &mut self,
        before: &Site,
        site: &Site,
        theme: &Theme,
        notes: &[(NoteId, Arc<Note>)],
    ) {
        let changed: Vec<NoteId> = notes.iter().map(|(id, _)| *id).collect();
        let texts = showing(site, &changed);
        let texts = texts.into_iter().flat_map(|id| showing_text(site, id));
        // A sentence around a link is shown where the link leads.
        let is_quoted =
            |(id, note): &&(NoteId, Arc<Note>)| before.note(*id).excerpts != note.excerpts;
        let quotes = notes.iter().filter(is_quoted).flat_map(|(id, _)| quoting(site, *id));
        let paths: BTreeSet<OutputPath> = texts.chain(quotes).collect();
        let plan = Arc::make_mut(&mut self.plan);
        plan.refresh(site, theme, paths);
        let index = Arc::make_mut(&mut self.index);
        let touched = index.refresh(site, &changed);
        plan.refresh_index(site, index, &changed, &touched);
    }
}

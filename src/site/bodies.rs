//! Edits of texts, which change no facts.

use std::sync::Arc;

use super::Site;
use crate::note::{Note, NoteId, NoteSpans, inherit, untranslated};

impl Site {
    /// Returns the site with new text for some notes whose facts haven't changed; `None` if one of them
    /// now mentions other terms, because pages of terms say who mentions them, or if a translation now has another
    /// state, because lists of translations say so.
    pub fn with_bodies(&self, changed: &[(NoteId, Arc<Note>)]) -> Option<Self> {
        let mut site = self.clone();
        if !Arc::make_mut(&mut site.terms).refresh(changed) {
            return None;
        }
        let notes = Arc::make_mut(&mut site.notes);
        for (id, note) in changed {
            notes[id.index()] = Arc::clone(note);
        }
        let ids = changed.iter().map(|(id, _)| *id);
        let translations = Arc::make_mut(&mut site.translations);
        translations.refresh(&site.config, &site.notes, &site.graph.works, ids).then_some(site)
    }

    /// Drops the problems of notes and the places in their files, once these have been reported.
    pub fn drop_places(&mut self) {
        for note in self.own_notes() {
            let front_matter = note.spans.front_matter;
            note.spans = NoteSpans { front_matter, ..NoteSpans::default() };
            note.diagnostics = Vec::new();
        }
    }

    /// Drops the texts of notes and the sentences around their links, once all that shows them is made.
    pub fn drop_texts(&mut self) {
        self.own_notes().for_each(|note| note.made_of.clear());
        for note in self.own_notes() {
            (note.body, note.excerpts) = (Arc::default(), Arc::default());
        }
    }

    /// Returns the notes that nothing else has.
    fn own_notes(&mut self) -> impl Iterator<Item = &mut Note> {
        let notes = Arc::get_mut(&mut self.notes).into_iter().flatten();
        notes.filter_map(Arc::get_mut)
    }

    /// Returns the note at `id` as it was read from its file.
    fn as_read(&self, id: NoteId) -> &Arc<Note> {
        &self.notes[id.index()]
    }

    /// Returns notes whose text changed, as the site has them: with what they inherit, and with the pages that show the
    /// same text in other languages.
    pub fn with_versions(&self, changed: &[(NoteId, Arc<Note>)]) -> Vec<(NoteId, Arc<Note>)> {
        let works = &self.graph.works;
        if works.is_empty() {
            return changed.to_vec();
        }
        let mut all = Vec::new();
        for (id, note) in changed {
            let original = works.original(*id);
            let version = if original == *id {
                Arc::clone(note)
            } else {
                Arc::new(inherit(&self.config, self.as_read(original), note))
            };
            let others = works.all(*id).filter(|other| other != id && works.shown(*other) == *id);
            let shown = others.map(|other| {
                let language = &self.note(other).facts.place.language;
                (other, Arc::new(untranslated(&self.config, &version, language)))
            });
            all.extend(shown);
            all.push((*id, version));
        }
        all
    }
}

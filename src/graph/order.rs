//! The order of the notes of a kind, from which each note's neighbours follow.

use std::cmp::{Ordering, Reverse};
use std::sync::Arc;

use crate::config::{Config, KindId, NoteOrder};
use crate::language::Language;
use crate::note::{Note, NoteId};

/// The notes of one kind in one language: first the open ones, then the closed ones, then the
/// outdated ones, each in the order of the kind.
#[derive(Debug)]
pub struct KindSequence {
    /// The kind.
    pub kind: KindId,
    /// The language.
    pub language: Language,
    /// The notes.
    pub notes: Vec<NoteId>,
}

/// Returns the sequences of all kinds that have a folder, or of all in a book whose kinds are its folders, and the position of each note.
pub(super) fn sequences(
    config: &Config,
    notes: &[Arc<Note>],
    past: &[bool],
) -> (Vec<KindSequence>, Vec<Option<(u32, u32)>>) {
    let languages = config.languages.len();
    let mut groups: Vec<Vec<NoteId>> = vec![Vec::new(); config.kinds.len() * languages];
    for (at, note) in notes.iter().enumerate() {
        let language = config.languages.iter().position(|l| *l == note.facts.place.language);
        let kind = note.facts.kind;
        let is_beside_home = || config.kinds_of_folders && !note.facts.place.is_index();
        if config.kind(kind).folder.is_some() || is_beside_home() {
            groups[usize::from(kind.0) * languages + language.unwrap_or(0)].push(NoteId(at as u32));
        }
    }
    let mut positions = vec![None; notes.len()];
    let mut sequences = Vec::new();
    for (at, mut group) in groups.into_iter().enumerate().filter(|(_, group)| !group.is_empty()) {
        let kind = KindId((at / languages) as u16);
        let order = config.kind(kind).order;
        let rank = |id: &NoteId| (past[id.index()], notes[id.index()].facts.card.closed);
        group.sort_by(|a, b| {
            let by_order = || compare(order, &notes[a.index()], &notes[b.index()]);
            rank(a).cmp(&rank(b)).then_with(by_order)
        });
        for (place, id) in group.iter().enumerate() {
            positions[id.index()] = Some((sequences.len() as u32, place as u32));
        }
        let language = config.languages[at % languages].clone();
        sequences.push(KindSequence { kind, language, notes: group });
    }
    (sequences, positions)
}

fn compare(order: NoteOrder, a: &Note, b: &Note) -> Ordering {
    let (fa, fb) = (&a.facts, &b.facts);
    let first = match order {
        NoteOrder::Order => (fa.order.is_none(), fa.order).cmp(&(fb.order.is_none(), fb.order)),
        NoteOrder::Date => {
            (fa.card.date.is_none(), fa.card.date).cmp(&(fb.card.date.is_none(), fb.card.date))
        }
        NoteOrder::DateDescending => Reverse(fa.card.date).cmp(&Reverse(fb.card.date)),
        NoteOrder::Title | NoteOrder::Path => Ordering::Equal,
    };
    let title = || match order {
        NoteOrder::Path => Ordering::Equal,
        _ => (&fa.sort_key, &fa.card.title).cmp(&(&fb.sort_key, &fb.card.title)),
    };
    first.then_with(title).then_with(|| fa.place.path.cmp(&fb.place.path))
}

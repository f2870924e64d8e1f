//! The changes of an original since its translation was made, for the readers of the translation.

use serde::Serialize;

use crate::note::{NoteCard, NoteId, PartPlace};
use crate::site::Site;
use crate::template::SharedValue;
use crate::translation::{ChangedPart, n_values};
use crate::view::text::{block_text, fate_key, part_anchor};

/// The most changes that a page lists; each paragraph concerned is marked all the same.
const LISTED: usize = 20;

/// The changes of the original of a translation.
#[derive(Hash, Serialize)]
pub struct StalenessView<'a> {
    /// The original.
    pub original: &'a SharedValue<NoteCard>,
    /// The number of paragraphs that have changed or are new.
    pub behind: u32,
    /// The number of paragraphs of the original.
    pub total: u32,
    /// The first 20 changes, in the order of the original.
    pub changes: Vec<StaleEntry>,
    /// The number of changes that are not listed.
    pub more: usize,
}

/// A change of an original.
#[derive(Hash, Serialize)]
pub struct StaleEntry {
    /// The key of the words that say what happened: `stale-changed`, `stale-new`, `stale-gone` or `stale-moved`.
    pub fate: &'static str,
    /// The name of a value of the front matter, or the beginning of the paragraph in the translation; absent if nobody
    /// can tell which paragraph it is.
    pub words: Option<String>,
    /// The id of the paragraph on the page, if it is known.
    pub here: Option<String>,
    /// The id of the paragraph on the page of the original; absent if it is gone, and for a value of the front matter.
    pub there: Option<String>,
}

/// The changes of the original of the note at `id`; none if there are none, or if nobody knows.
pub(crate) fn staleness(site: &Site, id: NoteId) -> Option<StalenessView<'_>> {
    let state = site.translation_state(id).filter(|state| !state.is_current())?;
    let original = site.note(site.graph.works.original(id));
    let blocks = site.translations.blocks(id);
    let first = n_values(&original.parts);
    let entry = |(index, part): (u32, &ChangedPart)| {
        let place = part.original.map(|at| original.parts[at as usize].place);
        let block = blocks.get(&index);
        let words = place.and_then(|place| value_name(site, id, place));
        let there = part.original.and_then(|at| at.checked_sub(first)).map(part_anchor);
        StaleEntry {
            fate: fate_key(part.fate),
            words: words.or_else(|| block_text(site, id, *block?)),
            here: block.map(|block| part_anchor(*block)),
            there,
        }
    };
    Some(StalenessView {
        original: &original.facts.card,
        behind: state.behind(),
        total: state.total,
        changes: (0u32..).zip(state.parts.iter()).take(LISTED).map(entry).collect(),
        more: state.parts.len().saturating_sub(LISTED),
    })
}

/// Returns the name of a value of the front matter, as the page of the note at `id` calls it.
fn value_name(site: &Site, id: NoteId, place: PartPlace) -> Option<String> {
    let words = site.words_of(id);
    match place {
        PartPlace::Title => Some(words.get("title").to_owned()),
        PartPlace::Summary => Some(words.get("summary").to_owned()),
        PartPlace::Field(at) => {
            let kind = site.kind_for(site.note(id).facts.kind, id);
            Some(kind.fields[usize::from(at)].label.clone())
        }
        PartPlace::Block(_) => None,
    }
}

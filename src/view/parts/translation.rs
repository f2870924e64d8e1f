//! The standing of a translation, who made it and when, as plain text.

use crate::note::NoteId;
use crate::site::Site;

/// Returns the key of the words for how far a translation may be relied on.
pub(crate) fn standing_key(standing: &str) -> &'static str {
    match standing {
        "official" => "translation-official",
        "reviewed" => "translation-reviewed",
        "unofficial" => "translation-unofficial",
        "machine" => "translation-machine",
        _ => "translation",
    }
}

/// The standing of the note at `id` as a translation, in the words of its page; `None` if it says nothing.
pub(crate) fn in_words(site: &Site, id: NoteId) -> Option<String> {
    let facts = &site.note(id).facts;
    let details = facts.translation.as_deref()?;
    let words = &site.card(&facts.place.language).words;
    let mut text =
        words.get(standing_key(details.standing.as_deref().unwrap_or_default())).to_owned();
    if let Some(by) = &details.by {
        // The name comes last, since it may hold anything.
        let pattern = words.get("translation-by").replace("{translation}", &text);
        text = pattern.replace("{name}", by);
    }
    if let Some(on) = details.on {
        let pattern = words.get("translation-on").replace("{date}", &words.date(on));
        text = pattern.replace("{translation}", &text);
    }
    Some(text)
}

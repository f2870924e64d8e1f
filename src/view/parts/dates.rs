//! The dates of a note, each with the word that says what it is the date of.

use serde::Serialize;

use crate::date::Date;
use crate::note::NoteId;
use crate::site::Site;
use crate::words::{self, DateWord, Strings};

/// A date of a note.
#[derive(Hash, Serialize)]
pub struct DateLine<'a> {
    /// The words before the date: those of the kind for the date of what a note describes, or those for the day
    /// on which it was published, changed or checked.
    pub label: &'a str,
    /// The date, in ISO 8601.
    pub date: Date,
    /// The days from the first to the last, in words of the note's language; absent if there is one date only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<String>,
}

/// The dates that are known of the note at `id`: of what it describes, and on which it was published, changed
/// and checked.
pub(crate) fn dates(site: &Site, id: NoteId) -> Vec<DateLine<'_>> {
    let facts = &site.note(id).facts;
    let words = site.words_of(id);
    let of_kind = site.kind_for(facts.kind, id).date_title.as_deref();
    let lines = [
        (of_kind.unwrap_or(words.get("date")), facts.card.date),
        (words.get("status-published"), facts.published),
        (words.get("date-changed"), facts.changed()),
        (words.get("date-checked"), facts.reviewed_on),
    ];
    let line = |(label, date): (_, Option<Date>)| Some(DateLine { label, date: date?, days: None });
    let mut lines: Vec<DateLine<'_>> = lines.into_iter().filter_map(line).collect();
    if let (Some(first), Some(end)) = (facts.card.date, end(site, id)) {
        lines[0].days = (first != end).then(|| days(words, first, end));
    }
    lines
}

/// The last day of what the note at `id` describes, if the book has a field for it.
fn end(site: &Site, id: NoteId) -> Option<Date> {
    let facts = &site.note(id).facts;
    let at = site.config.kind(facts.kind).features.date_end?;
    let value = facts.values.iter().find(|value| value.field == at)?;
    Date::parse(value.items.first()?)
}

/// The days from one to another: "24–26 June 2024" if they are of one month.
fn days(words: &Strings, first: Date, last: Date) -> String {
    match (first.day_of_month(), last.day_of_month()) {
        (Some(_), Some(day)) if first.month_of() == last.month_of() => {
            let pattern = words.get("date-day").replace("{day}", &format!("{{day}}–{day}"));
            words::date(first, |word| match word {
                DateWord::DAY => Some(&pattern),
                _ => words.date_word(word),
            })
        }
        _ => format!("{} – {}", words.date(first), words.date(last)),
    }
}

//! Offers in the front matter: keys that are not set yet, and values that a key may have.

use serde_json::Value;

use super::{CompletionList, CompletionOffer, MAX_OFFERED, OfferSort, OfferText};
use crate::authoring::{FieldChoice, FieldNeed, FormField, InputSort, note_inputs, offered_notes};
use crate::config::KindId;
use crate::config::note_keys::{
    CHANGE_KEYS, CHANGES, EXCEPT, EXCEPTION_KEYS, EXCEPTION_RULE, SOURCE_KEYS, SOURCE_REF, SOURCES,
};
use crate::editor::names::NamedNote;
use crate::editor::settings::SettingCursor;
use crate::editor::{EditedBook, OpenText};
use crate::slug::fold;
use crate::span::Span;
use crate::table::{DeclaredKey, Notation};

/// The keys that have keys of their own below them.
const PARTS: [(&str, &[&dyn DeclaredKey]); 3] =
    [(SOURCES.name, SOURCE_KEYS), (CHANGES.name, CHANGE_KEYS), (EXCEPT.name, EXCEPTION_KEYS)];

pub(super) fn offers(
    book: EditedBook<'_>,
    text: &OpenText,
    cursor: &SettingCursor<'_>,
) -> Option<CompletionList> {
    let query = text.text.get(cursor.written.clone())?;
    let part = cursor.section.and_then(|section| PARTS.iter().find(|(name, _)| *name == section));
    let (mut offers, has_more) = match (cursor.key, part) {
        (None, Some((_, keys))) => (part_keys(keys, cursor.notation), false),
        (None, None) => (keys(book, text, cursor), false),
        (Some(key), Some((name, keys))) => part_values(book, name, keys, key, query)?,
        (Some(key), None) => values(book, text, key, query)?,
    };
    if cursor.key.is_some() {
        offers.iter_mut().for_each(|offer| quote(offer, cursor));
        // A value of YAML stands apart from its key.
        if text.text[..cursor.written.start].ends_with(':') {
            offers.iter_mut().for_each(|offer| offer.text.before.insert(0, ' '));
        }
    }
    Some(CompletionList { span: Span::from(cursor.written.clone()), offers, has_more })
}

/// Writes a value with the quotes that it needs.
fn quote(offer: &mut CompletionOffer, cursor: &SettingCursor<'_>) {
    let value = &mut offer.text.before;
    let is_plain =
        matches!(offer.sort, OfferSort::Date) || matches!(value.as_str(), "true" | "false");
    let needs_quotes = match cursor.notation {
        Notation::Toml => !is_plain,
        Notation::Yaml => {
            value.contains(": ") || value.starts_with(['[', '{', '*', '&', '!', '"', '\'', '#'])
        }
    };
    match cursor.is_quoted {
        true => value.push_str(cursor.closing),
        false if needs_quotes => {
            *value = format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
        }
        false => {}
    }
}

/// Returns the keys that the note may have and has not: those that it must have first.
fn keys(book: EditedBook<'_>, text: &OpenText, cursor: &SettingCursor<'_>) -> Vec<CompletionOffer> {
    let block = &text.text[cursor.block.clone()];
    let sign = match cursor.notation {
        Notation::Toml => '=',
        Notation::Yaml => ':',
    };
    let at = cursor.written.start - cursor.block.start;
    let is_top = |line: &&str| !line.starts_with([' ', '-', '\t']);
    let below = block[at..].lines().skip(1).take_while(|line| !line.starts_with('['));
    let below: Vec<&str> = below.filter(is_top).collect();
    let others = block[..at].lines().filter(is_top).chain(below.iter().copied());
    let set: Vec<&str> = others.filter_map(|line| Some(line.split_once(sign)?.0.trim())).collect();
    let mut inputs = note_inputs(book.site(), &text.path);
    inputs.retain(|input| !set.contains(&input.key.as_str()));
    inputs.sort_by_key(|input| match input.need {
        FieldNeed::Required => 0,
        FieldNeed::Wanted => 1,
        FieldNeed::Free => 2,
    });
    let mut offers: Vec<CompletionOffer> =
        inputs.iter().map(|input| key_offer(input, cursor.notation, book)).collect();
    // In TOML, a setting that follows a part would belong to it.
    let ends = cursor.notation == Notation::Yaml || !below.iter().any(|line| line.contains(sign));
    for (name, keys) in PARTS.into_iter().filter(|_| ends) {
        let first = keys[0];
        let (before, after) = match cursor.notation {
            Notation::Toml => (format!("[[{name}]]\n{} = \"", first.name()), "\"".to_owned()),
            Notation::Yaml => (format!("{name}:\n  - {}: ", first.name()), String::new()),
        };
        let mut offer = CompletionOffer::new(name, "part", OfferSort::Key, String::new());
        offer.text = OfferText { before, after };
        offers.push(offer);
    }
    offers
}

fn key_offer(input: &FormField, notation: Notation, book: EditedBook<'_>) -> CompletionOffer {
    let need = match input.need {
        FieldNeed::Required => "required",
        FieldNeed::Wanted => "wanted",
        FieldNeed::Free => "",
    };
    let about = if input.help.is_empty() { &input.label } else { &input.help };
    let detail = if need.is_empty() { about.clone() } else { format!("{need}. {about}") };
    let mut offer = CompletionOffer::new(&input.key, detail, OfferSort::Key, String::new());
    offer.text = setting_text(input, notation, book);
    offer
}

/// Returns a setting with an empty value, in which the cursor is to stand.
fn setting_text(input: &FormField, notation: Notation, book: EditedBook<'_>) -> OfferText {
    let key = &input.key;
    let (open, close) = match (input.sort, input.is_list, notation) {
        (InputSort::Date, false, _) => {
            return OfferText {
                before: notation.setting(key, &book.site().today.to_string()),
                after: String::new(),
            };
        }
        (InputSort::Flag | InputSort::Number, false, _) | (_, false, Notation::Yaml) => ("", ""),
        (_, false, Notation::Toml) => ("\"", "\""),
        (_, true, Notation::Toml) => ("[\"", "\"]"),
        (_, true, Notation::Yaml) => ("[", "]"),
    };
    let whole = notation.setting(key, &format!("{open}\u{0}{close}"));
    let (before, after) = whole.split_once('\u{0}').unwrap_or((&whole, ""));
    OfferText { before: before.to_owned(), after: after.to_owned() }
}

fn part_keys(keys: &[&dyn DeclaredKey], notation: Notation) -> Vec<CompletionOffer> {
    let offer = |key: &&dyn DeclaredKey| {
        let quoted = notation == Notation::Toml && key.shape().example().starts_with('"');
        let (open, close) = if quoted { ("\"", "\"") } else { ("", "") };
        let sign = if notation == Notation::Toml { " = " } else { ": " };
        let mut offer = CompletionOffer::new(key.name(), key.help(), OfferSort::Key, String::new());
        offer.text =
            OfferText { before: format!("{}{sign}{open}", key.name()), after: close.to_owned() };
        offer
    };
    keys.iter().map(offer).collect()
}

/// Returns the values of a key of a part, such as a source.
fn part_values(
    book: EditedBook<'_>,
    part: &str,
    keys: &[&dyn DeclaredKey],
    key: &str,
    query: &str,
) -> Option<(Vec<CompletionOffer>, bool)> {
    let declared = keys.iter().find(|declared| declared.name() == key)?;
    if part == SOURCES.name && key == SOURCE_REF.name {
        return Some(notes(book, None, query));
    }
    if part == EXCEPT.name && key == EXCEPTION_RULE.name {
        let rules = book.site().config.rules;
        let offer = |name: &'static str| {
            let summary = rules.named(name).map_or("", |rule| rule.summary);
            CompletionOffer::new(name, summary, OfferSort::Word, name.to_owned())
        };
        return Some((rules.excusable().map(offer).collect(), false));
    }
    let schema = declared.shape().schema();
    if let Some(words) = schema["enum"].as_array() {
        let words = words.iter().filter_map(Value::as_str);
        let offer = |word: &str| CompletionOffer::new(word, "", OfferSort::Word, word.to_owned());
        return Some((words.map(offer).collect(), false));
    }
    let is_date = declared.shape().example().starts_with(|c: char| c.is_ascii_digit());
    is_date.then(|| (vec![today(book)], false))
}

/// Returns the values of a key of the note.
fn values(
    book: EditedBook<'_>,
    text: &OpenText,
    key: &str,
    query: &str,
) -> Option<(Vec<CompletionOffer>, bool)> {
    let inputs = note_inputs(book.site(), &text.path);
    let input = inputs.iter().find(|input| input.key == key)?;
    let word = |word: &String| CompletionOffer::new(word, "", OfferSort::Word, word.clone());
    match input.sort {
        InputSort::Words => Some((input.words.iter().map(word).collect(), false)),
        InputSort::Flag => {
            Some((["true", "false"].map(str::to_owned).iter().map(word).collect(), false))
        }
        InputSort::Date => Some((vec![today(book)], false)),
        InputSort::Notes => {
            let config = &book.site().config;
            let kinds: Vec<KindId> =
                input.kinds.iter().filter_map(|name| config.kind_named(name)).collect();
            Some(notes(book, (!kinds.is_empty()).then_some(&kinds), query))
        }
        InputSort::Text | InputSort::Number => None,
    }
}

fn today(book: EditedBook<'_>) -> CompletionOffer {
    let today = book.site().today.to_string();
    CompletionOffer::new(&today, "today", OfferSort::Date, today.clone())
}

/// Returns the notes of some kinds, or of all, that a query finds.
fn notes(
    book: EditedBook<'_>,
    kinds: Option<&Vec<KindId>>,
    query: &str,
) -> (Vec<CompletionOffer>, bool) {
    let Some(kinds) = kinds else {
        let (found, has_more) = book.view.names().find(query, MAX_OFFERED);
        let offer =
            |note: &NamedNote| CompletionOffer::of_note(book, note.id, note.written.clone());
        return (found.into_iter().map(offer).collect(), has_more);
    };
    let words: Vec<String> = query.split_whitespace().map(fold).collect();
    let mut found = offered_notes(book.site(), Some(kinds));
    found.retain(|(_, choice)| {
        let names = [fold(&choice.shown), fold(&choice.written)];
        words.iter().all(|word| names.iter().any(|name| name.contains(word.as_str())))
    });
    let has_more = found.len() > MAX_OFFERED;
    found.truncate(MAX_OFFERED);
    let offer = |(id, choice): (_, FieldChoice)| CompletionOffer::of_note(book, id, choice.written);
    (found.into_iter().map(offer).collect(), has_more)
}

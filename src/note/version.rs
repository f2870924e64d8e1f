//! The versions of a work: the notes at one place in several languages. What the work says of itself in its front
//! matter, its original says for all of them.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::{
    Citation, Facts, FieldValue, Note, NoteCard, NoteChange, NoteSpans, Origin, RefField, Status,
    StatusDetails, source_at, state_of,
};
use crate::collation::SortKey;
use crate::config::{Config, FieldConfig, UntranslatedNotes};
use crate::language::Language;
use crate::path::{OutputPath, SourcePath};
use crate::template::SharedValue;
use crate::token::WordCounts;

/// Returns a translation with what belongs to the work, as `original` has it: references, dates, sources, and the values
/// of all fields but those that hold text. Of the front matter, the translation keeps its names, its texts, and the
/// changes of its own.
pub fn inherit(config: &Config, original: &Arc<Note>, translation: &Arc<Note>) -> Note {
    let (from, own) = (&original.facts, &translation.facts);
    // A translation that is withdrawn, or not finished, stays so.
    let keeps_status = matches!(own.card.status, Status::Withdrawn | Status::Draft);
    let card = NoteCard {
        title: own.card.title.clone(),
        short: own.card.short.clone(),
        summary: own.card.summary.clone(),
        url: own.card.url.clone(),
        status: if keeps_status { own.card.status } else { from.card.status },
        updated: own.card.updated.or(from.card.updated),
        language: own.card.language.clone(),
        kind_title: own.card.kind_title.clone(),
        state: state(config, from, &own.place.language),
        ..NoteCard::clone(&from.card)
    };
    let language = Some(from.card.language.clone());
    let changes = if own.changes.is_empty() {
        let changes = from.changes.iter().cloned();
        changes.map(|change| NoteChange { language: language.clone(), ..change }).collect()
    } else {
        own.changes.clone()
    };
    let mut standing = if keeps_status {
        own.standing.clone()
    } else {
        StatusDetails { language: language.clone(), ..from.standing.clone() }
    };
    // Words are those of the translation where it has them.
    if own.standing.withdrawn_reason.is_some() {
        standing.withdrawn_reason = own.standing.withdrawn_reason.clone();
        standing.language = None;
    }
    let sources = from.sources.iter().cloned();
    let sources = sources.map(|source| Citation { language: language.clone(), ..source });
    let facts = Facts {
        card: SharedValue::new(card),
        references: from.references.clone(),
        values: values(&config.kind(own.kind).fields, from, own),
        sources: sources.collect(),
        last_change: changes.iter().map(|change: &NoteChange| change.date).max(),
        changes,
        standing,
        review_by: from.review_by,
        reviewed_on: from.reviewed_on,
        published: from.published,
        order: from.order,
        ..own.clone()
    };
    Note {
        facts,
        differing: differing(config, from, own),
        made_of: vec![Arc::clone(original), Arc::clone(translation)],
        // The places of references are in the file of the original.
        spans: NoteSpans { references: Vec::new(), ..translation.spans.clone() },
        ..copy(translation)
    }
}

/// Returns the note that stands for a work in a language that it was not translated into: a page with the text of the
/// version `shown`, between words of that language, or only an entry of lists.
pub fn untranslated(config: &Config, shown: &Arc<Note>, language: &Language) -> Note {
    let source = version_source(config, shown, language);
    let mut place = super::place(&source, config);
    let from = &shown.facts;
    let is_listed =
        !from.place.is_index() && config.untranslated(language) == UntranslatedNotes::Link;
    let origin = match from.origin {
        _ if is_listed => Origin::Listed,
        Origin::File => Origin::Untranslated,
        origin => origin,
    };
    if is_listed {
        place.output = from.place.output.clone();
    }
    // A note that moved was known in this language at its former address, too.
    let prefix = |language: &Language| match language == config.language() {
        true => String::new(),
        false => format!("{language}/"),
    };
    let former = |address: &OutputPath| {
        let path = address.as_str().strip_prefix(&prefix(&from.place.language))?;
        Some(OutputPath::new(format!("{}{path}", prefix(language))))
    };
    let redirects = from.redirects.iter().filter_map(former).collect();
    let card = NoteCard {
        url: place.output.clone(),
        kind_title: config.kind_in(from.kind, language).title.clone(),
        state: state(config, from, language),
        ..NoteCard::clone(&from.card)
    };
    let facts = Facts {
        sort_key: SortKey::new(&card.title, &card.language, language),
        card: SharedValue::new(card),
        place,
        redirects,
        translation: None,
        recorded: None,
        origin,
        // The name fits into sentences of its own language.
        in_sentence: None,
        ..from.clone()
    };
    Note {
        source,
        facts,
        spans: NoteSpans::default(),
        words: WordCounts::default().into(),
        made_of: vec![Arc::clone(shown)],
        ..copy(shown)
    }
}

/// Returns the word of a note that says whether its matter is open, as readers of a language see it.
fn state(config: &Config, facts: &Facts, language: &Language) -> Option<String> {
    let (field, word) = state_of(&config.kind_in(facts.kind, language).fields, &facts.values)?;
    Some(field.shape.as_type().filter_label(word))
}

/// Returns a copy of a note, which shares its text.
fn copy(note: &Note) -> Note {
    Note {
        source: note.source.clone(),
        facts: note.facts.clone(),
        body: Arc::clone(&note.body),
        excerpts: Arc::clone(&note.excerpts),
        parts: Arc::clone(&note.parts),
        words: note.words.clone(),
        small_names: OnceLock::new(),
        exceptions: note.exceptions.clone(),
        made_of: Vec::new(),
        differing: Vec::new(),
        spans: note.spans.clone(),
        diagnostics: Vec::new(),
    }
}

/// Returns the path that the version in `language` of the work of a note has, or would have.
pub fn version_source(config: &Config, note: &Note, language: &Language) -> SourcePath {
    let place = &note.facts.place;
    source_at(config, &place.path, place.is_index(), language)
}

/// Returns the values of a translation: its own texts, and otherwise the values of the original.
fn values(fields: &[FieldConfig], from: &Facts, own: &Facts) -> Vec<FieldValue> {
    let is_text =
        |value: &&FieldValue| fields[usize::from(value.field)].shape.as_type().is_translated();
    let texts: Vec<&FieldValue> = own.values.iter().filter(is_text).collect();
    let translated: BTreeSet<u16> = texts.iter().map(|value| value.field).collect();
    let inherited = from.values.iter().filter(|value| !translated.contains(&value.field));
    let language = Some(&from.card.language);
    let inherited = inherited.map(|value| FieldValue {
        language: language.filter(|_| is_text(&value)).cloned(),
        ..value.clone()
    });
    let mut all: Vec<FieldValue> = inherited.chain(texts.into_iter().cloned()).collect();
    all.sort_by_key(|value| value.field);
    all
}

/// Returns the keys of the values that a translation repeats otherwise than its original has them.
fn differing(config: &Config, from: &Facts, own: &Facts) -> Vec<String> {
    let fields = &config.kind(own.kind).fields;
    let mut keys: BTreeSet<&str> = BTreeSet::new();
    let ways = [RefField::Supersedes, RefField::Sources].into_iter();
    for way in ways.chain((0..fields.len() as u16).map(RefField::Own)) {
        let named = |facts: &Facts| -> Vec<(bool, String)> {
            let named = facts.references[facts.references_in(way)].iter();
            named.map(|named| (named.inferred, named.target.key.to_string())).collect()
        };
        let (said, repeated) = (named(from), named(own));
        if !repeated.is_empty() && said != repeated {
            keys.insert(match way {
                RefField::Supersedes => "supersedes",
                RefField::Sources => "sources",
                RefField::Own(at) => &fields[usize::from(at)].name,
            });
        }
    }
    for value in &own.values {
        let field = &fields[usize::from(value.field)];
        let said = from.values.iter().find(|said| said.field == value.field);
        if !field.shape.as_type().is_translated()
            && said.is_none_or(|said| said.items != value.items)
        {
            keys.insert(&field.name);
        }
    }
    let dates = [
        ("date", own.card.date, from.card.date),
        ("review-by", own.review_by, from.review_by),
        ("reviewed-on", own.reviewed_on, from.reviewed_on),
        ("published", own.published, from.published),
    ];
    keys.extend(dates.iter().filter(|(_, own, said)| own.is_some() && own != said).map(|d| d.0));
    keys.extend((own.order.is_some() && own.order != from.order).then_some("order"));
    let has_status = own.card.status != Status::default();
    keys.extend((has_status && own.card.status != from.card.status).then_some("status"));
    keys.into_iter().map(str::to_owned).collect()
}

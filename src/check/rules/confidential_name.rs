//! The part of the rule `confidential-name` that needs the whole book: who is named.

use std::collections::BTreeSet;

use crate::check::occurrences::{Occurrence, occurrences_of};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::note::{Note, NoteId, RefField};
use crate::parse::rules::confidential_name::{FIELD, IS, MAY_NAME, NAMES, RULE};
use crate::site::Site;
use crate::span::Span;
use crate::terms::NameMatcher;

/// Reports names that are links or fields.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    for (id, note) in site.notes().filter(|(_, note)| says_so(&site.config, note)) {
        let named = named_by_occurrences(site, id).filter(|found| !found.2);
        let finding = |(span, named, _)| finding(site, note, span, named);
        out.extend(named.map(finding));
    }
}

/// Reports names that stand in words: each once a note, at its first place, unless it is a link too.
pub(super) fn check_words(site: &Site, out: &mut Vec<Diagnostic>) {
    let closed = || site.notes().filter(|(_, note)| says_so(&site.config, note));
    if closed().next().is_none() {
        return;
    }
    let kinds = site.config.check.kinds(&RULE, &NAMES);
    let named = site.notes().filter(|(_, note)| kinds.contains(&note.facts.kind));
    let names = NameMatcher::new(named.flat_map(|(id, Note { facts, .. })| {
        facts.other_names().chain([facts.card.title.as_str()]).map(move |name| (name, id.0))
    }));
    for (id, note) in closed() {
        let mut known: BTreeSet<NoteId> =
            named_by_occurrences(site, id).map(|(_, named, _)| named).collect();
        let mut find = |text: &str, place: &dyn Fn(usize) -> Span| {
            for (at, _, named) in names.all_in(text) {
                if known.insert(NoteId(named)) {
                    out.push(finding(site, note, place(at), NoteId(named)));
                }
            }
        };
        let title = note.spans.title;
        front(note).for_each(|text| find(text, &|_| title));
        find(&without_tags(&note.body.html), &|at| {
            let start = note.spans.block_at(at as u32).unwrap_or(title.start);
            Span { start, end: start }
        });
    }
}

/// Returns the texts of the front matter that readers see.
fn front(note: &Note) -> impl Iterator<Item = &String> {
    let facts = &note.facts;
    let head = [Some(&facts.card.title), facts.card.summary.as_ref()].into_iter().flatten();
    let values = facts.values.iter().flat_map(|value| &value.items);
    head.chain(values).chain(facts.changes.iter().map(|change| &change.text))
}

/// Returns HTML with spaces where its tags were, so that each word stands where it stood.
fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for (at, piece) in html.split('<').enumerate() {
        let tag = if at == 0 { 0 } else { piece.find('>').map_or(piece.len(), |end| end + 1) };
        text.extend(std::iter::repeat_n(' ', tag + usize::from(at > 0)));
        text.push_str(&piece[tag..]);
    }
    text
}

/// Returns the notes of the kinds concerned that links and fields of a note name, with the place, and whether they
/// may be named there.
fn named_by_occurrences(site: &Site, id: NoteId) -> impl Iterator<Item = (Span, NoteId, bool)> {
    let kinds = site.config.check.kinds(&RULE, &NAMES);
    let occurrences = occurrences_of(site, id, |resolution| resolution.note().is_some());
    occurrences.filter_map(move |occurrence| {
        let named = occurrence.resolution.note()?;
        let is_meant = kinds.contains(&site.note(named).facts.kind);
        is_meant.then(|| (occurrence.span, named, may_name(site, &occurrence)))
    })
}

/// Says whether a field of the note says that it is confidential.
pub(crate) fn is_confidential(site: &Site, id: NoteId) -> bool {
    says_so(&site.config, site.note(id))
}

fn says_so(config: &Config, note: &Note) -> bool {
    let (field, is) = (config.check.text(&RULE, &FIELD), config.check.texts(&RULE, &IS));
    let fields = &config.kind(note.facts.kind).fields;
    note.facts.values.iter().any(|value| {
        fields[usize::from(value.field)].name == field
            && value.items.iter().any(|item| is.contains(item))
    })
}

fn may_name(site: &Site, occurrence: &Occurrence<'_>) -> bool {
    match occurrence.field {
        Some(RefField::Own(at)) => {
            let field = &site.config.kind(occurrence.note.facts.kind).fields[usize::from(at)];
            site.config.check.texts(&RULE, &MAY_NAME).contains(&field.name)
        }
        // A source is public, whoever wrote it.
        Some(RefField::Sources | RefField::Supersedes) => true,
        None => false,
    }
}

fn finding(site: &Site, note: &Note, span: Span, named: NoteId) -> Diagnostic {
    let title = &site.note(named).facts.card.title;
    let message = format!("this note may not say who took part, and names \"{title}\"");
    let help = "take the name out, or say \"a donor\" or \"an operator\" in its place";
    Diagnostic::error(&note.source, span, &RULE, message).help(help)
}

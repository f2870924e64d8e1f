//! The part of the rule `unknown-key` that needs the whole book: keys of front matter that are like none that a note
//! can have. Another program may read them, in many notes, so each is reported once.

use std::collections::BTreeMap;

use crate::config::note_keys;
use crate::diagnostic::Diagnostic;
use crate::note::{Note, Origin};
use crate::site::Site;
use crate::span::Span;
use crate::table::rules::unknown_key::RULE;

/// The most keys that the help lists.
const LISTED: usize = 50;

/// Reports each key at the first note that has it, and says how many notes do.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let mut found: BTreeMap<&str, (&Note, Span, usize)> = BTreeMap::new();
    let notes = site.notes().map(|(_, note)| note);
    let notes = notes.filter(|note| note.facts.origin == Origin::File);
    for note in notes.chain(site.drafts.iter().map(|draft| &**draft)) {
        for (key, span) in note.facts.other_keys.iter().zip(&note.spans.other_keys) {
            let (first, at, count) = found.entry(key).or_insert((note, *span, 0));
            *count += 1;
            if note.source < first.source {
                (*first, *at) = (note, *span);
            }
        }
    }
    let mut found: Vec<(&Note, Span, &str, usize)> =
        found.into_iter().map(|(key, (note, span, count))| (note, span, key, count)).collect();
    found.sort_by_key(|(note, span, ..)| (&note.source, span.start));
    let all = found.iter().map(|(.., key, _)| format!("\"{key}\"")).take(LISTED);
    let all: Vec<String> = all.collect();
    for (at, (note, span, key, count)) in found.into_iter().enumerate() {
        let message = match count {
            1 => format!("nothing here is called \"{key}\""),
            count => format!("nothing here is called \"{key}\", and {count} notes have it"),
        };
        let mut diagnostic = Diagnostic::error(&note.source, span, &RULE, message);
        // One list is enough.
        if at == 0 {
            let fields = &site.config.kind(note.facts.kind).fields;
            let mut keys: Vec<&str> = note_keys::names().collect();
            keys.extend(fields.iter().map(|field| field.name.as_str()));
            let keys = keys.join(", ");
            diagnostic = diagnostic.help(format!("the keys that can stand here are: {keys}"));
            diagnostic = diagnostic.help(format!(
                "if other programs read it, write below [check] in {}: unknown-key = {{ allow = [{}] }}",
                site.config.path,
                all.join(", ")
            ));
        }
        out.push(diagnostic);
    }
}

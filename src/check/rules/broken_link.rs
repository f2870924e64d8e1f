//! The part of the rule `broken-link` that needs the whole book: links and references that name no note.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use super::missing_asset;
use crate::check::candidates::NamesByKind;
use crate::check::occurrences::{Occurrence, occurrences};
use crate::config::KindId;
use crate::diagnostic::Diagnostic;
use crate::graph::Resolution;
use crate::nearest::{SUGGESTED, Suggestions};
use crate::note::{Facts, RefField, key};
use crate::parse::rules::broken_link;
use crate::path::SourcePath;
use crate::scheme::whole_address;
use crate::site::{Site, menu_note};
use crate::table::{quoted, suggest};

/// The most names that somebody may have written into one text.
const FEW: usize = 20;

/// Runs the check.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    report(site, occurrences(site, |resolution| *resolution == Resolution::Missing), 0, out);
}

/// Reports links and references that name no note. The first [`SUGGESTED`] of the book have suggestions; `notes` is the number of
/// those before.
pub(in crate::check) fn report<'a>(
    site: &'a Site,
    broken: impl Iterator<Item = Occurrence<'a>>,
    mut notes: usize,
    out: &mut Vec<Diagnostic>,
) {
    let called = LazyCell::new(|| SuggestedNames::new(site));
    let candidates = LazyCell::new(|| NamesByKind::new(site));
    let drafts = LazyCell::new(|| drafts(site));
    for occurrence in broken.filter(|occurrence| !missing_asset::names_file(occurrence)) {
        let address = whole_address(&occurrence.target.written);
        if let Some(address) = address.filter(|_| occurrence.field.is_none()) {
            out.push(without_scheme(&occurrence, &address));
            continue;
        }
        notes += 1;
        let suggests = notes <= SUGGESTED;
        let near = || if suggests { called.near(site, &occurrence) } else { Vec::new() };
        let missing = missing_note(site, &occurrence, &drafts, near);
        out.push(match kinds_of(site, &occurrence) {
            [] => missing,
            _ if !suggests || occurrence.target.key.is_empty() => missing,
            kinds => in_field(site, &occurrence, &called, missing, &candidates, kinds),
        });
    }
}

/// Looks for entries of `menu` in the configuration that name neither a kind nor a note: the navigation of
/// every page would lack something.
pub(crate) fn check_menu(site: &Site, out: &mut Vec<Diagnostic>) {
    let config = &site.config;
    let names = LazyCell::new(|| {
        let kinds = config.kinds.iter().map(|kind| kind.name.as_str());
        Suggestions::new(kinds.chain(site.notes.iter().map(|note| &*note.facts.place.path)))
    });
    for entry in &config.menu {
        if menu_note(config, &site.notes, &site.graph, &entry.text, config.language()).is_some() {
            continue;
        }
        let path = SourcePath::new(config.path.as_str());
        let message =
            format!("the menu names \"{}\", which is neither a kind nor a note", entry.text);
        let mut diagnostic = Diagnostic::error(&path, entry.span, &broken_link::RULE, message);
        suggest(&mut diagnostic, &entry.text, &names.near(&entry.text), quoted);
        out.push(diagnostic);
    }
}

/// Adds the help for a field that names no note of `kinds`.
fn in_field(
    site: &Site,
    occurrence: &Occurrence<'_>,
    called: &SuggestedNames<'_>,
    missing: Diagnostic,
    candidates: &NamesByKind<'_>,
    kinds: &[KindId],
) -> Diagnostic {
    let parts: Vec<&str> = occurrence.target.written.split([',', ';']).map(str::trim).collect();
    let is_list = is_many(site, occurrence) && parts.len() > 1;
    let are_names = || parts.iter().all(|part| called.keys.contains(key(part).as_str()));
    if is_list && parts.len() <= FEW && are_names() {
        let quoted: Vec<String> = parts.iter().map(|part| format!("\"{part}\"")).collect();
        let list = quoted.join(", ");
        return missing.help(format!("write each name in quotes of its own: {list}"));
    }
    // What is a draft, or stands on the web, is known.
    if !missing.help.is_empty() {
        return missing;
    }
    let listed = candidates.listed(kinds, !missing.meant.is_empty());
    listed.into_iter().fold(missing, Diagnostic::help)
}

/// Reports a link to another site, or to somebody's mail, that lacks its scheme.
fn without_scheme(occurrence: &Occurrence<'_>, address: &str) -> Diagnostic {
    let (scheme, written) = match address.strip_prefix("mailto:") {
        Some(written) => ("mailto:", written),
        None => ("https://", address.trim_start_matches("https://")),
    };
    let message = format!("\"{written}\" leads out of the book, and does not begin with {scheme}");
    occurrence.error(&broken_link::RULE, message).help(format!("write {address}"))
}

fn missing_note<'a>(
    site: &'a Site,
    occurrence: &Occurrence<'_>,
    drafts: &BTreeMap<&str, usize>,
    near: impl FnOnce() -> Vec<&'a str>,
) -> Diagnostic {
    let target = occurrence.target;
    let error = |message| occurrence.error(&broken_link::RULE, message);
    if target.key.is_empty() {
        return error("this link leads nowhere".to_owned());
    }
    let name = &*target.path;
    if let Some(draft) = drafts.get(target.key.trim_start_matches('/')) {
        let draft = &site.drafts[*draft].source;
        return error(format!("\"{name}\" is a draft, so readers can't follow this link"))
            .help(format!("publish {draft} too, or take the link out"));
    }
    let missing = error(format!("no note is called \"{name}\""));
    let missing = occurrence.suggest(missing, &near());
    let written = &*target.written;
    let on_web = || {
        if written.starts_with("https://") || written.starts_with("http://") {
            Some(written.to_owned())
        } else {
            whole_address(written)
        }
    };
    match (occurrence.field == Some(RefField::Sources)).then(on_web).flatten() {
        Some(url) => missing.help(format!(
            "for a source on the web write two lines in place of ref: title = \"…\" and url = \"{url}\""
        )),
        None => missing,
    }
}

/// Returns the drafts by all their names; of two with one name the first.
fn drafts(site: &Site) -> BTreeMap<&str, usize> {
    let mut drafts = BTreeMap::new();
    for (at, draft) in site.drafts.iter().enumerate() {
        let facts = &draft.facts;
        let names = facts.names.iter().map(|name| name.key.as_str());
        for name in [&*facts.place.key].into_iter().chain(names) {
            drafts.entry(name).or_insert(at);
        }
    }
    drafts
}

/// The names of notes, to be suggested.
struct SuggestedNames<'a> {
    paths: Suggestions<'a>,
    names: Suggestions<'a>,
    /// The note of each name, as its place among all notes.
    of_note: Vec<usize>,
    /// All names of notes, as links are looked up.
    keys: BTreeSet<&'a str>,
}

impl<'a> SuggestedNames<'a> {
    fn new(site: &'a Site) -> Self {
        let facts = || site.notes.iter().map(|note| &note.facts);
        // A title that the stem of the file stands for as well is no second suggestion.
        let apart = |facts: &'a Facts| {
            let first = facts.names.first().map(|name| &name.key);
            let apart = facts.names.iter().skip(1).filter(move |name| Some(&name.key) != first);
            facts.names.iter().take(1).chain(apart)
        };
        let names = facts().flat_map(|facts| apart(facts).map(|name| name.written.as_str()));
        Self {
            paths: Suggestions::new(facts().map(|facts| &*facts.place.path)),
            names: Suggestions::new(names),
            of_note: facts()
                .enumerate()
                .flat_map(|(at, facts)| apart(facts).map(move |_| at))
                .collect(),
            keys: facts()
                .flat_map(|facts| {
                    facts.names.iter().map(|name| &*name.key).chain([&*facts.place.key])
                })
                .collect(),
        }
    }

    /// Finds names near to what was written: paths where a path was written, else names of notes.
    /// In a field, notes of the kinds it takes come first. Names in the language of the note come before others.
    fn near(&self, site: &Site, occurrence: &Occurrence<'_>) -> Vec<&'a str> {
        let wanted = occurrence.target.path.trim_end_matches(".md").trim_matches('/');
        let wanted = wanted.trim_start_matches("../").trim_start_matches("./");
        let kinds = kinds_of(site, occurrence);
        let language = &occurrence.note.facts.place.language;
        let is_own = |facts: &Facts| facts.place.language == *language;
        let is_kind = |facts: &Facts| kinds.contains(&facts.kind);
        let first_found = [
            self.near_among(wanted, |facts| is_kind(facts) && is_own(facts), site),
            self.near_among(wanted, is_kind, site),
            self.near_among(wanted, is_own, site),
        ];
        let found = first_found.into_iter().find(|found| !found.is_empty());
        found.unwrap_or_else(|| self.near_among(wanted, |_| true, site))
    }

    fn near_among(
        &self,
        wanted: &str,
        is_meant: impl Fn(&Facts) -> bool,
        site: &Site,
    ) -> Vec<&'a str> {
        if wanted.contains('/') {
            let is_meant = |at: usize| is_meant(&site.notes[at].facts);
            let near = self.paths.near_where(wanted, is_meant);
            if !near.is_empty() {
                return near;
            }
        }
        let near = |wanted| {
            self.names.near_where(wanted, |at| is_meant(&site.notes[self.of_note[at]].facts))
        };
        let stem = wanted.rsplit('/').next().unwrap_or(wanted);
        let of_stem = near(stem);
        // A title may hold a slash.
        if of_stem.is_empty() && stem != wanted { near(wanted) } else { of_stem }
    }
}

/// Says whether the field of a reference takes several notes.
fn is_many(site: &Site, occurrence: &Occurrence<'_>) -> bool {
    let Some(RefField::Own(at)) = occurrence.field else { return true };
    site.config.kind(occurrence.note.facts.kind).fields[usize::from(at)].many
}

/// Returns the kinds that the field of a reference takes.
pub(super) fn kinds_of<'a>(site: &'a Site, occurrence: &Occurrence<'_>) -> &'a [KindId] {
    let Some(RefField::Own(at)) = occurrence.field else { return &[] };
    let field = &site.config.kind(occurrence.note.facts.kind).fields[usize::from(at)];
    field.shape.as_reference().map_or(&[], |reference| &reference.to)
}

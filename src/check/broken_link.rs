#![doc = include_str!("../manual/broken-link.md")]
#![doc = include_str!("../manual/missing-asset.md")]

use super::{Pointing, pointings};
use crate::config::{KindId, Shape};
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Resolution;
use crate::nearest::nearest;
use crate::note::{Facts, RefField};
use crate::site::Site;

/// For how many broken links names are suggested: each costs a look at every name of the book.
const SUGGESTED: usize = 200;

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let broken = pointings(site, |resolution| *resolution == Resolution::Missing);
    for (number, pointing) in broken.enumerate() {
        let path = &*pointing.target.path;
        out.push(match file_ending(path) {
            Some(_) => missing_file(site, &pointing),
            None => missing_note(site, &pointing, number < SUGGESTED),
        });
    }
}

fn missing_note(site: &Site, pointing: &Pointing<'_>, suggest: bool) -> Diagnostic {
    let target = pointing.target;
    let error = |message| pointing.error(Code::BrokenLink, message);
    if target.key.is_empty() {
        return error("this link leads nowhere".to_owned());
    }
    let name = &*target.path;
    if let Some(draft) = draft_called(site, target.key.trim_start_matches('/')) {
        return error(format!("\"{name}\" is a draft, so readers can't follow this link"))
            .help(format!("publish {draft} too, or take the link out"));
    }
    let diagnostic = error(format!("no note is called \"{name}\""));
    match suggest {
        true => diagnostic.did_you_mean(&near_names(site, pointing)),
        false => diagnostic,
    }
}

/// The names near to what was written: paths where a path was written, else what notes are called.
/// In a field, notes of the kinds it takes come first.
fn near_names<'a>(site: &'a Site, pointing: &Pointing<'_>) -> Vec<&'a str> {
    let wanted = pointing.target.path.trim_end_matches(".md").trim_matches('/');
    let wanted = wanted.trim_start_matches("../").trim_start_matches("./");
    let kinds = kinds_of(site, pointing);
    let of_kind = near_among(wanted, || facts(site).filter(|facts| kinds.contains(&facts.kind)));
    match of_kind.is_empty() {
        true => near_among(wanted, || facts(site)),
        false => of_kind,
    }
}

fn facts(site: &Site) -> impl Iterator<Item = &Facts> + Clone {
    site.notes.iter().map(|note| &note.facts)
}

/// The kinds that the field takes in which the reference stands.
fn kinds_of<'a>(site: &'a Site, pointing: &Pointing<'_>) -> &'a [KindId] {
    let Some(RefField::Own(at)) = pointing.field else { return &[] };
    match &site.config.kind(pointing.note.facts.kind).fields[usize::from(at)].shape {
        Shape::Reference { to, .. } => to,
        _ => &[],
    }
}

fn near_among<'a, I: Iterator<Item = &'a Facts> + Clone>(
    wanted: &str,
    facts: impl Fn() -> I,
) -> Vec<&'a str> {
    if wanted.contains('/') {
        let near = nearest(wanted, facts().map(|facts| &*facts.place.path));
        if !near.is_empty() {
            return near;
        }
    }
    let stem = wanted.rsplit('/').next().unwrap_or(wanted);
    // A title that the stem of the file stands for as well is no second suggestion.
    let names = facts().flat_map(|facts| {
        let first = facts.names.first().map(|name| &name.key);
        let apart = facts.names.iter().skip(1).filter(move |name| Some(&name.key) != first);
        facts.names.iter().take(1).chain(apart).map(|name| name.written.as_str())
    });
    let near = nearest(stem, names.clone());
    // A title may hold a slash.
    if near.is_empty() && stem != wanted { nearest(wanted, names) } else { near }
}

fn draft_called<'a>(site: &'a Site, key: &str) -> Option<&'a str> {
    let called =
        |facts: &Facts| *facts.place.key == *key || facts.names.iter().any(|name| name.key == key);
    let draft = site.drafts.iter().find(|note| called(&note.facts));
    draft.map(|note| note.source.as_str())
}

fn missing_file(site: &Site, pointing: &Pointing<'_>) -> Diagnostic {
    let path = &*pointing.target.path;
    let name = path.rsplit('/').next().unwrap_or(path);
    let names = site.files.iter().map(|(output, _)| output.as_str());
    let near = nearest(name, names.map(|path| path.rsplit('/').next().unwrap_or(path)));
    let message = format!("there is no file \"{path}\"");
    let other_case = site.files.iter().find(|(output, _)| {
        let found = output.as_str().rsplit('/').next().unwrap_or_default();
        found != name && found.to_lowercase() == name.to_lowercase()
    });
    let diagnostic = pointing.error(Code::MissingAsset, message).did_you_mean(&near);
    match (other_case, near.is_empty()) {
        (Some(_), _) => diagnostic.help("small and capital letters count in the name of a file"),
        (None, true) => {
            diagnostic.help("a file lies beside the note that shows it, or in the folder static")
        }
        (None, false) => diagnostic,
    }
}

/// The ending of a file that is no note.
fn file_ending(path: &str) -> Option<&str> {
    let (_, ending) = path.rsplit('/').next()?.rsplit_once('.')?;
    let is_ending = (2..=5).contains(&ending.len())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && ending.bytes().any(|byte| byte.is_ascii_alphabetic());
    (is_ending && !matches!(ending, "md" | "html")).then_some(ending)
}

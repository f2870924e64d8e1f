//! The part of the rule `file-name` that needs the whole book: names of folders.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::note::Origin;
use crate::parse::rules::file_name;
use crate::site::Site;
use crate::slug::{fit, is_fit};
use crate::span::Span;

/// Reports names of folders, each at the first note in it. The name of a file is looked at where it is parsed.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let notes = site.notes().map(|(_, note)| note);
    let notes = notes.filter(|note| note.facts.origin == Origin::File);
    let (mut last, mut seen) = ("", BTreeSet::new());
    for note in notes.chain(site.drafts.iter().map(|draft| &**draft)) {
        let folder = &*note.facts.place.folder;
        // Notes come in the order of their paths.
        if folder == last {
            continue;
        }
        last = folder;
        let mut end = 0;
        let wrong = folder.split('/').find(|part| {
            end += part.len() + 1;
            !is_fit(part)
        });
        if let Some(part) = wrong
            && seen.insert(&folder[..end - 1])
        {
            let message = format!("\"{part}\" makes an address that is hard to pass on");
            let help = match fit(part) {
                Some(name) => format!("rename the folder: {name}"),
                None => "rename the folder: a name holds letters, digits and hyphens".to_owned(),
            };
            let warning =
                Diagnostic::warning(&note.source, Span::default(), &file_name::RULE, message);
            out.push(warning.help(help));
        }
    }
}

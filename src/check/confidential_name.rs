#![doc = include_str!("../manual/confidential-name.md")]

use super::Pointing;
use crate::config::{Confidential, Config};
use crate::diagnostic::{Code, Diagnostic};
use crate::note::{Note, NoteId, RefField};
use crate::site::Site;

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let Some(rule) = &site.config.check.confidential else { return };
    for (id, _) in site.notes().filter(|(_, note)| is_confidential(&site.config, note, rule)) {
        for pointing in super::pointings_of(site, id, |resolution| resolution.note().is_some()) {
            let Some(named) = pointing.resolution.note() else { continue };
            if rule.names.contains(&site.note(named).facts.kind) && !may_name(site, &pointing, rule)
            {
                out.push(finding(site, &pointing, named));
            }
        }
    }
}

/// Whether a field of the note says that it is confidential.
fn is_confidential(config: &Config, note: &Note, rule: &Confidential) -> bool {
    let fields = &config.kind(note.facts.kind).fields;
    note.facts.values.iter().any(|value| {
        fields[usize::from(value.field)].name == rule.field
            && value.items.iter().any(|item| rule.is.contains(item))
    })
}

fn may_name(site: &Site, pointing: &Pointing<'_>, rule: &Confidential) -> bool {
    match pointing.field {
        Some(RefField::Own(at)) => {
            let field = &site.config.kind(pointing.note.facts.kind).fields[usize::from(at)];
            rule.may_name.contains(&field.name)
        }
        // A source is public, whoever wrote it.
        Some(RefField::Sources | RefField::Supersedes) => true,
        None => false,
    }
}

fn finding(site: &Site, pointing: &Pointing<'_>, named: NoteId) -> Diagnostic {
    let title = &site.note(named).facts.card.title;
    let message = format!("this note may not say who took part, and names \"{title}\"");
    let help = "take the name out, or say \"a donor\" or \"an operator\" in its place";
    pointing.warning(Code::ConfidentialName, message).help(help)
}

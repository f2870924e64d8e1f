//! Findings that say the same again and again, said once: a page pasted as HTML has an element that notes
//! can't hold in each of its lines.

use crate::diagnostic::Diagnostic;
use crate::parse::rules::refused_html;

/// The most findings of one note that are said one by one.
const FEW: usize = 4;

/// The most names of what is left out that are said.
const NAMED: usize = 8;

/// What to do where much of it is HTML.
const PASTED: &str = "if this was pasted from a page, paste it as plain text (Ctrl+Shift+V), and add headings and links \
                      in Markdown";

/// Makes one of the findings about HTML, if they are many. They are in the order of their places.
pub(super) fn gather(found: &mut Vec<Diagnostic>) {
    let is_meant = |found: &Diagnostic| found.rule == &refused_html::RULE;
    let count = found.iter().filter(|found| is_meant(found)).count();
    if count <= FEW {
        return;
    }
    let mut named: Vec<&str> = Vec::new();
    for message in found.iter().filter(|found| is_meant(found)).map(|found| &found.message) {
        if let Some(name) =
            message.strip_suffix(" is left out").filter(|name| !named.contains(name))
        {
            named.push(name);
            if named.len() > NAMED {
                break;
            }
        }
    }
    let more = if named.len() > NAMED { " and more" } else { "" };
    named.truncate(NAMED);
    let message = format!("{count} pieces of HTML are left out: {}{more}", named.join(", "));
    let mut first = true;
    found.retain_mut(|found| {
        let stays = !is_meant(found) || first;
        if is_meant(found) && std::mem::take(&mut first) {
            found.message.clone_from(&message);
            found.help.push(PASTED.to_owned());
        }
        stays
    });
}

//! The rule `refused-html`.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule, manual};
use crate::parse::findings::Findings;

/// Raw HTML that is not on the list of what is allowed.
pub const RULE: Rule = Rule {
    name: "refused-html",
    summary: "Raw HTML that is not on the list of what is allowed.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("refused-html"),
};

const HELP: &str = "Markdown can say nearly all that notes need; of HTML, notes may use plain \
                    elements such as details, sub, sup, abbr and tables, without class or style";

/// What is said of an element that is left out, after its name. [`gather`] collects these names.
const LEFT_OUT: &str = " is left out";

/// Reports an element that notes can't hold.
pub(in crate::parse) fn report_element(findings: &mut Findings<'_>, at: &Range<usize>, name: &str) {
    findings.warn(at, &RULE, format!("<{name}>{LEFT_OUT}"), HELP);
}

/// Reports an attribute that elements called `name` can't have.
pub(in crate::parse) fn report_attribute(
    findings: &mut Findings<'_>,
    at: &Range<usize>,
    (name, key): (&str, &str),
) {
    findings.warn(at, &RULE, format!("\"{key}\" of <{name}>{LEFT_OUT}"), HELP);
}

/// Reports a link within a link.
pub(in crate::parse) fn report_nested_link(findings: &mut Findings<'_>, at: &Range<usize>) {
    findings.warn(at, &RULE, "a link can't stand within a link", HELP);
}

/// Reports an id that is not one.
pub(in crate::parse) fn report_id(findings: &mut Findings<'_>, at: &Range<usize>) {
    let message = "an id holds no spaces, so this one is left out";
    findings.warn(at, &RULE, message, "join its words with hyphens");
}

/// The most findings of one note that are said one by one.
const FEW: usize = 4;

/// The most names of what is left out that are said.
const NAMED: usize = 8;

/// What to do where much of it is HTML.
const PASTED: &str = "if this was pasted from a page, paste it as plain text (Ctrl+Shift+V), and add headings and links \
                      in Markdown";

/// Makes one of the findings about HTML, if they are many: a page pasted as HTML has an element that notes can't
/// hold in each of its lines. The findings are in the order of their places.
pub(in crate::parse) fn gather(found: &mut Vec<Diagnostic>) {
    let is_meant = |found: &Diagnostic| found.rule == &RULE;
    let count = found.iter().filter(|found| is_meant(found)).count();
    if count <= FEW {
        return;
    }
    let mut named: Vec<&str> = Vec::new();
    for message in found.iter().filter(|found| is_meant(found)).map(|found| &found.message) {
        if let Some(name) = message.strip_suffix(LEFT_OUT).filter(|name| !named.contains(name)) {
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

//! The summary of a book that was made of notes.

use super::BASELINE;
use crate::authoring::{AdoptedBook, LeftOutNote, counted_by_rule};
use crate::command::terminal::Terminal;
use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;
use crate::report;

/// The most problems that are listed.
const MOST_LISTED: usize = 12;

/// The most notes that the site leaves out that are named.
const MOST_LEFT_OUT: usize = 50;

/// The most keys that are named.
const MOST_KEYS: usize = 40;

/// Says what was made of the notes, and what needs work.
pub(super) fn say(adopted: &AdoptedBook, config: &SourcePath, terminal: &mut Terminal) {
    let kinds = match adopted.kinds.len() {
        0 => "each folder is a kind".to_owned(),
        count => report::count(count, "kind"),
    };
    terminal.say(&format!("A book of {}; {kinds}", report::count(adopted.notes, "note")));
    for (kind, fields) in &adopted.kinds {
        terminal.detail(&format!("kind {kind}: {}", report::count(*fields, "proposed field")));
    }
    left_out(&adopted.left_out, terminal);
    unknown_keys(adopted, config, terminal);
    if !adopted.relaxed.is_empty() {
        let names: Vec<&str> = adopted.relaxed.iter().map(|rule| rule.name).collect();
        terminal.say(&format!("Errors that {config} makes warnings for now: {}", names.join(", ")));
    }
    let errors: Vec<&Diagnostic> =
        adopted.problems.iter().filter(|problem| problem.is_error()).collect();
    if !errors.is_empty() {
        terminal.say(&format!(
            "{} to correct before the site can be built:",
            report::count(errors.len(), "error")
        ));
        for error in errors.iter().take(MOST_LISTED) {
            terminal.say(&format!("  {}: {} [{}]", error.path, error.message, error.rule.name));
        }
        if errors.len() > MOST_LISTED {
            terminal.say(&format!("  and {} more", errors.len() - MOST_LISTED));
        }
    }
    let counts = counted_by_rule(&adopted.problems);
    if !counts.is_empty() {
        terminal.say("What needs work; fieldbook explain NAME says more of each:");
        for (rule, count) in counts.iter().take(MOST_LISTED) {
            terminal.say(&format!("{count:>6}  {:<24} {}", rule.name, rule.summary));
        }
        if counts.len() > MOST_LISTED {
            terminal
                .say(&format!("        and {}", report::count(counts.len() - MOST_LISTED, "rule")));
        }
        terminal.say(&format!(
            "{BASELINE} keeps all of them, so that fieldbook check --baseline {BASELINE} reports only new ones"
        ));
    }
}

/// Names each note that the site leaves out, with the reason.
fn left_out(notes: &[LeftOutNote], terminal: &mut Terminal) {
    if notes.is_empty() {
        return;
    }
    let count = report::count(notes.len(), "note");
    terminal.say(&format!("The site leaves out {count}:"));
    for LeftOutNote { path, line, why } in notes.iter().take(MOST_LEFT_OUT) {
        let line = line.map_or(String::new(), |line| format!(":{line}"));
        terminal.say(&format!("  {path}{line}: {why}"));
    }
    if notes.len() > MOST_LEFT_OUT {
        terminal.say(&format!(
            "  and {} more; fieldbook list notes --status draft names all",
            notes.len() - MOST_LEFT_OUT
        ));
    }
}

/// Names the keys of front matter that no page shows, and says how one is shown.
fn unknown_keys(adopted: &AdoptedBook, config: &SourcePath, terminal: &mut Terminal) {
    let keys = &adopted.unknown_keys;
    if keys.is_empty() {
        return;
    }
    let named = keys.iter().take(MOST_KEYS);
    let mut named: Vec<String> =
        named.map(|(key, notes)| format!("{key} ({})", report::count(*notes, "note"))).collect();
    if keys.len() > MOST_KEYS {
        named.push(format!("and {} more, which {config} lists", keys.len() - MOST_KEYS));
    }
    terminal.say(&format!(
        "No page shows these keys of front matter, which Fieldbook does not know: {}",
        named.join(", ")
    ));
    let has_proposals = adopted.kinds.iter().any(|(_, fields)| *fields > 0);
    let proposed = if has_proposals {
        format!("take away the # before its field in {config}, or ")
    } else {
        String::new()
    };
    terminal.say(&format!(
        "To show one, {proposed}declare a field for it; fieldbook explain shape-your-book says how"
    ));
}

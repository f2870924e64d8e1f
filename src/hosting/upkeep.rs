//! Files that a command writes and updates as long as nobody has changed them: their first line has the fingerprint of the rest.

use crate::fingerprint::name_of;

/// The words before the fingerprint.
const MARK: &str = "Fieldbook updates this file as long as nobody changes it: ";

/// The state of a file that is there, compared with the one to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpkeepState {
    /// It is as it should be.
    UpToDate,
    /// It is as an earlier run wrote it.
    Outdated,
    /// Somebody has changed it, or it is not from such a run.
    Changed,
}

/// Returns the text of a file in YAML, with the line that `command` wrote it.
pub(super) fn kept(command: &str, text: &str) -> String {
    format!("# Made by {command}. {MARK}{}\n{text}", of_text(text))
}

/// Returns the state of a file that is there, compared with the one to write.
pub fn state_of(there: &str, wanted: &str) -> UpkeepState {
    let there = there.replace("\r\n", "\n");
    if there == wanted {
        return UpkeepState::UpToDate;
    }
    let recorded =
        there.split_once('\n').and_then(|(line, text)| Some((line.split_once(MARK)?.1, text)));
    match recorded {
        Some((fingerprint, text)) if fingerprint == of_text(text) => UpkeepState::Outdated,
        _ => UpkeepState::Changed,
    }
}

fn of_text(text: &str) -> String {
    name_of(text.as_bytes())
}

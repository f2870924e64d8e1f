//! Questions to the user, where the standard input is a terminal.

use std::io::{BufRead, IsTerminal};

use super::terminal::Terminal;
use super::{CommandError, CommandOutcome};
use crate::authoring::FieldChoice;

/// The most choices that are shown.
const LISTED: usize = 40;

/// Returns whether somebody can answer.
pub(super) fn can_ask() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Asks for a line; an empty one means `usual`.
pub(super) fn ask(
    terminal: &mut Terminal,
    question: &str,
    usual: &str,
) -> Result<String, CommandError> {
    let usual_shown = if usual.is_empty() { String::new() } else { format!(" [{usual}]") };
    terminal.ask(&format!("{question}{usual_shown}: "));
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    match read {
        Ok(0) => Err(CommandError {
            outcome: CommandOutcome::Usage,
            message: "stopped: there was no answer".to_owned(),
        }),
        Ok(_) if line.trim().is_empty() => Ok(usual.to_owned()),
        Ok(_) => Ok(line.trim().to_owned()),
        Err(error) => Err(CommandError {
            outcome: CommandOutcome::Environment,
            message: format!("the answer can't be read: {error}"),
        }),
    }
}

/// Asks for one or several of some choices, by their numbers or as they are written; nothing is chosen by an empty line.
pub(super) fn choose(
    terminal: &mut Terminal,
    question: &str,
    choices: &[FieldChoice],
    many: bool,
) -> Result<Vec<String>, CommandError> {
    for (number, choice) in (1..).zip(choices).take(LISTED) {
        terminal.ask(&format!("  {number:>2}  {}\n", choice.shown));
    }
    if choices.len() > LISTED {
        terminal.ask(&format!("  and {} more, by their names\n", choices.len() - LISTED));
    }
    let how = match (choices.is_empty(), many) {
        (true, _) => "",
        (false, true) => ", numbers with commas between them",
        (false, false) => ", a number",
    };
    loop {
        let answer = ask(terminal, &format!("{question}{how}"), "")?;
        let typed = if many { answer.split(',').collect() } else { vec![answer.as_str()] };
        let typed = typed.into_iter().map(str::trim).filter(|part| !part.is_empty());
        let chosen: Result<Vec<String>, &str> = typed.map(|part| chosen(choices, part)).collect();
        match chosen {
            Ok(chosen) => return Ok(chosen),
            Err(part) => terminal.ask(&format!("There is no number {part}\n")),
        }
    }
}

/// Returns what an answer means.
fn chosen<'a>(choices: &[FieldChoice], answer: &'a str) -> Result<String, &'a str> {
    match answer.parse::<usize>() {
        Ok(number) if !choices.is_empty() => {
            let choice = number.checked_sub(1).and_then(|at| choices.get(at));
            choice.map(|choice| choice.written.clone()).ok_or(answer)
        }
        _ => {
            let named = choices.iter().find(|choice| choice.shown == answer);
            Ok(named.map_or_else(|| answer.to_owned(), |choice| choice.written.clone()))
        }
    }
}

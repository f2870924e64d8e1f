//! Questions to the user, where the standard input is a terminal.

use std::io::{BufRead, IsTerminal};

use super::terminal::Terminal;
use super::{CommandError, CommandOutcome};
use crate::authoring::FieldChoice;
use crate::slug::fold;

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

/// A question that offers choices.
pub(super) struct ChoiceQuestion<'a> {
    /// The question.
    pub(super) text: &'a str,
    /// The choices.
    pub(super) choices: &'a [FieldChoice],
    /// True if several can be chosen.
    pub(super) many: bool,
    /// True if the answer may be something else.
    pub(super) is_open: bool,
    /// The number of the choice that an empty line means; nothing is chosen by it if there is none.
    pub(super) usual: Option<usize>,
}

impl ChoiceQuestion<'_> {
    /// Asks until the answer is a choice: its number, or its name.
    pub(super) fn ask(&self, terminal: &mut Terminal) -> Result<Vec<String>, CommandError> {
        let Self { text, choices, many, .. } = *self;
        for (number, choice) in (1..).zip(choices).take(LISTED) {
            terminal.ask(&format!("  {number:>2}  {}\n", choice.shown));
        }
        if choices.len() > LISTED {
            terminal.ask(&format!("  and {} more, by their names\n", choices.len() - LISTED));
        }
        let how = match (choices.is_empty(), many) {
            (true, false) => "",
            (true, true) => ", with commas between several",
            (false, true) => ", numbers with commas between them",
            (false, false) => ", a number",
        };
        let usual = self.usual.map_or_else(String::new, |number| number.to_string());
        loop {
            let answer = ask(terminal, &format!("{text}{how}"), &usual)?;
            let typed = if many { answer.split(',').collect() } else { vec![answer.as_str()] };
            let typed = typed.into_iter().map(str::trim).filter(|part| !part.is_empty());
            let chosen: Result<Vec<String>, &str> = typed.map(|part| self.chosen(part)).collect();
            match chosen {
                Ok(chosen) => return Ok(chosen),
                Err(part) => terminal.ask(&format!("\"{part}\" is none of these\n")),
            }
        }
    }

    /// Returns what an answer means.
    fn chosen<'a>(&self, answer: &'a str) -> Result<String, &'a str> {
        if let (Ok(number), false) = (answer.parse::<usize>(), self.choices.is_empty()) {
            let choice = number.checked_sub(1).and_then(|at| self.choices.get(at));
            return choice.map(|choice| choice.written.clone()).ok_or(answer);
        }
        let name = fold(answer);
        let is_meant = |choice: &&FieldChoice| {
            [&choice.shown, &choice.written].iter().any(|known| fold(known) == name)
        };
        match self.choices.iter().find(is_meant) {
            Some(choice) => Ok(choice.written.clone()),
            None if self.is_open => Ok(answer.to_owned()),
            None => Err(answer),
        }
    }
}

//! Runs the command that the command line names, and turns its outcome into an exit code.

mod accept;
mod apart;
mod asked_paths;
mod build;
mod check;
mod ci;
mod diff;
mod explain;
mod fix;
mod fmt;
mod import;
mod init;
mod judged;
mod limits;
mod list;
mod lsp;
mod manual;
mod new;
mod new_files;
mod opened;
mod prompt;
mod propose;
mod relocate;
mod schema;
mod serve;
mod set;
mod terminal;
mod theme;
mod translation;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use clap::error::ContextValue;

use crate::cli::{Cli, Command, CommonArgs};
use crate::disk::{self, DiskError, UnfitFolder};
use crate::report;
use crate::visible::{shown, shown_lines};
use terminal::Terminal;

/// The outcome of a command, with its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CommandOutcome {
    /// Success.
    Fine = 0,
    /// The content has errors.
    Content = 1,
    /// The arguments or the configuration are invalid.
    Usage = 2,
    /// A failure of the system.
    Environment = 3,
}

/// The reason why a command stopped early, in words for the user.
struct CommandError {
    outcome: CommandOutcome,
    message: String,
}

impl CommandError {
    fn usage(message: impl Into<String>) -> Self {
        Self { outcome: CommandOutcome::Usage, message: message.into() }
    }
}

impl From<DiskError> for CommandError {
    fn from(failure: DiskError) -> Self {
        Self { outcome: CommandOutcome::Environment, message: failure.to_string() }
    }
}

impl From<UnfitFolder> for CommandError {
    fn from(unfit: UnfitFolder) -> Self {
        match unfit {
            UnfitFolder::Refused(why) => Self::usage(why),
            UnfitFolder::InTheWay(failure) => failure.into(),
        }
    }
}

/// Runs the command in `arguments`, the first of which is the name of the program.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let usage = error.use_stderr();
            // If even this can't be shown, there is no way to report it.
            let _ = quoted(error).print();
            return ExitCode::from(if usage {
                CommandOutcome::Usage as u8
            } else {
                CommandOutcome::Fine as u8
            });
        }
    };
    let mut terminal = Terminal::new(&cli.common);
    let prepared = limits::prepare().and_then(|()| finish_change(&cli.common, &mut terminal));
    let result = prepared.and_then(|()| match &cli.command {
        Command::Build(arguments) => build::run(&cli.common, arguments, &mut terminal),
        Command::Check(arguments) => check::run(&cli.common, arguments, &mut terminal),
        Command::Fix(arguments) => fix::run(&cli.common, arguments, &mut terminal),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Schema(arguments) => schema::run(&cli.common, arguments, &mut terminal),
        Command::Import(arguments) => import::run(&cli.common, arguments, &mut terminal),
        Command::Serve(arguments) => serve::run(&cli.common, arguments, &mut terminal),
        Command::Lsp(arguments) => lsp::run(&cli.common, arguments),
        Command::Init(arguments) => init::run(&cli.common, arguments, &mut terminal),
        Command::New(arguments) => new::run(&cli.common, arguments, &mut terminal),
        Command::Set(arguments) => set::run(&cli.common, arguments, &mut terminal),
        Command::Fmt(arguments) => fmt::run(&cli.common, arguments, &mut terminal),
        Command::List(arguments) => list::run(&cli.common, arguments, &mut terminal),
        Command::Move(arguments) => relocate::run(&cli.common, arguments, &mut terminal),
        Command::Diff(arguments) => diff::run(&cli.common, arguments, &mut terminal),
        Command::Propose(arguments) => propose::run(&cli.common, arguments, &mut terminal),
        Command::Accept(arguments) => accept::run(&cli.common, arguments, &mut terminal),
        Command::Ci(arguments) => ci::run(&cli.common, arguments, &mut terminal),
        Command::Manual(arguments) => manual::run(arguments, &mut terminal),
        Command::Theme(arguments) => theme::run(&cli.common, arguments, &mut terminal),
        Command::Translation(arguments) => translation::run(&cli.common, arguments, &mut terminal),
    });
    let outcome = result.unwrap_or_else(|failed| {
        terminal.failed(&failed.message);
        failed.outcome
    });
    ExitCode::from(outcome as u8)
}

/// Finishes a change of the book's files that was interrupted, before anything reads them.
fn finish_change(common: &CommonArgs, terminal: &mut Terminal) -> Result<(), CommandError> {
    // A folder that is not there is reported by the command that needs it.
    let Ok(root) = build::root(common) else { return Ok(()) };
    let Some(finished) = disk::finish_change(&root)? else { return Ok(()) };
    let files = report::count(finished.files, "file");
    terminal.say(&format!("Finished a change of the book that was interrupted: {files} written"));
    for (path, place) in &finished.left {
        let kept = place.as_ref().map(|place| format!("; the text meant for it is in {place}"));
        let kept = kept.unwrap_or_default();
        terminal
            .problems(&format!("{} was changed meanwhile, and left as it is{kept}\n", shown(path)));
    }
    Ok(())
}

/// Makes invisible characters visible in what the error quotes: arguments may be names of files.
fn quoted(mut error: clap::Error) -> clap::Error {
    let shown_value = |value: &ContextValue| match value {
        ContextValue::String(text) => Some(ContextValue::String(shown(text).into_owned())),
        ContextValue::Strings(texts) => {
            let texts = texts.iter().map(|text| shown(text).into_owned());
            Some(ContextValue::Strings(texts.collect()))
        }
        _ => None,
    };
    let context = error.context().filter_map(|(kind, value)| Some((kind, shown_value(value)?)));
    for (kind, value) in context.collect::<Vec<_>>() {
        error.insert(kind, value);
    }
    error
}

/// Writes a result to the standard output, with invisible characters made visible.
fn print(text: &str) -> Result<(), CommandError> {
    print_commands(&shown_lines(text))
}

/// Writes a text to the standard output as it is: lines that GitHub Actions reads as commands, or the content of a file.
fn print_commands(text: &str) -> Result<(), CommandError> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        // The reader has closed the pipe because it needs no more.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(CommandError {
            outcome: CommandOutcome::Environment,
            message: format!("the result can't be written: {error}"),
        }),
        Ok(()) => Ok(()),
    }
}

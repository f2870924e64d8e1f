//! `fieldbook fix`: applies the safe fixes of the book's problems until nothing changes, or shows them as a diff. `check --fix`
//! does the same, then reports what is left.

use std::path::Path;

use super::build::asked_of;
use super::judged::JudgedBook;
use super::terminal::Terminal;
use super::{CommandError, CommandOutcome, print};
use crate::autofix::FixedFile;
use crate::cli::{CommonArgs, FixArgs};
use crate::disk::{self, RewriteOutcome};
use crate::report;

pub(super) fn run(
    common: &CommonArgs,
    arguments: &FixArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let FixArgs { paths, drafts, today, .. } = arguments;
    let book = JudgedBook::find(common, paths, *drafts, today.as_ref())?;
    let fixed = book.fixes(terminal)?;
    if arguments.diff {
        return show(&fixed.files, terminal);
    }
    let are_all_written = write(&book.root, &fixed.files, terminal)?;
    if fixed.left > 0 || !are_all_written {
        let check = format!("fieldbook check{}", asked_of(common));
        terminal.say(&format!("To see what is left, type: {check}"));
    }
    Ok(CommandOutcome::Fine)
}

/// Writes fixed files to the book at `root`, and reports each fix. Returns whether all were written.
pub(super) fn write(
    root: &Path,
    fixed: &[FixedFile],
    terminal: &mut Terminal,
) -> Result<bool, CommandError> {
    let mut written = Vec::new();
    for file in fixed {
        let FixedFile { path, before, after, fixes } = file;
        match disk::rewrite(root, path, before, after)? {
            RewriteOutcome::Left(why) => {
                terminal.say(&format!("{path} can be fixed, but was left as it is: {why}"));
            }
            RewriteOutcome::Written => {
                for fix in fixes {
                    let (line, rule) = (fix.line, fix.rule.name);
                    terminal.say(&format!("{path}:{line}: fixed[{rule}]: {}", fix.title));
                }
                written.push(file);
            }
        }
    }
    terminal.say(&if written.is_empty() {
        "Nothing was fixed".to_owned()
    } else {
        format!("{} fixed in {}", counted(written.iter().copied()), files(written.len()))
    });
    Ok(written.len() == fixed.len())
}

/// Shows what [`write()`] would change.
/// The outcome says whether there is anything.
pub(super) fn show(
    fixed: &[FixedFile],
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let diffs = fixed
        .iter()
        .map(|file| report::unified_diff(file.path.as_str(), &file.before, &file.after));
    print(&diffs.collect::<String>())?;
    if fixed.is_empty() {
        terminal.say("Nothing would be fixed");
        return Ok(CommandOutcome::Fine);
    }
    let (problems, files) = (counted(fixed.iter()), files(fixed.len()));
    terminal.say(&format!("{problems} would be fixed in {files}"));
    Ok(CommandOutcome::Content)
}

fn counted<'f>(fixed: impl Iterator<Item = &'f FixedFile>) -> String {
    report::count(fixed.map(|file| file.fixes.len()).sum(), "problem")
}

fn files(number: usize) -> String {
    report::count(number, "file")
}

//! Files for a code host, written to the book and kept up to date.

use std::path::Path;

use crate::authoring::NewFile;
use crate::cli::{CiFilesArgs, CommonArgs, WorkflowProgram};
use crate::command::build::root;
use crate::command::init::BASELINE;
use crate::command::opened::OpenedBook;
use crate::command::terminal::Terminal;
use crate::command::{CommandError, CommandOutcome};
use crate::disk::{self, RewriteOutcome};
use crate::hosting::{
    CodeHost, ProgramOrigin, UpkeepState, WorkflowSettings, issue_forms, state_of, workflow_files,
};
use crate::path::SourcePath;

/// Instructions for the next steps on GitHub.
const ON_GITHUB: &str = "\
Next, commit these files and push them to GitHub. In the settings of the repository there:
- under \"Secrets and variables\", \"Actions\", \"Variables\", set FIELDBOOK_REPOSITORY to the address of Fieldbook's repository;
- under \"Branches\" or \"Rules\", require the check \"book\" before a merge.";

/// Instructions for the next steps on GitLab.
const ON_GITLAB: &str = "\
Next, commit this file and push it to GitLab. In the settings of the project there:
- under \"CI/CD\", \"Variables\", set FIELDBOOK_REPOSITORY to the address of Fieldbook's repository;
- under \"Merge requests\", require that pipelines succeed;
- for a comment on each merge request, set FIELDBOOK_COMMENT_TOKEN and make a schedule, as the file says at its top.";

/// Instructions for the next steps on Forgejo.
const ON_FORGEJO: &str = "\
Next, commit these files and push them. In the settings of the repository there:
- under \"Units\", turn Actions on;
- under \"Actions\", \"Variables\", set FIELDBOOK_REPOSITORY to the address of Fieldbook's repository.";

/// Instructions for the next steps with forms.
const ON_FORMS: &str = "\
Next, commit these files and push them to GitHub. In the repository there:
- make a label called \"add to book\": an editor gives it to an issue that is to become a note;
- in the settings, under \"Actions\", \"General\", allow GitHub Actions to create pull requests.";

/// Writes the workflows for a code host.
pub(super) fn workflows(
    common: &CommonArgs,
    host: CodeHost,
    asked: &CiFilesArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let root = root(common)?;
    let files = workflow_files(host, &settings(&root, asked)?);
    let next = match host {
        CodeHost::Github => ON_GITHUB,
        CodeHost::Gitlab => ON_GITLAB,
        CodeHost::Forgejo => ON_FORGEJO,
    };
    write(&root, &files, asked, next, terminal)
}

/// Writes the issue forms.
pub(super) fn forms(
    common: &CommonArgs,
    asked: &CiFilesArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let book = OpenedBook::read(common, false)?;
    let files = issue_forms(&book.site, &settings(&book.root, asked)?);
    write(&book.root, &files, asked, ON_FORMS, terminal)
}

/// Returns the settings of the workflows of the book at `root`.
fn settings(root: &Path, asked: &CiFilesArgs) -> Result<WorkflowSettings, CommandError> {
    let branch = &asked.branch;
    let is_sign = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    if branch.is_empty() || branch.starts_with('-') || !branch.chars().all(is_sign) {
        let message =
            format!("the name of the branch \"{branch}\" has signs that a workflow can't hold");
        return Err(CommandError::usage(message));
    }
    let origin = match asked.program {
        WorkflowProgram::Release => ProgramOrigin::Release,
        WorkflowProgram::Source => ProgramOrigin::Source,
    };
    let baseline = root.join(BASELINE).is_file().then(|| SourcePath::new(BASELINE));
    Ok(WorkflowSettings { branch: branch.clone(), baseline, origin })
}

/// Writes files to the book, but none that somebody has changed, and says what it did.
fn write(
    root: &Path,
    files: &[NewFile],
    asked: &CiFilesArgs,
    next: &str,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let (mut written, mut left) = (0, 0);
    for file in files {
        let NewFile { path, text } = file;
        let place = root.join(path.as_str());
        let there = match place.symlink_metadata() {
            Ok(_) => Some(String::from_utf8_lossy(&disk::read_file(&place)?).into_owned()),
            Err(_) => None,
        };
        let state = there.as_deref().map(|there| state_of(there, text));
        match state {
            Some(UpkeepState::UpToDate) => {}
            Some(UpkeepState::Changed) if !asked.force => {
                left += 1;
                terminal.say(&format!(
                    "{path} was changed by hand and is left as it is; --force replaces it"
                ));
            }
            _ if asked.check => {
                written += 1;
                terminal.say(&format!("{path} is not up to date"));
            }
            _ => {
                let before = there.unwrap_or_default();
                let is_new = state.is_none();
                if is_new {
                    disk::write_new(root, path, text.as_bytes())?;
                } else if let RewriteOutcome::Left(why) = disk::rewrite(root, path, &before, text)?
                {
                    return Err(CommandError::usage(format!("{path} was left as it is: {why}")));
                }
                written += 1;
                terminal.say(&format!("{path}: {}", if is_new { "written" } else { "updated" }));
            }
        }
    }
    if asked.check {
        let is_fine = written + left == 0;
        return Ok(if is_fine { CommandOutcome::Fine } else { CommandOutcome::Content });
    }
    match written {
        0 if left == 0 => terminal.say("Everything is up to date"),
        0 => {}
        _ => next.lines().for_each(|line| terminal.say(line)),
    }
    Ok(CommandOutcome::Fine)
}

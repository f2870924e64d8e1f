//! Tasks that make a proposal of the notes that were changed, and hand it over.

use serde_json::{Value, json};

use super::TaskFailure;
use super::asked::{AskedBranch, AskedProposal, ProposalForm};
use super::changes::{BookChanges, address, branch};
use crate::disk::{self, BookBranch, DiskError};
use crate::path::SourcePath;
use crate::proposal::{ProposalBundle, ProposedCommit, ProposedFile, proposed_files};
use crate::serve::desk::EditDesk;
use crate::serve::handouts::Handout;
use crate::serve::lock::lock;
use crate::serve::shared::ServerState;

/// The longest title of a proposal, in characters.
const LONGEST_TITLE: usize = 200;

/// The longest reason, in characters.
const LONGEST_REASON: usize = 20_000;

const NO_BASE: &str = "Git does not know from which branch it came.";

/// Makes a proposal of the changes that the page has shown: a file, or a commit on a branch. Nothing is sent anywhere.
pub(super) fn propose(
    shared: &ServerState,
    desk: &EditDesk,
    asked: &AskedProposal,
) -> Result<Value, TaskFailure> {
    let (title, reason) = (asked.title.trim(), asked.reason.trim());
    if title.is_empty() {
        return Err(TaskFailure::new(422, "Say in a few words what changes."));
    }
    if title.chars().count() > LONGEST_TITLE || reason.chars().count() > LONGEST_REASON {
        return Err(TaskFailure::new(422, "The title or the reason is too long."));
    }
    if [title, reason].iter().any(|text| text.contains('\0')) {
        return Err(TaskFailure::new(422, "There is a sign in this that no text has."));
    }
    // Nobody saves meanwhile.
    let _open = shared.open_desk(desk);
    let changes = BookChanges::read(shared, desk, &asked.without)?;
    if changes.chosen.is_empty() {
        return Err(TaskFailure::new(422, "No note is chosen that was changed."));
    }
    if changes.fingerprint() != asked.state {
        let message = "The notes have changed since. Look again at what you propose.";
        return Err(TaskFailure::new(409, message));
    }
    if changes.compared()?.problems.iter().any(|problem| problem.is_error) {
        return Err(TaskFailure::new(422, "The book would have an error more."));
    }
    let commit = ProposedCommit::new(title, reason);
    match asked.form {
        ProposalForm::Bundle => bundled(desk, &commit, reason, &changes.chosen),
        ProposalForm::Branch if changes.branch.is_none() => {
            Err(TaskFailure::new(422, "The book is on no branch of a git repository."))
        }
        ProposalForm::Branch => {
            let paths: Vec<&SourcePath> = changes.chosen.iter().map(|file| &file.path).collect();
            let made = disk::propose_branch(&shared.root, &commit.branch, &paths, &commit.message);
            let made = made.map_err(|error| TaskFailure::new(422, of_git(&error)))?;
            Ok(json!({ "name": made.name, "count": paths.len() }))
        }
    }
}

/// Returns the branch on which the writer is, if it is the one that the page has shown, and has a proposal.
fn shown_branch(shared: &ServerState, asked: &AskedBranch) -> Result<BookBranch, TaskFailure> {
    let now = disk::book_branch(&shared.root).filter(|branch| branch.proposal.is_some());
    now.filter(|branch| branch.name == asked.branch)
        .ok_or_else(|| TaskFailure::new(409, "The book is on another branch now. Look again."))
}

/// Sends the branch with a proposal to the server.
pub(super) fn send(shared: &ServerState, asked: &AskedBranch) -> Result<Value, TaskFailure> {
    let before = shown_branch(shared, asked)?;
    if before.remote.is_none() {
        return Err(TaskFailure::new(422, "Git knows no server to which this could be sent."));
    }
    disk::send_branch(&shared.root, &before.name, false).map_err(|error| {
        let help =
            "Those who look after the book can help; or make a file of it, and send that by mail.";
        TaskFailure::new(422, format!("It was not sent. {} {help}", of_git(&error)))
    })?;
    Ok(json!({ "branch": branch(&shown_branch(shared, asked)?) }))
}

/// Makes a file of the whole proposal on the branch, for where it can't be sent.
pub(super) fn pack(
    shared: &ServerState,
    desk: &EditDesk,
    asked: &AskedBranch,
) -> Result<Value, TaskFailure> {
    let _open = shared.open_desk(desk);
    let proposal = shown_branch(shared, asked)?.proposal;
    let base = proposal.and_then(|it| Some((it.base?, it.title, it.reason)));
    let (base, title, reason) = base.ok_or_else(|| TaskFailure::new(422, NO_BASE))?;
    let config = &desk.options.config;
    let before = disk::read_revision(&shared.root, &base, config)?;
    let (files, _) = proposed_files(&before, &disk::read(&shared.root, config)?);
    bundled(desk, &ProposedCommit::new(&title, &reason), &reason, &files)
}

/// Makes a file of changes, and returns its name and address.
fn bundled(
    desk: &EditDesk,
    commit: &ProposedCommit,
    reason: &str,
    files: &[ProposedFile],
) -> Result<Value, TaskFailure> {
    let archive = ProposalBundle::new(&commit.title, reason, files).archive();
    let archive = archive.map_err(|why| TaskFailure::new(422, format!("{why}.")))?;
    let number = lock(&desk.handouts).keep(Handout::Bundle(archive.into()));
    let name = format!("{}.fieldbook", commit.branch);
    Ok(json!({ "file": name, "address": address(number) }))
}

/// Goes back to the branch from which a proposal came, so that another one can be begun.
pub(super) fn leave(
    shared: &ServerState,
    desk: &EditDesk,
    asked: &AskedBranch,
) -> Result<Value, TaskFailure> {
    let _open = shared.open_desk(desk);
    let before = shown_branch(shared, asked)?;
    let base = before.proposal.and_then(|proposal| proposal.base);
    let base = base.ok_or_else(|| TaskFailure::new(422, NO_BASE))?;
    disk::leave_for(&shared.root, &base).map_err(|error| TaskFailure::new(422, of_git(&error)))?;
    shared.look_at_all();
    Ok(json!({ "branch": base }))
}

/// Returns what git said, as a sentence.
fn of_git(error: &DiskError) -> String {
    let said = error.error.to_string();
    let said = said.trim_start_matches("fatal: ").trim_end_matches('.');
    format!("Git says: {said}.")
}

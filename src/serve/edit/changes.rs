//! The notes that differ from what is in git, or from the book as it was when the preview was started.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::TaskFailure;
use super::asked::AskedChanges;
use crate::comparison::{self, BookComparison};
use crate::disk::{self, BookBranch};
use crate::fingerprint::Fingerprint;
use crate::note::Status;
use crate::preview::OWN_PREFIX;
use crate::proposal::{ProposedFile, compare_page, proposed_files, repository_name};
use crate::serve::desk::EditDesk;
use crate::serve::handouts::Handout;
use crate::serve::lock::lock;
use crate::serve::shared::ServerState;
use crate::source::{Source, SourceEdit, Sources};
use crate::workspace::{BuildOptions, Workspace};

/// The most problems that are named.
const MAX_NAMED: usize = 20;

/// Changes of the book, of which some are chosen.
pub(super) struct BookChanges {
    /// The branch on which they are made, if the book is in a git repository.
    pub(super) branch: Option<BookBranch>,
    /// True if they are compared with what is in git, false if with the book as it was when the preview was started.
    is_in_git: bool,
    all: Vec<ProposedFile>,
    /// The files that differ and that no proposal holds.
    others: Vec<String>,
    /// The chosen ones.
    pub(super) chosen: Vec<ProposedFile>,
    before: Workspace,
    after: Workspace,
}

impl BookChanges {
    /// Reads the book as it is and as it was, and leaves some of the files that differ out.
    pub(super) fn read(
        shared: &ServerState,
        desk: &EditDesk,
        without: &[String],
    ) -> Result<Self, TaskFailure> {
        let options = &desk.options;
        let committed = disk::read_revision(&shared.root, "HEAD", &options.config).ok();
        // A book that is in no commit yet is proposed as one without git.
        let committed = committed.filter(|sources| sources.get(&options.config).is_some());
        let branch = committed.as_ref().and_then(|_| disk::book_branch(&shared.root));
        let is_in_git = committed.is_some();
        let before = committed.unwrap_or_else(|| Sources::clone(&shared.begun()));
        let now = disk::read(&shared.root, &options.config)?;
        let (all, others) = proposed_files(&before, &now);
        let without: BTreeSet<&str> = without.iter().map(String::as_str).collect();
        let is_chosen = |file: &&ProposedFile| !without.contains(file.path.as_str());
        let chosen: Vec<ProposedFile> = all.iter().filter(is_chosen).cloned().collect();
        let others = others.iter().map(ToString::to_string).collect();
        let before = opened(options, before);
        let mut after = before.clone();
        let edit = |file: &ProposedFile| match &file.after {
            Some(bytes) => SourceEdit::Put(Source::new(file.path.clone(), bytes.clone())),
            None => SourceEdit::Remove(file.path.clone()),
        };
        let _ = after.open(chosen.iter().map(edit).collect());
        Ok(Self { branch, is_in_git, all, others, chosen, before, after })
    }

    /// Returns a sign of the chosen changes, which are others if it is another.
    pub(super) fn fingerprint(&self) -> String {
        let sign = |file: &ProposedFile| {
            (file.path.as_str().to_owned(), file.before.clone(), file.after.clone())
        };
        let branch = self.branch.as_ref().map(|branch| branch.name.clone());
        Fingerprint::of(&(branch, self.chosen.iter().map(sign).collect::<Vec<_>>())).to_string()
    }

    /// Compares the book without the changes and with the chosen ones.
    pub(super) fn compared(&self) -> Result<BookComparison, TaskFailure> {
        comparison::compare(&self.before, &self.after)
            .ok_or_else(|| TaskFailure::new(503, "The book can't be read now."))
    }

    /// Describes a file that differs.
    fn described(&self, file: &ProposedFile) -> Value {
        let change = match (&file.before, &file.after) {
            (None, _) => "new",
            (_, None) => "removed",
            _ => "changed",
        };
        let state = if file.after.is_none() { &self.before } else { &self.after };
        let card = state.site().and_then(|site| {
            let note = site.note(site.note_at(&file.path)?);
            Some((note.facts.card.title.clone(), note.facts.card.status == Status::Draft))
        });
        let is_draft = card.as_ref().is_some_and(|card| card.1);
        let title = card.map(|card| card.0);
        json!({ "path": file.path.as_str(), "title": title, "change": change, "is_draft": is_draft })
    }
}

fn opened(options: &BuildOptions, sources: Sources) -> Workspace {
    let mut workspace = Workspace::new(options.clone());
    // A book with errors is read all the same.
    let _ = workspace.open(sources.into_files().map(SourceEdit::Put).collect());
    workspace
}

/// Lists the changes, and makes the page that shows what the chosen ones do to the site.
pub(super) fn list(
    shared: &ServerState,
    desk: &EditDesk,
    asked: &AskedChanges,
) -> Result<Value, TaskFailure> {
    // What was just saved is on the disk, so nobody is waited for.
    let changes = BookChanges::read(shared, desk, &asked.without)?;
    let mut problems = Vec::new();
    let mut page = None;
    if !changes.chosen.is_empty() {
        let compared = changes.compared()?;
        let html: Arc<[u8]> = comparison::html(&compared).into_bytes().into();
        let number = lock(&desk.handouts).keep(Handout::Comparison(html));
        page = Some(address(number));
        problems.extend(compared.problems.into_iter().filter(|problem| problem.is_error));
    }
    let named: Vec<Value> = problems
        .iter()
        .take(MAX_NAMED)
        .map(|it| json!({ "path": it.path, "line": it.line, "message": it.message }))
        .collect();
    let files: Vec<Value> = changes.all.iter().map(|file| changes.described(file)).collect();
    Ok(json!({
        "files": files,
        "others": changes.others,
        "errors": named,
        "error_count": problems.len(),
        "page": page,
        "is_in_git": changes.is_in_git,
        "state": changes.fingerprint(),
        "branch": changes.branch.as_ref().map(branch),
    }))
}

/// Returns the address of a file that was made.
pub(super) fn address(number: u64) -> String {
    format!("{OWN_PREFIX}made?number={number}")
}

/// Describes the branch on which the writer is.
pub(super) fn branch(branch: &BookBranch) -> Value {
    let server = branch.remote.as_deref().map(|remote| {
        repository_name(remote).unwrap_or_else(|| "the server of the repository".to_owned())
    });
    let proposal = branch.proposal.as_ref().map(|proposal| {
        let base = proposal.base.as_deref();
        let page = base.zip(branch.remote.as_deref()).and_then(|(base, remote)| {
            compare_page(remote, base, &branch.name, &proposal.title, &proposal.reason)
        });
        json!({
            "title": proposal.title,
            "base": base,
            "is_sent": proposal.is_sent,
            "page": page.filter(|_| proposal.is_sent),
        })
    });
    json!({ "name": branch.name, "server": server, "proposal": proposal })
}

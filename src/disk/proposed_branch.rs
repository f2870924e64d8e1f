//! A branch of the git repository of the book with a proposal, made by the program `git` as its user would make it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::DiskError;
use super::revision::OF_REPOSITORY;
use crate::path::SourcePath;

/// The name that git gives the server from which a repository came.
const SERVER: &str = "origin";

/// The beginning of the names of branches with proposals.
const FOLDER: &str = "proposal/";

/// The key of git's settings of a branch with a proposal that names the branch from which it came.
const BASE: &str = "fieldbook-base";

/// The branch on which the user of a book is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookBranch {
    /// The name.
    pub name: String,
    /// The address of the repository on the server; none if git knows none.
    pub remote: Option<String>,
    /// The proposal that the branch holds, if it was made for one.
    pub proposal: Option<BranchProposal>,
}

/// The proposal on a branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchProposal {
    /// The branch from which it came, if git knows it.
    pub base: Option<String>,
    /// The first line of the last commit.
    pub title: String,
    /// The other lines.
    pub reason: String,
    /// True if the server has all of it.
    pub is_sent: bool,
}

/// A branch with a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitBranch {
    /// The name.
    pub name: String,
    /// The branch on which the user was; none if that is the branch itself, on which a proposal was made earlier.
    pub from: Option<String>,
    /// The address of the repository on the server; none if git knows none.
    pub remote: Option<String>,
}

/// Commits `files`, and nothing else, to a branch in the repository of the book at `root`: a new one, on which the user is
/// afterwards, or that of an earlier proposal, if the user is on it. If it fails, git's own words are the error, and everything
/// is as it was.
pub fn propose_branch(
    root: &Path,
    name: &str,
    files: &[&SourcePath],
    message: &str,
) -> Result<GitBranch, DiskError> {
    let current = run(root, &["symbolic-ref", "--short", "HEAD"], "").map_err(|error| {
        DiskError::new(root, format!("this is no branch of a git repository ({})", error.error))
    })?;
    let remote = run(root, &["remote", "get-url", SERVER], "").ok();
    if current.starts_with(FOLDER) {
        commit(root, files, message)?;
        return Ok(GitBranch { name: current, from: None, remote });
    }
    let name = free_name(root, name)?;
    run(root, &["switch", "--quiet", "--create", &name], "")?;
    // Git forgets this together with the branch.
    run(root, &["config", "--local", &base_key(&name), &current], "")?;
    if let Err(error) = commit(root, files, message) {
        run(root, &["switch", "--quiet", &current], "")?;
        run(root, &["branch", "--quiet", "-D", &name], "")?;
        return Err(error);
    }
    Ok(GitBranch { name, from: Some(current), remote })
}

/// Returns the branch on which the user of the book at `root` is; `None` if that is none of a git repository with commits.
pub fn book_branch(root: &Path) -> Option<BookBranch> {
    run(root, &["rev-parse", "--verify", "--quiet", "HEAD"], "").ok()?;
    let name = run(root, &["symbolic-ref", "--short", "HEAD"], "").ok()?;
    let remote = run(root, &["remote", "get-url", SERVER], "").ok();
    let proposal = name.starts_with(FOLDER).then(|| {
        let unsent = run(root, &["rev-list", "--count", "@{upstream}..HEAD"], "");
        let message = run(root, &["log", "-1", "--format=%B"], "").unwrap_or_default();
        let (title, reason) = message.split_once('\n').unwrap_or((&message, ""));
        BranchProposal {
            base: run(root, &["config", "--local", "--get", &base_key(&name)], "").ok(),
            title: title.to_owned(),
            reason: reason.trim().to_owned(),
            is_sent: unsent.is_ok_and(|number| number == "0"),
        }
    });
    Some(BookBranch { name, remote, proposal })
}

/// Goes back to a branch of the repository of the book at `root`. Git refuses that if what is not committed would be lost.
pub fn leave_for(root: &Path, branch: &str) -> Result<(), DiskError> {
    run(root, &["switch", "--quiet", "--no-guess", "--", branch], "").map(|_| ())
}

fn base_key(branch: &str) -> String {
    format!("branch.{branch}.{BASE}")
}

/// Returns the name of a branch that is not there yet.
fn free_name(root: &Path, name: &str) -> Result<String, DiskError> {
    let is_free = |name: &String| {
        let branch = format!("refs/heads/{name}");
        run(root, &["show-ref", "--verify", "--quiet", &branch], "").is_err()
    };
    let mut names = (1..1000).map(|number| match number {
        1 => format!("{FOLDER}{name}"),
        number => format!("{FOLDER}{name}-{number}"),
    });
    names.find(is_free).ok_or_else(|| DiskError::new(root, "no name for the branch is free"))
}

/// Commits files, new and removed ones included, to the current branch.
fn commit(root: &Path, files: &[&SourcePath], message: &str) -> Result<(), DiskError> {
    let paths: String = files.iter().map(|path| format!("{path}\0")).collect();
    let from_input = ["--pathspec-from-file=-", "--pathspec-file-nul"];
    let add = ["--literal-pathspecs", "add", "--all"];
    run(root, &[&add[..], &from_input].concat(), &paths)?;
    let message = format!("--message={message}");
    let commit = ["--literal-pathspecs", "commit", "--quiet", "--only", &message];
    run(root, &[&commit[..], &from_input].concat(), &paths).map(|_| ()).inspect_err(|_| {
        // What git says of this would hide the reason.
        let _ = run(
            root,
            &[&["--literal-pathspecs", "reset", "--quiet"], &from_input[..]].concat(),
            &paths,
        );
    })
}

/// Sends a branch to the server from which the repository came. Unless git `may_ask` in the terminal, it fails where it would
/// have to.
pub fn send_branch(root: &Path, branch: &str, may_ask: bool) -> Result<(), DiskError> {
    let push = ["push", "--quiet", "--set-upstream", SERVER, branch];
    let unasked = [("GIT_TERMINAL_PROMPT", "0"), ("SSH_ASKPASS_REQUIRE", "force")];
    run_with(root, &push, "", if may_ask { &[] } else { &unasked }).map(|_| ())
}

/// Runs git in a folder with an input, and returns what it says, without the line break at the end.
fn run(folder: &Path, arguments: &[&str], input: &str) -> Result<String, DiskError> {
    run_with(folder, arguments, input, &[])
}

/// Runs git as [`run`] does, with variables of its environment.
fn run_with(
    folder: &Path,
    arguments: &[&str],
    input: &str,
    variables: &[(&str, &str)],
) -> Result<String, DiskError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => {
            DiskError::new(Path::new("git"), "this program is not installed")
        }
        _ => DiskError { path: PathBuf::from("git"), error },
    };
    let mut command = Command::new("git");
    for name in OF_REPOSITORY {
        command.env_remove(name);
    }
    // Without a terminal to ask on, git would wait for ever.
    command.arg("-C").arg(folder).args(arguments).env("LC_ALL", "C").env("GIT_EDITOR", "true");
    command.envs(variables.iter().copied());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(failed)?;
    if let Some(mut stdin) = child.stdin.take() {
        // Git may end without reading all; then it says why.
        let _ = stdin.write_all(input.as_bytes());
    }
    let done = child.wait_with_output().map_err(failed)?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr);
        return Err(DiskError::new(Path::new("git"), said.trim()));
    }
    Ok(String::from_utf8_lossy(&done.stdout).trim_end_matches(['\n', '\r']).to_owned())
}

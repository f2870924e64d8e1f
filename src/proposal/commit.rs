//! A proposal in the words that git takes.

use crate::slug::fit;

/// The longest name of a branch, in bytes.
const LONGEST_NAME: usize = 60;

/// The commit of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedCommit {
    /// The title, in one line.
    pub title: String,
    /// The whole message.
    pub message: String,
    /// The name of the branch, without a folder. It may be taken already.
    pub branch: String,
}

impl ProposedCommit {
    /// Creates the commit of a proposal with a title and a reason, which may be empty.
    pub fn new(title: &str, reason: &str) -> Self {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let message =
            if reason.is_empty() { title.clone() } else { format!("{title}\n\n{reason}") };
        let mut branch = fit(&title).unwrap_or_else(|| "change".to_owned());
        branch.truncate(branch.floor_char_boundary(LONGEST_NAME));
        let branch = branch.trim_matches(['-', '.']).to_owned();
        Self { title, message, branch }
    }
}

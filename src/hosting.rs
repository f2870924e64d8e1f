//! The work of a code host with a book: workflows and issue forms, what a proposal does to the site as a comment, and notes
//! made of submitted forms. Pure: `command` reads and writes the files, and nothing here talks to a host.
//!
//! Texts of strangers pass through here as data: they are never part of a script, and in comments they are no markup.

mod comment;
mod issue_form;
mod overdue;
mod review_record;
mod submission;
mod suggestion;
mod upkeep;
mod workflow_files;

pub use comment::{ReviewComments, ReviewRun, review_comments};
pub use issue_form::issue_forms;
pub use overdue::overdue_issue;
pub use review_record::ReviewRecord;
pub use submission::{MOST_SUBMITTED, Submission, SubmittedNote, refused_answer};
pub use suggestion::{Suggestion, suggestions};
pub use upkeep::{UpkeepState, state_of};
pub use workflow_files::{CodeHost, ProgramOrigin, WorkflowSettings, workflow_files};

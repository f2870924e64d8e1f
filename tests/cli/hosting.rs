//! `ci`: what it writes for code hosts is valid and up to date, and the scripts in it do what they should, also with what
//! strangers wrote. They are run here by Bash, with a stand-in for GitHub's program.
#![cfg(unix)]

mod comments;
mod forms;
mod host;
mod other_hosts;
mod templates;

pub(crate) use host::git;

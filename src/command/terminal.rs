//! The standard error stream: what a person reads on the way.

use std::io::{IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};

use crate::cli::{Color, Common};

/// The standard error stream, and how much to say on it.
pub(super) struct Terminal {
    stream: AutoStream<std::io::Stderr>,
    quiet: bool,
    verbose: bool,
    /// Whether somebody watches, so that progress is worth showing.
    watched: bool,
}

impl Terminal {
    pub(super) fn new(common: &Common) -> Self {
        let stderr = std::io::stderr();
        let watched = stderr.is_terminal() && !common.quiet;
        let choice = match common.color {
            Color::Auto => AutoStream::choice(&stderr),
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        let stream = AutoStream::new(stderr, choice);
        Self { stream, quiet: common.quiet, verbose: common.verbose, watched }
    }

    /// Shows what is being done, until the next line takes its place.
    pub(super) fn progress(&mut self, doing: &str) {
        if self.watched {
            self.put(&format!("\r\x1b[2K{doing} …"));
        }
    }

    /// Says something, unless only problems are wanted.
    pub(super) fn say(&mut self, line: &str) {
        if !self.quiet {
            self.clear();
            self.put(&format!("{line}\n"));
        }
    }

    /// Says something that only those want who asked for more.
    pub(super) fn detail(&mut self, line: &str) {
        if self.verbose {
            self.clear();
            self.put(&format!("{line}\n"));
        }
    }

    /// Shows problems.
    pub(super) fn problems(&mut self, text: &str) {
        self.clear();
        self.put(text);
    }

    /// Says why the command ended early.
    pub(super) fn failed(&mut self, message: &str) {
        self.clear();
        self.put(&format!("\x1b[1m\x1b[91merror\x1b[0m: {message}\n"));
    }

    fn clear(&mut self) {
        if self.watched {
            self.put("\r\x1b[2K");
        }
    }

    fn put(&mut self, text: &str) {
        // A closed stream is no reason to stop building.
        let _ = self.stream.write_all(text.as_bytes()).and_then(|()| self.stream.flush());
    }
}

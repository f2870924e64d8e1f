//! The standard error stream: what a person reads on the way. All that is said goes through
//! [`visible`](crate::visible), for it may hold text of strangers.

use std::io::{IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};

use crate::cli::{CommonArgs, UseColor};
use crate::visible::{shown, shown_colored, shown_lines};

/// The standard error stream, and how much to say on it.
pub(super) struct Terminal {
    stream: AutoStream<std::io::Stderr>,
    quiet: bool,
    verbose: bool,
    /// Whether somebody watches, so that progress is worth showing.
    watched: bool,
}

impl Terminal {
    pub(super) fn new(common: &CommonArgs) -> Self {
        let stderr = std::io::stderr();
        let watched = stderr.is_terminal() && !common.quiet;
        let choice = match common.color {
            UseColor::Auto => AutoStream::choice(&stderr),
            UseColor::Always => ColorChoice::Always,
            UseColor::Never => ColorChoice::Never,
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
            self.line(line);
        }
    }

    /// Says something that only those want who asked for more.
    pub(super) fn detail(&mut self, line: &str) {
        if self.verbose {
            self.line(line);
        }
    }

    /// Shows problems as they were drawn, in colours.
    pub(super) fn problems(&mut self, drawn: &str) {
        self.clear();
        self.put(&shown_colored(drawn));
    }

    /// Says why the command ended early.
    pub(super) fn failed(&mut self, message: &str) {
        self.clear();
        self.put(&format!("\x1b[1m\x1b[91merror\x1b[0m: {}\n", shown(message)));
    }

    fn line(&mut self, line: &str) {
        self.clear();
        let line = shown(line);
        self.put(&format!("{}\n", shown_lines(&line)));
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

//! The standard error stream, for messages to a person. Every message goes through
//! [`visible`](crate::visible), because it may contain text from the book.

use std::io::{IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};

use crate::cli::{CommonArgs, UseColor};
use crate::visible::{shown, shown_colored, shown_lines};

/// The standard error stream, and the amount of detail to write to it.
pub(super) struct Terminal {
    stream: AutoStream<std::io::Stderr>,
    quiet: bool,
    verbose: bool,
    /// True if the stream is a terminal, so that progress is worth showing.
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

    /// Shows the current step, until the next line replaces it.
    pub(super) fn progress(&mut self, doing: &str) {
        if self.watched {
            self.put(&format!("\r\x1b[2K{doing} …"));
        }
    }

    /// Writes a message, unless only problems are wanted.
    pub(super) fn say(&mut self, line: &str) {
        if !self.quiet {
            self.line(line);
        }
    }

    /// Writes a message for those who asked for more detail.
    pub(super) fn detail(&mut self, line: &str) {
        if self.verbose {
            self.line(line);
        }
    }

    /// Writes a question, or a part of it.
    pub(super) fn ask(&mut self, text: &str) {
        self.clear();
        let text = shown_lines(text).into_owned();
        self.put(&text);
    }

    /// Shows drawn problems, in colours.
    pub(super) fn problems(&mut self, drawn: &str) {
        self.clear();
        self.put(&shown_colored(drawn));
    }

    /// Reports why the command stopped early.
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
        // A closed stream is no reason to stop.
        let _ = self.stream.write_all(text.as_bytes()).and_then(|()| self.stream.flush());
    }
}

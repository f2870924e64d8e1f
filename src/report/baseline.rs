//! The problems that a book had at some time, so that only new ones make a check fail: a JSON
//! report kept in a file.

use serde_json::Value;

use super::json::VERSION;
use crate::diagnostic::{Diagnostic, KnownCounts};
use crate::visible::shown_lines;

/// The known problems, with the number of each. Positions are ignored, because every edit moves
/// them.
#[derive(Clone, Debug, Default)]
pub struct KnownProblems {
    known: KnownCounts<(String, String, String)>,
}

impl KnownProblems {
    /// Reads a report that `json` wrote. The error is a message for the user.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let text = decoded(bytes).ok_or("this file is not text in UTF-8; save it so")?;
        let report: Value = serde_json::from_str(&text)
            .map_err(|_| "this is not a report of check --format json".to_owned())?;
        if report["version"] != VERSION {
            return Err(format!("this is not a report of version {VERSION}"));
        }
        let problems = report["problems"].as_array().into_iter().flatten();
        let known = problems.map(|problem| {
            let text = |key| problem[key].as_str().unwrap_or_default().to_owned();
            (text("file"), text("code"), text("message"))
        });
        Ok(Self { known: KnownCounts::of(known) })
    }

    /// Removes the known problems from `diagnostics`, and returns the number removed.
    pub fn leave_out(mut self, diagnostics: &mut Vec<Diagnostic>) -> usize {
        let before = diagnostics.len();
        diagnostics.retain(|diagnostic| {
            let Diagnostic { path, rule, message, .. } = diagnostic;
            let message = shown_lines(message).into_owned();
            let key = (path.to_string(), rule.name.to_owned(), message);
            !self.known.take(&key)
        });
        before - diagnostics.len()
    }
}

/// Decodes the text of a file: UTF-8, or UTF-16 with a byte order mark, which `>` writes in
/// PowerShell.
fn decoded(bytes: &[u8]) -> Option<String> {
    let pairs = |bytes: &[u8], join: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.as_chunks().0.iter().copied().map(join).collect();
        String::from_utf16(&units).ok()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => pairs(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => pairs(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] | rest => String::from_utf8(rest.to_vec()).ok(),
    }
}

//! Texts that would control a terminal, forge a line of a log or reverse a line, and the form that
//! they must have in Fieldbook's output.

/// Texts of strangers.
pub(crate) const HOSTILE: &[&str] = &[
    "\u{1b}]0;title\u{7}",
    "\u{1b}]52;c;Y29weQ==\u{1b}\\",
    "\u{1b}[2J\u{1b}[8m",
    "\u{1b}[8m",
    "\u{9b}8m \u{90}x\u{9c}",
    "a\u{8}\u{8}\u{7f}\u{0}",
    "a\rb",
    "a\r::error::b",
    "a\n::error::b",
    "a\n \t ::stop-commands::b",
    "a\n##[error]b",
    "##[group]b",
    "x ##[add-mask]b",
    "a\u{85}::warning::b",
    "a\u{2028}::warning::b\u{2029}",
    "::error::b",
    "\u{a0}::error::b",
    "\u{202e}txt.exe",
    "\u{202a}a\u{202b}b\u{202d}c",
    "\u{2066}a\u{2067}b\u{2068}c",
    "a\u{2069}b\u{202c}",
    "\u{200e}a\u{200f}b\u{61c}",
    "a\u{200b}b\u{2060}c\u{feff}d\u{ad}e",
    "a\u{200d}\u{200d}\u{fe0f}\u{fe0f}",
    "\u{e0041}\u{e007f}\u{fff9}\u{206f}",
];

/// Returns the harm in a text for a terminal or a log. Lines that begin with one of `commands` are
/// intended commands.
pub(crate) fn faults(text: &str, commands: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    for c in text.chars().filter(|c| is_hidden(*c)) {
        faults.push(format!("it holds U+{:04X}", u32::from(c)));
    }
    for line in text.split(['\n', '\r']) {
        let start = line.trim_start();
        let is_ours = commands.iter().any(|command| line.starts_with(command));
        if !is_ours && (start.starts_with("::") || start.starts_with("##[")) {
            faults.push(format!("it holds a command: {line}"));
        }
        let named = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic());
        if line.split("##[").skip(1).any(named) {
            faults.push(format!("it holds an old command: {line}"));
        }
    }
    faults
}

/// Returns whether a character controls a terminal, reverses a line, or is invisible.
fn is_hidden(c: char) -> bool {
    let stays = matches!(c, '\n' | '\t');
    c.is_control() && !stays
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Returns a text as a TOML string.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out + "\""
}

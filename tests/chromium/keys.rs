//! The events of a key press.

use serde_json::{Value, json};

/// The keys that aren't letters: name, Windows code, and the text they write.
const KEYS: &[(&str, u32, &str)] = &[
    ("Tab", 9, ""),
    ("Enter", 13, "\r"),
    ("Escape", 27, ""),
    (" ", 32, " "),
    ("End", 35, ""),
    ("Home", 36, ""),
    ("ArrowLeft", 37, ""),
    ("ArrowUp", 38, ""),
    ("ArrowRight", 39, ""),
    ("ArrowDown", 40, ""),
    ("Backspace", 8, ""),
    ("Delete", 46, ""),
];

/// Returns the events of pressing and releasing a key.
pub(super) fn events(key: &str) -> Vec<Value> {
    let (mut modifiers, mut name) = (0, key);
    for (prefix, bit) in [("Alt+", 1), ("Control+", 2), ("Meta+", 4), ("Shift+", 8)] {
        if let Some(rest) = name.strip_prefix(prefix) {
            (modifiers, name) = (modifiers | bit, rest);
        }
    }
    let known = KEYS.iter().find(|known| known.0 == name);
    let (code, text) = known.map_or_else(
        || (name.to_uppercase().bytes().next().map_or(0, u32::from), name),
        |(_, code, text)| (*code, *text),
    );
    let event = |kind: &str, text: &str| {
        json!({
            "type": kind, "key": name, "code": if name == " " { "Space" } else { name },
            "text": text, "windowsVirtualKeyCode": code, "modifiers": modifiers,
        })
    };
    vec![event(if text.is_empty() { "rawKeyDown" } else { "keyDown" }, text), event("keyUp", "")]
}

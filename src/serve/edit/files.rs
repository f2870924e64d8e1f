//! Pictures that are put beside a note.

use serde_json::{Value, json};

use super::TaskFailure;
use super::answers::at_note;
use super::asked::{AskedPicture, text_on_disk};
use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::path::{OutputPath, url_path};
use crate::serve::desk::EditDesk;
use crate::serve::shared::ServerState;
use crate::slug::fit;
use crate::source::{Source, SourceRole};

/// The endings of pictures that all browsers show.
const ENDINGS: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"];

/// The longest name of a picture without its ending, in bytes.
const LONGEST_NAME: usize = 80;

/// Writes a picture into the folder of a note, under a name that nothing there has, if the rules for files let it be.
pub(super) fn picture(
    shared: &ServerState,
    desk: &EditDesk,
    asked: &AskedPicture,
) -> Result<Value, TaskFailure> {
    let (mut desk, _, note) = at_note(shared, desk, &asked.path)?;
    text_on_disk(shared, &note)?;
    let no_picture = || {
        TaskFailure::new(422, format!("This takes pictures that end in {}.", ENDINGS.join(", ")))
    };
    let (name, ending) = asked.name.rsplit_once('.').ok_or_else(no_picture)?;
    let ending = ending.to_lowercase();
    let is_known = ENDINGS.contains(&ending.as_str());
    let bytes = decoded(&asked.data)
        .filter(|bytes| is_known && !bytes.is_empty())
        .ok_or_else(no_picture)?;
    let folder = note.in_notes().and_then(|below| below.rsplit_once('/')).map(|(folder, _)| folder);
    let mut name = fit(name).unwrap_or_default();
    name.truncate(name.floor_char_boundary(LONGEST_NAME));
    let name = if name.is_empty() { "picture".to_owned() } else { name };
    let numbered = (1..1000).map(|number| match number {
        1 => format!("{name}.{ending}"),
        _ => format!("{name}-{number}.{ending}"),
    });
    for file in numbered {
        let below = folder.map_or_else(|| file.clone(), |folder| format!("{folder}/{file}"));
        let path = note.beside(&below);
        if OutputPath::checked(path.as_str()).is_none()
            || SourceRole::of(&path) != SourceRole::Attachment
        {
            return Err(no_picture());
        }
        if desk.workspace.sources().get(&path).is_some() {
            continue;
        }
        desk.lay(Source::new(path.clone(), bytes.clone()));
        let about = |found: &&Diagnostic| found.path == path && found.is_error();
        if let Some(error) = desk.workspace.diagnostics().iter().find(about) {
            let help = error.helps().join("; ");
            let message = format!("The picture was not taken: {}. {help}", error.message);
            return Err(TaskFailure::new(422, message));
        }
        if disk::write_new(&shared.root, &path, &bytes)? {
            shared.look_at(&path);
            desk.await_file(&path);
            return Ok(
                json!({ "markdown": format!("![]({})", url_path(&file)), "path": path.as_str() }),
            );
        }
    }
    Err(TaskFailure::new(422, "Too many pictures have this name."))
}

/// Decodes Base64 (RFC 4648, section 4); `None` if it is none.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut bits, mut count) = (0u32, 0);
    for sign in text.bytes() {
        let value = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'a'..=b'z' => sign - b'a' + 26,
            b'0'..=b'9' => sign - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    Some(bytes)
}

//! Places in notes about which an editor asks: links, and what they name.

use serde_json::{Value, json};

use crate::client::Client;

/// A link in a note, and the name and part in it.
pub(crate) struct Link<'t> {
    /// The byte where the name begins.
    pub(crate) at: usize,
    pub(crate) name: &'t str,
    pub(crate) part: Option<&'t str>,
}

/// Returns the name of a note: its file's, without folder and ending.
pub(crate) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".md").unwrap_or(name)
}

/// Returns the links of a note: those in double brackets, and the values of lists of its front matter.
pub(crate) fn links(text: &str) -> Vec<Link<'_>> {
    let wiki = text.match_indices("[[").filter_map(|(at, _)| {
        let inner = text[at + 2..].split("]]").next()?.split('|').next()?;
        let (path, part) = match inner.split_once('#') {
            Some((path, part)) => (path, Some(part)),
            None => (inner, None),
        };
        let name = path.rsplit('/').next()?;
        Some(Link { at: at + 2 + path.len() - name.len(), name, part })
    });
    let front = &text[..text.find("\n+++\n").unwrap_or(0)];
    let fields = front.match_indices("themes = [\"").flat_map(move |(at, mark)| {
        let start = at + mark.len();
        let line = front[start..].lines().next().unwrap_or_default();
        line.split(['"', ']']).filter(|value| value.starts_with(|c: char| c.is_alphanumeric())).map(
            move |name| Link {
                at: start + name.as_ptr() as usize - line.as_ptr() as usize,
                name,
                part: None,
            },
        )
    });
    fields.chain(wiki).collect()
}

/// Returns the parameters of a request about a byte of a text.
pub(crate) fn place(client: &Client, path: &str, text: &str, at: usize) -> Value {
    let before = &text[..at];
    let column = at - before.rfind('\n').map_or(0, |end| end + 1);
    let position = json!({ "line": before.matches('\n').count(), "character": column });
    json!({ "textDocument": client.document(path), "position": position })
}

/// Returns the parameters of a request about one of the links of a note in turn.
pub(crate) fn at_link(client: &Client, path: &str, text: &str, n: usize) -> Value {
    let links = links(text);
    place(client, path, text, links[n % links.len()].at + 1)
}

//! The raw HTML elements that are open in an element of Markdown.

use std::collections::BTreeMap;

/// Open elements, the innermost last.
#[derive(Default)]
pub(crate) struct RawElements {
    open: Vec<RawElement>,
    /// The index in `open` of the innermost element of each name.
    innermost: BTreeMap<&'static str, usize>,
}

/// A raw HTML element that is open.
pub(crate) struct RawElement {
    pub(crate) name: &'static str,
    /// The number of the link it is, and the place in the passage where its text began.
    pub(crate) link: Option<(u32, usize)>,
    /// The index of the open element of the same name around it.
    around: Option<usize>,
}

impl RawElements {
    pub(crate) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Says whether one of these elements is open.
    pub(crate) fn has(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.innermost.contains_key(name))
    }

    /// Opens an element within those that are open.
    pub(crate) fn open(&mut self, name: &'static str, link: Option<(u32, usize)>) {
        let around = self.innermost.insert(name, self.open.len());
        self.open.push(RawElement { name, link, around });
    }

    /// Takes out the innermost element called `name` with all that was opened in it; nothing if none
    /// is open.
    pub(crate) fn close(&mut self, name: &str) -> Vec<RawElement> {
        let Some(at) = self.innermost.get(name) else { return Vec::new() };
        let closed = self.open.split_off(*at);
        for element in closed.iter().rev() {
            match element.around {
                Some(around) => self.innermost.insert(element.name, around),
                None => self.innermost.remove(element.name),
            };
        }
        closed
    }

    /// Takes all elements out.
    pub(crate) fn close_all(&mut self) -> Vec<RawElement> {
        self.innermost.clear();
        std::mem::take(&mut self.open)
    }
}

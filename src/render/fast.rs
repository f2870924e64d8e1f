//! The templates that are built in, for pages that use no others.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::filters;
use crate::source::{FILE_LIMIT, Source};
use crate::template::{NotKnown, Program};
use crate::view::ViewData;

/// The templates of a theme that are built in. They are read when the first page is made, since most builds make few.
#[derive(Debug)]
pub(super) struct BuiltInTemplates {
    sources: Vec<(String, Source)>,
    program: OnceLock<Program>,
}

impl BuiltInTemplates {
    /// Takes from the templates of a theme those that are not among the `foreign` ones.
    pub(super) fn new(
        templates: &BTreeMap<String, Source>,
        foreign: &[(&String, &Source)],
    ) -> Self {
        let is_foreign = |name: &String| foreign.iter().any(|(other, _)| *other == name);
        let own = templates.iter().filter(|(name, _)| !is_foreign(name));
        let sources = own.map(|(name, source)| (name.clone(), source.clone())).collect();
        Self { sources, program: OnceLock::new() }
    }

    /// Returns the page that a template makes of data. It fails if the template is not built in or uses one that isn't, if it
    /// fails itself, or if the page is too long.
    pub(super) fn render(
        &self,
        template: &str,
        data: &(impl ViewData + ?Sized),
        capacity: usize,
    ) -> Result<Vec<u8>, NotKnown> {
        let program = self.program.get_or_init(|| {
            let texts = self.sources.iter();
            let texts = texts.map(|(name, source)| (name.as_str(), source.text().unwrap_or("")));
            Program::new(texts, &filters::table())
        });
        if !program.has(template) {
            return Err(NotKnown);
        }
        let data = data.template_data()?;
        program.page(template, &data, FILE_LIMIT, capacity).map(String::into_bytes)
    }
}

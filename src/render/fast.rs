//! The templates that are built in, for pages that use no others.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{built_in_templates, filters, named_texts};
use crate::source::{FILE_LIMIT, Source};
use crate::template::{NotKnown, Program};
use crate::view::ViewData;

/// The templates that are built in, if a theme has no others. They are read once in a process.
static ALL: OnceLock<Program> = OnceLock::new();

/// The templates of a theme that are built in. They are read when the first page is made, since most builds make few.
#[derive(Debug)]
pub(super) enum BuiltInTemplates {
    /// All of them.
    All,
    /// Those that the theme leaves as they are.
    Some(BTreeMap<String, Source>, OnceLock<Program>),
}

impl BuiltInTemplates {
    /// Takes from the templates of a theme those that are not among the `foreign` ones.
    pub(super) fn some(
        templates: &BTreeMap<String, Source>,
        foreign: &[(&String, &Source)],
    ) -> Self {
        let is_foreign = |name: &String| foreign.iter().any(|(other, _)| *other == name);
        let own = templates.iter().filter(|(name, _)| !is_foreign(name));
        let own = own.map(|(name, source)| (name.clone(), source.clone()));
        Self::Some(own.collect(), OnceLock::new())
    }

    fn program(&self) -> &Program {
        match self {
            Self::All => ALL.get_or_init(|| program(&built_in_templates())),
            Self::Some(sources, program_of_theme) => {
                program_of_theme.get_or_init(|| program(sources))
            }
        }
    }

    /// Returns the page that a template makes of data. It fails if the template is not built in or uses one that isn't, if it
    /// fails itself, or if the page is too long.
    pub(super) fn render(
        &self,
        template: &str,
        data: &(impl ViewData + ?Sized),
        capacity: usize,
    ) -> Result<Vec<u8>, NotKnown> {
        let program = self.program();
        if !program.has(template) {
            return Err(NotKnown);
        }
        let data = data.template_data()?;
        program.page(template, &data, FILE_LIMIT, capacity).map(String::into_bytes)
    }
}

/// Reads templates.
fn program(templates: &BTreeMap<String, Source>) -> Program {
    Program::new(named_texts(templates), &filters::table())
}

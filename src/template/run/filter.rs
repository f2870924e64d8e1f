//! Filters, which change a value where it is shown.

use super::TemplateRun;
use crate::template::NotKnown;
use crate::template::value::{DataMap, DataValue};

/// A function that changes a value: `{{ value | name(argument=…) }}`.
pub(crate) type TemplateFilter = for<'d> fn(FilterCall<'_, 'd>) -> Result<DataValue<'d>, NotKnown>;

/// The input of a filter.
pub(crate) struct FilterCall<'c, 'd> {
    /// The value to change.
    pub(crate) value: DataValue<'d>,
    /// The arguments, each with its name.
    pub(super) arguments: &'c [(&'d str, DataValue<'d>)],
    pub(super) run: &'c TemplateRun<'d>,
}

impl<'d> FilterCall<'_, 'd> {
    /// Returns an argument; undefined if it was not given.
    pub(crate) fn argument(&self, name: &str) -> DataValue<'d> {
        let found = self.arguments.iter().find(|(given, _)| *given == name);
        found.map_or(DataValue::Undefined, |(_, value)| value.clone())
    }

    /// Returns the text that is to be changed.
    pub(crate) fn text(&self) -> Result<&str, NotKnown> {
        self.value.text().ok_or(NotKnown)
    }

    /// Returns the frame of the page; absent in a file that is no page.
    pub(crate) fn page(&self) -> Option<DataMap<'d>> {
        self.run.variable(&self.run.program.page).map()
    }

    /// Returns the frame of a file that is no page.
    pub(crate) fn site(&self) -> Option<DataMap<'d>> {
        self.run.variable(&self.run.program.site).map()
    }

    /// Says whether texts are escaped where they are shown.
    pub(crate) fn escapes(&self) -> bool {
        self.run.escapes
    }
}

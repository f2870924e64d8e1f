//! Rules over front matter.

use crate::config::{Config, KindId};
use crate::parse::fields::FactsDraft;
use crate::span::Span;
use crate::table::TableReader;

/// The front matter of a note, as a rule sees it.
pub(crate) struct FrontMatterContext<'a> {
    /// The values that were read.
    pub(crate) draft: &'a FactsDraft,
    pub(crate) config: &'a Config,
    pub(crate) kind: KindId,
    /// The place where something missing is reported: that of the status, or else of the title.
    pub(crate) place: Span,
}

/// A rule over front matter.
pub(crate) type FrontMatterRule = fn(&FrontMatterContext<'_>, &mut TableReader<'_>);

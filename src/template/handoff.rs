//! Data that is shared, and HTML that is shown as it is, on their way from a value to the data of a template: Serde has no name for
//! either.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use serde::{Serialize, Serializer};
use tera::Value;

use super::data::TemplateData;

/// The name by which a serialiser of template data knows that shared data waits.
pub(super) const SHARED: &str = "$fieldbook::SharedValue";
/// The name by which it knows that a text is safe.
pub(super) const SAFE: &str = "$fieldbook::SafeText";

thread_local! {
    /// True while this thread is making template data.
    static IS_WANTED: Cell<bool> = const { Cell::new(false) };
    /// The shared data that waits.
    static WAITING: RefCell<Option<Arc<TemplateData>>> = const { RefCell::new(None) };
}

/// Says whether this thread is making template data.
pub(super) fn is_wanted() -> bool {
    IS_WANTED.get()
}

/// Runs a function that makes template data.
pub(super) fn while_wanted<T>(make: impl FnOnce() -> T) -> T {
    let before = IS_WANTED.replace(true);
    let made = make();
    IS_WANTED.set(before);
    made
}

/// Lets shared data wait.
pub(super) fn offer(data: Option<Arc<TemplateData>>) {
    WAITING.set(data);
}

/// Takes the shared data that waits.
pub(super) fn taken() -> Option<Arc<TemplateData>> {
    WAITING.take()
}

/// Serialises HTML that templates show as it is.
pub(crate) fn serialize_safe<S: Serializer>(html: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if is_wanted() {
        return serializer.serialize_newtype_struct(SAFE, html);
    }
    Value::safe_string(html).serialize(serializer)
}

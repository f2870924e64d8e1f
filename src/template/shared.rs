//! Values that many pages show.

use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};
use tera::Value;

use super::data::TemplateData;
use super::handoff;
use crate::fingerprint::Hashed;

/// A value that many pages show. It is converted for templates once, when the first page needs it;
/// further pages share the result.
#[derive(Clone, Debug)]
pub struct SharedValue<T> {
    hashed: Hashed<T>,
    /// The value for the templates that are built in; absent if it can't be made.
    data: OnceLock<Option<Arc<TemplateData>>>,
    /// The value for Tera.
    value: OnceLock<Value>,
}

impl<T: Hash> SharedValue<T> {
    /// Computes the fingerprint of `value`, once.
    pub fn new(value: T) -> Self {
        Self { hashed: Hashed::new(value), data: OnceLock::new(), value: OnceLock::new() }
    }
}

impl<T> Deref for SharedValue<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.hashed
    }
}

impl<T> Hash for SharedValue<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hashed.hash(state);
    }
}

impl<T> PartialEq for SharedValue<T> {
    fn eq(&self, other: &Self) -> bool {
        self.hashed == other.hashed
    }
}

impl<T> Eq for SharedValue<T> {}

impl<T: Serialize> Serialize for SharedValue<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if handoff::is_wanted() {
            let made = || TemplateData::new(&*self.hashed).ok().map(Arc::new);
            handoff::offer(self.data.get_or_init(made).clone());
            return serializer.serialize_newtype_struct(handoff::SHARED, &());
        }
        // The template engine accepts its own values unchanged, so this copies nothing.
        self.value.get_or_init(|| Value::from_serializable(&*self.hashed)).serialize(serializer)
    }
}

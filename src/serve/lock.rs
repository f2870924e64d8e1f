//! The one way in which the threads of the preview lock what they share.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks a mutex, ignoring panics of other threads: nothing here is changed in steps, so the data
/// is whole.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//! Limits of the machine. A program that gets no more memory or threads ends as one that the system
//! would not serve, not as one with a fault; what it was writing is not in place yet.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{CommandError, CommandOutcome};

/// Prepares for the end of memory, and asks for the threads that all work is shared out to.
pub(super) fn prepare() -> Result<(), CommandError> {
    // Rust says that memory is at its end, and aborts.
    #[cfg(unix)]
    {
        let always = Arc::new(AtomicBool::new(true));
        // Where a file grows over the limit of the shell, writing it fails, as it should.
        let limit = Arc::new(AtomicBool::new(false));
        signal_hook::flag::register(signal_hook::consts::SIGXFSZ, limit)
            .map_err(|error| environment(&error.to_string()))?;
        let status = CommandOutcome::Environment as i32;
        signal_hook::flag::register_conditional_shutdown(
            signal_hook::consts::SIGABRT,
            status,
            always,
        )
        .map_err(|error| environment(&error.to_string()))?;
    }
    let threads = rayon::ThreadPoolBuilder::new().build_global();
    threads.map_err(|error| {
        environment(&format!(
            "the system gives this program no more threads ({error}); end other programs, or ask for \
             fewer with RAYON_NUM_THREADS=1"
        ))
    })
}

fn environment(message: &str) -> CommandError {
    CommandError { outcome: CommandOutcome::Environment, message: message.to_owned() }
}

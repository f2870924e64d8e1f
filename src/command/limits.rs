//! Limits of the machine. A program that gets no more memory or threads ends with the exit code for
//! a failure of the system, not with that of a bug; what it was writing isn't in place yet.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{CommandError, CommandOutcome};

/// Prepares for running out of memory, and starts the threads that share all work.
pub(super) fn prepare() -> Result<(), CommandError> {
    // Rust reports that memory ran out, and aborts.
    #[cfg(unix)]
    {
        let always = Arc::new(AtomicBool::new(true));
        // If a file grows beyond the shell's limit, writing it should fail without ending the
        // program.
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

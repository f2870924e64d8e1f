//! The entry point: passes the arguments to the library and returns its exit code.

/// The allocator. Notes are parsed on all cores into many small strings, for which it was made.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    #![expect(clippy::disallowed_methods, reason = "this is where the arguments come from")]
    fieldbook::run(std::env::args_os())
}

//! The door: hands the arguments to the library, and its exit code back.

/// Notes are parsed on all cores into many small strings, which this allocator was made for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    #![expect(clippy::disallowed_methods, reason = "this is where the arguments come from")]
    fieldbook::run(std::env::args_os())
}

//! The door: hands the arguments to the library, and its exit code back.

fn main() -> std::process::ExitCode {
    #![expect(clippy::disallowed_methods, reason = "this is where the arguments come from")]
    fieldbook::run(std::env::args_os())
}

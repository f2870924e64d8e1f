//! Judges the notes that libFuzzer generates.
#![no_main]

#[allow(dead_code, reason = "the tests of hostile notes use all of it")]
#[path = "../hostile/oracle.rs"]
mod oracle;

#[path = "judge.rs"]
mod judge;

libfuzzer_sys::fuzz_target!(|note: &[u8]| judge::judge(note));

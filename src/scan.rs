//! Finding a byte in a text, sixteen at a time.

/// How many bytes are looked at together.
const WIDTH: usize = 16;

/// The place of the first byte that `is` one of those looked for. That is asked of many bytes at
/// once, for which the compiler has single instructions, so it should be a comparison or a few.
pub fn find(bytes: &[u8], is: impl Fn(u8) -> bool) -> Option<usize> {
    let any =
        |bytes: &[u8; WIDTH]| bytes.iter().fold(0, |any, byte| any | u8::from(is(*byte))) != 0;
    let without = bytes.as_chunks().0.iter().take_while(|bytes| !any(bytes)).count() * WIDTH;
    Some(without + bytes[without..].iter().position(|byte| is(*byte))?)
}

//! Texts that are kept in little memory: there are as many as notes, and most are not needed again for long.

use lz4_flex::block::{compress, decompress};

/// A text that is packed in the block format of LZ4, unless that would not make it shorter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PackedText {
    /// The packed text, or the text itself if it has as many bytes.
    bytes: Box<[u8]>,
    /// The length of the text in bytes.
    len: u32,
}

impl PackedText {
    /// Packs a text of less than 4 GiB.
    pub fn new(text: &str) -> Self {
        let packed = compress(text.as_bytes());
        let bytes = if packed.len() < text.len() { packed } else { text.into() };
        Self { bytes: bytes.as_slice().into(), len: text.len() as u32 }
    }

    /// Returns the text.
    pub fn unpack(&self) -> String {
        let bytes = if self.bytes.len() < self.len() {
            decompress(&self.bytes, self.len()).expect("what was packed here")
        } else {
            self.bytes.to_vec()
        };
        String::from_utf8(bytes).expect("a text")
    }

    /// Returns the length of the text in bytes.
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Returns whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
}

//! Seals on records in places where others can write. Only the owner of the user's key can make
//! them.

use std::hash::Hasher;
use std::io::{self, Read};

use siphasher::sip128::{Hasher128, SipHasher24};

use super::folder::OpenFolder;
use crate::fingerprint::parse_hexadecimal;

/// The name of the key file in the user's folder.
const KEY: &str = "key";

/// The beginning of the last line of a sealed text.
const SEAL: &str = "seal ";

/// The secret key of a user on one machine.
pub(super) struct SealKey(u128);

impl SealKey {
    /// Returns the key in the user's folder, and creates it first if there is none; `None` if that
    /// fails.
    pub(super) fn of_user(folder: &OpenFolder) -> Option<Self> {
        let read = || -> io::Result<Self> {
            let mut text = String::new();
            folder.file(KEY)?.0.take(64).read_to_string(&mut text)?;
            parse_hexadecimal(text.trim_end())
                .map(Self)
                .ok_or_else(|| io::ErrorKind::InvalidData.into())
        };
        let make = || -> io::Result<()> {
            let mut bytes = [0; 16];
            getrandom::fill(&mut bytes).map_err(io::Error::other)?;
            // The file is written atomically: two first builds may run at once.
            let text = format!("{:032x}\n", u128::from_ne_bytes(bytes));
            super::store::replace(folder, KEY, &text)
        };
        read().or_else(|_| make().and_then(|()| read())).ok()
    }

    /// Appends a seal to a text.
    pub(super) fn seal(&self, text: &str) -> String {
        format!("{text}{SEAL}{:032x}\n", self.of(text))
    }

    /// Returns whether `seal` belongs to `text`.
    pub(super) fn fits(&self, text: &str, seal: &str) -> bool {
        parse_hexadecimal(seal).is_some_and(|seal| seal == self.of(text))
    }

    /// Returns the SipHash-2-4 of a text with 128 bits, a function designed for authentication
    /// (Aumasson and Bernstein, 2012).
    fn of(&self, text: &str) -> u128 {
        let mut hasher = SipHasher24::new_with_keys(self.0 as u64, (self.0 >> 64) as u64);
        hasher.write(text.as_bytes());
        hasher.finish128().as_u128()
    }
}

/// Splits a text from its seal, if it has one.
pub(super) fn without_seal(text: &str) -> (&str, Option<&str>) {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let start = body.rfind('\n').map_or(0, |end| end + 1);
    match body[start..].strip_prefix(SEAL) {
        Some(seal) => (&text[..start], Some(seal)),
        None => (text, None),
    }
}

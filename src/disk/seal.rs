//! Seals on records that lie where others may write: only who has the key of the user can make them.

use std::hash::Hasher;
use std::io::{self, Read};

use siphasher::sip128::{Hasher128, SipHasher24};

use super::folder::OpenFolder;
use crate::fingerprint::hexadecimal;

/// The name of the file with the key, in the user's folder.
const KEY: &str = "key";

/// The beginning of the line that ends a sealed text.
const SEAL: &str = "seal ";

/// The secret of a user on one machine.
pub(super) struct SealKey(u128);

impl SealKey {
    /// The key in the user's folder, made if there is none. None if it can be neither read nor made.
    pub(super) fn of_user(folder: &OpenFolder) -> Option<Self> {
        let read = || -> io::Result<Self> {
            let mut text = String::new();
            folder.file(KEY)?.0.take(64).read_to_string(&mut text)?;
            hexadecimal(text.trim_end()).map(Self).ok_or_else(|| io::ErrorKind::InvalidData.into())
        };
        let make = || -> io::Result<()> {
            let mut bytes = [0; 16];
            getrandom::fill(&mut bytes).map_err(io::Error::other)?;
            // Whole or not at all: two first builds may run at once.
            let text = format!("{:032x}\n", u128::from_ne_bytes(bytes));
            super::store::replace(folder, KEY, &text)
        };
        read().or_else(|_| make().and_then(|()| read())).ok()
    }

    /// Ends a text with a seal.
    pub(super) fn seal(&self, text: &str) -> String {
        format!("{text}{SEAL}{:032x}\n", self.of(text))
    }

    /// Says whether `seal` is that of `text`.
    pub(super) fn fits(&self, text: &str, seal: &str) -> bool {
        hexadecimal(seal).is_some_and(|seal| seal == self.of(text))
    }

    /// SipHash-2-4 with 128 bits, made to authenticate (Aumasson and Bernstein, 2012).
    fn of(&self, text: &str) -> u128 {
        let mut hasher = SipHasher24::new_with_keys(self.0 as u64, (self.0 >> 64) as u64);
        hasher.write(text.as_bytes());
        hasher.finish128().as_u128()
    }
}

/// Parts a text from its seal, if it has one.
pub(super) fn without_seal(text: &str) -> (&str, Option<&str>) {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let start = body.rfind('\n').map_or(0, |end| end + 1);
    match body[start..].strip_prefix(SEAL) {
        Some(seal) => (&text[..start], Some(seal)),
        None => (text, None),
    }
}

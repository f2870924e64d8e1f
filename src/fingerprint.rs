//! Fingerprints: equal values have equal ones, and different values practically always have
//! different ones.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

use serde::{Serialize, Serializer};
use siphasher::sip128::{Hasher128, SipHasher13};
use xxhash_rust::xxh3::Xxh3Default;

/// A hash of 128 bits that stands for a value. It is never part of an output, and is comparable
/// only within one version of the program on one machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// Returns the fingerprint of a value.
    pub fn of<T: Hash + ?Sized>(value: &T) -> Self {
        let mut hasher = PrintHasher::new();
        value.hash(&mut hasher);
        Self(hasher.print())
    }

    /// Parses the output of `Display`.
    pub fn parse(text: &str) -> Option<Self> {
        parse_hexadecimal(text).map(Self)
    }
}

/// The bytes that a hash is given at once. Most parts of a value are a few bytes, and each call of the hash costs more.
const AT_ONCE: usize = 512;

/// A hash of 128 bits of all parts of a value.
struct PrintHasher {
    hash: Xxh3Default,
    waiting: [u8; AT_ONCE],
    /// The number of bytes that wait.
    length: usize,
}

impl PrintHasher {
    fn new() -> Self {
        Self { hash: Xxh3Default::new(), waiting: [0; AT_ONCE], length: 0 }
    }

    fn hand_over(&mut self) {
        self.hash.update(&self.waiting[..self.length]);
        self.length = 0;
    }

    fn print(mut self) -> u128 {
        self.hand_over();
        self.hash.digest128()
    }
}

impl Hasher for PrintHasher {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        if bytes.len() > AT_ONCE - self.length {
            self.hand_over();
            if bytes.len() > AT_ONCE {
                return self.hash.update(bytes);
            }
        }
        self.waiting[self.length..self.length + bytes.len()].copy_from_slice(bytes);
        self.length += bytes.len();
    }

    fn finish(&self) -> u64 {
        let mut hash = self.hash.clone();
        hash.update(&self.waiting[..self.length]);
        hash.digest()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// Parses a number of 32 hexadecimal digits. It is fast, because a manifest has three for each
/// page.
pub fn parse_hexadecimal(text: &str) -> Option<u128> {
    let half = |digits: &[u8]| {
        digits.iter().try_fold(0u64, |number, digit| {
            let value = match digit {
                b'0'..=b'9' => digit - b'0',
                b'a'..=b'f' => digit - b'a' + 10,
                _ => return None,
            };
            Some(number << 4 | u64::from(value))
        })
    };
    let (high, low) = text.as_bytes().split_at_checked(16).filter(|(_, low)| low.len() == 16)?;
    Some(u128::from(half(high)?) << 64 | u128::from(half(low)?))
}

/// Returns a short hash of bytes that is the same on every machine: 32 bits of SipHash-1-3.
pub fn short_hash(bytes: &[u8]) -> u32 {
    let mut hasher = SipHasher13::new();
    hasher.write(bytes);
    hasher.finish128().h1 as u32
}

/// Returns a short hash of bytes as eight hexadecimal digits, so that it can be part of an address.
/// Different bytes practically always have different hashes, as caches need.
pub fn name_of(bytes: &[u8]) -> String {
    format!("{:08x}", short_hash(bytes))
}

/// A value with its fingerprint. Only the fingerprint is hashed, so hashing a view costs as much as
/// the number of its parts, not their size.
#[derive(Clone, Debug)]
pub struct Hashed<T> {
    value: T,
    fingerprint: Fingerprint,
}

impl<T: Hash> Hashed<T> {
    /// Computes the fingerprint of `value`, once.
    pub fn new(value: T) -> Self {
        let fingerprint = Fingerprint::of(&value);
        Self { value, fingerprint }
    }
}

impl<T> Deref for Hashed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> Hash for Hashed<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.fingerprint.hash(state);
    }
}

impl<T> PartialEq for Hashed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint
    }
}

impl<T> Eq for Hashed<T> {}

impl<T: Serialize> Serialize for Hashed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

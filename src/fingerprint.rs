//! Fingerprints: equal values have equal ones, and unequal values, for all that matters, do not.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::OnceLock;

use serde::{Serialize, Serializer};
use siphasher::sip128::{Hasher128, SipHasher13};
use tera::Value;

/// 128 bits that stand for a value. Never part of an output; meaningful within one version of the
/// program on one machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// The fingerprint of a value.
    pub fn of<T: Hash + ?Sized>(value: &T) -> Self {
        let mut hasher = SipHasher13::new();
        value.hash(&mut hasher);
        Self(hasher.finish128().as_u128())
    }

    /// Reads what `Display` wrote.
    pub fn parse(text: &str) -> Option<Self> {
        hexadecimal(text).map(Self)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// Reads a number of 32 hexadecimal digits. A manifest holds three for each page.
pub fn hexadecimal(text: &str) -> Option<u128> {
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

/// A name for bytes that is the same on every machine, so that it may stand in an address: SipHash-1-3
/// of them, as eight hexadecimal digits. Other bytes have another name, for all that matters to caches.
pub fn name_of(bytes: &[u8]) -> String {
    let mut hasher = SipHasher13::new();
    hasher.write(bytes);
    format!("{:08x}", hasher.finish128().h1 as u32)
}

/// A value with its fingerprint, which is all of it that is hashed: to hash a view then costs what
/// the view points at, not what that weighs.
#[derive(Clone, Debug)]
pub struct Hashed<T> {
    value: T,
    fingerprint: Fingerprint,
}

impl<T: Hash> Hashed<T> {
    /// Takes the fingerprint of `value`, once.
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

/// A value that many pages show. It is made ready for templates once, when the first page asks, and
/// costs each further page a pointer.
#[derive(Clone, Debug)]
pub struct SharedValue<T> {
    hashed: Hashed<T>,
    ready: OnceLock<Value>,
}

impl<T: Hash> SharedValue<T> {
    /// Takes the fingerprint of `value`, once.
    pub fn new(value: T) -> Self {
        Self { hashed: Hashed::new(value), ready: OnceLock::new() }
    }
}

impl<T> Deref for SharedValue<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.hashed
    }
}

impl<T> Hash for SharedValue<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hashed.hash(state);
    }
}

impl<T> PartialEq for SharedValue<T> {
    fn eq(&self, other: &Self) -> bool {
        self.hashed == other.hashed
    }
}

impl<T> Eq for SharedValue<T> {}

impl<T: Serialize> Serialize for SharedValue<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The engine takes a value of its own as it is, so this copies nothing.
        self.ready.get_or_init(|| Value::from_serializable(&*self.hashed)).serialize(serializer)
    }
}

//! Pseudo-random numbers that are the same everywhere (SplitMix64).

pub(crate) struct Random(u64);

impl Random {
    /// Creates a separate sequence for each `seed` and `purpose`, so that more numbers for one
    /// purpose do not shift those for another.
    pub(crate) fn new(seed: u64, purpose: &str) -> Random {
        let mixed = purpose
            .bytes()
            .fold(seed, |sum, byte| sum.wrapping_mul(0x0100_0000_01b3) ^ u64::from(byte));
        let mut random = Random(mixed);
        random.next();
        random
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns one of `0..n`, with equal probability.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// Returns one of `low..=high`, with equal probability.
    pub(crate) fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// Returns one of `0..n`, low numbers more often: the density falls linearly to zero.
    pub(crate) fn skewed(&mut self, n: usize) -> usize {
        self.below(n).min(self.below(n))
    }

    /// Returns true once in `n` times, on average.
    pub(crate) fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

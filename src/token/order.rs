//! Numbers put in their order without comparing them.

/// A bit for each number that may come, and a bit for each 64 of those, so that the many that do not
/// come cost next to nothing.
#[derive(Default)]
pub(super) struct NumberSet {
    bits: Vec<u64>,
    groups: Vec<u64>,
}

impl NumberSet {
    /// Puts `numbers`, none of which comes twice, in their order.
    pub(super) fn sort(&mut self, numbers: &mut Vec<u32>) {
        for number in numbers.drain(..) {
            let word = number as usize / 64;
            if word >= self.bits.len() {
                self.bits.resize(word + 1, 0);
                self.groups.resize(word / 64 + 1, 0);
            }
            self.bits[word] |= 1 << (number % 64);
            self.groups[word / 64] |= 1 << (word % 64);
        }
        for (group, words) in self.groups.iter_mut().enumerate() {
            for word in ones(std::mem::take(words)) {
                let word = group as u32 * 64 + word;
                let bits = std::mem::take(&mut self.bits[word as usize]);
                numbers.extend(ones(bits).map(|bit| word * 64 + bit));
            }
        }
    }
}

/// The places of the ones in `set`, the lowest first.
fn ones(mut set: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let lowest = (set != 0).then(|| set.trailing_zeros());
        set &= set.wrapping_sub(1);
        lowest
    })
}

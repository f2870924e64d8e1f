//! Colours: how they are written, and how well text in one can be read on another.

use std::fmt;

/// The least contrast of text on its ground (WCAG 2.2, success criterion 1.4.3).
pub const LEAST_CONTRAST: f64 = 4.5;

/// A colour of the sRGB space: red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour(pub [u8; 3]);

/// The colours that text stands on, in light or in dark colours.
#[derive(Debug)]
pub struct Grounds {
    /// Each colour of the default style sheet on which text stands, with what it is behind.
    pub colours: [(Colour, &'static str); 4],
    /// The colour that stands out from all of them most.
    pub opposite: Colour,
}

/// The grounds in light colours.
pub const LIGHT: Grounds = Grounds {
    colours: [
        (Colour([0xff, 0xff, 0xff]), "the page"),
        (Colour([0xf3, 0xf6, 0xf6]), "boxes beside the text"),
        (Colour([0xfd, 0xf0, 0xb4]), "marked passages"),
        (Colour([0xff, 0xf3, 0xd1]), "warnings"),
    ],
    opposite: Colour([0, 0, 0]),
};

/// The grounds in dark colours.
pub const DARK: Grounds = Grounds {
    colours: [
        (Colour([0x14, 0x19, 0x1c]), "the page"),
        (Colour([0x1d, 0x24, 0x28]), "boxes beside the text"),
        (Colour([0x4d, 0x42, 0x10]), "marked passages"),
        (Colour([0x3a, 0x2e, 0x0d]), "warnings"),
    ],
    opposite: Colour([0xff, 0xff, 0xff]),
};

impl Grounds {
    /// Returns the ground on which `colour` stands out least, with its contrast.
    pub fn worst(&self, colour: Colour) -> (&'static str, f64) {
        let contrasts = self.colours.map(|(ground, name)| (name, ground.contrast(colour)));
        contrasts.into_iter().fold((contrasts[0].0, f64::INFINITY), |worst, found| {
            if found.1 < worst.1 { found } else { worst }
        })
    }

    /// Returns `colour`, or the nearest shade of it that can be read on every ground.
    pub fn readable(&self, colour: Colour) -> Colour {
        let shades = (0..=u8::MAX).map(|part| colour.mixed(self.opposite, part));
        let mut readable = shades.filter(|shade| self.worst(*shade).1 >= LEAST_CONTRAST);
        readable.next().unwrap_or(self.opposite)
    }
}

impl Colour {
    /// Reads `#rgb` or `#rrggbb`.
    pub fn parse(written: &str) -> Option<Self> {
        let digits = written.strip_prefix('#')?.as_bytes();
        let digit = |at: usize| char::from(digits[at]).to_digit(16);
        let pair = |high: usize, low: usize| u8::try_from(digit(high)? * 16 + digit(low)?).ok();
        match digits.len() {
            3 => Some(Self([pair(0, 0)?, pair(1, 1)?, pair(2, 2)?])),
            6 => Some(Self([pair(0, 1)?, pair(2, 3)?, pair(4, 5)?])),
            _ => None,
        }
    }

    /// Returns the contrast ratio with another colour (WCAG 2.2), from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// Returns the relative luminance (WCAG 2.2), from 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let value = f64::from(part) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Returns a mixture with `part` of 255 parts of another colour.
    fn mixed(self, other: Self, part: u8) -> Self {
        let mix = |own: u8, other: u8| {
            let sum =
                u32::from(own) * u32::from(u8::MAX - part) + u32::from(other) * u32::from(part);
            (sum / u32::from(u8::MAX)) as u8
        };
        let [red, green, blue] = [0, 1, 2].map(|at| mix(self.0[at], other.0[at]));
        Self([red, green, blue])
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

//! The contrast of the colours of the theme: each text colour on each background.

use std::collections::BTreeMap;

use fieldbook::colour::{Colour, DARK, LIGHT};

const STYLE: &str = include_str!("../../themes/default/static/assets/site.css");

/// The backgrounds of text.
const GROUNDS: [&str; 4] = ["paper", "tint", "mark", "warn"];

/// The colours of text.
const TEXTS: [&str; 9] =
    ["ink", "soft", "link", "seen", "green", "purple", "amber", "red", "accent"];

/// The least contrast that the style sheet promises, in light and dark colours. WCAG 2.2 requires
/// 4.5 (success criterion 1.4.3).
const LEAST: [f64; 2] = [6.0, 4.5];

#[test]
fn every_colour_can_be_read_on_every_ground() {
    let roles = roles();
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for ground in GROUNDS {
        pairs.extend(TEXTS.map(|text| (text, ground)));
    }
    assert_eq!(roles["accent"].len(), 9, "that of the site, and eight for the notes of a kind");
    let mut poor = Vec::new();
    for (text, ground) in pairs {
        for text_now in &roles[text] {
            for (side, least) in LEAST.iter().enumerate() {
                let found = contrast(&text_now[side], &roles[ground][0][side]);
                if found < *least {
                    poor.push(format!("{text} {} on {ground}: {found:.2}", text_now[side]));
                }
            }
        }
    }
    poor.extend(roles["past"][0].iter().filter_map(|ground| {
        let found = contrast("#fff", ground);
        (found < 4.5).then(|| format!("past-ink on past {ground}: {found:.2}"))
    }));
    assert!(poor.is_empty(), "{}", poor.join("\n"));
}

#[test]
fn the_grounds_that_an_accent_is_judged_by_are_those_of_the_style_sheet() {
    let roles = roles();
    for (side, grounds) in [&LIGHT, &DARK].into_iter().enumerate() {
        let told = GROUNDS.map(|ground| Colour::parse(&roles[ground][0][side]));
        assert_eq!(grounds.colours.map(|(colour, _)| Some(colour)), told);
    }
}

#[test]
fn the_contrast_that_the_style_sheet_tells_is_so() {
    let roles = roles();
    let least = |pair: &[String; 2]| {
        let on = |ground: &str, side: usize| contrast(&pair[side], &roles[ground][0][side]);
        let on_all = |side| GROUNDS.iter().map(|ground| on(ground, side)).fold(21.0, f64::min);
        // The ratio in the message is truncated, not rounded.
        [0, 1].map(|side| (on_all(side) * 10.0).floor() / 10.0)
    };
    for text in TEXTS {
        let [light, dark] = least(&roles[text][0]);
        let told = format!("{text} {light:.1} {dark:.1}");
        assert!(STYLE.contains(&told), "the comment on colours should say: {told}");
    }
    for (number, pair) in (1..).zip(&roles["accent"][1..]) {
        let ([light, dark], [one, other]) = (least(pair), pair);
        let told = format!(
            ".colour-{number} {{ --accent: light-dark({one}, {other}); }} /* {light:.1} {dark:.1} */"
        );
        assert!(STYLE.contains(&told), "the line of a colour should say: {told}");
    }
}

/// Returns the pairs of light and dark colours of each role.
fn roles() -> BTreeMap<&'static str, Vec<[String; 2]>> {
    let mut roles: BTreeMap<&str, Vec<[String; 2]>> = BTreeMap::new();
    for part in STYLE.split("--").skip(1) {
        let Some((name, value)) = part.split_once(": light-dark(") else { continue };
        let Some((light, dark)) = value.split(')').next().and_then(|pair| pair.split_once(", "))
        else {
            continue;
        };
        roles.entry(name).or_default().push([light.to_owned(), dark.to_owned()]);
    }
    roles
}

/// Returns the contrast ratio of two colours (WCAG 2.2, relative luminance), from 1 to 21.
fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: &str) -> f64 {
    let digits = colour.trim_start_matches('#');
    let width = digits.len() / 3;
    let part = |at: usize| {
        let text = digits[at * width..(at + 1) * width].repeat(3 - width);
        let value = f64::from(u8::from_str_radix(&text, 16).expect("a colour")) / 255.0;
        if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(0) + 0.7152 * part(1) + 0.0722 * part(2)
}

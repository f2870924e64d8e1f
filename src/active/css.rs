//! Styles in a picture: they may say how it looks, and load nothing.

/// Functions whose argument is the address of a file, besides `url()` (CSS Images 4, CSS Values 5).
const LOADING: [&str; 4] = ["image-set(", "image(", "cross-fade(", "src("];

/// What may stand in `url()`: a part of the same file, and pictures and fonts that stand in it whole.
const INSIDE: [&str; 10] = [
    "#",
    "data:image/png",
    "data:image/jpeg",
    "data:image/jpg",
    "data:image/gif",
    "data:image/webp",
    "data:font/",
    "data:application/font-",
    "data:application/x-font-",
    "data:application/vnd.ms-fontobject",
];

/// What in a style sheet or a value would load a file; none if nothing would.
///
/// A comment or a string that merely looks like that counts too: which is which depends on all that
/// stands before, and pictures have no need of such.
pub(super) fn loads(css: &str) -> Option<&'static str> {
    if !css.contains(['(', '@', '\\']) {
        return None;
    }
    let css = unescaped(css).to_ascii_lowercase();
    if css.contains("@import") {
        return Some("@import");
    }
    if let Some(function) = LOADING.iter().find(|function| css.contains(**function)) {
        return Some(function.trim_end_matches('('));
    }
    let mut addresses = css.split("url(").skip(1);
    addresses.any(|rest| !is_inside(rest)).then_some("url()")
}

/// Whether the address that `rest` begins with, in lower case and perhaps in quotation marks, is that
/// of something in the same file.
fn is_inside(rest: &str) -> bool {
    let address = rest.trim_start().trim_start_matches(['"', '\'']).trim_start();
    INSIDE.iter().any(|start| address.starts_with(start))
}

/// The text with what is written by a backslash as it is meant (CSS Syntax 3, section 4.3.7): `\75rl`
/// is `url`.
fn unescaped(css: &str) -> String {
    let mut plain = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        let digits = after.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        let (code, after_code) = after.split_at(digits);
        rest = match u32::from_str_radix(code, 16) {
            Ok(code) => {
                plain.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                let end = after_code.strip_prefix("\r\n");
                end.or_else(|| after_code.strip_prefix([' ', '\t', '\n', '\r', '\u{c}']))
                    .unwrap_or(after_code)
            }
            // A line break after a backslash is none; any other sign stands for itself.
            Err(_) => {
                after.strip_prefix("\r\n").or_else(|| after.strip_prefix('\n')).unwrap_or(after)
            }
        };
    }
    plain.push_str(rest);
    plain
}

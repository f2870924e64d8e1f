//! Styles in a picture: they may describe its look, but load nothing.

/// Functions that take the address of a file, besides `url()` (CSS Images 4, CSS Values 5).
const LOADING_FUNCTIONS: [&str; 4] = ["image-set(", "image(", "cross-fade(", "src("];

/// The beginnings that are allowed in `url()`: a part of the same file, or a picture or font
/// embedded in it.
const INTERNAL_STARTS: [&str; 10] = [
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

/// Returns the part of a style sheet or value that would load a file, if any.
///
/// A comment or string that merely looks like loading counts too: telling them apart would require
/// reading everything before, and pictures don't need them.
pub(super) fn loads(css: &str) -> Option<&'static str> {
    if !css.contains(['(', '@', '\\']) {
        return None;
    }
    let css = unescaped(css).to_ascii_lowercase();
    if css.contains("@import") {
        return Some("@import");
    }
    if let Some(function) = LOADING_FUNCTIONS.iter().find(|function| css.contains(**function)) {
        return Some(function.trim_end_matches('('));
    }
    let mut addresses = css.split("url(").skip(1);
    addresses.any(|rest| !is_inside(rest)).then_some("url()")
}

/// Returns whether the address at the beginning of `rest`, in lower case and possibly in quotation
/// marks, is within the same file.
fn is_inside(rest: &str) -> bool {
    let address = rest.trim_start().trim_start_matches(['"', '\'']).trim_start();
    INTERNAL_STARTS.iter().any(|start| address.starts_with(start))
}

/// Returns the text with escapes resolved (CSS Syntax 3, section 4.3.7): `\75rl` is `url`.
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
            // An escaped line break is removed; any other escaped character stands for itself.
            Err(_) => {
                after.strip_prefix("\r\n").or_else(|| after.strip_prefix('\n')).unwrap_or(after)
            }
        };
    }
    plain.push_str(rest);
    plain
}

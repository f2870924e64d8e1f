//! The width of a text before any browser has set it, by the class of its characters in sans-serif
//! fonts.

use unicode_segmentation::UnicodeSegmentation;

/// Returns the text on at most `most` lines, each at most `width` wide, in hundredths of the size of
/// the font. A text that does not fit is cut after a word, or within one that is wider than a line.
pub(crate) fn lines(text: &str, width: u32, most: usize) -> Vec<String> {
    let lines = fill(text, width, most);
    if lines.len() == 1 || lines.last().is_some_and(|line| line.ends_with('…')) {
        return lines;
    }
    // As narrow as so many lines can be, so that none is left with a word alone.
    let narrower = (width / 2..width).step_by(width as usize / 20 + 1);
    let mut even = narrower.map(|width| fill(text, width, lines.len()));
    even.find(|even| even.last().is_some_and(|line| !line.ends_with('…'))).unwrap_or(lines)
}

/// Returns the text on lines that are each as full as can be.
fn fill(text: &str, width: u32, most: usize) -> Vec<String> {
    let mut lines: Vec<Vec<&str>> = vec![Vec::new()];
    let mut used = 0;
    let mut is_cut = false;
    'words: for word in text.split_whitespace() {
        let is_long = word_width(word) > width;
        let pieces: Vec<&str> = if is_long { word.graphemes(true).collect() } else { vec![word] };
        for (at, piece) in pieces.into_iter().enumerate() {
            let own = word_width(piece);
            let space = if at == 0 && used > 0 { SPACE } else { 0 };
            if used + space + own > width && used > 0 {
                if lines.len() == most {
                    is_cut = true;
                    break 'words;
                }
                lines.push(Vec::new());
                used = 0;
            }
            let Some(line) = lines.last_mut() else { break };
            if at == 0 && used > 0 {
                line.push(" ");
                used += SPACE;
            }
            line.push(piece);
            used += own;
        }
    }
    if let Some(last) = lines.last_mut().filter(|_| is_cut) {
        let wide = |line: &[&str]| line.iter().map(|piece| word_width(piece)).sum::<u32>();
        while last.len() > 1 && (wide(last) + DOTS > width || last.last() == Some(&" ")) {
            last.pop();
        }
    }
    let mut lines: Vec<String> = lines.into_iter().map(|line| line.concat()).collect();
    if let Some(last) = lines.last_mut().filter(|_| is_cut) {
        last.truncate(last.trim_end_matches([',', ';', ':']).len());
        last.push('…');
    }
    lines
}

const SPACE: u32 = 32;
const DOTS: u32 = 102;

fn word_width(word: &str) -> u32 {
    word.graphemes(true).map(|sign| sign.chars().next().map_or(0, letter)).sum()
}

/// The width of a letter in the widest of the fonts that the style sheet names first (Noto Sans,
/// Liberation Sans, Roboto) and of DejaVu Sans, which systems have that have none of them; from the
/// tables in those fonts.
fn letter(letter: char) -> u32 {
    match letter {
        'i' | 'j' | 'l' => 28,
        '.' | ',' | '\'' | '’' | '‘' | ' ' => SPACE,
        'I' | 'f' | '-' | ':' | ';' => 36,
        'r' | 't' | '(' | ')' | '[' | ']' | '/' | '!' => 41,
        's' | 'c' | 'z' | '"' | '“' | '”' => 55,
        'a' | 'e' | 'k' | 'v' | 'x' | 'y' | 'F' | 'J' | 'L' | 'T' => 62,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' | 'Z' => 69,
        'C' | 'R' | 'U' => 73,
        'w' | 'D' | 'G' | 'H' | 'N' | 'O' | 'Q' | '&' => 82,
        'm' | 'M' | 'W' | '%' => 99,
        '@' | '—' | '…' => 102,
        '\0'..='\u{24f}' => 66,
        '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' => 100,
        '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{1f000}'..='\u{3ffff}' => 100,
        // Most letters of other scripts are as wide as these.
        _ => 76,
    }
}

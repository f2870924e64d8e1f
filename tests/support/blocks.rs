//! The fenced blocks of a Markdown file: what a fixture and the syntax reference are made of.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// A fenced block of a Markdown file.
pub(crate) struct Block {
    /// What stands after the opening fence.
    pub(crate) info: String,
    /// What is in it.
    pub(crate) text: String,
    /// Where it stands in the file, fences included.
    pub(crate) range: std::ops::Range<usize>,
}

/// The fenced blocks of a Markdown file, in order.
pub(crate) fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for (event, range) in Parser::new(markdown).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                blocks.push(Block { info: info.to_string(), text: String::new(), range });
                open = true;
            }
            Event::Text(text) if open => {
                blocks.last_mut().expect("an open block").text.push_str(&text);
            }
            Event::End(TagEnd::CodeBlock) => open = false,
            _ => {}
        }
    }
    blocks
}

/// The number of the line at an offset, from 1.
pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    text[..offset].matches('\n').count() + 1
}

/// A fenced block, its fence longer than any in it.
pub(crate) fn fenced(info: &str, text: &str) -> String {
    let longest = text.lines().map(|line| line.bytes().take_while(|b| *b == b'`').count()).max();
    let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    format!("{fence}{info}\n{}\n{fence}", text.trim_end())
}

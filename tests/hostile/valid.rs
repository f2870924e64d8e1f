//! Pages of ordinary notes, which the HTML parser must read without an error.

use scraper::Html;

use crate::page;
use crate::support;

#[test]
fn the_syntax_reference_makes_valid_pages() {
    for file in support::entries(&support::tests().join("syntax")) {
        let text = std::fs::read_to_string(&file).expect("a file of the reference");
        let examples = support::blocks::blocks(&text).into_iter();
        for example in examples.filter(|b| b.info == "markdown" && !b.text.starts_with("+++")) {
            let Some(html) = page(&example.text).0 else { continue };
            let errors = Html::parse_document(&html).errors;
            assert!(errors.is_empty(), "{}: {errors:?}\n{}", file.display(), example.text);
        }
    }
}

//! Addresses of pages that were published, and what becomes of them.

use crate::support::book::{Book, SMALL};

#[test]
fn the_address_of_a_renamed_note_is_reported_until_it_leads_there_again() {
    let book = Book::new(SMALL);
    book.build().ends(0).says("0 problems");
    let text = book.read("content/lessons/second.md");
    book.remove("content/lessons/second.md");
    book.write("content/lessons/renamed.md", text);
    let lost = "this page was at the address lessons/second.html, which leads nowhere now";
    book.run(&["check"]).ends(0).says(lost).says("fieldbook fix may fix 1");
    book.build().ends(0).says(lost);
    // The record keeps the address, though nothing is written there any more.
    book.build().ends(0).says(lost).says("nothing to do");
    let trial = book.run(&["fix", "-n"]).says("1 problem would be fixed");
    assert!(trial.code == Some(1) && trial.out.contains("+aliases = "), "{}", trial.out);
    let run = book.run(&["fix"]).ends(0);
    let run = run.says("fixed[lost-address]: add the alias /lessons/second.html");
    assert!(!run.err.contains("what is left"), "{}", run.err);
    book.write("content/lessons/broken.md", "+++\ntitle = \"Broken\"\n+++\n\n[[Nothing]]\n");
    book.run(&["fix"]).ends(0).says("To see what is left, type: fieldbook check");
    book.remove("content/lessons/broken.md");
    let mended = book.read("content/lessons/renamed.md");
    assert!(mended.contains("aliases = [\"/lessons/second.html\"]"), "{mended}");
    book.build().ends(0).says("0 problems");
    assert!(book.site().contains_key("lessons/second.html"));
}

#[test]
fn a_page_that_is_gone_for_good_is_given_up_in_the_settings() {
    let book = Book::new(SMALL);
    book.build().ends(0);
    book.remove("content/lessons/second.md");
    let lost = "there was a page at the address lessons/second.html, and nothing is there now";
    book.build().ends(0).says("book.toml").says(lost);
    let given_up = "\n[check]\nlost-address = { gone = [\"/lessons/second.html\"] }\n";
    book.write("book.toml", SMALL[0].1.to_owned() + given_up);
    book.build().ends(0).says("0 problems");
    book.write("book.toml", SMALL[0].1);
    // What was given up is forgotten.
    book.build().ends(0).says("0 problems");
}

#[test]
fn a_published_note_that_becomes_a_draft_is_reported_there() {
    let book = Book::new(SMALL);
    book.build().ends(0);
    let text = book.read("content/lessons/second.md");
    book.write(
        "content/lessons/second.md",
        text.replacen("\n+++\n\n", "\nstatus = \"draft\"\n+++\n\n", 1),
    );
    book.build().ends(0).says("content/lessons/second.md").says("and it is a draft now");
    // The pages of drafts are not published, whoever looks at them.
    book.run(&["build", "--drafts", "--today", "2026-11-22"]).ends(0).says("0 problems");
}

#[test]
fn many_pages_that_are_gone_are_reported_once() {
    let book = Book::new(SMALL);
    for number in 0..20 {
        book.write(
            &format!("content/lessons/x{number}.md"),
            format!("+++\ntitle = \"X{number}\"\n+++\n\nText.\n"),
        );
    }
    book.build().ends(0);
    for number in 0..20 {
        book.remove(&format!("content/lessons/x{number}.md"));
    }
    book.build()
        .ends(0)
        .says("lessons/x0.html, and nothing is there now, and at 19 others")
        .says("1 problem");
}

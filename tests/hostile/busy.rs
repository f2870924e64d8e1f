//! Notes that take long, or much of the stack: each is built within seconds, even by a debug build.

use std::time::{Duration, Instant};

use crate::support;

/// A time limit that is much longer than any of these takes, and much shorter than excessive
/// growth.
pub(crate) const LIMIT: Duration = Duration::from_secs(10);

#[track_caller]
fn check(what: &str, text: &str) {
    let note = format!("+++\ntitle = \"Note\"\n+++\n\n{text}\n");
    let other = "+++\ntitle = \"Other\"\n+++\n";
    let book =
        [("book.toml", "title = \"Book\"\n"), ("content/n.md", &note), ("content/m.md", other)];
    let start = Instant::now();
    let (workspace, site) = support::open(support::sources(&book), support::options());
    let took = start.elapsed();
    assert!(took < LIMIT, "{what} took {took:?}");
    assert!(site.is_some() || !workspace.diagnostics().is_empty(), "{what}: nothing came of it");
}

#[test]
fn signs_that_open_and_never_close() {
    for sign in [
        "[",
        "![",
        "[[",
        "![[",
        "[a](",
        "[a](<b",
        "*a_ ",
        "**a *",
        "<",
        "<a ",
        "<!--",
        "<?",
        "<![CDATA[",
        "$a ",
        "$$",
        "^a ",
        "~a ",
        "\\",
        "|",
        "&",
        "\"",
        "'",
        "[^a",
        "`",
        "> ",
        "- ",
        "1. ",
        "{#",
        "::",
        "%%",
        "%% ",
        "`%%` ",
        "%%`",
        "==",
        " ==a",
        "a== ",
        "](",
        "[a](b ",
        "https://",
        "https://a",
        "(https://a.b",
        "https://a.b) ",
        "www.",
        "www.a.b ",
        "-\u{a0}",
    ] {
        check(sign, &sign.repeat(50_000));
    }
    let ticks: String = (1..700).map(|n| format!("e{}", "`".repeat(n))).collect();
    check("runs of backticks", &ticks);
}

#[test]
fn deep_nesting() {
    check("quotations", &(">".repeat(10_000) + " x"));
    check("quotations, line by line", &lines(500, |n| "> ".repeat(n) + "x"));
    check("lists", &("- ".repeat(5_000) + "x"));
    check("lists, line by line", &lines(400, |n| "  ".repeat(n) + "- x"));
    check("callouts", &lines(300, |n| "> ".repeat(n + 1) + "[!note]"));
    check("raw elements", &"<div>".repeat(20_000));
    check("raw elements in blocks", &"<div>\n\n".repeat(20_000));
    check("raw elements in a line", &("x ".to_owned() + &"<b>y".repeat(20_000)));
    check("ends of nothing", &("x ".to_owned() + &"</div>".repeat(20_000)));
    check("emphasis", &("*".repeat(20_000) + "x" + &"*".repeat(20_000)));
    check("links in links", &("[".repeat(10_000) + "x" + &"](m)".repeat(10_000)));
}

#[test]
fn deep_formulas() {
    for (open, close) in [
        ("{", "}"),
        ("\\sqrt{", "}"),
        ("x^{", "}"),
        ("\\frac{1}{", "}"),
        ("\\left(", "\\right)"),
        ("\\begin{matrix}", "\\end{matrix}"),
    ] {
        for depth in [100, 1_000, 20_000] {
            check(open, &format!("${}x{}$", open.repeat(depth), close.repeat(depth)));
        }
    }
    check("a formula that defines itself", "$\\def\\a{\\a\\a}\\a$ $\\newcommand{\\b}{\\b\\b}\\b$");
}

#[test]
fn long_lines() {
    check("words", &"word ".repeat(200_000));
    check("one word", &"a".repeat(1_000_000));
    check(
        "a link in a text without sentences",
        &format!("{}[[m]]{}", "a b ".repeat(250_000), " c".repeat(100_000)),
    );
    check("a long formula", &format!("${}x$", "x+".repeat(50_000)));
}

#[test]
fn much_of_everything() {
    let many =
        |count: usize, one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<String>();
    let cited = many(5_000, &|n| format!("[^{n}]"));
    check("footnotes", &(cited + "\n\n" + &many(5_000, &|n| format!("[^{n}]: x\n\n"))));
    check(
        "a chain of footnotes",
        &format!("[^0]\n\n{}", many(5_000, &|n| format!("[^{n}]: [^{}]\n\n", n + 1))),
    );
    check("one footnote", &("[^1] ".repeat(10_000) + "\n\n[^1]: x"));
    check("links", &"See [[m]]. ".repeat(10_000));
    check("links in one sentence", &"see [[m]] ".repeat(10_000));
    check("broken links", &many(3_000, &|n| format!("See [[zz{n}]]. ")));
    check("headings", &many(10_000, &|n| format!("## A {n}\n\n")));
    check("equal headings", &"## A\n\n".repeat(10_000));
    check("definitions of links", &many(10_000, &|n| format!("[a{n}]: m.md\n")));
    check("table cells", &table(1_000, 100));
    check("table columns", &table(10, 10_000));
    check("addresses", &"https://example.org/a ".repeat(10_000));
    check(
        "an address with brackets",
        &format!("https://a.b/{}", "()".repeat(100_000) + &")".repeat(100_000)),
    );
    check("comments", &"a %% b %% ".repeat(10_000));
    check("comments that cut code", &"%% ` %% ` ".repeat(10_000));
    check("comments around code", &"%%\n```\n%%\n```\n%%\n\n".repeat(3_000));
    check("highlighted words", &"==a== b ".repeat(10_000));
    check("signs of links", &"[a](b c) ".repeat(10_000));
    check("links in cells", &("|a|b|\n|-|-|\n|".to_owned() + &"[[a|b]]".repeat(20_000)));
    check("callouts", &"> [!note]\n> x\n\n".repeat(10_000));
    check("formulas", &"$x^2$ ".repeat(10_000));
    check("attributes", &format!("<p {}>x</p>", "title=1 ".repeat(20_000)));
}

#[test]
fn code_in_long_lines() {
    for language in
        ["js", "html", "python", "markdown", "bash", "perl", "yaml", "sql", "toml", "rust"]
    {
        for line in ["(".repeat(60_000), "<a ".repeat(20_000), format!("a{}b", " ".repeat(60_000))]
        {
            check(language, &format!("```{language}\n{line}\n```"));
        }
    }
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(|n| line(n) + "\n").collect()
}

fn table(rows: usize, columns: usize) -> String {
    let row = |cell: &str| format!("|{cell}").repeat(columns) + "|\n";
    row("a") + &row("-") + &row("b").repeat(rows)
}

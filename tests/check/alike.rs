//! A link leads to the same page and is listed there in the same way, however it is written.
//! `tests/bad/link-twelve-ways` shows that all ways break in the same way, too.

use scraper::{Html, Selector};

use crate::support;

const WAYS: [&str; 14] = [
    "[[ghost]]",
    "[[ghost.md]]",
    "[[lessons/ghost]]",
    "[[ghost#Part|ghost]]",
    "[[Old ghost|ghost]]",
    "[ghost](ghost)",
    "[ghost](lessons/ghost.md)",
    "[ghost](/lessons/ghost/)",
    "[ghost](gh%6Fst.md)",
    "[ghost](./lessons/../lessons/ghost.md#part)",
    "[ghost][g]\n\n[g]: ghost.md",
    "[ghost]\n\n[ghost]: <lessons/ghost.md> 'The ghost'",
    "<a href=\"lessons/ghost.html\">ghost</a>",
    "[ghost](lessons/ghost.html)",
];

#[test]
fn every_way_to_link_is_alike() {
    let note = |title: &str, text: &str| format!("+++\ntitle = \"{title}\"\n+++\n\n{text}\n");
    let mut files = vec![
        ("book.toml".to_owned(), "title = \"Book\"\n".to_owned()),
        (
            "content/lessons/ghost.md".to_owned(),
            "+++\ntitle = \"Ghost\"\naliases = [\"Old ghost\"]\n+++\n\n## Part\n\nText.\n"
                .to_owned(),
        ),
    ];
    for (number, way) in WAYS.iter().enumerate() {
        let text = format!("Before. We saw the {way}");
        files.push((format!("content/w{number:02}.md"), note(&format!("Way {number:02}"), &text)));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    let (workspace, site) = support::open(support::sources(&files), support::options());
    let site = site.unwrap_or_else(|| panic!("{}", support::lines(&workspace)));
    let page = |path: &str| Html::parse_document(&String::from_utf8_lossy(&site[path]));
    let select = |query: &str| Selector::parse(query).expect("a selector");

    let ghost = page("lessons/ghost/mentions.html");
    let back = select(".cards li");
    let said: Vec<(String, String)> = ghost
        .select(&back)
        .map(|item| {
            let from = item.select(&select("a")).next().and_then(|link| link.attr("href"));
            let text: String = item.text().collect();
            let sentence = text.to_lowercase().contains("we saw the ghost");
            (from.unwrap_or_default().to_owned(), format!("{sentence}"))
        })
        .collect();
    let wanted: Vec<_> = (0..WAYS.len())
        .map(|number| (format!("../../w{number:02}.html"), "true".to_owned()))
        .collect();
    assert_eq!(said, wanted, "{}", ghost.html());
    for (number, way) in WAYS.iter().enumerate() {
        let page = page(&format!("w{number:02}.html"));
        let links = select("main a[href^='lessons/ghost.html']");
        assert!(page.select(&links).next().is_some(), "{way} leads elsewhere");
    }
}

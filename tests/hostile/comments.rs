//! Text that a writer comments out is in no file of the site.

use crate::support;

#[test]
fn a_comment_is_nowhere() {
    let hidden = "+++\ntitle = \"Hidden\"\nterms = true\n+++\n\n%%zyxomma%% Begin.\n\n## A part %% zyxomma %%\n\n\
                  %%\n## Zyxomma\n\nSee [[other]] and the zyxomma.\n\n```text\nzyxomma %%\n```\n%%\n\n\
                  > Said %% zyxomma [[other|of zyxomma]]\n> and zyxomma %% so.\n\n- a %% `zyxomma %%\n- b` c\n\n\
                  | a | b |\n|---|---|\n| %% zyxomma | zyxomma %% c | d |\n\n[^1] %% https://zyxomma.org %%\n\n\
                  [^1]: Note %% zyxomma ^zyxomma %%\n";
    let config = "title = \"Book\"\nbase-url = \"https://example.org/\"\nindexes = [\"a-z\", \"notes\"]\n\
                  related = 3\n[check]\nundated = \"off\"\n[kinds.note]\nfolder = \"notes\"\nfeed = true\nmap = true\ncite = true\n";
    let book = [
        ("book.toml", config),
        ("content/notes/hidden.md", hidden),
        ("content/notes/other.md", "+++\ntitle = \"Other\"\n+++\n\nSee [[hidden]].\n"),
    ];
    let (workspace, site) = support::open(support::sources(&book), support::options());
    assert_eq!(support::lines(&workspace), "");
    let site = site.expect("a site");
    for (path, bytes) in &site {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!text.contains("zyxomma") && !text.contains("%%"), "{path}:\n{text}");
    }
    let page = |path: &str| String::from_utf8_lossy(&site[path]).into_owned();
    assert!(!page("notes/other.html").contains("linked-from"), "a comment makes no backlink");
    let hidden = page("notes/hidden.html");
    for kept in ["<p>Begin.</p>", "A part</h2>", "<td>c</td><td>d</td>", "<p>Said so.</p>"] {
        assert!(hidden.contains(kept), "{kept} is lost:\n{hidden}");
    }
}

//! The settings for text editors: the guide shows those that `init` writes.

use std::path::Path;

#[test]
fn the_guide_shows_the_settings_that_init_writes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = root.join("src/manual/content/guides/write-in-a-text-editor.md");
    let guide = std::fs::read_to_string(guide).expect("a guide");
    let folder = root.join("src/authoring/templates/common/dot-editors");
    let mut count = 0;
    for file in std::fs::read_dir(folder).expect("a folder") {
        let path = file.expect("a file").path();
        if path.file_name().is_some_and(|name| name != "README.md") {
            let text = std::fs::read_to_string(&path).expect("a text");
            assert!(
                guide.contains(&format!("\n{text}```\n")),
                "{} is not in the guide",
                path.display()
            );
            count += 1;
        }
    }
    assert_eq!(count, 5);
}

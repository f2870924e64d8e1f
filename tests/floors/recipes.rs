//! The recipes of `.github/CONTRIBUTING.md`: each names the files that a usual change touches.

use std::path::Path;

use crate::tree::root;

/// The number of recipes.
const RECIPES: usize = 12;

/// The recipes that may touch two files; the others may touch three.
const TWO_FILES: [&str; 5] = [
    "a rule",
    "a field type",
    "a page over the whole book",
    "a callout type",
    "the look of a card",
];

/// A recipe.
pub(crate) struct Recipe {
    /// The change, as the heading says it.
    pub(crate) title: String,
    /// The files to touch, as paths from the top of the repository. Names in angle brackets are chosen by who
    /// follows the recipe.
    pub(crate) files: Vec<String>,
}

/// Returns the recipes of a checkout; none where they are not written down.
pub(crate) fn read(repository: &Path) -> Vec<Recipe> {
    let text = std::fs::read_to_string(repository.join(".github/CONTRIBUTING.md"));
    let text = text.unwrap_or_default();
    let Some((_, recipes)) = text.split_once("\n## Recipes\n") else { return Vec::new() };
    let recipes = recipes.split("\n## ").next().unwrap_or_default();
    recipes.split("\n### ").skip(1).map(recipe).collect()
}

/// Reads a recipe: its heading, and the paths in the line that begins with `Files:`.
fn recipe(section: &str) -> Recipe {
    let title = section.lines().next().unwrap_or_default().to_owned();
    let line = section.lines().find_map(|line| line.strip_prefix("Files:")).unwrap_or_default();
    let files = line.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    Recipe { title, files }
}

#[test]
fn recipes_touch_few_files() {
    let recipes = read(root());
    let mut problems = Vec::new();
    if recipes.len() != RECIPES {
        problems.push(format!("{} recipes, not {RECIPES}", recipes.len()));
    }
    for Recipe { title, files } in &recipes {
        let title_lowered = title.to_lowercase();
        let most = match TWO_FILES.iter().any(|name| title_lowered.ends_with(name)) {
            true => 2,
            false => 3,
        };
        if files.is_empty() || files.len() > most {
            problems.push(format!("{title}: {} files, not 1 to {most}", files.len()));
        }
        let is_there = |file: &&String| {
            let known = file.split('<').next().unwrap_or_default();
            let folder = known.rfind('/').map_or("", |at| &known[..at]);
            root().join(if file.contains('<') { folder } else { file.as_str() }).exists()
        };
        let gone = files.iter().filter(|file| !is_there(file));
        problems.extend(gone.map(|file| format!("{title}: {file} is not there")));
    }
    for name in TWO_FILES {
        if !recipes.iter().any(|recipe| recipe.title.to_lowercase().ends_with(name)) {
            problems.push(format!("no recipe for {name}"));
        }
    }
    super::assert_none(&problems);
}

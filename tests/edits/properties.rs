//! Further properties of every book and every history.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use fieldbook::comparison;
use fieldbook::date::Date;
use fieldbook::fingerprint::Fingerprint;
use fieldbook::path::OutputPath;
use fieldbook::render::rules::bad_template;
use fieldbook::view::OutputOwner;
use fieldbook::workspace::{
    BookErrors, BuildOptions, EarlierSite, OutputChange, Recipe, Workspace,
};
use rayon::ThreadPoolBuilder;

use super::each_seed;
use super::history::{Batch, Fault, Put, Run, Story, clean, compare, edits, opening};
use super::random::Random;
use super::support::{Tree, make, options, source};
use super::world::Files;

/// Returns the states of the book of `seed` that make a site, after each of this many steps.
fn sites(seed: u64, steps: usize, mut check: impl FnMut(&Files, &Workspace, &Tree, &mut Random)) {
    let mut story = Story::new(seed);
    let mut workspace = Workspace::new(options());
    for _ in 0..steps {
        story.next(workspace.diagnostics());
        let site;
        (workspace, site) = clean(&story.files);
        if let Some(site) = site {
            check(&story.files, &workspace, &site, &mut story.random);
        }
    }
}

/// Returns a history without errors at its end.
fn history(seed: u64, steps: usize) -> (Vec<Batch>, Tree) {
    let (mut story, mut workspace) = (Story::new(seed), Workspace::new(options()));
    let mut batches = Vec::new();
    loop {
        batches.push(story.next(workspace.diagnostics()));
        let (next, site) = clean(&story.files);
        workspace = next;
        if let Some(site) = site.filter(|_| batches.len() >= steps) {
            return (batches, site);
        }
    }
}

/// Applies the edits to the workspace, and the changes to the tree.
fn apply(workspace: &mut Workspace, tree: &mut Tree, batch: &[Put]) {
    if let Ok(changes) = workspace.apply(edits(batch)) {
        make(tree, changes);
    }
}

#[track_caller]
fn assert_same(wanted: &Tree, found: &Tree, what: &str) {
    if let Err(why) = compare(wanted, found) {
        panic!("{what}: {why}");
    }
}

#[test]
fn a_fingerprint_determines_the_bytes() {
    type Seen = BTreeMap<Fingerprint, (Fingerprint, String)>;
    let seen = Mutex::new(Seen::new());
    each_seed(1000..1030, |seed| {
        sites(seed, 12, |_, workspace, site, _| {
            for (path, output) in &workspace.plan().outputs {
                let bytes = Fingerprint::of(&site[path.as_str()]);
                let here = format!("seed {seed}, {path}: {:?}", output.made);
                let mut seen = seen.lock().expect("no panic");
                let first =
                    seen.entry(output.fingerprint.expect("one")).or_insert((bytes, here.clone()));
                assert!(first.0 == bytes, "one fingerprint, two contents:\n{}\n{here}", first.1);
            }
        });
    });
}

#[test]
fn what_is_sent_again_changes_nothing() {
    each_seed(2000..2030, |seed| {
        let (mut story, mut run) = (Story::new(seed), Run::new(Fault::None));
        for step in 0..20 {
            let batch = story.next(run.workspace.diagnostics());
            run.step(&batch).unwrap_or_else(|why| panic!("seed {seed}, step {step}: {why}"));
            let before = run.workspace.diagnostics().to_vec();
            let stops = before.iter().any(|diagnostic| diagnostic.is_error());
            let expected: Result<Vec<OutputChange>, BookErrors> =
                if stops { Err(BookErrors) } else { Ok(vec![]) };
            let mut some = opening(&run.files);
            story.random.shuffle(&mut some);
            some.truncate(3);
            for again in [vec![], batch_as_it_is(&run.files, &batch), some, opening(&run.files)] {
                let outcome = run.workspace.apply(edits(&again));
                assert_eq!(outcome, expected, "seed {seed}, step {step}");
                assert_eq!(run.workspace.diagnostics(), before, "seed {seed}, step {step}");
            }
        }
    });
}

#[test]
fn pages_shown_before_the_index_is_there_are_those_of_a_build() {
    each_seed(5000..5012, |seed| {
        sites(seed, 10, |files, built, wanted, random| {
            let mut workspace = Workspace::new(options());
            workspace.open(edits(&opening(files))).expect("a book without errors");
            assert_eq!(workspace.diagnostics(), built.diagnostics(), "seed {seed}");
            let snapshot = workspace.snapshot().expect("a site");
            let mut shown = 0;
            for (path, output) in &snapshot.plan.outputs {
                let bytes = snapshot.make(path, output).expect("a page");
                let print = snapshot.fingerprint(path, output);
                assert_eq!(
                    Some(print),
                    built.plan().outputs[path].fingerprint,
                    "seed {seed}: {path}"
                );
                assert_eq!(&*bytes, wanted[path.as_str()], "seed {seed}: {path}");
                shown += 1;
            }
            let n_scripts = wanted.keys().filter(|path| path.starts_with("search/")).count();
            assert_eq!(shown + n_scripts, wanted.len(), "seed {seed}");
            // An edit may come before the index.
            if random.chance(50) {
                workspace.complete();
            }
            workspace.update(Vec::new()).expect("a book without errors");
            let same = workspace.plan().fingerprints() == built.plan().fingerprints();
            assert!(same, "seed {seed}: other fingerprints");
        });
    });
}

#[test]
fn an_edit_soon_after_the_first_page_ends_in_what_a_build_makes() {
    each_seed(5100..5124, |seed| {
        let mut story = Story::new(seed);
        let (mut before, _) = clean(&story.files);
        for step in 0..10 {
            let here = format!("seed {seed}, step {step}");
            let mut workspace = Workspace::new(options());
            // A book with errors is opened, too.
            let _ = workspace.open(edits(&opening(&story.files)));
            // An error of a template on a page is known only when that page is made.
            let of_notes = |workspace: &Workspace| {
                let all = workspace.diagnostics().iter();
                all.filter(|found| found.rule != &bad_template::RULE).cloned().collect::<Vec<_>>()
            };
            assert_eq!(of_notes(&workspace), of_notes(&before), "{here}");
            if story.random.chance(50) {
                workspace.complete();
            }
            let batch = story.next(before.diagnostics());
            let changes = workspace.apply(edits(&batch));
            let (after, site) = clean(&story.files);
            assert_eq!(workspace.diagnostics(), after.diagnostics(), "{here}");
            let made = changes.ok().map(|changes| {
                let mut tree = Tree::new();
                make(&mut tree, changes);
                tree
            });
            assert_eq!(made.is_some(), site.is_some(), "{here}");
            made.iter().zip(&site).for_each(|(made, site)| assert_same(site, made, &here));
            before = after;
        }
    });
}

#[test]
fn a_book_that_is_only_looked_at_has_the_problems_of_a_build() {
    each_seed(5200..5224, |seed| {
        let mut story = Story::new(seed);
        let mut workspace = Workspace::new(options());
        let of_notes = |workspace: &Workspace| {
            let all = workspace.diagnostics().iter();
            all.filter(|found| found.rule != &bad_template::RULE).cloned().collect::<Vec<_>>()
        };
        let _ = workspace.open(edits(&opening(&story.files)));
        for step in 0..12 {
            let here = format!("seed {seed}, step {step}");
            let batch = story.next(workspace.diagnostics());
            let _ = workspace.open(edits(&batch));
            let (built, _) = clean(&story.files);
            assert_eq!(of_notes(&workspace), of_notes(&built), "{here}");
            // Its pages are right as well, once they are asked for.
            if step == 11 {
                workspace.complete();
                let same = workspace.plan().fingerprints() == built.plan().fingerprints();
                assert!(same, "{here}: other fingerprints");
            }
        }
    });
}

/// Returns the addresses of the pages of a site that people read, without those at former addresses.
fn pages_read(workspace: &Workspace) -> BTreeSet<String> {
    let is_page = |made: &Recipe| {
        let Recipe::Rendered(output) = made else { return false };
        !matches!(output.owner, OutputOwner::FormerAddress(..))
    };
    let outputs = &workspace.plan().outputs;
    let pages = outputs.iter().filter(|(path, output)| path.is_page() && is_page(&output.made));
    pages.map(|(path, _)| path.to_string()).collect()
}

#[test]
fn a_comparison_names_the_pages_that_two_builds_differ_in() {
    each_seed(5300..5330, |seed| {
        let mut story = Story::new(seed);
        let mut before: Option<(Workspace, Tree)> = None;
        let mut last = Vec::new();
        for step in 0..12 {
            story.next(&last);
            let (after, site) = clean(&story.files);
            last = after.diagnostics().to_vec();
            let Some(site) = site else { continue };
            if let Some((was, old)) = &before {
                let found = comparison::compare(was, &after).expect("two sites");
                let found: BTreeSet<String> =
                    found.pages.into_iter().map(|page| page.address).collect();
                let pages = [pages_read(was), pages_read(&after)];
                let differs = |path: &&String| old.get(*path) != site.get(*path);
                let expected = pages[0].union(&pages[1]).filter(differs);
                let address =
                    |path: &String| format!("/{}", OutputPath::new(path.as_str()).address());
                let expected: BTreeSet<String> = expected.map(address).collect();
                assert_eq!(found, expected, "seed {seed}, step {step}");
            }
            before = Some((after, site));
        }
    });
}

/// Returns the files of a batch after it was applied.
fn batch_as_it_is(files: &Files, batch: &[Put]) -> Batch {
    let now = |put: &Put| Put { path: put.path.clone(), bytes: files.get(&put.path).cloned() };
    batch.iter().map(now).collect()
}

#[test]
fn edits_one_by_one_and_all_at_once_end_alike() {
    each_seed(3000..3030, |seed| {
        let (batches, wanted) = history(seed, 15);
        let all = batches.concat();
        let single: Vec<Batch> = all.iter().map(|put| vec![put.clone()]).collect();
        let opened = vec![batches[0].clone(), batches[1..].concat()];
        for (what, batches) in [("single", single), ("all", vec![all]), ("opened", opened)] {
            let (mut workspace, mut tree) = (Workspace::new(options()), Tree::new());
            batches.iter().for_each(|batch| apply(&mut workspace, &mut tree, batch));
            assert_same(&wanted, &tree, &format!("seed {seed}, {what}"));
        }
    });
}

#[test]
fn order_threads_and_days_make_no_difference() {
    let pool = |threads| ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let (one, four) = (pool(1), pool(4));
    // No note becomes due for review between this day and that of `options()`.
    let today = Date::parse("2027-03-01").expect("a day");
    each_seed(4000..4030, |seed| {
        sites(seed, 10, |files, workspace, wanted, random| {
            let mut batch = opening(files);
            random.shuffle(&mut batch);
            let build = |options: BuildOptions| {
                let (mut again, mut tree) = (Workspace::new(options), Tree::new());
                apply(&mut again, &mut tree, &batch);
                let same = again.plan().fingerprints() == workspace.plan().fingerprints();
                assert!(same, "seed {seed}: other fingerprints");
                assert_eq!(again.diagnostics(), workspace.diagnostics(), "seed {seed}");
                tree
            };
            assert_same(
                wanted,
                &one.install(|| build(options())),
                &format!("seed {seed}, 1 thread"),
            );
            assert_same(
                wanted,
                &four.install(|| build(options())),
                &format!("seed {seed}, 4 threads"),
            );
            let later = build(BuildOptions { today, ..options() });
            assert_same(wanted, &later, &format!("seed {seed}, another day"));
        });
    });
}

#[test]
fn a_build_that_was_killed_is_mended_by_the_next() {
    each_seed(5000..5030, |seed| {
        let (mut story, mut run) = (Story::new(seed), Run::new(Fault::None));
        for step in 0..20 {
            let mut before = run.workspace.plan().fingerprints();
            let mut tree = run.tree.clone();
            before.retain(|path, _| tree.contains_key(path.as_str()));
            let was_right = !run.workspace.diagnostics().iter().any(|d| d.is_error());
            let batch = story.next(run.workspace.diagnostics());
            run.step(&batch).unwrap_or_else(|why| panic!("seed {seed}, step {step}: {why}"));
            if !was_right || run.workspace.diagnostics().iter().any(|d| d.is_error()) {
                continue;
            }
            let after = run.workspace.plan().fingerprints();
            killed(&mut tree, &mut before, &run.tree, &after, &mut story.random);
            let (mut next, mut mended) = (Workspace::new(options()), tree.clone());
            next.assume_written(before.clone());
            apply(&mut next, &mut mended, &opening(&run.files));
            assert_same(&run.tree, &mended, &format!("seed {seed}, step {step}"));
            assert_same(
                &run.tree,
                &built(&run.files, before, tree),
                &format!("seed {seed}, built"),
            );
        }
    });
}

/// Builds over the tree of an earlier build, of which only a part is known.
fn built(files: &Files, known: BTreeMap<OutputPath, Fingerprint>, tree: Tree) -> Tree {
    let sources = files.iter().map(|(path, bytes)| source(path, bytes)).collect();
    let tree = Mutex::new(tree);
    let earlier = EarlierSite { outputs: known.clone(), ..EarlierSite::default() };
    let write = |path: &OutputPath, bytes: &[u8]| {
        tree.lock().expect("no panic").insert(path.to_string(), bytes.to_vec());
    };
    let built = Workspace::build(options(), sources, earlier, &write);
    assert_eq!(built.result, Ok(()), "{:?}", built.diagnostics);
    let mut tree = tree.into_inner().expect("no panic");
    for path in known.keys().filter(|path| !built.plan.contains_key(path)) {
        tree.remove(path.as_str());
    }
    tree
}

/// Applies some of the changes to the tree. The written files may be known or not.
fn killed(
    tree: &mut Tree,
    known: &mut BTreeMap<OutputPath, Fingerprint>,
    wanted: &Tree,
    after: &BTreeMap<OutputPath, Fingerprint>,
    random: &mut Random,
) {
    let paths: Vec<OutputPath> = known.keys().chain(after.keys()).cloned().collect();
    for path in paths {
        if tree.get(path.as_str()) == wanted.get(path.as_str()) || random.chance(50) {
            continue;
        }
        match (wanted.get(path.as_str()), after.get(&path)) {
            (Some(bytes), Some(fingerprint)) => {
                tree.insert(path.to_string(), bytes.clone());
                match random.chance(50) {
                    true => known.insert(path, *fingerprint),
                    false => known.remove(&path),
                };
            }
            _ => {
                tree.remove(path.as_str());
                if random.chance(50) {
                    known.remove(&path);
                }
            }
        }
    }
}

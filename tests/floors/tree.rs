//! The source code of the program as data: its files with their modules, items and imports.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// A module path below the crate, such as `["graph", "names"]`; empty for `lib.rs`.
type ModulePath = Vec<String>;

/// The files of `src/`.
pub(crate) struct Tree {
    /// Each file by its path below `src/`.
    pub(crate) files: BTreeMap<String, SourceFile>,
}

/// One file of `src/`.
pub(crate) struct SourceFile {
    /// The text.
    pub(crate) text: String,
    /// Names of the types that the file declares, private ones included.
    pub(crate) types: Vec<String>,
    /// Names of functions, each with its length in lines.
    pub(crate) functions: Vec<(String, usize)>,
    /// The first words of doc comments, each with the number of its line.
    pub(crate) openings: Vec<(String, usize)>,
    module: ModulePath,
    /// The paths that the file names, each from the top of the crate.
    paths: BTreeSet<ModulePath>,
    /// Names that the file takes from elsewhere, each with the full path of the thing it names.
    imports: BTreeMap<String, ModulePath>,
}

/// Returns the folder of this repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the texts of the Rust files in `src`, by their paths below it.
pub(crate) fn texts(src: &Path) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    let mut open: Vec<PathBuf> = vec![src.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(src).expect("below").to_string_lossy();
                let text = std::fs::read_to_string(&path).expect("a text");
                texts.insert(name.replace('\\', "/"), text);
            }
        }
    }
    texts
}

impl Tree {
    /// Reads the files of `src/` in a repository.
    pub(crate) fn read(repository: &Path) -> Self {
        let texts = texts(&repository.join("src"));
        let modules: BTreeSet<ModulePath> = texts.keys().map(|file| module_path(file)).collect();
        let files = texts.into_iter().map(|(name, text)| {
            let file = SourceFile::parse(&name, text, &modules);
            (name, file)
        });
        Self { files: files.collect() }
    }

    /// Returns the names that more than one declaration has, each with the files.
    pub(crate) fn repeated_types(&self) -> Vec<(&str, Vec<&str>)> {
        let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (file, source) in &self.files {
            for name in &source.types {
                by_name.entry(name).or_default().push(file);
            }
        }
        by_name.into_iter().filter(|(_, files)| files.len() > 1).collect()
    }

    /// Returns the groups of files that import each other in a ring. A module and the modules in it count as one
    /// unit: a file may name what the file of its parent declares.
    pub(crate) fn import_cycles(&self) -> Vec<Vec<&str>> {
        let by_module: BTreeMap<&ModulePath, &str> =
            self.files.iter().map(|(name, file)| (&file.module, name.as_str())).collect();
        let mut arrows: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (name, file) in &self.files {
            let targets = file.paths.iter().map(|path| self.resolve(path, &by_module, 0));
            let targets = targets.filter(|target| !file.module.starts_with(&target.module));
            let targets = targets.map(|target| by_module[&target.module]);
            arrows.insert(name, targets.collect());
        }
        let reach: BTreeMap<&str, BTreeSet<&str>> =
            arrows.keys().map(|from| (*from, reachable(&arrows, from))).collect();
        let mut cycles = BTreeSet::new();
        for (from, reached) in &reach {
            if reached.contains(from) {
                let mutual = reached.iter().filter(|to| reach[**to].contains(from));
                cycles.insert(mutual.copied().collect::<Vec<_>>());
            }
        }
        cycles.into_iter().collect()
    }

    /// Returns the file that declares what a path names, past the re-exports on the way.
    fn resolve<'t>(
        &'t self,
        path: &ModulePath,
        by_module: &BTreeMap<&ModulePath, &str>,
        depth: usize,
    ) -> &'t SourceFile {
        let module = (0..=path.len()).rev().map(|length| path[..length].to_vec());
        let module = module.into_iter().find(|module| by_module.contains_key(module));
        let module = module.expect("the crate itself");
        let file = &self.files[by_module[&module]];
        let import = path.get(module.len()).and_then(|name| file.imports.get(name));
        match import {
            Some(import) if depth < 8 && *import != *path => {
                self.resolve(import, by_module, depth + 1)
            }
            _ => file,
        }
    }
}

/// Returns all that arrows lead to from a place.
fn reachable<'t>(arrows: &BTreeMap<&'t str, BTreeSet<&'t str>>, from: &str) -> BTreeSet<&'t str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(next) = open.pop() {
        for to in arrows.get(next).into_iter().flatten() {
            if reached.insert(*to) {
                open.push(to);
            }
        }
    }
    reached
}

/// Returns the module that a file is.
fn module_path(file: &str) -> ModulePath {
    let path = file.trim_end_matches(".rs");
    match path {
        "lib" => Vec::new(),
        _ => path.trim_end_matches("/mod").split('/').map(str::to_owned).collect(),
    }
}

impl SourceFile {
    fn parse(name: &str, text: String, modules: &BTreeSet<ModulePath>) -> Self {
        let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("src/{name}: {error}"));
        let module = module_path(name);
        let mut file = Self {
            text,
            types: Vec::new(),
            functions: Vec::new(),
            openings: Vec::new(),
            module,
            paths: BTreeSet::new(),
            imports: BTreeMap::new(),
        };
        let mut reader = FileReader { file: &mut file, modules, in_doc: None };
        reader.visit_file(&parsed);
        file
    }
}

/// Gathers what a file declares and names.
struct FileReader<'f> {
    file: &'f mut SourceFile,
    modules: &'f BTreeSet<ModulePath>,
    /// The line on which the doc comment that is being read ended last.
    in_doc: Option<usize>,
}

impl FileReader<'_> {
    /// Returns a path from the top of the crate; none for other crates and for local names.
    fn absolute(&self, segments: &[String]) -> Option<ModulePath> {
        let here = &self.file.module;
        let (first, rest) = segments.split_first()?;
        let mut base = match first.as_str() {
            "crate" => Vec::new(),
            "self" => here.clone(),
            "super" => here[..here.len().checked_sub(1)?].to_vec(),
            name => {
                let child = [here.as_slice(), &[name.to_owned()]].concat();
                self.modules.contains(&child).then_some(child)?
            }
        };
        for segment in rest {
            match segment.as_str() {
                "super" => drop(base.pop()?),
                name => base.push(name.to_owned()),
            }
        }
        Some(base)
    }

    fn use_tree(&mut self, tree: &syn::UseTree, before: &[String]) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        let (path, name) = match tree {
            syn::UseTree::Path(path) => return self.use_tree(&path.tree, &with(&path.ident)),
            syn::UseTree::Group(group) => {
                return group.items.iter().for_each(|item| self.use_tree(item, before));
            }
            syn::UseTree::Glob(_) => (before.to_vec(), None),
            syn::UseTree::Name(name) if name.ident == "self" => {
                (before.to_vec(), before.last().cloned())
            }
            syn::UseTree::Name(name) => (with(&name.ident), Some(name.ident.to_string())),
            syn::UseTree::Rename(rename) => (with(&rename.ident), Some(rename.rename.to_string())),
        };
        let Some(path) = self.absolute(&path) else { return };
        if let Some(name) = name {
            self.file.imports.insert(name, path.clone());
        }
        self.file.paths.insert(path);
    }

    fn declare(&mut self, name: &syn::Ident) {
        self.file.types.push(name.to_string());
    }

    fn function(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let (start, end) = (signature.span().start().line, block.span().end().line);
        self.file.functions.push((signature.ident.to_string(), end + 1 - start));
    }
}

impl<'ast> Visit<'ast> for FileReader<'_> {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.use_tree(&item.tree, &[]);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> =
            path.segments.iter().map(|part| part.ident.to_string()).collect();
        if segments.len() > 1 {
            self.file.paths.extend(self.absolute(&segments));
        }
        visit::visit_path(self, path);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.declare(&item.ident);
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.declare(&item.ident);
        visit::visit_item_enum(self, item);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.declare(&item.ident);
        visit::visit_item_trait(self, item);
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.declare(&item.ident);
        visit::visit_item_type(self, item);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        let syn::Meta::NameValue(pair) = &attribute.meta else { return };
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(line), .. }) = &pair.value else {
            return;
        };
        if !pair.path.is_ident("doc") {
            return;
        }
        // Each line of a doc comment is an attribute of its own.
        let number = attribute.span().start().line;
        let goes_on = self.in_doc.is_some_and(|last| last + 1 == number);
        self.in_doc = Some(attribute.span().end().line);
        let text = line.value();
        if let Some(word) = text.split_whitespace().next().filter(|_| !goes_on) {
            self.file.openings.push((word.to_owned(), number));
        }
    }
}

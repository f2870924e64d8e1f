//! The crates of the project are those that `deny.toml` allows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use toml::Table;

use crate::{cargo, licence, toml};

/// The index of crates.io, as `Cargo.lock` and Cargo's metadata name it.
const REGISTRY: &str = "registry+";

/// Returns the texts of a list of `deny.toml`.
fn texts(list: &toml::Value) -> BTreeSet<&str> {
    let list = list.as_array().expect("a list");
    list.iter().map(|text| text.as_str().expect("a text")).collect()
}

/// Returns the packages of `Cargo.lock`: those of every system.
fn locked() -> Vec<Table> {
    let lock = toml("Cargo.lock");
    let packages = lock["package"].as_array().expect("a list").iter();
    packages.map(|package| package.as_table().expect("a table").clone()).collect()
}

/// Returns the packages that are compiled on this system. Those of others may not be on this machine.
fn compiled() -> Vec<Value> {
    let version = cargo(&["--version", "--verbose"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let arguments =
        ["metadata", "--offline", "--locked", "--format-version=1", "--filter-platform", host];
    let metadata: Value = serde_json::from_str(&cargo(&arguments)).expect("JSON");
    let nodes = metadata["resolve"]["nodes"].as_array().expect("a list");
    let used: BTreeSet<&str> = nodes.iter().filter_map(|node| node["id"].as_str()).collect();
    let packages = metadata["packages"].as_array().expect("a list").iter();
    let is_used = |package: &&Value| package["id"].as_str().is_some_and(|id| used.contains(id));
    packages.filter(is_used).cloned().collect()
}

#[test]
fn licences_are_allowed() {
    let rules = toml("deny.toml");
    let allowed = texts(&rules["licenses"]["allow"]);
    let exceptions = rules["licenses"]["exceptions"].as_array().expect("a list");
    let mut refused = Vec::new();
    let packages = compiled();
    for package in &packages {
        let name = package["name"].as_str().expect("a name");
        let mut allowed = allowed.clone();
        for exception in exceptions.iter().filter(|one| one["crate"].as_str() == Some(name)) {
            allowed.extend(texts(&exception["allow"]));
        }
        let expression = package["license"].as_str().unwrap_or_default();
        if !licence::is_allowed(expression, &allowed) {
            refused.push(format!("{name}: {expression:?}"));
        }
    }
    assert!(packages.len() > 100, "only {} packages were found", packages.len());
    assert!(refused.is_empty(), "deny.toml does not allow these licences: {refused:#?}");
}

#[test]
fn crates_come_from_the_allowed_registry() {
    let rules = toml("deny.toml");
    let allowed = texts(&rules["sources"]["allow-registry"]);
    for package in locked() {
        let Some(source) = package.get("source") else {
            assert_eq!(package["name"].as_str(), Some(env!("CARGO_PKG_NAME")), "a crate by path");
            continue;
        };
        let source = source.as_str().expect("a text");
        let is_allowed = source.strip_prefix(REGISTRY).is_some_and(|url| allowed.contains(url));
        assert!(is_allowed, "{} comes from {source}", package["name"]);
    }
}

#[test]
fn a_crate_is_there_twice_only_where_deny_toml_says_why() {
    let rules = toml("deny.toml");
    let skipped = rules["bans"]["skip"].as_array().expect("a list").iter();
    let skipped = skipped.map(|entry| entry["crate"].as_str().expect("a text"));
    let mut skipped: BTreeSet<&str> = skipped.collect();
    let locked: BTreeSet<String> = locked()
        .iter()
        .map(|package| format!("{}@{}", text_of(&package["name"]), text_of(&package["version"])))
        .collect();
    let gone: Vec<_> = skipped.iter().filter(|entry| !locked.contains(**entry)).collect();
    assert!(gone.is_empty(), "deny.toml names crates that Cargo.lock has not: {gone:?}");

    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in compiled() {
        let name = package["name"].as_str().expect("a name");
        let version = package["version"].as_str().expect("a version");
        if !skipped.remove(format!("{name}@{version}").as_str()) {
            versions.entry(name.to_owned()).or_default().push(version.to_owned());
        }
    }
    versions.retain(|_, versions| versions.len() > 1);
    assert!(versions.is_empty(), "these crates are there more than once: {versions:#?}");
}

/// Returns the text of a value.
fn text_of(value: &toml::Value) -> &str {
    value.as_str().expect("a text")
}

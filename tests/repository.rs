//! What must be true of the repository itself: directions of dependencies, documents, lists.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use banmian_analyzers::ALL;
use banmian_engine::builtin;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The names of our own crates among the dependencies of a crate (tests left out).
fn own_dependencies(folder: &Path) -> BTreeSet<String> {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("every crate has a manifest");
    let manifest: toml::Table = manifest.parse().expect("a manifest is TOML");
    let dependencies = manifest["dependencies"].as_table().expect("dependencies are a table");
    let plugins: BTreeSet<&str> = ALL.iter().map(|e| e.manifest.name).collect();
    dependencies.keys().filter(|k| k.starts_with("banmian-") || plugins.contains(&***k)).cloned().collect()
}

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|n| (*n).to_owned()).collect()
}

fn files_below(folder: &Path, found: &mut BTreeSet<String>, prefix: &str) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let entry = entry.expect("a folder can be listed");
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files_below(&entry.path(), found, &format!("{name}/"));
        } else {
            found.insert(name);
        }
    }
}

#[test]
fn dependencies_point_in_one_direction() {
    for entry in ALL {
        let folder = root().join("plugins").join(entry.manifest.name);
        assert_eq!(own_dependencies(&folder), names(&["banmian-core"]), "plugins lean on core alone");
    }
    let crates = root().join("crates");
    assert_eq!(own_dependencies(&crates.join("core")), names(&[]));
    for alone in ["corpus", "dictionary", "output"] {
        assert_eq!(own_dependencies(&crates.join(alone)), names(&["banmian-core"]), "{alone}");
    }
    for asks in ["layout", "annotate"] {
        assert_eq!(own_dependencies(&crates.join(asks)), names(&["banmian-core", "banmian-dictionary"]), "{asks}");
    }
    let engine = names(&["banmian-annotate", "banmian-core", "banmian-corpus", "banmian-layout", "banmian-output"]);
    assert_eq!(own_dependencies(&crates.join("engine")), engine, "the engine names no analyzer");
    assert_eq!(own_dependencies(&crates.join("report")), names(&["banmian-core", "banmian-engine"]));
}

#[test]
fn every_analyzer_is_named_sorted_and_documented() {
    let all: Vec<&str> = ALL.iter().map(|e| e.manifest.name).collect();
    assert!(all.is_sorted_by(|a, b| a < b), "names are unique and sorted: {all:?}");
    for entry in ALL {
        let name = entry.manifest.name;
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name} is kebab-case");
        assert!(!entry.manifest.doc.is_empty());
        let plugin = root().join("plugins").join(name);
        assert!(plugin.join("README.md").exists(), "{name} has a README");
        assert!(root().join(format!("docs/methods/{name}.md")).exists(), "{name} has a page in docs/methods");
        let cases = fs::read_dir(plugin.join("tests/cases")).expect("cases are a folder");
        assert!(cases.count() > 0, "{name} has a case");
        for schema in (entry.schema)()["properties"].as_object().into_iter().flatten() {
            assert!(schema.1["description"].is_string(), "{name}: setting `{}` has a doc", schema.0);
        }
    }
}

#[test]
fn every_table_and_column_is_named_and_documented() {
    for entry in ALL {
        let mut tables = BTreeSet::new();
        for table in entry.manifest.tables {
            assert!(tables.insert(table.name), "{}: two tables `{}`", entry.manifest.name, table.name);
            assert!(!table.doc.trim().is_empty());
            let mut columns = BTreeSet::new();
            for column in table.all_columns() {
                assert!(columns.insert(column.name), "{}: two columns `{}`", table.name, column.name);
                assert!(column.doc.trim().ends_with(['.', '…']), "{}.{} has a doc", table.name, column.name);
                // Readers of mixed files tell tables apart by these.
                assert!(!["table", "type", "finding"].contains(&column.name));
            }
        }
    }
}

#[test]
fn what_is_compiled_in_is_what_config_holds() {
    let mut lexicons = BTreeSet::new();
    files_below(&root().join("config/lexicons"), &mut lexicons, "");
    let stems: Vec<String> =
        lexicons.iter().map(|f| f.rsplit_once('.').map_or(f.clone(), |(s, _)| s.to_owned())).collect();
    assert_eq!(stems, builtin::LEXICONS.iter().map(|(n, _)| (*n).to_owned()).collect::<Vec<_>>());
    let mut sample = BTreeSet::new();
    files_below(&root().join("config/sample"), &mut sample, "");
    assert_eq!(sample, builtin::SAMPLE.iter().map(|(n, _)| (*n).to_owned()).collect());
    let mut suites = BTreeSet::new();
    files_below(&root().join("config/suites"), &mut suites, "");
    assert_eq!(suites, builtin::SUITES.iter().map(|(n, _)| format!("{n}.toml")).collect());
}

#[test]
fn pages_of_the_sample_say_that_their_persons_are_invented() {
    for (name, text) in builtin::SAMPLE {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(text.contains("虚构"), "{name}");
    }
}

#[test]
fn the_manifest_names_the_segmenter_that_is_built_in() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("is checked in");
    let version = lock.split_once("name = \"jieba-rs\"\nversion = \"").and_then(|(_, rest)| rest.split_once('"'));
    let version = version.expect("the segmenter is locked").0;
    assert!(
        banmian_annotate::SEGMENTER.starts_with(&format!("jieba-rs {version},")),
        "crates/annotate names {version}"
    );
}

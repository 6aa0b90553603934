//! `banmian check`: a suite's faults, or what it comes to with every setting filled in.

use anyhow::{Context, Result};
use banmian_corpus::CorpusPath;
use banmian_engine::Entry;
use banmian_engine::suite::{self, Extra};
use serde_json::{Value as Json, json};

use crate::Status;
use crate::args::CheckArgs;
use crate::run::{suite_source, unusable};
use crate::show::say;

pub(crate) fn check(args: &CheckArgs, entries: &[Entry]) -> Result<Status> {
    let source = suite_source(&args.suite);
    // A suite that ships is made to be extended and names no pages.
    let builtin = matches!(source, suite::SuiteSource::Builtin(_));
    let suite = match suite::load(&source, entries, Extra { no_corpus: builtin, ..Extra::default() }) {
        Ok(suite) => suite,
        Err(error) => return Ok(unusable(&error)),
    };
    let mut resolved = suite.resolved.clone();
    if !suite.corpus.is_empty() {
        resolved["corpus"]["paths"] = json!(suite.corpus.iter().map(|p| &p.pattern).collect::<Vec<_>>());
    }
    without_nulls(&mut resolved);
    let text = toml::to_string_pretty(&resolved).context("the resolved suite cannot be shown as TOML")?;
    let notes =
        suite.analyzers.iter().flat_map(|a| a.notes().into_iter().map(|note| format!("# {}: {note}\n", a.name)));
    let notes: String = corpus_notes(&suite.corpus).into_iter().chain(notes).collect();
    say(&format!("# {}, with every setting filled in\n{notes}\n{text}", args.suite))?;
    Ok(Status::Done)
}

/// What the corpus comes to today: how many files, or which paths match none.
fn corpus_notes(paths: &[CorpusPath]) -> Vec<String> {
    match banmian_corpus::find(paths) {
        _ if paths.is_empty() => Vec::new(),
        Ok(corpus) if corpus.sources.len() == 1 => vec!["# corpus: 1 file\n".to_owned()],
        Ok(corpus) => vec![format!("# corpus: {} files\n", corpus.sources.len())],
        Err(errors) => errors.iter().map(|(_, error)| format!("# corpus: {error}\n")).collect(),
    }
}

/// TOML has no null: a setting without value is left out.
fn without_nulls(json: &mut Json) {
    match json {
        Json::Object(map) => {
            map.retain(|_, v| !v.is_null());
            map.values_mut().for_each(without_nulls);
        }
        Json::Array(items) => items.iter_mut().for_each(without_nulls),
        _ => {}
    }
}

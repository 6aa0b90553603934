//! `banmian analyzers`: what can be asked, and the settings and tables of one analyzer.

use anyhow::{Result, bail};
use banmian_core::TableSchema;
use banmian_engine::Entry;
use serde_json::Value as Json;

use crate::Status;
use crate::args::AnalyzersArgs;
use crate::reference::type_name;
use crate::show::{padded, say};

pub(crate) fn analyzers(args: &AnalyzersArgs, entries: &[Entry]) -> Result<Status> {
    match &args.name {
        None => {
            let width = entries.iter().map(|e| e.manifest.name.len()).max().unwrap_or(0);
            let line = |e: &Entry| format!("{:width$}  {}\n", e.manifest.name, e.manifest.doc);
            let list: String = entries.iter().map(line).collect();
            say(&format!("{list}\nSettings and tables of one: banmian analyzers NAME\n"))?;
        }
        Some(name) => match entries.iter().find(|e| e.manifest.name == name) {
            Some(entry) => say(&describe(entry))?,
            None => {
                let names: Vec<_> = entries.iter().map(|e| e.manifest.name).collect();
                bail!("there is no analyzer `{name}`; there are: {}", names.join(", "));
            }
        },
    }
    Ok(Status::Done)
}

fn describe(entry: &Entry) -> String {
    let manifest = entry.manifest;
    let mut out = format!("{} (version {})\n{}\n", manifest.name, manifest.version, manifest.doc);
    out.push_str("\nSettings\n");
    let schema = (entry.schema)();
    let defaults = (entry.defaults)();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        out.push_str(&format!("  {name} = {}\n", shown(&defaults[name])));
        if let Some(doc) = property["description"].as_str() {
            out.push_str(&format!("      {}\n", doc.replace('\n', "\n      ")));
        }
    }
    for table in manifest.tables {
        out.push_str(&describe_table(table));
    }
    out
}

/// A default as TOML would have it.
fn shown(value: &Json) -> String {
    match value {
        Json::Null => "(none)".to_owned(),
        Json::Array(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

fn describe_table(table: &TableSchema) -> String {
    let mut out = format!("\nTable {}:{}\n", table.name, table.doc);
    let width = table.all_columns().map(|c| c.name.len()).max().unwrap_or(0);
    for column in table.all_columns() {
        let kind = type_name(column.column_type);
        out.push_str(&format!("  {}  {}  {}\n", padded(column.name, width), padded(kind, 7), column.doc.trim()));
    }
    out
}

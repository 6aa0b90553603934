//! The reference pages: settings and tables of everything, from the declarations themselves.

use banmian_core::{ColumnType, Row, TableSchema};
use banmian_engine::Entry;
use banmian_engine::run::{ArticleRow, FailureRow, PageRow};
use banmian_engine::suite::section_schemas;
use serde_json::Value as Json;

/// docs/reference/analyzers.md: settings and tables of these analyzers and of the engine.
pub fn reference(entries: &[Entry]) -> String {
    let mut out = String::from(
        "# Settings and tables\n\nMade from the program by `UPDATE_EXPECT=1 cargo test -p banmian-cli --test reference`; do not edit.\n",
    );
    out.push_str("\n# The suite\n\n");
    out.push_str(SUITE_KEYS);
    for (name, schema) in section_schemas() {
        out.push_str(&format!("\n## `[{name}]`\n\n"));
        settings(&schema, &Json::Null, &mut out);
        for (inner, schema) in tables_in(&schema) {
            out.push_str(&format!("\n## `[{name}.{inner}]`\n\n"));
            settings(schema, &Json::Null, &mut out);
        }
    }
    out.push_str("\n# Tables of every run\n");
    for schema in [PageRow::SCHEMA, ArticleRow::SCHEMA, FailureRow::SCHEMA] {
        table(schema, "", &mut out);
    }
    for entry in entries {
        let manifest = entry.manifest;
        out.push_str(&format!("\n# {}\n\n{}\n\nVersion {}.\n", manifest.name, manifest.doc, manifest.version));
        out.push_str(&format!("\n## `[analyzers.{}]`\n\n", manifest.name));
        settings(&(entry.schema)(), &(entry.defaults)(), &mut out);
        for schema in manifest.tables {
            table(schema, &format!("{}/", manifest.name), &mut out);
        }
    }
    out
}

const SUITE_KEYS: &str = "\
| key | meaning |
| --- | --- |
| `extends` | A suite to lay this one upon: `\"default\"`, or a file relative to this one. Tables merge key by key, lists are replaced. |
| `[analyzers.NAME]` | An analyzer with its settings; NAME is also its folder in the results. |
| `use` | In `[analyzers.NAME]`: which analyzer it is, if NAME is a name of your own. |
| `enabled` | In `[analyzers.NAME]`: `false` switches it off. |
";

fn settings(schema: &Json, defaults: &Json, out: &mut String) {
    out.push_str("| key | default | meaning |\n| --- | --- | --- |\n");
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let default = match &defaults[name] {
            Json::Null => property["default"].to_string(),
            value => value.to_string(),
        };
        let doc = property["description"].as_str().unwrap_or("");
        out.push_str(&format!("| `{name}` | `{}` | {} |\n", escaped(&default), escaped(doc)));
    }
}

/// The settings that are tables of settings themselves.
fn tables_in(schema: &Json) -> impl Iterator<Item = (&str, &Json)> {
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties.filter_map(move |(name, property)| {
        let inner = schema.pointer(property["$ref"].as_str()?.strip_prefix('#')?)?;
        inner["properties"].is_object().then_some((name.as_str(), inner))
    })
}

fn table(schema: &TableSchema, folder: &str, out: &mut String) {
    out.push_str(&format!("\n## Table `{folder}{}`\n\n{}\n\n", schema.name, schema.doc.trim()));
    out.push_str("| column | type | meaning |\n| --- | --- | --- |\n");
    for column in schema.all_columns() {
        let kind = type_name(column.column_type);
        let optional = if column.optional { ", may be empty" } else { "" };
        out.push_str(&format!("| `{}` | {kind}{optional} | {} |\n", column.name, escaped(column.doc.trim())));
    }
}

/// The name of a type for people.
pub(crate) fn type_name(column_type: ColumnType) -> &'static str {
    match column_type {
        ColumnType::Text => "text",
        ColumnType::Integer => "integer",
        ColumnType::Float => "number",
        ColumnType::Boolean => "boolean",
    }
}

/// Text inside a cell of a Markdown table.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

//! Checks a tree against the JSON schema of its settings, so that all faults are told at once.
//!
//! Deserializing stops at the first fault; this walk does not. It knows the part of JSON Schema
//! that settings make use of: objects, lists, strings, numbers with bounds, enumerations and
//! references.

use banmian_core::{Fault, PlaceInFile};
use serde_json::Value as Json;

use super::node::{Node, Table, Value, fault};

/// Appends a fault for every unknown key and every value of a wrong type below `table`, and takes
/// them out of it, so that what is left can be read and checked further.
pub(crate) fn check(table: &mut Table, schema: &Json, faults: &mut Vec<Fault>) {
    Checker { root: schema }.table(table, schema, faults);
}

/// The nearest known name, as a question: one within a third of the letters (Damerau-Levenshtein),
/// else one that begins alike (Jaro-Winkler of 0.85 or more).
pub(crate) fn did_you_mean<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<String> {
    let (distance, typo) = known.clone().map(|k| (strsim::damerau_levenshtein(name, k), k)).min()?;
    let near = if distance <= (name.chars().count() / 3).max(2) {
        typo
    } else {
        let likeness = |k: &&str| strsim::jaro_winkler(name, k);
        known.filter(|k| likeness(k) >= 0.85).max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?
    };
    Some(format!("did you mean `{near}`?"))
}

struct Checker<'a> {
    root: &'a Json,
}

impl<'a> Checker<'a> {
    fn resolve(&self, schema: &'a Json) -> &'a Json {
        let Some(reference) = schema["$ref"].as_str() else { return schema };
        reference.strip_prefix('#').and_then(|p| self.root.pointer(p)).unwrap_or(schema)
    }

    fn table(&self, table: &mut Table, schema: &'a Json, faults: &mut Vec<Fault>) {
        let properties = schema["properties"].as_object();
        table.entries.retain(|name, entry| {
            let before = faults.len();
            if let Some(property) = properties.and_then(|p| p.get(name)) {
                self.value(name, &mut entry.node, property, faults);
            } else if schema["additionalProperties"].is_object() {
                self.value(name, &mut entry.node, &schema["additionalProperties"], faults);
            } else if let Some(properties) = properties {
                let known = || properties.keys().map(String::as_str);
                let list = || format!("the keys are: {}", known().collect::<Vec<_>>().join(", "));
                let help = did_you_mean(name, known()).unwrap_or_else(list);
                faults.push(fault(entry.key, format!("unknown key `{name}`")).help(help));
                return false;
            }
            // A table has lost what was wrong in it; anything else goes as a whole.
            faults.len() == before || matches!(entry.node.value, Value::Table(_))
        });
    }

    fn value(&self, name: &str, node: &mut Node, schema: &'a Json, faults: &mut Vec<Fault>) {
        let schema = self.resolve(schema);
        if let Some(choices) = schema["anyOf"].as_array() {
            // Only `Option` makes `anyOf`: null never stands in TOML.
            if let Some(choice) = choices.iter().find(|c| c["type"] != "null") {
                self.value(name, node, choice, faults);
            }
            return;
        }
        if let Some(choices) = enumeration(schema) {
            self.choice(name, node, &choices, faults);
            return;
        }
        let (place, kind) = (node.place, node.kind());
        let wrong = |expected: &str| fault(place, format!("`{name}` is {kind}, expected {expected}"));
        match (type_of(schema), &mut node.value) {
            ("string", Value::Text(_)) | ("boolean", Value::Boolean(_)) | ("", _) => {}
            ("string", _) => faults.push(wrong("a string")),
            ("boolean", _) => faults.push(wrong("true or false")),
            ("integer", Value::Integer(i)) => check_bounds(name, *i as f64, &i.to_string(), place, schema, faults),
            ("integer", _) => faults.push(wrong("a whole number")),
            ("number", Value::Integer(i)) => check_bounds(name, *i as f64, &i.to_string(), place, schema, faults),
            ("number", Value::Float(f)) => check_bounds(name, *f, &f.to_string(), place, schema, faults),
            ("number", _) => faults.push(wrong("a number")),
            ("array", Value::Array(items)) => {
                for item in items {
                    self.value(name, item, &schema["items"], faults);
                }
            }
            ("array", _) => faults.push(wrong("a list")),
            ("object", Value::Table(table)) => self.table(table, schema, faults),
            ("object", _) => faults.push(wrong("a table")),
            _ => {}
        }
    }

    fn choice(&self, name: &str, node: &Node, choices: &[&str], faults: &mut Vec<Fault>) {
        let list = format!("one of {}", choices.iter().map(|c| format!("`{c}`")).collect::<Vec<_>>().join(", "));
        match &node.value {
            Value::Text(text) if choices.contains(&&**text) => {}
            Value::Text(text) => {
                let help = did_you_mean(text, choices.iter().copied()).unwrap_or_else(|| format!("write {list}"));
                faults.push(fault(node.place, format!("`{name}` cannot be `{text}`, expected {list}")).help(help));
            }
            _ => faults.push(fault(node.place, format!("`{name}` is {}, expected {list}", node.kind()))),
        }
    }
}

/// The strings of an enumeration, in either form that schemars gives them.
fn enumeration(schema: &Json) -> Option<Vec<&str>> {
    if let Some(values) = schema["enum"].as_array() {
        return values.iter().map(Json::as_str).collect();
    }
    let variants = schema["oneOf"].as_array()?;
    let mut names = Vec::new();
    for variant in variants {
        match variant["const"].as_str() {
            Some(name) => names.push(name),
            None => names.extend(variant["enum"].as_array()?.iter().filter_map(Json::as_str)),
        }
    }
    Some(names)
}

/// The type, where `Option` adds `null` to it.
fn type_of(schema: &Json) -> &str {
    match &schema["type"] {
        Json::String(name) => name,
        Json::Array(names) => names.iter().filter_map(Json::as_str).find(|n| *n != "null").unwrap_or(""),
        _ => "",
    }
}

fn check_bounds(name: &str, value: f64, shown: &str, place: PlaceInFile, schema: &Json, faults: &mut Vec<Fault>) {
    let type_maximum = match schema["format"].as_str() {
        Some("uint8") => Some(f64::from(u8::MAX)),
        Some("uint16") => Some(f64::from(u16::MAX)),
        Some("uint32") => Some(f64::from(u32::MAX)),
        _ => None,
    };
    let low = schema["minimum"].as_f64();
    let high = schema["maximum"].as_f64().or(type_maximum);
    if low.is_some_and(|low| value < low) || high.is_some_and(|high| value > high) {
        let help = match (low, high) {
            (Some(low), Some(high)) => format!("use {low} to {high}"),
            (Some(low), None) => format!("use {low} or more"),
            (_, high) => format!("use {} or less", high.unwrap_or_default()),
        };
        faults.push(fault(place, format!("`{name}` is {shown}, out of range")).help(help));
    }
}

//! The tree of a suite file: TOML values that know their place, so that several files can be
//! merged and every fault still points at the file that caused it.

use std::collections::BTreeMap;

use banmian_core::{Fault, FaultPlace, PlaceInFile};
use toml::de::{DeTable, DeValue};

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) place: PlaceInFile,
}

/// A TOML value. Dates are refused where they stand: no setting takes one.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text(String),
    Integer(i64),
    Float(f64),
    Boolean(bool),
    Array(Vec<Node>),
    Table(Table),
}

/// Keys with their places, in order of name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    pub(crate) entries: BTreeMap<String, Entry>,
}

/// A key's place and its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: PlaceInFile,
    pub(crate) node: Node,
}

impl Node {
    /// Parses file number `file`; all syntax faults at once, with what could be read.
    pub(crate) fn parse(file: u32, text: &str) -> (Node, Vec<Fault>) {
        let (document, errors) = DeTable::parse_recoverable(text);
        let mut faults: Vec<Fault> =
            errors.iter().map(|e| fault(place(file, e.span().unwrap_or(0..0)), e.message().to_owned())).collect();
        let whole = place(file, 0..text.len());
        let table = convert_table(file, document.get_ref(), &mut faults);
        (Node { value: Value::Table(table), place: whole }, faults)
    }

    /// Lays `over` upon this value: tables merge key by key, all else is replaced.
    pub(crate) fn merge(&mut self, over: Node) {
        match (&mut self.value, over) {
            (Value::Table(base), Node { value: Value::Table(over), place }) => {
                self.place = place;
                for (name, entry) in over.entries {
                    match base.entries.get_mut(&name) {
                        Some(known) => {
                            known.key = entry.key;
                            known.node.merge(entry.node);
                        }
                        None => drop(base.entries.insert(name, entry)),
                    }
                }
            }
            (_, over) => *self = over,
        }
    }

    /// What kind of value this is, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Text(_) => "a string",
            Value::Integer(_) => "a whole number",
            Value::Float(_) => "a number",
            Value::Boolean(_) => "true or false",
            Value::Array(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// A fault at a place of a suite file.
pub(crate) fn fault(place: PlaceInFile, message: impl Into<String>) -> Fault {
    Fault { message: message.into(), help: None, place: FaultPlace::Suite(place) }
}

fn place(file: u32, range: std::ops::Range<usize>) -> PlaceInFile {
    let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    PlaceInFile { file, start: offset(range.start), end: offset(range.end) }
}

fn convert_table(file: u32, table: &DeTable<'_>, faults: &mut Vec<Fault>) -> Table {
    let mut out = Table::default();
    for (key, value) in table {
        let key_place = place(file, key.span());
        let mut value_place = place(file, value.span());
        // A table's own span is its header; a dotted key has none of use.
        if value.get_ref().is_table() && value_place.start == value_place.end {
            value_place = key_place;
        }
        if let Some(value) = convert(file, value.get_ref(), value_place, faults) {
            let node = Node { value, place: value_place };
            out.entries.insert(key.get_ref().to_string(), Entry { key: key_place, node });
        }
    }
    out
}

fn convert(file: u32, value: &DeValue<'_>, at: PlaceInFile, faults: &mut Vec<Fault>) -> Option<Value> {
    Some(match value {
        DeValue::String(s) => Value::Text(s.to_string()),
        DeValue::Boolean(b) => Value::Boolean(*b),
        DeValue::Integer(i) => match i64::from_str_radix(&i.as_str().replace('_', ""), i.radix()) {
            Ok(number) => Value::Integer(number),
            Err(_) => {
                faults.push(fault(at, format!("`{i}` is too large a number")));
                return None;
            }
        },
        DeValue::Float(f) => match f.as_str().replace('_', "").parse() {
            Ok(number) if f64::is_finite(number) => Value::Float(number),
            _ => {
                faults.push(fault(at, format!("`{f}` is not a number that can be used here")));
                return None;
            }
        },
        DeValue::Datetime(d) => {
            faults.push(fault(at, format!("`{d}` is a bare date")).help("put it in quotation marks"));
            return None;
        }
        DeValue::Array(items) => Value::Array(
            items
                .iter()
                .filter_map(|item| {
                    let place = place(file, item.span());
                    convert(file, item.get_ref(), place, faults).map(|value| Node { value, place })
                })
                .collect(),
        ),
        DeValue::Table(table) => Value::Table(convert_table(file, table, faults)),
    })
}

//! The checks of a lexicon's entries: a user who adds a line sees what is wrong with it, and where.

use banmian_core::{Fault, Lexicon, LexiconRow};
use rustc_hash::FxHashMap;

use crate::lexicon::{Class, letters};
use crate::shape::Shape;

/// Themes an entry may have.
const THEMES: [&str; 33] = [
    "army",
    "cadre-style",
    "congress",
    "cppcc",
    "culture",
    "digital",
    "diplomacy",
    "discipline",
    "ecology",
    "economy",
    "education",
    "emergency",
    "finance",
    "health",
    "history",
    "ideology",
    "industry",
    "law",
    "local",
    "nationality",
    "party",
    "poverty",
    "religion",
    "rural",
    "science",
    "security",
    "society",
    "spirit",
    "state",
    "taiwan-hk-macao",
    "trade",
    "united-front",
    "youth",
];

/// The class of a row, or a fault.
pub(crate) fn class(lexicon: &Lexicon, row: &LexiconRow, faults: &mut Vec<Fault>) -> Option<Class> {
    let name = lexicon.field(row, 1);
    let class = Class::NAMES.iter().find(|(n, _)| *n == name).map(|&(_, class)| class);
    if class.is_none() {
        let names: Vec<_> = Class::NAMES.iter().map(|(n, _)| *n).collect();
        let fault = lexicon.fault_at(row, 1, format!("`{name}` is no class of formulations"));
        faults.push(fault.help(format!("use one of {}", names.join(", "))));
    }
    class
}

/// The themes by name.
pub(crate) fn themes() -> FxHashMap<&'static str, &'static str> {
    THEMES.into_iter().chain([""]).map(|theme| (theme, theme)).collect()
}

/// The theme of a row, or nothing, or a fault.
pub(crate) fn theme(
    lexicon: &Lexicon,
    row: &LexiconRow,
    themes: &FxHashMap<&'static str, &'static str>,
    faults: &mut Vec<Fault>,
) -> Option<&'static str> {
    let name = lexicon.field(row, 4);
    let theme = themes.get(name).copied();
    if theme.is_none() {
        let fault = lexicon.fault_at(row, 4, format!("`{name}` is no theme"));
        faults.push(fault.help(format!("use one of {}, or none", THEMES.join(", "))));
    }
    theme
}

/// Why a phrase or variant cannot be looked for.
pub(crate) fn wrong_form(form: &str, shape: &Shape) -> Option<String> {
    if shape.letters < 2 {
        return Some(format!("`{form}` is shorter than two characters"));
    }
    if shape.gap {
        let count = |s: &str| letters(s).count();
        if form.starts_with('…') || form.ends_with('…') {
            return Some(format!("`{form}` has a gap at its edge, where nothing bounds it"));
        }
        if form.replace("……", "").contains('…') {
            return Some(format!("`{form}` has a gap that is not written `……`"));
        }
        if form.split("……").all(|part| count(part) < 2) {
            return Some(format!("`{form}` has no part of two characters between its gaps"));
        }
        if form.split("……").any(|part| count(part) == 0) {
            return Some(format!("`{form}` has two gaps in a row"));
        }
    }
    None
}

/// `since` is empty, a year, a month or a day.
pub(crate) fn check_since(lexicon: &Lexicon, row: &LexiconRow, faults: &mut Vec<Fault>) {
    let since = lexicon.field(row, 5);
    let digits = since.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    let date = since.is_empty() || digits && matches!(since.len(), 4 | 7 | 10);
    if !date {
        let fault = lexicon.fault_at(row, 5, format!("`{since}` is no date"));
        faults.push(fault.help("write a year, or a month as in `2017-10`"));
    }
}

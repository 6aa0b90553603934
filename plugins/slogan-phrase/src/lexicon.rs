//! The lexicons of formulations: reading, checking, and finding their phrases on a page.
//!
//! An entry has one canonical phrase and any number of variants; `……` in either is a gap. A wrong
//! entry is a fault with its place in the file, so that a user who adds a line sees what is wrong.

use std::collections::hash_map;

use banmian_core::{Fault, Lexicon, LexiconRow, Resource};
use rustc_hash::FxHashMap;

use crate::trie::{Trie, TrieBuilder, is_joint};
use crate::vocabulary::{Role, Vocabulary};

const COLUMNS: [&str; 7] = ["phrase", "class", "variants", "family", "theme", "since", "note"];

/// Themes an entry may have, sorted.
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

/// What the text in a gap may be at most, in bytes: twenty characters.
const LONGEST_GAP: usize = 60;

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// A fixed official wording (提法).
    Formulation,
    /// A wording made to be called out (口号).
    Slogan,
    /// One of the few formulations that count also inside a longer one.
    Core,
    /// A number and what it counts.
    Numbered,
    /// A policy word too common to be a formulation by itself.
    Plain,
}

impl Class {
    const NAMES: [(&'static str, Class); 5] = [
        ("formulation", Class::Formulation),
        ("slogan", Class::Slogan),
        ("core", Class::Core),
        ("numbered", Class::Numbered),
        ("plain", Class::Plain),
    ];

    /// The name in lexicons and tables.
    pub(crate) fn name(self) -> &'static str {
        Class::NAMES.iter().find(|(_, c)| *c == self).map_or("", |&(n, _)| n)
    }
}

/// One entry of a lexicon.
pub(crate) struct Entry {
    pub(crate) canonical: String,
    pub(crate) class: Class,
    pub(crate) family: String,
    pub(crate) theme: String,
}

/// A phrase of a lexicon on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) entry: u32,
    /// Found by its parts, with anything in the gap.
    pub(crate) gapped: bool,
}

/// What one pass over a page finds.
#[derive(Default)]
pub(crate) struct Scan {
    /// Every phrase, also overlapping ones.
    pub(crate) hits: Vec<Hit>,
    /// Starts of words of the official register.
    pub(crate) register: Vec<usize>,
    /// Starts of a numeral with 个 or 大.
    pub(crate) numbers: Vec<usize>,
}

/// Numerals of numbered formulations; 一 counts nothing.
const NUMERALS: [char; 10] = ['两', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// All phrases of all lexicons of a suite, ready to be looked for.
#[derive(Default)]
pub(crate) struct Phrases {
    pub(crate) entries: Vec<Entry>,
    building: TrieBuilder<Meaning>,
    trie: Trie<Meaning>,
    gapped: Vec<Gapped>,
    /// Fingerprint of every phrase → its entry, see [`fingerprint`].
    known: FxHashMap<u64, Known>,
    /// Every phrase and variant, until `finish` has prepared them.
    forms: Vec<Form>,
    /// Their texts, one after the other.
    texts: String,
}

/// What one path of the trie stands for.
#[derive(Clone, Copy)]
enum Meaning {
    /// A phrase without gap.
    Entry(u32),
    /// The longest part of a gapped phrase.
    Gapped(u32),
    /// Counts for the official register though it is no formulation.
    Register,
    /// A numeral and 个 or 大, which may begin a numbered formulation.
    Number,
}

/// The entry of a phrase.
#[derive(Clone, Copy)]
struct Known {
    entry: u32,
    /// Looked for already.
    added: bool,
}

/// A phrase or variant of an entry, by its place among the texts.
#[derive(Clone, Copy)]
struct Form {
    start: usize,
    end: usize,
    fingerprint: u64,
    entry: u32,
}

/// A phrase with gaps: its parts, the longest of which is looked for first.
struct Gapped {
    before: Vec<String>,
    after: Vec<String>,
    entry: u32,
}

impl Phrases {
    /// Adds a lexicon; every wrong entry is a fault.
    pub(crate) fn read(&mut self, resource: Resource) -> Result<(), Vec<Fault>> {
        let lexicon = Lexicon::read(resource, &COLUMNS)?;
        let mut faults = Vec::new();
        self.texts.reserve(lexicon.rows().len() * 64);
        self.forms.reserve(lexicon.rows().len() * 2);
        self.entries.reserve(lexicon.rows().len());
        let mut here: FxHashMap<u64, u32> = FxHashMap::default();
        here.reserve(2 * lexicon.rows().len());
        for row in lexicon.rows() {
            let found = faults.len();
            let phrase = lexicon.field(row, 0);
            let class = lexicon.field(row, 1);
            let known_class = Class::NAMES.iter().find(|(n, _)| *n == class);
            if known_class.is_none() {
                let names: Vec<_> = Class::NAMES.iter().map(|(n, _)| *n).collect();
                let fault = lexicon.fault_at(row, 1, format!("`{class}` is no class of formulations"));
                faults.push(fault.help(format!("use one of {}", names.join(", "))));
            }
            let theme = lexicon.field(row, 4);
            if !theme.is_empty() && THEMES.binary_search(&theme).is_err() {
                let fault = lexicon.fault_at(row, 4, format!("`{theme}` is no theme"));
                faults.push(fault.help(format!("use one of {}, or none", THEMES.join(", "))));
            }
            check_since(&lexicon, row, &mut faults);
            let entry = u32::try_from(self.entries.len()).expect("lexicons are smaller than 4 GiB");
            let variants = lexicon.field(row, 2).split('|').map(str::trim).filter(|v| !v.is_empty());
            for (i, form) in std::iter::once(phrase).chain(variants).enumerate() {
                let column = if i == 0 { 0 } else { 2 };
                if let Some(message) = wrong_form(form) {
                    faults.push(lexicon.fault_at(row, column, message));
                    continue;
                }
                let fingerprint = fingerprint(form);
                match here.entry(fingerprint) {
                    hash_map::Entry::Occupied(e) if *e.get() != entry => {
                        let message = format!("`{form}` stands twice in this lexicon");
                        faults.push(lexicon.fault_at(row, column, message).help("keep one of the two entries"));
                    }
                    hash_map::Entry::Occupied(_) => {}
                    hash_map::Entry::Vacant(e) => {
                        e.insert(entry);
                        let start = self.texts.len();
                        self.texts.push_str(form);
                        self.forms.push(Form { start, end: self.texts.len(), fingerprint, entry });
                    }
                }
            }
            let Some(&(_, class)) = known_class.filter(|_| faults.len() == found) else { continue };
            self.entries.push(Entry {
                canonical: phrase.to_owned(),
                class,
                family: lexicon.field(row, 3).to_owned(),
                theme: theme.to_owned(),
            });
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// Prepares all phrases to be looked for, and the words that tell the official register.
    pub(crate) fn finish(&mut self, vocabulary: &Vocabulary) {
        let (forms, texts) = (std::mem::take(&mut self.forms), std::mem::take(&mut self.texts));
        self.building.reserve(forms.len() + forms.len() / 4, texts.len() / 2);
        self.known.reserve(forms.len() + forms.len() / 4);
        for form in &forms {
            // A phrase that an earlier lexicon has keeps that entry.
            self.known.entry(form.fingerprint).or_insert(Known { entry: form.entry, added: false });
        }
        for &Form { start, end, fingerprint: whole, entry } in &forms {
            let form = &texts[start..end];
            let short = self.without_lead(form, entry, vocabulary);
            let print = if short.len() < form.len() { fingerprint(short) } else { whole };
            if self.known.get(&print).is_some_and(|k| k.entry != entry) || self.is_joined(short, vocabulary) {
                continue;
            }
            let canonical = &mut self.entries[entry as usize].canonical;
            if short.len() < form.len() && *canonical == *form {
                short.clone_into(canonical);
            }
            self.add(short, print, entry);
        }
        for word in vocabulary.register_words() {
            self.building.insert(word, Meaning::Register);
        }
        for numeral in NUMERALS {
            for measure in ['个', '大'] {
                self.building.insert(&String::from_iter([numeral, measure]), Meaning::Number);
            }
        }
        self.trie = std::mem::take(&mut self.building).finish();
    }

    /// True for two long formulations that stand alone elsewhere: each is a mention of its own.
    fn is_joined(&self, form: &str, vocabulary: &Vocabulary) -> bool {
        let known = |p: &str| p.chars().nth(5).is_some() && self.known.contains_key(&fingerprint(p));
        let mut parts = form.split(['、', '，']);
        form.contains(['、', '，']) && parts.all(|p| known(p) || known(&p[lead(p, vocabulary).unwrap_or(0)..]))
    }

    /// A formulation without the verb it is used with: 稳中求进工作总基调 out of 坚持稳中求进工作总基调.
    ///
    /// The verb changes with the sentence and is no part of the wording; it stays where the rest alone
    /// is a plain policy word (坚持改革开放) or where the phrase is a pair of clauses.
    fn without_lead<'f>(&self, form: &'f str, entry: u32, vocabulary: &Vocabulary) -> &'f str {
        let mut short = form;
        if self.entries[entry as usize].class == Class::Plain {
            return form;
        }
        while let Some(lead) = lead(short, vocabulary) {
            let rest = &short[lead..];
            let known = self.exactly(rest).map(|e| self.entries[e as usize].class);
            let pair = rest.contains(['、', '，']) && &short[..lead] != "坚持";
            let letters = letters(rest).count();
            let long = letters >= if known.is_some() { 4 } else { 5 };
            // 才是硬道理, 有中国特色社会主义: what a function word begins is no wording. 坚持……决不动摇 is one.
            let bound = rest.starts_with(['才', '是', '有', '的']) || rest.contains("决不") || rest.contains("绝不");
            if bound || known == Some(Class::Plain) || pair && known.is_none() || !long || rest.starts_with('…') {
                break;
            }
            short = rest;
        }
        short
    }

    fn add(&mut self, form: &str, print: u64, entry: u32) {
        if !form.contains("……") {
            let known = self.known.entry(print).or_insert(Known { entry, added: false });
            if !known.added {
                known.added = true;
                self.building.insert(form, Meaning::Entry(entry));
            }
            return;
        }
        let parts: Vec<&str> = form.split("……").collect();
        let anchor = (0..parts.len()).max_by_key(|&i| parts[i].len()).expect("a split has parts");
        let index = u32::try_from(self.gapped.len()).expect("lexicons are smaller than 4 GiB");
        self.gapped.push(Gapped {
            before: parts[..anchor].iter().rev().map(|&p| p.to_owned()).collect(),
            after: parts[anchor + 1..].iter().map(|&p| p.to_owned()).collect(),
            entry,
        });
        self.building.insert(parts[anchor], Meaning::Gapped(index));
    }

    /// The entry whose phrase has exactly these letters.
    pub(crate) fn exactly(&self, phrase: &str) -> Option<u32> {
        self.known.get(&fingerprint(phrase)).map(|k| k.entry)
    }

    /// Everything of the lexicons in the text.
    pub(crate) fn scan(&self, text: &str) -> Scan {
        let mut scan = Scan::default();
        self.trie.scan(text, |start, end, meaning| match meaning {
            Meaning::Entry(entry) => scan.hits.push(Hit { start, end, entry, gapped: false }),
            Meaning::Register => scan.register.push(start),
            Meaning::Number => scan.numbers.push(start),
            Meaning::Gapped(gapped) => {
                let gapped = &self.gapped[gapped as usize];
                if let Some((start, end)) = gapped.extend(text, start, end) {
                    scan.hits.push(Hit { start, end, entry: gapped.entry, gapped: true });
                }
            }
        });
        scan
    }
}

impl Gapped {
    /// The whole phrase around its longest part, if the other parts stand near.
    fn extend(&self, text: &str, mut start: usize, mut end: usize) -> Option<(usize, usize)> {
        for part in &self.after {
            let window = gap_window(&text[end..], part.len());
            let at = window.find(part.as_str()).filter(|&at| at > 0)?;
            end += at + part.len();
        }
        for part in &self.before {
            let window = gap_window_back(&text[..start], part.len());
            let at = window.rfind(part.as_str()).filter(|&at| at + part.len() < window.len())?;
            start -= window.len() - at;
        }
        Some((start, end))
    }
}

/// Bytes of the longest verb that the phrase begins with and that is no part of formulations.
fn lead(phrase: &str, vocabulary: &Vocabulary) -> Option<usize> {
    // Few phrases begin with the first character of one.
    if !vocabulary.begins_lead(phrase) {
        return None;
    }
    let ends = phrase.char_indices().map(|(i, c)| i + c.len_utf8()).take(8);
    ends.filter(|&end| vocabulary.is(&phrase[..end], Role::Lead)).last()
}

/// True for what a gap may not hold: the end of a clause.
fn ends_gap(c: char) -> bool {
    matches!(c, '，' | '。' | '！' | '？' | '；' | '：' | '\n')
}

/// As much of `text` as a gap and a part of `part` bytes after it may take.
fn gap_window(text: &str, part: usize) -> &str {
    let mut end = text.len().min(LONGEST_GAP + part);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let window = &text[..end];
    window.find(ends_gap).map_or(window, |i| &window[..i])
}

/// As [`gap_window`], looking back from the end of `text`.
fn gap_window_back(text: &str, part: usize) -> &str {
    let mut start = text.len().saturating_sub(LONGEST_GAP + part);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let window = &text[start..];
    let after = window.char_indices().rev().find(|&(_, c)| ends_gap(c)).map_or(0, |(i, c)| i + c.len_utf8());
    &window[after..]
}

/// A phrase without separators and quotation marks: what all its printed forms share.
pub(crate) fn letters(phrase: &str) -> impl Iterator<Item = char> {
    phrase.chars().filter(|&c| !is_joint(c))
}

/// The letters of a phrase as one number, so that thousands of phrases need no text of their own to be
/// told apart. Two phrases of a lexicon share one by chance once in some hundred thousand million lexicons.
fn fingerprint(phrase: &str) -> u64 {
    letters(phrase).fold(0, |print: u64, c| (print.rotate_left(23) ^ u64::from(c)).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// Why a phrase or variant cannot be looked for.
fn wrong_form(form: &str) -> Option<String> {
    let count = |s: &str| letters(s).count();
    if count(form) < 2 {
        return Some(format!("`{form}` is shorter than two characters"));
    }
    if form.contains('…') {
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
fn check_since(lexicon: &Lexicon, row: &LexiconRow, faults: &mut Vec<Fault>) {
    let since = lexicon.field(row, 5);
    let digits = since.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    let date = since.is_empty() || digits && matches!(since.len(), 4 | 7 | 10);
    if !date {
        let fault = lexicon.fault_at(row, 5, format!("`{since}` is no date"));
        faults.push(fault.help("write a year, or a month as in `2017-10`"));
    }
}

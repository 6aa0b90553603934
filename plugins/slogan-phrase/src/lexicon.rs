//! The lexicons of formulations: reading, checking, and finding their phrases on a page.
//!
//! An entry has one canonical phrase and any number of variants; `……` in either is a gap. A wrong
//! entry is a fault with its place in the file, so that a user who adds a line sees what is wrong.

use banmian_core::{Fault, Lexicon, Resource};
use memchr::memmem;
use rustc_hash::FxHashMap;

use crate::entry_check::{check_since, class, theme, themes, wrong_form};
use crate::letter::{self, Letter, is_joint};
use crate::machine::{Last, Machine, Place, Reached};
use crate::shape::{Fingerprint, Shape};
use crate::vocabulary::Vocabulary;

const COLUMNS: [&str; 7] = ["phrase", "class", "variants", "family", "theme", "since", "note"];

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
    pub(crate) const NAMES: [(&'static str, Class); 5] = [
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
    canonical: Span,
    pub(crate) class: Class,
    family: Span,
    pub(crate) theme: &'static str,
}

/// A place among the texts of [`Phrases`], in bytes.
#[derive(Clone, Copy)]
struct Span {
    start: u32,
    end: u32,
}

/// A phrase of a lexicon on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) entry: u32,
    /// That of the entry.
    pub(crate) class: Class,
    /// Found by its parts, with anything in the gap.
    pub(crate) gapped: bool,
}

/// What one pass over a page finds.
#[derive(Default)]
pub(crate) struct Scan {
    /// Every phrase, also overlapping ones.
    pub(crate) hits: Vec<Hit>,
    /// Words of the official register by piece.
    pub(crate) register: Vec<u32>,
    /// Starts of a numeral with 个 or 大.
    pub(crate) numbers: Vec<usize>,
}

/// Numerals of numbered formulations; 一 counts nothing.
const NUMERALS: [char; 10] = ['两', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// All phrases of all lexicons of a suite, ready to be looked for.
#[derive(Default)]
pub(crate) struct Phrases {
    pub(crate) entries: Vec<Entry>,
    /// What entries and forms are written with, one text after the other.
    texts: String,
    machine: Machine<Meaning>,
    gapped: Vec<Gapped>,
    /// Fingerprint of every phrase → its entry, see [`Shape`].
    known: FxHashMap<Fingerprint, Known>,
    /// Every phrase and variant, until `finish` has prepared them.
    forms: Vec<Form>,
}

/// What one phrase of the machine stands for.
#[derive(Clone, Copy)]
enum Meaning {
    /// A phrase without gap.
    Entry(u32, Class),
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
    /// The first that has it.
    entry: u32,
    /// The last that has it in a lexicon.
    latest: Option<u32>,
    /// Looked for already.
    added: bool,
}

/// A phrase or variant of an entry.
#[derive(Clone, Copy)]
struct Form {
    text: Span,
    shape: Shape,
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
        let themes = themes();
        let mut faults = Vec::new();
        let rows = lexicon.rows().len();
        self.texts.reserve(rows * 96);
        self.forms.reserve(rows * 2);
        self.entries.reserve(rows);
        self.known.reserve(rows * 2);
        let first = index(self.entries.len());
        for row in lexicon.rows() {
            let found = faults.len();
            let phrase = lexicon.field(row, 0);
            let class = class(&lexicon, row, &mut faults);
            let theme = theme(&lexicon, row, &themes, &mut faults);
            check_since(&lexicon, row, &mut faults);
            let entry = index(self.entries.len());
            let canonical = self.write(phrase);
            let variants = lexicon.field(row, 2).split('|').map(str::trim).filter(|v| !v.is_empty());
            for (i, form) in std::iter::once(phrase).chain(variants).enumerate() {
                let column = if i == 0 { 0 } else { 2 };
                let shape = Shape::of(form);
                if let Some(message) = wrong_form(form, &shape) {
                    faults.push(lexicon.fault_at(row, column, message));
                    continue;
                }
                let known = self.known.entry(shape.fingerprint).or_insert(Known { entry, latest: None, added: false });
                // An earlier lexicon may have it, too; then it keeps that entry.
                match known.latest.filter(|&latest| latest >= first) {
                    Some(other) if other != entry => {
                        let message = format!("`{form}` stands twice in this lexicon");
                        faults.push(lexicon.fault_at(row, column, message).help("keep one of the two entries"));
                    }
                    Some(_) => {}
                    None => {
                        known.latest = Some(entry);
                        let text = if i == 0 { canonical } else { self.write(form) };
                        self.forms.push(Form { text, shape, entry });
                    }
                }
            }
            let (Some(class), Some(theme)) = (class, theme) else { continue };
            if faults.len() == found {
                let family = self.write(lexicon.field(row, 3));
                self.entries.push(Entry { canonical, class, family, theme });
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    fn write(&mut self, text: &str) -> Span {
        let start = index(self.texts.len());
        self.texts.push_str(text);
        Span { start, end: index(self.texts.len()) }
    }

    fn text(&self, span: Span) -> &str {
        &self.texts[span.start as usize..span.end as usize]
    }

    /// The form under which the mentions of an entry are counted.
    pub(crate) fn canonical(&self, entry: &Entry) -> &str {
        self.text(entry.canonical)
    }

    /// The formulation an entry belongs to, or nothing.
    pub(crate) fn family(&self, entry: &Entry) -> &str {
        self.text(entry.family)
    }

    /// Prepares all phrases to be looked for, and the words that tell the official register.
    pub(crate) fn finish(&mut self, vocabulary: &Vocabulary) {
        let forms = std::mem::take(&mut self.forms);
        self.machine.reserve(forms.len());
        for form in &forms {
            let text = &self.texts[form.text.start as usize..form.text.end as usize];
            self.machine.note(text, form.shape.fingerprint);
        }
        for form in &forms {
            self.prepare(form, vocabulary);
        }
        for word in vocabulary.register_words() {
            self.machine.insert(word, &Shape::of(word), Meaning::Register);
        }
        for numeral in NUMERALS {
            for measure in ['个', '大'] {
                let number = String::from_iter([numeral, measure]);
                self.machine.insert(&number, &Shape::of(&number), Meaning::Number);
            }
        }
        self.machine.finish();
    }

    /// Adds a form without its lead, if no other entry has it and it does not join formulations of others.
    fn prepare(&mut self, form: &Form, vocabulary: &Vocabulary) {
        let Form { text, mut shape, entry } = *form;
        let cut = self.lead_bytes(self.text(text), entry, vocabulary);
        let short = Span { start: text.start + index(cut), end: text.end };
        if cut > 0 {
            shape = Shape::of(self.text(short));
        }
        // A phrase that an earlier lexicon has keeps that entry.
        let known = self.known.get(&shape.fingerprint).copied();
        if known.is_some_and(|k| k.entry != entry) || shape.members && self.is_joined(self.text(short), vocabulary) {
            return;
        }
        let canonical = &mut self.entries[entry as usize].canonical;
        if cut > 0 && canonical.start == text.start {
            *canonical = short;
        }
        if shape.gap {
            self.add_gapped(short, entry);
        } else if known.is_none_or(|k| !k.added) {
            self.known.insert(shape.fingerprint, Known { entry, latest: None, added: true });
            let text = &self.texts[short.start as usize..short.end as usize];
            if cut > 0 {
                self.machine.note(text, shape.fingerprint);
            }
            let class = self.entries[entry as usize].class;
            self.machine.insert(text, &shape, Meaning::Entry(entry, class));
        }
    }

    /// True for two long formulations that stand alone elsewhere: each is a mention of its own.
    fn is_joined(&self, form: &str, vocabulary: &Vocabulary) -> bool {
        let known = |p: &str| p.chars().nth(5).is_some() && self.exactly(p).is_some();
        form.split(['、', '，']).all(|p| known(p) || known(&p[vocabulary.lead(p).unwrap_or(0)..]))
    }

    /// Bytes of the verbs a formulation is used with: of 坚持 in 坚持稳中求进工作总基调.
    ///
    /// The verb changes with the sentence and is no part of the wording; it stays where the rest alone
    /// is a plain policy word (坚持改革开放) or where the phrase is a pair of clauses.
    fn lead_bytes(&self, form: &str, entry: u32, vocabulary: &Vocabulary) -> usize {
        if self.entries[entry as usize].class == Class::Plain {
            return 0;
        }
        let mut cut = 0;
        while let Some(lead) = vocabulary.lead(&form[cut..]) {
            let (verb, rest) = form[cut..].split_at(lead);
            let shape = Shape::of(rest);
            let known = self.known.get(&shape.fingerprint).map(|k| self.entries[k.entry as usize].class);
            let pair = shape.members && verb != "坚持";
            let long = shape.letters >= if known.is_some() { 4 } else { 5 };
            if known == Some(Class::Plain) || pair && known.is_none() || !long || rest.starts_with('…') {
                break;
            }
            // 才是硬道理, 有中国特色社会主义: what a function word begins is no wording. 坚持……决不动摇 is one.
            if rest.starts_with(['才', '是', '有', '的', '和']) || rest.contains("决不") || rest.contains("绝不")
            {
                break;
            }
            cut += lead;
        }
        cut
    }

    fn add_gapped(&mut self, form: Span, entry: u32) {
        let form = &self.texts[form.start as usize..form.end as usize];
        let parts: Vec<&str> = form.split("……").collect();
        let anchor = (0..parts.len()).max_by_key(|&i| parts[i].len()).expect("a split has parts");
        let gapped = index(self.gapped.len());
        self.gapped.push(Gapped {
            before: parts[..anchor].iter().rev().map(|&p| p.to_owned()).collect(),
            after: parts[anchor + 1..].iter().map(|&p| p.to_owned()).collect(),
            entry,
        });
        self.machine.insert(parts[anchor], &Shape::of(parts[anchor]), Meaning::Gapped(gapped));
    }

    /// The entry whose phrase has exactly these letters.
    pub(crate) fn exactly(&self, phrase: &str) -> Option<u32> {
        self.known.get(&self.machine.noted(phrase)?).map(|k| k.entry)
    }

    /// Where formulations stand in a short text, in bytes; gapped ones too.
    pub(crate) fn hits(&self, text: &str) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        let (mut last, mut at) = (Last::default(), 0);
        while let Some((letter, len)) = letter::first(&text.as_bytes()[at..]) {
            let reached = self.step(&mut last, letter);
            if reached.any() {
                places.push(Place { at, piece: 0, reached });
            }
            at += len;
        }
        let scan = self.scan(text, &places, 1, |_| text.len(), |_| false);
        scan.hits.iter().map(|hit| (hit.start, hit.end)).collect()
    }

    /// True if a phrase of a lexicon has this part.
    pub(crate) fn is_part(&self, part: &str) -> bool {
        memmem::find(self.texts.as_bytes(), part.as_bytes()).is_some()
    }

    /// Takes one character more of a page, see [`Machine::step`].
    #[inline(always)]
    pub(crate) fn step(&self, last: &mut Last, letter: Letter) -> Reached {
        self.machine.step(last, letter)
    }

    /// Takes ideographs of a page, see [`Machine::pass`].
    #[inline(always)]
    pub(crate) fn pass(&self, last: &mut Last, text: &[u8]) -> (usize, Reached) {
        self.machine.pass(last, text)
    }

    /// All that begins where `places` say, in a text of so many pieces, which end where `end_of` says; of some only words of the
    /// register count.
    pub(crate) fn scan(
        &self,
        text: &str,
        places: &[Place],
        pieces: usize,
        end_of: impl Fn(usize) -> usize + Copy,
        register_only: impl Fn(usize) -> bool,
    ) -> Scan {
        let mut scan =
            Scan { hits: Vec::with_capacity(places.len() / 2), register: vec![0; pieces], numbers: Vec::new() };
        self.machine.find(text, places, end_of, |piece, start, end, meaning| match meaning {
            Meaning::Register => scan.register[piece] += 1,
            _ if register_only(piece) => {}
            Meaning::Entry(entry, class) => scan.hits.push(Hit { start, end, entry, class, gapped: false }),
            Meaning::Number => scan.numbers.push(start),
            Meaning::Gapped(gapped) => {
                let gapped = &self.gapped[gapped as usize];
                if let Some((start, end)) = gapped.extend(&text[..end_of(piece)], start, end) {
                    let class = self.entries[gapped.entry as usize].class;
                    scan.hits.push(Hit { start, end, entry: gapped.entry, class, gapped: true });
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
    phrase.chars().filter(|&c| !is_joint(letter::of(c)))
}

fn index(len: usize) -> u32 {
    u32::try_from(len).expect("lexicons are smaller than 4 GiB")
}

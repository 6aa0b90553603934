//! What people put right by hand: metadata of pages, headlines and articles, who is named with which office.
//!
//! A corrections file is TOML. Every entry says whom it is from and of which day, so that a table can
//! be traced to the people as well as to the page:
//!
//! ```toml
//! [[page]]
//! page = "临江日报/1962-03-04/03.txt"
//! by = "Archive of Linjiang"
//! on = "2026-11-02"
//! date = "1962-03-05"
//!
//! [[article]]
//! page = "临江日报/1962-03-04/03.txt"
//! by = "Archive of Linjiang"
//! on = "2026-11-02"
//! text = "东干渠开闸放水"
//! main = "春灌开闸放水 浇地五万亩"
//!
//! [[person]]
//! page = "临江日报/1962-03-04/03.txt"
//! by = "Archive of Linjiang"
//! on = "2026-11-02"
//! text = "公社主任江春和到会"
//! person = "江春"
//! role = "主任"
//! organization = "公社"
//! ```
//!
//! Corrections are laid upon the rebuilt page; those of persons stand beside its text, for analyzers that know persons. Text is only moved, never added or changed: what is
//! printed stays what is printed. One that fits nothing is told in `failures`.

mod apply;
mod arrange;
mod persons;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use banmian_core::{ArticleKind, Fault, FaultPlace, Resource, calendar_date};
use serde::Deserialize;

use persons::PersonEntry;

/// The corrections of a suite, by page.
#[derive(Debug, Default)]
pub(crate) struct Corrections {
    /// Name of the file, for messages.
    name: String,
    pages: BTreeMap<String, OfPage>,
}

/// The corrections of one page, in the order of the file.
#[derive(Debug, Default)]
pub(crate) struct OfPage {
    page: Vec<PageCorrection>,
    article: Vec<ArticleCorrection>,
    person: Vec<PersonEntry>,
    /// Set when the page is read.
    seen: AtomicBool,
}

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    page: Vec<toml::Spanned<PageCorrection>>,
    article: Vec<toml::Spanned<ArticleCorrection>>,
    person: Vec<toml::Spanned<PersonEntry>>,
}

/// `[[page]]`: metadata that count before all others.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PageCorrection {
    page: String,
    by: String,
    on: String,
    #[serde(default)]
    paper: String,
    #[serde(default)]
    date: String,
    #[serde(default)]
    edition: String,
}

/// `[[article]]`: the headline, kind and extent of one article.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ArticleCorrection {
    page: String,
    by: String,
    on: String,
    /// Words that stand in this article and in no other of the page.
    text: String,
    kind: Option<ArticleKind>,
    /// Text of the page that is its kicker; empty: it has none.
    kicker: Option<String>,
    main: Option<String>,
    deck: Option<String>,
    /// Paragraphs that are section headings.
    #[serde(default)]
    headings: Vec<String>,
    /// Section headings that are paragraphs.
    #[serde(default)]
    paragraphs: Vec<String>,
    /// Words of another article that goes on with this one: its text is put behind.
    #[serde(default)]
    joined_by: Vec<String>,
}

/// What every entry says of itself.
trait Entry {
    fn common(&self) -> [&str; 3];
    /// What is wrong with the rest.
    fn check(&self) -> Result<(), String>;
}

impl Entry for PageCorrection {
    fn common(&self) -> [&str; 3] {
        [&self.page, &self.by, &self.on]
    }

    fn check(&self) -> Result<(), String> {
        if [&self.paper, &self.date, &self.edition].iter().all(|told| told.is_empty()) {
            return Err("it corrects nothing: give `paper`, `date` or `edition`".to_owned());
        }
        if self.date.is_empty() { Ok(()) } else { check_date("date", &self.date) }
    }
}

impl Entry for ArticleCorrection {
    fn common(&self) -> [&str; 3] {
        [&self.page, &self.by, &self.on]
    }

    fn check(&self) -> Result<(), String> {
        if self.text.trim().is_empty() {
            return Err("`text` is empty: write some words that only this article has".to_owned());
        }
        let slots = [&self.kicker, &self.main, &self.deck].iter().any(|slot| slot.is_some());
        let lists = [&self.headings, &self.paragraphs, &self.joined_by].iter().any(|list| !list.is_empty());
        if slots || lists || self.kind.is_some() {
            return Ok(());
        }
        let keys = "`kicker`, `main`, `deck`, `kind`, `headings`, `paragraphs` or `joined_by`";
        Err(format!("it corrects nothing: give {keys}"))
    }
}

fn check_date(key: &str, date: &str) -> Result<(), String> {
    let parts: Vec<u32> = date.split('-').filter_map(|part| part.parse().ok()).collect();
    let known = matches!(parts[..], [year, month, day] if calendar_date(year, month, day).as_deref() == Some(date));
    if known { Ok(()) } else { Err(format!("`{key}` is `{date}`, which is no date of the calendar as YYYY-MM-DD")) }
}

impl Corrections {
    /// Reads a corrections file; every wrong entry is a fault.
    pub(crate) fn read(resource: &Resource) -> Result<Self, Vec<Fault>> {
        let fault = |message: String, range: std::ops::Range<usize>| Fault {
            message,
            help: None,
            place: FaultPlace::File { name: resource.name.clone(), text: resource.text.clone(), range },
        };
        let text = resource.text.trim_start_matches('\u{feff}');
        let skipped = resource.text.len() - text.len();
        let shift = |span: std::ops::Range<usize>| {
            let start = span.start + skipped;
            // A whole entry is told by its first line.
            let first_line = resource.text[start..span.end + skipped].find('\n').map(|len| start + len);
            start..first_line.unwrap_or(span.end + skipped)
        };
        let file: File = toml::from_str(text).map_err(|e| {
            let range = e.span().map_or(0..0, shift);
            vec![fault(e.message().lines().next().unwrap_or_default().to_owned(), range)]
        })?;
        let mut corrections = Corrections { name: resource.name.clone(), pages: BTreeMap::new() };
        let mut faults = Vec::new();
        let mut check = |entry: &dyn Entry, span| match check(entry) {
            Ok(()) => true,
            Err(message) => {
                faults.push(fault(message, shift(span)));
                false
            }
        };
        for entry in file.page {
            if check(entry.get_ref(), entry.span()) {
                let entry = entry.into_inner();
                corrections.pages.entry(entry.page.clone()).or_default().page.push(entry);
            }
        }
        for entry in file.article {
            if check(entry.get_ref(), entry.span()) {
                let entry = entry.into_inner();
                corrections.pages.entry(entry.page.clone()).or_default().article.push(entry);
            }
        }
        for entry in file.person {
            if check(entry.get_ref(), entry.span()) {
                let entry = entry.into_inner();
                corrections.pages.entry(entry.page.clone()).or_default().person.push(entry);
            }
        }
        if faults.is_empty() { Ok(corrections) } else { Err(faults) }
    }

    /// The corrections of a page, which counts as seen from now on.
    pub(crate) fn of(&self, page: &str) -> Option<&OfPage> {
        let found = self.pages.get(page)?;
        found.seen.store(true, Ordering::Relaxed);
        Some(found)
    }

    /// Name of the file, and the pages it corrects that were not read.
    pub(crate) fn unseen(&self) -> (&str, Vec<&str>) {
        let unseen = self.pages.iter().filter(|(_, of_page)| !of_page.seen.load(Ordering::Relaxed));
        (&self.name, unseen.map(|(page, _)| page.as_str()).collect())
    }

    /// Who made corrections, and how many each: for the manifest.
    pub(crate) fn authors(&self) -> BTreeMap<&str, u64> {
        let mut authors = BTreeMap::new();
        for of_page in self.pages.values() {
            let pages = of_page.page.iter().map(|c| c.by.as_str());
            let articles = of_page.article.iter().map(|c| c.by.as_str());
            let persons = of_page.person.iter().map(|c| c.by.as_str());
            for by in pages.chain(articles).chain(persons) {
                *authors.entry(by).or_default() += 1;
            }
        }
        authors
    }
}

fn check(entry: &dyn Entry) -> Result<(), String> {
    let [page, by, on] = entry.common();
    if page.is_empty() {
        return Err("`page` is empty: write the page's name as the table `pages` has it".to_owned());
    }
    if by.trim().is_empty() {
        return Err("`by` is empty: say who corrects this".to_owned());
    }
    check_date("on", on)?;
    entry.check()
}

#[cfg(test)]
mod tests;

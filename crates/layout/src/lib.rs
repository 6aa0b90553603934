//! From raw text to articles.
//!
//! The text layer of a newspaper page is lines in some order: wrapped, justified, with headlines
//! before, after or far from their bodies. [`read_page`] rebuilds the articles from what the text
//! itself says, in steps that each have a file: glyphs and lines (`glyphs` with `characters`, `lines`, what they are
//! to each other in `settle`, `furniture` with the lists of `imprint`, `credits` with `roles`, `datelines`; `phrases`
//! finds words in glyphs), columns and paragraphs (`columns` with its `habits` and `costs`, `blocks`; `interruptions` takes out what stands in the
//! middle of a sentence, `resume` joins what other matter cut in two), items (`items`
//! with `overview` and `openings`), headline units (`units`), their assignment to items (`assign` with `frames`, `coverage` with
//! `sightings`, `matching`), a second look at the items (`resplit`), the slots of a headline group (`slots`), bylines
//! and captions (`stories`), and the clean text with its map to the raw page (`assemble`), with marks where an article
//! goes on elsewhere (`jumps`). `few` holds short lists. Beside them stand the pages that are not guessed at, since their
//! source divides them (`marked`, `text_form`), and what the page tells of its issue (`masthead`). docs/methods/layout.md tells it for readers.

mod assemble;
mod assign;
mod blocks;
mod bonds;
mod characters;
mod clauses;
mod columns;
mod confidence;
mod content;
mod costs;
mod coverage;
mod credits;
mod datelines;
mod explain;
mod few;
mod frames;
mod furniture;
mod geometry;
mod glyphs;
mod habits;
mod imprint;
mod interruptions;
mod items;
mod jumps;
mod lines;
mod marked;
mod masthead;
mod matching;
mod openings;
mod overview;
mod phrases;
mod resplit;
mod resume;
mod roles;
mod settle;
mod sightings;
mod slots;
mod stories;
mod text_form;
mod units;

use banmian_core::{Issue, Page, Part};

pub use explain::Decision;
pub use geometry::RawText;
pub use masthead::read_issue;
pub use text_form::{FormLine, text_form};

use explain::Log;
use stories::{Draft, Drafts};

/// Rebuilds the articles of a page from its raw text, or takes them from the marks of its source
/// ([`RawText::marks`]) or from a page in [`text_form()`].
///
/// `issue` is kept as given ([`read_issue`] tells what the page itself says). Sentences are left empty; the annotator fills them.
pub fn read_page<'a>(id: &str, issue: Issue, raw: impl Into<RawText<'a>>) -> Page {
    read(id, issue, raw.into(), &mut Log::default())
}

/// The same page, and why it was read so.
pub fn explain<'a>(id: &str, issue: Issue, raw: impl Into<RawText<'a>>) -> (Page, Vec<Decision>) {
    let mut log = Log { decisions: Some(Vec::new()) };
    let page = read(id, issue, raw.into(), &mut log);
    let mut decisions = log.decisions.unwrap_or_default();
    decisions.sort_by_key(|d| (*d.lines.start(), *d.lines.end()));
    (page, decisions)
}

/// How often articles are cut once more by the headlines that found none.
const MOST_PASSES: usize = 3;

fn read(id: &str, issue: Issue, RawText { text, print, marks }: RawText<'_>, log: &mut Log) -> Page {
    if let Some(marks) = marks {
        return marked::read(id, issue, text, marks, log);
    }
    if let Some(page) = text_form::read(id, &issue, text) {
        return page;
    }
    let mut page = Page { id: id.to_owned(), issue, ..Page::default() };
    let mut raw = glyphs::Raw::read(text);
    let mut looks = lines::look_at(&mut raw);
    raw.geometry = geometry::Geometry::of(&raw, print);
    geometry::settle(&raw, &mut looks);
    let looks = looks;
    let pairs = content::Pairs::count(&raw);
    let readings = match &raw.geometry {
        Some(geometry) => geometry::read(&raw, &looks, geometry),
        None => columns::read(&raw, &looks, &pairs),
    };
    let mut blocks = blocks::build(&raw, &looks, &readings);
    interruptions::take_out(&raw, &looks, &pairs, &mut blocks, log);
    interruptions::take_off(&raw, &looks, &mut blocks, log);
    blocks::authors(&raw, &mut blocks);
    page.repairs.resumed_paragraphs = resume::resume(&raw, &looks, &pairs, &mut blocks, log);
    let sightings = sightings::Sightings::of_page(&raw, &blocks);
    let mut outline = items::outline(&raw, &looks, &pairs, &blocks, &sightings, log);
    let drafts = if outline.items.is_empty() {
        no_body(&blocks)
    } else {
        let units = units::units(&raw, &looks, &blocks, &outline.runs);
        let told = |units: &[units::Unit]| {
            let heads: Vec<&[glyphs::Glyph]> = units.iter().map(|u| &*u.glyphs).collect();
            sightings::Told::of(&raw, &blocks, &sightings, &heads)
        };
        let compare = |items: &[items::Item], told: &sightings::Told| {
            let bodies: Vec<&[usize]> = items.iter().map(|i| &*i.body).collect();
            coverage::Content::of(told.sightings(), &bodies, told.ids(), coverage::LEAST_PAIRS)
        };
        let mut heads = told(&units);
        let mut content = compare(&outline.items, &heads);
        let lines = units.len();
        let units = units::join(&raw, &looks, &pairs, &blocks, &sightings, &outline.runs, units, &content);
        if units.len() < lines {
            heads = told(&units);
            content = compare(&outline.items, &heads);
        }
        let mut groups = assign::assign(&raw, &blocks, &outline.items, &units, &content, log);
        for _ in 0..MOST_PASSES {
            if !resplit::split(&raw, &pairs, &blocks, &heads, &mut outline.items, &units, &groups, log) {
                break;
            }
            content = compare(&outline.items, &heads);
            groups = assign::assign(&raw, &blocks, &outline.items, &units, &content, log);
        }
        stories::draft(&raw, &looks, &pairs, &blocks, &outline.items, &units, &groups, log)
    };
    assemble::assemble(&raw, &drafts, &mut page);
    jumps::mark(&mut page);
    page
}

/// How sure such an article is, in per cent: most are lists, tables or advertisements.
const NO_BODY: u8 = 25;

/// A page without running text: one article of its lines, so that a short plain text is not lost.
fn no_body(blocks: &[blocks::Block]) -> Drafts {
    let mut drafts = Drafts::default();
    let mut draft = Draft { first: u32::MAX, confidence: NO_BODY, ..Draft::default() };
    for block in blocks {
        let lines: stories::Lines = block.lines.iter().map(|&l| (l, false)).collect();
        match block.sort {
            blocks::Sort::Furniture | blocks::Sort::Jump => drafts.furniture.push(lines),
            _ => {
                draft.first = draft.first.min(block.lines[0]);
                draft.body.push((Part::Paragraph, lines));
            }
        }
    }
    if !draft.body.is_empty() {
        drafts.articles.push(draft);
    }
    drafts
}

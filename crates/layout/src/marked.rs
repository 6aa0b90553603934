//! Pages whose source says which text is what ([`Marks`]): nothing is guessed, the text is only cleaned.
//!
//! Every mark becomes a piece, so a paragraph stays one paragraph and a headline what it was; wraps inside a
//! mark are closed and justification spaces go as on any page. What has no mark is unattached, so nothing is lost.

use std::ops::Range;

use banmian_core::{Byline, Issue, MarkedArticle, Marks, Page, Part, TextRange};

use crate::datelines;
use crate::explain::Log;
use crate::glyphs::{Line, Raw};
use crate::jumps;
use crate::stories::{self, Draft, Drafts, Lines, Spaces};

/// The page that the marks tell.
pub(crate) fn read(id: &str, issue: Issue, text: &str, marks: &Marks, log: &mut Log) -> Page {
    let mut page = Page { id: id.to_owned(), issue, ..Page::default() };
    let mut raw = Raw::read(text);
    let places = Places::of(text, marks);
    let owners = cut(&mut raw, &places.marks);
    let spaces = if marks.clean { Spaces::Clean } else { Spaces::Marked };
    let mut drafts = Drafts { spaces, articles: vec![Draft::default(); marks.articles.len()], ..Drafts::default() };
    for (mark, lines) in by_mark(&owners) {
        let Some(mark) = mark.map(|m| &marks.parts[m]) else {
            drafts.unattached.push(lines.map(|l| (l as u32, false)).collect());
            continue;
        };
        // A line break in a headline parts its halves; in running text it is a wrap.
        let apart = !matches!(mark.part, Part::Paragraph | Part::Caption);
        let first = lines.start;
        let lines = lines.map(|l| (l as u32, apart && l > first));
        let article = mark.article.and_then(|a| drafts.articles.get_mut(a as usize));
        match (mark.part, article) {
            (Part::Furniture, _) => drafts.furniture.push(lines.collect()),
            (Part::Unattached, _) | (_, None) => drafts.unattached.push(lines.collect()),
            (part, Some(draft)) => take(draft, part, lines),
        }
    }
    let told: Vec<&MarkedArticle> =
        marks.articles.iter().zip(&drafts.articles).filter(|(_, d)| !is_empty(d)).map(|(a, _)| a).collect();
    drafts.articles.retain(|draft| !is_empty(draft));
    for (draft, told) in drafts.articles.iter_mut().zip(&told) {
        let opening = draft.first_paragraph().map(|p| raw.lines[p[0].0 as usize].of(&raw.glyphs));
        let lead = told.dateline.is_some() || opening.is_some_and(|o| datelines::dateline(o).is_some());
        draft.confidence = told.confidence.unwrap_or(100);
        draft.kind = told.kind.unwrap_or_else(|| stories::kind(&raw, lead, draft));
        log.say(&raw, &lines_of(draft), "marked", 1.0, || "an article as its source divides it".to_owned());
    }
    crate::assemble::assemble(&raw, &drafts, &mut page);
    let clean = CleanPlaces::of(&page);
    for (a, told) in told.into_iter().enumerate() {
        let range = |r: TextRange| clean.range(&page, places.place(r.start)?, places.place(r.end)?);
        let byline = told.byline.as_ref().map(|names| {
            let names = names
                .iter()
                .filter_map(|n| Some(Byline { role: n.role.clone(), name: n.name.clone(), range: range(n.range)? }));
            names.collect::<Vec<Byline>>()
        });
        let dateline = told.dateline.and_then(range);
        let article = &mut page.articles[a];
        match byline {
            Some(byline) => article.byline = byline,
            None if marks.clean => article.byline.clear(),
            None => {}
        }
        if dateline.is_some() || marks.clean {
            article.dateline = dateline;
        }
    }
    jumps::mark_paragraphs(&mut page);
    page
}

/// Puts a part of an article where it belongs.
fn take(draft: &mut Draft, part: Part, lines: impl Iterator<Item = (u32, bool)>) {
    let headline = match part {
        Part::Kicker => &mut draft.kicker,
        Part::Main => &mut draft.main,
        Part::Deck => &mut draft.deck,
        Part::Byline => return draft.bylines.extend(lines.map(|l| l.0)),
        Part::Caption => return draft.captions.push(lines.collect()),
        part => return draft.body.push((part, lines.collect())),
    };
    let more = !headline.is_empty();
    headline.extend(lines.enumerate().map(|(k, (line, apart))| (line, apart || k == 0 && more)));
}

fn is_empty(draft: &Draft) -> bool {
    lines_of(draft).is_empty()
}

fn lines_of(draft: &Draft) -> Vec<u32> {
    let headline = [&draft.kicker, &draft.main, &draft.deck];
    let lists = headline.into_iter().chain(draft.body.iter().map(|(_, lines)| lines)).chain(&draft.captions);
    lists.flat_map(|lines: &Lines| lines.iter().map(|l| l.0)).chain(draft.bylines.iter().copied()).collect()
}

/// Raw line and characters before it on that line.
type Spot = (u32, u32);

/// Where bytes of the raw text that marks name stand on its lines.
struct Places {
    /// Byte and place, sorted.
    known: Vec<(u32, Spot)>,
    /// The place of each mark.
    marks: Vec<Range<Spot>>,
}

impl Places {
    fn of(text: &str, marks: &Marks) -> Places {
        let names = |a: &MarkedArticle| a.byline.iter().flatten().map(|n| n.range).collect::<Vec<_>>();
        let ranges = marks.parts.iter().map(|m| m.range);
        let told = marks.articles.iter().flat_map(|a| names(a).into_iter().chain(a.dateline));
        let mut bytes: Vec<u32> = ranges.clone().chain(told).flat_map(|r| [r.start, r.end]).collect();
        bytes.sort_unstable();
        bytes.dedup();
        let mut places = Places { known: Vec::with_capacity(bytes.len()), marks: Vec::new() };
        let (mut at, mut line, mut column) = (0, 1, 0);
        for byte in bytes {
            let to = text.floor_char_boundary(byte as usize);
            let passed = &text[at..to];
            match passed.rfind('\n') {
                Some(end) => {
                    line += passed.matches('\n').count() as u32;
                    column = passed[end + 1..].chars().count() as u32;
                }
                None => column += passed.chars().count() as u32,
            }
            at = to;
            places.known.push((byte, (line, column)));
        }
        let spot = |byte| places.place(byte).unwrap_or_default();
        places.marks = ranges.map(|r| spot(r.start)..spot(r.end)).collect();
        places
    }

    fn place(&self, byte: u32) -> Option<Spot> {
        self.known.binary_search_by_key(&byte, |k| k.0).ok().map(|i| self.known[i].1)
    }
}

/// Cuts the lines of a page where marks begin and end: the mark of each line.
fn cut(raw: &mut Raw, marks: &[Range<Spot>]) -> Vec<Option<usize>> {
    let mut owners = Vec::with_capacity(raw.lines.len());
    let mut lines: Vec<Line> = Vec::with_capacity(raw.lines.len());
    let mut mark = 0;
    for line in &raw.lines {
        let (mut start, mut first) = (line.start, (line.column, line.bytes.0));
        let mut owner = None;
        for (i, column) in (line.start..line.end).zip(raw.columns(line)) {
            let spot = (line.raw, column - 1);
            while marks.get(mark).is_some_and(|m| m.end <= spot) {
                mark += 1;
            }
            let own = marks.get(mark).filter(|m| m.start <= spot).map(|_| mark);
            if i > line.start && own != owner {
                lines.push(Line { start, end: i, column: first.0, bytes: (first.1, 0), ..*line });
                owners.push(owner);
                (start, first) = (i, raw.spot(line, i));
            }
            owner = own;
        }
        let end = if start == line.start { line.bytes.1 } else { 0 };
        lines.push(Line { start, column: first.0, bytes: (first.1, end), ..*line });
        owners.push(owner);
    }
    raw.lines = lines;
    owners
}

/// The lines of each mark; lines without one come one by one.
fn by_mark(owners: &[Option<usize>]) -> impl Iterator<Item = (Option<usize>, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let owner = *owners.get(at)?;
        let start = at;
        at += match owner {
            Some(_) => owners[start..].iter().take_while(|o| **o == owner).count(),
            None => 1,
        };
        Some((owner, start..at))
    })
}

/// The runs of a page, sorted by where they stand on the raw page.
struct CleanPlaces {
    /// Raw place, place in the clean text, and bytes up to the next run.
    runs: Vec<(Spot, Range<usize>)>,
}

impl CleanPlaces {
    fn of(page: &Page) -> CleanPlaces {
        let runs = page.source.runs();
        let ends = runs.iter().skip(1).map(|r| r.clean_byte as usize).chain([page.text.len()]);
        let mut runs: Vec<_> = runs
            .iter()
            .zip(ends)
            .map(|(r, end)| ((r.raw_line, r.raw_column - 1), r.clean_byte as usize..end))
            .collect();
        runs.sort_unstable_by_key(|(spot, _)| *spot);
        CleanPlaces { runs }
    }

    /// The clean text from the first character at or behind `start` to the last before `end`.
    fn range(&self, page: &Page, start: Spot, end: Spot) -> Option<TextRange> {
        let from = self.byte(page, start)?;
        // The last character before the end: the one before the first at or behind it.
        let last = self.last_before(page, end)?;
        (from <= last.start).then(|| TextRange::new(from, last.end))
    }

    fn byte(&self, page: &Page, spot: Spot) -> Option<usize> {
        let after = self.runs.partition_point(|(s, _)| *s <= spot);
        let inside = after.checked_sub(1).map(|i| &self.runs[i]).filter(|(s, _)| s.0 == spot.0);
        let found = inside.and_then(|(s, range)| {
            let text = &page.text[range.clone()];
            let (at, _) = text.char_indices().nth((spot.1 - s.1) as usize).filter(|(_, c)| *c != '\n')?;
            Some(range.start + at)
        });
        found.or_else(|| self.runs.get(after).map(|(_, range)| range.start))
    }

    fn last_before(&self, page: &Page, spot: Spot) -> Option<Range<usize>> {
        let before = self.runs.partition_point(|(s, _)| *s < spot);
        let (s, range) = &self.runs[before.checked_sub(1)?];
        let most = if s.0 == spot.0 { (spot.1 - s.1) as usize } else { usize::MAX };
        let text = page.text[range.clone()].trim_end();
        let (at, c) = text.char_indices().take(most).last()?;
        Some(range.start + at..range.start + at + c.len_utf8())
    }
}

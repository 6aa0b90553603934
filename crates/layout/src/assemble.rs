//! Writes the page out: clean text, pieces, articles, and the map back to the raw page.
//!
//! Here, and only here, spaces are closed or kept and wrapped lines are joined, so the conservation law
//! can be read off one function: every glyph is written once, but for the hyphen of a wrapped Latin word.

use banmian_core::{Article, Byline, Page, Part, Piece, Run, SourceMap, TextRange};

use crate::credits::{self, Name};
use crate::datelines;
use crate::glyphs::{Class, Glyph, Line, Raw};
use crate::stories::{Draft, Drafts, Spaces};

/// How gaps are treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// Running text: only Latin words and the names in `kept` stay apart.
    Body,
    /// Headlines: halves stay apart.
    Display,
    /// Bylines: all words but the parts of a name stay apart.
    Names,
    /// Text whose spaces are its own: all stay.
    Given,
}

/// How gaps are treated in a part of a page.
fn style(part: Part, spaces: Spaces) -> Style {
    match (spaces, part) {
        (Spaces::Clean, _) => Style::Given,
        (_, Part::Byline) => Style::Names,
        (_, Part::Paragraph | Part::Caption) => Style::Body,
        (Spaces::Printed, _) => Style::Display,
        (Spaces::Marked, _) => Style::Given,
    }
}

/// Fills text, pieces, articles, source map and counts of a page.
pub(crate) fn assemble(raw: &Raw, drafts: &Drafts, page: &mut Page) {
    let mut pen = Pen::new(raw, drafts.spaces);
    for (number, draft) in drafts.articles.iter().enumerate() {
        let article = pen.article(draft, number as u32);
        page.articles.push(article);
    }
    for lines in &drafts.unattached {
        pen.piece(lines, Part::Unattached, None);
    }
    for lines in &drafts.furniture {
        pen.piece(lines, Part::Furniture, None);
    }
    page.text = pen.text;
    page.pieces = pen.pieces;
    page.source = SourceMap::new(pen.runs, &page.text);
    page.repairs = banmian_core::Repairs { resumed_paragraphs: page.repairs.resumed_paragraphs, ..pen.repairs };
    page.repairs.removed_characters += raw.removed;
    page.repairs.replaced_characters = raw.replaced;
}

struct Pen<'a> {
    raw: &'a Raw<'a>,
    spaces: Spaces,
    text: String,
    chars: u32,
    pieces: Vec<Piece>,
    runs: Vec<Run>,
    repairs: banmian_core::Repairs,
    /// Raw place that would follow without a break.
    expected: (u32, u32),
    /// Glyphs of the piece being written, if they stand side by side on the page.
    side_by_side: Option<&'a [Glyph]>,
    /// Else they are gathered here.
    gathered: Vec<Glyph>,
    /// Glyphs that open a run of the piece being written, by number, and where they start in the text; all
    /// others start where the one before them ends.
    starts: Vec<(usize, usize)>,
}

impl<'a> Pen<'a> {
    fn new(raw: &'a Raw<'a>, spaces: Spaces) -> Pen<'a> {
        Pen {
            raw,
            spaces,
            text: String::with_capacity(raw.glyphs.len() * 3 + raw.lines.len()),
            chars: 0,
            pieces: Vec::with_capacity(64),
            runs: Vec::with_capacity(raw.lines.len() * 2),
            repairs: banmian_core::Repairs::default(),
            expected: (0, 0),
            side_by_side: None,
            gathered: Vec::new(),
            starts: Vec::with_capacity(64),
        }
    }

    /// Writes an article's pieces.
    fn article(&mut self, draft: &Draft, number: u32) -> Article {
        let first = self.pieces.len() as u32;
        for (lines, part) in [(&draft.kicker, Part::Kicker), (&draft.main, Part::Main), (&draft.deck, Part::Deck)] {
            if !lines.is_empty() {
                self.piece(lines, part, Some(number));
            }
        }
        let mut byline: Vec<Byline> = Vec::new();
        for &line in &draft.bylines {
            self.piece(&[(line, false)], Part::Byline, Some(number));
            let names = credits::byline(self.glyphs(), true).unwrap_or_default();
            self.credit(&names, &mut byline);
        }
        let mut dateline = None;
        let last = draft.body.iter().rposition(|p| p.0 == Part::Paragraph);
        let mut paragraph = 0;
        for (k, (part, lines)) in draft.body.iter().enumerate() {
            if *part == Part::SectionHeading {
                self.piece(lines, *part, Some(number));
                continue;
            }
            self.piece(lines, *part, Some(number));
            if paragraph == 0 {
                let found = datelines::dateline(self.glyphs());
                if let Some(d) = found {
                    dateline = Some(TextRange::new(self.start(d.start), self.end(d.end)));
                }
                let names = credits::lead_names(self.glyphs(), found.map_or(0, |d| d.after));
                self.credit(&names, &mut byline);
            }
            if Some(k) == last {
                let names = credits::closing_names(self.glyphs());
                self.credit(&names, &mut byline);
            }
            paragraph += 1;
        }
        for lines in &draft.captions {
            self.piece(lines, Part::Caption, Some(number));
        }
        byline.sort_by_key(|b| b.range.start);
        Article {
            kind: draft.kind,
            pieces: first..self.pieces.len() as u32,
            confidence: draft.confidence,
            dateline,
            byline,
            ..Article::default()
        }
    }

    /// The glyphs of the piece being written.
    fn glyphs(&self) -> &[Glyph] {
        self.side_by_side.unwrap_or(&self.gathered)
    }

    fn start(&self, glyph: usize) -> usize {
        let after = self.starts.partition_point(|s| s.0 <= glyph);
        let (known, start) = after.checked_sub(1).map_or((0, 0), |k| self.starts[k]);
        start + self.glyphs()[known..glyph].iter().map(|g| g.c.len_utf8()).sum::<usize>()
    }

    fn end(&self, glyph: usize) -> usize {
        let last = glyph.saturating_sub(1);
        self.start(last) + self.glyphs()[last].c.len_utf8()
    }

    /// Notes names of the piece just written.
    fn credit(&self, names: &[Name], byline: &mut Vec<Byline>) {
        for name in names {
            let text: String = self.glyphs()[name.start..name.end].iter().map(|g| g.c).collect();
            if byline.iter().any(|b| b.name == text) {
                continue;
            }
            let role = if name.role.is_empty() { "作者" } else { name.role }.to_owned();
            byline.push(Byline { role, name: text, range: TextRange::new(self.start(name.start), self.end(name.end)) });
        }
    }

    /// Writes one piece.
    fn piece(&mut self, lines: &[(u32, bool)], part: Part, article: Option<u32>) {
        let style = style(part, self.spaces);
        self.collect(lines);
        if self.glyphs().is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.separator('\n');
        }
        let start = self.text.len();
        let apart = self.kept_gaps(lines, style);
        let (raw, mut at) = (self.raw, 0usize);
        for (n, &(l, space)) in lines.iter().enumerate() {
            let line = &raw.lines[l as usize];
            let glyphs = line.of(&raw.glyphs);
            if n > 0 {
                self.join(at, space, &raw.lines[lines[n - 1].0 as usize], line);
            }
            // Most lines are written as they stand in the source.
            let (from, to) = line.bytes;
            if to > from && !glyphs.last().is_some_and(is_hyphen) {
                self.run(at, glyphs, (line.raw, line.column), Some(&raw.source[from as usize..to as usize]));
            } else {
                self.line(lines, n, at, style, &apart);
            }
            at += glyphs.len();
        }
        if self.text.len() > start {
            self.pieces.push(Piece { range: TextRange::new(start, self.text.len()), part, article });
        }
    }

    /// Writes the `n`th line of a piece, whose first glyph is at `from`, run by run.
    fn line(&mut self, lines: &[(u32, bool)], n: usize, from: usize, style: Style, apart: &[bool]) {
        let raw = self.raw;
        let line = &raw.lines[lines[n].0 as usize];
        let glyphs = line.of(&raw.glyphs);
        let gaps = glyphs.iter().skip(1).filter(|g| g.gap > 0).count();
        // True if single characters of the line stand apart.
        let spaced = glyphs.len() >= 4 && gaps * 10 >= glyphs.len() * 6;
        // The only gap of a headline parts its halves, also before a figure.
        let lone = style == Style::Display && gaps == 1;
        let closed = self.repairs.closed_spaces;
        let mut runs = raw.apart(line).iter();
        let (mut column, mut byte) = (line.column, line.bytes.0);
        let mut k = 0;
        while k < glyphs.len() {
            if k > 0 && glyphs[k].gap > 0 {
                let lone = lone && k >= 4 && k + 4 <= glyphs.len();
                let marked = apart.get(from + k).copied().unwrap_or(false);
                if keeps(&glyphs[k - 1], &glyphs[k], style, spaced, lone, marked) {
                    self.separator(' ');
                } else {
                    self.repairs.closed_spaces += 1;
                }
            }
            let end = k + 1 + glyphs[k + 1..].iter().take_while(|g| !g.apart).count();
            let hyphen = end == glyphs.len() && self.hyphen_goes(lines, n, end - 1, from + end - 1);
            let run = &glyphs[k..end - usize::from(hyphen)];
            self.run(from + k, run, (line.raw, column), raw.said(run, byte));
            if let Some(next) = runs.next() {
                (column, byte) = (next.column, next.byte);
            }
            if hyphen {
                self.starts.push((from + end - 1, self.text.len()));
                self.repairs.removed_characters += 1;
            }
            k = end;
        }
        self.repairs.spaced_lines += u32::from(spaced && self.repairs.closed_spaces > closed);
    }

    /// Finds the glyphs of a piece.
    fn collect(&mut self, lines: &[(u32, bool)]) {
        self.starts.clear();
        let raw = self.raw;
        let of = |l: &(u32, bool)| &raw.lines[l.0 as usize];
        let (Some(first), Some(last)) = (lines.first().map(of), lines.last().map(of)) else {
            self.side_by_side = Some(&[]);
            return;
        };
        self.side_by_side = if lines.windows(2).all(|w| of(&w[0]).end == of(&w[1]).start) {
            raw.glyphs.get(first.start as usize..last.end as usize)
        } else {
            self.gathered.clear();
            self.gathered.extend(lines.iter().flat_map(|l| of(l).of(&raw.glyphs)));
            None
        };
    }

    /// Gaps that stay although the style closes them, or (bylines) close although it keeps them.
    fn kept_gaps(&self, lines: &[(u32, bool)], style: Style) -> Vec<bool> {
        let mut out = Vec::new();
        let mark = |out: &mut Vec<bool>, at: usize| {
            if out.len() <= at {
                out.resize(at + 1, false);
            }
            out[at] = true;
        };
        match style {
            Style::Display | Style::Given => {}
            _ if lines.iter().all(|l| self.raw.lines[l.0 as usize].bytes.1 > 0) => {}
            Style::Names => {
                for name in credits::byline(self.glyphs(), true).unwrap_or_default() {
                    for at in name.start + 1..name.end {
                        mark(&mut out, at);
                    }
                }
            }
            Style::Body => {
                let glyphs = self.glyphs();
                let gaps = |part: &[Glyph]| part.iter().any(|g| g.gap > 0);
                let mut keep = |names: Vec<Name>| {
                    for w in names.windows(2).filter(|w| w[0].end == w[1].start) {
                        mark(&mut out, w[1].start);
                    }
                };
                // Names stand near both ends.
                if gaps(&glyphs[..glyphs.len().min(NAMES_REACH)]) {
                    let after = datelines::dateline(glyphs).map_or(0, |d| d.after);
                    keep(credits::lead_names(glyphs, after));
                }
                if gaps(&glyphs[glyphs.len().saturating_sub(NAMES_REACH)..]) {
                    keep(credits::closing_names(glyphs));
                }
            }
        }
        out
    }

    /// Joins a line, whose first glyph is at `at`, to the one before.
    fn join(&mut self, at: usize, space: bool, before: &Line, line: &Line) {
        if before.raw != line.raw {
            self.repairs.joined_lines += 1;
        }
        if space || self.raw.glyphs[line.start as usize].c.is_ascii_alphabetic() && self.parts_words(at) {
            self.separator(' ');
        }
    }

    /// True if a Latin word ends before a glyph, which is a Latin letter at the start of a line.
    fn parts_words(&self, at: usize) -> bool {
        let letter = |i: usize| self.glyphs()[i].c.is_ascii_alphabetic();
        let after_word = letter(at - 1)
            || matches!(self.glyphs()[at - 1].c, ',' | '.' | ';' | ':' | '!' | '?') && at >= 2 && letter(at - 2);
        // A hyphen that went leaves nothing behind.
        let cut_word = self.text.ends_with('\n') || at >= 2 && self.starts.last() == Some(&(at - 1, self.text.len()));
        after_word && !cut_word
    }

    /// True for the hyphen at the end of a line that parts a Latin word.
    fn hyphen_goes(&self, lines: &[(u32, bool)], n: usize, k: usize, at: usize) -> bool {
        if !is_hyphen(&self.glyphs()[at]) || at < 2 || n + 1 >= lines.len() {
            return false;
        }
        let line = self.raw.lines[lines[n].0 as usize];
        if k + 1 != line.len() || k < 2 || lines[n + 1].1 {
            return false;
        }
        let letter = |i: usize| self.glyphs().get(i).is_some_and(|g| g.c.is_ascii_alphabetic());
        letter(at - 1) && letter(at - 2) && self.glyphs().get(at + 1).is_some_and(|g| g.c.is_ascii_lowercase())
    }

    /// Writes glyphs that stand side by side on the raw page from a place on, the first of them the `at`th of the
    /// piece; `text` is what they say, if that is at hand.
    fn run(&mut self, at: usize, glyphs: &[Glyph], (raw_line, raw_column): (u32, u32), text: Option<&str>) {
        if glyphs.is_empty() {
            return;
        }
        // Nothing is noted of what goes on where the characters before it end.
        if self.expected != (raw_line, raw_column) {
            let (clean_byte, clean_char) = (self.text.len() as u32, self.chars);
            self.runs.push(Run { clean_byte, clean_char, raw_line, raw_column });
        }
        self.starts.push((at, self.text.len()));
        match text {
            Some(text) => self.text.push_str(text),
            None => self.text.extend(glyphs.iter().map(|g| g.c)),
        }
        self.chars += glyphs.len() as u32;
        self.expected = (raw_line, raw_column + glyphs.len() as u32);
    }

    fn separator(&mut self, c: char) {
        self.text.push(c);
        self.chars += 1;
        self.expected.1 += 1;
    }
}

/// More characters than names of authors ever reach into a paragraph.
const NAMES_REACH: usize = 128;

fn is_hyphen(g: &Glyph) -> bool {
    matches!(g.c, '-' | '\u{2010}')
}

/// Whether the gap between two characters of a line stays, as one space.
fn keeps(a: &Glyph, b: &Glyph, style: Style, spaced: bool, lone: bool, marked: bool) -> bool {
    let word = |g: &Glyph| g.c.is_ascii_alphanumeric();
    let after_word = word(a) || matches!(a.c, ',' | '.' | ';' | ':' | '!' | '?' | ')' | '\'' | '"');
    // Letter-spaced Latin and digits close up; elsewhere words and figures stay apart.
    let latin = !spaced
        && after_word
        && word(b)
        && !(a.class == Class::Digit && b.class == Class::Digit && b.gap < 2 && style == Style::Body);
    match style {
        Style::Given => true,
        Style::Body => latin || marked,
        Style::Names => !marked && !spaced || latin,
        Style::Display if spaced => b.gap >= 3,
        Style::Display => {
            let figure = |g: &Glyph| matches!(g.class, Class::Digit | Class::Letter);
            latin || b.gap >= 2 || lone || !figure(a) && !figure(b) && a.class != Class::Comma
        }
    }
}

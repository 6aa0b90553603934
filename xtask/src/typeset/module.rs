//! An article in its cell of the page: lines of its columns around what stands among them.
//!
//! All stands on one grid of columns and rows. Headlines, pictures, lead paragraphs and quotations are
//! holes in it; the text fills the rest, column by column, and the cell is as high as that takes.

use std::ops::Range;

use banmian_core::ArticleKind;
use banmian_testkit::pdf::em_width;
use fastrand::Rng;

use super::pen::{Block, Mark};
use super::plan::{Page, Shape, Style};
use crate::corpus::wrap::wrap;
use crate::drill::truth::Article;

/// Where an article goes.
pub(super) struct Cell {
    pub(super) x: f32,
    pub(super) y: f32,
    /// Columns of the page that it takes.
    pub(super) columns: usize,
}

/// Columns of a body.
struct Grid {
    x: f32,
    y: f32,
    columns: usize,
    chars: u32,
    pitch: f32,
    leading: f32,
    size: f32,
}

/// What the text leaves free.
struct Hole {
    columns: Range<usize>,
    rows: Range<usize>,
}

/// A line of a column.
struct Line {
    indent: f32,
    text: String,
    justified: bool,
    bold: bool,
}

/// A line of a headline.
struct Display {
    text: String,
    size: f32,
    bold: bool,
}

const CAPTIONS: [&str; 4] = [
    "图为村民在田间劳作。 江春 摄",
    "工作人员在现场忙碌。 苗青 摄",
    "三月二日，群众在河堤上散步。 罗小燕 摄",
    "孩子们在新教室里上课。（资料图片）",
];

/// Characters of the body.
pub(super) fn characters(article: &Article) -> usize {
    article.paragraphs.iter().map(|p| p.text.chars().count()).sum()
}

/// True for running text below a headline: no verse, no list.
pub(super) fn can_be_set(article: &Article) -> bool {
    let kind = matches!(article.kind, Some(ArticleKind::News | ArticleKind::Feature | ArticleKind::Commentary) | None);
    let text: Vec<usize> = article.paragraphs.iter().filter(|p| !p.heading).map(|p| p.text.chars().count()).collect();
    // No line can be broken in a Latin word, an address of the net above all.
    let breaks = article.paragraphs.iter().all(|p| !p.text.split(|c: char| !c.is_ascii()).any(|word| word.len() > 9));
    kind && breaks && !article.headline.main.is_empty() && text.iter().sum::<usize>() >= 30 * text.len().max(4)
}

/// Sets an article; gives its lower edge.
pub(super) fn set(article: &Article, shape: Shape, cell: &Cell, style: &Style, rng: &mut Rng, page: &mut Page) -> f32 {
    let n = cell.columns;
    let plain_headline = article.headline.kicker.is_empty() && article.headline.deck.is_empty();
    let first = article.paragraphs.first().map_or(0, |p| p.text.chars().count());
    let shape = match shape {
        Shape::Side if !plain_headline || article.headline.main.chars().count() > 13 => Shape::Plain,
        Shape::Part if n < 2 => Shape::Plain,
        Shape::Lead if n < 3 || first < 40 || article.paragraphs[0].heading => Shape::Plain,
        other => other,
    };
    let mut head = Block { head: true, marks: Vec::new() };
    let mut grid = grid(shape, cell, style, article, rng, &mut head);
    let over = match shape {
        Shape::Side => 0..0,
        Shape::Part => {
            let m = rng.usize(1..n);
            if m >= 2 && 2 * m >= n && rng.u32(0..4) == 0 { n - m..n } else { 0..m }
        }
        _ => 0..grid.columns,
    };
    let display = if over.is_empty() { Vec::new() } else { headline(article, &over, &grid, rng) };
    let byline = byline(article);
    page.neutral.extend(byline.clone());
    let head_rows = rows_of(&display, &grid) + usize::from(byline.is_some());
    let head_columns = if over.is_empty() { 0..grid.columns } else { over };
    let lead: Vec<Line> = match shape {
        Shape::Lead => lines(&article.paragraphs[0].text, (grid.width(2) / grid.size) as u32, false),
        _ => Vec::new(),
    };
    let skipped = usize::from(!lead.is_empty());
    let body: Vec<Line> =
        article.paragraphs[skipped..].iter().flat_map(|p| lines(&p.text, grid.chars, p.heading)).collect();
    // A hole in the text, its columns and rows.
    let inner = match shape {
        Shape::Photo => (rng.usize(1..=grid.columns.min(2)), rng.usize(6..=9) + 2),
        Shape::Quote => (1, 6),
        Shape::Lead => (2, lead.len()),
        _ => (0, 0),
    };
    let inner_column = if shape == Shape::Lead { 0 } else { rng.usize(0..=grid.columns - inner.0) };
    let height_share = rng.usize(0..=4);
    let holes = |height: usize| {
        let at = if shape == Shape::Under { height.saturating_sub(head_rows) } else { 0 };
        let mut holes = vec![Hole { columns: head_columns.clone(), rows: at..at + head_rows }];
        if inner.0 > 0 {
            let free = height.saturating_sub(head_rows + inner.1);
            let from = head_rows + if shape == Shape::Lead { 0 } else { free * height_share / 4 };
            holes.push(Hole { columns: inner_column..inner_column + inner.0, rows: from..from + inner.1 });
        }
        holes
    };
    let least = match shape {
        Shape::Side => article.headline.main.chars().count() * 2,
        _ => head_rows + inner.1 + usize::from(inner.1 > 0),
    };
    let height = (least..).find(|&h| slots(grid.columns, h, &holes(h)).len() >= body.len()).unwrap_or(least);
    let holes = holes(height);
    draw_head(&display, byline.as_deref(), &holes[0], &grid, style.flush, &mut head);
    page.blocks.push(head);
    if let Some(hole) = holes.get(1) {
        page.blocks.push(draw_inner(shape, hole, &lead, &body, &grid, rng, &mut page.neutral));
    }
    draw_body(&body, &slots(grid.columns, height, &holes), &grid, &mut page.blocks);
    grid.y += height as f32 * grid.leading;
    if shape == Shape::Framed {
        let lower = grid.y + 0.8 * grid.leading;
        let frame = [cell.x, cell.y, cell.x + n as f32 * style.pitch() - style.gutter, lower];
        page.blocks.push(Block { head: false, marks: vec![Mark::Frame(frame)] });
        grid.y = lower;
    }
    page.articles.push(article.clone());
    grid.y
}

impl Grid {
    /// From the left edge of the first to the right edge of the last of so many columns.
    fn width(&self, columns: usize) -> f32 {
        columns.saturating_sub(1) as f32 * self.pitch + self.chars as f32 * self.size
    }

    fn left(&self, column: usize) -> f32 {
        self.x + column as f32 * self.pitch
    }

    fn baseline(&self, row: usize) -> f32 {
        self.y + (row as f32 + 0.8) * self.leading
    }
}

/// The columns of a body. A headline set downwards takes its room and is drawn.
fn grid(shape: Shape, cell: &Cell, style: &Style, article: &Article, rng: &mut Rng, head: &mut Block) -> Grid {
    let (n, size) = (cell.columns, style.size);
    let own = Grid {
        x: cell.x,
        y: cell.y,
        columns: n,
        chars: style.chars,
        pitch: style.pitch(),
        leading: style.leading,
        size,
    };
    let (inset, top, columns) = match shape {
        Shape::Framed => (0.9 * size, 0.7 * style.leading, if n == 1 { 1 } else { rng.usize(1..=n + 1) }),
        Shape::Side => {
            let main = size * [1.8, 2.0, 2.4][rng.usize(0..3)];
            let parts: Vec<&str> = article.headline.main.split(' ').collect();
            // From right to left.
            for (k, part) in parts.iter().rev().enumerate() {
                for (i, c) in part.chars().enumerate() {
                    let (x, y) = (cell.x + k as f32 * 1.3 * main, cell.y + (i as f32 + 1.0) * 1.12 * main);
                    head.marks.push(Mark::Text { x, y, size: main, text: c.to_string(), spread: 0.0, bold: true });
                }
            }
            (parts.len() as f32 * 1.3 * main + 0.6 * size, 0.0, n)
        }
        _ => return own,
    };
    let taken = if shape == Shape::Framed { 2.0 * inset } else { inset };
    let width = own.width(n) - taken;
    let least = 9.0 * size + style.gutter;
    let columns = columns.min(((width + style.gutter) / least) as usize).max(1);
    let chars = ((width + style.gutter) / columns as f32 - style.gutter) / size;
    let pitch = if columns == 1 { width } else { (width - chars.floor() * size) / (columns - 1) as f32 };
    Grid { x: cell.x + inset, y: cell.y + top, columns, chars: chars as u32, pitch, ..own }
}

/// The lines of a paragraph or of a section heading.
fn lines(text: &str, chars: u32, heading: bool) -> Vec<Line> {
    let indent = if heading { "" } else { "　　" };
    let wrapped = wrap(&format!("{indent}{text}"), chars);
    let last = wrapped.len() - 1;
    let line = |(i, text): (usize, String)| {
        let text = text.trim_end();
        let indent = match (heading, i) {
            (true, _) => ((chars as f32 - em_width(text)) / 2.0).max(0.0),
            (false, 0) => 2.0,
            (false, _) => 0.0,
        };
        Line { indent, text: text.trim_start_matches('　').to_owned(), justified: !heading && i < last, bold: heading }
    };
    wrapped.into_iter().enumerate().map(line).collect()
}

/// The lines of a headline over some columns.
fn headline(article: &Article, over: &Range<usize>, grid: &Grid, rng: &mut Rng) -> Vec<Display> {
    let width = grid.width(over.len());
    let main = grid.size * ([1.5, 2.1, 2.6, 3.0, 3.4][over.len().clamp(1, 5) - 1] + 0.1 * rng.u32(0..4) as f32);
    let small = (0.5 * main).max(1.3 * grid.size);
    let group = &article.headline;
    let mut out = Vec::new();
    for (text, size, bold) in [(&group.kicker, small, false), (&group.main, main, true), (&group.deck, small, false)] {
        if text.is_empty() {
            continue;
        }
        // A little smaller rather than on another line.
        let size = if em_width(text) * size > width && em_width(text) * size < 1.15 * width {
            width / em_width(text)
        } else {
            size
        };
        let room = (width / size + 0.01) as u32;
        let parts: Vec<String> = match text.split_once(' ') {
            Some((a, b)) if em_width(text) > room as f32 => vec![a.to_owned(), b.to_owned()],
            _ => vec![text.clone()],
        };
        for part in parts {
            let rows = (em_width(&part) / room as f32).ceil().max(1.0);
            let each = (em_width(&part) / rows).ceil() as u32 + u32::from(rows > 1.0);
            out.extend(wrap(&part, each.min(room)).into_iter().map(|text| Display { text, size, bold }));
        }
    }
    out
}

fn rows_of(display: &[Display], grid: &Grid) -> usize {
    let height: f32 = display.iter().map(|d| 1.3 * d.size).sum();
    if display.is_empty() { 0 } else { ((height + 0.6 * grid.leading) / grid.leading).ceil() as usize }
}

/// A line with the names that the text does not tell.
fn byline(article: &Article) -> Option<String> {
    let text: String = article.paragraphs.iter().map(|p| p.text.as_str()).collect();
    let names: Vec<&str> = article.byline.iter().map(|b| b.name.as_str()).collect();
    let told = names.iter().any(|name| text.contains(name));
    let role = if article.byline.first()?.role == "记者" { "本报记者 " } else { "" };
    (!told).then(|| format!("{role}{}", names.join(" ")))
}

/// Places of lines, column by column.
fn slots(columns: usize, height: usize, holes: &[Hole]) -> Vec<(usize, usize)> {
    let all = (0..columns).flat_map(|c| (0..height).map(move |r| (c, r)));
    all.filter(|(c, r)| !holes.iter().any(|h| h.columns.contains(c) && h.rows.contains(r))).collect()
}

fn draw_head(display: &[Display], byline: Option<&str>, hole: &Hole, grid: &Grid, flush: bool, head: &mut Block) {
    let (left, width) = (grid.left(hole.columns.start), grid.width(hole.columns.len()));
    let mut y = grid.y + hole.rows.start as f32 * grid.leading;
    let mut line = |y: f32, size: f32, text: &str, bold: bool| {
        let x = if flush { left } else { left + (width - em_width(text) * size) / 2.0 };
        head.marks.push(Mark::Text { x, y, size, text: text.to_owned(), spread: 0.0, bold });
    };
    for d in display {
        y += 1.3 * d.size;
        line(y - 0.3 * d.size, d.size, &d.text, d.bold);
    }
    if let Some(byline) = byline {
        line(grid.baseline(hole.rows.end - 1) - 0.3 * grid.leading, grid.size, byline, false);
    }
}

fn draw_body(body: &[Line], slots: &[(usize, usize)], grid: &Grid, blocks: &mut Vec<Block>) {
    let mut last = None;
    for (line, &(column, row)) in body.iter().zip(slots) {
        if last != Some(column) {
            blocks.push(Block { head: false, marks: Vec::new() });
        }
        last = Some(column);
        let marks = &mut blocks.last_mut().expect("a block was just begun").marks;
        marks.push(mark(line, grid.left(column), grid.width(1), grid.baseline(row), grid.size));
    }
}

fn mark(line: &Line, left: f32, width: f32, y: f32, size: f32) -> Mark {
    let free = width - (line.indent + em_width(&line.text)) * size;
    let gaps = line.text.chars().count().saturating_sub(1).max(1) as f32;
    // A line whose closing mark found no room is squeezed.
    let spread = if free < 0.0 || line.justified && free < 3.0 * size { free / gaps } else { 0.0 };
    Mark::Text { x: left + line.indent * size, y, size, text: line.text.clone(), spread, bold: line.bold }
}

/// A lead paragraph, a picture or a quotation.
fn draw_inner(
    shape: Shape,
    hole: &Hole,
    lead: &[Line],
    body: &[Line],
    grid: &Grid,
    rng: &mut Rng,
    neutral: &mut Vec<String>,
) -> Block {
    let (left, width) = (grid.left(hole.columns.start), grid.width(hole.columns.len()));
    let rows = hole.rows.clone();
    let mut marks = Vec::new();
    match shape {
        Shape::Photo => {
            let top = grid.y + (rows.start as f32 + 0.4) * grid.leading;
            let lower = grid.y + (rows.end as f32 - 2.0) * grid.leading;
            marks.push(Mark::Picture([left, top, left + width, lower]));
            let caption = CAPTIONS[rng.usize(0..CAPTIONS.len())];
            let size = 0.9 * grid.size;
            for (i, text) in wrap(caption, (width / size) as u32).into_iter().take(2).enumerate() {
                let y = lower + (i as f32 + 0.9) * 0.9 * grid.leading;
                marks.push(Mark::Text { x: left, y, size, text, spread: 0.0, bold: false });
            }
            neutral.push(caption.to_owned());
        }
        Shape::Quote => {
            let line = body.iter().map(|l| l.text.as_str()).find(|t| t.chars().count() > 8 && !t.contains('。'));
            let text: String = line.unwrap_or("大家的事大家商量着办").chars().take(16).collect();
            let size = 1.3 * grid.size;
            let [top, lower] = [0.3, 5.7].map(|at| grid.y + (rows.start as f32 + at) * grid.leading);
            marks.push(Mark::Rule([left, top, left + width, top]));
            marks.push(Mark::Rule([left, lower, left + width, lower]));
            for (i, text) in wrap(&text, (width / size) as u32).into_iter().take(3).enumerate() {
                let y = top + (i as f32 + 1.2) * 1.5 * size;
                marks.push(Mark::Text { x: left, y, size, text, spread: 0.0, bold: true });
            }
            neutral.push(text);
        }
        _ => {
            for (line, row) in lead.iter().zip(rows) {
                marks.push(mark(line, left, width, grid.baseline(row), grid.size));
            }
        }
    }
    Block { head: false, marks }
}

//! The plan of a page: a grid of columns, bands of articles one below the other, furniture.

use fastrand::Rng;

use super::module::{self, Cell};
use super::pen::{Block, Mark, Pen};
use crate::drill::truth::Article;

/// How an article stands in its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Headline over all columns.
    Plain,
    /// Headline over some of its columns; the others reach up beside it.
    Part,
    /// Headline set downwards on the left.
    Side,
    /// First paragraph over two columns.
    Lead,
    /// A picture with its caption in the text.
    Photo,
    /// A sentence of it, in larger type, in a column.
    Quote,
    /// In a frame, its columns of another width.
    Framed,
    /// Headline below the text.
    Under,
}

/// Pages that have something in common.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    shapes: &'static [Shape],
    /// Gutters in ems, least and most.
    gutter: (f32, f32),
    any_pen: bool,
}

const fn group(name: &'static str, about: &'static str, shapes: &'static [Shape]) -> Group {
    Group { name, about, shapes, gutter: (1.2, 2.0), any_pen: false }
}

/// All groups. The shapes of one are drawn by chance, each as likely as it stands here often.
pub(crate) const GROUPS: [Group; 10] = [
    group("plain", "headlines over their columns", &[Shape::Plain]),
    Group {
        gutter: (0.9, 1.1),
        ..group("close", "columns one em apart", &[Shape::Plain, Shape::Plain, Shape::Part, Shape::Framed])
    },
    group("part", "headlines over a part of their columns", &[Shape::Part, Shape::Part, Shape::Plain]),
    group("side", "headlines that run downwards", &[Shape::Side, Shape::Side, Shape::Plain]),
    group("lead", "lead paragraphs over two columns", &[Shape::Lead, Shape::Lead, Shape::Plain]),
    group("photo", "pictures in the text", &[Shape::Photo, Shape::Photo, Shape::Plain]),
    group("quote", "quotations in larger type in the text", &[Shape::Quote, Shape::Quote, Shape::Plain]),
    group("framed", "boxes with columns of another width", &[Shape::Framed, Shape::Framed, Shape::Plain]),
    group("under", "headlines below their text", &[Shape::Under, Shape::Plain, Shape::Plain]),
    Group {
        any_pen: true,
        gutter: (1.0, 2.2),
        ..group(
            "mixed",
            "all of them, by many programs",
            &[
                Shape::Plain,
                Shape::Plain,
                Shape::Part,
                Shape::Side,
                Shape::Lead,
                Shape::Photo,
                Shape::Quote,
                Shape::Framed,
            ],
        )
    },
];

/// What the type of a page is like.
#[derive(Clone, Debug)]
pub(super) struct Style {
    pub(super) size: f32,
    /// From line to line.
    pub(super) leading: f32,
    pub(super) gutter: f32,
    /// Characters of a line.
    pub(super) chars: u32,
    /// Headlines begin at the left edge of their columns, and are not centred.
    pub(super) flush: bool,
}

impl Style {
    /// From column to column.
    pub(super) fn pitch(&self) -> f32 {
        self.chars as f32 * self.size + self.gutter
    }
}

/// A page that is planned, still to be drawn.
pub(super) struct Page {
    pub(super) size: (f32, f32),
    pub(super) blocks: Vec<Block>,
    pub(super) pen: Pen,
    pub(super) articles: Vec<Article>,
    pub(super) neutral: Vec<String>,
}

const MARGIN: f32 = 40.0;

/// A page of some of the articles.
pub(super) fn page(group: &Group, articles: &[Article], rng: &mut Rng) -> Page {
    let size = 8.5 + 0.5 * rng.u32(0..5) as f32;
    let n_columns = rng.usize(5..=7);
    let style = Style {
        size,
        leading: size * (1.35 + 0.3 * rng.f32()),
        gutter: size * (group.gutter.0 + (group.gutter.1 - group.gutter.0) * rng.f32()),
        chars: rng.u32(12..=19),
        flush: rng.u32(0..4) == 0,
    };
    // Rules between articles: all, those across, or none.
    let rules = rng.u32(0..3);
    let pen = if group.any_pen { Pen::any(rng) } else { Pen::usual(rng) };
    // Articles stand farther apart than columns, if no rule parts them.
    let between = if rules == 2 { 0.0 } else { style.gutter * (0.3 + 0.5 * rng.f32()) };
    let right = MARGIN + n_columns as f32 * style.pitch() - style.gutter + (n_columns / 2) as f32 * between;
    let mut page =
        Page { size: (right + MARGIN, 0.0), blocks: Vec::new(), pen, articles: Vec::new(), neutral: Vec::new() };
    let mut y = MARGIN + 14.0;
    page.blocks.push(furniture_at_top(y, right, rng));
    y += style.leading;
    let mut left = chosen(articles, rng);
    while !left.is_empty() {
        let widths = split(n_columns, rng);
        let mut lowest = 0.0f32;
        let mut column = 0;
        for (k, &n) in widths.iter().enumerate() {
            let x = MARGIN + column as f32 * style.pitch() + k as f32 * between;
            let mut top = y;
            // Two short ones stand one below the other.
            for _ in 0..if n < n_columns && rng.u32(0..3) == 0 { 2 } else { 1 } {
                let Some(at) = fitting(&left, n, &style) else { continue };
                let article = left.swap_remove(at);
                let shape = group.shapes[rng.usize(0..group.shapes.len())];
                let cell = Cell { x, y: top, columns: n };
                top = module::set(&article, shape, &cell, &style, rng, &mut page) + 1.6 * style.leading;
            }
            if rules == 2 && k > 0 && top > y {
                let middle = x - style.gutter / 2.0;
                page.blocks
                    .push(Block { head: false, marks: vec![Mark::Rule([middle, y, middle, top - style.leading])] });
            }
            lowest = lowest.max(top);
            column += n;
        }
        if lowest == 0.0 || lowest <= y {
            break;
        }
        if rules > 0 && !left.is_empty() {
            page.blocks.push(Block {
                head: false,
                marks: vec![Mark::Rule([MARGIN, lowest - 0.6 * style.leading, right, lowest - 0.6 * style.leading])],
            });
        }
        y = lowest;
    }
    page.blocks.push(furniture_at_foot(y + 14.0, right, rng));
    page.size.1 = y + 14.0 + MARGIN;
    page
}

/// Five to nine articles.
fn chosen(articles: &[Article], rng: &mut Rng) -> Vec<Article> {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    rng.shuffle(&mut order);
    let n = rng.usize(5..=9);
    order.into_iter().take(n).map(|i| articles[i].clone()).collect()
}

/// Columns of the articles that stand side by side.
fn split(n_columns: usize, rng: &mut Rng) -> Vec<usize> {
    if rng.u32(0..4) == 0 {
        return vec![n_columns];
    }
    let (mut widths, mut left) = (Vec::new(), n_columns);
    while left > 0 {
        let n = if left <= 3 { left } else { rng.usize(2..=left - 2).min(4) };
        widths.push(n);
        left -= n;
    }
    widths
}

/// The longest that is not too long for so many columns, or else the longest of all; none too short for them.
fn fitting(left: &[Article], columns: usize, style: &Style) -> Option<usize> {
    let lines = |article: &Article| module::characters(article) / style.chars as usize + article.paragraphs.len();
    let fit = (0..left.len()).filter(|&i| lines(&left[i]) >= 4 * columns);
    fit.max_by_key(|&i| if lines(&left[i]) < 40 * columns { lines(&left[i]) } else { 0 })
        .or_else(|| (0..left.len()).max_by_key(|&i| lines(&left[i])))
}

fn line(x: f32, y: f32, size: f32, text: String) -> Mark {
    Mark::Text { x, y, size, text, spread: 0.0, bold: false }
}

fn furniture_at_top(y: f32, right: f32, rng: &mut Rng) -> Block {
    let date = format!("2019年{}月{}日 星期{}", rng.u32(1..13), rng.u32(1..29), ["一", "三", "五"][rng.usize(0..3)]);
    let edition = format!("第{}版", rng.u32(1..9));
    let marks = match rng.u32(0..3) {
        0 => vec![line(MARGIN, y, 10.0, format!("临江日报 {date} {edition}"))],
        1 => {
            vec![line(MARGIN, y, 16.0, "临江日报".to_owned()), line(right - 180.0, y, 9.0, format!("{date} {edition}"))]
        }
        _ => vec![line(MARGIN, y, 9.0, date), line(right - 40.0, y, 14.0, edition)],
    };
    let rule = Mark::Rule([MARGIN, y + 6.0, right, y + 6.0]);
    Block { head: false, marks: marks.into_iter().chain([rule]).collect() }
}

fn furniture_at_foot(y: f32, right: f32, rng: &mut Rng) -> Block {
    let marks = match rng.u32(0..3) {
        0 => vec![line(MARGIN, y, 9.0, "责任编辑：罗小燕 校对：江春".to_owned())],
        1 => vec![
            line(MARGIN, y, 8.0, "本版编辑 苗青 电话：0931-4420117".to_owned()),
            line(right - 120.0, y, 8.0, "E-mail：news@example.com".to_owned()),
        ],
        _ => Vec::new(),
    };
    Block { head: false, marks }
}

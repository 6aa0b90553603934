//! How a page is drawn: what programs that write PDF do in different ways.
//!
//! Blocks come in reading order; the pen draws them in some other, letter by letter or by lines, twice for
//! bold type, with blanks as characters, upside down with a transformation that turns it upright again.

use std::fmt::Write as _;

use banmian_testkit::pdf::{Sheet, em_width};
use fastrand::Rng;

/// Something on the page. Points, `y` downwards from the upper edge.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    Text {
        x: f32,
        y: f32,
        size: f32,
        text: String,
        /// How much farther apart letters stand than their type is wide.
        spread: f32,
        bold: bool,
    },
    Rule([f32; 4]),
    Frame([f32; 4]),
    Picture([f32; 4]),
}

/// What is drawn in one go: a headline, a column.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) head: bool,
    pub(super) marks: Vec<Mark>,
}

/// The order of the content stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    AsRead,
    HeadsFirst,
    HeadsLast,
    Backwards,
    Shuffled,
}

/// The habits of a program that writes PDF.
#[derive(Clone, Debug)]
pub(super) struct Pen {
    pub(super) order: Order,
    /// Every letter is placed by itself; farther off its place than this nowhere, in ems.
    pub(super) letters: Option<f32>,
    /// Bold type is type printed twice.
    pub(super) doubled: bool,
    /// Indents and ends of lines are blanks.
    pub(super) blanks: bool,
    /// Headlines are several pieces of text.
    pub(super) pieces: bool,
    /// The page is drawn upside down and turned.
    pub(super) flipped: bool,
    pub(super) rotate: i32,
}

impl Pen {
    /// Most programs.
    pub(super) fn usual(rng: &mut Rng) -> Pen {
        let order = [Order::AsRead, Order::AsRead, Order::HeadsFirst, Order::HeadsLast, Order::Shuffled];
        Pen {
            order: order[rng.usize(0..order.len())],
            letters: rng.bool().then_some(0.0),
            doubled: false,
            blanks: false,
            pieces: rng.bool(),
            flipped: false,
            rotate: 0,
        }
    }

    /// Any program.
    pub(super) fn any(rng: &mut Rng) -> Pen {
        let order = [Order::AsRead, Order::HeadsFirst, Order::HeadsLast, Order::Backwards, Order::Shuffled];
        Pen {
            order: order[rng.usize(0..order.len())],
            letters: rng.bool().then(|| 0.04 * rng.f32()),
            doubled: rng.bool(),
            blanks: rng.bool(),
            pieces: rng.bool(),
            flipped: rng.bool(),
            rotate: [0, 0, 0, 90, 180, 270][rng.usize(0..6)],
        }
    }

    /// In words.
    pub(super) fn told(&self) -> String {
        let mut told = format!("drawn {:?}", self.order);
        if let Some(jitter) = self.letters {
            let _ = write!(told, ", letter by letter, off by {jitter:.3} ems at most");
        }
        let flags = [
            (self.doubled, "bold type twice"),
            (self.blanks, "blanks are characters"),
            (self.pieces, "headlines in pieces"),
            (self.flipped, "upside down"),
            (self.rotate != 0, "turned"),
        ];
        flags.iter().filter(|f| f.0).for_each(|f| told.extend([", ", f.1]));
        told
    }

    /// Draws a page of this width and height.
    pub(super) fn draw(&self, (width, height): (f32, f32), mut blocks: Vec<Block>, rng: &mut Rng) -> Sheet {
        match self.order {
            Order::HeadsFirst => blocks.sort_by_key(|b| !b.head),
            Order::HeadsLast => blocks.sort_by_key(|b| b.head),
            Order::Backwards => blocks.reverse(),
            Order::AsRead | Order::Shuffled => {}
        }
        let mut sheet = Sheet::new(width, height);
        (sheet.flipped, sheet.rotate) = (self.flipped, self.rotate);
        for mark in blocks.iter().flat_map(|b| &b.marks) {
            self.mark(&mut sheet, mark, rng);
        }
        if self.order == Order::Shuffled {
            sheet.shuffle(rng.u64(..));
        }
        sheet
    }

    fn mark(&self, sheet: &mut Sheet, mark: &Mark, rng: &mut Rng) {
        match mark {
            Mark::Text { x, y, size, text, spread, bold } => {
                self.text(sheet, (*x, *y), *size, text, *spread, rng);
                if self.doubled && *bold {
                    self.text(sheet, (x + 0.03 * size, *y), *size, text, *spread, rng);
                }
                if self.blanks {
                    let width = em_width(text) * size + text.chars().count() as f32 * spread;
                    sheet.line(x + width, *y, *size, " ");
                }
            }
            Mark::Rule([x0, y0, x1, y1]) => sheet.rule(*x0, *y0, *x1, *y1),
            Mark::Frame([x0, y0, x1, y1]) => sheet.frame(*x0, *y0, *x1, *y1),
            Mark::Picture([x0, y0, x1, y1]) => sheet.picture(*x0, *y0, *x1, *y1),
        }
    }

    fn text(&self, sheet: &mut Sheet, (x, y): (f32, f32), size: f32, text: &str, spread: f32, rng: &mut Rng) {
        let letters: Vec<char> = text.chars().collect();
        if let Some(jitter) = self.letters {
            let mut at = x;
            for c in letters {
                let mut off = || (rng.f32() - 0.5) * 2.0 * jitter * size;
                let (dx, dy) = (off(), off());
                if c != ' ' || self.blanks {
                    sheet.line(at + dx, y + dy, size, c.encode_utf8(&mut [0; 4]));
                }
                at += em_width(c.encode_utf8(&mut [0; 4])) * size + spread;
            }
        } else if self.pieces && size > 14.0 && letters.len() > 5 {
            let mut at = x;
            for piece in letters.chunks(3) {
                let piece: String = piece.iter().collect();
                sheet.letters(at, y, size, spread, &piece);
                at += em_width(&piece) * size + piece.chars().count() as f32 * spread;
            }
        } else if spread.abs() > 1e-3 {
            sheet.letters(x, y, size, spread, text);
        } else {
            sheet.line(x, y, size, text);
        }
    }
}

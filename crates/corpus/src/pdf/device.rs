//! What a page of a PDF shows: characters with their places, rules and pictures.
//!
//! The interpreter of the PDF calls a device for all that is drawn. This one draws nothing and notes
//! where things stand. It counts them, too, and stops the interpreter at a limit: a stream of a few
//! bytes can draw for ever. Stopping is a panic that prints nothing and is caught in [`super`].

use std::panic::resume_unwind;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};

use super::cids::Cids;

/// The interpreter was stopped: the page has more than the limit allows.
pub(super) struct Stopped(pub(super) &'static str);

/// A character on the page; lengths in points, `y` downwards.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign {
    /// The character.
    pub(super) c: char,
    /// Where its baseline begins.
    pub(super) x: f32,
    /// Its baseline.
    pub(super) y: f32,
    /// How far it reaches along the baseline.
    pub(super) advance: f32,
    /// Size of the type.
    pub(super) size: f32,
    /// Quarter turns clockwise of the baseline, 0 for upright text.
    pub(super) turns: u8,
    /// True if the font says that it is set vertically.
    pub(super) vertical: bool,
    /// True if a blank stands before it on its line.
    pub(super) after_blank: bool,
}

/// All that was seen.
pub(super) struct Sight<'a> {
    pub(super) signs: Vec<Sign>,
    /// Signs whose font does not tell which character they are.
    pub(super) unknown: usize,
    pub(super) rules: Vec<Rect>,
    pub(super) frames: Vec<Rect>,
    pub(super) pictures: Vec<Rect>,
    cids: Cids<'a>,
    drawn: u64,
    most_drawn: u64,
    most_signs: usize,
}

impl<'a> Sight<'a> {
    pub(super) fn new(cids: Cids<'a>, most_drawn: u64, most_signs: usize) -> Self {
        Sight {
            signs: Vec::new(),
            unknown: 0,
            rules: Vec::new(),
            frames: Vec::new(),
            pictures: Vec::new(),
            cids,
            drawn: 0,
            most_drawn,
            most_signs,
        }
    }

    /// Counts a thing drawn.
    fn count(&mut self) {
        self.drawn += 1;
        if self.drawn > self.most_drawn {
            resume_unwind(Box::new(Stopped("objects")));
        }
    }

    fn push(&mut self, sign: Sign) {
        if self.signs.len() >= self.most_signs {
            resume_unwind(Box::new(Stopped("characters")));
        }
        if [sign.x, sign.y, sign.advance, sign.size].iter().all(|v| v.is_finite() && v.abs() < FAR) {
            self.signs.push(sign);
        }
    }

    fn shape(&mut self, rect: Rect, filled: bool) {
        let (width, height) = (rect.width(), rect.height());
        if !rect.is_finite() || self.rules.len() + self.frames.len() >= MOST_SHAPES {
            return;
        }
        if width.min(height) <= THICK && width.max(height) >= LEAST_RULE {
            self.rules.push(rect);
        } else if width.min(height) > 3.0 * LEAST_RULE && (!filled || width.min(height) > THICK) {
            self.frames.push(rect);
        }
    }
}

/// Nothing on a page stands farther out, in points.
const FAR: f32 = 1.0e5;
/// A rule is at most so thick, in points.
const THICK: f64 = 3.0;
/// A rule is at least so long, in points.
const LEAST_RULE: f64 = 18.0;
/// Rules and frames that are kept.
const MOST_SHAPES: usize = 2000;

impl<'a> Device<'a> for Sight<'a> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.count();
        let filled = matches!(mode, DrawMode::Fill(_));
        // Rectangles, and single straight lines of a path; curves are drawings.
        if path.elements().iter().any(|e| matches!(e, PathEl::QuadTo(..) | PathEl::CurveTo(..))) {
            return;
        }
        if path.elements().len() > 12 {
            return;
        }
        if filled || path.elements().len() >= 5 {
            self.shape(props.transform.transform_rect_bbox(path.bounding_box()), filled);
            return;
        }
        for segment in path.segments() {
            self.shape(props.transform.transform_rect_bbox(segment.bounding_box()), false);
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.count();
        // Filled and stroked text is told twice.
        if matches!(mode, DrawMode::Stroke(_)) && self.told_before(run, props.transform) {
            return;
        }
        let vertical = run.writing_mode() == WritingMode::Vertical;
        for glyph in run.glyphs() {
            let place = props.transform * glyph.transform();
            let origin = place * Point::ORIGIN;
            let along = place * Point::new(1000.0, 0.0) - origin;
            let up = place * Point::new(0.0, 1000.0) - origin;
            let advance = match &**glyph {
                Glyph::Outline(outline) => outline.advance_width(),
                Glyph::Type3(glyph) => glyph.advance_width(),
            };
            let size = up.hypot() as f32;
            let text = match glyph.as_unicode().filter(is_told) {
                Some(text) => Some(text),
                None => self.cids.of(glyph),
            };
            let turns = quarter_turns(along.x, along.y);
            let advance = advance.unwrap_or(1000.0) * along.hypot() as f32 / 1000.0;
            let sign = |c, k: usize, n: usize| {
                let (sin, cos) = [(0.0, 1.0), (1.0, 0.0), (0.0, -1.0), (-1.0, 0.0)][usize::from(turns)];
                let (share, k) = (advance / n as f32, k as f32);
                let (x, y) = (origin.x as f32 + k * share * cos, origin.y as f32 + k * share * sin);
                Sign { c, x, y, advance: share, size, turns, vertical, after_blank: false }
            };
            match text {
                Some(BfString::Char(c)) => self.push(sign(c, 0, 1)),
                Some(BfString::String(text)) => {
                    let n = text.chars().count().max(1);
                    text.chars().enumerate().for_each(|(k, c)| self.push(sign(c, k, n)));
                }
                None => {
                    self.unknown += 1;
                    self.push(sign(char::REPLACEMENT_CHARACTER, 0, 1));
                }
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.count();
        let _ = image;
        let rect = props.transform.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0));
        if rect.is_finite() && self.pictures.len() < MOST_SHAPES {
            self.pictures.push(rect);
        }
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        self.count();
        self.shape(props.transform.transform_rect_bbox(*rect), matches!(mode, DrawMode::Fill(_)));
    }

    fn begin_marked_content(&mut self, _: &[u8], _: Option<&Dict<'_>>) {
        self.count();
    }
}

impl Sight<'_> {
    /// True if the run was drawn just before, filled.
    fn told_before(&self, run: &GlyphRun<'_, '_>, transform: Affine) -> bool {
        let n = run.glyphs().len();
        let (Some(glyph), Some(k)) = (run.glyphs().first(), self.signs.len().checked_sub(n)) else { return false };
        let origin = transform * glyph.transform() * Point::ORIGIN;
        (self.signs[k].x - origin.x as f32).abs() < 0.01 && (self.signs[k].y - origin.y as f32).abs() < 0.01
    }
}

/// True for text that says something: fonts that know no better map to NUL or to a private use character.
fn is_told(text: &BfString) -> bool {
    match text {
        BfString::Char(c) => *c != '\0' && *c != char::REPLACEMENT_CHARACTER,
        BfString::String(text) => !text.is_empty() && !text.contains(['\0', char::REPLACEMENT_CHARACTER]),
    }
}

/// How many quarter turns clockwise (`y` downwards) a baseline has taken, to the nearest.
fn quarter_turns(x: f64, y: f64) -> u8 {
    if x.abs() >= y.abs() {
        if x >= 0.0 { 0 } else { 2 }
    } else if y > 0.0 {
        1
    } else {
        3
    }
}

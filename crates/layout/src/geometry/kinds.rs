//! What places tell of single lines: captions, names below a headline, and what is text although it reads like names.

use std::collections::BTreeMap;

use banmian_core::PrintBox;

use super::Geometry;
use super::reading::{INDENT, LARGE, SHORT, columns};
use crate::glyphs::{Class, Raw};
use crate::lines::{End, Kind, Look};

/// Most lines of a caption that is told by its place.
const CAPTION_LINES: usize = 6;

/// Most characters of a part of the line with paper, date and edition.
const FOLIO_PART: usize = 8;

/// Puts right what lines are by what they stand at.
pub(crate) fn settle(raw: &Raw, looks: &mut [Look]) {
    let Some(geometry) = &raw.geometry else { return };
    text(raw, looks, geometry);
    names(raw, looks, geometry);
    captions(raw, looks, geometry);
    folio(raw, looks, geometry);
}

/// What stands beside the paper's furniture on the first or last line of the page is furniture: 星期四.
fn folio(raw: &Raw, looks: &mut [Look], geometry: &Geometry) {
    let bottom = |i: usize| geometry.line(raw, i as u32).place.bottom;
    let (Some(first), Some(last)) = ((0..looks.len()).map(bottom).min(), (0..looks.len()).map(bottom).max()) else {
        return;
    };
    for edge in [first, last] {
        let row: Vec<usize> = (0..looks.len()).filter(|&i| (bottom(i) - edge).abs() < geometry.body / 2).collect();
        if row.iter().any(|&i| looks[i].kind == Kind::Furniture) {
            for i in row {
                if raw.lines[i].len() <= FOLIO_PART && looks[i].kind == Kind::Text && looks[i].end == End::None {
                    looks[i].kind = Kind::Furniture;
                }
            }
        }
    }
}

/// A line of a column that fills it is text, even if nothing but names and a place are on it.
fn text(raw: &Raw, looks: &mut [Look], geometry: &Geometry) {
    let columns = columns(raw, looks.len(), geometry);
    let zone = |i: usize| geometry.line(raw, i as u32).zone;
    for i in 0..looks.len() {
        let goes_on = i + 1 < looks.len() && zone(i + 1) == zone(i);
        let went_on = i > 0 && zone(i - 1) == zone(i);
        let full = columns[i].right < SHORT;
        let inside = went_on && goes_on && columns[i].left < 60;
        let opens = goes_on && (INDENT..300).contains(&columns[i].left) && looks[i].kind == Kind::Byline;
        if full && (inside || opens) && looks[i].kind != Kind::Text {
            looks[i].kind = Kind::Text;
        }
    }
}

/// A line of names right below a headline and above its columns, in the size of the text: who wrote it, whatever the
/// name.
fn names(raw: &Raw, looks: &mut [Look], geometry: &Geometry) {
    let rank = |i: usize| geometry.rank(raw, i as u32);
    for i in 1..looks.len().saturating_sub(1) {
        let (line, above, below) = (geometry.line(raw, i as u32), i - 1, i + 1);
        let apart = [above, below].iter().all(|&k| geometry.line(raw, k as u32).zone != line.zone);
        let under = rank(above) >= LARGE && rank(i) < 115 && rank(below) < 115 && apart && !line.upright;
        let glyphs = raw.lines[i].of(&raw.glyphs);
        let words = 1 + glyphs.iter().skip(1).filter(|g| g.gap > 0).count();
        let like_names =
            glyphs.iter().all(|g| g.class == Class::Han) && (2..=3 * words).contains(&glyphs.len()) && words <= 4;
        if under && like_names && looks[i].kind == Kind::Text && looks[i].end == End::None {
            looks[i].kind = Kind::Byline;
        }
    }
}

/// Lines right below or beside a picture, in type or measure of their own, are its caption.
fn captions(raw: &Raw, looks: &mut [Look], geometry: &Geometry) {
    let mut zones: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut strips: BTreeMap<u32, usize> = BTreeMap::new();
    for i in 0..looks.len() {
        let line = geometry.line(raw, i as u32);
        zones.entry(line.zone).or_default().push(i);
        *strips.entry(line.strip).or_default() += 1;
    }
    let em = geometry.body;
    for lines in zones.values().filter(|l| l.len() <= CAPTION_LINES) {
        let first = *geometry.line(raw, lines[0] as u32);
        if first.upright || first.size * 100 >= LARGE * em || strips[&first.strip] > lines.len() {
            continue;
        }
        let place = geometry.around(raw, lines.iter().map(|&l| l as u32));
        let at = |p: &PrintBox| {
            let under = (place.top - p.bottom).abs() < 2 * geometry.leading
                && place.left > p.left - em
                && place.right < p.right + em;
            let beside = p.common_y(&place) > place.height() / 2
                && (place.left - p.right).max(p.left - place.right) < 2 * em
                && p.common_x(&place) <= 0
                && place.width() < p.width();
            p.width() > 6 * em && p.height() > 4 * em && (under || beside)
        };
        if !geometry.print.pictures.iter().any(at) {
            continue;
        }
        for &l in lines {
            if looks[l].kind == Kind::Text {
                looks[l].kind = Kind::Caption;
            }
        }
    }
}

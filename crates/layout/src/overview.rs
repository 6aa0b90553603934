//! What a page does as a whole, as far as it tells where articles end: how far columns keep their width, where
//! headlines stand, which paragraph each display line restates.

use crate::blocks::{Block, Sort};
use crate::coverage::Content;
use crate::glyphs::{Glyph, Raw};
use crate::items::Run;
use crate::lines::Look;
use crate::sightings::Sightings;

/// What the page does as a whole.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Share of display runs before a paragraph that are followed by a dateline.
    pub(crate) dated: f32,
    /// True if somebody wants the reasons.
    pub(crate) explains: bool,
    /// How far columns keep their width on this page: 1, and less where text runs around pictures.
    pub(crate) justified: f32,
    /// 1 where a column changes its width only between paragraphs, less where paragraphs change theirs inside.
    pub(crate) steady: f32,
    /// For each paragraph the measure of its column in half-width units, if its lines leave no doubt of it.
    pub(crate) measures: Vec<Option<u16>>,
    /// What an empty line between two paragraphs tells for a new article, and what none tells.
    pub(crate) blank: [f32; 2],
    /// What an empty line above or below a display line tells for a headline.
    pub(crate) blank_head: f32,
    /// Paragraphs that open with a dateline.
    pub(crate) leads: usize,
    /// How far headlines of this page stand apart from their bodies, 0 to 1.
    pub(crate) apart: f32,
    /// What each display line shares with each paragraph.
    pub(crate) content: Content,
    /// The row of `content` of each display block.
    pub(crate) row: Vec<Option<usize>>,
    /// The column of `content` of each paragraph block.
    pub(crate) column: Vec<usize>,
    /// For each paragraph, the best share of a display line elsewhere that fits it best of all.
    pub(crate) told: Vec<f32>,
    /// Number of display runs between paragraphs, by (lines, width of the longest in four-character steps).
    pub(crate) forms: Vec<((usize, u16, bool), u16)>,
}

impl Page {
    pub(crate) fn look(raw: &Raw, looks: &[Look], blocks: &[Block], sightings: &Sightings, paras: &[usize]) -> Page {
        let (mut with, mut all) = (0.0, 0.0);
        let mut forms: Vec<((usize, u16, bool), u16)> = Vec::new();
        for w in paras.windows(2) {
            let heads: Run = (w[0] + 1..w[1]).filter(|&b| blocks[b].sort == Sort::Head).collect();
            if heads.is_empty() || forms.len() > 200 {
                continue;
            }
            all += 1.0;
            if blocks[w[1]].lead {
                with += 1.0;
            } else {
                let form = form_of(raw, looks, blocks, &heads);
                match forms.iter_mut().find(|f| f.0 == form) {
                    Some(f) => f.1 += 1,
                    None => forms.push((form, 1)),
                }
            }
        }
        let mut page = Page { dated: with / (all + 1.0), forms, ..Page::default() };
        let (mut ragged, mut long) = (0.0f32, 0.0f32);
        for &p in paras.iter().filter(|&&p| blocks[p].lines.len() >= 5) {
            let inner = &blocks[p].lines[1..blocks[p].lines.len() - 1];
            let width = |l: u32| looks[l as usize].width;
            long += 1.0;
            ragged += f32::from(u8::from(inner.windows(2).any(|w| width(w[0]).abs_diff(width(w[1])) >= 5)));
        }
        page.justified = 1.0 - 0.7 * (2.0 * ragged / (long + 3.0)).min(1.0);
        page.steady = steady(looks, blocks, paras);
        page.blanks(raw, blocks, paras);
        page.measures = paras.iter().map(|&p| measure(looks, &blocks[p].lines)).collect();
        page.leads = paras.iter().filter(|&&p| blocks[p].lead).count();
        page.restatements(raw, looks, blocks, sightings, paras);
        page
    }

    /// Learns where the page leaves lines empty: between all lines, between paragraphs, or between articles only.
    fn blanks(&mut self, raw: &Raw, blocks: &[Block], paras: &[usize]) {
        let blank = |l: u32| raw.lines[l as usize].blank;
        let (mut inside, mut lines) = (0.0f32, 0.0f32);
        for &p in paras {
            let inner = blocks[p].lines.get(1..).unwrap_or_default();
            lines += inner.len() as f32;
            inside += inner.iter().filter(|&&l| blank(l)).count() as f32;
        }
        let (mut between, mut gaps) = (0.0f32, 0.0f32);
        for w in paras.windows(2).filter(|w| w[0] + 1 == w[1] && !blocks[w[1]].lead) {
            gaps += 1.0;
            between += f32::from(u8::from(blank(blocks[w[1]].lines[0])));
        }
        let inside = (inside + 0.5) / (lines + 4.0);
        let rate = inside.max((between + 0.3) / (gaps + 3.0));
        self.blank = [(0.7 / (rate + 0.05)).ln().max(0.0), (0.35 / (1.0 - rate).max(0.1)).ln().min(0.0)];
        self.blank_head = (0.7 / (rate + 0.1)).ln().max(0.0);
        // Without any empty lines nothing is told by their absence.
        if between < 1.0 {
            self.blank[1] = 0.0;
        }
    }

    /// Looks up which paragraph each display line restates.
    fn restatements(&mut self, raw: &Raw, looks: &[Look], blocks: &[Block], sightings: &Sightings, paras: &[usize]) {
        let heads: Vec<usize> = (0..blocks.len()).filter(|&b| blocks[b].sort == Sort::Head).collect();
        // A display block is one line.
        let units: Vec<&[Glyph]> =
            heads.iter().map(|&h| raw.lines[blocks[h].lines[0] as usize].of(&raw.glyphs)).collect();
        let items: Vec<&[usize]> = paras.chunks(1).collect();
        self.content = Content::of(sightings, &items, sightings.units(), 3.0);
        self.row = vec![None; blocks.len()];
        self.column = vec![0; blocks.len()];
        self.told = vec![0.0; paras.len()];
        for (r, &h) in heads.iter().enumerate() {
            self.row[h] = Some(r);
        }
        for (c, &p) in paras.iter().enumerate() {
            self.column[p] = c;
        }
        let mut before = 0.0;
        for (r, &h) in heads.iter().enumerate() {
            // Mottos are taken from the middle of a text as often as from its opening.
            if crate::units::is_couplet(units[r], &looks[blocks[h].lines[0] as usize]) || units[r].len() < 7 {
                continue;
            }
            let Some((best, share, second)) = self.content.best(r) else { continue };
            // Paragraphs around it, up to the next display line, are weighed where the line stands.
            let below = paras.partition_point(|&p| p < h);
            let after = heads[r + 1..].iter().find(|&&k| paras.get(below).is_some_and(|&p| k > p));
            let until = after.map_or(paras.len(), |&k| paras.partition_point(|&p| p < k));
            let ahead = heads[..r].iter().rev().find(|&&k| below.checked_sub(1).is_some_and(|b| k < paras[b]));
            let since = ahead.map_or(0, |&k| paras.partition_point(|&p| p < k));
            if share < 0.3 || share - second < 0.12 {
                continue;
            }
            if best == below {
                before += 1.0;
            }
            if !(below..until).contains(&best) && (best != since || best >= below) {
                self.told[best] = self.told[best].max(share);
            }
        }
        // A list tells many things about one paragraph; each paragraph counts once.
        let far = self.told.iter().filter(|t| **t > 0.0).count() as f32;
        self.apart = far / (far + 3.0 * before + 0.5);
    }

    /// The share of display lines that a paragraph holds, the best of them.
    pub(crate) fn share(&self, heads: &[usize], para: usize) -> f32 {
        heads.iter().filter_map(|&h| self.row[h]).map(|r| self.content.share(r, self.column[para])).fold(0.0, f32::max)
    }

    /// How many runs look like this one.
    pub(crate) fn alike(&self, form: (usize, u16, bool)) -> u16 {
        self.forms
            .iter()
            .filter(|f| f.0.0 == form.0 && f.0.1.abs_diff(form.1) <= 1 && f.0.2 == form.2)
            .map(|f| f.1)
            .sum()
    }
}

/// The look of a run of display lines: how many, how long, with a gap or not.
pub(crate) fn form_of(raw: &Raw, looks: &[Look], blocks: &[Block], heads: &[usize]) -> (usize, u16, bool) {
    let longest = heads.iter().map(|&h| looks[blocks[h].lines[0] as usize].width).max().unwrap_or(0);
    let gap = heads.iter().any(|&h| looks[blocks[h].lines[0] as usize].gaps > 0);
    let _ = raw;
    (heads.len(), longest / 8, gap)
}

/// The measure that a paragraph is set to, if most of its lines that are neither first nor last have one width.
fn measure(looks: &[Look], lines: &[u32]) -> Option<u16> {
    let inner = lines.get(1..lines.len().saturating_sub(1))?;
    let inner = &inner[..inner.len().min(MEASURED)];
    if inner.len() < LEAST_MEASURED {
        return None;
    }
    // Most lines have it, so one of the first has.
    inner[..inner.len().min(5)].iter().find_map(|&l| {
        let width = looks[l as usize].width;
        let like = inner.iter().filter(|&&k| looks[k as usize].width == width).count();
        (like >= LEAST_MEASURED && like * 10 >= inner.len() * 6).then_some(width)
    })
}

/// Lines of one width that tell the measure of a paragraph, at least; and how many are looked at.
const LEAST_MEASURED: usize = 3;
const MEASURED: usize = 12;

/// How steady columns are: changes of width between paragraphs against those inside paragraphs, both seen in
/// two lines above and two below.
fn steady(looks: &[Look], blocks: &[Block], paras: &[usize]) -> f32 {
    let width = |l: u32| looks[l as usize].width;
    let (mut inside, mut between) = (0.0f32, 0.0f32);
    for &p in paras {
        let lines = &blocks[p].lines;
        let inner = lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default();
        for w in inner.windows(4) {
            let [a, b, c, d] = [w[0], w[1], w[2], w[3]].map(width);
            inside += f32::from(u8::from(a.abs_diff(b) <= 1 && c.abs_diff(d) <= 1 && b.abs_diff(c) >= 3));
        }
    }
    for w in paras.windows(2) {
        let (a, b) = (&blocks[w[0]], &blocks[w[1]]);
        let long = a.lines.len() >= 3 && b.lines.len() >= 3;
        between += f32::from(u8::from(long && a.column.abs_diff(b.column) >= 3));
    }
    between / (between + 4.0 * inside + 0.5)
}

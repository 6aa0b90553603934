//! How far the confidence of an article can be believed.
//!
//! An article is right if it is matched with one of the truth (see `measures`, articles_f1) whose main headline it
//! has; if that has none, it must have none either. Of articles with a confidence of .8, eight in ten should be right.

use std::fmt;

use banmian_core::Issue;
use serde_json::{Value as Json, json};

use super::comparison::{Comparison, SAME};
use super::measures;
use super::pages::Group;

/// Where the bands of confidence begin, in per cent.
const BANDS: [u8; 5] = [0, 50, 70, 80, 90];

/// Articles of some confidence.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Band {
    articles: usize,
    right: usize,
    /// Sum of their confidences, in per cent.
    sum: usize,
}

/// The articles of pages by their confidence.
#[derive(Debug, Default)]
pub(super) struct Calibration {
    bands: [Band; BANDS.len()],
    right: Band,
    wrong: Band,
}

impl Calibration {
    /// Reads the pages of groups.
    pub(super) fn of(groups: &[Group]) -> Calibration {
        let mut out = Calibration::default();
        for case in groups.iter().flat_map(|g| &g.cases) {
            let answer = super::answer::answer(case);
            let page = banmian_layout::read_page(&case.stem, Issue::default(), &case.text);
            let comparison = Comparison::new(&case.truth, &answer);
            let mut right = vec![false; answer.len()];
            for (t, found) in comparison.overlaps.one_to_one().into_iter().enumerate() {
                if let Some((a, _)) = found.filter(|f| f.1 >= SAME) {
                    right[a] = measures::has_headline(&case.truth.articles[t], &answer[a]);
                }
            }
            for (article, right) in page.articles.iter().zip(right) {
                out.add(article.confidence, right);
            }
        }
        out
    }

    fn add(&mut self, confidence: u8, right: bool) {
        let band = BANDS.partition_point(|least| *least <= confidence).saturating_sub(1);
        let side = if right { &mut self.right } else { &mut self.wrong };
        for band in [&mut self.bands[band], side] {
            band.articles += 1;
            band.right += usize::from(right);
            band.sum += usize::from(confidence);
        }
    }

    /// Mean confidence of the articles that are right and of those that are wrong, from 0 to 1.
    pub(super) fn means(&self) -> [f64; 2] {
        [self.right.mean(), self.wrong.mean()]
    }

    /// The same as JSON.
    pub(super) fn json(&self) -> Json {
        let [right, wrong] = self.means();
        let bands = BANDS.iter().zip(&self.bands).map(|(least, band)| {
            json!({ "from": f64::from(*least) / 100.0, "articles": band.articles, "right": band.right })
        });
        json!({ "mean_of_right": right, "mean_of_wrong": wrong, "bands": bands.collect::<Vec<_>>() })
    }
}

impl Band {
    fn mean(&self) -> f64 {
        self.sum as f64 / (100 * self.articles.max(1)) as f64
    }
}

impl fmt::Display for Calibration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nconfidence   articles  mean   right")?;
        for (k, band) in self.bands.iter().enumerate() {
            let to = BANDS.get(k + 1).copied().unwrap_or(100);
            let right = band.right as f64 / band.articles.max(1) as f64;
            writeln!(f, "{:2} to {:3} % {:>11}  {:.3}  {right:.3}", BANDS[k], to, band.articles, band.mean())?;
        }
        let [right, wrong] = self.means();
        writeln!(
            f,
            "mean confidence of {} right articles {right:.3}, of {} wrong ones {wrong:.3}",
            self.right.articles, self.wrong.articles
        )
    }
}

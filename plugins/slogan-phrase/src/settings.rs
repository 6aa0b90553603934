//! What a suite may say about slogan phrases, and its check.
//!
//! [`Settings`] is what stands in the suite file; [`Plan`] is what the run uses: lexicons read, word
//! lists sorted, thresholds as whole hundredths so that no floating-point sum decides a result.

use std::collections::BTreeMap;

use banmian_core::schemars::{self, JsonSchema};
use banmian_core::{Fault, Located, Resources};
use serde::{Deserialize, Serialize};

use crate::diffusion::CENTRE;
use crate::finding::Kind;
use crate::fold::Folding;
use crate::lexicon::Phrases;
use crate::vocabulary::Vocabulary;

/// The lexicons of formulations that ship, by decade and form.
const SHIPPED: [&str; 5] = [
    "builtin:slogan-patterns",
    "builtin:formulations-2012",
    "builtin:formulations-1949",
    "builtin:formulations-numbered",
    "builtin:formulations-plain",
];

/// The default grades.
const GRADES: [(&str, u32); 5] = [("white-hot", 1000), ("hot", 300), ("warm", 100), ("tepid", 20), ("cold", 0)];

/// Papers of the centre: of the party, the state and the army.
const NATIONAL: [&str; 8] =
    ["人民日报", "光明日报", "经济日报", "解放军报", "人民政协报", "法治日报", "中国青年报", "工人日报"];

/// Settings of `slogan-phrase`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Settings {
    /// Lexicons of formulations, in order: `builtin:NAME` for those that ship, else a path relative
    /// to the suite. A phrase that stands in two of them takes the entry of the first.
    pub lexicons: Vec<Located<String>>,
    /// Kinds to report. A kind left out is still found, so that it cannot turn up as another.
    pub kinds: Vec<Located<Kind>>,
    /// Least score of a run of three or more parallel members, in hundredths (0 to 300). Higher
    /// finds fewer runs and errs less.
    pub series_score: Located<u32>,
    /// Least score of a run of two members, in hundredths (0 to 300).
    pub pair_score: Located<u32>,
    /// From how many formulaic words in a thousand characters an article counts as written in the
    /// official register (0 to 1000). There, single words in quotation marks are coinages and pairs
    /// need less proof; elsewhere they are left alone.
    pub register: Located<u32>,
    /// Names of grades, each with its cut-off: the share of articles from which on it applies, in 10,000 articles without reprints. The
    /// names and cut-offs are ours; in a daily of 30,000 articles a year, 10 are 30 articles in a year.
    pub grades: BTreeMap<String, Located<u32>>,
    /// Length of the periods of `timeline`.
    pub period: Period,
    /// Articles without reprints from which on a phrase is told in `timeline` and `diffusion` (1 or more).
    pub least_articles: Located<u32>,
    /// Level of each paper, for `diffusion`: any words; lags are counted from those of the level `centre`. Metadata has the paper alone, so the level is said here.
    pub levels: BTreeMap<String, String>,
}

/// Length of the periods of a timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// Calendar years.
    #[default]
    Year,
    /// Quarters of calendar years.
    Quarter,
    /// Months.
    Month,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            lexicons: SHIPPED.iter().map(|&n| n.to_owned().into()).collect(),
            kinds: Kind::ALL.iter().map(|&k| k.into()).collect(),
            series_score: 105.into(),
            pair_score: 120.into(),
            register: 14.into(),
            grades: GRADES.iter().map(|&(name, least)| (name.to_owned(), least.into())).collect(),
            period: Period::Year,
            least_articles: 20.into(),
            levels: NATIONAL.iter().map(|&paper| (paper.to_owned(), CENTRE.to_owned())).collect(),
        }
    }
}

/// What the run really uses.
pub(crate) struct Plan {
    pub(crate) phrases: Phrases,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) folding: Folding,
    pub(crate) kinds: Vec<Kind>,
    pub(crate) series_score: i32,
    pub(crate) pair_score: i32,
    pub(crate) register: u32,
    /// Grades by cut-off, the highest first, in 10,000 articles.
    pub(crate) grades: Vec<(u32, String)>,
    pub(crate) period: Period,
    pub(crate) least_articles: u64,
    /// Paper → level.
    pub(crate) levels: BTreeMap<String, String>,
}

impl Settings {
    /// Reads the lexicons and checks every setting; all faults at once.
    pub(crate) fn check(self, files: &Resources<'_>) -> Result<Plan, Vec<Fault>> {
        let mut faults = Vec::new();
        for (setting, name, most) in [
            (&self.series_score, "series-score", 300),
            (&self.pair_score, "pair-score", 300),
            (&self.register, "register", 1000),
        ] {
            if **setting > most {
                let message = format!("`{name}` is {}, more than any text reaches", **setting);
                faults.push(Fault::at(setting, message).help(format!("use 0 to {most}")));
            }
        }
        if *self.least_articles == 0 {
            let message = "`least-articles` is 0, but a phrase has one article at least";
            faults.push(Fault::at(&self.least_articles, message).help("use 1 or more"));
        }
        let mut grades: Vec<(u32, String)> = Vec::new();
        for (name, least) in &self.grades {
            if **least > 10_000 {
                let message = format!("`{name}` begins at {} in 10,000 articles, more than there are", **least);
                faults.push(Fault::at(least, message).help("use 0 to 10000"));
            } else if let Some((_, other)) = grades.iter().find(|(other, _)| *other == **least) {
                let message = format!("`{name}` begins where `{other}` does");
                faults.push(Fault::at(least, message).help("give each grade a cut-off of its own"));
            }
            grades.push((**least, name.clone()));
        }
        grades.sort_by(|a, b| b.cmp(a));
        let mut phrases = Phrases::default();
        for name in &self.lexicons {
            match files.get(name) {
                Ok(resource) => {
                    if let Err(found) = phrases.read(resource) {
                        faults.extend(found);
                    }
                }
                Err(fault) => faults.push(fault),
            }
        }
        let vocabulary = match Vocabulary::read(files) {
            Ok(vocabulary) => vocabulary,
            Err(found) => {
                faults.extend(found);
                Vocabulary::default()
            }
        };
        let folding = match Folding::read(files) {
            Ok(folding) => folding,
            Err(found) => {
                faults.extend(found);
                Folding::default()
            }
        };
        if !faults.is_empty() {
            return Err(faults);
        }
        phrases.finish(&vocabulary);
        Ok(Plan {
            phrases,
            vocabulary,
            folding,
            kinds: self.kinds.iter().map(|k| **k).collect(),
            series_score: signed(*self.series_score),
            pair_score: signed(*self.pair_score),
            register: *self.register,
            grades,
            period: self.period,
            least_articles: u64::from(*self.least_articles),
            levels: self.levels,
        })
    }
}

fn signed(hundredths: u32) -> i32 {
    i32::try_from(hundredths).expect("scores are checked to be at most 300")
}

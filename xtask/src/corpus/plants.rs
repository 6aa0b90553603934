//! Invented formulations with a known spread over time and papers, and known ones from the
//! lexicons.
//!
//! Five formulations are planted. Three differ in spread: one everywhere, one in a single paper,
//! one in a campaign of a year and a half. One rises, one falls silent. No lexicon has any of them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use fastrand::Rng;

use super::calendar::Day;
use super::random::{Kind, stream, word, zipf_mandelbrot};

const VERBS: [&str; 12] = ["引", "联", "聚", "筑", "育", "护", "拓", "畅", "润", "连", "织", "点"];
const THINGS: [&str; 12] = ["泉", "链", "峰", "渠", "廊", "林", "岸", "星", "桥", "灯", "圃", "帆"];
const NUMBERS: [&str; 6] = ["三", "四", "五", "六", "七", "九"];

/// How a formulation is spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plan {
    /// In all papers all the time.
    Everywhere,
    /// In one paper all the time.
    OnePaper,
    /// In all papers for 18 months.
    Campaign,
    /// From nothing in the fourth year to ever more.
    Rising,
    /// Steady for five years, then not once.
    Silent,
}

impl Plan {
    pub(super) const ALL: [Plan; 5] = [Plan::Everywhere, Plan::OnePaper, Plan::Campaign, Plan::Rising, Plan::Silent];

    pub(super) fn name(self) -> &'static str {
        match self {
            Plan::Everywhere => "everywhere",
            Plan::OnePaper => "one-paper",
            Plan::Campaign => "campaign",
            Plan::Rising => "rising",
            Plan::Silent => "falling-silent",
        }
    }

    /// The share of articles, in a thousand, that have the formulation.
    pub(super) fn share(self, day: Day, paper: u64) -> u32 {
        let month = u32::try_from(day.month_index()).expect("the span has 96 months");
        match self {
            Plan::Everywhere => 50,
            Plan::OnePaper if paper == 2 => 100,
            Plan::Campaign if (36..54).contains(&month) => 120,
            Plan::Rising => 2 * month.saturating_sub(36),
            Plan::Silent if month < 60 => 70,
            Plan::OnePaper | Plan::Campaign | Plan::Silent => 0,
        }
    }
}

/// The planted formulations, in the order of [`Plan::ALL`]. Unlike each other and all that is known.
pub(super) fn plant(seed: u64, known: &Lexicon) -> Vec<String> {
    let mut rng = stream(seed, Kind::Plant, 0);
    let known: BTreeSet<&str> = known.phrases.iter().map(|(_, p)| p.as_str()).collect();
    let mut planted: Vec<String> = Vec::new();
    while planted.len() < Plan::ALL.len() {
        let mut half = || {
            let (v, t) = (rng.u32(0..11) as usize, rng.u32(0..11) as usize);
            // The two verbs and the two things of a half are never the same.
            format!("{}{}{}{}", VERBS[v], THINGS[t], VERBS[v + 1], THINGS[t + 1])
        };
        let phrase = match planted.len() {
            0 | 4 => half(),
            1 => format!("{}{}", half(), word(&mut rng, &["工程", "行动", "计划"])),
            3 => {
                let (a, b) = (word(&mut rng, &NUMBERS[..3]), word(&mut rng, &NUMBERS[3..]));
                format!("{a}{}{b}{}", word(&mut rng, &THINGS[..6]), word(&mut rng, &THINGS[6..]))
            }
            _ => format!("{}、{}", half(), half()),
        };
        let shared = |other: &String| other.contains(&phrase) || phrase.contains(other.as_str());
        if !known.contains(phrase.as_str()) && !planted.iter().any(shared) {
            planted.push(phrase);
        }
    }
    planted
}

/// Formulations of config/lexicons that a made sentence may hold whole.
pub(super) struct Lexicon {
    /// First year, phrase.
    phrases: Vec<(u64, String)>,
}

impl Lexicon {
    /// Reads `formulations-*.tsv`, in an order that depends on the seed alone.
    pub(super) fn read(folder: &Path, seed: u64) -> Result<Self> {
        let entries = fs::read_dir(folder).with_context(|| format!("`{}` cannot be read", folder.display()))?;
        let mut files = Vec::new();
        for entry in entries {
            let path = entry?.path();
            let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
            if name.starts_with("formulations-") && name.ends_with(".tsv") {
                files.push(path);
            }
        }
        files.sort();
        let mut phrases = BTreeSet::new();
        for file in files {
            let text = fs::read_to_string(&file).with_context(|| format!("`{}` cannot be read", file.display()))?;
            phrases.extend(text.lines().filter(|l| !l.starts_with('#')).skip(1).filter_map(usable));
        }
        let mut phrases: Vec<_> = phrases.into_iter().collect();
        stream(seed, Kind::Lexicon, 0).shuffle(&mut phrases);
        Ok(Lexicon { phrases })
    }

    /// A formulation known by that year: few often, many seldom. None if there are none at all.
    pub(super) fn draw(&self, rng: &mut Rng, year: u64) -> Option<&str> {
        let n = self.phrases.len();
        if n == 0 {
            return None;
        }
        let first = usize::try_from(zipf_mandelbrot(rng, n as u64)).expect("a rank in memory");
        // One that was not known yet gives way to the next that was.
        let mut drawn = (0..n).map(|step| &self.phrases[(first + step) % n]);
        drawn.find(|(since, _)| *since <= year).map(|(_, phrase)| phrase.as_str())
    }
}

/// First year and phrase of a line, if it is one that can be printed as it stands.
fn usable(line: &str) -> Option<(u64, String)> {
    let mut fields = line.split('\t');
    let (phrase, class) = (fields.next()?, fields.next()?);
    let since = fields.nth(3).unwrap_or_default().get(..4).and_then(|y| y.parse().ok()).unwrap_or(0);
    let printable = !phrase.contains("……") && (4..=24).contains(&phrase.chars().count());
    let printable = printable && phrase.chars().all(|c| c == '、' || ('\u{4e00}'..='\u{9fff}').contains(&c));
    (printable && matches!(class, "core" | "formulation" | "numbered")).then(|| (since, phrase.to_owned()))
}

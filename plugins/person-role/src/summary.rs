//! What is known after any number of pages: who was named how often, in which office, with whom.
//!
//! Everything is a count, a least and greatest date, or a set in order, so that summaries merge in any order.
//! Who is whom is worked out at the end, in `people`.

use std::collections::{BTreeMap, BTreeSet};

use banmian_core::{Page, Summary};
use serde::{Deserialize, Serialize};

use crate::finding::{Event, Finding, Kind};
use crate::keys::{self, Reason, article_of};
use crate::office::{Level, LevelBasis, Office, System};

/// Counts by person key; bylines are left to the evidence.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PersonRoleSummary {
    /// Pages read, with and without findings.
    pub pages: u64,
    /// How often each key was named.
    pub keys: BTreeMap<String, Seen>,
    /// Offices of each key.
    pub tenures: BTreeMap<TenureKey, Tenure>,
    /// Keys that pages show to be one person, the lesser first.
    pub joins: BTreeMap<(String, String, Reason), Told>,
    /// Appointments, elections, removals and resignations.
    pub events: BTreeMap<EventKey, Seen>,
    /// Articles that name two persons, by the hashes of their keys (see [`hash`]), the lesser key first.
    pub co_mentions: BTreeMap<(u64, u64), u64>,
    /// Articles that name more persons than the limit for co-mentions.
    pub crowded_articles: u64,
}

/// A key in an office.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TenureKey {
    /// The organization in one spelling, or empty.
    pub organization: String,
    /// The post with the modifiers that make it an office of its own: 副主席.
    pub post: String,
    /// The person key.
    pub key: String,
}

/// An event of a key in an office.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EventKey {
    /// Date of the issue, or empty.
    pub date: String,
    /// What happened.
    pub event: Event,
    /// The key in the office.
    pub tenure: TenureKey,
}

/// How often and when something was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Times named.
    pub mentions: u64,
    /// Articles; unattached text of a page counts as one.
    pub articles: u64,
    /// Pages.
    pub pages: u64,
    /// Least and greatest known date of issue.
    pub dates: Option<(String, String)>,
}

/// A key seen in an office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenure {
    /// All namings with the office.
    pub seen: Seen,
    /// Those that say it is held: not 原, 前, 免去, 辞去.
    pub held: Seen,
    /// What the office is; where pages tell more and less, the most that one of them tells.
    pub facts: Facts,
}

/// What is told of an office beside its name. The greatest of several is kept, so that merging has no order.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Facts {
    /// People hold it one after the other.
    pub post: bool,
    /// The organization is known in full.
    pub whole: bool,
    /// GB/T 2260 code, or 0.
    pub division: u32,
    /// Level of the territory.
    pub level: Option<Level>,
    /// What the level rests on.
    pub level_basis: LevelBasis,
    /// Part of public life.
    pub system: Option<System>,
    /// The post without modifiers.
    pub base_post: String,
}

/// Where a join is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The least name of a page that tells it.
    pub page: String,
    /// Pages that tell it.
    pub pages: u64,
}

/// A key as a number: FNV-1a of 64 bits (Fowler, Noll and Vo), which costs a pair of persons 16 bytes. Among ten
/// million keys the chance that any two fall together is below one in a hundred thousand.
pub fn hash(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Namings on one page.
#[derive(Default)]
struct OnPage<'p> {
    mentions: u64,
    articles: BTreeSet<Option<u32>>,
    held: OnPageHeld,
    office: Option<&'p Office>,
}

#[derive(Default)]
struct OnPageHeld {
    mentions: u64,
    articles: BTreeSet<Option<u32>>,
}

impl PersonRoleSummary {
    /// Adds one page; an article that names more than `limit` persons tells no co-mentions.
    pub(crate) fn absorb(&mut self, page: &Page, findings: &[Finding], limit: usize) {
        self.pages += 1;
        let date = page.issue.date.as_str();
        let mut keys: BTreeMap<&str, OnPage<'_>> = BTreeMap::new();
        let mut tenures: BTreeMap<(&str, &str, &str), OnPage<'_>> = BTreeMap::new();
        let mut events: BTreeMap<(Event, &str, &str, &str), OnPage<'_>> = BTreeMap::new();
        let mut named: BTreeMap<u32, BTreeMap<&str, &str>> = BTreeMap::new();
        for finding in findings.iter().filter(|f| f.kind != Kind::Byline) {
            let article = article_of(page, finding.range);
            keys.entry(&finding.key).or_default().add(finding, article);
            if let Some(article) = article {
                // One name in one article is one person: of its keys the least stands for it.
                let of_name = named.entry(article).or_default().entry(finding.name()).or_insert(&finding.key);
                *of_name = (*of_name).min(&finding.key);
            }
            if finding.kind == Kind::Honorific || finding.role == "同志" {
                continue;
            }
            let office = (finding.office.organization.as_str(), finding.office.post.as_str(), finding.key.as_str());
            tenures.entry(office).or_default().add(finding, article);
            if finding.event != Event::Held {
                events.entry((finding.event, office.0, office.1, office.2)).or_default().add(finding, article);
            }
        }
        for (key, on_page) in keys {
            merge_into(&mut self.keys, key, on_page.seen(date));
        }
        for ((organization, post, key), on_page) in tenures {
            let tenure = self.tenures.entry(tenure_key(organization, post, key)).or_default();
            tenure.merge(on_page.tenure(date));
        }
        for ((event, organization, post, key), on_page) in events {
            let key = EventKey { date: date.to_owned(), event, tenure: tenure_key(organization, post, key) };
            self.events.entry(key).or_default().merge(on_page.seen(date));
        }
        for (a, b, reason) in keys::joins(page, findings) {
            let told = Told { page: page.id.clone(), pages: 1 };
            self.joins.entry((a, b, reason)).or_default().merge(told);
        }
        for names in named.values() {
            self.add_co_mentions(names, limit);
        }
    }

    fn add_co_mentions(&mut self, names: &BTreeMap<&str, &str>, limit: usize) {
        if names.len() > limit {
            self.crowded_articles += 1;
            return;
        }
        let mut nodes: Vec<&str> = names.values().copied().collect();
        nodes.sort_unstable();
        let nodes: Vec<u64> = nodes.into_iter().map(hash).collect();
        for (i, &a) in nodes.iter().enumerate() {
            for &b in &nodes[i + 1..] {
                *self.co_mentions.entry((a, b)).or_default() += 1;
            }
        }
    }
}

fn tenure_key(organization: &str, post: &str, key: &str) -> TenureKey {
    TenureKey { organization: organization.to_owned(), post: post.to_owned(), key: key.to_owned() }
}

/// Adds without a copy of the key where it is known.
fn merge_into(map: &mut BTreeMap<String, Seen>, key: &str, seen: Seen) {
    match map.get_mut(key) {
        Some(known) => known.merge(seen),
        None => drop(map.insert(key.to_owned(), seen)),
    }
}

impl<'p> OnPage<'p> {
    fn add(&mut self, finding: &'p Finding, article: Option<u32>) {
        self.mentions += 1;
        self.articles.insert(article);
        self.office = self.office.max(Some(&finding.office));
        if !finding.former && !matches!(finding.event, Event::Removed | Event::Resigned) {
            self.held.mentions += 1;
            self.held.articles.insert(article);
        }
    }

    fn seen(&self, date: &str) -> Seen {
        Seen::on_page(self.mentions, self.articles.len(), date)
    }

    fn tenure(&self, date: &str) -> Tenure {
        let facts = self.office.map(|o| Facts {
            post: o.is_post(),
            whole: o.whole,
            division: o.division,
            level: o.level,
            level_basis: o.level_basis,
            system: o.system,
            base_post: o.base_post.clone(),
        });
        Tenure {
            seen: self.seen(date),
            held: Seen::on_page(self.held.mentions, self.held.articles.len(), date),
            facts: facts.unwrap_or_default(),
        }
    }
}

impl Seen {
    fn on_page(mentions: u64, articles: usize, date: &str) -> Seen {
        if mentions == 0 {
            return Seen::default();
        }
        let dates = (!date.is_empty()).then(|| (date.to_owned(), date.to_owned()));
        Seen { mentions, articles: articles as u64, pages: 1, dates }
    }

    pub(crate) fn merge(&mut self, other: Seen) {
        self.mentions += other.mentions;
        self.articles += other.articles;
        self.pages += other.pages;
        self.dates = match (self.dates.take(), other.dates) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
    }
}

impl Tenure {
    pub(crate) fn merge(&mut self, other: Tenure) {
        self.seen.merge(other.seen);
        self.held.merge(other.held);
        if other.facts > self.facts {
            self.facts = other.facts;
        }
    }
}

impl Told {
    fn merge(&mut self, other: Told) {
        if self.pages == 0 || (other.pages > 0 && other.page < self.page) {
            self.page = other.page;
        }
        self.pages += other.pages;
    }
}

impl Summary for PersonRoleSummary {
    fn merge(&mut self, other: Self) {
        self.pages += other.pages;
        self.crowded_articles += other.crowded_articles;
        for (key, seen) in other.keys {
            self.keys.entry(key).or_default().merge(seen);
        }
        for (key, tenure) in other.tenures {
            self.tenures.entry(key).or_default().merge(tenure);
        }
        for (key, told) in other.joins {
            self.joins.entry(key).or_default().merge(told);
        }
        for (key, seen) in other.events {
            self.events.entry(key).or_default().merge(seen);
        }
        for (pair, articles) in other.co_mentions {
            *self.co_mentions.entry(pair).or_default() += articles;
        }
    }
}

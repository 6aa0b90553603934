//! What is known after any number of pages: who was named how often, in which office, with whom.
//!
//! Everything is a count, a least and greatest date, or a set in order, so that summaries merge in any order.
//! Who is whom is worked out at the end, in `people`.

use std::collections::BTreeMap;
use std::sync::Arc;

use banmian_core::{Page, Summary};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

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
    pub dates: Option<(Date, Date)>,
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

/// A date of issue: thousands of counts share those of one page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(Arc<str>);

impl Date {
    /// The date as the issue gives it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(|date| Date(date.into()))
    }
}

/// A finding that counts, and the article it stands in.
type Naming<'p> = (&'p Finding, Option<u32>);

impl PersonRoleSummary {
    /// Adds one page; an article that names more than `limit` persons tells no co-mentions.
    pub(crate) fn absorb(&mut self, page: &Page, findings: &[Finding], limit: usize) {
        self.pages += 1;
        let date = Some(page.issue.date.as_str()).filter(|date| !date.is_empty()).map(|date| Date(date.into()));
        let counted = findings.iter().filter(|f| f.kind != Kind::Byline);
        let mut namings: Vec<Naming<'_>> = counted.map(|f| (f, article_of(page, f.range))).collect();
        for (a, b, reason) in keys::joins(&namings) {
            let told = Told { page: page.id.clone(), pages: 1 };
            self.joins.entry((a, b, reason)).or_default().merge(told);
        }
        namings.sort_unstable_by(|(a, in_a), (b, in_b)| (&a.key, in_a).cmp(&(&b.key, in_b)));
        for of_key in namings.chunk_by(|(a, _), (b, _)| a.key == b.key) {
            let (key, seen) = (&of_key[0].0.key, Seen::on_page(of_key.iter(), date.as_ref()));
            match self.keys.get_mut(key) {
                Some(known) => known.merge(seen),
                None => drop(self.keys.insert(key.clone(), seen)),
            }
        }
        self.add_co_mentions(&namings, limit);
        namings.retain(|(f, _)| f.kind != Kind::Honorific && f.role != "同志");
        namings.sort_unstable_by(|(a, in_a), (b, in_b)| (office(a), in_a).cmp(&(office(b), in_b)));
        for of_tenure in namings.chunk_by(|(a, _), (b, _)| office(a) == office(b)) {
            let key = tenure_key(of_tenure[0].0);
            self.tenures.entry(key).or_default().merge(Tenure::on_page(of_tenure, date.as_ref()));
        }
        namings.retain(|(f, _)| f.event != Event::Held);
        namings.sort_by_key(|(f, _)| f.event);
        for of_event in namings.chunk_by(|(a, _), (b, _)| (a.event, office(a)) == (b.event, office(b))) {
            let (finding, seen) = (of_event[0].0, Seen::on_page(of_event.iter(), date.as_ref()));
            let key = EventKey { date: page.issue.date.clone(), event: finding.event, tenure: tenure_key(finding) };
            self.events.entry(key).or_default().merge(seen);
        }
    }

    /// Counts who is named with whom. Namings come in the order of their keys.
    fn add_co_mentions(&mut self, namings: &[Naming<'_>], limit: usize) {
        let in_articles = namings.iter().filter_map(|(f, article)| Some(((*article)?, f.name(), f.key.as_str())));
        let mut named: Vec<(u32, &str, &str)> = in_articles.collect();
        named.sort_unstable();
        // One name in one article is one person: of its keys the least stands for it.
        named.dedup_by(|next, kept| (next.0, next.1) == (kept.0, kept.1));
        let mut nodes = Vec::new();
        for of_article in named.chunk_by_mut(|a, b| a.0 == b.0) {
            if of_article.len() > limit {
                self.crowded_articles += 1;
                continue;
            }
            of_article.sort_unstable_by_key(|&(_, _, key)| key);
            nodes.clear();
            nodes.extend(of_article.iter().map(|(_, _, key)| hash(key)));
            for (i, &a) in nodes.iter().enumerate() {
                for &b in &nodes[i + 1..] {
                    *self.co_mentions.entry((a, b)).or_default() += 1;
                }
            }
        }
    }
}

/// What tells a tenure from others.
fn office(finding: &Finding) -> (&str, &str, &str) {
    (&finding.office.organization, &finding.office.post, &finding.key)
}

fn tenure_key(finding: &Finding) -> TenureKey {
    let Office { organization, post, .. } = &finding.office;
    TenureKey { organization: organization.clone(), post: post.clone(), key: finding.key.clone() }
}

impl Seen {
    /// Counts namings of one page, which come in the order of their articles.
    fn on_page<'n, 'p: 'n>(namings: impl Iterator<Item = &'n Naming<'p>>, date: Option<&Date>) -> Seen {
        let (mut mentions, mut articles, mut last) = (0, 0, None);
        for (_, article) in namings {
            mentions += 1;
            articles += u64::from(last != Some(*article));
            last = Some(*article);
        }
        if mentions == 0 {
            return Seen::default();
        }
        Seen { mentions, articles, pages: 1, dates: date.map(|date| (date.clone(), date.clone())) }
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
    /// Counts namings of one key in one office on one page, which come in the order of their articles.
    fn on_page(namings: &[Naming<'_>], date: Option<&Date>) -> Tenure {
        let held = |(f, _): &&Naming<'_>| !f.former && !matches!(f.event, Event::Removed | Event::Resigned);
        let facts = namings.iter().map(|(f, _)| &f.office).max().map(|office| Facts {
            post: office.is_post(),
            whole: office.whole,
            division: office.division,
            level: office.level,
            level_basis: office.level_basis,
            system: office.system,
            base_post: office.base_post.clone(),
        });
        Tenure {
            seen: Seen::on_page(namings.iter(), date),
            held: Seen::on_page(namings.iter().filter(held), date),
            facts: facts.unwrap_or_default(),
        }
    }

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

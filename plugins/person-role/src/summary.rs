//! What is known after any number of pages: who was named how often, in which office, with whom.
//!
//! Everything is a count, a least and greatest date, or a set, so that summaries merge in any order. Texts are known by number
//! (see `texts`); the order of numbers is chance, and nothing depends on it. Who is whom is worked out at the end, in `people`.

use std::cmp::Ordering;

use banmian_core::{Page, Summary};
use serde::{Deserialize, Serialize};

use crate::finding::{Event, Finding, Kind};
use crate::keys::{self, Reason, article_of};
use crate::office::{Level, LevelBasis, System};
use crate::ordered::Ordered;
use crate::tally::{Count, Tally};
use crate::texts::Texts;

/// Counts by person key; bylines are left to the evidence.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(into = "Ordered", try_from = "Ordered")]
pub struct PersonRoleSummary {
    /// Pages read, with and without findings.
    pub(crate) pages: u64,
    /// Articles that name more persons than the limit for co-mentions.
    pub(crate) crowded_articles: u64,
    /// Person keys, organizations, posts, dates of issue, names of pages.
    pub(crate) texts: Texts,
    /// How often each key was named.
    pub(crate) keys: Tally<u32, Seen>,
    /// Offices of each key.
    pub(crate) tenures: Tally<TenureKey, Tenure>,
    /// Keys that pages show to be one person.
    pub(crate) joins: Tally<JoinKey, Told>,
    /// Appointments, elections, removals and resignations.
    pub(crate) events: Tally<EventKey, Seen>,
    /// Articles that name two persons, by key.
    pub(crate) co_mentions: Tally<Pair, u64>,
}

/// A key in an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct TenureKey {
    /// The organization in one spelling, or empty.
    pub(crate) organization: u32,
    /// The post with the modifiers that make it an office of its own: 副主席.
    pub(crate) post: u32,
    /// The person key.
    pub(crate) key: u32,
}

/// An event of a key in an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct EventKey {
    /// Date of the issue, or empty.
    pub(crate) date: u32,
    /// What happened.
    pub(crate) event: Event,
    /// The key in the office.
    pub(crate) tenure: TenureKey,
}

/// Two keys that pages show to be one person, and why: the lesser text first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct JoinKey {
    pub(crate) lesser: u32,
    pub(crate) greater: u32,
    pub(crate) reason: Reason,
}

/// Two keys, the lesser number first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Pair(pub(crate) u32, pub(crate) u32);

/// How often and when something was seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seen {
    /// Times named.
    pub(crate) mentions: u64,
    /// Articles; unattached text of a page counts as one.
    pub(crate) articles: u64,
    /// Pages.
    pub(crate) pages: u64,
    /// Least and greatest known date of issue.
    pub(crate) dates: Option<(u32, u32)>,
}

/// A key seen in an office.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tenure {
    /// All namings with the office.
    pub(crate) seen: Seen,
    /// Those that say it is held: not 原, 前, 免去, 辞去.
    pub(crate) held: Seen,
    /// What the office is; where pages tell more and less, the most that one of them tells.
    pub(crate) facts: Facts,
}

/// What is told of an office beside its name. The greatest of several is kept, so that merging has no order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Facts {
    /// People hold it one after the other.
    pub(crate) post: bool,
    /// The organization is known in full.
    pub(crate) whole: bool,
    /// GB/T 2260 code, or 0.
    pub(crate) division: u32,
    /// Level of the territory.
    pub(crate) level: Option<Level>,
    /// What the level rests on.
    pub(crate) level_basis: LevelBasis,
    /// Part of public life.
    pub(crate) system: Option<System>,
    /// The post without modifiers.
    pub(crate) base_post: u32,
}

/// Where a join is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Told {
    /// The least name of a page that tells it.
    pub(crate) page: u32,
    /// Pages that tell it.
    pub(crate) pages: u64,
}

/// A finding that counts, the article it stands in, and what it names.
struct Naming<'p> {
    finding: &'p Finding,
    article: Option<u32>,
    tenure: TenureKey,
}

impl PersonRoleSummary {
    /// Adds one page; an article that names more than `limit` persons tells no co-mentions.
    pub(crate) fn absorb(&mut self, page: &Page, findings: &[Finding], limit: usize) {
        self.pages += 1;
        let counted = || findings.iter().filter(|f| f.kind != Kind::Byline);
        for (lesser, greater, reason) in keys::joins(page, counted()) {
            let key = JoinKey { lesser: self.texts.add(lesser), greater: self.texts.add(greater), reason };
            let told = Told { page: self.texts.add(&page.id), pages: 1 };
            self.joins.add(key, told, self.texts.order());
        }
        let date = Some(&*page.issue.date).filter(|date| !date.is_empty()).map(|date| self.texts.add(date));
        let naming = |finding| self.naming(page, finding);
        let mut namings: Vec<Naming<'_>> = counted().map(naming).collect();
        namings.sort_unstable_by_key(|n| (n.tenure.key, n.article));
        for of_key in namings.chunk_by(|a, b| a.tenure.key == b.tenure.key) {
            self.keys.add(of_key[0].tenure.key, Seen::on_page(of_key.iter(), date), self.texts.order());
        }
        self.add_co_mentions(&namings, limit);
        namings.retain(|n| n.finding.kind != Kind::Honorific && n.finding.role != "同志");
        namings.sort_unstable_by_key(|n| (n.tenure, n.article));
        for of_tenure in namings.chunk_by(|a, b| a.tenure == b.tenure) {
            let tenure = Tenure::on_page(of_tenure, date, &mut self.texts);
            self.tenures.add(of_tenure[0].tenure, tenure, self.texts.order());
        }
        namings.retain(|n| n.finding.event != Event::Held);
        namings.sort_by_key(|n| n.finding.event);
        for of_event in namings.chunk_by(|a, b| (a.finding.event, a.tenure) == (b.finding.event, b.tenure)) {
            let Naming { finding, tenure, .. } = of_event[0];
            let key = EventKey { date: self.texts.add(&page.issue.date), event: finding.event, tenure };
            self.events.add(key, Seen::on_page(of_event.iter(), date), self.texts.order());
        }
    }

    fn naming<'p>(&mut self, page: &Page, finding: &'p Finding) -> Naming<'p> {
        let tenure = TenureKey {
            organization: self.texts.add(&finding.office.organization),
            post: self.texts.add(&finding.office.post),
            key: self.texts.add(&finding.key),
        };
        Naming { finding, article: article_of(page, finding.range), tenure }
    }

    /// Counts who is named with whom. Namings come with those of one key and article together.
    fn add_co_mentions(&mut self, namings: &[Naming<'_>], limit: usize) {
        let in_articles = namings.iter().filter_map(|n| Some((n.article?, n.finding.name(), n.tenure.key)));
        let mut named: Vec<(u32, &str, u32)> = in_articles.collect();
        named.dedup();
        let key = |number| self.texts.get(number);
        named.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| key(a.2).cmp(key(b.2))));
        // One name in one article is one person: of its keys the least stands for it.
        named.dedup_by(|next, kept| (next.0, next.1) == (kept.0, kept.1));
        for of_article in named.chunk_by(|a, b| a.0 == b.0) {
            if of_article.len() > limit {
                self.crowded_articles += 1;
                continue;
            }
            for (i, &(.., a)) in of_article.iter().enumerate() {
                for &(.., b) in &of_article[i + 1..] {
                    self.co_mentions.add(Pair(a.min(b), a.max(b)), 1, self.texts.order());
                }
            }
        }
    }
}

impl Seen {
    /// Counts namings of one page, which come in the order of their articles.
    fn on_page<'n, 'p: 'n>(namings: impl Iterator<Item = &'n Naming<'p>>, date: Option<u32>) -> Seen {
        let (mut mentions, mut articles, mut last) = (0, 0, None);
        for Naming { article, .. } in namings {
            mentions += 1;
            articles += u64::from(last != Some(*article));
            last = Some(*article);
        }
        if mentions == 0 {
            return Seen::default();
        }
        Seen { mentions, articles, pages: 1, dates: date.map(|date| (date, date)) }
    }
}

impl Count for Seen {
    fn merge(&mut self, other: Seen, before: impl Fn(u32, u32) -> bool + Copy) {
        self.mentions += other.mentions;
        self.articles += other.articles;
        self.pages += other.pages;
        self.dates = match (self.dates, other.dates) {
            (Some((first, last)), Some((other_first, other_last))) => Some((
                if before(other_first, first) { other_first } else { first },
                if before(last, other_last) { other_last } else { last },
            )),
            (a, b) => a.or(b),
        };
    }
}

impl Tenure {
    /// Counts namings of one key in one office on one page, which come in the order of their articles.
    fn on_page(namings: &[Naming<'_>], date: Option<u32>, texts: &mut Texts) -> Tenure {
        let held = |n: &&Naming<'_>| !n.finding.former && !matches!(n.finding.event, Event::Removed | Event::Resigned);
        let most = namings.iter().map(|n| n.finding).max_by(|a, b| (&a.office, a.common).cmp(&(&b.office, b.common)));
        let facts = most.map(|Finding { office, .. }| Facts {
            post: most.is_some_and(Finding::is_post),
            whole: office.whole,
            division: office.division,
            level: office.level,
            level_basis: office.level_basis,
            system: office.system,
            base_post: texts.add(&office.base_post),
        });
        Tenure {
            seen: Seen::on_page(namings.iter(), date),
            held: Seen::on_page(namings.iter().filter(held), date),
            facts: facts.unwrap_or_default(),
        }
    }
}

impl Count for Tenure {
    fn merge(&mut self, other: Tenure, before: impl Fn(u32, u32) -> bool + Copy) {
        self.seen.merge(other.seen, before);
        self.held.merge(other.held, before);
        let (own, others) = (self.facts.base_post, other.facts.base_post);
        let of_post = |facts: Facts, base_post| Facts { base_post, ..facts };
        let greater = match of_post(other.facts, 0).cmp(&of_post(self.facts, 0)) {
            Ordering::Equal => before(own, others),
            order => order.is_gt(),
        };
        if greater {
            self.facts = other.facts;
        }
    }
}

impl Count for Told {
    fn merge(&mut self, other: Told, before: impl Fn(u32, u32) -> bool + Copy) {
        if before(other.page, self.page) {
            self.page = other.page;
        }
        self.pages += other.pages;
    }
}

impl Summary for PersonRoleSummary {
    fn merge(&mut self, other: Self) {
        if self.pages == 0 {
            *self = other;
            return;
        }
        self.pages += other.pages;
        self.crowded_articles += other.crowded_articles;
        let numbers = self.texts.merge(&other.texts);
        let before = self.texts.order();
        other.keys.renumbered(&numbers).for_each(|(key, seen)| self.keys.add(key, seen, before));
        other.tenures.renumbered(&numbers).for_each(|(key, tenure)| self.tenures.add(key, tenure, before));
        other.joins.renumbered(&numbers).for_each(|(key, told)| self.joins.add(key, told, before));
        other.events.renumbered(&numbers).for_each(|(key, seen)| self.events.add(key, seen, before));
        other.co_mentions.renumbered(&numbers).for_each(|(pair, n)| self.co_mentions.add(pair, n, before));
    }
}

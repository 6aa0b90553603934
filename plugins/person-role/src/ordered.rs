//! A summary in order: its texts numbered by their order, and all counts in the order of their keys. So it is written down and
//! compared, and so the tables are made of it.

use serde::{Deserialize, Serialize};

use crate::summary::{EventKey, Facts, JoinKey, Pair, PersonRoleSummary, Seen, Tenure, TenureKey, Told};
use crate::tally::{Count, Numbered, Tally, settled};
use crate::texts::{TextList, Texts};

/// What a [`PersonRoleSummary`] holds, in order.
#[derive(PartialEq, Serialize, Deserialize)]
pub(crate) struct Ordered {
    pages: u64,
    crowded_articles: u64,
    pub(crate) texts: TextList,
    pub(crate) keys: Vec<(u32, Seen)>,
    pub(crate) tenures: Vec<(TenureKey, Tenure)>,
    pub(crate) joins: Vec<(JoinKey, Told)>,
    pub(crate) events: Vec<(EventKey, Seen)>,
    pub(crate) co_mentions: Vec<(Pair, u64)>,
}

impl From<&PersonRoleSummary> for Ordered {
    fn from(summary: &PersonRoleSummary) -> Ordered {
        let (texts, ranks) = summary.texts.in_order();
        Ordered {
            pages: summary.pages,
            crowded_articles: summary.crowded_articles,
            texts,
            keys: sorted(&summary.keys, &ranks),
            tenures: sorted(&summary.tenures, &ranks),
            joins: sorted(&summary.joins, &ranks),
            events: sorted(&summary.events, &ranks),
            co_mentions: sorted(&summary.co_mentions, &ranks),
        }
    }
}

impl From<PersonRoleSummary> for Ordered {
    fn from(summary: PersonRoleSummary) -> Ordered {
        Ordered::from(&summary)
    }
}

fn sorted<K: Numbered + Ord + Copy, V: Numbered + Count>(tally: &Tally<K, V>, ranks: &[u32]) -> Vec<(K, V)> {
    settled(tally.renumbered(ranks).collect(), by_number)
}

/// The order of texts that are numbered in order.
pub(crate) fn by_number(a: u32, b: u32) -> bool {
    a < b
}

impl TryFrom<Ordered> for PersonRoleSummary {
    type Error = &'static str;

    fn try_from(mut ordered: Ordered) -> Result<PersonRoleSummary, &'static str> {
        let mut texts = Texts::default();
        ordered.texts.iter().for_each(|text| _ = texts.add(text));
        let mut valid = texts.len() == ordered.texts.len();
        let mut see = |number: &mut u32| valid &= (*number as usize) < texts.len();
        ordered.keys.iter_mut().for_each(|entry| entry.each_number(&mut see));
        ordered.tenures.iter_mut().for_each(|entry| entry.each_number(&mut see));
        ordered.joins.iter_mut().for_each(|entry| entry.each_number(&mut see));
        ordered.events.iter_mut().for_each(|entry| entry.each_number(&mut see));
        ordered.co_mentions.iter_mut().for_each(|entry| entry.each_number(&mut see));
        if !valid {
            return Err("a text is listed twice, or a count is of one that is not listed");
        }
        Ok(PersonRoleSummary {
            pages: ordered.pages,
            crowded_articles: ordered.crowded_articles,
            keys: tally(ordered.keys, &texts),
            tenures: tally(ordered.tenures, &texts),
            joins: tally(ordered.joins, &texts),
            events: tally(ordered.events, &texts),
            co_mentions: tally(ordered.co_mentions, &texts),
            texts,
        })
    }
}

fn tally<K: Ord + Copy, V: Count>(entries: Vec<(K, V)>, texts: &Texts) -> Tally<K, V> {
    let mut tally = Tally::default();
    entries.into_iter().for_each(|(key, value)| tally.add(key, value, texts.order()));
    tally
}

/// Equal if the same was counted, in whatever order it came.
impl PartialEq for PersonRoleSummary {
    fn eq(&self, other: &Self) -> bool {
        Ordered::from(self) == Ordered::from(other)
    }
}

impl Numbered for TenureKey {
    fn each_number(&mut self, see: &mut impl FnMut(&mut u32)) {
        [&mut self.organization, &mut self.post, &mut self.key].into_iter().for_each(see);
    }
}

impl Numbered for EventKey {
    fn each_number(&mut self, see: &mut impl FnMut(&mut u32)) {
        see(&mut self.date);
        self.tenure.each_number(see);
    }
}

impl Numbered for JoinKey {
    fn each_number(&mut self, see: &mut impl FnMut(&mut u32)) {
        [&mut self.lesser, &mut self.greater].into_iter().for_each(see);
    }
}

impl Numbered for Pair {
    fn each_number(&mut self, see: &mut impl FnMut(&mut u32)) {
        see(&mut self.0);
        see(&mut self.1);
        *self = Pair(self.0.min(self.1), self.0.max(self.1));
    }
}

impl Numbered for Seen {
    fn each_number(&mut self, see: &mut impl FnMut(&mut u32)) {
        if let Some((first, last)) = &mut self.dates {
            see(first);
            see(last);
        }
    }
}

impl Numbered for Tenure {
    fn each_number(&mut self, see: &mut impl FnMut(&mut u32)) {
        self.seen.each_number(see);
        self.held.each_number(see);
        self.facts.each_number(see);
    }
}

impl Numbered for Facts {
    fn each_number(&mut self, see: &mut impl FnMut(&mut u32)) {
        see(&mut self.base_post);
    }
}

impl Numbered for Told {
    fn each_number(&mut self, see: &mut impl FnMut(&mut u32)) {
        see(&mut self.page);
    }
}

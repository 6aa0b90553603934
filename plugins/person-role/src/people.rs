//! Who is whom: keys that pages join become one person, whose id is the least of its keys.

use std::collections::BTreeMap;

use crate::keys::Reason;
use crate::lexicons::Lexicons;
use crate::summary::{PersonRoleSummary, hash};

/// The persons of a corpus.
pub(crate) struct People<'s> {
    /// By key: the person, and by what the key was joined to it.
    of_key: BTreeMap<&'s str, Belonging<'s>>,
    by_hash: BTreeMap<u64, &'s str>,
}

/// Where a key belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Belonging<'s> {
    /// The least key of the group.
    pub(crate) id: &'s str,
    /// The key it was joined to, why, and the page that tells so (empty if several do together); none for the least key.
    pub(crate) join: Option<Join<'s>>,
}

/// One join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Join<'s> {
    pub(crate) to: &'s str,
    pub(crate) reason: Reason,
    pub(crate) page: &'s str,
    pub(crate) pages: u64,
}

type Edges<'s> = BTreeMap<&'s str, Vec<Join<'s>>>;

impl<'s> People<'s> {
    /// Joins the keys of a summary.
    pub(crate) fn of(summary: &'s PersonRoleSummary, lexicons: &Lexicons) -> People<'s> {
        let mut edges: Edges<'s> = BTreeMap::new();
        let mut join = |a: &'s str, b: &'s str, reason, page: &'s str, pages| {
            edges.entry(a).or_default().push(Join { to: b, reason, page, pages });
            edges.entry(b).or_default().push(Join { to: a, reason, page, pages });
        };
        for ((a, b, reason), told) in &summary.joins {
            join(a, b, *reason, &told.page, told.pages);
        }
        for (a, b) in one_office(summary, lexicons) {
            join(a, b, Reason::SameOffice, "", 0);
        }
        let mut of_key: BTreeMap<&'s str, Belonging<'s>> = BTreeMap::new();
        for key in summary.keys.keys() {
            // Keys come in order: the first of a group that is met is its least.
            if of_key.contains_key(key.as_str()) {
                continue;
            }
            let mut waiting = vec![(key.as_str(), None)];
            while let Some((next, join)) = waiting.pop() {
                if of_key.contains_key(next) {
                    continue;
                }
                of_key.insert(next, Belonging { id: key, join });
                let from_here = edges.get(next).into_iter().flatten().rev();
                waiting.extend(from_here.map(|edge| (edge.to, Some(Join { to: next, ..*edge }))));
            }
        }
        let by_hash = summary.keys.keys().map(|key| (hash(key), key.as_str())).collect();
        People { of_key, by_hash }
    }

    /// The person of a key.
    pub(crate) fn id(&self, key: &'s str) -> &'s str {
        self.of_key.get(key).map_or(key, |b| b.id)
    }

    /// The person of a key that is known by its hash.
    pub(crate) fn id_of_hash(&self, hash: u64) -> Option<&'s str> {
        self.by_hash.get(&hash).map(|key| self.id(key))
    }

    /// All keys in order, with where they belong.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (&'s str, Belonging<'s>)> + '_ {
        self.of_key.iter().map(|(key, belonging)| (*key, *belonging))
    }
}

/// Keys of one name in one post of one body of one division, however the body is written: 嘉峪关市政协 and
/// 甘肃省嘉峪关市政协.
fn one_office<'s>(summary: &'s PersonRoleSummary, lexicons: &Lexicons) -> Vec<(&'s str, &'s str)> {
    let mut first: BTreeMap<(&str, u32, String, &str), &'s str> = BTreeMap::new();
    let mut joins = Vec::new();
    for (tenure, told) in summary.tenures.iter().filter(|(_, t)| t.facts.whole && t.facts.division != 0) {
        let place = lexicons.divisions.start_of(&tenure.organization, crate::divisions::Origin::default());
        let rest: String = tenure.organization.chars().skip(place.map_or(0, |p| p.len)).collect();
        let office = (name_of(&tenure.key), told.facts.division, rest, tenure.post.as_str());
        let known = *first.entry(office).or_insert(&tenure.key);
        if known != tenure.key {
            joins.push((known.min(&tenure.key), known.max(&tenure.key)));
        }
    }
    joins
}

/// The name in a key.
pub(crate) fn name_of(key: &str) -> &str {
    key.split_once('@').map_or(key, |(name, _)| name)
}

//! Who is whom: keys that pages join become one person, whose id is the least of its keys.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::characters::is_han;
use crate::keys::Reason;
use crate::lexicons::Lexicons;
use crate::summary::{PersonRoleSummary, TenureKey, hash};

/// The persons of a corpus. They are known by number, in the order of their ids.
pub(crate) struct People<'s> {
    /// The id of each person: the least of its keys.
    ids: Vec<&'s str>,
    of_key: FxHashMap<&'s str, usize>,
    of_hash: FxHashMap<u64, u32>,
    /// All keys, in order.
    keys: Vec<Belonging<'s>>,
}

/// A key, and where it belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Belonging<'s> {
    pub(crate) key: &'s str,
    /// Number of the person.
    pub(crate) person: u32,
    /// The key it was joined to and why; none for the least key of the person.
    pub(crate) join: Option<Join<'s>>,
}

/// One join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Join<'s> {
    pub(crate) to: &'s str,
    pub(crate) reason: Reason,
    /// The least name of a page that shows it; empty if several pages do together.
    pub(crate) page: &'s str,
    pub(crate) pages: u64,
}

type Edges<'s> = FxHashMap<&'s str, Vec<Join<'s>>>;

/// No person yet.
const NOBODY: u32 = u32::MAX;

impl<'s> People<'s> {
    /// Joins the keys of a summary.
    pub(crate) fn of(summary: &'s PersonRoleSummary, lexicons: &Lexicons) -> People<'s> {
        let mut edges: Edges<'s> = FxHashMap::default();
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
        for (a, b) in one_place(summary) {
            join(a, b, Reason::SamePlace, "", 0);
        }
        let keys = summary.keys.keys().map(|key| Belonging { key, person: NOBODY, join: None }).collect::<Vec<_>>();
        let of_key = keys.iter().enumerate().map(|(at, b)| (b.key, at)).collect();
        let mut people = People { ids: Vec::new(), of_key, of_hash: FxHashMap::default(), keys };
        for at in 0..people.keys.len() {
            // Keys come in order: the first of a group that is met is its least, and ids come in order, too.
            if people.keys[at].person == NOBODY {
                people.gather(at, &edges);
            }
        }
        people.of_hash = people.keys.iter().map(|b| (hash(b.key), b.person)).collect();
        people
    }

    /// Makes a person of a key and of all that are joined to it.
    fn gather(&mut self, at: usize, edges: &Edges<'s>) {
        let person = u32::try_from(self.ids.len()).expect("fewer persons than 4 billion");
        self.ids.push(self.keys[at].key);
        let mut waiting = vec![(at, None)];
        while let Some((next, join)) = waiting.pop() {
            let belonging = &mut self.keys[next];
            if belonging.person != NOBODY {
                continue;
            }
            (belonging.person, belonging.join) = (person, join);
            let from = belonging.key;
            for edge in edges.get(from).into_iter().flatten().rev() {
                if let Some(&to) = self.of_key.get(edge.to) {
                    waiting.push((to, Some(Join { to: from, ..*edge })));
                }
            }
        }
    }

    /// The id of a person.
    pub(crate) fn id(&self, person: u32) -> &'s str {
        self.ids[person as usize]
    }

    /// Number of persons.
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The person of a key of the summary.
    pub(crate) fn of_key(&self, key: &str) -> u32 {
        self.of_key.get(key).map(|&at| self.keys[at].person).expect("each key of a tenure or event was named")
    }

    /// The person of a key that is known by its hash.
    pub(crate) fn of_hash(&self, hash: u64) -> Option<u32> {
        self.of_hash.get(&hash).copied()
    }

    /// All keys in order, with where they belong.
    pub(crate) fn keys(&self) -> &[Belonging<'s>] {
        &self.keys
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

/// 副主席谢家驹 in an item of 洮阳, and 谢家驹 as 副主席 of 洮阳市政协: a key by place, and the one by body that has the name, the post and
/// the place. Two such bodies tell nothing.
fn one_place(summary: &PersonRoleSummary) -> Vec<(&str, &str)> {
    let is_place = |known: &&str| known.chars().all(is_han);
    let by_place = |key: &'_ TenureKey| key.key.split_once('@').map(|(_, known)| known).is_some_and(|k| is_place(&k));
    let open = summary.tenures.iter().filter(|(key, t)| t.facts.post && !t.facts.whole && by_place(key));
    let mut open: Vec<(&str, &str, &str, &str)> = open
        .filter_map(|(key, _)| Some((key.key.split_once('@')?, key)))
        .map(|((name, place), key)| (name, key.post.as_str(), place, key.key.as_str()))
        .collect();
    open.sort_unstable();
    let mut bodies: BTreeMap<&str, (&str, Option<&str>)> = BTreeMap::new();
    for (key, _) in summary.tenures.iter().filter(|(_, t)| t.facts.post && t.facts.whole) {
        let (name, post) = (name_of(&key.key), key.post.as_str());
        let first = open.partition_point(|&(n, p, ..)| (n, p) < (name, post));
        let same = open[first..].iter().take_while(|&&(n, p, ..)| (n, p) == (name, post));
        for (.., by_place) in same.filter(|(_, _, place, _)| key.organization.starts_with(place)) {
            let found = bodies.entry(by_place).or_insert((&key.organization, Some(&key.key)));
            if found.0 != key.organization {
                found.1 = None;
            }
        }
    }
    let joined = bodies.into_iter().filter_map(|(by_place, (_, by_body))| Some((by_place, by_body?)));
    joined.map(|(a, b)| (a.min(b), a.max(b))).collect()
}

/// The name in a key.
pub(crate) fn name_of(key: &str) -> &str {
    key.split_once('@').map_or(key, |(name, _)| name)
}

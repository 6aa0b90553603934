//! Who is whom: keys that pages join become one person, whose id is the least of its keys.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::characters::is_han;
use crate::divisions::Origin;
use crate::keys::Reason;
use crate::lexicons::Lexicons;
use crate::ordered::Ordered;
use crate::summary::Seen;
use crate::texts::TextList;

/// The persons of a corpus. They are known by number, in the order of their ids.
pub(crate) struct People<'s> {
    texts: &'s TextList,
    /// The id of each person: the least of its keys.
    ids: Vec<u32>,
    /// All keys, in order.
    keys: Vec<Belonging<'s>>,
    /// Where a key stands among them, by the number of its text; [`NONE`] of other texts.
    places: Vec<u32>,
}

/// A key, and where it belongs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Belonging<'s> {
    pub(crate) key: &'s str,
    pub(crate) seen: &'s Seen,
    /// Number of the person.
    pub(crate) person: u32,
    /// The key it was joined to and why; none for the least key of the person.
    pub(crate) join: Option<Join<'s>>,
    number: u32,
}

/// One join.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Join<'s> {
    to: u32,
    pub(crate) reason: Reason,
    /// The least name of a page that shows it; empty if several pages do together.
    pub(crate) page: &'s str,
    pub(crate) pages: u64,
}

/// No place, and no person yet.
const NONE: u32 = u32::MAX;

impl<'s> People<'s> {
    /// Joins the keys of a summary.
    pub(crate) fn of(summary: &'s Ordered, lexicons: &Lexicons) -> People<'s> {
        let texts = &summary.texts;
        let mut edges: FxHashMap<u32, Vec<Join<'s>>> = FxHashMap::default();
        let mut join = |a: u32, b: u32, reason, page: &'s str, pages| {
            edges.entry(a).or_default().push(Join { to: b, reason, page, pages });
            edges.entry(b).or_default().push(Join { to: a, reason, page, pages });
        };
        for (key, told) in &summary.joins {
            join(key.lesser, key.greater, key.reason, texts.get(told.page), told.pages);
        }
        for (a, b) in one_office(summary, lexicons) {
            join(a, b, Reason::SameOffice, "", 0);
        }
        for (a, b) in one_place(summary) {
            join(a, b, Reason::SamePlace, "", 0);
        }
        let belonging =
            |&(number, ref seen)| Belonging { key: texts.get(number), seen, person: NONE, join: None, number };
        let keys: Vec<Belonging<'s>> = summary.keys.iter().map(belonging).collect();
        let mut places = vec![NONE; texts.len()];
        keys.iter().zip(0..).for_each(|(belonging, at)| places[belonging.number as usize] = at);
        let mut people = People { texts, ids: Vec::new(), keys, places };
        for at in 0..people.keys.len() {
            // Keys come in order: the first of a group that is met is its least, and ids come in order, too.
            if people.keys[at].person == NONE {
                people.gather(at, &edges);
            }
        }
        people
    }

    /// Makes a person of a key and of all that are joined to it.
    fn gather(&mut self, at: usize, edges: &FxHashMap<u32, Vec<Join<'s>>>) {
        let person = u32::try_from(self.ids.len()).expect("fewer persons than 4 billion");
        self.ids.push(self.keys[at].number);
        let mut waiting = vec![(at, None)];
        while let Some((next, join)) = waiting.pop() {
            let belonging = &mut self.keys[next];
            if belonging.person != NONE {
                continue;
            }
            (belonging.person, belonging.join) = (person, join);
            let from = belonging.number;
            for edge in edges.get(&from).into_iter().flatten().rev() {
                let to = self.places[edge.to as usize];
                if to != NONE {
                    waiting.push((to as usize, Some(Join { to: from, ..*edge })));
                }
            }
        }
    }

    /// The id of a person.
    pub(crate) fn id(&self, person: u32) -> &'s str {
        self.texts.get(self.ids[person as usize])
    }

    /// Number of persons.
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The person of a key of the summary.
    pub(crate) fn of_key(&self, key: u32) -> u32 {
        // Each key of a tenure, event or pair was named.
        self.keys[self.places[key as usize] as usize].person
    }

    /// All keys in order, with where they belong.
    pub(crate) fn keys(&self) -> &[Belonging<'s>] {
        &self.keys
    }

    /// A text of the summary.
    pub(crate) fn text(&self, number: u32) -> &'s str {
        self.texts.get(number)
    }

    /// The key to which another was joined.
    pub(crate) fn joined_to(&self, join: &Join<'s>) -> &'s str {
        self.texts.get(join.to)
    }

    /// First and last date, or empty texts.
    pub(crate) fn dates(&self, seen: &Seen) -> (&'s str, &'s str) {
        seen.dates.map_or(("", ""), |(first, last)| (self.text(first), self.text(last)))
    }
}

/// Keys of one name in one post of one body of one division, however the body is written: 嘉峪关市政协 and
/// 甘肃省嘉峪关市政协. The lesser first.
fn one_office(summary: &Ordered, lexicons: &Lexicons) -> Vec<(u32, u32)> {
    let texts = &summary.texts;
    let mut first: FxHashMap<(&str, u32, &str, u32), u32> = FxHashMap::default();
    let mut joins = Vec::new();
    let placed = summary.tenures.iter().filter(|(_, t)| t.facts.whole && t.facts.division != 0);
    let mut body = (NONE, "");
    for (tenure, told) in placed {
        if body.0 != tenure.organization {
            let name = texts.get(tenure.organization);
            let place = lexicons.divisions.start_of(name, Origin::default()).map_or(0, |place| place.len);
            let end = name.char_indices().nth(place).map_or(name.len(), |(end, _)| end);
            body = (tenure.organization, &name[end..]);
        }
        let office = (name_of(texts.get(tenure.key)), told.facts.division, body.1, tenure.post);
        let known = *first.entry(office).or_insert(tenure.key);
        if known != tenure.key {
            joins.push((known.min(tenure.key), known.max(tenure.key)));
        }
    }
    joins
}

/// 副主席谢家驹 in an item of 洮阳, and 谢家驹 as 副主席 of 洮阳市政协: a key by place, and the one by body that has the name, the post and
/// the place. Two such bodies tell nothing. The lesser first.
fn one_place(summary: &Ordered) -> Vec<(u32, u32)> {
    let texts = &summary.texts;
    let mut open: FxHashMap<(&str, u32), Vec<(&str, u32)>> = FxHashMap::default();
    for (tenure, _) in summary.tenures.iter().filter(|(_, t)| t.facts.post && !t.facts.whole) {
        if let Some((name, place)) =
            texts.get(tenure.key).split_once('@').filter(|(_, known)| known.chars().all(is_han))
        {
            open.entry((name, tenure.post)).or_default().push((place, tenure.key));
        }
    }
    // Of each key by place the body, and the key by it, if there is but one.
    let mut bodies: BTreeMap<u32, (u32, Option<u32>)> = BTreeMap::new();
    for (tenure, _) in summary.tenures.iter().filter(|(_, t)| t.facts.post && t.facts.whole) {
        let same = open.get(&(name_of(texts.get(tenure.key)), tenure.post)).into_iter().flatten();
        for (_, by_place) in same.filter(|(place, _)| texts.get(tenure.organization).starts_with(place)) {
            let found = bodies.entry(*by_place).or_insert((tenure.organization, Some(tenure.key)));
            if found.0 != tenure.organization {
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

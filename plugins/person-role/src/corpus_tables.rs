//! The tables of the whole corpus, made from the summary at the end.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use banmian_core::TableSink;

use crate::office::{Level, System};
use crate::ordered::{Ordered, by_number};
use crate::people::{Belonging, People, name_of};
use crate::summary::{Facts, Pair, Seen, Tenure, TenureKey};
use crate::tables::some_code;
use crate::tally::Count;

banmian_core::table! {
    /// Person keys and the persons they belong to. Keys are joined only for a reason that the pages show.
    pub struct Person<'s> as "people" {
        /// The person: the least of its keys in the order of characters.
        person_id: &'s str,
        /// A key of the person, as in `mentions`.
        person_key: &'s str,
        /// The name as printed.
        person: &'s str,
        /// The key to which this one was joined; empty for the least.
        joined_to: &'s str,
        /// Why: `explicit mention` (one naming gives both offices), `succession` (one article says that the one was left and the
        /// other taken up), `same office` (one post of one article, named with and without its body, or with two spellings of it), `same post and place` (items
        /// of one place name the post, some without its body, and only one body of the place has the name in it).
        reason: &'s str,
        /// The least name of a page that shows it; empty where pages are compared.
        shown_on: &'s str,
        /// Pages that show it.
        shown_times: u64,
        /// Times named with this key, bylines left out.
        mentions: u64,
        /// Articles; unattached text of a page counts as one.
        articles: u64,
        /// Pages.
        pages: u64,
        /// First known date of issue, as YYYY-MM-DD, or empty.
        first_date: &'s str,
        /// Last known date of issue, or empty.
        last_date: &'s str,
    }
}

banmian_core::table! {
    /// A person seen in an office. Dates are those of the pages, not those of the term.
    pub struct TenureRow<'s> as "tenures" {
        /// The person, see `people`.
        person_id: &'s str,
        /// The name as printed.
        person: &'s str,
        /// The organization put back, in one spelling; as printed where nothing is put back; empty where none is known.
        organization: &'s str,
        /// The post: the role without 原, 代 and the like, but with 副 and 常务.
        post: &'s str,
        /// The post without modifiers.
        base_post: &'s str,
        /// As in `mentions`.
        system: &'static str,
        /// As in `mentions`.
        level: &'static str,
        /// As in `mentions`.
        division: String,
        /// First date on which a page names the person as holding it, or empty.
        first_date: &'s str,
        /// Last such date, or empty.
        last_date: &'s str,
        /// Times named as holding it.
        mentions: u64,
        /// Articles that do.
        articles: u64,
        /// Pages that do.
        pages: u64,
        /// Times named as no longer holding it: 原, 前, 免去, 辞去. These do not count for the dates.
        former_mentions: u64,
    }
}

banmian_core::table! {
    /// Who was seen when in an office whose body is known in full: one row a person, in the order of the first date. Common nouns (村民, 学生)
    /// are no offices here.
    pub struct OfficeRow<'s> as "offices" {
        /// The organization put back, in one spelling.
        organization: &'s str,
        /// The post.
        post: &'s str,
        /// As in `mentions`.
        system: &'static str,
        /// As in `mentions`.
        level: &'static str,
        /// As in `mentions`.
        division: String,
        /// Number of the person in the order of first dates, from 1.
        number: u32,
        /// Persons seen in the office.
        persons: u32,
        /// The person, see `people`.
        person_id: &'s str,
        /// First date seen in it.
        first_date: &'s str,
        /// Last date seen in it.
        last_date: &'s str,
        /// Days from the last date on which anyone before was seen in it to the first of this one; empty for the first person
        /// and where they overlap.
        gap_days: Option<u32>,
        /// Days, both ends counted, on which one before was still seen after this one's first date. Natural for posts held by several (副主席); for
        /// a head of a body a sign of two persons of one name, a misprint, or a reading error.
        overlap_days: Option<u32>,
    }
}

banmian_core::table! {
    /// An appointment, election, removal or resignation, by the date of the issue that tells it.
    pub struct EventRow<'s> as "events" {
        /// Date of the issue, not of the event; empty if not known.
        date: &'s str,
        /// `appointed`, `elected`, `removed` or `resigned`.
        event: &'static str,
        /// The person, see `people`.
        person_id: &'s str,
        /// The name as printed.
        person: &'s str,
        /// The organization put back, in one spelling, or empty.
        organization: &'s str,
        /// The post.
        post: &'s str,
        /// Times told in issues of that date.
        mentions: u64,
        /// Articles that tell it.
        articles: u64,
        /// Pages that tell it.
        pages: u64,
    }
}

banmian_core::table! {
    /// Two persons named with a role in one article. One name in one article counts as one person.
    pub struct CoMention<'s> as "co_mentions" {
        /// The one person, whose id is the lesser.
        person_a: &'s str,
        /// The other.
        person_b: &'s str,
        /// Articles that name both; those that name more persons than `co-mention-limit` are left out.
        articles: u64,
    }
}

/// Writes all tables of the summary.
pub(crate) fn write(summary: &Ordered, people: &People<'_>, out: &mut TableSink<'_>) {
    write_people(people, out);
    let tenures = tenures(summary, people);
    write_tenures(&tenures, people, out);
    write_offices(&tenures, people, out);
    write_events(summary, people, out);
    let mut pairs = co_mentions(summary, people);
    pairs.sort_by_key(|&(_, articles)| Reverse(articles));
    for ((a, b), articles) in pairs {
        out.row(CoMention { person_a: people.id(a), person_b: people.id(b), articles });
    }
}

fn write_people(people: &People<'_>, out: &mut TableSink<'_>) {
    let mut mentions = vec![0; people.len()];
    for belonging in people.keys() {
        mentions[belonging.person as usize] += belonging.seen.mentions;
    }
    let mut rows: Vec<_> = people.keys().iter().collect();
    rows.sort_by_key(|belonging| (Reverse(mentions[belonging.person as usize]), belonging.person));
    for Belonging { key, seen, person, join, .. } in rows {
        let (first_date, last_date) = people.dates(seen);
        out.row(Person {
            person_id: people.id(*person),
            person_key: key,
            person: name_of(key),
            joined_to: join.map_or("", |j| people.joined_to(&j)),
            reason: join.map_or("", |j| j.reason.name()),
            shown_on: join.map_or("", |j| j.page),
            shown_times: join.map_or(0, |j| j.pages),
            mentions: seen.mentions,
            articles: seen.articles,
            pages: seen.pages,
            first_date,
            last_date,
        });
    }
}

/// A person in an office, with what was seen of all keys of the person.
pub(crate) struct Holder<'s> {
    pub(crate) organization: &'s str,
    pub(crate) post: &'s str,
    pub(crate) person: u32,
    pub(crate) tenure: Tenure,
    /// Numbers of organization and post.
    office: (u32, u32),
}

/// The tenures of persons instead of keys, by organization, post and person.
pub(crate) fn tenures<'s>(summary: &Ordered, people: &People<'s>) -> Vec<Holder<'s>> {
    let holder = |(key, tenure): &(TenureKey, Tenure)| Holder {
        organization: people.text(key.organization),
        post: people.text(key.post),
        person: people.of_key(key.key),
        tenure: *tenure,
        office: (key.organization, key.post),
    };
    let mut holders: Vec<Holder<'s>> = summary.tenures.iter().map(holder).collect();
    holders.sort_by_key(|holder| (holder.office, holder.person));
    holders.dedup_by(|next, kept| {
        let same = (next.office, next.person) == (kept.office, kept.person);
        if same {
            kept.tenure.merge(next.tenure, by_number);
        }
        same
    });
    holders
}

/// What is told most of an office by any of its tenures.
pub(crate) fn most_told<'h>(holders: &'h [Holder<'_>]) -> Option<&'h Facts> {
    holders.iter().map(|holder| &holder.tenure.facts).max()
}

fn write_tenures(holders: &[Holder<'_>], people: &People<'_>, out: &mut TableSink<'_>) {
    let mut rows: Vec<_> = holders.iter().collect();
    rows.sort_by_key(|holder| Reverse(holder.tenure.seen.mentions));
    for Holder { organization, post, person, tenure, .. } in rows {
        let Facts { system, level, division, base_post, .. } = &tenure.facts;
        let (first_date, last_date) = people.dates(&tenure.held);
        let id = people.id(*person);
        out.row(TenureRow {
            person_id: id,
            person: name_of(id),
            organization,
            post,
            base_post: people.text(*base_post),
            system: system.map_or("", System::name),
            level: level.map_or("", Level::name),
            division: some_code(*division),
            first_date,
            last_date,
            mentions: tenure.held.mentions,
            articles: tenure.held.articles,
            pages: tenure.held.pages,
            former_mentions: tenure.seen.mentions - tenure.held.mentions,
        });
    }
}

fn write_offices(holders: &[Holder<'_>], people: &People<'_>, out: &mut TableSink<'_>) {
    for office in holders.chunk_by(|a, b| a.office == b.office) {
        let Some(facts) = most_told(office).filter(|f| f.post && f.whole) else { continue };
        let Holder { organization, post, .. } = office[0];
        let dated = office.iter().filter_map(|h| Some((h.tenure.held.dates?, h.person)));
        let mut holders: Vec<_> = dated.collect();
        holders.sort_unstable();
        let persons = u32::try_from(holders.len()).unwrap_or(u32::MAX);
        let mut latest: Option<i64> = None;
        for (number, ((first, last), person)) in (1..).zip(holders) {
            let (first_date, last_date) = (people.text(first), people.text(last));
            let (begin, end) = (day_number(first_date), day_number(last_date));
            let apart = latest.zip(begin).map(|(latest, begin)| begin - latest);
            // Seen until the later of both ends, if the one before was seen longer.
            let both = latest.zip(begin).zip(end).map(|((latest, begin), end)| latest.min(end) - begin + 1);
            out.row(OfficeRow {
                organization,
                post,
                system: facts.system.map_or("", System::name),
                level: facts.level.map_or("", Level::name),
                division: some_code(facts.division),
                number,
                persons,
                person_id: people.id(person),
                first_date,
                last_date,
                gap_days: apart.filter(|&days| days > 0).and_then(|days| u32::try_from(days).ok()),
                overlap_days: both.filter(|&days| days > 0).and_then(|days| u32::try_from(days).ok()),
            });
            latest = latest.max(end);
        }
    }
}

fn write_events(summary: &Ordered, people: &People<'_>, out: &mut TableSink<'_>) {
    let mut events: BTreeMap<_, Seen> = BTreeMap::new();
    for (key, seen) in &summary.events {
        let TenureKey { organization, post, key: person } = key.tenure;
        let event = (key.date, people.of_key(person), key.event, organization, post);
        events.entry(event).or_default().merge(*seen, by_number);
    }
    for ((date, person, event, organization, post), seen) in events {
        let Seen { mentions, articles, pages, .. } = seen;
        let (id, event) = (people.id(person), event.name());
        out.row(EventRow {
            date: people.text(date),
            event,
            person_id: id,
            person: name_of(id),
            organization: people.text(organization),
            post: people.text(post),
            mentions,
            articles,
            pages,
        });
    }
}

/// Articles that name two persons, the lesser number first, in order.
pub(crate) fn co_mentions(summary: &Ordered, people: &People<'_>) -> Vec<((u32, u32), u64)> {
    let persons = summary.co_mentions.iter().map(|&(Pair(a, b), n)| ((people.of_key(a), people.of_key(b)), n));
    let mut pairs: Vec<_> = persons.filter(|((a, b), _)| a != b).map(|((a, b), n)| ((a.min(b), a.max(b)), n)).collect();
    pairs.sort_unstable();
    pairs.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 += if same { next.1 } else { 0 };
        same
    });
    pairs
}

/// Days of the Gregorian calendar from 1 March of the year 0 to a date as YYYY-MM-DD.
fn day_number(date: &str) -> Option<i64> {
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    // Years that begin in March have the leap day last.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    Some(365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5 + day)
}

#[cfg(test)]
mod tests {
    use super::day_number;

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        let days = |a, b| day_number(b).unwrap() - day_number(a).unwrap();
        assert_eq!(days("2023-02-28", "2023-03-01"), 1);
        assert_eq!(days("2024-02-28", "2024-03-01"), 2);
        assert_eq!(days("1900-02-28", "1900-03-01"), 1);
        assert_eq!(days("2022-12-31", "2024-01-01"), 366);
        assert_eq!(day_number("2022"), None);
    }
}

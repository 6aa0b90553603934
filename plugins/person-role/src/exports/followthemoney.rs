//! Persons, organizations, positions and occupancies in the model FollowTheMoney (<https://followthemoney.tech>), one JSON
//! object a line, which the tools of OpenSanctions and Aleph read.
//!
//! Only offices whose body is known in full are here. The dates of an occupancy are dates on which a page
//! shows it (`date` of the model), never `startDate` or `endDate`: pages do not tell the term.

use std::collections::{BTreeMap, BTreeSet};

use banmian_core::DocumentSink;
use serde::Serialize;

use crate::corpus_tables::{Holder, most_told, tenures};
use crate::ordered::Ordered;
use crate::people::{People, name_of};

const FILE: &str = "entities.ftm.json";

/// An entity: all values are lists of texts.
#[derive(Serialize)]
struct Entity<'a> {
    id: String,
    schema: &'a str,
    properties: BTreeMap<&'a str, Vec<String>>,
}

/// Writes the entities: each body, its positions and their occupancies, then the persons.
pub(super) fn write(summary: &Ordered, people: &People<'_>, out: &mut DocumentSink<'_>) {
    let holders = tenures(summary, people);
    let mut persons = BTreeSet::new();
    for body in holders.chunk_by(|a, b| a.organization == b.organization) {
        let of_body = body.chunk_by(|a, b| a.post == b.post);
        let positions: Vec<_> = of_body.filter(|holders| is_office(holders)).collect();
        if positions.is_empty() {
            continue;
        }
        let organization = body[0].organization;
        append(out, "Organization", organization_id(organization), [("name", vec![organization.to_owned()])]);
        for holders in positions {
            position(holders, out);
            for holder in holders {
                persons.insert(holder.person);
                occupancy(holder, people, out);
            }
        }
    }
    for person in persons {
        let id = people.id(person);
        append(out, "Person", person_id(id), [("name", vec![name_of(id).to_owned()])]);
    }
}

fn is_office(holders: &[Holder<'_>]) -> bool {
    most_told(holders).is_some_and(|facts| facts.post && facts.whole)
}

fn position(holders: &[Holder<'_>], out: &mut DocumentSink<'_>) {
    let Holder { organization, post, .. } = &holders[0];
    let division = holders.iter().map(|h| h.tenure.facts.division).max().filter(|&code| code != 0);
    let properties = [
        ("name", vec![format!("{organization}{post}")]),
        ("organization", vec![organization_id(organization)]),
        ("subnationalArea", division.iter().map(u32::to_string).collect()),
    ];
    append(out, "Position", position_id(organization, post), properties);
}

fn occupancy(holder: &Holder<'_>, people: &People<'_>, out: &mut DocumentSink<'_>) {
    let Holder { organization, post, tenure, .. } = holder;
    let person = people.id(holder.person);
    let (first, last) = people.dates(&tenure.held);
    let seen: BTreeSet<&str> = [first, last].into_iter().filter(|d| !d.is_empty()).collect();
    // Named with it only as one who had left.
    let ended = tenure.held.mentions == 0;
    let properties = [
        ("holder", vec![person_id(person)]),
        ("post", vec![position_id(organization, post)]),
        ("date", seen.into_iter().map(str::to_owned).collect()),
        ("status", ended.then(|| "ended".to_owned()).into_iter().collect()),
    ];
    append(out, "Occupancy", id("occupancy", &format!("{organization}\n{post}\n{person}")), properties);
}

fn append<const N: usize>(
    out: &mut DocumentSink<'_>,
    schema: &str,
    id: String,
    properties: [(&'static str, Vec<String>); N],
) {
    let properties = properties.into_iter().filter(|(_, values)| !values.is_empty()).collect();
    let entity = Entity { id, schema, properties };
    let mut line = serde_json::to_string(&entity).expect("an entity is plain data");
    line.push('\n');
    out.append(FILE, &line);
}

fn organization_id(organization: &str) -> String {
    id("organization", organization)
}

fn position_id(organization: &str, post: &str) -> String {
    id("position", &format!("{organization}\n{post}"))
}

fn person_id(person: &str) -> String {
    id("person", person)
}

/// The model allows letters, digits, dots and hyphens of ASCII only. FNV-1a of 64 bits (Fowler, Noll and Vo): among ten million texts the
/// chance that any two fall together is below one in a hundred thousand.
fn id(kind: &str, text: &str) -> String {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("banmian-{kind}-{hash:016x}")
}

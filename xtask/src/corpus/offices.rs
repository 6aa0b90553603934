//! Who holds which office, and how a page prints it.
//!
//! Every place has the same offices. Holders change as terms end; the head of the government
//! follows the secretary of the committee into that office, so that careers can be traced.

use fastrand::Rng;

use super::calendar::Day;
use super::names::{Names, Place};
use super::random::{Kind, chance, mix, stream, word};
use super::truth::Person;

const BUREAUS: &[&str] = &[
    "农业农村局",
    "教育局",
    "交通运输局",
    "水利局",
    "林业局",
    "文化和旅游局",
    "卫生健康局",
    "应急管理局",
    "财政局",
    "民政局",
    "商务局",
    "科技局",
    "公安局",
    "生态环境局",
    "统计局",
    "气象局",
    "总工会",
    "红十字会",
];

/// An office of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Office {
    /// 县委书记.
    Secretary,
    /// 县委副书记、县长.
    Head,
    /// 县人大常委会主任.
    Congress,
    /// 县政协主席.
    Conference,
    /// 副县长; there are several.
    ViceHead(u64),
    /// 县政协副主席; there are several.
    ViceConference(u64),
    /// 县农业农村局局长.
    Bureau(u64),
}

impl Office {
    pub(super) fn draw(rng: &mut Rng) -> Self {
        match rng.u32(0..20) {
            0..3 => Office::Secretary,
            3..6 => Office::Head,
            6..8 => Office::Congress,
            8..10 => Office::Conference,
            10..13 => Office::ViceHead(rng.u64(0..4)),
            13..15 => Office::ViceConference(rng.u64(0..3)),
            _ => Office::Bureau(rng.u64(0..BUREAUS.len() as u64)),
        }
    }

    fn key(self) -> u64 {
        match self {
            Office::Secretary | Office::Head => 0,
            Office::Congress => 1,
            Office::Conference => 2,
            Office::ViceHead(n) => 10 + n,
            Office::ViceConference(n) => 20 + n,
            Office::Bureau(n) => 30 + n,
        }
    }

    /// The name of whoever holds the office that day.
    pub(super) fn holder(self, names: Names, place: &Place, day: Day) -> String {
        let key = mix(place.number) ^ self.key();
        let mut terms = stream(names.seed, Kind::Tenure, key);
        let (length, offset) = (terms.u64(700..1400), terms.u64(0..1400));
        let term = (day.0 + offset) / length + 1;
        // The head of one term is the secretary of the next.
        let term = if self == Office::Secretary { term - 1 } else { term };
        names.person(Kind::OfficeHolder, mix(key) ^ term)
    }

    /// The office as printed before a name, with the roles it comes to; `full` names the place.
    pub(super) fn print(self, rng: &mut Rng, place: &Place, full: bool) -> (String, Vec<Held>) {
        let (short, level) = (&place.short, place.level);
        let base = if full { format!("{short}{level}") } else { level.to_string() };
        let place_name = if full { base.clone() } else { String::new() };
        let roles = match self {
            Office::Secretary => vec![held(format!("{base}委"), "书记")],
            Office::Head if chance(rng, 300) => vec![held(place_name, format!("{level}长"))],
            Office::Head => vec![held(format!("{base}委"), "副书记"), held("", format!("{level}长"))],
            Office::Congress => vec![held(format!("{base}人大常委会"), "主任")],
            Office::Conference => vec![held(format!("{base}政协"), "主席")],
            Office::ViceHead(_) => vec![held(place_name, format!("副{level}长"))],
            Office::ViceConference(_) => vec![held(format!("{base}政协"), "副主席")],
            Office::Bureau(n) => {
                let body = BUREAUS[n as usize];
                let role = if body.ends_with('局') { word(rng, &["局长", "局长", "副局长"]) } else { "主席" };
                let role = if body.starts_with("红") { "会长" } else { role };
                vec![held(format!("{base}{body}"), role)]
            }
        };
        let text: Vec<String> = roles.iter().map(|h| format!("{}{}", h.organization, h.role)).collect();
        (text.join("、"), roles)
    }
}

/// A role in an organization, as printed.
pub(super) struct Held {
    pub(super) organization: String,
    pub(super) role: String,
}

impl Held {
    /// Held by this person, in this place.
    pub(super) fn by(self, person: &str, place: &Place) -> Person {
        let organization = match &self.organization {
            short if short.starts_with(place.level) => format!("{}{short}", place.short),
            empty if empty.is_empty() => place.full(),
            full => full.clone(),
        };
        let office = format!("{organization} {}", self.role);
        Person { person: person.to_owned(), role: self.role, organization: self.organization, office }
    }
}

pub(super) fn held(organization: impl Into<String>, role: impl Into<String>) -> Held {
    Held { organization: organization.into(), role: role.into() }
}

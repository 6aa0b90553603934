//! The tables of this analyzer, and how findings and counts become rows.

use banmian_core::{Page, TableSink};

use crate::finding::Finding;
use crate::summary::PersonRoleSummary;

banmian_core::table! {
    /// A person named with a role: one row each time, and one for each of several roles.
    pub struct Mention as "mentions" at place {
        /// The name as printed, without spaces inside a Chinese name.
        person: String,
        /// The role as printed, without the organization: 副主席.
        role: String,
        /// The organization as printed, or empty: 县政协.
        organization: String,
        /// The organization with what the text leaves out put back: 两当县政协. The printed one where nothing is
        /// left out; empty where it is not known.
        organization_resolved: String,
        /// What the resolved organization rests on: `printed`, `clause` (named earlier in the sentence), `dateline`,
        /// `headline`, `paper`, or empty.
        resolved_by: String,
        /// `office`, `habitual` (a set phrase of name and title), `byline` or `honorific`.
        kind: String,
        /// What the sentence says happened: `appointed`, `elected`, `removed`, `resigned`, or empty.
        event: String,
        /// True if the text says that the office was held before (原, 前, 曾任).
        former: bool,
    }
}

banmian_core::table! {
    /// How often and when each person was named with each role. Equal names are not told apart here.
    pub struct Person as "people" {
        /// The name as printed.
        person: String,
        /// The role as printed, without the organization.
        role: String,
        /// The organization put back, else as printed, else empty.
        organization: String,
        /// Times named.
        mentions: u64,
        /// Articles that name the person so; unattached text of a page counts as one.
        articles: u64,
        /// Pages.
        pages: u64,
        /// First known date of issue, as YYYY-MM-DD, or empty.
        first_date: String,
        /// Last known date of issue, or empty.
        last_date: String,
    }
}

/// The row of a finding.
pub(crate) fn mention<'p>(page: &'p Page, finding: &Finding) -> Mention<'p> {
    Mention {
        person: finding.person_text(page),
        role: finding.role.clone(),
        organization: finding.organization.clone(),
        organization_resolved: finding.resolved.clone(),
        resolved_by: finding.basis.name().to_owned(),
        kind: finding.kind.name().to_owned(),
        event: finding.event.name().to_owned(),
        former: finding.former,
        place: page.place(finding.range),
    }
}

/// The rows of the summary: most mentions first, then by person, role and organization.
pub(crate) fn people(summary: &PersonRoleSummary, out: &mut TableSink<'_>) {
    let mut people: Vec<_> = summary.people.iter().collect();
    people.sort_by_key(|(key, count)| (std::cmp::Reverse(count.mentions), *key));
    for ((person, role, organization), count) in people {
        let (first_date, last_date) = count.dates.clone().unwrap_or_default();
        out.row(Person {
            person: person.clone(),
            role: role.clone(),
            organization: organization.clone(),
            mentions: count.mentions,
            articles: count.articles,
            pages: count.pages,
            first_date,
            last_date,
        });
    }
}

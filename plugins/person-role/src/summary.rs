//! What is known after any number of pages: how often each person was named with each role.

use std::collections::BTreeMap;

use banmian_core::{Page, Summary};
use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Kind};

/// Counts by person, role and organization; bylines are left to the evidence.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PersonRoleSummary {
    /// Pages read, with and without findings.
    pub pages: u64,
    /// Counts by (person, role, organization put back or printed).
    pub people: BTreeMap<(String, String, String), PersonRoleCount>,
}

/// How often and when a person was named with a role.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PersonRoleCount {
    /// Times named.
    pub mentions: u64,
    /// Articles; unattached text of a page counts as one.
    pub articles: u64,
    /// Pages.
    pub pages: u64,
    /// Least and greatest known date of issue.
    pub dates: Option<(String, String)>,
}

impl PersonRoleSummary {
    /// Adds one page.
    pub(crate) fn absorb(&mut self, page: &Page, findings: &[Finding]) {
        self.pages += 1;
        let mut on_page: BTreeMap<_, (u64, std::collections::BTreeSet<Option<u32>>)> = BTreeMap::new();
        for finding in findings.iter().filter(|f| f.kind != Kind::Byline) {
            let organization = if finding.resolved.is_empty() { &finding.organization } else { &finding.resolved };
            let key = (finding.person_text(page), finding.role.clone(), organization.clone());
            let seen = on_page.entry(key).or_default();
            seen.0 += 1;
            seen.1.insert(page.piece_at(finding.range.start).and_then(|i| page.pieces[i].article));
        }
        for (key, (mentions, articles)) in on_page {
            let date = Some(page.issue.date.clone()).filter(|d| !d.is_empty());
            let count = PersonRoleCount {
                mentions,
                articles: articles.len() as u64,
                pages: 1,
                dates: date.map(|d| (d.clone(), d)),
            };
            self.people.entry(key).or_default().merge(count);
        }
    }
}

impl PersonRoleCount {
    fn merge(&mut self, other: PersonRoleCount) {
        self.mentions += other.mentions;
        self.articles += other.articles;
        self.pages += other.pages;
        self.dates = match (self.dates.take(), other.dates) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
    }
}

impl Summary for PersonRoleSummary {
    fn merge(&mut self, other: Self) {
        self.pages += other.pages;
        for (key, count) in other.people {
            self.people.entry(key).or_default().merge(count);
        }
    }
}

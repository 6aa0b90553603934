//! What people put right of the persons on a page, in place of what was found there.

use std::sync::Arc;

use banmian_core::{Page, PersonCorrection, TextRange};

use crate::finding::{Basis, Finding, close_up};

/// Replaces what was found of each corrected name. Kind, event and time of an office stay as they were found, since a
/// correction does not tell them.
pub(crate) fn replace(page: &Page, findings: &mut Vec<Finding>, first: usize) {
    if page.persons_by_hand.is_empty() {
        return;
    }
    let mut corrected = Vec::new();
    for correction in &page.persons_by_hand {
        let of_name = |f: &Finding| f.person.start < correction.name.end && correction.name.start < f.person.end;
        let found: Vec<Finding> = findings[first..].iter().filter(|f| of_name(f)).cloned().collect();
        corrected.extend(offices(page, correction, &found));
        let mut at = 0;
        findings.retain(|f| {
            at += 1;
            at <= first || !of_name(f)
        });
    }
    findings.extend(corrected);
    findings[first..].sort_by_key(|f| (f.range, f.person));
}

/// The findings that a correction stands for.
fn offices<'a>(
    page: &'a Page,
    correction: &'a PersonCorrection,
    found: &'a [Finding],
) -> impl Iterator<Item = Finding> + 'a {
    correction.offices.iter().map(move |office| {
        let role = close_up(page.slice(office.role)).into_owned();
        let like = found.iter().find(|f| f.role == role).or(found.first());
        let organization = office.organization.map(|o| close_up(page.slice(o)).into_owned()).unwrap_or_default();
        let told = match (&*office.resolved, &*organization) {
            ("", "") => None,
            ("", printed) => Some((printed.to_owned(), Basis::Printed)),
            (told, _) => Some((told.to_owned(), Basis::ByHand)),
        };
        let (resolved, basis) = told
            .or_else(|| like.map(|f| (f.resolved().to_owned(), f.basis)))
            .unwrap_or((String::new(), Basis::Unknown));
        let ranges = [Some(correction.name), Some(office.role), office.organization];
        let range = ranges
            .into_iter()
            .flatten()
            .fold(correction.name, |a, b| TextRange { start: a.start.min(b.start), end: a.end.max(b.end) });
        Finding {
            person: correction.name,
            range,
            role,
            organization,
            completed: Some(resolved),
            basis,
            kind: like.map(|f| f.kind).unwrap_or_default(),
            event: like.map(|f| f.event).unwrap_or_default(),
            former: like.is_some_and(|f| f.former),
            group: like.and_then(|f| f.group),
            common: like.is_some_and(|f| f.common),
            office: Arc::default(),
            key: String::new(),
            in_list: None,
        }
    })
}

/// Who a corrected name is, if the correction tells it.
pub(crate) fn key(page: &Page, name: TextRange) -> Option<&str> {
    let told = page.persons_by_hand.iter().find(|c| c.name == name)?;
    Some(told.key.as_str()).filter(|key| !key.is_empty())
}

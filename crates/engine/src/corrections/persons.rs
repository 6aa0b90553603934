//! Corrections of persons: who is named with which office.

use banmian_core::{OfficeCorrection, Page, PersonCorrection, TextRange};
use serde::Deserialize;

use super::Entry;

/// `[[person]]`: one office of a person named in some words of the page, or none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonEntry {
    pub(super) page: String,
    pub(super) by: String,
    pub(super) on: String,
    /// Words of the page that hold the name; they stand there once.
    text: String,
    /// The name as printed.
    person: String,
    /// The role as printed, without the organization.
    role: Option<String>,
    /// The organization as printed.
    organization: Option<String>,
    /// The organization in full.
    organization_resolved: Option<String>,
    /// Who it is, as in the column `person_key`.
    person_key: Option<String>,
    /// The name is named with no office here, or is no person's name.
    #[serde(default)]
    no_office: bool,
}

impl Entry for PersonEntry {
    fn common(&self) -> [&str; 3] {
        [&self.page, &self.by, &self.on]
    }

    fn check(&self) -> Result<(), String> {
        for (key, value) in [("text", &self.text), ("person", &self.person)] {
            if value.trim().is_empty() {
                return Err(format!("`{key}` is empty: write it as the page prints it"));
            }
        }
        let name: String = self.person.split_whitespace().collect();
        if self
            .person_key
            .as_ref()
            .is_some_and(|key| key.split_once('@').is_none_or(|(n, rest)| n != name || rest.is_empty()))
        {
            return Err(format!("`person_key` is not of the form `{name}@…` that the column `person_key` has"));
        }
        let more = [&self.role, &self.organization, &self.organization_resolved, &self.person_key];
        match (self.no_office, &self.role) {
            (true, _) if more.iter().any(|m| m.is_some()) => {
                Err("`no_office` stands beside an office: give one of them".to_owned())
            }
            (false, None) => Err("it corrects nothing: give `role`, or `no_office = true`".to_owned()),
            (false, Some(role)) if role.trim().is_empty() => {
                Err("`role` is empty: `no_office = true` says that there is none".to_owned())
            }
            _ => Ok(()),
        }
    }
}

impl PersonEntry {
    /// Puts the entry on the page; entries for the same place add up.
    pub(super) fn apply(&self, page: &mut Page) -> Result<(), String> {
        let whole = TextRange::new(0, page.text.len());
        let within = match places(page, &self.text, whole)[..] {
            [place] => place,
            [] => return Err(format!("the page has no `{}`", self.text)),
            _ => return Err(format!("the page has `{}` more than once: give more of its words", self.text)),
        };
        let name = match places(page, &self.person, within)[..] {
            [name] => name,
            [] => return Err(format!("`{}` has no `{}`", self.text, self.person)),
            _ => return Err(format!("`{}` has `{}` more than once: give fewer words", self.text, self.person)),
        };
        let office = self.role.as_deref().map(|role| self.office(page, name, role)).transpose()?;
        let at = page.persons_by_hand.partition_point(|p| p.name < name);
        if page.persons_by_hand.get(at).is_none_or(|p| p.name != name) {
            page.persons_by_hand.insert(at, PersonCorrection { name, offices: Vec::new(), key: String::new() });
        }
        let correction = &mut page.persons_by_hand[at];
        correction.offices.extend(office);
        if let Some(key) = &self.person_key {
            correction.key.clone_from(key);
        }
        Ok(())
    }

    fn office(&self, page: &Page, name: TextRange, role: &str) -> Result<OfficeCorrection, String> {
        let piece = page.piece_at(name.start).map_or(name, |i| page.pieces[i].range);
        let nearest = |words: &str, to: TextRange| {
            let found = places(page, words, piece).into_iter().min_by_key(|p| p.start.abs_diff(to.start));
            found.ok_or_else(|| format!("the paragraph that names `{}` does not print `{words}`", self.person))
        };
        let role = nearest(role, name)?;
        let organization = self.organization.as_deref().filter(|o| !o.trim().is_empty());
        Ok(OfficeCorrection {
            role,
            organization: organization.map(|o| nearest(o, role)).transpose()?,
            resolved: self.organization_resolved.clone().unwrap_or_default(),
        })
    }
}

/// Where some words stand, spaces aside.
fn places(page: &Page, words: &str, within: TextRange) -> Vec<TextRange> {
    let wanted: Vec<char> = words.chars().filter(|c| !c.is_whitespace()).collect();
    let start = within.start as usize;
    let printed: Vec<(usize, char)> =
        page.slice(within).char_indices().filter(|(_, c)| !c.is_whitespace()).map(|(at, c)| (start + at, c)).collect();
    let windows = printed.windows(wanted.len().max(1));
    windows
        .filter(|window| window.iter().map(|(_, c)| c).eq(&wanted))
        .filter_map(|window| Some((window.first()?, window.last()?)))
        .map(|((first, _), (last, c))| TextRange::new(*first, last + c.len_utf8()))
        .collect()
}

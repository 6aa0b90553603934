//! What is found: a person named with a role, where, and how the link was made.
//!
//! A finding points at the name and at the stretch from role to name by byte ranges; role and
//! organization are short and kept as text, closed up, since a byline's role may not be printed.

use std::borrow::Cow;
use std::sync::Arc;

use banmian_core::{Page, TextRange};
use serde::{Deserialize, Serialize};

use crate::keys::InList;
use crate::office::{Office, System};

/// A person named once with one role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The name as printed, spaces inside included.
    pub person: TextRange,
    /// From the first to the last character of name, role and organization.
    pub range: TextRange,
    /// The role as printed, without the organization: 副主席.
    pub role: String,
    /// The organization as printed, or empty.
    pub organization: String,
    /// The organization with what the text leaves out, where that is not what is printed, see [`resolved`](Finding::resolved).
    pub completed: Option<String>,
    /// What the resolved organization rests on.
    pub basis: Basis,
    /// What kind of naming it is.
    pub kind: Kind,
    /// What the sentence says happened.
    pub event: Event,
    /// True if the text says that the office was held before: 原, 前, 曾任.
    pub former: bool,
    /// The system of the group of its role noun.
    pub group: Option<System>,
    /// The role is also a common noun (学生, 村民, 代表) or a style (同志).
    pub common: bool,
    /// The normal form of the office.
    pub office: Arc<Office>,
    /// Who it is as far as the page tells: `NAME@ORGANIZATION`, else `NAME@PLACE`, else `NAME@PAGE`.
    pub key: String,
    /// The person's place in a list of names, at the first finding of the person in it.
    pub in_list: Option<InList>,
}

impl Finding {
    /// The name without spaces, as the key holds it.
    pub(crate) fn name(&self) -> &str {
        self.key.split_once('@').map_or("", |(name, _)| name)
    }

    /// True if the office is one that people hold one after the other: not 村民, but 委员 of a 政协.
    pub(crate) fn is_post(&self) -> bool {
        !self.common || self.office.system.is_some_and(System::is_territorial)
    }

    /// The organization with what the text leaves out; empty if unknown.
    pub fn resolved(&self) -> &str {
        match &self.completed {
            Some(completed) => completed,
            None if self.basis == Basis::Printed => &self.organization,
            None => "",
        }
    }

    /// The name without spaces.
    pub fn person_text<'p>(&self, page: &'p Page) -> Cow<'p, str> {
        close_up(page.slice(self.person))
    }
}

/// A text without the spaces that print puts between Chinese characters; Latin words keep theirs.
pub(crate) fn close_up(text: &str) -> Cow<'_, str> {
    // Spaces begin with one of these bytes; Chinese characters with none.
    if !text.bytes().any(|b| b.is_ascii() || matches!(b, 0xC2 | 0xE1..=0xE3)) {
        return Cow::Borrowed(text);
    }
    if text.bytes().any(|b| b.is_ascii_alphabetic()) {
        return Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    Cow::Owned(text.chars().filter(|c| !c.is_whitespace()).collect())
}

/// What the resolved organization rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Basis {
    /// Nothing: the organization is not known.
    #[default]
    Unknown,
    /// It is printed beside the role.
    Printed,
    /// An organization printed earlier in the sentence or in the same chain of roles.
    Clause,
    /// The same article names the body in full, or named the head of the one body whose deputy this is.
    Article,
    /// The place of the dateline (电头).
    Dateline,
    /// The headline group of the article.
    Headline,
    /// The place in the name of the paper.
    Paper,
    /// Somebody put it right.
    ByHand,
}

impl Basis {
    /// The name used in tables; empty where nothing is known.
    pub fn name(self) -> &'static str {
        match self {
            Basis::Unknown => "",
            Basis::Printed => "printed",
            Basis::Clause => "clause",
            Basis::Article => "article",
            Basis::Dateline => "dateline",
            Basis::Headline => "headline",
            Basis::Paper => "paper",
            Basis::ByHand => "by hand",
        }
    }
}

/// What kind of naming it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// A role somebody holds or held.
    #[default]
    Office,
    /// A set phrase of name and title: 习近平总书记.
    Habitual,
    /// Who wrote, edited or photographed.
    Byline,
    /// A rank or style that is no office: 上将.
    Honorific,
}

impl Kind {
    /// The name used in tables.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Office => "office",
            Kind::Habitual => "habitual",
            Kind::Byline => "byline",
            Kind::Honorific => "honorific",
        }
    }
}

/// What the sentence says happened to the office.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Event {
    /// Nothing: the person is named with it.
    #[default]
    Held,
    /// 任命, 任, 出任.
    Appointed,
    /// 选举, 当选, 补选.
    Elected,
    /// 免去, 撤销, 罢免.
    Removed,
    /// 辞去, 不再担任.
    Resigned,
}

impl Event {
    /// The name used in tables; empty where nothing happened.
    pub fn name(self) -> &'static str {
        match self {
            Event::Held => "",
            Event::Appointed => "appointed",
            Event::Elected => "elected",
            Event::Removed => "removed",
            Event::Resigned => "resigned",
        }
    }

    /// The event of that name, for lexicons (`none` for [`Event::Held`]).
    pub(crate) fn from_name(name: &str) -> Option<Event> {
        [Event::Held, Event::Appointed, Event::Elected, Event::Removed, Event::Resigned]
            .into_iter()
            .find(|e| e.name() == name || (name == "none" && *e == Event::Held))
    }
}

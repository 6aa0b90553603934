//! What people put right of the persons on a page.

use serde::{Deserialize, Serialize};

use crate::TextRange;

/// What somebody says of one naming of a person, in place of what an analyzer would find there.
///
/// An analyzer of persons drops what it found of this name and takes what is told here; others need not care.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonCorrection {
    /// The name as it stands in the clean text.
    pub name: TextRange,
    /// The offices it is named with; empty: it is not named with any, or is no name of a person.
    pub offices: Vec<OfficeCorrection>,
    /// Who it is (column `person_key`); empty: as the analyzer finds.
    pub key: String,
}

/// An office as somebody says that it is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeCorrection {
    /// The role as it stands in the clean text, without its organization.
    pub role: TextRange,
    /// The organization as it stands in the clean text, if it is printed.
    pub organization: Option<TextRange>,
    /// The organization in full, also what the page leaves out; empty: as the analyzer finds.
    pub resolved: String,
}

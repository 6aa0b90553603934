//! The analyzers that ship, sorted by name. A program with more of them hands this list and its
//! own entries to the command line.

use banmian_engine::Entry;

/// Every analyzer that ships.
pub static ALL: &[Entry] = &[
    Entry::of::<keyword_frequency::KeywordFrequency>(),
    Entry::of::<person_role::PersonRole>(),
    Entry::of::<slogan_phrase::SloganPhrase>(),
];

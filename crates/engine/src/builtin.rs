//! The files of config/ that are compiled into the program.

/// A lexicon that ships, by its name in suites: `builtin:NAME`.
pub fn lexicon(name: &str) -> Option<&'static str> {
    LEXICONS.iter().find(|(n, _)| *n == name).map(|&(_, text)| text)
}

/// Every lexicon of config/lexicons, sorted by name.
pub const LEXICONS: &[(&str, &str)] = &[
    ("person-characters", include_str!("../../../config/lexicons/person-characters.tsv")),
    ("person-events", include_str!("../../../config/lexicons/person-events.tsv")),
    ("person-followers", include_str!("../../../config/lexicons/person-followers.tsv")),
    ("person-habitual", include_str!("../../../config/lexicons/person-habitual.tsv")),
    ("person-modifiers", include_str!("../../../config/lexicons/person-modifiers.tsv")),
    ("person-names", include_str!("../../../config/lexicons/person-names.tsv")),
    ("person-organizations", include_str!("../../../config/lexicons/person-organizations.tsv")),
    ("person-places", include_str!("../../../config/lexicons/person-places.tsv")),
    ("person-roles", include_str!("../../../config/lexicons/person-roles.tsv")),
    ("person-traps", include_str!("../../../config/lexicons/person-traps.tsv")),
    ("person-walk", include_str!("../../../config/lexicons/person-walk.tsv")),
];

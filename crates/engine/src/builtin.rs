//! The files of config/ that are compiled into the program.

/// A lexicon that ships, by its name in suites: `builtin:NAME`.
pub fn lexicon(name: &str) -> Option<&'static str> {
    LEXICONS.iter().find(|(n, _)| *n == name).map(|&(_, text)| text)
}

/// Every lexicon of config/lexicons, sorted by name.
pub const LEXICONS: &[(&str, &str)] = &[
    ("formulations-1949", include_str!("../../../config/lexicons/formulations-1949.tsv")),
    ("formulations-2012", include_str!("../../../config/lexicons/formulations-2012.tsv")),
    ("formulations-numbered", include_str!("../../../config/lexicons/formulations-numbered.tsv")),
    ("formulations-plain", include_str!("../../../config/lexicons/formulations-plain.tsv")),
    ("person-bodies", include_str!("../../../config/lexicons/person-bodies.tsv")),
    ("person-characters", include_str!("../../../config/lexicons/person-characters.tsv")),
    ("person-divisions", include_str!("../../../config/lexicons/person-divisions.tsv")),
    ("person-events", include_str!("../../../config/lexicons/person-events.tsv")),
    ("person-followers", include_str!("../../../config/lexicons/person-followers.tsv")),
    ("person-habitual", include_str!("../../../config/lexicons/person-habitual.tsv")),
    ("person-modifiers", include_str!("../../../config/lexicons/person-modifiers.tsv")),
    ("person-names", include_str!("../../../config/lexicons/person-names.tsv")),
    ("person-organizations", include_str!("../../../config/lexicons/person-organizations.tsv")),
    ("person-places", include_str!("../../../config/lexicons/person-places.tsv")),
    ("person-posts", include_str!("../../../config/lexicons/person-posts.tsv")),
    ("person-roles", include_str!("../../../config/lexicons/person-roles.tsv")),
    ("person-systems", include_str!("../../../config/lexicons/person-systems.tsv")),
    ("person-traps", include_str!("../../../config/lexicons/person-traps.tsv")),
    ("person-walk", include_str!("../../../config/lexicons/person-walk.tsv")),
    ("slogan-formulas", include_str!("../../../config/lexicons/slogan-formulas.tsv")),
    ("slogan-patterns", include_str!("../../../config/lexicons/slogan-patterns.tsv")),
    ("slogan-traditional", include_str!("../../../config/lexicons/slogan-traditional.tsv")),
    ("slogan-words", include_str!("../../../config/lexicons/slogan-words.tsv")),
    ("stop-words", include_str!("../../../config/lexicons/stop-words.txt")),
];

/// A suite that ships, by name: `default`.
pub fn suite(name: &str) -> Option<&'static str> {
    SUITES.iter().find(|(n, _)| *n == name).map(|&(_, text)| text)
}

macro_rules! sample {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../config/sample/", $name)))
    };
}

/// Every suite of config/suites, sorted by name.
pub const SUITES: &[(&str, &str)] = &[("default", include_str!("../../../config/suites/default.toml"))];

/// The pages of the sample corpus: name and raw text. All persons in it are invented.
pub const SAMPLE: &[(&str, &str)] = &[
    sample!("临江日报/2022-09-16/01.txt"),
    sample!("临江日报/2022-11-08/02.txt"),
    sample!("临江日报/2022-12-09/01.txt"),
    sample!("临江日报/2023-02-10/01.txt"),
    sample!("临江日报/2023-03-21/01.txt"),
    sample!("临江日报/2023-05-19/03.txt"),
    sample!("河洮政协报/2022-09-16/01.txt"),
    sample!("河洮政协报/2022-12-09/01.txt"),
    sample!("河洮政协报/2022-12-09/03.txt"),
    sample!("河洮政协报/2023-02-10/01.txt"),
    sample!("河洮政协报/2023-02-10/02.txt"),
    sample!("河洮政协报/2023-05-19/01.txt"),
];

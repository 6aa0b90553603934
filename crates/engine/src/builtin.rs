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
    ("slogan-formulas", include_str!("../../../config/lexicons/slogan-formulas.tsv")),
    ("slogan-patterns", include_str!("../../../config/lexicons/slogan-patterns.tsv")),
    ("slogan-traditional", include_str!("../../../config/lexicons/slogan-traditional.tsv")),
    ("slogan-words", include_str!("../../../config/lexicons/slogan-words.tsv")),
];

//! The files of config/ that are compiled into the program.

/// A lexicon that ships, by its name in suites: `builtin:NAME`.
pub fn lexicon(name: &str) -> Option<&'static str> {
    LEXICONS.iter().find(|(n, _)| *n == name).map(|&(_, text)| text)
}

/// Every lexicon of config/lexicons, sorted by name.
pub const LEXICONS: &[(&str, &str)] = &[];

/// A suite that ships, by name: `default`.
pub fn suite(name: &str) -> Option<&'static str> {
    SUITES.iter().find(|(n, _)| *n == name).map(|&(_, text)| text)
}

/// Every suite of config/suites, sorted by name.
pub const SUITES: &[(&str, &str)] = &[("default", include_str!("../../../config/suites/default.toml"))];

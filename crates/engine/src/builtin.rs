//! The files of config/ that are compiled into the program.

/// A lexicon that ships, by its name in suites: `builtin:NAME`.
pub fn lexicon(name: &str) -> Option<&'static str> {
    LEXICONS.iter().find(|(n, _)| *n == name).map(|&(_, text)| text)
}

/// Every lexicon of config/lexicons, sorted by name.
pub const LEXICONS: &[(&str, &str)] = &[];

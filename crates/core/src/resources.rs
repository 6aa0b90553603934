//! The files that settings name: lexicons, word lists. The engine reads them; analyzers only ask.

use std::sync::Arc;

use crate::{Fault, Located, PlaceInFile};

/// A file that settings named, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// Its name as the settings give it: `builtin:surnames`, `my-words.tsv`.
    pub name: String,
    /// Its content.
    pub text: Arc<str>,
}

/// Reads a file by its name and the place that names it (a path is relative to the suite file
/// there); the error says what is wrong and is shown to the user.
pub type ResourceReader<'a> = dyn Fn(&str, Option<PlaceInFile>) -> Result<Arc<str>, String> + 'a;

/// The files of a suite: `builtin:NAME` for those that ship, else a path relative to the suite.
pub struct Resources<'a> {
    read: &'a ResourceReader<'a>,
}

impl<'a> Resources<'a> {
    /// Resources read by `read`, which gets the name as the settings give it.
    pub fn new(read: &'a ResourceReader<'a>) -> Self {
        Resources { read }
    }

    /// The file that a setting names; the fault points at the setting.
    pub fn get(&self, name: &Located<String>) -> Result<Resource, Fault> {
        self.named(name, name.place()).map_err(|message| {
            Fault::at(name, message).help("name a file relative to the suite, or `builtin:NAME` for a list that ships")
        })
    }

    /// A file that ships and that no setting names, such as an analyzer's own tables.
    ///
    /// # Panics
    /// If there is no such file: an analyzer may only ask for what ships with it.
    pub fn builtin(&self, name: &str) -> Resource {
        self.named(&format!("builtin:{name}"), None)
            .unwrap_or_else(|e| panic!("`builtin:{name}` ships with the analyzer: {e}"))
    }

    fn named(&self, name: &str, place: Option<PlaceInFile>) -> Result<Resource, String> {
        (self.read)(name, place).map(|text| Resource { name: name.to_owned(), text })
    }
}

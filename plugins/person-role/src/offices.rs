//! Offices already worked out: the same posts of the same bodies come again and again.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::divisions::Origin;
use crate::lexicons::Lexicons;
use crate::office::{Office, System};

/// Offices by role, organization and group.
#[derive(Default)]
pub(crate) struct Offices {
    known: FxHashMap<String, Known>,
    /// Room for a key.
    key: String,
}

struct Known {
    office: Arc<Office>,
    /// Where the text was from, if the office depends on that.
    origin: Option<Origin>,
}

/// Offices kept at most, some 8 MB; then all are forgotten, and the frequent ones soon back.
const CAPACITY: usize = 20_000;

impl Offices {
    /// The office of a role in an organization, see [`Office::of`].
    pub(crate) fn get(
        &mut self,
        lexicons: &Lexicons,
        role: &str,
        organization: &str,
        group: Option<System>,
        origin: Origin,
    ) -> Arc<Office> {
        self.key.clear();
        self.key.push(group.map_or(' ', |group| char::from(b'a' + group as u8)));
        self.key.push_str(role);
        self.key.push('\t');
        self.key.push_str(organization);
        if let Some(known) = self.known.get(&self.key)
            && known.origin.is_none_or(|own| own == origin)
        {
            return known.office.clone();
        }
        let (office, names_place) = Office::of(lexicons, role, organization, group, origin);
        let office = Arc::new(office);
        if self.known.len() >= CAPACITY {
            self.known.clear();
        }
        let known = Known { office: office.clone(), origin: names_place.then_some(origin) };
        self.known.insert(self.key.clone(), known);
        office
    }
}

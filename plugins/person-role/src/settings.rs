//! What a suite may say of this analyzer, with defaults, and the check that turns it into a finder.

use banmian_core::{Fault, Located, Resources};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::find::Finder;
use crate::lexicons::Lexicons;

/// Settings of `person-role`. Every lexicon may be replaced by a file of one's own in the same form.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Settings {
    /// Role nouns, by system: `role`, `system`, `flags`.
    pub roles: Located<String>,
    /// What may stand before a role noun: 副, 常务副, 原.
    pub modifiers: Located<String>,
    /// How names of organizations end: 局, 公司, 委员会.
    pub organizations: Located<String>,
    /// Countries, unions of states and provinces.
    pub places: Located<String>,
    /// Words at which the way left to the start of an organization ends, or goes on.
    pub walk: Located<String>,
    /// Surnames, given-name characters, characters and parts of foreign names.
    pub names: Located<String>,
    /// Words that show where a name before them ends.
    pub followers: Located<String>,
    /// Words that hold the letters of a role, and what makes a role or a name something else.
    pub traps: Located<String>,
    /// Verbs of appointment, election and removal.
    pub events: Located<String>,
    /// Set phrases of name and title: 习近平总书记.
    pub habitual: Located<String>,
    /// Normal forms of roles, and the system and level they tell.
    pub posts: Located<String>,
    /// Words in names of organizations that tell system or level.
    pub bodies: Located<String>,
    /// The system of each group of roles, where nothing else tells it.
    pub systems: Located<String>,
    /// Administrative divisions with their GB/T 2260 codes.
    pub divisions: Located<String>,
    /// Traditional forms of simplified characters.
    pub characters: Located<String>,
    /// How sure a name must be, in tenths: higher finds fewer and surer names; 10 to 80.
    pub min_name_score: Located<u32>,
    /// Whether reporters, correspondents and photographers are findings, too (kind `byline`).
    pub bylines: Located<bool>,
    /// Most persons of an article for which it counts in `co_mentions`; roll calls name more. 2 to 1000.
    pub co_mention_limit: Located<u32>,
    /// Files for other programs, written beside the tables.
    pub exports: Vec<Located<Export>>,
}

/// A form of another program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Export {
    /// `co_mentions.gexf`: the graph of co-mentions in GEXF 1.3, for Gephi.
    Gexf,
    /// `entities.ftm.json`: Person, Organization, Position and Occupancy of FollowTheMoney, one JSON object a line.
    Followthemoney,
}

impl Default for Settings {
    fn default() -> Self {
        let builtin = |name: &str| Located::from(format!("builtin:person-{name}"));
        Settings {
            roles: builtin("roles"),
            modifiers: builtin("modifiers"),
            organizations: builtin("organizations"),
            places: builtin("places"),
            walk: builtin("walk"),
            names: builtin("names"),
            followers: builtin("followers"),
            traps: builtin("traps"),
            events: builtin("events"),
            habitual: builtin("habitual"),
            posts: builtin("posts"),
            bodies: builtin("bodies"),
            systems: builtin("systems"),
            divisions: builtin("divisions"),
            characters: builtin("characters"),
            min_name_score: Located::from(27),
            bylines: Located::from(true),
            co_mention_limit: Located::from(40),
            exports: Vec::new(),
        }
    }
}

impl Settings {
    /// Reads the lexicons and prepares what the run uses; all faults at once.
    pub(crate) fn check(&self, files: &Resources<'_>) -> Result<Finder, Vec<Fault>> {
        let mut faults = Vec::new();
        let score = *self.min_name_score;
        if !(10..=80).contains(&score) {
            let message = format!("`min-name-score` is {score}, which no name or every name would reach");
            faults.push(Fault::at(&self.min_name_score, message).help("use 10 to 80; 27 fits most pages"));
        }
        let limit = *self.co_mention_limit;
        if !(2..=1000).contains(&limit) {
            let message = format!("`co-mention-limit` is {limit}: pairs take two, and grow with the square of it");
            faults.push(Fault::at(&self.co_mention_limit, message).help("use 2 to 1000; 40 leaves out roll calls"));
        }
        let lexicons = Lexicons::read(self, files, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        let tenths = u16::try_from(score).unwrap_or(u16::MAX);
        Ok(Finder::new(lexicons, f32::from(tenths) / 10.0))
    }
}

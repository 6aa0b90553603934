//! The lexicons of config/lexicons/person-*.tsv, read into the tables the method looks up.
//!
//! Every wrong entry is a fault at its line. Lexicons are written in simplified characters;
//! traditional text is folded before it is looked up.

use banmian_core::{Fault, Lexicon, LexiconRow, Located, Resources};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::characters::{Characters, class};
use crate::divisions::Divisions;
use crate::finding::Event;
use crate::office::{Body, Post, System};
use crate::settings::Settings;
use crate::word_set::WordSet;

/// What the lexicon says of a role noun.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RoleNoun {
    /// Also a common noun: needs a clear name.
    pub(crate) weak: bool,
    /// Mostly of foreign states: names by sound are likely.
    pub(crate) foreign: bool,
    /// Names the level of a place: 县长.
    pub(crate) level: bool,
    /// Body and head in one word: 外交部长.
    pub(crate) ministry: bool,
    /// Who wrote or photographed.
    pub(crate) byline: bool,
    /// A style that is no office: 党和国家领导人.
    pub(crate) honorific: bool,
    /// Common after a name, too: 某某老师.
    pub(crate) after: bool,
    /// A degree: no office in a biography.
    pub(crate) degree: bool,
    /// A rank or title of learning, which stands beside an office.
    pub(crate) title: bool,
    /// A rank, which stands behind a name as well: 上将.
    pub(crate) rank: bool,
    /// The system of its group, if that tells one.
    pub(crate) system: Option<System>,
}

/// What a modifier does to a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Modifier {
    /// It belongs to the role: 副.
    Keep,
    /// It belongs to the role, but not to the name of the office: 代.
    Acting,
    /// It belongs to the role and says that it is over: 原.
    Former,
    /// It is no part of the role: 著名.
    Drop,
}

/// What a word does to the way left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Walk {
    /// The organization starts after it.
    Stop,
    /// A verb found inside names of bodies.
    Pass,
    /// Junk if it is left at the front.
    Strip,
}

/// What a place name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlaceKind {
    /// China.
    Home,
    /// Another state or a union of states.
    Abroad,
    /// A province or its like, with the word that makes it one.
    Province(&'static str),
    /// One-character name of a state.
    Short,
    /// A town or region that reads like a name: 马鞍山.
    Region,
}

/// Everything known of the language.
#[derive(Debug, Default)]
pub(crate) struct Lexicons {
    pub(crate) characters: Characters,
    pub(crate) roles: Vec<(String, RoleNoun)>,
    pub(crate) modifiers: WordSet<Modifier>,
    pub(crate) organizations: WordSet<()>,
    pub(crate) places: WordSet<PlaceKind>,
    pub(crate) walk: WordSet<Walk>,
    pub(crate) compounds: WordSet<()>,
    pub(crate) japanese: WordSet<()>,
    pub(crate) parts: WordSet<()>,
    pub(crate) followers: WordSet<()>,
    pub(crate) after_role: WordSet<()>,
    pub(crate) after_name: WordSet<()>,
    pub(crate) trap_words: Vec<String>,
    pub(crate) before_name: WordSet<Event>,
    pub(crate) before_role: WordSet<Event>,
    pub(crate) linking: WordSet<Event>,
    /// Set phrases of name and title, with the number of characters of the title.
    pub(crate) habitual: Vec<(String, usize)>,
    /// Posts by name, with what they tell of system and level.
    pub(crate) posts: FxHashMap<String, Post>,
    /// Words in names of bodies that tell system or level.
    pub(crate) bodies: WordSet<Body>,
    pub(crate) divisions: Divisions,
    /// The system of each group of roles.
    pub(crate) groups: FxHashMap<String, Option<System>>,
}

/// Groups of role nouns.
pub(crate) const GROUPS: &[&str] = &[
    "党委",
    "国家",
    "人大",
    "政府",
    "政协",
    "纪委监委",
    "军队",
    "外交",
    "法院",
    "检察院",
    "公安",
    "法律",
    "群团",
    "企业",
    "高校科研",
    "医疗",
    "文化",
    "体育",
    "媒体",
    "基层",
    "其他",
];

/// Reads one lexicon and hands each row to `row`, which returns a fault for a wrong one.
pub(crate) fn each(
    setting: &Located<String>,
    columns: &[&str],
    files: &Resources<'_>,
    faults: &mut Vec<Fault>,
    mut row: impl FnMut(&Lexicon, &LexiconRow) -> Option<Fault>,
) {
    let lexicon = match files.get(setting).map_err(|f| vec![f]).and_then(|r| Lexicon::read(r, columns)) {
        Ok(lexicon) => lexicon,
        Err(wrong) => return faults.extend(wrong),
    };
    faults.extend(lexicon.rows().iter().filter_map(|r| row(&lexicon, r)));
}

pub(crate) fn twice(lexicon: &Lexicon, row: &LexiconRow) -> Fault {
    lexicon.fault_at(row, 0, format!("`{}` is listed twice", lexicon.field(row, 0))).help("remove one of the two lines")
}

pub(crate) fn unknown(lexicon: &Lexicon, row: &LexiconRow, column: usize, allowed: &str) -> Option<Fault> {
    let value = lexicon.field(row, column);
    Some(lexicon.fault_at(row, column, format!("`{value}` is not known here")).help(format!("use one of: {allowed}")))
}

impl Lexicons {
    /// Reads all lexicons that the settings name.
    pub(crate) fn read(settings: &Settings, files: &Resources<'_>, faults: &mut Vec<Fault>) -> Lexicons {
        let mut lexicons = Lexicons::default();
        lexicons.read_characters(settings, files, faults);
        lexicons.read_offices(settings, files, faults);
        lexicons.read_roles(settings, files, faults);
        lexicons.read_names(settings, files, faults);
        lexicons.read_ways(settings, files, faults);
        lexicons.read_traps_and_events(settings, files, faults);
        lexicons
    }

    fn read_characters(&mut self, settings: &Settings, files: &Resources<'_>, faults: &mut Vec<Fault>) {
        let mut seen = FxHashSet::default();
        each(&settings.characters, &["simplified", "traditional"], files, faults, |lexicon, row| {
            let mut simplified = lexicon.field(row, 0).chars();
            let (Some(s), None) = (simplified.next(), simplified.next()) else {
                return Some(lexicon.fault_at(row, 0, "the first column holds one simplified character"));
            };
            lexicon.field(row, 1).chars().for_each(|t| self.characters.fold_to(t, s));
            (!seen.insert(s)).then(|| twice(lexicon, row))
        });
    }

    fn read_roles(&mut self, settings: &Settings, files: &Resources<'_>, faults: &mut Vec<Fault>) {
        let mut seen = FxHashSet::default();
        each(&settings.roles, &["role", "system", "flags"], files, faults, |lexicon, row| {
            let role = lexicon.field(row, 0);
            if !seen.insert(role.to_owned()) {
                return Some(twice(lexicon, row));
            }
            if !GROUPS.contains(&lexicon.field(row, 1)) {
                return unknown(lexicon, row, 1, &GROUPS.join(" "));
            }
            let group = lexicon.field(row, 1);
            let system = self.groups.get(group).copied().flatten();
            let mut noun = RoleNoun { title: group == "高校科研", system, ..RoleNoun::default() };
            for flag in lexicon.field(row, 2).split(' ').filter(|f| !f.is_empty()) {
                match flag {
                    "weak" => noun.weak = true,
                    "foreign" => noun.foreign = true,
                    "level" => noun.level = true,
                    "ministry" => noun.ministry = true,
                    "byline" => noun.byline = true,
                    "rank" => (noun.title, noun.rank) = (true, true),
                    "degree" => noun.degree = true,
                    "after" => noun.after = true,
                    "honorific" => noun.honorific = true,
                    _ => {
                        return unknown(
                            lexicon,
                            row,
                            2,
                            "weak foreign level ministry byline rank honorific degree after",
                        );
                    }
                }
            }
            self.roles.push((role.to_owned(), noun));
            None
        });
        each(&settings.modifiers, &["modifier", "use"], files, faults, |lexicon, row| {
            let modifier = match lexicon.field(row, 1) {
                "keep" => Modifier::Keep,
                "acting" => Modifier::Acting,
                "former" => Modifier::Former,
                "drop" => Modifier::Drop,
                _ => return unknown(lexicon, row, 1, "keep acting former drop"),
            };
            (!self.modifiers.add(lexicon.field(row, 0), modifier)).then(|| twice(lexicon, row))
        });
    }

    fn read_names(&mut self, settings: &Settings, files: &Resources<'_>, faults: &mut Vec<Fault>) {
        each(&settings.names, &["class", "entries"], files, faults, |lexicon, row| {
            let entries = lexicon.field(row, 1).split(' ').filter(|e| !e.is_empty());
            let bit = match lexicon.field(row, 0) {
                "surname" => class::SURNAME,
                "rare-surname" => class::RARE_SURNAME,
                "given" => class::GIVEN,
                "transliteration" => class::SOUND,
                "vietnamese" => class::VIETNAMESE,
                "compound" | "japanese" | "part" => {
                    let firsts = lexicon.field(row, 1).split(' ').filter_map(|e| e.chars().next());
                    firsts.for_each(|c| self.characters.mark(c, class::BEGINS));
                    let set = match lexicon.field(row, 0) {
                        "compound" => &mut self.compounds,
                        "japanese" => &mut self.japanese,
                        _ => &mut self.parts,
                    };
                    let wrong = entries.filter(|e| !set.add(e, ())).map(str::to_owned).next();
                    return wrong.map(|e| lexicon.fault_at(row, 1, format!("`{e}` is listed twice")));
                }
                _ => {
                    let allowed = "surname rare-surname compound japanese given transliteration part vietnamese";
                    return unknown(lexicon, row, 0, allowed);
                }
            };
            for entry in entries {
                let mut chars = entry.chars();
                match (chars.next(), chars.next()) {
                    (Some(c), None) => {
                        let begins = if bit == class::GIVEN { 0 } else { class::BEGINS };
                        self.characters.mark(c, bit | begins);
                    }
                    _ => return Some(lexicon.fault_at(row, 1, format!("`{entry}` is not one character"))),
                }
            }
            None
        });
        each(&settings.followers, &["word"], files, faults, |lexicon, row| {
            (!self.followers.add(lexicon.field(row, 0), ())).then(|| twice(lexicon, row))
        });
        each(&settings.habitual, &["pair", "person", "title"], files, faults, |lexicon, row| {
            let (pair, person, title) = (lexicon.field(row, 0), lexicon.field(row, 1), lexicon.field(row, 2));
            if pair.strip_prefix(person) != Some(title) || title.is_empty() {
                return Some(lexicon.fault_at(row, 0, format!("`{pair}` is not `{person}` and `{title}`")));
            }
            self.habitual.push((pair.to_owned(), title.chars().count()));
            None
        });
    }

    fn read_ways(&mut self, settings: &Settings, files: &Resources<'_>, faults: &mut Vec<Fault>) {
        each(&settings.organizations, &["ending"], files, faults, |lexicon, row| {
            (!self.organizations.add(lexicon.field(row, 0), ())).then(|| twice(lexicon, row))
        });
        each(&settings.places, &["place", "kind"], files, faults, |lexicon, row| {
            let kind = match lexicon.field(row, 1) {
                "home" => PlaceKind::Home,
                "abroad" => PlaceKind::Abroad,
                "province" => PlaceKind::Province("省"),
                "municipality" => PlaceKind::Province("市"),
                "autonomous-region" => PlaceKind::Province("区"),
                "short" => PlaceKind::Short,
                "region" => PlaceKind::Region,
                _ => {
                    return unknown(
                        lexicon,
                        row,
                        1,
                        "home abroad province municipality autonomous-region short region",
                    );
                }
            };
            (!self.places.add(lexicon.field(row, 0), kind)).then(|| twice(lexicon, row))
        });
        each(&settings.walk, &["word", "use"], files, faults, |lexicon, row| {
            let walk = match lexicon.field(row, 1) {
                "stop" => Walk::Stop,
                "pass" => Walk::Pass,
                "strip" => Walk::Strip,
                _ => return unknown(lexicon, row, 1, "stop pass strip"),
            };
            (!self.walk.add(lexicon.field(row, 0), walk)).then(|| twice(lexicon, row))
        });
    }

    fn read_traps_and_events(&mut self, settings: &Settings, files: &Resources<'_>, faults: &mut Vec<Fault>) {
        let mut seen = FxHashSet::default();
        each(&settings.traps, &["text", "place"], files, faults, |lexicon, row| {
            let text = lexicon.field(row, 0);
            if !seen.insert(text.to_owned()) {
                return Some(twice(lexicon, row));
            }
            let place = lexicon.field(row, 1);
            match place {
                "after-role" | "after-name" | "after-both" => {
                    if place != "after-name" {
                        self.after_role.add(text, ());
                    }
                    if place != "after-role" {
                        self.after_name.add(text, ());
                    }
                }
                "word" => self.trap_words.push(text.to_owned()),
                _ => return unknown(lexicon, row, 1, "after-role after-name after-both word"),
            }
            None
        });
        each(&settings.events, &["verb", "event", "shape"], files, faults, |lexicon, row| {
            let Some(event) = Event::from_name(lexicon.field(row, 1)) else {
                return unknown(lexicon, row, 1, "appointed elected removed resigned none");
            };
            let set = match lexicon.field(row, 2) {
                "before-name" => &mut self.before_name,
                "before-role" => &mut self.before_role,
                "linking" => &mut self.linking,
                _ => return unknown(lexicon, row, 2, "before-name before-role linking"),
            };
            (!set.add(lexicon.field(row, 0), event)).then(|| twice(lexicon, row))
        });
    }
}

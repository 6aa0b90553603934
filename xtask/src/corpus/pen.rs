//! Writes a passage by the grammar and notes what is true of it.
//!
//! The grammar says how a sentence goes; here is what stands in it: who holds an office on that
//! day, which village, how much. Every person printed with a role and every formulation is noted as
//! it is written, so that the truth needs no reading of the text.

use fastrand::Rng;

use super::calendar::Day;
use super::grammar::{Call, Grammar, Write};
use super::names::{Names, Place, Pool};
use super::offices::{Office, held};
use super::plants::Lexicon;
use super::random::{Kind, chance, pick, word};
use super::truth::Person;

/// Where and when something is written.
pub(super) struct Scene {
    pub(super) day: Day,
    pub(super) pool: Pool,
    pub(super) place: Place,
}

/// Text and what is true of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Passage {
    pub(super) text: String,
    pub(super) persons: Vec<Person>,
    pub(super) phrases: Vec<Phrase>,
}

/// A formulation as written.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) text: String,
    /// Its number among the planted ones; none if it comes from a lexicon.
    pub(super) planted: Option<usize>,
}

/// A hand that writes about one scene.
pub(super) struct Pen<'a> {
    pub(super) names: Names,
    pub(super) lexicon: &'a Lexicon,
    pub(super) scene: &'a Scene,
    pub(super) rng: &'a mut Rng,
    /// Officials named already: from then on the name alone will do.
    pub(super) cast: &'a mut Vec<(Office, String)>,
    /// What `{@phrase}` stands for.
    pub(super) phrase: Option<Phrase>,
    pub(super) out: Passage,
}

impl Pen<'_> {
    /// A passage by one rule.
    pub(super) fn write(mut self, grammar: &Grammar, rule: &str) -> Passage {
        grammar.write(rule, &mut self);
        self.out
    }

    /// A sentence by one rule, with its full stop unless a quotation has it inside.
    pub(super) fn sentence(self, grammar: &Grammar, rule: &str) -> Passage {
        let mut passage = self.write(grammar, rule);
        if !passage.text.ends_with('”') {
            passage.text.push('。');
        }
        passage
    }

    fn push(&mut self, text: &str) {
        self.out.text += text;
    }

    fn place(&mut self) -> String {
        let (place, level) = (&self.scene.place, self.scene.place.level);
        match self.rng.u32(0..10) {
            0..6 => place.full(),
            6..8 => format!("全{level}"),
            _ => self.names.place(self.scene.pool.place(self.rng)).full(),
        }
    }

    /// An official: with the office the first time, by name alone from then on.
    fn official(&mut self) {
        let place = &self.scene.place;
        if self.cast.len() >= 3 || (!self.cast.is_empty() && chance(self.rng, 500)) {
            let name = pick(self.rng, self.cast).1.clone();
            return self.push(&name);
        }
        let office = Office::draw(self.rng);
        let name = office.holder(self.names, place, self.scene.day);
        if self.cast.iter().any(|(_, n)| *n == name) {
            return self.push(&name);
        }
        let full = chance(self.rng, 500);
        let (printed, roles) = office.print(self.rng, place, full);
        self.push(&printed);
        self.push(&name);
        self.out.persons.extend(roles.into_iter().map(|held| held.by(&name, place)));
        self.cast.push((office, name));
    }

    /// One role and two names: 副县长甲、乙.
    fn officials(&mut self) {
        let place = &self.scene.place;
        let first = self.rng.u64(0..3);
        let (one, two) = match self.rng.u32(0..2) {
            0 => (Office::ViceHead(first), Office::ViceHead(first + 1)),
            _ => (Office::ViceConference(first), Office::ViceConference(first + 1)),
        };
        let full = chance(self.rng, 300);
        let (printed, _) = one.print(self.rng, place, full);
        self.push(&printed);
        for (office, before) in [(one, ""), (two, "、")] {
            let name = office.holder(self.names, place, self.scene.day);
            self.push(before);
            self.push(&name);
            let (_, roles) = office.print(self.rng, place, full);
            self.out.persons.extend(roles.into_iter().map(|held| held.by(&name, place)));
        }
    }

    /// A person with a role that no committee gives: 某某公司董事长某某.
    fn titled(&mut self, organization: String, role: &str) {
        let name = self.citizen();
        self.push(&organization);
        self.push(role);
        self.push(&name);
        self.out.persons.push(held(organization, role).by(&name, &self.scene.place));
    }

    fn citizen(&mut self) -> String {
        self.names.person(Kind::Citizen, self.scene.pool.citizen(self.rng))
    }

    fn school(&mut self) -> String {
        let number = self.scene.pool.village(self.rng);
        self.names.school(&self.scene.place, number)
    }

    fn firm(&mut self) -> String {
        self.names.firm(self.scene.pool.firm(self.rng))
    }

    fn formula(&mut self) {
        let year = self.scene.day.date().year;
        match self.lexicon.draw(self.rng, year) {
            Some(phrase) => {
                self.out.text += phrase;
                self.out.phrases.push(Phrase { text: phrase.to_owned(), planted: None });
            }
            None => self.push("实事求是"),
        }
    }
}

impl Write for Pen<'_> {
    fn rng(&mut self) -> &mut Rng {
        self.rng
    }

    fn text(&mut self, text: &str) {
        self.push(text);
    }

    fn draw(&mut self, call: &Call) {
        let place = &self.scene.place;
        let text = match call.name.as_str() {
            "place" => self.place(),
            "level" => place.level.to_string(),
            "town" => self.names.town(place, self.scene.pool.town(self.rng)),
            "village" => self.names.village(place, self.scene.pool.village(self.rng)),
            "road" => self.names.road(place, self.scene.pool.village(self.rng)),
            "school" => self.school(),
            "firm" => self.firm(),
            "citizen" => self.citizen(),
            "official" => return self.official(),
            "officials" => return self.officials(),
            "manager" => {
                let (firm, role) = (self.firm(), word(self.rng, &["董事长", "总经理", "副总经理"]));
                return self.titled(firm, role);
            }
            "principal" => {
                let school = self.school();
                return self.titled(school, "校长");
            }
            "village-secretary" => return self.titled("村党支部".to_owned(), "书记"),
            "n" => self.rng.u64(call.numbers[0]..=call.numbers[1]).to_string(),
            "dec" => format!("{}.{}", self.rng.u32(2..90), self.rng.u32(1..10)),
            "pct" => format!("{}.{}%", self.rng.u32(1..40), self.rng.u32(1..10)),
            "money" => match self.rng.u32(0..3) {
                0 => format!("{}.{}亿元", self.rng.u32(1..30), self.rng.u32(1..10)),
                1 => format!("{}万元", self.rng.u32(20..9000)),
                _ => format!("{}余万元", self.rng.u32(2..90) * 10),
            },
            "day" => {
                let date = self.scene.day.before(self.rng.u64(0..4)).date();
                format!("{}月{}日", date.month, date.day)
            }
            "dom" => self.scene.day.date().day.to_string(),
            "formula" => return self.formula(),
            "phrase" => {
                let phrase = self.phrase.clone().expect("the rule `phrase` is used for planting alone");
                self.push(&phrase.text);
                self.out.phrases.push(phrase);
                return;
            }
            other => panic!("no grammar may ask for `@{other}`; a test writes every rule"),
        };
        self.push(&text);
    }
}

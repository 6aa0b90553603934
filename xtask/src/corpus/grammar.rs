//! The grammar that sentences are made from: rules with choices, read once for each topic.
//!
//! A grammar file holds rules (`: name`, one template a line) and lists of words (`= name`). What
//! a topic says goes before what all topics share: its templates replace those of the same name,
//! its words join those of the same name. What `{@name …}` stands for is up to the one who writes
//! (see `pen`), since it depends on page and article.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use fastrand::Rng;

use super::random::pick;

const COMMON: &str = include_str!("grammar/common.txt");

/// The topics, by name.
const TOPICS: &[(&str, &str)] = &[
    ("meeting", include_str!("grammar/meeting.txt")),
    ("economy", include_str!("grammar/economy.txt")),
    ("rural", include_str!("grammar/rural.txt")),
    ("school", include_str!("grammar/school.txt")),
    ("traffic", include_str!("grammar/traffic.txt")),
    ("weather", include_str!("grammar/weather.txt")),
    ("sport", include_str!("grammar/sport.txt")),
    ("health", include_str!("grammar/health.txt")),
    ("culture", include_str!("grammar/culture.txt")),
    ("safety", include_str!("grammar/safety.txt")),
];

/// The grammar of one topic.
pub(super) struct Grammar {
    pub(super) topic: &'static str,
    names: BTreeMap<String, usize>,
    rules: Vec<Vec<Template>>,
}

type Template = Vec<Part>;

enum Part {
    Text(String),
    Rule(usize),
    Choice(Vec<Template>),
    Drawn(Call),
}

/// Something drawn anew: a name, a number, a date.
pub(super) struct Call {
    pub(super) name: String,
    pub(super) numbers: Vec<u64>,
}

/// Who writes what a grammar produces.
pub(super) trait Write {
    fn rng(&mut self) -> &mut Rng;
    fn text(&mut self, text: &str);
    fn draw(&mut self, call: &Call);
}

/// The grammars of all topics.
pub(super) fn topics() -> Result<Vec<Grammar>> {
    let read = |&(topic, text): &(&'static str, &str)| {
        Grammar::read(topic, text).with_context(|| format!("the grammar of the topic `{topic}`"))
    };
    TOPICS.iter().map(read).collect()
}

impl Grammar {
    /// Writes one of the templates of a rule. The rule exists, or it is our mistake.
    pub(super) fn write(&self, rule: &str, pen: &mut impl Write) {
        let index = self.names.get(rule).expect("the rules that code names are in common.txt");
        self.write_rule(*index, pen);
    }

    fn write_rule(&self, rule: usize, pen: &mut impl Write) {
        let template = pick(pen.rng(), &self.rules[rule]);
        self.write_template(template, pen);
    }

    fn write_template(&self, template: &Template, pen: &mut impl Write) {
        for part in template {
            match part {
                Part::Text(text) => pen.text(text),
                Part::Rule(rule) => self.write_rule(*rule, pen),
                Part::Choice(choices) => {
                    let choice = pick(pen.rng(), choices);
                    self.write_template(choice, pen);
                }
                Part::Drawn(call) => pen.draw(call),
            }
        }
    }

    fn read(topic: &'static str, text: &str) -> Result<Self> {
        let mut sources = sections(COMMON)?;
        for (name, section) in sections(text)? {
            match (section, sources.get_mut(&name)) {
                (Section::Words(words), Some(Section::Words(known))) => known.extend(words),
                (section, _) => {
                    sources.insert(name, section);
                }
            }
        }
        let names: BTreeMap<String, usize> = sources.keys().cloned().enumerate().map(|(i, n)| (n, i)).collect();
        let mut rules = Vec::new();
        for (name, section) in &sources {
            let templates: Result<Vec<Template>> = match section {
                Section::Words(words) => Ok(words.iter().map(|w| vec![Part::Text((*w).to_owned())]).collect()),
                Section::Templates(lines) => lines.iter().map(|line| template(line, &names)).collect(),
            };
            let templates = templates.with_context(|| format!("the rule `{name}`"))?;
            ensure!(!templates.is_empty(), "the rule `{name}` has no templates");
            rules.push(templates);
        }
        Ok(Grammar { topic, names, rules })
    }
}

enum Section<'a> {
    Words(Vec<&'a str>),
    Templates(Vec<&'a str>),
}

fn sections(text: &str) -> Result<BTreeMap<String, Section<'_>>> {
    let mut sections = BTreeMap::new();
    let mut current = None;
    for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        if let Some(name) = line.strip_prefix("= ") {
            current = Some(sections.entry(name.to_owned()).or_insert(Section::Words(Vec::new())));
        } else if let Some(name) = line.strip_prefix(": ") {
            current = Some(sections.entry(name.to_owned()).or_insert(Section::Templates(Vec::new())));
        } else {
            match &mut current {
                Some(Section::Words(words)) => words.extend(line.split_whitespace()),
                Some(Section::Templates(lines)) => lines.push(line),
                None => bail!("`{line}` stands before the first rule"),
            }
        }
    }
    Ok(sections)
}

fn template(text: &str, names: &BTreeMap<String, usize>) -> Result<Template> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        if open > 0 {
            parts.push(Part::Text(rest[..open].to_owned()));
        }
        let close = closing(&rest[open..]).with_context(|| format!("a brace is not closed in `{text}`"))? + open;
        parts.push(braced(&rest[open + 1..close], names)?);
        rest = &rest[close + 1..];
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
    Ok(parts)
}

fn braced(inner: &str, names: &BTreeMap<String, usize>) -> Result<Part> {
    let choices = alternatives(inner);
    if choices.len() > 1 {
        let choices: Result<_> = choices.into_iter().map(|choice| template(choice, names)).collect();
        return Ok(Part::Choice(choices?));
    }
    if let Some(call) = inner.strip_prefix('@') {
        let mut words = call.split(' ');
        let name = words.next().unwrap_or_default().to_owned();
        let numbers: Result<_, _> = words.map(str::parse).collect();
        return Ok(Part::Drawn(Call { name, numbers: numbers.with_context(|| format!("`{inner}`"))? }));
    }
    Ok(Part::Rule(*names.get(inner).with_context(|| format!("there is no rule `{inner}`"))?))
}

/// Where the brace that opens `text` is closed.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.char_indices().find_map(|(i, c)| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        (depth == 0).then_some(i)
    })
}

/// Splits at bars outside inner braces.
fn alternatives(text: &str) -> Vec<&str> {
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (i, c) in text.char_indices() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if c == '|' && depth == 0 {
            found.push(&text[start..i]);
            start = i + 1;
        }
    }
    found.push(&text[start..]);
    found
}

#[cfg(test)]
impl Grammar {
    /// All rules, so that a test can write each.
    pub(super) fn rule_names(&self) -> impl Iterator<Item = &String> {
        self.names.keys()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_of_a_grammar_are_told() {
        let told = |text| Grammar::read("test", text).err().map(|e| format!("{e:#}"));
        assert_eq!(told(": a\n{b|{c|d}}\n"), None);
        assert_eq!(told(": a\n{nowhere}\n"), Some("the rule `a`: there is no rule `nowhere`".to_owned()));
        assert_eq!(told(": a\n{@n 3\n"), Some("the rule `a`: a brace is not closed in `{@n 3`".to_owned()));
        assert_eq!(told(": a\n"), Some("the rule `a` has no templates".to_owned()));
        assert_eq!(told("word\n"), Some("`word` stands before the first rule".to_owned()));
    }
}

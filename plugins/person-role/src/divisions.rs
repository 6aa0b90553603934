//! Administrative divisions by name: from the start of an organization to the lowest division it names.
//!
//! Names are not unique (some thirty cities have had a 郊区, and 鼓楼区 stands in five): a name decides only if one
//! division in force at the date bears it, or if what is known of where the text is from leaves one.

use std::hash::Hasher as _;
use std::ops::Range;

use banmian_core::{Fault, Lexicon, Resource};
use rustc_hash::FxHasher;

use crate::office::Level;

/// All divisions of the lexicon, sorted by name.
#[derive(Debug, Default)]
pub(crate) struct Divisions {
    rows: Vec<Row>,
    /// The names, one after the other.
    names: String,
    /// Rows in the order of codes.
    by_code: Vec<u32>,
    /// Where to look for a name: the first of its rows, at its hash or in one of the places after it; [`NONE`] ends the way.
    slots: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    name: (u32, u16),
    code: u32,
    /// First and last year; [`u16::MAX`] if in force.
    since: u16,
    until: u16,
    short: bool,
}

/// The place that a name begins with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// Characters of the name that the place takes up.
    pub(crate) len: usize,
    /// GB/T 2260 code; 0 if the name fits several divisions.
    pub(crate) code: u32,
    /// Its level; none if the divisions of that name have several.
    pub(crate) level: Option<Level>,
    /// Only a short form is printed: 甘肃.
    pub(crate) short: bool,
}

/// What is known of where and when a text was printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Code of the place of the paper, or 0.
    pub(crate) home: u32,
    /// Year of the issue, or 0.
    pub(crate) year: u16,
    /// Code of the city that bears the name of the paper's, where the page shows that it is not that one; else 0.
    pub(crate) other: u32,
}

/// What a full name of a division may end with.
const ENDS: &[char] = &['省', '市', '县', '区', '州', '盟', '旗'];
/// Longest name: 双江拉祜族佤族布朗族傣族自治县 has fifteen characters.
const LONGEST: usize = 18;
/// No row.
const NONE: u32 = u32::MAX;

impl Divisions {
    /// Reads the lexicon; every wrong line is a fault.
    pub(crate) fn read(resource: Resource) -> Result<Divisions, Vec<Fault>> {
        let lexicon = Lexicon::read(resource, &["division", "code", "since", "until", "form"])?;
        let mut divisions = Divisions::default();
        let mut faults = Vec::new();
        let small = |n: usize| u32::try_from(n).expect("lexicons are smaller than 4 GiB");
        for row in lexicon.rows() {
            let field = |column| lexicon.field(row, column);
            let fault = |column, message: String| lexicon.fault_at(row, column, message);
            let Some(code) = digits(field(1), 6) else {
                faults.push(fault(1, format!("`{}` is no code of six digits", field(1))));
                continue;
            };
            let (Some(since), Some(until)) = (year(field(2), 0), year(field(3), u16::MAX)) else {
                let help = "write the year with four digits, or leave it out";
                faults.push(fault(2, "`since` and `until` are years".to_owned()).help(help));
                continue;
            };
            let short = match field(4) {
                "" => false,
                "short" => true,
                other => {
                    faults.push(fault(4, format!("`{other}` is not known here")).help("write `short` or leave it out"));
                    continue;
                }
            };
            let name = (small(divisions.names.len()), u16::try_from(field(0).len()).unwrap_or(u16::MAX));
            divisions.names.push_str(field(0));
            divisions.rows.push(Row { name, code, since, until, short });
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let Divisions { rows, names, by_code, slots } = &mut divisions;
        let key = |row: &Row| (text(names, row), row.code);
        if !rows.is_sorted_by_key(key) {
            rows.sort_by(|a, b| key(a).cmp(&key(b)));
        }
        // What lies above a place is asked for by its code, which ends in two zeros.
        let above = rows.iter().enumerate().filter(|(_, row)| row.code % 100 == 0);
        by_code.extend(above.map(|(at, _)| small(at)));
        by_code.sort_by_key(|&at| rows[at as usize].code);
        // Half of the places stay empty, so that few names are not where their hash says.
        slots.resize((rows.len() * 2).next_power_of_two(), NONE);
        let mut before = None;
        for (at, row) in rows.iter().enumerate() {
            let name = Some(text(names, row));
            if name != before {
                let free = places(slots.len(), text(names, row)).find(|&place| slots[place] == NONE);
                slots[free.expect("half of the places are empty")] = small(at);
            }
            before = name;
        }
        Ok(divisions)
    }

    /// The lowest division that a name of a body begins with: 甘肃省兰州市城关区 of 甘肃省兰州市城关区教育局.
    pub(crate) fn start_of(&self, name: &str, origin: Origin) -> Option<Found> {
        let mut found: Option<Found> = None;
        let mut rest = name;
        // 省、市、县: no name holds more than three.
        for _ in 0..3 {
            let Some((next, bytes)) = self.longest(rest, origin, found) else { break };
            let len = found.map_or(0, |f| f.len) + next.len;
            found = Some(Found { len, ..next });
            rest = &rest[bytes..];
        }
        found
    }

    /// The place of a paper: 甘肃 of 甘肃日报, 兰州 of 兰州日报. 0 if there is none or more than one.
    pub(crate) fn of_paper(&self, paper: &str, year: u16) -> u32 {
        let origin = Origin { year, ..Origin::default() };
        if let Some(found) = self.start_of(paper, origin) {
            return found.code;
        }
        let stem = ["日报", "晚报", "晨报", "早报", "时报", "政协报"].iter().find_map(|end| paper.strip_suffix(end));
        let Some(stem) = stem.filter(|s| s.chars().count() >= 2) else { return 0 };
        self.of_stem(stem, origin)
    }

    /// The one division whose name is the stem with 市, 县, 地区 …: 嘉峪关; of a city and a
    /// district in it the city. 0 if there is none or more than one.
    pub(crate) fn of_stem(&self, stem: &str, origin: Origin) -> u32 {
        let mut name = String::with_capacity(stem.len() + "地区".len());
        let len = stem.chars().count();
        let found = ["", "省", "市", "县", "区", "州", "盟", "旗", "地区"].iter().filter_map(|end| {
            name.clear();
            name.push_str(stem);
            name.push_str(end);
            let len = len + end.len() / "省".len();
            let found = self.start_of(&name, origin).filter(|f| f.len == len && f.code != 0)?;
            Some((self.is_in_force(&name, origin.year), found.code))
        });
        let found: Vec<(bool, u32)> = found.collect();
        // 临江区 was abolished long ago: 临江 is 临江市.
        let best = found.iter().map(|&(current, _)| current).max();
        let codes: Vec<u32> = found.iter().filter(|f| Some(f.0) == best).map(|f| f.1).collect();
        // 白银区 lies in 白银市: 白银 alone is the city.
        let city = codes.iter().copied().find(|city| city % 100 == 0 && codes.iter().all(|c| c / 100 == city / 100));
        match codes[..] {
            [code] => code,
            _ => city.unwrap_or(0),
        }
    }

    /// True if a division has this name in that year; today if no year is known.
    fn is_in_force(&self, name: &str, year: u16) -> bool {
        let of_year =
            |row: &Row| if year == 0 { row.until == u16::MAX } else { (row.since..=row.until).contains(&year) };
        self.rows[self.range_of(name)].iter().any(of_year)
    }

    /// The shortest name of a prefecture or province in force that ends with a level: 甘肃省 of 620000 and 省.
    pub(crate) fn name_of(&self, code: u32, level: char) -> Option<&str> {
        let row = |at: &u32| &self.rows[*at as usize];
        let first = self.by_code.partition_point(|at| row(at).code < code);
        let of_code = self.by_code[first..].iter().map(row).take_while(|row| row.code == code);
        let names = of_code.filter(|row| row.until == u16::MAX).map(|row| text(&self.names, row));
        names.filter(|name| name.ends_with(level)).min_by_key(|name| name.len())
    }

    /// True if a division, of whatever year, has this name.
    pub(crate) fn holds(&self, name: &str) -> bool {
        !self.range_of(name).is_empty()
    }

    /// The longest name of a division at the start of a text, inside the division before; and its bytes.
    fn longest(&self, text: &str, origin: Origin, inside: Option<Found>) -> Option<(Found, usize)> {
        let mut ends = [(0, 0, ' '); LONGEST];
        let mut n = 0;
        for (len, (at, c)) in text.char_indices().take(LONGEST).enumerate() {
            // Short forms of provinces have two or three characters.
            if ENDS.contains(&c) && len > 0 || (len == 1 || len == 2) && inside.is_none() {
                ends[n] = (len + 1, at + c.len_utf8(), c);
                n += 1;
            }
        }
        ends[..n].iter().rev().find_map(|&(len, bytes, _)| {
            let name = &text[..bytes];
            // 城区, 郊区, 东区: some town's.
            let vague = len == 2 && name.ends_with('区');
            if vague && inside.is_none() {
                return None;
            }
            let found = self.named(name, origin, inside)?;
            Some((Found { len, ..found }, bytes))
        })
    }

    /// The division of that name.
    fn named(&self, name: &str, origin: Origin, inside: Option<Found>) -> Option<Found> {
        let rows = &self.rows[self.range_of(name)];
        let first = rows.first()?;
        let under = |row: &&Row| inside.is_none_or(|f| f.code == 0 || is_under(row.code, f.code));
        let mut chosen: Vec<&Row> = rows.iter().filter(under).collect();
        if chosen.is_empty() {
            return None;
        }
        // Keeps those that are such, if there are any.
        let mut narrow = |such: &dyn Fn(&Row) -> bool| {
            let any = chosen.iter().any(|row| such(row));
            chosen.retain(|row| !any || such(row));
            any
        };
        // In force at the date, else today; then near where the paper is from.
        let in_force = origin.year != 0 && narrow(&|row| (row.since..=row.until).contains(&origin.year))
            || narrow(&|row| row.until == u16::MAX);
        if !in_force {
            let last = rows.iter().filter(under).map(|row| row.until).max();
            narrow(&|row| Some(row.until) == last);
        }
        narrow(&|row| origin.home != 0 && is_near(row.code, origin.home));
        let level = level_of(chosen[0].code);
        let same = chosen.iter().all(|r| level_of(r.code) == level);
        let code = if chosen.len() == 1 { chosen[0].code } else { 0 };
        // A page of a place that no list holds: what it names without more lies there, not where a list has it.
        let elsewhere = origin.other != 0 && inside.is_none() && level == Level::County;
        let known = same && !(elsewhere && code == origin.other);
        Some(Found {
            len: 0,
            code: if elsewhere { 0 } else { code },
            level: known.then_some(level),
            short: first.short,
        })
    }

    fn range_of(&self, name: &str) -> Range<usize> {
        let is_it = |at: u32| self.rows.get(at as usize).is_none_or(|row| text(&self.names, row) == name);
        let found = places(self.slots.len(), name).map(|place| self.slots[place]).find(|&at| is_it(at));
        let Some(start) = found.filter(|&at| at != NONE).map(|at| at as usize) else { return 0..0 };
        let same = self.rows[start..].iter().take_while(|row| text(&self.names, row) == name).count();
        start..start + same
    }
}

/// Where to look for a name among so many places, a power of two: at its hash, then onwards.
fn places(n: usize, name: &str) -> impl Iterator<Item = usize> + use<> {
    let mut hasher = FxHasher::default();
    hasher.write(name.as_bytes());
    let first = hasher.finish() as usize;
    (0..n).map(move |step| first.wrapping_add(step) & (n - 1))
}

fn text<'n>(names: &'n str, row: &Row) -> &'n str {
    &names[row.name.0 as usize..row.name.0 as usize + usize::from(row.name.1)]
}

/// Of a code, by its digits: two for the province, two for the prefecture, two for the county.
fn level_of(code: u32) -> Level {
    match code {
        c if c % 10_000 == 0 => Level::Province,
        c if c % 100 == 0 => Level::Prefecture,
        _ => Level::County,
    }
}

/// True for the code of a county, or of a city or district of that rank; 0 is the code of none.
pub(crate) fn is_county(code: u32) -> bool {
    level_of(code) == Level::County
}

/// True if the one division is a part of the other.
fn is_under(code: u32, whole: u32) -> bool {
    match level_of(whole) {
        Level::Province => code != whole && code / 10_000 == whole / 10_000,
        Level::Prefecture => code != whole && code / 100 == whole / 100,
        _ => false,
    }
}

/// True if a paper of that home would name the division without more: its own, those in it, or one of its province.
fn is_near(code: u32, home: u32) -> bool {
    code / 10_000 == home / 10_000
}

fn digits(text: &str, n: usize) -> Option<u32> {
    (text.len() == n && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn year(text: &str, none: u16) -> Option<u16> {
    if text.is_empty() { Some(none) } else { digits(text, 4).and_then(|y| u16::try_from(y).ok()) }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use banmian_core::Resource;

    use super::{Divisions, Origin};

    fn divisions() -> Divisions {
        let text = include_str!("../../../config/lexicons/person-divisions.tsv");
        Divisions::read(Resource { name: "divisions".to_owned(), text: Arc::from(text) }).expect("the lexicon is sound")
    }

    fn code(name: &str, home: u32, year: u16) -> u32 {
        divisions().start_of(name, Origin { home, year, other: 0 }).map_or(1, |f| f.code)
    }

    #[test]
    fn the_lowest_place_of_a_name_counts() {
        assert_eq!(code("嘉峪关市政协", 0, 2023), 620_200);
        assert_eq!(code("甘肃省陇南市两当县政协", 0, 2023), 621_228);
        assert_eq!(code("甘肃省委", 0, 2023), 620_000);
        assert_eq!(code("临夏州委", 0, 2023), 622_900);
        assert_eq!(code("财政局", 0, 2023), 1, "no place");
    }

    #[test]
    fn a_name_that_several_bear_has_no_code_but_its_level() {
        assert_eq!(code("鼓楼区政协", 0, 2023), 0);
        assert_eq!(code("鼓楼区政协", 320_100, 2023), 0, "Nanjing and Xuzhou, both in Jiangsu");
        assert_eq!(code("鼓楼区政协", 350_100, 2023), 350_102, "a paper of Fujian");
        assert_eq!(code("南京市鼓楼区政协", 0, 2023), 320_106);
    }

    #[test]
    fn the_code_is_that_of_the_year() {
        assert_eq!(code("两当县委", 0, 1990), 622_629);
        assert_eq!(code("两当县委", 0, 0), 621_228, "in force where the date is not known");
        assert_eq!(code("襄樊市委", 0, 2023), 420_600, "renamed: the last code it had");
    }

    #[test]
    fn papers_are_of_a_place() {
        let divisions = divisions();
        assert_eq!(divisions.of_paper("甘肃日报", 2023), 620_000);
        assert_eq!(divisions.of_paper("兰州晚报", 2023), 620_100);
        assert_eq!(divisions.of_paper("经济日报", 2023), 0);
    }
}

//! Puts back the organization that the text leaves out, and says what that rests on.
//!
//! 县政协 in an item dated 两当 is 两当县政协; 副主席 after 县政协主席 in a sentence is of the same
//! body. Nothing is put back without such a basis.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use banmian_core::{Article, Page, Part};

use crate::finding::{Basis, Finding, Kind};
use crate::lexicons::{Lexicons, PlaceKind};

/// Levels of places that stand alone for the place the item is about: 县政协, 市委.
const LEVELS: &[char] = &['省', '市', '县', '区', '州', '盟', '旗', '乡', '镇', '村', '地', '团'];

/// Role nouns that belong to the body of the role before, if none is printed.
const SAME_BODY: &[&str] = &[
    "主席",
    "主任",
    "书记",
    "秘书长",
    "常委",
    "委员",
    "会长",
    "理事长",
    "董事长",
    "院长",
    "校长",
    "检察长",
    "局长",
    "部长",
    "厅长",
    "经理",
    "社长",
    "总编辑",
    "编辑",
    "监事",
    "董事",
    "理事",
    "总裁",
    "厂长",
    "司令员",
    "政委",
    "行长",
    "台长",
    "所长",
    "馆长",
    "工程师",
    "教练",
];

/// What the page says about where its items are from.
pub(crate) struct Resolver<'a> {
    page: &'a Page,
    lexicons: &'a Lexicons,
    /// Read once an article, however many findings it has.
    clues: BTreeMap<u32, Clues>,
    /// The city of the paper, if the page says that it is one; read once a page.
    city: OnceCell<Option<String>>,
}

/// What an article says about where it is from.
#[derive(Default)]
struct Clues {
    /// 两当 of 本报两当讯.
    place: Option<String>,
    /// The levels with which the place stands in the text: 县 for 两当县.
    levels: Vec<char>,
}

impl<'a> Resolver<'a> {
    pub(crate) fn new(page: &'a Page, lexicons: &'a Lexicons) -> Self {
        Resolver { page, lexicons, clues: BTreeMap::new(), city: OnceCell::new() }
    }

    /// Fills `resolved` and `basis` of the findings of a page, in page order.
    pub(crate) fn resolve(&mut self, findings: &mut [Finding]) {
        for i in 0..findings.len() {
            let (done, rest) = findings.split_at_mut(i);
            let finding = &mut rest[0];
            if finding.kind == Kind::Byline && finding.organization.is_empty() {
                continue;
            }
            let (resolved, basis) = if finding.organization.is_empty() {
                self.clause_body(finding, done).unwrap_or_default()
            } else {
                self.completed(finding)
            };
            finding.resolved = resolved;
            finding.basis = basis;
        }
    }

    /// The body of a role before, in the same sentence: 县政协主席甲……，副主席乙.
    fn clause_body(&self, finding: &Finding, done: &[Finding]) -> Option<(String, Basis)> {
        let sentence = self.page.sentence_at(finding.range.start)?;
        let start = self.page.sentences[sentence].range.start;
        // Findings come in page order: those before the sentence are not asked.
        let earlier = done.iter().rev().take(60).take_while(|f| f.range.start >= start);
        let mut earlier = earlier.filter(|f| !f.resolved.is_empty() && f.kind != Kind::Byline);
        if let Some(level) = level_of(&finding.role) {
            // 北京市委书记、市长: the place of the body.
            let body = &earlier.next()?.resolved;
            let at = body.find(level).filter(|&at| at > 0)?;
            return Some((body[..at + level.len_utf8()].to_owned(), Basis::Clause));
        }
        let noun = SAME_BODY.iter().find(|n| finding.role.ends_with(*n))?;
        let deputy = finding.role.contains('副');
        let of_body = matches!(*noun, "秘书长" | "常委" | "委员");
        let same = earlier.find(|f| {
            let alike = f.role.ends_with(noun);
            let head = ["主席", "会长", "理事长", "主任委员", "委员长", "书记", "委员", "常委"]
                .iter()
                .any(|h| f.role.ends_with(h));
            (deputy && alike) || (of_body && head) || (f.person == finding.person && alike)
        });
        same.map(|f| (f.resolved.clone(), Basis::Clause))
    }

    /// The printed organization, completed where it starts with a bare level.
    fn completed(&mut self, finding: &Finding) -> (String, Basis) {
        let printed = finding.organization.as_str();
        let bare = printed.strip_prefix(['我', '本', '该', '全']).unwrap_or(printed);
        if printed == "本报" && !self.page.issue.paper.is_empty() {
            return (self.page.issue.paper.clone(), Basis::Paper);
        }
        let Some(level) = bare.chars().next().filter(|c| LEVELS.contains(c)) else {
            return (printed.to_owned(), Basis::Printed);
        };
        let article = self.page.piece_at(finding.range.start).and_then(|i| self.page.pieces[i].article);
        if let Some(article) = article {
            let page = self.page;
            let clues = self.clues.entry(article).or_insert_with(|| read_clues(page, &page.articles[article as usize]));
            let clues: &Clues = clues;
            if let Some(place) = &clues.place
                && let Some(whole) = with_level(self.lexicons, place, level, bare, &clues.levels)
            {
                return (whole, Basis::Dateline);
            }
            let headline = |part| page.headline(&page.articles[article as usize], part);
            let parts = [Part::Main, Part::Kicker, Part::Deck];
            if let Some(whole) = parts.into_iter().find_map(|part| self.in_headline(headline(part), bare)) {
                return (whole, Basis::Headline);
            }
        }
        match self.paper_body(level, bare) {
            Some(whole) => (whole, Basis::Paper),
            None => (printed.to_owned(), Basis::Printed),
        }
    }

    /// The headline has the body in full: 两当县政协十届二次会议开幕.
    fn in_headline(&self, headline: &str, bare: &str) -> Option<String> {
        let at = headline.find(bare)?;
        let mut place: Vec<char> = headline[..at].chars().rev().take_while(|&c| crate::characters::is_han(c)).collect();
        place.reverse();
        // 选举产生市人民政府副市长: a verb is no place.
        let verb = self.lexicons.walk.ending(&place, 0, place.len()).is_some();
        ((2..=4).contains(&place.len()) && !verb).then(|| place.iter().collect::<String>() + bare)
    }

    /// 省委 in 甘肃日报: the province of the paper; 市委 in 兰州日报, if the page names 兰州市.
    fn paper_body(&self, level: char, bare: &str) -> Option<String> {
        let name = self.page.issue.paper.as_str();
        let paper: Vec<char> = name.chars().collect();
        let (len, kind) = self.lexicons.places.at(&paper, 0).unwrap_or((0, PlaceKind::Home));
        if let PlaceKind::Province(word) = kind {
            let place: String = paper[..len].iter().collect();
            return word.starts_with(level).then(|| format!("{place}{bare}"));
        }
        let city = self.city.get_or_init(|| self.read_city());
        city.as_ref().filter(|_| level == '市').map(|stem| format!("{stem}{bare}"))
    }

    /// 临江 of 临江日报, which may be of a city or a county: the page must say which.
    fn read_city(&self) -> Option<String> {
        let name = self.page.issue.paper.as_str();
        let place = ["日报", "晚报", "晨报", "早报", "时报"].iter().find_map(|end| name.strip_suffix(end))?;
        let stem = place.strip_suffix('市').unwrap_or(place);
        let plain = (2..=4).contains(&stem.chars().count());
        let said = stem.len() < place.len() || self.page.text.contains(&format!("{stem}市"));
        (plain && said).then(|| stem.to_owned())
    }
}

fn read_clues(page: &Page, article: &Article) -> Clues {
    let mut clues = Clues { place: dateline_place(page, article), levels: Vec::new() };
    if let Some(place) = &clues.place {
        let pieces = page.pieces_of(article);
        let range = pieces.first().zip(pieces.last()).map(|(first, last)| first.range.cover(last.range));
        let text = range.map_or("", |range| page.slice(range));
        let after = text.match_indices(place.as_str()).filter_map(|(at, _)| text[at + place.len()..].chars().next());
        clues.levels = after.filter(|c| LEVELS.contains(c)).collect();
        clues.levels.sort_unstable();
        clues.levels.dedup();
    }
    clues
}

/// 两当 of 本报两当讯.
pub(crate) fn dateline_place(page: &Page, article: &Article) -> Option<String> {
    let text = match article.dateline {
        Some(range) => page.slice(range),
        None => {
            // No dateline was found: perhaps the first paragraph opens with one.
            let piece = page.pieces_of(article).iter().find(|p| p.part == Part::Paragraph)?;
            let text = page.slice(piece.range);
            text.char_indices().nth(24).map_or(text, |(end, _)| &text[..end])
        }
    };
    let rest = text.trim_start().strip_prefix("本报").or_else(|| text.trim_start().strip_prefix("新华社"))?;
    let end = rest.find(|c: char| c == '讯' || c == '电' || c.is_ascii_digit()).unwrap_or(rest.len());
    let place = rest[..end].trim();
    let plain = place.chars().all(crate::characters::is_han) && (1..=8).contains(&place.chars().count());
    (plain && rest.contains(['讯', '电'])).then(|| place.to_owned())
}

/// The place with the level, if that is what it is: 两当 + 县, not 兰州 + 县. `levels` are those with
/// which the place stands in the article.
fn with_level(lexicons: &Lexicons, place: &str, level: char, bare: &str, levels: &[char]) -> Option<String> {
    if let Some(stem) = place.strip_suffix(level) {
        return Some(format!("{stem}{bare}"));
    }
    let chars: Vec<char> = place.chars().collect();
    if let Some(PlaceKind::Province(word)) = lexicons.places.get(&chars) {
        return word.starts_with(level).then(|| format!("{place}{bare}"));
    }
    if level == '省' || matches!(level, '地' | '团') || place.ends_with(LEVELS) {
        return None;
    }
    (levels.contains(&level) || levels.is_empty()).then(|| format!("{place}{bare}"))
}

/// The level in the noun itself: 市 in 市长, 副县长.
fn level_of(role: &str) -> Option<char> {
    let mut from_end = role.chars().rev();
    (from_end.next() == Some('长')).then(|| from_end.next()).flatten().filter(|c| LEVELS.contains(c))
}

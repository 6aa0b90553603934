//! Puts back the organization that the text leaves out, and says what that rests on.
//!
//! 县政协 in an item dated 两当 is 两当县政协; 副主席 after 县政协主席 in a sentence is of the same
//! body. Nothing is put back without such a basis.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use banmian_core::{Article, Page, Part};

use crate::characters::is_han;
use crate::divisions::{Origin, is_county};
use crate::finding::{Basis, Finding, Kind};
use crate::keys::article_of;
use crate::lexicons::{Lexicons, PlaceKind, Walk};

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

/// What stands before the place in the names of committees of parties.
const PARTIES: &[&str] =
    &["中国共产党", "中共", "民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟", "共青团", "政协"];

/// Departments of a party committee, which print names without it after 市委常委.
const DEPARTMENTS: &[&str] =
    &["组织部", "宣传部", "统战部", "统一战线工作部", "政法委", "政法委员会", "社会工作部", "农村工作部", "政策研究室"];

/// What the page says about where its items are from.
pub(crate) struct Resolver<'a> {
    page: &'a Page,
    lexicons: &'a Lexicons,
    origin: Origin,
    /// Read once an article, however many findings it has.
    clues: BTreeMap<u32, Clues<'a>>,
    /// The city of the paper, if the page says that it is one; read once a page.
    city: OnceCell<Option<String>>,
}

/// What an article says about where it is from.
#[derive(Default)]
struct Clues<'a> {
    /// 两当 of 本报两当讯.
    place: Option<String>,
    /// The levels with which the place stands in the text: 县 for 两当县.
    levels: Vec<char>,
    /// Code of the place, if one division bears its name; else 0.
    code: u32,
    /// The text of the article.
    text: &'a str,
    /// The bodies that were looked for in it.
    named: BTreeMap<String, Option<String>>,
}

impl<'a> Resolver<'a> {
    pub(crate) fn new(page: &'a Page, lexicons: &'a Lexicons, origin: Origin) -> Self {
        Resolver { page, lexicons, origin, clues: BTreeMap::new(), city: OnceCell::new() }
    }

    /// Fills `completed` and `basis` of the findings of a page, in page order.
    pub(crate) fn resolve(&mut self, findings: &mut [Finding]) {
        for i in 0..findings.len() {
            let (done, rest) = findings.split_at_mut(i);
            let finding = &mut rest[0];
            if finding.kind == Kind::Byline && finding.organization.is_empty() {
                continue;
            }
            let told = if finding.organization.is_empty() {
                let told = self.clause_body(finding, done).or_else(|| self.place_of_post(finding));
                told.or_else(|| self.body_of_head(finding, done))
            } else if let Some(department) = department(finding, done) {
                Some((department, Basis::Clause))
            } else {
                self.completed(finding, done)
            };
            let as_it_is = if finding.organization.is_empty() { Basis::Unknown } else { Basis::Printed };
            finding.basis = told.as_ref().map_or(as_it_is, |(_, basis)| *basis);
            finding.completed = told.map(|(completed, _)| completed);
        }
    }

    /// The body of a role before, in the same sentence: 县政协主席甲……，副主席乙.
    fn clause_body(&self, finding: &Finding, done: &[Finding]) -> Option<(String, Basis)> {
        let sentence = self.page.sentence_at(finding.range.start)?;
        let start = self.page.sentences[sentence].range.start;
        // Findings come in page order: those before the sentence are not asked.
        let earlier = done.iter().rev().take(60).take_while(|f| f.range.start >= start);
        let mut earlier = earlier.filter(|f| !f.resolved().is_empty() && f.kind != Kind::Byline);
        if let Some(level) = level_of(&finding.role) {
            // 北京市委书记、市长: the place of the body.
            let body = earlier.next()?.resolved();
            let at = body.find(level).filter(|&at| at > 0)?;
            return Some((body[..at + level.len_utf8()].to_owned(), Basis::Clause));
        }
        let noun = SAME_BODY.iter().find(|n| finding.role.ends_with(*n))?;
        let own = || earlier.clone().find(|f| f.person == finding.person);
        if let Some(body) = own().and_then(|f| body_of_group(f, noun)) {
            return Some((body, Basis::Clause));
        }
        let deputy = finding.role.contains('副');
        let of_body = matches!(*noun, "秘书长" | "常委" | "委员");
        // 市委书记甲，市政府党组成员、秘书长乙: the other office of the person tells more than the head before.
        let other = own().filter(|f| *noun == "秘书长" && !f.resolved().ends_with(LEVELS));
        let same = other.or_else(|| {
            earlier.clone().find(|f| {
                let alike = f.role.ends_with(noun);
                let head = ["主席", "会长", "理事长", "主任委员", "委员长", "书记", "委员", "常委"]
                    .iter()
                    .any(|h| f.role.ends_with(h));
                // 县委委员、常委、书记: posts of one committee.
                let party = |role: &str| ["书记", "常委", "委员"].iter().any(|noun| role.ends_with(noun));
                let committee = ["委", "委员会", "党组"].iter().any(|end| f.resolved().ends_with(end));
                let own = f.person == finding.person && (alike || committee && party(&f.role) && party(&finding.role));
                (deputy && alike) || (of_body && head) || own
            })
        });
        same.map(|f| (f.resolved().to_owned(), Basis::Clause))
    }

    /// 副主席 in an article that has named the 主席 of one body, and of no other: it is of that body. So is its 秘书长.
    fn body_of_head(&self, finding: &Finding, done: &[Finding]) -> Option<(String, Basis)> {
        let head = match finding.role.strip_prefix("常务").unwrap_or(&finding.role) {
            "秘书长" => "主席",
            role => role.strip_prefix('副').filter(|head| SAME_BODY.contains(head))?,
        };
        let article = article_of(self.page, finding.range)?;
        let of_article = |f: &&Finding| article_of(self.page, f.range) == Some(article);
        let heads = done.iter().rev().take(60).take_while(of_article);
        let mut bodies = heads.filter(|f| f.role == head && f.kind == Kind::Office).map(|f| f.resolved());
        let body = bodies.next().filter(|body| !body.is_empty())?;
        bodies.all(|other| other == body).then(|| (body.to_owned(), Basis::Article))
    }

    /// 副市长 in an item of 洮阳 or in the paper of a city: the place that the post leaves out.
    fn place_of_post(&mut self, finding: &Finding) -> Option<(String, Basis)> {
        let level = level_of(&finding.role).filter(|level| matches!(level, '省' | '市' | '县' | '区' | '旗'))?;
        // Governors and mayors abroad.
        if finding.person_text(self.page).contains('·') {
            return None;
        }
        self.whole(finding, level, level.encode_utf8(&mut [0; 4]), &[])
    }

    /// The printed organization, completed where it starts with a bare level; none if it stays as it is printed.
    fn completed(&mut self, finding: &Finding, done: &[Finding]) -> Option<(String, Basis)> {
        let printed = finding.organization.as_str();
        let bare = printed.strip_prefix(['我', '本', '该', '全']).unwrap_or(printed);
        if printed == "本报" && !self.page.issue.paper.is_empty() {
            return Some((self.page.issue.paper.clone(), Basis::Paper));
        }
        let level = bare.chars().next().filter(|c| LEVELS.contains(c))?;
        self.whole(finding, level, bare, done)
    }

    /// A body that begins with a bare level, with the place before it, and what that rests on. `done` are the findings before.
    fn whole(&mut self, finding: &Finding, level: char, bare: &str, done: &[Finding]) -> Option<(String, Basis)> {
        // 漳县政协副主席、县人民医院院长: the place of the other office of the person.
        if let Some(whole) = self.of_clause(finding, level, bare, done, true) {
            return Some(whole);
        }
        let mut code = 0;
        let mut guess = None;
        let mut named = None;
        if let Some(article) = article_of(self.page, finding.range) {
            let (page, lexicons, origin) = (self.page, self.lexicons, self.origin);
            let read = || read_clues(page, lexicons, origin, &page.articles[article as usize]);
            let clues = self.clues.entry(article).or_insert_with(read);
            code = clues.code;
            if let Some(place) = clues.place.as_ref().filter(|_| !is_above(lexicons, clues, level)) {
                match with_level(lexicons, place, level, bare, &clues.levels) {
                    Some((whole, Sure::Yes)) => return Some((whole, Basis::Dateline)),
                    Some((whole, Sure::No)) => guess = Some(whole),
                    None => {}
                }
            }
            let printed = bare.len() > level.len_utf8();
            let headline = |part| page.headline(&page.articles[article as usize], part);
            let parts = [Part::Main, Part::Kicker, Part::Deck];
            let of_headline =
                parts.into_iter().filter(|_| printed).find_map(|p| in_headline(lexicons, headline(p), bare));
            if let Some(whole) = of_headline {
                return Some((whole, Basis::Headline));
            }
            if printed {
                named = clues.named_in_full(lexicons, level, bare);
            }
        }
        if let Some(whole) = self.of_clause(finding, level, bare, done, false) {
            return Some(whole);
        }
        // Of the own city and province a paper says 市委 and 省委, though it names those of others in full.
        let below = !matches!(level, '省' | '市' | '州');
        let of_article = |named: Option<String>| named.map(|whole| (whole, Basis::Article));
        let paper = || self.paper_body(level, bare).map(|whole| (whole, Basis::Paper));
        let above = |code, basis| self.above(code, level, bare).map(|whole| (whole, basis));
        of_article(named.clone().filter(|_| below))
            .or_else(|| guess.map(|whole| (whole, Basis::Dateline)))
            .or_else(paper)
            .or_else(|| above(code, Basis::Dateline))
            .or_else(|| above(self.origin.home, Basis::Paper))
            .or_else(|| of_article(named))
    }

    /// The body with the place of one before it in the sentence, which begins with a place of that level: 漳县 of 漳县政协. With
    /// `own`, only of those of the same person. It rests on what that one rests on.
    fn of_clause(
        &self,
        finding: &Finding,
        level: char,
        bare: &str,
        done: &[Finding],
        own: bool,
    ) -> Option<(String, Basis)> {
        const LONGEST_PLACE: usize = 5;
        let sentence = self.page.sentence_at(finding.range.start)?;
        let start = self.page.sentences[sentence].range.start;
        let rest = bare.strip_prefix(level)?;
        let place = |f: &Finding| {
            // 中共河洮市委 is of 河洮市, 民革市委会 of no place that it names.
            let body = PARTIES.iter().find_map(|p| f.resolved().strip_prefix(p)).unwrap_or(f.resolved());
            if body.starts_with(LEVELS) {
                return None;
            }
            let at = body.char_indices().skip(1).take(LONGEST_PLACE).find(|&(_, c)| c == level)?.0;
            let basis = if f.basis == Basis::Printed { Basis::Clause } else { f.basis };
            Some((format!("{}{rest}", &body[..at + level.len_utf8()]), basis))
        };
        let earlier = done.iter().rev().take(60).take_while(|f| f.range.start >= start);
        earlier.filter(|f| !own || f.person == finding.person).find_map(place)
    }

    /// 省政协 in an item of 两当 is that of the province in which it lies, 市政协 that of the city.
    fn above(&self, code: u32, level: char, bare: &str) -> Option<String> {
        let whole = match level {
            '省' => code / 10_000 * 10_000,
            '市' | '州' | '盟' if is_county(code) => code / 100 * 100,
            _ => return None,
        };
        let name = self.lexicons.divisions.name_of(whole, level)?;
        Some(format!("{}{bare}", name.strip_suffix(level)?))
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

    /// 临江 of 临江日报, which may be of a city or a county: the page must say which, or the list of divisions.
    fn read_city(&self) -> Option<String> {
        let name = self.page.issue.paper.as_str();
        let place = ["日报", "晚报", "晨报", "早报", "时报"].iter().find_map(|end| name.strip_suffix(end))?;
        let stem = place.strip_suffix('市').unwrap_or(place);
        let plain = (2..=4).contains(&stem.chars().count());
        let divisions = &self.lexicons.divisions;
        let city = || {
            let code = divisions.of_stem(stem, Origin { year: self.origin.year, ..Origin::default() });
            // What is named in full where the stem alone is not told apart is another division.
            code != 0
                && divisions.of_stem(&format!("{stem}市"), Origin { year: self.origin.year, ..Origin::default() })
                    == code
        };
        let said = stem.len() < place.len() || self.page.text.contains(&format!("{stem}市"));
        (plain && (said || city())).then(|| stem.to_owned())
    }
}

/// The headline has the body in full: 两当县政协十届二次会议开幕.
fn in_headline(lexicons: &Lexicons, headline: &str, bare: &str) -> Option<String> {
    let at = headline.find(bare)?;
    let mut place: Vec<char> = headline[..at].chars().rev().take_while(|&c| is_han(c)).collect();
    place.reverse();
    // 选举产生市人民政府副市长: a verb is no place.
    let verb = lexicons.walk.ending(&place, 0, place.len()).is_some();
    ((2..=4).contains(&place.len()) && !verb).then(|| place.iter().collect::<String>() + bare)
}

impl Clues<'_> {
    /// 县文化和旅游局 in an article that names 东屏县文化和旅游局, and no other county's.
    fn named_in_full(&mut self, lexicons: &Lexicons, level: char, bare: &str) -> Option<String> {
        if let Some(known) = self.named.get(bare) {
            return known.clone();
        }
        let before = |at: usize| place_before(lexicons, &self.text[..at], level);
        let mut places = self.text.match_indices(bare).filter_map(|(at, _)| before(at));
        let first = places.next();
        let named = first.filter(|first| places.all(|other| other == *first)).map(|place| place + bare);
        self.named.insert(bare.to_owned(), named.clone());
        named
    }
}

/// The place that a text ends with, without its level: 东屏 of 记者从东屏. Either the list of divisions has it, or something stands before
/// it that is part of no place.
fn place_before(lexicons: &Lexicons, text: &str, level: char) -> Option<String> {
    const LONGEST_PLACE: usize = 6;
    let mut before: Vec<char> = text.chars().rev().take(LONGEST_PLACE + 4).collect();
    before.reverse();
    let text = |len: usize| before[before.len() - len..].iter().collect::<String>();
    let most = before.iter().rev().take_while(|&&c| is_han(c)).count().min(LONGEST_PLACE);
    let apart = |&len: &usize| {
        let end = before.len() - len;
        let opens = end == 0 || !is_han(before[end - 1]);
        opens || lexicons.walk.ending(&before, 0, end).is_some_and(|(_, walk)| walk == Walk::Stop)
    };
    // 拟任县委书记 is not of 任县.
    let listed = (1..=most).rev().filter(|len| *len > 1 || apart(len)).map(text);
    let listed = listed.into_iter().find(|place| lexicons.divisions.holds(&format!("{place}{level}")));
    listed.or_else(|| {
        // 选举产生市人民政府, 本报河洮市讯　县委: no places.
        let part = |c: char| LEVELS.contains(&c) || matches!(c, '我' | '本' | '该' | '全' | '各' | '讯' | '电' | '报');
        let plain = |place: &String| {
            let chars: Vec<char> = place.chars().collect();
            !chars.iter().any(|&c| part(c)) && lexicons.walk.ending(&chars, 0, chars.len()).is_none()
        };
        (2..=most.min(4)).find(apart).map(text).filter(plain)
    })
}

/// 市人大常委会党组书记、主任: the body of the group, for an office that is none of the party.
fn body_of_group(own: &Finding, noun: &str) -> Option<String> {
    let party = |role: &str| ["书记", "常委", "委员"].iter().any(|noun| role.ends_with(noun));
    let group = party(&own.role) || own.role.ends_with("成员");
    let body = ["党组", "党委", "党总支", "党支部"].iter().find_map(|end| own.resolved().strip_suffix(end))?;
    (group && !party(noun) && body.chars().count() > 1).then(|| body.to_owned())
}

/// 组织部 of 市委常委、组织部部长: the department with the committee of the role before, which the same person holds.
fn department(finding: &Finding, done: &[Finding]) -> Option<String> {
    DEPARTMENTS.contains(&finding.organization.as_str()).then_some(())?;
    let before = done.iter().rev().take(60).find(|f| f.person == finding.person)?;
    let member = ["常委", "书记", "委员"].iter().any(|role| before.role.ends_with(role));
    let committee = before.resolved().strip_suffix("委员会").map(|place| format!("{place}委"));
    let committee = committee.as_deref().unwrap_or(before.resolved());
    (member && committee.ends_with('委')).then(|| format!("{committee}{}", finding.organization))
}

/// True if the level is one above the place of the dateline, as 市 is above 两当县.
fn is_above(lexicons: &Lexicons, clues: &Clues<'_>, level: char) -> bool {
    let county = is_county(clues.code) && !clues.levels.contains(&level);
    let own = || clues.place.as_ref().is_some_and(|place| lexicons.divisions.holds(&format!("{place}{level}")));
    county && matches!(level, '市' | '州' | '盟') && !own()
}

fn read_clues<'p>(page: &'p Page, lexicons: &Lexicons, origin: Origin, article: &Article) -> Clues<'p> {
    let pieces = page.pieces_of(article);
    let range = pieces.first().zip(pieces.last()).map(|(first, last)| first.range.cover(last.range));
    let text = range.map_or("", |range| page.slice(range));
    let mut clues = Clues { place: dateline_place(page, article), text, ..Clues::default() };
    if let Some(place) = &clues.place {
        clues.code = lexicons.divisions.of_stem(place, origin);
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
    let plain = place.chars().all(is_han) && (1..=8).contains(&place.chars().count());
    (plain && rest.contains(['讯', '电'])).then(|| place.to_owned())
}

/// Whether the article says that its place has the level.
#[derive(Clone, Copy)]
enum Sure {
    Yes,
    /// It names the place without any level.
    No,
}

/// The place with the level, if that is what it is: 两当 + 县, not 兰州 + 县. `levels` are those with
/// which the place stands in the article.
fn with_level(lexicons: &Lexicons, place: &str, level: char, bare: &str, levels: &[char]) -> Option<(String, Sure)> {
    if let Some(stem) = place.strip_suffix(level) {
        return Some((format!("{stem}{bare}"), Sure::Yes));
    }
    let chars: Vec<char> = place.chars().collect();
    if let Some(PlaceKind::Province(word)) = lexicons.places.get(&chars) {
        return word.starts_with(level).then(|| (format!("{place}{bare}"), Sure::Yes));
    }
    if level == '省' || matches!(level, '地' | '团') || place.ends_with(LEVELS) {
        return None;
    }
    let whole = format!("{place}{bare}");
    match levels {
        [] => Some((whole, Sure::No)),
        levels => levels.contains(&level).then_some((whole, Sure::Yes)),
    }
}

/// The level in the noun itself: 市 in 市长, 副县长.
fn level_of(role: &str) -> Option<char> {
    let mut from_end = role.chars().rev();
    (from_end.next() == Some('长')).then(|| from_end.next()).flatten().filter(|c| LEVELS.contains(c))
}

//! What a page says beyond single findings: the normal form of each office, who is who on the page, and the
//! order of names in its lists.
//!
//! A key is made from the page alone: the name with the organization put back, else with the place of the
//! dateline, else with the page; a set phrase such as 习近平总书记 means one person everywhere. Keys are joined only for a reason that the page shows; no reason, no join.

use banmian_core::{Page, TextRange};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::by_hand;
use crate::divisions::{Origin, is_county};
use crate::finding::{Event, Finding, Kind};
use crate::lexicons::Lexicons;
use crate::offices::Offices;
use crate::resolve::dateline_place;

/// Why two keys are one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reason {
    /// One naming gives both: 省委书记、省人大常委会主任某某.
    ExplicitMention,
    /// One article says that the one office was left and the other taken up.
    Succession,
    /// One article names the post twice, once without its body; or two spellings are of one office.
    SameOffice,
    /// Items of one place name the post, some without its body, and only one body of the place has had a person of that name in it.
    SamePlace,
}

impl Reason {
    /// The name used in tables.
    pub fn name(self) -> &'static str {
        match self {
            Reason::ExplicitMention => "explicit mention",
            Reason::Succession => "succession",
            Reason::SameOffice => "same office",
            Reason::SamePlace => "same post and place",
        }
    }
}

/// Fills office, key and place in a list of the findings of a page.
pub(crate) fn complete(
    page: &Page,
    lexicons: &Lexicons,
    offices: &mut Offices,
    origin: Origin,
    findings: &mut [Finding],
) {
    // The place of the dateline of the article at hand; findings of an article come together.
    let mut place: (Option<u32>, Option<String>) = (None, None);
    for finding in &mut *findings {
        let printed = if finding.resolved().is_empty() { &finding.organization } else { finding.resolved() };
        finding.office = offices.get(lexicons, &finding.role, printed, finding.group, origin);
        // 习近平同志: a style.
        finding.common |= finding.role == "同志";
        let body = &finding.office.organization;
        let name = finding.person_text(page);
        // A set phrase means one person wherever it stands.
        let known =
            if finding.kind == Kind::Habitual { Some("*") } else { finding.office.whole.then_some(body.as_str()) };
        if let Some(known) = known {
            finding.key = key(&name, known);
            continue;
        }
        let article = article_of(page, finding.range);
        if place.0 != article {
            place = (article, article.and_then(|number| dateline_place(page, &page.articles[number as usize])));
        }
        finding.key = key(&name, place.1.as_deref().unwrap_or(&page.id));
    }
    for finding in &mut *findings {
        if let Some(key) = by_hand::key(page, finding.person) {
            finding.key = key.to_owned();
        }
    }
    number_lists(page, findings);
}

fn key(name: &str, known: &str) -> String {
    let mut key = String::with_capacity(name.len() + "@".len() + known.len());
    key.push_str(name);
    key.push('@');
    key.push_str(known);
    key
}

/// Where and when the page was printed, as far as its paper, its date and its findings tell.
pub(crate) fn origin(page: &Page, lexicons: &Lexicons, findings: &[Finding]) -> Origin {
    let year = page.issue.date.get(..4).and_then(|y| y.parse().ok()).unwrap_or(0);
    let home = lexicons.divisions.of_paper(&page.issue.paper, year);
    // A city of the rank of a county has no counties and districts. Those of its prefecture are in the list, and so are those of
    // the news from elsewhere: one that is not tells that the paper is of another city of that name.
    let county = is_county(home);
    let other = county && findings.iter().any(|f| names_unlisted_county(lexicons, &f.organization));
    if other { Origin { home: 0, year, other: home } } else { Origin { home, year, other: 0 } }
}

/// 东屏县 of 东屏县委, if no list holds it.
fn names_unlisted_county(lexicons: &Lexicons, organization: &str) -> bool {
    let mut ends = organization.char_indices().skip(2).take(3).filter(|(_, c)| matches!(c, '县' | '区'));
    let Some((at, end)) = ends.next() else { return false };
    let (stem, name) = (&organization[..at], &organization[..at + end.len_utf8()]);
    // 高新区, 军区, 社区: no districts; 市开发区 is none by its name.
    let common = end == '区' && (stem.ends_with(NO_DISTRICT) || stem.chars().count() > 3);
    !common
        && !stem.starts_with(['省', '市', '县', '区', '我', '本', '该', '全', '各'])
        && !lexicons.divisions.holds(name)
}

/// What stands before 区 in words that are no districts: 社区, 开发区, 军区.
const NO_DISTRICT: &[char] = &[
    '社', '小', '地', '景', '园', '校', '军', '战', '发', '新', '牧', '林', '矿', '灾', '山', '院', '治', '辖', '作',
    '保', '工', '税',
];

/// The article of a range, counted from 0.
pub(crate) fn article_of(page: &Page, range: TextRange) -> Option<u32> {
    page.piece_at(range.start).and_then(|i| page.pieces[i].article)
}

/// Gives the persons named in one sentence their place in its order; the first finding of each holds it.
fn number_lists(page: &Page, findings: &mut [Finding]) {
    let sentences: Vec<Option<usize>> = findings.iter().map(|f| page.sentence_at(f.range.start)).collect();
    let mut list = 0;
    let mut first = 0;
    let mut named = FxHashSet::default();
    for same in sentences.chunk_by(|a, b| a.is_some() && a == b) {
        let len = same.len();
        let of_sentence = &mut findings[first..first + len];
        first += len;
        if len < 2 {
            continue;
        }
        let mut order: Vec<usize> = (0..len).filter(|&i| of_sentence[i].kind != Kind::Byline).collect();
        order.sort_by_key(|&i| (of_sentence[i].person, i));
        named.clear();
        order.retain(|&i| named.insert(of_sentence[i].person_text(page)));
        // A leader in whose name others speak stands first in a list, or in none: 以习近平同志为核心.
        let leader = order.first().copied();
        order.retain(|&i| of_sentence[i].kind != Kind::Habitual || Some(i) == leader);
        if order.len() < 2 {
            continue;
        }
        list += 1;
        for (at, i) in order.iter().enumerate() {
            of_sentence[*i].in_list = Some(InList { list, position: small(at + 1), length: small(order.len()) });
        }
    }
}

fn small(n: usize) -> u32 {
    u32::try_from(n).expect("a page holds fewer names than 4 billion")
}

/// A person's place in the order of a list of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InList {
    /// Number of the list on its page, from 1.
    pub list: u32,
    /// Place in it, from 1.
    pub position: u32,
    /// Persons in it.
    pub length: u32,
}

/// The pairs of keys of a page that are one person, the lesser first, with the reason. The findings are those of the page
/// without bylines, in page order.
pub(crate) fn joins<'f>(page: &Page, findings: impl Iterator<Item = &'f Finding>) -> Vec<(&'f str, &'f str, Reason)> {
    // Unattached text is no article: nothing says that it speaks of one matter.
    let mut by_name: Vec<(Option<u32>, &str, &Finding)> =
        findings.map(|finding| (article_of(page, finding.range), finding.name(), finding)).collect();
    by_name.sort_by_key(|&(article, name, _)| (article, name));
    let mut joins = Vec::new();
    for named in by_name.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        for (i, (article, _, a)) in named.iter().enumerate() {
            for (_, _, b) in named[i + 1..].iter().take(MOST_NAMINGS).filter(|b| b.2.key != a.key) {
                if let Some(reason) = reason(a, b, article.is_some()) {
                    joins.push((a.key.as_str().min(&b.key), a.key.as_str().max(&b.key), reason));
                }
            }
        }
    }
    joins.sort_unstable();
    joins.dedup();
    joins
}

/// Namings of one name in one article that are compared with each other.
const MOST_NAMINGS: usize = 100;

/// Why two findings of one name in one article are of one person.
fn reason(a: &Finding, b: &Finding, in_article: bool) -> Option<Reason> {
    let over = |f: &Finding| f.former || matches!(f.event, Event::Removed | Event::Resigned);
    let taken = |f: &Finding| matches!(f.event, Event::Appointed | Event::Elected);
    if a.person == b.person {
        return Some(if over(a) != over(b) { Reason::Succession } else { Reason::ExplicitMention });
    }
    if in_article && (over(a) && taken(b) || taken(a) && over(b)) {
        return Some(Reason::Succession);
    }
    let open = a.office.whole != b.office.whole;
    (in_article && open && a.office.post == b.office.post).then_some(Reason::SameOffice)
}

//! How much a run of parallel members looks like a slogan, in hundredths.
//!
//! Each member is weighed by its form (formula, verb and object, noun and noun …), then the run by what
//! its members share. Whole numbers, so that no rounding decides.

use crate::lexicon::{Class, Phrases};
use crate::text::{HAN, Mark, View};
use crate::vocabulary::Role;

/// One member of a run, in bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// How the run is bounded: 1 cleanly, 0 inside a clause, -1 a member was left out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edges {
    pub(crate) left: i8,
    pub(crate) right: i8,
}

/// A member that is a formula or begins with a verb of slogans.
const STRONG: i32 = 95;

/// What each member of a pair must weigh.
const LEAST_OF_PAIR: i32 = 40;

/// The score of a run; `dense` in an article of the official register.
pub(crate) fn weigh(
    view: &View<'_>,
    phrases: &Phrases,
    members: &[Member],
    separator: Mark,
    edges: Edges,
    dense: bool,
) -> i32 {
    let n = i32::try_from(members.len()).unwrap_or(i32::MAX);
    let text = |m: &Member| &view.text[m.start..m.end];
    let scores: Vec<i32> = members.iter().map(|m| member(view, phrases, m)).collect();
    let strong = scores.iter().filter(|&&s| s >= STRONG).count();
    let mut score = scores.iter().sum::<i32>() / n;
    let lengths = || members.iter().map(|m| (m.end - m.start) / HAN);
    let length = lengths().max().unwrap_or(0);
    let equal = lengths().min() == Some(length);

    score += 20 * (n - 2).min(3);
    score += if equal { 15 } else { -20 };
    score += [edges.left, edges.right].map(|e| if e < 0 { -35 } else { 12 * i32::from(e) }).iter().sum::<i32>();
    let shared = if equal { shared_positions(members, view.text) } else { 0 };
    score += 30 * shared.min(2);
    // 大干三年、奋斗三年 share their number; others count things.
    if shared < 2 && members.iter().any(|m| counts(view, m)) {
        score -= 60;
    }
    if members.iter().map(|m| classes(view, m)).collect::<Vec<_>>().windows(2).all(|w| w[0] == w[1]) {
        score += 15;
    }
    // Clauses of prose come in equal lengths by chance, the longer the less.
    if separator == Mark::Comma {
        score -= if length == 4 || strong == members.len() { 10 } else { 25 };
    }
    // Nothing in the run that slogans are made of: a list of activities.
    if strong == 0 && shared == 0 {
        score -= 30;
    }
    if members.len() == 2 {
        // A pair needs both: 共迎新春、春节前夕 is none.
        if scores.iter().any(|&s| s < LEAST_OF_PAIR) {
            score -= 60;
        }
        // Two clauses of prose: 加强组织领导，靠实工作责任.
        if separator == Mark::Comma && length > 4 {
            score -= 25;
        }
    }
    // Plain news: clauses of weather, recipes and football have rhythm, too.
    if !dense && (strong * 2 < members.len() || length == 2) {
        score -= 80;
    }
    if length == 2 {
        score -= if shared > 0 { 15 } else { 45 };
    }
    if length > 6 {
        score -= if separator == Mark::Comma { 70 } else { 20 };
    }
    if length >= 6 && !members.iter().all(|m| view.begins_with_verb(m.start, m.end)) {
        score -= 50;
    }
    // 原始创新、集成创新: one noun, told apart.
    let last_two = |m: &Member| text(m).len().checked_sub(2 * HAN).map(|at| &text(m)[at..]);
    if length >= 4 && members.windows(2).all(|w| last_two(&w[0]) == last_two(&w[1])) && !view.vocabulary.is(&text(&members[0])[..2 * HAN], Role::Verb) {
        score -= 140;
    }
    // 保鲜剂、防腐剂: things of one sort. 制度化、规范化 and 向心力、凝聚力 are not.
    let last_one = |m: &Member| text(m).chars().next_back();
    let first_one = |m: &Member| text(m).chars().next();
    let same = |part: &dyn Fn(&Member) -> Option<char>| members.iter().all(|m| part(m) == part(&members[0]));
    let abstract_ = last_one(&members[0]).is_some_and(|c| matches!(c, '化' | '性' | '力' | '感' | '度' | '心'));
    if length == 3 && !abstract_ && same(&last_one) && !same(&first_one) {
        score -= 60;
    }
    let repeated = members.windows(2).any(|w| text(&w[0]) == text(&w[1]));
    if repeated { 0 } else { score }
}

/// The weight of one member by its form.
fn member(view: &View<'_>, phrases: &Phrases, m: &Member) -> i32 {
    let text = &view.text[m.start..m.end];
    let vocabulary = view.vocabulary;
    if vocabulary.is(text, Role::Formula) {
        return 120;
    }
    let entry = phrases.exactly(text).map(|e| phrases.entries[e as usize].class);
    if entry.is_some_and(|c| c != Class::Plain) {
        return 110;
    }
    let tokens = view.tokens(m.start, m.end);
    let tag = |i: usize| tokens.get(i).map_or("", |t| t.pos.as_str());
    if tokens.len() == 1 && tag(0) == "i" {
        return 105;
    }
    let mut score = 0;
    if text.contains(['了', '的', '是', '我', '你', '他', '她', '这', '那'])
        || text.starts_with(['要', '应', '将', '会', '各', '每', '其'])
    {
        score -= 60;
    }
    if view.has_name(m.start, m.end) {
        return score - 80;
    }
    let length = text.len() / HAN;
    let listed = text.get(..2 * HAN).is_some_and(|w| length > 2 && vocabulary.is(w, Role::Verb))
        || text.get(..HAN).is_some_and(|w| length > 1 && vocabulary.is(w, Role::Verb))
            && tokens.first().is_some_and(|t| {
                t.range.len() == HAN || t.range.len() == text.len() || t.pos.class() == b'n' && t.pos.as_str() != "n"
            });
    let object = vocabulary.ends_with(text, Role::Object);
    let thing = vocabulary.ends_with(text, Role::Thing);
    let verb = view.begins_with_verb(m.start, m.end);
    let (first, last) = (tag(0), tag(tokens.len().saturating_sub(1)));
    score += if listed {
        95
    } else if verb && first != "vn" {
        65
    } else if tokens.len() >= 2
        && last.starts_with('v')
        && (first.starts_with('n') || first.starts_with('a') || first.starts_with('d'))
    {
        // 思想引领, 有序推进
        55
    } else if tokens.len() >= 2 && first.starts_with('n') && (last.starts_with('a') || last.starts_with('z')) {
        // 竞争力强, 旗帜鲜明
        65
    } else if text.ends_with('化') && length >= 3 {
        STRONG
    } else if first.starts_with('a') || first == "z" || first == "b" && object {
        45
    } else if object && tokens.len() >= 2 {
        30
    } else if tokens.iter().all(|t| matches!(t.pos.class(), b'n' | b'j' | b'b') || t.pos.as_str() == "vn") {
        -30
    } else {
        20
    };
    if object && score > 60 {
        score += 10;
    }
    if thing {
        score -= if listed { 35 } else { 60 };
    }
    score
}

/// True if a number stands in the member.
fn counts(view: &View<'_>, m: &Member) -> bool {
    view.tokens(m.start, m.end).iter().any(|t| t.pos.class() == b'm')
}

/// Classes of the words of a member.
fn classes(view: &View<'_>, m: &Member) -> Vec<u8> {
    view.tokens(m.start, m.end).iter().map(|t| t.pos.class()).collect()
}

/// At how many places all members have one character: 稳中有进、稳中育新 share two.
fn shared_positions(members: &[Member], text: &str) -> i32 {
    let first = members[0];
    let places = (first.end - first.start) / HAN;
    let mut shared = 0;
    for place in 0..places {
        let at = |m: &Member| &text[m.start + place * HAN..m.start + (place + 1) * HAN];
        if members.iter().all(|m| at(m) == at(&first)) {
            shared += 1;
        }
    }
    shared
}

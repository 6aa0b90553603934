//! How much a run of parallel members looks like a slogan, in hundredths.
//!
//! Each member is weighed by its form (formula, verb and object, noun and noun …), then the run by what
//! its members share. Whole numbers, so that no rounding decides.

use crate::lexicon::{Class, Phrases};
use crate::text::{HAN, Mark, Tokens, View, tag};
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

/// A run to be weighed.
pub(crate) struct Run<'m> {
    pub(crate) members: &'m [Member],
    /// What each member weighs, see [`member`].
    pub(crate) weights: &'m [i32],
    pub(crate) separator: Mark,
    pub(crate) edges: Edges,
    /// In an article of the official register.
    pub(crate) dense: bool,
}

/// A member that is a formula or begins with a verb of slogans.
const STRONG: i32 = 95;

/// What a word of prose takes from a member's weight.
const OF_PROSE: i32 = 60;

/// What each member of a pair must weigh.
const LEAST_OF_PAIR: i32 = 40;

/// Last characters of the names of bodies.
const BODIES: [char; 7] = ['厅', '局', '委', '院', '校', '处', '站'];

/// What nouns alone weigh: a list.
const LIST: i32 = -30;

/// What a member that is no name weighs at least in a framed run.
const LEAST_OF_FRAMED: i32 = 50;

/// What the same word classes in all members add.
const SAME_CLASSES: i32 = 15;

/// What a clean edge adds.
const EDGE: i32 = 12;

/// What a formula weighs, and nothing more.
const MOST: i32 = 120;

/// What the characters of a run tell, before any of its words is looked at.
pub(crate) struct Form {
    members: i32,
    /// Characters of the longest member.
    length: usize,
    /// All members are as long.
    equal: bool,
    /// Places with the same character in all.
    shared: i32,
    /// What is given back to members that were taken for prose.
    prose: i32,
    /// Two members in a row are the same.
    repeated: bool,
    /// Three or more members turn on the same characters, with characters of their own on both sides: 农业全面升级、农村全面进步、
    /// 农民全面发展. Lists of things share their head or their tail.
    pub(crate) framed: bool,
}

impl Form {
    pub(crate) fn of(view: &View<'_>, members: &[Member]) -> Form {
        // 坚定了信心、鼓舞了士气: the same 了 in each is of the run, not of prose.
        let done = |m: &Member| view.text[m.start..m.end].find('了');
        let first = done(&members[0]);
        let all_done = first.is_some_and(|at| at > 0) && members.iter().all(|m| done(m) == first);
        let lengths = || members.iter().map(|m| (m.end - m.start) / HAN);
        let length = lengths().max().unwrap_or(0);
        let equal = lengths().min() == Some(length);
        let text = |m: &Member| &view.text.as_bytes()[m.start..m.end];
        Form {
            members: i32::try_from(members.len()).unwrap_or(i32::MAX),
            length,
            equal,
            shared: if equal { shared_positions(members, view.text) } else { 0 },
            prose: if all_done { OF_PROSE } else { 0 },
            repeated: members.windows(2).any(|w| text(&w[0]) == text(&w[1])),
            framed: members.len() > 2 && equal && is_framed(members, view.text),
        }
    }

    /// The score by form and the sum of the weights, with nothing against the run.
    fn score(&self, sum: i32) -> i32 {
        let rhythm = if self.equal { 15 } else { -20 };
        sum / self.members + self.prose + 20 * (self.members - 2).min(3) + rhythm + 30 * self.shared.min(2)
    }

    /// The sum of weights. What is framed needs no verb of slogans to be parallel, but names are names.
    fn sum(&self, weights: &[i32]) -> i32 {
        let least = if self.framed { LEAST_OF_FRAMED } else { i32::MIN };
        weights.iter().map(|&w| if w < LIST { w } else { w.max(least) }).sum()
    }

    /// What single light members take from a run.
    fn against_weights(&self, weights: &[i32]) -> i32 {
        let mut against = 0;
        // One thing among verbs was cut out of a clause at the wrong place: 大搞水利设施，造林护林，….
        let light = if self.framed { LIST } else { 0 };
        if weights.iter().any(|&w| w < light) {
            against += 40;
        }
        // A pair needs both: 共庆佳节、端午前后 is none.
        if self.members == 2 && weights.iter().any(|&w| w < LEAST_OF_PAIR) {
            against += 60;
        }
        against
    }

    /// True if a run may score `least` with these weights and whatever its other members weigh.
    pub(crate) fn may_reach(&self, weights: &[i32], least: i32) -> bool {
        let known = i32::try_from(weights.len()).unwrap_or(i32::MAX);
        let sum = self.sum(weights) + MOST * (self.members - known);
        self.score(sum) + 2 * EDGE + SAME_CLASSES - self.against_weights(weights) >= least
    }
}

/// The score of a run, if it is `least` or more.
///
/// What is cheap to tell comes first: most runs fall short of `least` before words are looked at.
pub(crate) fn weigh(view: &View<'_>, run: &Run<'_>, form: &Form, least: i32) -> Option<i32> {
    if form.repeated {
        return (least <= 0).then_some(0);
    }
    let strong = run.weights.iter().filter(|&&w| w + form.prose >= STRONG).count();
    let mut score = form.score(form.sum(run.weights));
    score +=
        [run.edges.left, run.edges.right].map(|e| if e < 0 { -35 } else { EDGE * i32::from(e) }).iter().sum::<i32>();
    score -= form.against_weights(run.weights) + against_form(run, form.length, form.shared, strong);
    if score + SAME_CLASSES < least {
        return None;
    }
    score -= against_words(view, run, form, strong);
    if score + SAME_CLASSES >= least && same_classes(view, run.members) {
        score += SAME_CLASSES;
    }
    (score >= least).then_some(score)
}

/// What speaks against a run, by numbers and lengths alone.
fn against_form(run: &Run<'_>, length: usize, shared: i32, strong: usize) -> i32 {
    let members = run.members;
    let comma = run.separator == Mark::Comma;
    let mut against = 0;
    // Clauses of prose come in equal lengths by chance.
    if comma {
        against += if length == 4 || strong == members.len() { 10 } else { 25 };
    }
    // Nothing in the run that slogans are made of: a list of activities.
    if strong == 0 && shared == 0 {
        against += 30;
    }
    // Two clauses of prose: 改进工作安排，压实各级责任.
    if members.len() == 2 && comma && length > 4 {
        against += 25;
    }
    // Plain news: clauses of weather, recipes and football have rhythm, too.
    if !run.dense && (strong * 2 < members.len() || length == 2) {
        against += 80;
    }
    if length == 2 {
        against += if shared > 0 { 15 } else { 45 };
    }
    if length > 6 {
        against += if comma { 70 } else { 20 };
    }
    against
}

/// What speaks against a run by its words.
fn against_words(view: &View<'_>, run: &Run<'_>, form: &Form, strong: usize) -> i32 {
    let &Form { length, shared, framed, .. } = form;
    let members = run.members;
    let text = |m: &Member| &view.text[m.start..m.end];
    let mut against = 0;
    // 苦干五年、巧干五年 share their number; others count things.
    if shared < 2 && members.iter().any(|m| counts(view, m)) {
        against += 60;
    }
    if length >= 6 && !framed && !members.iter().all(|m| view.begins_with_verb(m.start, m.end)) {
        against += 50;
    }
    // 城市管理、企业管理: one noun, told apart.
    let last_two = |m: &Member| text(m).len().checked_sub(2 * HAN).map(|at| &text(m)[at..]);
    let one_noun = length >= 4 && members.windows(2).all(|w| last_two(&w[0]) == last_two(&w[1]));
    if one_noun && !view.vocabulary.is(&text(&members[0])[..2 * HAN], Role::Verb) {
        against += 140;
    }
    // 保鲜剂、防腐剂: things of one sort. 制度化、规范化 and 向心力、凝聚力 are not.
    let last_one = |m: &Member| text(m).chars().next_back();
    let first_one = |m: &Member| text(m).chars().next();
    let same = |part: &dyn Fn(&Member) -> Option<char>| members.iter().all(|m| part(m) == part(&members[0]));
    let quality = last_one(&members[0]).is_some_and(|c| matches!(c, '化' | '性' | '力' | '感' | '度' | '心'));
    if length == 3 && !quality && strong * 2 < members.len() && same(&last_one) && !same(&first_one) {
        against += 60;
    }
    against
}

/// True if a member is a formula, a lexicon entry or begins with a verb of slogans: a look at the lists
/// alone, for the many runs of plain news that need no more. A `clause` needs a verb of two characters.
pub(crate) fn is_promising(view: &View<'_>, phrases: &Phrases, m: &Member, clause: bool) -> bool {
    let text = &view.text[m.start..m.end];
    let vocabulary = view.vocabulary;
    !clause && vocabulary.first_is(text, Role::Verb)
        || text.get(..2 * HAN).is_some_and(|two| vocabulary.is(two, Role::Verb))
        || text.ends_with('化')
        || vocabulary.is(text, Role::Formula)
        || phrases.exactly(text).is_some()
}

/// The weight of one member by its form.
pub(crate) fn member(view: &View<'_>, phrases: &Phrases, m: &Member) -> i32 {
    let text = &view.text[m.start..m.end];
    let vocabulary = view.vocabulary;
    if vocabulary.is(text, Role::Formula) {
        return MOST;
    }
    let entry = phrases.exactly(text).map(|e| phrases.entries[e as usize].class);
    if entry.is_some_and(|c| c != Class::Plain) {
        return 110;
    }
    let tokens = view.tokens(m.start, m.end);
    let class = |i: usize| tokens.get(i).map_or(0, |t| t.pos.class());
    // 互学互鉴, 敢闯敢试: half of the characters repeat.
    if is_doubled(text) {
        return 105;
    }
    if tokens.len() == 1 && class(0) == b'i' {
        return 90;
    }
    let mut score = 0;
    if text.contains(['了', '的', '是', '我', '你', '他', '她', '这', '那'])
        || text.starts_with(['要', '应', '将', '会', '各', '每', '其'])
    {
        score -= OF_PROSE;
    }
    // 省农业厅 is a body, though 省 is a verb of slogans as well.
    let body = || text.ends_with(BODIES) && tokens.last().is_some_and(|t| t.pos.class() == b'n');
    if view.has_name(m.start, m.end) || body() {
        return score - 80;
    }
    let listed = begins_with_listed_verb(view, text, tokens);
    let object = vocabulary.ends_with(text, Role::Object);
    let first = tokens.get(0).map_or(tag::N, |t| t.pos);
    let last = tokens.last().map_or(0, |t| t.pos.class());
    let several = tokens.len() >= 2;
    score += if listed {
        STRONG
    } else if first != tag::VN && view.begins_with_verb(m.start, m.end) {
        65
    } else if several && last == b'v' && matches!(first.class(), b'n' | b'a' | b'd') {
        // 思想引领, 有序推进
        55
    } else if several && first.class() == b'n' && (matches!(last, b'a' | b'z') || text.ends_with(['多', '少'])) {
        // 竞争力强, 旗帜鲜明
        65
    } else if text.ends_with('化') && text.len() >= 3 * HAN {
        STRONG
    } else if matches!(first.class(), b'a' | b'z') || first.class() == b'b' && object {
        45
    } else if object && several {
        30
    } else if tokens.iter().all(|t| matches!(t.pos.class(), b'n' | b'j' | b'b') || t.pos == tag::VN) {
        LIST
    } else {
        20
    };
    if object && score > 60 {
        score += 10;
    }
    if vocabulary.ends_with(text, Role::Thing) {
        score -= if listed { 35 } else { 60 };
    }
    score
}

/// True for four characters of the form ABAC or BACA.
fn is_doubled(text: &str) -> bool {
    let bytes = text.as_bytes();
    let at = |i: usize| &bytes[i * HAN..(i + 1) * HAN];
    text.len() == 4 * HAN && (at(0) == at(2)) != (at(1) == at(3)) && at(0) != at(1)
}

/// True if a verb of the list begins the member, also where the segmenter sees no verb: 谋良策.
fn begins_with_listed_verb(view: &View<'_>, text: &str, tokens: Tokens<'_>) -> bool {
    let length = text.len() / HAN;
    let is_verb = |n: usize| length > n && text.get(..n * HAN).is_some_and(|w| view.vocabulary.is(w, Role::Verb));
    let alone = || {
        tokens.get(0).is_some_and(|t| {
            t.range.len() == HAN || t.range.len() == text.len() || t.pos.class() == b'n' && t.pos != tag::N
        })
    };
    is_verb(2) || is_verb(1) && alone()
}

/// True if a number stands in the member.
fn counts(view: &View<'_>, m: &Member) -> bool {
    // 人手多、积水少: the adjectives have the tag of numbers, too.
    let graded = |t: &banmian_core::Token| matches!(view.token_text(t), "多" | "少");
    view.tokens(m.start, m.end).iter().any(|t| t.pos.class() == b'm' && !graded(&t))
}

/// True if the members have the same word classes.
fn same_classes(view: &View<'_>, members: &[Member]) -> bool {
    let classes = |m: &Member| view.tokens(m.start, m.end).classes();
    members.windows(2).all(|w| classes(&w[0]).eq(classes(&w[1])))
}

/// True if members of one length, four to six characters, share one that others stand before and behind of. Longer ones are prose: 思想
/// 共识不断凝聚、工作基础不断夯实.
fn is_framed(members: &[Member], text: &str) -> bool {
    let length = (members[0].end - members[0].start) / HAN;
    let at = |m: &Member, place: usize| &text.as_bytes()[m.start + place * HAN..m.start + (place + 1) * HAN];
    let shared = |place: usize| members.iter().all(|m| at(m, place) == at(&members[0], place));
    let own = |mut places: std::ops::Range<usize>| places.any(|place| !shared(place));
    (4..=6).contains(&length) && (1..length - 1).any(|place| shared(place) && own(0..place) && own(place + 1..length))
}

/// At how many places all members have one character: 稳中有进、稳中提质 share two.
pub(crate) fn shared_positions(members: &[Member], text: &str) -> i32 {
    let first = members[0];
    let bytes = text.as_bytes();
    let mut shared = 0;
    for place in 0..(first.end - first.start) / HAN {
        let at = |m: &Member| &bytes[m.start + place * HAN..m.start + (place + 1) * HAN];
        if members.iter().all(|m| at(m) == at(&first)) {
            shared += 1;
        }
    }
    shared
}

//! Series: parallel members in a row, by 、 or ， (谋良策、出实招、鼓干劲).
//!
//! The middle members fix the rhythm; the first is cut out of its clause from the right, the last from
//! the left. What is cut is then weighed (see `weigh`): a list of things has the same form as a slogan
//! and far lower weight.

use crate::finding::Kind;
use crate::found::Found;
use crate::lexicon::Phrases;
use crate::pass::{Passed, Run as Joined};
use crate::text::{HAN, Mark, Segment, View};
use crate::vocabulary::Role;
use crate::weigh::{Edges, Form, Member, Run, is_promising, member, weigh};

/// Least scores, in hundredths.
#[derive(Clone, Copy)]
pub(crate) struct Thresholds {
    pub(crate) series: i32,
    pub(crate) pair: i32,
}

/// Words of one character that end before a member.
const FUNCTION: [char; 14] = ['要', '能', '会', '来', '去', '为', '以', '在', '把', '就', '都', '的', '让', '使'];

/// What a pair or run needs more outside the official register.
const PLAIN_REGISTER: i32 = 20;

/// Adds the series of a page.
pub(crate) fn find(
    view: &View<'_>,
    passed: &Passed,
    phrases: &Phrases,
    dense: &[bool],
    thresholds: Thresholds,
    out: &mut Vec<Found>,
) {
    // A clause that holds a list of its own (组织团员、民兵、青年突击队上阵) is no member of a run of clauses.
    let clauses = |a: &Segment, b: &Segment| a.after == Mark::Comma && a.before != Mark::Enum && b.after != Mark::Enum;
    let mut scratch = Scratch::default();
    for &Joined { ref segments, even } in &passed.runs {
        let run = &view.segments[segments.clone()];
        let dense = dense[run[0].piece];
        let mut consider = |group: &[Segment], separator| {
            let group = Group { segments: group, separator, dense };
            out.extend(consider(view, phrases, &group, thresholds, &mut scratch));
        };
        runs(run, |a, _| a.after == Mark::Enum, |group| consider(group, Mark::Enum));
        if even {
            runs(run, clauses, |group| even_runs(view, group, |run| consider(run, Mark::Comma)));
        }
        if run.len() > 2 {
            same_head(view, run, out);
        }
    }
    for piece in &passed.pieces {
        let segments = &view.segments[piece.segments.clone()];
        if dense[segments[0].piece] {
            segments.iter().filter(|s| s.end - s.start >= 6 * HAN && s.han).for_each(|s| beat(view, s, out));
        }
    }
}

/// Runs whose members begin with one character, by any mark and of any length: 抓早、抓小，抓到组、抓到人.
fn same_head(view: &View<'_>, run: &[Segment], out: &mut Vec<Found>) {
    let head = |s: &Segment| &view.text.as_bytes()[s.start..s.start + HAN];
    let joined = |a: &Segment, b: &Segment| (2..=5).contains(&b.chars()) && (a.chars() > 5 || head(a) == head(b));
    runs(run, joined, |run| {
        if run.len() > 2 {
            out.extend(one_head(view, run));
        }
    });
}

/// The series of a run of segments that begin, or in the first case end, with one character and more.
fn one_head(view: &View<'_>, run: &[Segment]) -> Option<Found> {
    let head = view.text[run[1].start..].chars().next();
    let c = head.filter(|c| view.vocabulary.is(c.encode_utf8(&mut [0; 4]), Role::Verb))?;
    let (first, [.., previous, last]) = (&run[0], run) else { return None };
    let start = first.start + view.text[first.start..first.end].rfind(c)?;
    if !(2 * HAN..=5 * HAN).contains(&(first.end - start)) {
        return None;
    }
    // 稳增长、稳就业、稳物价工作: the last member ends with its rhythm.
    let even = cut_left(view, last, previous.chars()).filter(|_| last.chars() > previous.chars());
    let end = even.map_or(last.end, |m| m.end);
    // 高温、高湿、高标准的: an adjective before a noun.
    (!view.text[start..end].contains('的')).then(|| Found::new(Kind::Series, start, end))
}

/// Calls `each` with every longest run of two or more segments of which each is joined to the next.
fn runs<'s>(segments: &'s [Segment], joined: impl Fn(&Segment, &Segment) -> bool, mut each: impl FnMut(&'s [Segment])) {
    let mut from = 0;
    while from + 1 < segments.len() {
        let mut to = from + 1;
        while to < segments.len() && joined(&segments[to - 1], &segments[to]) {
            to += 1;
        }
        if to > from + 1 {
            each(&segments[from..to]);
        }
        from = to;
    }
}

/// Members without marks between, each with the same first character: 敢想敢闯敢担当.
fn beat(view: &View<'_>, segment: &Segment, out: &mut Vec<Found>) {
    let bytes = &view.text.as_bytes()[segment.start..segment.end];
    let (characters, _) = bytes.as_chunks::<HAN>();
    for (i, six) in characters.windows(6).enumerate() {
        let &[head, a, second, b, third, c] = six else { continue };
        // The last byte of a character tells most apart.
        if head[2] != second[2] || head != second || head != third {
            continue;
        }
        let start = segment.start + i * HAN;
        if a == head || b == head || c == head || a == b || b == c {
            continue;
        }
        if !view.vocabulary.is(&view.text[start..start + HAN], Role::Verb) {
            continue;
        }
        // The last member may have one character more.
        let end = (6..=7).map(|n| start + n * HAN).find(|&end| end <= segment.end && view.is_word_start(end));
        if let Some(end) = end {
            out.push(Found::new(Kind::Series, start, end));
            return;
        }
    }
}

/// Runs of clauses of one length, with the clause before them, which often ends in the first member:
/// 希望广大青年把握机遇，坚守情怀，…
fn even_runs<'s>(view: &View<'_>, group: &'s [Segment], mut each: impl FnMut(&'s [Segment])) {
    // 了 and 的 are of prose: clauses with them bound a run.
    let prose = |s: &Segment| {
        let (characters, _) = view.text.as_bytes()[s.start..s.end].as_chunks::<HAN>();
        characters.iter().any(|c| c == "的".as_bytes() || c == "了".as_bytes())
    };
    let bytes = |s: &Segment| s.end - s.start;
    let mut from = 0;
    while from + 1 < group.len() {
        let length = bytes(&group[from]);
        let mut to = from + 1;
        while to < group.len() && bytes(&group[to]) == length {
            to += 1;
        }
        // One clause alone has no rhythm to share; very short and long ones have none either.
        if to > from + 1 && (3 * HAN..=9 * HAN).contains(&length) {
            let mut start = from;
            for run in group[from..to].chunk_by(|a, b| prose(a) == prose(b)) {
                let end = start + run.len();
                if run.len() > 1 && !prose(&run[0]) {
                    each(&group[start.saturating_sub(1).min(start)..end]);
                }
                start = end;
            }
        }
        from = to;
    }
}

/// Segments that a series may be cut out of.
struct Group<'s> {
    segments: &'s [Segment],
    separator: Mark,
    /// In an article of the official register.
    dense: bool,
}

/// Buffers of [`consider`], used again for each group.
#[derive(Default)]
struct Scratch {
    members: Vec<Member>,
    weights: Vec<i32>,
    /// Readings share members; each is weighed once.
    known: Vec<(Member, i32)>,
}

/// The series of a group that scores most, if any scores enough.
fn consider(
    view: &View<'_>,
    phrases: &Phrases,
    group: &Group<'_>,
    thresholds: Thresholds,
    scratch: &mut Scratch,
) -> Option<Found> {
    let Scratch { members, weights, known } = scratch;
    known.clear();
    let mut best: Option<(i32, Found)> = None;
    readings(view, group, members, &mut |members: &[Member]| {
        if members.len() < 2 || members.len() > 12 {
            return;
        }
        // Most runs are told by a look at the lists, before their form is looked at.
        let promises = promises(view, phrases, group, members);
        if !(promises || group.dense && members.len() > 2) {
            return;
        }
        let form = Form::of(view, members);
        if !promises && !form.framed {
            return;
        }
        let least = if members.len() == 2 { thresholds.pair } else { thresholds.series };
        let least = least + if group.dense { 0 } else { PLAIN_REGISTER };
        weights.clear();
        for m in members {
            let weight = known.iter().find(|(k, _)| k == m).map(|&(_, w)| w);
            weights.push(weight.unwrap_or_else(|| {
                let weight = member(view, phrases, m);
                known.push((*m, weight));
                weight
            }));
            if !form.may_reach(weights, least) {
                return;
            }
        }
        let edges = edges(view, group.segments, members);
        let run = Run { members, weights, separator: group.separator, edges, dense: group.dense };
        if let Some(score) = weigh(view, &run, &form, least)
            && best.is_none_or(|(s, _)| score > s)
        {
            let (start, end) = (members[0].start, members[members.len() - 1].end);
            best = Some((score, Found::new(Kind::Series, start, end)));
        }
    });
    best.map(|(_, found)| found)
}

/// True if enough members promise something, by a look at the lists alone.
fn promises(view: &View<'_>, phrases: &Phrases, group: &Group<'_>, members: &[Member]) -> bool {
    let comma = group.separator == Mark::Comma;
    let mut wanting = match (group.dense, comma) {
        // Plain news is full of clauses of one length: there every one must promise something.
        (false, true) => members.len(),
        (false, false) => members.len().div_ceil(2),
        // In the official register one is enough to look closer, but a pair of clauses needs both.
        (true, true) if members.len() == 2 => 2,
        (true, _) => 1,
    };
    // No member is looked at when enough have been, or when too few are left.
    for (i, m) in members.iter().enumerate() {
        if wanting == 0 || wanting > members.len() - i {
            break;
        }
        wanting -= usize::from(is_promising(view, phrases, m, comma));
    }
    wanting == 0
}

/// The ways to cut members out of a group: with and without its first and last segment.
fn readings(view: &View<'_>, group: &Group<'_>, members: &mut Vec<Member>, each: &mut dyn FnMut(&[Member])) {
    let Group { segments: group, separator, .. } = *group;
    let n = group.len();
    let whole = |s: &Segment| Member { start: s.start, end: s.end };
    if n == 2 {
        for length in [4, 3, 5, 6, 7, 8, 2] {
            let (first, last) = (&group[0], &group[1]);
            if separator == Mark::Comma && (last.chars() != length || first.chars() < length) {
                continue;
            }
            if let Some(a) = cut_right(view, first, length)
                && let Some(b) = cut_left(view, last, length)
            {
                members.clear();
                members.extend([a, b]);
                extend(view, last, members, length);
                each(members);
            }
        }
        return;
    }
    let lengths = || group[1..n - 1].iter().map(Segment::chars);
    let (least, most) = (lengths().min().unwrap_or(0), lengths().max().unwrap_or(0));
    let uneven = most - least > if most > 4 { 2 } else { 1 };
    if most > 10 || least < 2 || uneven {
        return;
    }
    let first_length = group[1].chars();
    let last_length = group[n - 2].chars();
    let first = if separator == Mark::Comma {
        cut_right(view, &group[0], first_length)
    } else {
        near(first_length)
            .into_iter()
            .find_map(|l| cut_right(view, &group[0], l).filter(|_| l == first_length || group[0].chars() == l))
    };
    let last = if separator == Mark::Comma {
        // The group of even clauses ends with a whole one.
        Some(whole(&group[n - 1])).filter(|_| group[n - 1].chars() == last_length)
    } else {
        near(last_length)
            .into_iter()
            .find_map(|l| cut_left(view, &group[n - 1], l).filter(|_| l == last_length || group[n - 1].chars() == l))
    };
    for with_first in [true, false] {
        for with_last in [true, false] {
            members.clear();
            match (with_first, first) {
                (true, Some(first)) => members.push(first),
                (true, None) => continue,
                (false, _) => {}
            }
            members.extend(group[1..n - 1].iter().map(whole));
            match (with_last, last) {
                (true, Some(last)) => {
                    members.push(last);
                    extend(view, &group[n - 1], members, last_length);
                }
                (true, None) => continue,
                (false, _) => {}
            }
            each(members);
        }
    }
}

/// Lengths to try, the likeliest first.
fn near(length: usize) -> [usize; 3] {
    [length, length + 1, length.saturating_sub(1).max(2)]
}

/// The last `length` characters of a segment, if they begin with a word.
pub(crate) fn cut_right(view: &View<'_>, s: &Segment, length: usize) -> Option<Member> {
    let start = s.end.checked_sub(length * HAN).filter(|&start| start >= s.start)?;
    // The segmenter joins 要谋 and leaves 良策 alone: a function word before is a boundary, too.
    let bounded = start == s.start || view.is_word_start(start) || view.text[s.start..start].ends_with(FUNCTION);
    bounded.then_some(Member { start, end: s.end })
}

/// The first `length` characters of a segment, if they end with a word.
fn cut_left(view: &View<'_>, s: &Segment, length: usize) -> Option<Member> {
    let end = s.start + length * HAN;
    (end == s.end || end < s.end && view.is_word_start(end)).then_some(Member { start: s.start, end })
}

/// A last member after 和: 制度化、规范化和程序化.
fn extend(view: &View<'_>, last: &Segment, members: &mut Vec<Member>, length: usize) {
    let Some(end) = members.last().map(|m| m.end) else { return };
    let rest = &view.text[end..last.end];
    if let Some(and) = rest.chars().next().filter(|c| matches!(c, '和' | '与' | '及')) {
        let start = end + and.len_utf8();
        let stop = start + length * HAN;
        if stop <= last.end && (stop == last.end || view.is_word_start(stop)) {
            members.push(Member { start, end: stop });
        }
    }
}

/// How cleanly the members stand out of their clauses.
fn edges(view: &View<'_>, group: &[Segment], members: &[Member]) -> Edges {
    let (first, last) = (members[0], members[members.len() - 1]);
    let owner = |at: usize| group.iter().find(|s| s.start <= at && at < s.end);
    let left = owner(first.start).map_or("", |s| &view.text[s.start..first.start]);
    let right = owner(last.start).map_or("", |s| &view.text[last.end..s.end]);
    // A member that was left out stands before a 、 of the run.
    let dropped_left = group.first().is_some_and(|s| s.end < first.start);
    let dropped_right = group.last().is_some_and(|s| s.start > last.end);
    Edges {
        left: if dropped_left { -1 } else { i8::from(left.is_empty() || view.vocabulary.ends_with(left, Role::Frame)) },
        right: if dropped_right {
            -1
        } else {
            i8::from(
                right.is_empty()
                    || right.starts_with(['的', '等', '上', '中', '来', '之'])
                    || view.vocabulary.starts_with(right, Role::Host).is_some(),
            )
        },
    }
}

//! Runs whose members say one thing in one form: 一靠…，二靠…，三靠…; 不搞…、不搞…、不搞…; 在…中…、在…中…、在…中….
//!
//! The words of the form stand in the same places of every member, so no word list is asked for what
//! stands between them, and the members may be as long as clauses.

use crate::finding::Kind;
use crate::found::Found;
use crate::pass::Run;
use crate::series::cut_right;
use crate::text::{HAN, Segment, View};
use crate::vocabulary::Role;
use crate::weigh::{Member, shared_positions};

/// Words of one character that hold a form together at its head.
const HEADS: [&str; 12] = ["在", "不", "要", "以", "从", "靠", "把", "让", "为", "边", "既", "越"];

/// The same before the last character: 送水到户、送电到户.
const BEFORE_TAIL: [&str; 7] = ["到", "入", "进", "上", "满", "不", "包"];

/// Ordinals in their order.
const ORDINALS: [char; 5] = ['一', '二', '三', '四', '五'];

/// The second of them, which tells nearly all runs apart.
const SECOND: &[u8] = "二".as_bytes();

/// Least and most characters of a member.
const LEAST: usize = 3;
const MOST: usize = 14;

/// Adds the runs of a page.
pub(crate) fn find(view: &View<'_>, runs: &[Run], dense: &[bool], out: &mut Vec<Found>) {
    for run in runs {
        let even = run.even;
        let run = &view.segments[run.segments.clone()];
        ordinals(view, run, out);
        if even && run.len() > 2 && dense[run[0].piece] {
            formed(view, run, out);
        }
    }
}

/// 一靠…，二靠…，三靠…: ordinals and one verb. 一是…，二是… counts reasons.
fn ordinals(view: &View<'_>, run: &[Segment], out: &mut Vec<Found>) {
    for (i, second) in run.iter().enumerate().skip(1) {
        if !view.text.as_bytes()[second.start..].starts_with(SECOND) {
            continue;
        }
        let then = &view.text[second.start + HAN..second.end];
        let Some(verb) = then.chars().next() else { continue };
        if verb != '不' && !view.vocabulary.is(verb.encode_utf8(&mut [0; 4]), Role::Verb) {
            continue;
        }
        let form = |ordinal: char| String::from_iter([ordinal, verb]);
        let text = |s: &Segment| &view.text[s.start..s.end];
        // The first may end its clause: 好收成一靠…，二靠….
        let first = &run[i - 1];
        let Some(start) = text(first).rfind(&form(ORDINALS[0])).map(|at| first.start + at) else { continue };
        let numbered = run[i..].iter().zip(&ORDINALS[1..]);
        let n = numbered.take_while(|(s, o)| s.chars() <= MOST && text(s).starts_with(&form(**o))).count();
        let even = first.end - start == second.end - second.start;
        if n > 1 || n == 1 && even {
            out.push(Found::new(Kind::Series, start, run[i + n - 1].end));
        }
    }
}

/// Members of one length with a word of the form in one place, and another character in another.
fn formed(view: &View<'_>, run: &[Segment], out: &mut Vec<Found>) {
    let bytes = |s: &Segment| s.end - s.start;
    let mut to = 0;
    while to + 1 < run.len() {
        let from = to;
        let length = bytes(&run[from]);
        while to < run.len() && bytes(&run[to]) == length {
            to += 1;
        }
        if to < from + 2 || !(LEAST * HAN..=MOST * HAN).contains(&length) {
            continue;
        }
        let (before, even, length) = (from.checked_sub(1).map(|i| &run[i]), &run[from..to], length / HAN);
        // The first member ends its clause: 做到送水到户、送电到户、….
        let first = before.and_then(|s| cut_right(view, s, length));
        let whole = even.iter().map(|s| Member { start: s.start, end: s.end });
        let mut members: Vec<Member> = first.into_iter().chain(whole).collect();
        // Another clause of the same length may stand before.
        while members.len() > 2 {
            let n = formed_from(view, &members, length);
            if n > 2 {
                let start = before.filter(|s| s.end == members[0].end).and_then(|s| subject(view, s, length));
                out.push(Found::new(Kind::Series, start.unwrap_or(members[0].start), members[n - 1].end));
                break;
            }
            members.remove(0);
        }
    }
}

/// How many members from the first on are of one form.
fn formed_from(view: &View<'_>, members: &[Member], length: usize) -> usize {
    let mut n = 2;
    while n < members.len() && is_formed(view, &members[..=n], length) {
        n += 1;
    }
    n
}

/// The start of a first member with a longer subject: 镇里领导包片、部门包村、党员包户.
fn subject(view: &View<'_>, s: &Segment, length: usize) -> Option<usize> {
    let tail = &view.text[s.end - 2 * HAN..s.end - HAN];
    let near = s.chars() <= length + 2 && BEFORE_TAIL.contains(&tail);
    (near && !view.begins_with_verb(s.start, s.end)).then_some(s.start)
}

fn is_formed(view: &View<'_>, members: &[Member], length: usize) -> bool {
    let at = |m: &Member, i: usize| &view.text[m.start + i * HAN..m.start + (i + 1) * HAN];
    let all = |i: usize| members.iter().all(|m| at(m, i) == at(&members[0], i));
    let head = all(0) && HEADS.contains(&at(&members[0], 0));
    let tail = all(length - 2) && BEFORE_TAIL.contains(&at(&members[0], length - 2));
    if !head && !tail {
        return false;
    }
    // A short one needs no more than its head or tail.
    let least = if length <= 4 { 1 } else { 2 };
    let plain = |m: &Member| {
        let text = &view.text[m.start..m.end];
        !text.contains(['了', '我', '他', '她', '你'])
            && !view.has_name(m.start, m.end)
            && !view.reports(m.start, m.end)
    };
    shared_positions(members, view.text) >= least && members.iter().all(plain)
}

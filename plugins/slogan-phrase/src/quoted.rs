//! Coinages in quotation marks: “强工兴旅、通江达海”, “等不起”.
//!
//! Quotation marks also hold speech, titles, names and irony. Parallel members are a slogan almost
//! anywhere; a single word is one in a row of quotations, before 战略 or 精神 and the like, or in an
//! article written in the official register.

use crate::finding::Kind;
use crate::found::Found;
use crate::lexicon::Phrases;
use crate::numbered;
use crate::pass::Quotation;
use crate::text::{HAN, Mark, Segment, View, tag};
use crate::vocabulary::Role;

/// What speech has and slogans have not.
const SPEECH: [char; 14] = ['我', '你', '他', '她', '吗', '呢', '吧', '啊', '嘛', '这', '那', '了', '么', '怎'];

/// After these a quoted word is a name or a word spoken of: “长江”号, “和”字.
const NAMING: [&str; 20] = [
    "号", "奖", "杯", "牌", "字", "一词", "二字", "三字", "四字", "栏目", "节目", "专栏", "论坛", "公司", "酒店",
    "饭店", "系列", "广场", "称号", "荣誉",
];

/// Before these, or with two characters between, a quoted word is a coinage, too.
const IDEAS: [&str; 3] = ["战略思路", "发展思路", "工作思路"];

/// Last characters of things and persons: “答复卡”, “成绩单”, “观察员”.
const CONCRETE: [char; 25] = [
    '卡', '单', '员', '班', '生', '证', '店', '车', '站', '馆', '楼', '图', '机', '器', '户', '村', '街', '桥', '屋',
    '箱', '墙', '鞋', '树', '费', '列',
];

/// Adds quoted coinages and quoted numbers.
pub(crate) fn find(view: &View<'_>, all: &[Quotation], phrases: &Phrases, dense: &[bool], out: &mut Vec<Found>) {
    for (i, quotation) in all.iter().enumerate() {
        let mut parts = &view.segments[quotation.first..=quotation.last];
        // The full stop of a quoted slogan stands before the closing mark.
        if let [rest @ .., end] = parts
            && end.is_empty()
            && !rest.is_empty()
        {
            parts = rest;
        }
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { continue };
        let (start, end) = (first.start, last.end);
        let text = &view.text[start..end];
        let context = Context {
            spoken: spoken(view, quotation.first - 1),
            dense: dense[first.piece],
            in_row: in_row(view, all, i),
            host: host(view, quotation),
        };
        // An entry of a lexicon is that entry: “两个维护”.
        if phrases.exactly(text).is_some() {
            continue;
        }
        let kind = match parts {
            [one] if one.is_han() => single(view, one, &context),
            [one] => digits(view, one, &context),
            _ if is_sum(text) => {
                let open = text.contains(['N', 'n', 'X', 'x']) && context.dense && !context.spoken;
                (open || context.host).then_some(Kind::Numbered)
            }
            many => several(view, many, &context).then_some(Kind::Quoted),
        };
        if let Some(kind) = kind {
            out.push(Found::new(kind, start, end));
        }
    }
}

/// What stands around a quotation.
struct Context {
    /// 他说：“…”
    spoken: bool,
    /// In an article of the official register.
    dense: bool,
    /// In a row of quotations: “等不起”“慢不得”.
    in_row: bool,
    /// Before a word such as 战略.
    host: bool,
}

fn single(view: &View<'_>, one: &Segment, context: &Context) -> Option<Kind> {
    let text = &view.text[one.start..one.end];
    let length = one.chars();
    if context.spoken || named(view, one) {
        return None;
    }
    // 三角洲, 四合院: a word of the dictionary that begins with a numeral.
    let tokens = view.tokens(one.start, one.end);
    let word = length > 2 && tokens.len() == 1 && tokens.classes().all(|c| c == b'n');
    if numbered::is_quoted(text) && !word {
        return Some(Kind::Numbered);
    }
    let speech = text.contains(SPEECH);
    if speech || !(3..=12).contains(&length) || view.reports(one.start, one.end) {
        return None;
    }
    // A name of a place or body is no coinage, unless it stands before 精神 or 经验.
    let name = view.tokens(one.start, one.end).iter().any(|t| matches!(t.pos, tag::NR | tag::NT | tag::NS | tag::ENG));
    let coined = (context.in_row && length <= 6 && !name)
        || (context.host && length <= 10)
        || (context.dense && length <= 10 && !name);
    let thing = view.vocabulary.ends_with(text, Role::Thing) || text.ends_with(CONCRETE);
    (coined && (context.host || !thing)).then_some(Kind::Quoted)
}

/// “1+6+N” and the like: how many of what make up a system.
fn is_sum(text: &str) -> bool {
    // Nearly every quotation has other first characters.
    let sum = text.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '＋'));
    sum && text.contains(['+', '＋'])
        && text.split(['+', '＋']).all(|p| matches!(p.as_bytes(), [b'0'..=b'9' | b'N' | b'n' | b'X' | b'x']))
}

/// “1453” and the like: figures that stand for a policy.
fn digits(view: &View<'_>, one: &Segment, context: &Context) -> Option<Kind> {
    let text = &view.text[one.start..one.end];
    let figures = text.chars().filter(char::is_ascii_digit).count();
    let other = text.chars().count() - figures;
    // Years and dates are no policies: “2023”, “9·11”.
    let policy = (2..=7).contains(&figures) && other <= 6 && !(text.starts_with("19") || text.starts_with("20"));
    (policy && context.host && context.dense && !context.spoken).then_some(Kind::Numbered)
}

fn several(view: &View<'_>, parts: &[Segment], context: &Context) -> bool {
    let Some((last, inner)) = parts.split_last() else { return false };
    let han = parts.iter().all(|s| s.is_han() && (2..=14).contains(&s.chars()));
    let separators = inner.iter().all(|s| matches!(s.after, Mark::Enum | Mark::Comma | Mark::Space));
    // 我是党员我带头，我为集体添一砖: a slogan speaks of itself in every part.
    let ours = parts.iter().all(|s| view.text[s.start..s.end].contains('我'));
    let speech = view.text[parts[0].start..last.end].contains(|c| SPEECH.contains(&c) && !(c == '我' && ours));
    if !han || !separators || parts.len() > 8 || speech || view.reports(parts[0].start, last.end) {
        return false;
    }
    let lengths = || parts.iter().map(Segment::chars);
    let (least, most) = (lengths().min().unwrap_or(0), lengths().max().unwrap_or(0));
    let parallel = most - least <= 1 || parts.len() >= 3 && most - least <= 2;
    if !parallel || least < 3 && most > 3 {
        return false;
    }
    // Two halves of seven or five are verse: “旧岁耕耘千重浪，新年再上一层楼。”
    if parts.len() == 2 && least == most && (least == 7 || least == 5) {
        return true;
    }
    // Quoted speech of two equal clauses is rare, a quoted list of things is not.
    let things = parts.iter().filter(|s| view.vocabulary.ends_with(&view.text[s.start..s.end], Role::Thing)).count();
    let verbs = parts.iter().filter(|s| view.begins_with_verb(s.start, s.end)).count();
    let formulas = parts.iter().filter(|s| view.vocabulary.is(&view.text[s.start..s.end], Role::Formula)).count();
    let good = (verbs + formulas).min(parts.len());
    let even = most == least;
    if context.spoken && !(even && good == parts.len()) {
        return false;
    }
    context.dense && (even || things == 0 && (parts.len() < 4 || most - least <= 1))
        || context.host
        || good * 2 >= parts.len() && things * 2 <= parts.len() && even
        || good == parts.len()
}

/// True if a verb of saying or a colon stands before the quotation, which begins after a segment.
fn spoken(view: &View<'_>, before: usize) -> bool {
    let text = |s: &Segment| &view.text[s.start..s.end];
    let says = |text: &str| {
        let said = text.strip_suffix("什么").unwrap_or(text);
        view.vocabulary.ends_with(said, Role::Saying) && !text.ends_with("提出")
    };
    let segment = &view.segments[before];
    if !segment.is_empty() {
        return says(text(segment));
    }
    // 说：“…” and 说，“…”: the mark leaves an empty segment before the quotation.
    match segment.before {
        Mark::Colon => true,
        Mark::Comma => before.checked_sub(1).is_some_and(|i| says(text(&view.segments[i]))),
        // “…”“…”: spoken as the one before.
        _ => false,
    }
}

/// True if what follows makes the quoted word a name.
fn named(view: &View<'_>, one: &Segment) -> bool {
    let after = &view.text[one.end..];
    let mut rest = after.chars();
    rest.next();
    NAMING.iter().any(|n| rest.as_str().starts_with(n))
}

/// True if another quotation of up to 8 characters stands right beside, with at most a 、 or 和 between.
fn in_row(view: &View<'_>, all: &[Quotation], i: usize) -> bool {
    let beside = |left: &Quotation, right: &Quotation| {
        let between = &view.text[view.segments[left.last].end..view.segments[right.first].start];
        let short = |q: &Quotation| {
            let (first, last) = (&view.segments[q.first], &view.segments[q.last]);
            last.end - first.start <= 8 * HAN
        };
        between.len() <= 4 * HAN
            && matches!(between, "”“" | "”、“" | "”和“" | "”，“" | "」「" | "」、「")
            && short(left)
            && short(right)
    };
    i.checked_sub(1).is_some_and(|b| beside(&all[b], &all[i])) || all.get(i + 1).is_some_and(|n| beside(&all[i], n))
}

/// True if the quotation stands before a word such as 战略, or 的紧迫感.
fn host(view: &View<'_>, quotation: &Quotation) -> bool {
    let Some(after) = view.segments.get(quotation.last + 1) else { return false };
    let text = &view.text[after.start..after.end];
    let text = text.strip_prefix('的').unwrap_or(text);
    let idea = |at: usize| IDEAS.iter().any(|idea| text.as_bytes()[at..].starts_with(idea.as_bytes()));
    view.vocabulary.starts_with(text, Role::Host).is_some()
        || text.is_char_boundary(6 * HAN) && text.len() >= 6 * HAN && (0..=2 * HAN).any(idea)
}

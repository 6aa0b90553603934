//! Who each role of a line belongs to: names after it, before it, given by a verb, set beside it, or
//! the subject of a biography.
//!
//! Roles joined by 、 or 兼 form a chain, and a chain has one owner or list of owners.

use crate::characters::{class, is_mark};
use crate::events::{self, Before};
use crate::finding::Event;
use crate::line::Line;
use crate::lists::{self, Run, Wanted};
use crate::names::{self, Name};
use crate::roles::Phrase;
use crate::scene::Scene;

/// A role and a person.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    /// Index of the role.
    pub(crate) phrase: usize,
    /// The person.
    pub(crate) name: Name,
    /// What happened.
    pub(crate) event: Event,
    /// The office is over.
    pub(crate) former: bool,
}

/// All pairs of a line, in the order of the roles. `biography` is the person that the whole piece is
/// about, if it is one of that kind.
pub(crate) fn pairs(scene: &Scene<'_>, phrases: &[Phrase], biography: Option<Name>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut before = Before { people: biography.into_iter().collect(), floor: 0, row: Vec::new() };
    let mut first = 0;
    while first < phrases.len() {
        if let Some(people) = title_behind(scene, &phrases[first], &before) {
            pairs.extend(people.iter().map(|&name| Pair { phrase: first, name, event: Event::Held, former: false }));
            before.floor = phrases[first].end;
            first += 1;
            continue;
        }
        // 国务卿哈林格博士、市长彭格: a degree behind a name is no office of the next one.
        let phrase = &phrases[first];
        if phrase.noun.degree && !phrase.has_organization() && before.ending_at(phrase.start).is_some() {
            before.floor = phrase.end;
            first += 1;
            continue;
        }
        let last = chain_end(scene, phrases, first);
        chain(scene, phrases, first, last, biography, &mut before, &mut pairs);
        first = last + 1;
    }
    pairs
}

/// 诺罗敦·西哈努克亲王 after 国家元首: a second title, right behind the name that the first one gave.
fn title_behind(scene: &Scene<'_>, phrase: &Phrase, before: &Before) -> Option<Vec<Name>> {
    let people = before.ending_at(phrase.start).filter(|people| people.len() == 1 && !phrase.has_organization())?;
    let wanted = Wanted { score: scene.min_score, foreign: phrase.foreign, run: Run::None };
    let open = lists::first_after(scene, phrase.end, wanted).is_some();
    (!open && !phrase.noun.byline && !phrase.noun.weak).then_some(people)
}

/// The last role of the chain that `first` begins.
fn chain_end(scene: &Scene<'_>, phrases: &[Phrase], first: usize) -> usize {
    let mut last = first;
    while let Some(next) = phrases.get(last + 1) {
        if next.name_before.is_some() || !joined(scene, &phrases[last], next) {
            break;
        }
        last += 1;
    }
    last
}

fn joined(scene: &Scene<'_>, a: &Phrase, b: &Phrase) -> bool {
    if b.start < a.end {
        return false;
    }
    if a.noun.byline != b.noun.byline {
        return false;
    }
    // ，管理学博士，博士生导师，: a degree is no office of the list.
    if a.noun.degree && scene.line.at(a.end) == '，' {
        return false;
    }
    // 没有专职教练，体育老师某某: a comma joins only what stands free before it.
    if scene.line.at(a.end) == '，' && a.start > 0 && !is_mark(scene.line.before(a.start)) {
        return false;
    }
    let between: Vec<char> = scene.line.slice(a.end, b.start).iter().copied().filter(|&c| c != ' ').collect();
    match between.as_slice() {
        [] => a.noun.title || b.noun.title || scene.line.at(a.end) != ' ',
        ['、' | '兼' | '暨' | '，' | '/']
        | ['、' | '，', '兼' | '原' | '前']
        | ['、', '新', '任']
        | ['、', '老']
        | ['（', '兼', '）', '、']
        | ['、', '时' | '现' | '曾' | '兼', '任'] => true,
        // 书记和县长张三: one person only if the second role has no body of its own.
        ['和' | '及'] => !b.has_organization() && !b.noun.weak && !a.noun.weak,
        _ => false,
    }
}

fn chain(
    scene: &Scene<'_>,
    phrases: &[Phrase],
    first: usize,
    last: usize,
    biography: Option<Name>,
    before: &mut Before,
    pairs: &mut Vec<Pair>,
) {
    let line = &scene.line;
    let head = phrases[first].clone();
    let tail = phrases[last].clone();
    let foreign = phrases[first..=last].iter().any(|p| p.foreign);
    let mut give = |names: &[Name], event: Event, former: bool| {
        for (k, phrase) in phrases[first..=last].iter().enumerate() {
            let pair = |&name: &Name| Pair { phrase: first + k, name, event, former: former || phrase.former };
            pairs.extend(names.iter().map(pair));
        }
    };
    let verb = || events::subject(scene, head.start, foreign, before);
    let list = names_after(scene, &phrases[first..=last], foreign);
    // 组长：张三 县委书记 李四 县长: each name has its role behind it.
    let mut at = head.start;
    while line.before(at) == ' ' {
        at -= 1;
    }
    let named_first =
        before.ending_at(at).filter(|_| !tail.noun.byline && (at < head.start || head.has_organization()));
    if let Some(people) = named_first
        && names_after(scene, &phrases[first..=last], foreign)
            .and_then(|list| list.names.first().copied())
            .is_none_or(|name| scene.role_starts[line.skip_spaces(name.end).0])
        && people.len() == 1
        && line.at(tail.end) != '：'
        && is_mark(line.at(tail.end)) | scene.line.is_word_start(tail.end)
    {
        give(&people, Event::Held, false);
        before.floor = tail.end;
        return;
    }
    // 王五任主席　赵六任副主席: a name beyond a space belongs to what follows if a verb gives an owner.
    if let Some(list) = list {
        // 任命刘某为副市长张某为局长: the name is the subject of what follows.
        let next_subject = list.names.last().is_some_and(|n| ["为", "任", "当选"].iter().any(|v| line.has(n.end, v)));
        let open = list.gap.is_empty() && !tail.noun.byline && (list.spaced || next_subject);
        let owner = if open { verb() } else { None };
        if let Some(owner) = owner {
            give(&owner.names, owner.event, owner.former);
            *before = Before { people: owner.names, floor: tail.end, row: Vec::new() };
            return;
        }
        if list.gap == "由" && !taken_on(scene, list.names.last().map_or(tail.end, |n| n.end)) {
            before.floor = tail.end;
            return;
        }
        // 嘉宾：张三（某局局长）、李四（某院院长）: the offices are in the brackets.
        if tail.noun.weak && list.names.first().is_some_and(|n| has_role_in_brackets(scene, n.end)) {
            before.floor = tail.end;
            return;
        }
        let event = if list.gap.is_empty() { Event::Held } else { said_before(scene, head.start) };
        give(&list.names, event, false);
        let floor = list.names.last().map_or(tail.end, |n| n.end);
        // A reporter is not the subject of the report.
        let people = if tail.noun.byline { std::mem::take(&mut before.people) } else { list.names };
        let listed = matches!(line.before(head.start), '、' | '和' | '与' | '及') && list.gap.is_empty();
        let row = match before.ending_at(head.start.saturating_sub(1)).filter(|_| listed) {
            Some(others) => before.row.drain(..).chain(others).collect(),
            None => Vec::new(),
        };
        *before = Before { people, floor, row };
        return;
    }
    if let Some((name, event, former)) = relative(scene, &head, &tail, foreign) {
        give(&[name], event, former);
        *before = Before { people: vec![name], floor: name.end, row: Vec::new() };
        return;
    }
    if let Some(name) = head.name_before.filter(|n| n.start >= before.floor) {
        // 任命张三教授为: the title beside a name is his, too.
        give(&[name], Event::Held, false);
        *before = Before { people: vec![name], floor: tail.end, row: Vec::new() };
        return;
    }
    if let Some(owner) = verb() {
        give(&owner.names, owner.event, owner.former);
        *before = Before { people: owner.names, floor: tail.end, row: Vec::new() };
        return;
    }
    if let Some(names) = summed_up(scene, &head, before.floor) {
        give(&names, Event::Held, false);
        *before = Before { people: names, floor: tail.end, row: Vec::new() };
        return;
    }
    if let Some((name, event)) = touching(scene, &head, &tail, before.floor) {
        give(&[name], event, false);
        *before = Before { people: vec![name], floor: tail.end, row: Vec::new() };
        return;
    }
    if let Some(name) = beside(scene, &head, &tail, foreign, before.floor) {
        give(&[name], Event::Held, false);
        *before = Before { people: vec![name], floor: tail.end, row: Vec::new() };
        return;
    }
    if let Some(names) = spaced_before(scene, &head, &tail, before.floor) {
        give(&names, Event::Held, false);
        before.floor = tail.end;
        return;
    }
    let subject = biography.map(|name| subject_of_item(scene, head.start, name));
    if let Some(name) = subject.filter(|n| n.end <= head.start && belongs(scene, &head, &tail)) {
        give(&[name], Event::Held, false);
    }
    before.floor = before.floor.max(tail.end).min(line.len());
}

/// True if a short note in brackets right at `at` ends in a role.
fn has_role_in_brackets(scene: &Scene<'_>, at: usize) -> bool {
    let close = |open: usize| (open..scene.line.len().min(open + 40)).find(|&i| scene.line.chars[i] == '）');
    scene.line.at(at) == '（' && close(at).is_some_and(|close| scene.role_ends[close])
}

/// 时任县委书记的张立群, 出任市长的赵长林: a clause before the name.
fn relative(scene: &Scene<'_>, head: &Phrase, tail: &Phrase, foreign: bool) -> Option<(Name, Event, bool)> {
    let line = &scene.line;
    if line.at(tail.end) != '的' {
        return None;
    }
    let (len, event) = scene.lexicons.before_role.ending(&line.chars, 0, head.start)?;
    let former = matches!(line.chars[head.start - len], '曾' | '时' | '原' | '前' | '历');
    let name = names::starting_at(scene, tail.end + 1, foreign)?;
    (name.score >= scene.min_score + 0.8).then_some((name, event, former))
}

/// The names after a chain of roles.
fn names_after(scene: &Scene<'_>, chain: &[Phrase], foreign: bool) -> Option<lists::NameList> {
    let tail = chain.last()?;
    let printed = tail.has_organization() || chain.len() > 1;
    let score = scene.min_score
        + match (tail.noun.weak, printed) {
            (true, false) => 1.0,
            (true, true) => 0.4,
            (false, true) => -0.5,
            (false, false) => 0.0,
        };
    let opens_line = chain.first().is_some_and(|p| scene.line.before(p.start) == '\n');
    let run = match () {
        () if tail.noun.byline => Run::ToRole,
        () if opens_line => Run::ToMark,
        () => Run::None,
    };
    lists::after(scene, tail.end, Wanted { score, foreign, run })
}

/// 主席由张三担任.
fn taken_on(scene: &Scene<'_>, at: usize) -> bool {
    let verbs = ["担任", "兼任", "出任", "接任", "继任", "代理", "暂代", "接替", "充任", "任"];
    let at = at + ["同志", "先生", "女士"].iter().find(|s| scene.line.has(at, s)).map_or(0, |s| s.chars().count());
    verbs.iter().any(|v| scene.line.has(at, v))
}

/// 当选为副主席的有张三、李四: the verb before the role.
fn said_before(scene: &Scene<'_>, start: usize) -> Event {
    scene.lexicons.before_role.ending(&scene.line.chars, 0, start).map_or(Event::Held, |(_, event)| event)
}

/// 张三、李四等县领导: a role that sums up a list.
fn summed_up(scene: &Scene<'_>, head: &Phrase, floor: usize) -> Option<Vec<Name>> {
    let many = scene.line.before(head.start) == '等';
    let names = many.then(|| {
        lists::before(
            scene,
            floor,
            head.start,
            Wanted { score: scene.min_score + 0.3, foreign: head.foreign, run: Run::None },
        )
    })?;
    (names.len() > 1).then_some(names)
}

/// 免去张三市财政局局长职务; 张三临江县委书记 on a line whose space was closed: the name touches the
/// organization.
fn touching(scene: &Scene<'_>, head: &Phrase, tail: &Phrase, floor: usize) -> Option<(Name, Event)> {
    let line = &scene.line;
    if !head.has_organization() {
        return None;
    }
    // 免去张三同志市财政局局长职务.
    let style = if line.has_before(head.start, "同志") { 2 } else { 0 };
    let end = head.start - style;
    let name = names::ending_at(scene, floor, end, false).filter(|n| n.score >= scene.min_score + 0.6)?;
    let verb = scene.lexicons.before_name.ending(&line.chars, 0, name.start).map(|(_, event)| event);
    let whole_line = matches!(line.before(name.start), '\n') && matches!(line.at(tail.end), '\n');
    if whole_line { Some((name, Event::Held)) } else { verb.map(|event| (name, event)) }
}

/// 王军，金塔县政协主席， / 张三（县委书记）、: a name before a mark, the role up to the next.
fn beside(scene: &Scene<'_>, head: &Phrase, tail: &Phrase, foreign: bool, floor: usize) -> Option<Name> {
    let line = &scene.line;
    let mark = line.before(head.start);
    let next = line.at(tail.end);
    let closed = match mark {
        '（' => is_mark(next),
        '，' => matches!(next, '，' | '。' | '；' | '\n' | '）' | '：'),
        _ => false,
    };
    // ，中共党员，: a detail of a life.
    let member = mark == '，' && line.has_before(tail.end, "党员");
    if !closed || member || head.noun.byline || head.noun.degree {
        return None;
    }
    let mut end = head.start - 1;
    // 张三，1962年12月生，县委书记；: details of a life lie between.
    while mark == '，' && events::is_detail(scene, line.clause_start(end), end) && line.clause_start(end) > 1 {
        end = line.clause_start(end) - 1;
    }
    if line.before(end) == '）' {
        end = (end.saturating_sub(20)..end).rev().find(|&i| line.chars[i] == '（')?;
    }
    let name = names::ending_at(scene, 0, end, foreign)?;
    let opens = name.start == 0
        || is_mark(line.before(name.start))
        || matches!(line.before(name.start), '和' | '与' | '由' | '以');
    let needed = scene.min_score + if mark == '（' { 0.8 } else { 1.3 };
    (name.score >= needed && (opens || mark == '（') && (name.start >= floor || mark == '，')).then_some(name)
}

/// 张三　县委书记 on a line of a list, 张三 摄.
fn spaced_before(scene: &Scene<'_>, head: &Phrase, tail: &Phrase, floor: usize) -> Option<Vec<Name>> {
    let line = &scene.line;
    if line.before(head.start) != ' ' || !is_mark(line.at(tail.end)) {
        return None;
    }
    let mut at = head.start;
    while line.before(at) == ' ' {
        at -= 1;
    }
    let names =
        lists::before(scene, floor, at, Wanted { score: scene.min_score + 0.6, foreign: false, run: Run::None });
    let first = names.first()?.start;
    let starts_line = first == 0 || matches!(line.before(first), '\n' | '（' | '。' | '；' | ' ' | '：');
    let alone = head.noun.byline || names.len() == 1;
    (starts_line && alone).then_some(names)
}

/// 张三，男，科长；李四，女，护士长: each item of a list of lives has its own subject.
fn subject_of_item(scene: &Scene<'_>, at: usize, first: Name) -> Name {
    let line = &scene.line;
    let start =
        (first.end..at).rev().find(|&i| matches!(line.chars[i], '；' | '\n')).map(|i| line.skip_spaces(i + 1).0);
    let named = start.and_then(|start| names::starting_at(scene, start, false));
    let opens = |name: &Name| {
        name.score >= scene.min_score && matches!(line.at(name.end), '，' | '（' | ' ' | '：') && name.end <= at
    };
    named.filter(opens).unwrap_or(first)
}

/// In a biography every role without a name is the subject's, but for those of other people.
fn belongs(scene: &Scene<'_>, head: &Phrase, tail: &Phrase) -> bool {
    let line = &scene.line;
    let previous = line.before(head.start);
    !matches!(previous, '与' | '和' | '对' | '向' | '给' | '被' | '把' | '名' | '位' | '个')
        && !head.noun.byline
        && !head.noun.degree
        && !matches!(line.at(tail.end), '们' | '的')
}

/// 顾先生历任: reports of companies name their officers so.
fn surname_only(scene: &Scene<'_>, start: usize) -> Option<Name> {
    let line = &scene.line;
    let surname = line.len() > start + 3 && scene.lexicons.characters.is(line.chars[start], class::SURNAME);
    let styled = line.has(start + 1, "先生") || line.has(start + 1, "女士");
    if !surname || !styled {
        return None;
    }
    let window: String = line.slice(start, line.len().min(start + 60)).iter().collect();
    let verbs = ["历任", "出任", "担任", "现任", "曾任", "兼任"];
    verbs.iter().any(|v| window.contains(v)).then_some(Name { start, end: start + 1, score: 4.0 })
}

/// Signs of a life told near the name of the one who lives it.
pub(crate) const DETAILS: &[&str] = &[
    "性别",
    "月-",
    "年-",
    "，男",
    "，女",
    "（男",
    "（女",
    "出生",
    "年生",
    "月生",
    "学历",
    "毕业",
    "国籍",
    "汉族",
    "历任",
    "现任",
    "曾任",
    "籍贯",
    "学位",
    "本科",
    "大专",
    "硕士",
    "博士",
    "生于",
    "入党",
    "参加工作",
    "先生",
    "女士",
    "无境外",
    "居留权",
    " 男",
    " 女",
    "：男",
    "：女",
];

/// Where a line goes on after a label: 姓名：, 拟任人选：. 张立群：男 begins with none.
fn after_label(line: &Line) -> usize {
    const LABELS: &[&str] = &["姓名", "人选", "候选人", "对象", "简历", "简介", "人员"];
    const LONGEST_LABEL: usize = 6;
    let start = line.skip_spaces(0).0;
    let colon = (start + 2..=start + LONGEST_LABEL).find(|&i| line.at(i) == '：');
    let label = colon.filter(|&colon| LABELS.iter().any(|label| line.has_before(colon, label)));
    label.map_or(start, |colon| line.skip_spaces(colon + 1).0)
}

/// The person that a piece opening with a name and details of a life is about.
pub(crate) fn biography(scene: &Scene<'_>) -> Option<Name> {
    let line = &scene.line;
    let start = after_label(line);
    if let Some(name) = surname_only(scene, start) {
        return Some(name);
    }
    let name = names::starting_at(scene, start, false)?;
    let mut at = name.end;
    if let Some(style) = ["先生", "女士", "同志"].iter().find(|s| line.has(at, s)) {
        at += style.chars().count();
    }
    let opened = matches!(line.at(at), '，' | '：' | '（' | '。' | '、')
        || at > name.end
        || line.at(at) == ' '
        || line.has(at, "出生")
        || line.has(at, "性别");
    if name.score < scene.min_score + 0.3 || !opened {
        return None;
    }
    let window: String = line.slice(start, line.len().min(start + 120)).iter().collect();
    DETAILS.iter().any(|m| window.contains(m)).then_some(name)
}

//! Appointments, elections, removals and resignations: who is meant by a role without a name.
//!
//! 任命张三为县长；李四为副县长 / 张三、李四当选为副主席 / 免去其局长职务 / 张三辞去主席职务.

use crate::characters::is_mark;
use crate::finding::Event;
use crate::lists::{self, Run, Wanted};
use crate::names::{self, Name};
use crate::scene::Scene;

/// Who a role without a name belongs to, and what happened.
#[derive(Clone, Debug, Default)]
pub(crate) struct Subject {
    /// The persons.
    pub(crate) names: Vec<Name>,
    /// What the verb says.
    pub(crate) event: Event,
    /// 曾任: the office is over.
    pub(crate) former: bool,
}

/// What is known from earlier in the line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Before {
    /// The last persons that something was said of.
    pub(crate) people: Vec<Name>,
    /// Names may not reach back beyond this: the end of the role before.
    pub(crate) floor: usize,
    /// Those of a list in which each has a role of his own: 市长甲、县长乙. The last of `people` ends it.
    pub(crate) row: Vec<Name>,
}

impl Before {
    fn person(&self) -> Option<Name> {
        self.people.last().copied()
    }

    /// 提名副主任张三为主任: the persons whose names end right before the verb.
    pub(crate) fn ending_at(&self, at: usize) -> Option<Vec<Name>> {
        self.people.last().filter(|name| name.end == at && name.end > 0).map(|_| self.people.clone())
    }

    /// 任命市长甲、县长乙为: the same with those before them in the list.
    fn row_ending_at(&self, at: usize) -> Option<Vec<Name>> {
        self.ending_at(at).map(|people| self.row.iter().chain(&people).copied().collect())
    }
}

/// Words between a subject and its verb.
const ADVERBS: &[&str] = &[
    "全票",
    "高票",
    "再次",
    "同时",
    "正式",
    "分别",
    "先后",
    "曾经",
    "曾先后",
    "曾",
    "此前",
    "先前",
    "之前",
    "早年",
    "长期",
    "目前",
    "将",
    "已",
    "现",
    "拟",
    "继续",
    "一直",
    "仍",
    "也",
    "还",
    "又",
    "并",
    "均",
    "都",
    "今天",
    "今日",
    "昨天",
    "昨日",
    "日前",
    "近日",
    "当天",
    "被",
    "获",
    "出",
    "不再",
    "自愿",
    "主动",
    "请求",
    "申请",
    "宣布",
    "决定",
    "即将",
    "其中",
    "依法",
    "因工作变动",
    "因工作需要",
    "因年龄原因",
    "因病",
    "首次",
    "随后",
    "后",
    "起",
    "兼",
    "暂时",
    "临时",
    "提前",
    "以来",
    "一致",
];

/// The persons that a chain of roles starting at `start` is given to by a verb before it.
pub(crate) fn subject(scene: &Scene<'_>, start: usize, foreign: bool, before: &Before) -> Option<Subject> {
    let line = &scene.line;
    let lexicons = scene.lexicons;
    let mut at = start;
    while at > 0 && matches!(line.chars[at - 1], ' ' | '“' | '：') {
        at -= 1;
    }
    if line.before(at) == '了' {
        at -= 1;
    }
    if let Some(subject) = possessive(scene, at, foreign, before) {
        return Some(subject);
    }
    if let Some((len, event)) = lexicons.before_role.ending(&line.chars, 0, at) {
        return with_verb(scene, at - len, at, event, foreign, before);
    }
    if line.before(at) == '的' {
        return attributed(scene, at - 1, foreign, before);
    }
    let (len, _) = lexicons.linking.ending(&line.chars, 0, at)?;
    // 补选裴建成为秘书长: 成 may be the end of a name.
    if len > 1 && line.has_before(at, "成为") {
        let named = linked(scene, at - 1, foreign, before).filter(|s| s.event != Event::Held);
        let verb = |s: &Subject| {
            s.names.first().is_some_and(|n| lexicons.before_name.ending(&line.chars, 0, n.start).is_some())
        };
        if let Some(subject) = named.filter(verb) {
            return Some(subject);
        }
    }
    linked(scene, at - len, foreign, before)
}

/// 分别出任两家公司的董事长, 是这家公司的总经理: a word or two before 的 stand between verb and role.
fn attributed(scene: &Scene<'_>, end: usize, foreign: bool, before: &Before) -> Option<Subject> {
    const LONGEST: usize = 20;
    let line = &scene.line;
    let least = end.saturating_sub(LONGEST);
    let free = |&at: &usize| !is_mark(line.chars[at]) && !scene.role_ends[at] && !scene.role_starts[at];
    for at in (least..end).rev().take_while(free) {
        if let Some((len, event)) = scene.lexicons.before_role.ending(&line.chars, least, at)
            && len > 1
        {
            return with_verb(scene, at - len, at, event, foreign, before);
        }
        // 是公司的经理派他来: what goes on is another clause.
        let ends = || (end..line.len()).find(|&i| scene.role_ends[i]).is_none_or(|i| is_mark(line.at(i)));
        if line.before(at) == '是' && line.word(at - 1).len() == 1 && ends() {
            // 她叫冯玉兰，是卫生院的护士长.
            let comma = at > 1 && line.chars[at - 2] == '，';
            return linked(scene, if comma { at - 2 } else { at - 1 }, foreign, before);
        }
    }
    None
}

/// 免去张三的…职务, 免去其…职务.
fn possessive(scene: &Scene<'_>, at: usize, foreign: bool, before: &Before) -> Option<Subject> {
    let line = &scene.line;
    let verb = |end: usize| {
        let verb = scene.lexicons.before_name.ending(&line.chars, 0, end);
        verb.map(|(_, event)| event).filter(|e| matches!(e, Event::Removed | Event::Resigned))
    };
    if matches!(line.before(at), '其' | '他' | '她') {
        let event = verb(at - 1)?;
        return before.person().map(|name| Subject { names: vec![name], event, former: false });
    }
    if line.before(at) != '的' {
        return None;
    }
    if matches!(line.before(at - 1), '其' | '他' | '她') {
        let event = verb(at - 2)?;
        return before.person().map(|name| Subject { names: vec![name], event, former: false });
    }
    let wanted = Wanted { score: scene.min_score - 0.6, foreign, run: Run::None };
    let names = lists::before(scene, 0, at - 1, wanted);
    let first = names.first()?.start;
    // 免去甲的…；乙的…: the verb of the clause before still holds.
    let event = verb(skip_colon(scene, first)).or_else(|| {
        let joined = matches!(line.before(first), '；' | '，' | '、' | '\n');
        earlier_verb(scene, first).filter(|e| joined && *e == Event::Removed)
    })?;
    Some(Subject { names, event, former: false })
}

/// 张三任, 张三今年三月起担任, 张三、李四当选为.
fn with_verb(
    scene: &Scene<'_>,
    verb: usize,
    end: usize,
    event: Event,
    foreign: bool,
    before: &Before,
) -> Option<Subject> {
    let line = &scene.line;
    let former = matches!(line.slice(verb, end).first(), Some('曾' | '历' | '时' | '原' | '前'))
        || ["曾", "此前", "先前", "之前", "早年"].iter().any(|word| line.has_before(verb, word));
    // 一直担任, 现担任: the office is held, nothing happened.
    let lasting =
        || ["一直", "仍", "仍然", "长期", "继续", "现", "目前"].iter().any(|word| line.has_before(verb, word));
    let event = if former || event == Event::Appointed && lasting() { Event::Held } else { event };
    let make = |names: Vec<Name>| Subject { names, event, former };
    let wanted = Wanted { score: scene.min_score - 0.3, foreign, run: Run::None };
    let at = skip_adverbs(scene, before.floor, verb);
    if matches!(line.before(at), '其' | '他' | '她') {
        // 致电李文山，祝贺他就任: the last one named, who need not be the last with an office.
        let near = line.clause_start(at).checked_sub(1).map(|end| lists::before(scene, before.floor, end, wanted));
        let near = near.and_then(|names| names.last().copied()).filter(|n| n.score >= scene.min_score + 1.0);
        return near.or(before.person()).map(|name| make(vec![name]));
    }
    // 甲（市妇联副主席）、乙（市工商联副会长）当选为: the roles of a list with brackets are no end of it.
    let floor = if line.before(at) == '）' { 0 } else { before.floor };
    let names = before.row_ending_at(at).unwrap_or_else(|| lists::before(scene, floor, at, wanted));
    if !names.is_empty() {
        return Some(make(names));
    }
    // 任命张三担任: the verb of naming stands before.
    if let Some(name) = clause_subject(scene, verb, before.floor, foreign) {
        return Some(make(vec![name]));
    }
    // ，任县长，后任书记: the subject of the line goes on.
    let person = before.person()?;
    let near = line.slice(person.end, verb).iter().filter(|&&c| c == '，' || c == '。').count() <= 3;
    near.then(|| make(vec![person]))
}

/// 张三为主席，李四、王五为副主席; 任命张三为.
fn linked(scene: &Scene<'_>, verb: usize, foreign: bool, before: &Before) -> Option<Subject> {
    let line = &scene.line;
    let at = skip_adverbs(scene, 0, verb);
    let wanted = Wanted { score: scene.min_score, foreign, run: Run::None };
    let names = before.row_ending_at(at).unwrap_or_else(|| lists::before(scene, before.floor, at, wanted));
    let first = names.first()?.start;
    let named = scene.lexicons.before_name.ending(&line.chars, 0, skip_colon(scene, first)).map(|(_, event)| event);
    let event = named.or_else(|| earlier_verb(scene, first));
    let bounded = is_mark(line.before(first)) || first == 0 || line.is_word_start(first);
    match event {
        Some(event) => Some(Subject { names, event, former: false }),
        None if bounded => Some(Subject { names, event: Event::Held, former: false }),
        None => None,
    }
}

fn skip_colon(scene: &Scene<'_>, at: usize) -> usize {
    let mut at = at;
    while at > 0 && matches!(scene.line.chars[at - 1], '：' | ' ' | '了') {
        at -= 1;
    }
    at
}

/// 任命张三为…；李四为…: the verb of an earlier clause still holds.
fn earlier_verb(scene: &Scene<'_>, at: usize) -> Option<Event> {
    let line = &scene.line;
    let mut end = at;
    let least = at.saturating_sub(400);
    while end > least {
        if line.chars[end - 1] == '。' {
            return None;
        }
        if let Some((len, event)) = scene.lexicons.before_name.ending(&line.chars, least, end)
            && len >= 2
        {
            return Some(event);
        }
        end -= 1;
    }
    // 免去： on the line before.
    (least == 0).then_some(scene.carried).flatten()
}

fn skip_adverbs(scene: &Scene<'_>, floor: usize, end: usize) -> usize {
    let mut at = end;
    while let Some(word) = ADVERBS.iter().filter(|w| scene.line.has_before(at, w)).max_by_key(|w| w.chars().count()) {
        let next = at - word.chars().count();
        if next < floor {
            break;
        }
        at = next;
    }
    // 今年3月, 1998年起, 于2001年.
    let date = |c: char| {
        c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '今' | '去' | '于' | '自' | '从' | '至' | '起' | '.')
    };
    let mut start = at;
    while start > floor && date(scene.line.before(start)) {
        start -= 1;
    }
    if at - start >= 2 { start } else { at }
}

/// The name at the start of the clause, or of the clauses before it that belong to the sentence.
fn clause_subject(scene: &Scene<'_>, verb: usize, floor: usize, foreign: bool) -> Option<Name> {
    let line = &scene.line;
    let mut at = verb;
    let mut steps = 0;
    while steps < 3 {
        let start = line.clause_start(at);
        if start < floor.min(verb) && floor > 0 && start + 1 < floor {
            return None;
        }
        let wanted = scene.min_score + 0.5;
        if let Some(name) = names::starting_at(scene, start, foreign)
            && name.score >= wanted
            && name.end <= verb
            && !scene.role_starts[name.end]
        {
            return Some(name);
        }
        if start == 0 || matches!(line.chars[start - 1], '。' | '；' | '！' | '？' | '：') {
            return None;
        }
        // 张三，男，汉族，1970年生，现任: details of a life are no clauses.
        steps += usize::from(!is_detail(scene, start, at));
        at = start - 1;
    }
    None
}

/// 1962年12月生, 男, 汉族, 大学学历.
pub(crate) fn is_detail(scene: &Scene<'_>, start: usize, end: usize) -> bool {
    let text: String = scene.line.slice(start, end).iter().collect();
    let whole = ["男", "女", "汉族", "回族", "藏族", "蒙古族", "维吾尔族", "壮族", "满族", "苗族", "彝族"];
    let ends = [
        "生",
        "出生",
        "族",
        "人",
        "学历",
        "学位",
        "毕业",
        "岁",
        "党员",
        "入党",
        "文化",
        "工作",
        "学士",
        "硕士",
        "博士",
        "研究生",
        "大学",
        "大专",
        "本科",
    ];
    whole.contains(&text.as_str()) || (end - start <= 16 && end > start && ends.iter().any(|e| text.ends_with(e)))
}

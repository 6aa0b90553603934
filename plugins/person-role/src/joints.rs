//! What stands inside the name of a body and looks like its end: 和, brackets, quotation marks, the comma of a ministry.

use crate::characters::{is_han, is_mark};
use crate::lexicons::{PlaceKind, Walk};
use crate::line::WordSpan;
use crate::roles::Phrase;
use crate::scene::Scene;

/// 教育和科学部: 和 inside the name of one body.
pub(crate) fn joins(scene: &Scene<'_>, word: WordSpan, right: usize, of_ministry: bool) -> bool {
    let line = &scene.line;
    if (word.end >= right && !of_ministry) || word.start == 0 || is_mark(line.chars[word.start - 1]) {
        return false;
    }
    let left = line.word(word.start - 1);
    let last = line.chars[word.start - 1];
    let person = matches!(
        last,
        '委' | '府'
            | '会'
            | '部'
            | '局'
            | '院'
            | '者'
            | '员'
            | '长'
            | '处'
            | '厅'
            | '司'
            | '校'
            | '人'
            | '席'
            | '记'
            | '理'
    );
    let noun = matches!(left.pos[0], b'n' | b'j' | b'l' | b'i') || left.pos == *b"vn" || left.pos[0] == b'v';
    let next = line.word(word.end);
    let level = matches!(line.at(word.end), '省' | '市' | '县' | '区' | '州' | '乡' | '镇' | '村');
    let fresh =
        level || next.is_name() || next.pos == *b"ns" || scene.lexicons.places.at(&line.chars, word.end).is_some();
    // 社会及家庭发展部.
    let person = person && line.slice(left.start, left.end) != ['社', '会'];
    let stop = scene.lexicons.walk.get(line.slice(left.start, left.end)) == Some(Walk::Stop);
    // 海洋事务部长: the body may end inside the role.
    let body = scene.lexicons.organizations.ending(&line.chars, word.end, right).is_some();
    let ministry = of_ministry || line.has(right, "部长") || line.has(right, "大臣");
    let fresh = fresh && !(ministry && next.pos == *b"ns" && !level);
    let body = body || ministry;
    // 康乐及文化事务署: the dictionary takes the word for a name.
    let common = scene.lexicons.walk.get(line.slice(left.start, left.end)) == Some(Walk::Pass);
    (noun && !left.is_name() || common) && !person && !fresh && !stop && body && left.len() >= 2
}

/// Steps over brackets and quotation marks that belong to a name, and over the comma inside the
/// name of a ministry; none if the mark ends the way.
pub(crate) fn over_mark(scene: &Scene<'_>, phrase: &Phrase, least: usize, at: usize) -> Option<usize> {
    let line = &scene.line;
    let right = phrase.role_start;
    let find =
        |open: char, most: usize| (least.max(at.saturating_sub(most))..at).rev().find(|&i| line.chars[i] == open);
    match line.chars[at - 1] {
        // 天河集团（河洮）有限公司, 人民党（改革派）.
        '）' => {
            let open = find('（', 14)?;
            let plain = line.slice(open + 1, at - 1).iter().all(|&c| is_han(c) || c.is_ascii_alphanumeric());
            (plain && open > least && !is_mark(line.chars[open - 1])).then_some(open)
        }
        // “一带一路”办公室.
        '”' => {
            let open = find('“', 16)?;
            let plain = line.slice(open + 1, at - 1).iter().all(|&c| !matches!(c, '，' | '。' | '：' | '！' | '？'));
            // “硬骨头连”连长: right before the role what is quoted must be a body.
            let body = || scene.lexicons.organizations.ending(&line.chars, open + 1, at - 1).is_some();
            (plain && (at < right || body())).then_some(open)
        }
        // 《河洮文艺》主编, 《河洮文艺》编辑部主任.
        '》' if at == right && is_of_press(line.slice(phrase.head, phrase.end))
            || at < right && PARTS_OF_PRESS.iter().any(|part| line.has(at, part)) =>
        {
            find('《', 16).filter(|&open| open > least || open == 0)
        }
        '、' => ministry(scene, phrase, least, at),
        // 夸祖鲁—纳塔尔省, 歼-20飞行员.
        '-' | '—' | '–' if at > least + 1 && line.before(at - 1).is_alphanumeric() && line.at(at).is_alphanumeric() => {
            Some(at - 1)
        }
        _ => None,
    }
}

/// Posts of a paper or journal, whose name stands before them in 《》.
fn is_of_press(head: &[char]) -> bool {
    let head = match head {
        ['副', rest @ ..] => rest,
        ['常', '务', '副', rest @ ..] => rest,
        head => head,
    };
    matches!(
        head,
        [.., '主' | '总', '编']
            | [.., '总', '编', '辑']
            | ['社', '长']
            | ['编', '委']
            | [.., '编', '辑']
            | [.., '记', '者']
            | [.., '评', '论', '员']
            | ['发', '行', '人']
            | [.., '主', '笔']
            | [.., '导', '演']
            | ['编', '剧']
            | ['作', '者']
            | [.., '制', '片', '人']
    )
}

/// What has a head and is part of a paper or work.
const PARTS_OF_PRESS: &[&str] = &[
    "编辑部",
    "杂志社",
    "报社",
    "编委会",
    "编委",
    "社",
    "记者站",
    "课题组",
    "剧组",
    "摄制组",
    "栏目",
    "栏目组",
    "节目组",
    "编写组",
    "编辑委员会",
    "编审委员会",
    "编纂委员会",
    "创作组",
    "项目组",
    "发行部",
    "驻",
    "总编室",
    "评论部",
    "记者部",
    "新闻部",
];

/// 环境、气候与通讯部长: a comma inside the name of one ministry, where a country stands before.
fn ministry(scene: &Scene<'_>, phrase: &Phrase, least: usize, at: usize) -> Option<usize> {
    let line = &scene.line;
    let head = line.slice(phrase.head, phrase.end);
    // 法塔赫官员某某、以色列国防部长: a state begins anew.
    if matches!(scene.lexicons.places.at(&line.chars, at), Some((2.., PlaceKind::Abroad | PlaceKind::Home))) {
        return None;
    }
    let of_body = phrase.noun.ministry
        || (head == ['部', '长'] || head == ['大', '臣'] || line.before(phrase.role_start) == '部');
    if !of_body {
        return None;
    }
    let mut i = at - 1;
    while i > least && (is_han(line.chars[i - 1]) || line.chars[i - 1] == '、') && at - i < 12 {
        if let Some((len, PlaceKind::Abroad)) = scene.lexicons.places.ending(&line.chars, least, i) {
            return (i < at - 1 && i - len >= least).then_some(i);
        }
        i -= 1;
    }
    None
}

//! What two display lines are to each other as parts of a clause: a word that the break tears, a subject and its
//! predicate, a verb and its object. Words and their parts of speech are those of the segmenter's dictionary.

use std::sync::LazyLock;

use banmian_core::Pos;
use banmian_dictionary::{spans_word, words_of};

use crate::credits::is_surname;
use crate::glyphs::{Class, Glyph};
use crate::phrases::{Charset, Words, ends_with, starts_with};

/// Characters on each side of a break by which a torn word is told.
const TORN_REACH: usize = 4;

/// True if a line ends with an office and a name, which end a line of a list: 首席执行官王小川.
pub(crate) fn ends_with_holder(line: &[Glyph]) -> bool {
    static OFFICES: LazyLock<Charset> = LazyLock::new(|| Charset::of("长長官裁任记記授士员員师師理事"));
    let n = line.len();
    (2..=3).any(|k| n > k && is_surname(line[n - k].c) && OFFICES.has(line[n - k - 1].c))
}

/// True if the break between two lines tears a word.
pub(crate) fn tears(old: &[Glyph], new: &[Glyph]) -> bool {
    let han = |g: &&Glyph| g.class == Class::Han;
    let before = old.iter().rev().take(TORN_REACH).take_while(han).count();
    let after = new.iter().take(TORN_REACH).take_while(han).count();
    before > 0 && after > 0 && spans_word(&text(&old[old.len() - before..]), &text(&new[..after]))
}

/// True if the last word of a line has more than one character.
pub(crate) fn ends_in_word(line: &[Glyph]) -> bool {
    let last = line.last().map_or(0, |g| g.c.len_utf8());
    words_of(&text(&line[line.len().saturating_sub(TORN_REACH)..])).last().is_some_and(|word| word.0 > last)
}

fn text(glyphs: &[Glyph]) -> String {
    glyphs.iter().map(|g| g.c).collect()
}

/// True if neither line is a headline without the other, so that they are one whatever each would fit.
pub(crate) fn is_half(old: &[Glyph], new: &[Glyph]) -> bool {
    subject_and_predicate(old, new) || hangs(old)
}

/// True if a line breaks off in the middle of a phrase: 开源社区里的.
fn hangs(old: &[Glyph]) -> bool {
    old.len() <= 20 && matches!(old[old.len() - 1].c, '的' | '和' | '与' | '與' | '及')
}

/// A body on one line and what it does on the next: 河洮县政协 / 召开全体会议.
pub(crate) fn subject_and_predicate(old: &[Glyph], new: &[Glyph]) -> bool {
    static VERBS: LazyLock<Words> = LazyLock::new(|| {
        Words::of(&[
            "召开", "举行", "开展", "举办", "出台", "推进", "打造", "启动", "部署", "调研", "视察", "走访", "慰问",
            "组织", "实施", "建成", "获得", "荣获", "通过", "公布", "发布", "印发", "签署", "出席", "会见", "主持",
            "考察", "强调", "要求", "召開", "舉行", "舉辦", "開展", "推出", "完成", "加强", "深入", "积极", "全面",
            "大力", "扎实", "再创", "喜获", "喜迎", "力争",
        ])
    });
    let body = matches!(
        old.last().map(|g| g.c),
        Some(
            '会' | '會'
                | '协'
                | '協'
                | '委'
                | '府'
                | '局'
                | '市'
                | '县'
                | '縣'
                | '区'
                | '區'
                | '省'
                | '州'
                | '镇'
                | '乡'
                | '村'
                | '厂'
                | '院'
                | '校'
                | '部'
                | '厅'
                | '司'
                | '团'
                | '处'
                | '办'
                | '社'
        )
    );
    // 也谈… is a title of its own.
    const TITLES: &[&str] = &["也说", "也說", "也谈", "也談", "也论"];
    if old.len() > 12 || TITLES.iter().any(|t| starts_with(new, t)) {
        return false;
    }
    let acts = VERBS.opening(new);
    body && acts || (acts || PREDICATES.opening(new)) && names_alone(old)
}

/// What opens the second half of a headline whose first half says who or what, and hardly ever a headline.
static PREDICATES: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "走进", "走進", "走出", "走上", "走向", "上线", "上線", "亮相", "登陆", "登陸", "落户", "落戶", "落地", "开工",
        "開工", "动工", "竣工", "投产", "投產", "投用", "通车", "通車", "开幕", "開幕", "闭幕", "閉幕", "夺冠", "奪冠",
        "夺得", "揭牌", "挂牌", "揭晓", "签约", "簽約", "启用", "啟用", "上市", "开馆", "开业", "開業", "成立", "问世",
        "突破", "超过", "超過", "达到", "增长", "增長", "下降", "回升", "上涨", "上漲", "迎来", "迎來", "成为", "成為",
        "变成", "變成", "惠及", "覆盖", "进入", "進入", "连续", "也", "已", "仍", "又", "该", "該", "是", "有了",
        "有望", "正在", "再次", "再获", "再獲", "能否", "可否", "不再", "未能",
    ])
});

/// True if a short line names somebody or something and says nothing of it: it has no gap, no mark but quotation
/// marks, and none of the words that open predicates.
fn names_alone(old: &[Glyph]) -> bool {
    let plain = |g: &Glyph| !matches!(g.class, Class::Comma | Class::Stop);
    (3..=12).contains(&old.len())
        && old.iter().all(plain)
        && old.iter().skip(1).all(|g| g.gap == 0)
        && !(0..old.len()).any(|i| PREDICATES.opening(&old[i..]))
}

/// True if the second line cannot stand alone: it opens with a preposition or with when it happens, and the first
/// names who or what: 县少年宫合唱团 / 在省城夺冠; 税务局送“药方” / 为小微企业纾困.
pub(crate) fn leans(old: &[Glyph], new: &[Glyph]) -> bool {
    const OPENINGS: &[&str] = &[
        "在", "为", "為", "对", "對", "被", "获", "獲", "关于", "關於", "于", "至", "到", "今秋", "今春", "今夏",
        "今冬", "今起", "今日", "明日",
    ];
    const NOUNS: &[&str] =
        &["为主", "在即", "为人", "为什么", "為什麼", "为啥", "将军", "对口", "为民", "为何", "对联", "从严"];
    hangs(old)
        || old.len() <= 16
            && (3..=16).contains(&new.len())
            && matches!(old[old.len() - 1].class, Class::Han | Class::Close)
            && !old.iter().chain(new).any(|g| g.class == Class::Comma)
            && OPENINGS.iter().any(|o| starts_with(new, o))
            && !NOUNS.iter().any(|n| starts_with(new, n))
}

/// True if a line ends with a verb whose object can only follow: 一枚指纹牵出 / 六年悬案.
pub(crate) fn wants_object(old: &[Glyph]) -> bool {
    const VERBS: &[&str] = &[
        "开展",
        "開展",
        "推出",
        "荣获",
        "榮獲",
        "喜获",
        "斩获",
        "摘得",
        "夺得",
        "奪得",
        "获得",
        "獲得",
        "获",
        "獲",
        "牵出",
        "引来",
        "迎来",
        "迎來",
        "换来",
        "带来",
        "帶來",
        "当选",
        "當選",
        "增至",
        "延至",
        "降至",
        "升至",
        "达到",
        "超过",
        "超過",
        "成为",
        "成為",
        "变成",
        "變成",
        "打造",
        "举办",
        "舉辦",
        "实施",
        "實施",
        "助力",
        "赋能",
        "关心",
        "關心",
        "发放",
        "發放",
        "新增",
        "增设",
        "增設",
        "设立",
        "設立",
        "出台",
        "发布",
        "發布",
        "印发",
        "建成",
        "建起",
        "办起",
        "走进",
        "走進",
        "奔向",
        "迈向",
        "通往",
        "关于表彰",
        "任命",
        "委会组织",
        "委會組織",
        "政协组织",
        "授予",
        "捐赠",
        "捐建",
        "研制",
        "研發",
        "研发",
        "走出",
        "撑起",
        "托起",
        "擦亮",
        "点亮",
        "激活",
        "破解",
        "聚焦",
        "围绕",
        "争当",
        "争创",
        "加快",
        "加强",
        "加強",
        "深化",
        "强化",
        "強化",
        "促进",
        "促進",
        "推动",
        "推動",
        "引领",
        "带动",
        "帶動",
        "催生",
        "造福",
        "惠及",
        "崛起",
        "传达",
        "贯彻",
        "貫徹",
        "喝上",
        "用上",
        "住上",
        "吃上",
        "走上",
        "踏上",
        "会见",
        "會見",
        "致力",
        "严查",
        "查获",
        "破获",
        "抓好",
        "做好",
        "守护",
        "守住",
        "唱响",
        "书写",
        "续写",
        "谱写",
        "绘就",
        "跑出",
        "按下",
        "增添",
        "注入",
        "送来",
        "送上",
        "献出",
        "献上",
        "端上",
    ];
    old.len() >= LEAST_CLAUSE && VERBS.iter().any(|v| ends_with(old, v))
}

/// Fewest characters of a line that has a subject and a verb; what is shorter is a label: 下期预告.
const LEAST_CLAUSE: usize = 5;

/// True if a short line only names somebody, a body or a place, and the next one opens with what they do:
/// 高血压患者 / 午睡别超过一小时.
pub(crate) fn acts(old: &[Glyph], new: &[Glyph]) -> bool {
    /// Last characters of names of people, bodies, places and things that headlines are about.
    const NAMED: &str = "会會协協委府局市县縣区區省州镇鎮乡村厂廠院校部厅廳司团團处處办辦社队隊者生人员員工民户戶师師手友兵警童妇\
        婦店馆館园園场場所屋台站家们們业業集军軍组組行班科室圈界港路桥橋湖河江山片段期款机機车車船";
    let last = old.iter().rev().find(|g| g.class != Class::Close).map(|g| g.c);
    let plain = (3..=12).contains(&old.len())
        && old.iter().skip(1).all(|g| g.gap == 0)
        && !old.iter().chain(new).any(|g| matches!(g.class, Class::Comma | Class::Stop));
    if !plain || !last.is_some_and(|c| NAMED.contains(c)) || words_of(&text(old)).iter().any(|w| is_verb(w.1)) {
        return false;
    }
    let words = words_of(&text(&new[..new.len().min(OPENING)]));
    let tag = |k: usize| words.get(k).map_or("", |w| w.1.as_str());
    let opens = |k: usize| words.get(k).is_some_and(|w| is_verb(w.1)) || matches!(tag(k), "d" | "ad" | "vd");
    // When or for how long may stand before the verb: 两位“背篓医生” / 二十年走遍山村.
    let before_verb = matches!(tag(0), "t" | "m" | "mq" | "f" | "a");
    opens(0) || before_verb && opens(1) || starts_with(new, "关于")
}

/// Characters that show how a line opens.
const OPENING: usize = 8;

/// True for a finite verb; `vn` is used as a noun.
fn is_verb(pos: Pos) -> bool {
    let tag = pos.as_str();
    tag.starts_with('v') && tag != "vn"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glyphs::Raw;

    fn asked(two: fn(&[Glyph], &[Glyph]) -> bool, old: &str, new: &str) -> bool {
        let (old, new) = (Raw::read(old), Raw::read(new));
        two(&old.glyphs, &new.glyphs)
    }

    #[test]
    fn a_break_tears_a_word() {
        assert!(asked(tears, "上半年外贸进出口逆", "势增长8.7%"));
        assert!(!asked(tears, "开网捕鱼迎新年", "沿河村庄备年货"));
    }

    #[test]
    fn an_office_with_its_holder_ends_a_line() {
        let ends = |line: &str| ends_with_holder(&Raw::read(line).glyphs);
        assert!(ends("河洮果业董事长王小川"));
        assert!(!ends("王小川当选河洮县长"));
    }

    #[test]
    fn a_subject_alone_wants_what_it_does() {
        assert!(asked(acts, "柳庄大队", "深翻土地三千亩"));
        assert!(asked(acts, "两位“背篓医生”", "二十年走遍山村"));
        assert!(asked(acts, "太原師範學生", "幫助農業社記賬"));
        // A label of a column, and a headline that is complete.
        assert!(!asked(acts, "一家之言", "给“差评”留一条活路"));
        assert!(!asked(acts, "市委经济工作会议召开", "部署明年工作"));
    }

    #[test]
    fn a_verb_wants_its_object() {
        let wants = |line: &str| wants_object(&Raw::read(line).glyphs);
        assert!(wants("河洮县职工医院推出"));
        assert!(!wants("下期推出"), "a label");
        assert!(!wants("全县经济工作会议召开"));
    }
}

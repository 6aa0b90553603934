//! How paragraphs open that go on with a text, and headings that are numbered.

use std::sync::LazyLock;

use crate::credits::is_surname;
use crate::glyphs::{Class, Glyph};
use crate::phrases::{Words, ends_with, starts_with};

/// Openings of paragraphs that go on with a report: 会议强调, 他说, 据介绍.
pub(crate) fn goes_on(glyphs: &[Glyph]) -> bool {
    const OPENINGS: &[&str] = &[
        "会议",
        "會議",
        "他说",
        "她说",
        "他指",
        "他强",
        "他還",
        "他还",
        "他續",
        "他续",
        "他又",
        "她又",
        "据介",
        "据悉",
        "据了",
        "據悉",
        "此外",
        "同时",
        "同時",
        "为此",
        "目前",
        "随后",
        "隨後",
        "其中",
        "其间",
        "其次",
        "另外",
        "最后",
        "最後",
        "座谈",
        "与会",
        "报告",
        "大家",
        "对此",
        "在此",
        "但是",
        "然而",
        "因此",
        "下一",
        "截至",
        "翻查",
        "去年",
        "此次",
        "这次",
        "這次",
        "第二",
        "第三",
        "二是",
        "三是",
        "以前",
        "记者在",
        "记者看",
        "记者了",
        "记者发",
        "记者注",
        "记者问",
        "記者在",
        "記者看",
    ];
    static WORDS: LazyLock<Words> = LazyLock::new(|| Words::of(OPENINGS));
    glyphs.first().is_some_and(|g| WORDS.with(g.c).any(|o| starts_with(glyphs, o)))
}

/// Openings of reports that name their time without a date: 昨晚, 前天, 入秋以来, 时近立冬.
pub(crate) fn opens_with_time(glyphs: &[Glyph]) -> bool {
    const OPENINGS: &[&str] = &[
        "昨天", "昨晚", "昨夜", "昨晨", "昨早", "昨午", "前天", "前晚", "前夜", "前日", "今晨", "今早", "凌晨", "清晨",
        "日前", "近期", "最近", "上周", "上週", "本周", "本週", "连日", "連日", "入春", "入夏", "入秋", "入冬", "时近",
        "时值", "正值", "眼下", "时下", "初春", "初夏", "初秋", "初冬", "盛夏", "仲夏", "金秋", "深秋", "隆冬", "寒冬",
        "立春", "立夏", "立秋", "立冬",
    ];
    static WORDS: LazyLock<Words> = LazyLock::new(|| Words::of(OPENINGS));
    glyphs.first().is_some_and(|g| WORDS.with(g.c).any(|o| starts_with(glyphs, o)))
}

/// Openings that name a speaker before a comma: 气象台台长王小川表示，, 會議主席李某指，. Where a full stop ends the line above, a
/// paragraph opens so far oftener than a sentence of one does at the start of a line.
pub(crate) fn opens_with_speaker(glyphs: &[Glyph]) -> bool {
    let comma = glyphs.iter().take(SPEAKER_REACH).position(|g| !matches!(g.class, Class::Han | Class::Letter));
    comma.is_some_and(|at| {
        let after_word = at >= 5 && matches!(glyphs[at].c, '，' | ',' | '：');
        // Every line is asked; most are refused by the last character.
        after_word && VERB_ENDS.contains(&glyphs[at - 1].c) && VERBS.iter().any(|v| ends_with(&glyphs[..at], v))
    })
}

/// Verbs of a speaker.
const VERBS: [&str; 16] = [
    "表示", "指出", "认为", "認為", "介绍", "介紹", "强调", "強調", "续指", "透露", "坦言", "解释", "解釋", "补充",
    "回应", "回應",
];

/// Their last characters.
const VERB_ENDS: [char; 16] =
    ['示', '出', '为', '為', '绍', '紹', '调', '調', '指', '露', '言', '释', '釋', '充', '应', '應'];

/// Most characters of a speaker with office and verb.
const SPEAKER_REACH: usize = 18;

/// True for the label of a person's picture: an office and a name, nothing else (养蜂协会会长王小川).
pub(crate) fn names_person(glyphs: &[Glyph]) -> bool {
    const OFFICES: &str = "长長官裁理记記席人员員授任师師家手者";
    let n = glyphs.len();
    (4..=14).contains(&n)
        && glyphs.iter().all(|g| g.class == Class::Han)
        && [3, 2]
            .iter()
            .any(|&name| name + 2 <= n && is_surname(glyphs[n - name].c) && OFFICES.contains(glyphs[n - name - 1].c))
}

/// True for a deck with a dash.
pub(crate) fn opens_with_dash(glyphs: &[Glyph]) -> bool {
    matches!(glyphs[0].c, '—' | '─' | '―')
}

/// 一、 （一） 1. 第一节
pub(crate) fn is_numbered(glyphs: &[Glyph]) -> bool {
    let at = |i: usize| glyphs.get(i).map_or(' ', |g| g.c);
    let numeral = |c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit();
    let open = usize::from(matches!(at(0), '（' | '(' | '第'));
    let digits = (open..open + 3).take_while(|&i| numeral(at(i))).count();
    if digits == 0 {
        return false;
    }
    let next = at(open + digits);
    match open {
        0 => matches!(next, '、' | '.' | '．') && glyphs.get(digits + 1).is_some_and(|g| g.class != Class::Digit),
        _ if at(0) == '第' => matches!(next, '章' | '节' | '節' | '条' | '條'),
        _ => matches!(next, '）' | ')'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glyphs::Raw;

    #[test]
    fn speakers_open_paragraphs() {
        for line in ["河洮县气象台台长王小川表示，今年", "漁會主席李山續稱認為，水位"] {
            assert!(opens_with_speaker(&Raw::read(line).glyphs), "{line}");
        }
        for line in ["表示，今年雨水多", "他们的果园，明年", "会议，对此表示，要"] {
            assert!(!opens_with_speaker(&Raw::read(line).glyphs), "{line}");
        }
    }

    #[test]
    fn every_verb_of_a_speaker_opens_a_paragraph() {
        for verb in VERBS {
            let line = format!("河洮县气象台台长王小川{verb}，今年");
            assert!(opens_with_speaker(&Raw::read(&line).glyphs), "{line}");
        }
    }

    #[test]
    fn labels_of_persons() {
        for line in ["养蜂协会会长王小川", "河洮集團董事長李山", "特级教师周婷"] {
            assert!(names_person(&Raw::read(line).glyphs), "{line}");
        }
        for line in ["县长王小川下乡", "果农又迎丰收年", "记者节走近记者"] {
            assert!(!names_person(&Raw::read(line).glyphs), "{line}");
        }
    }
}

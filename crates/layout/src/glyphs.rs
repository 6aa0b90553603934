//! The raw page as printed characters: one flat array of glyphs, cut into lines.
//!
//! Spaces are not glyphs; a glyph remembers how many stood before it on its line. Characters that
//! print nothing (byte order mark, zero-width, soft hyphen) are dropped and counted here, and the
//! radicals that PDF fonts put in the place of ideographs are replaced one for one.

use std::ops::Range;
use std::sync::LazyLock;

/// One printed character.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Glyph {
    /// The character, radicals already replaced.
    pub(crate) c: char,
    /// Raw column, from 1.
    pub(crate) column: u32,
    /// Spaces before it on its line, at most 255; a full-width space counts as two.
    pub(crate) gap: u8,
    /// What sort of character it is.
    pub(crate) class: Class,
}

/// Sorts of characters, as far as line breaking and spacing care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Chinese character, kana and other full-width letters.
    Han,
    /// Latin letter, also full-width.
    Letter,
    /// Digit, also full-width.
    Digit,
    /// Full stop, exclamation and question mark, semicolon.
    Stop,
    /// Comma, enumeration comma, colon.
    Comma,
    /// Opening bracket or quotation mark.
    Open,
    /// Closing bracket or quotation mark.
    Close,
    /// Ornament that opens captions and bylines: ■ □ ▲.
    Mark,
    /// All else.
    Other,
}

/// One printed line (or a part of one, where a tail was cut off).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// Raw line number, from 1.
    pub(crate) raw: u32,
    /// First glyph.
    pub(crate) start: u32,
    /// One past the last glyph.
    pub(crate) end: u32,
    /// Its place in the source, if the source holds its glyphs and nothing between them; else empty.
    pub(crate) bytes: (u32, u32),
    /// True if an empty line (or several) stands before it.
    pub(crate) blank: bool,
    /// Spaces before the first glyph, in half-width units.
    pub(crate) indent: u8,
    /// True if it is the cut-off tail of the line before it.
    pub(crate) tail: bool,
}

impl Line {
    /// Its glyphs.
    pub(crate) fn of<'a>(&self, glyphs: &'a [Glyph]) -> &'a [Glyph] {
        &glyphs[self.start as usize..self.end as usize]
    }

    /// Number of glyphs.
    pub(crate) fn len(&self) -> usize {
        (self.end - self.start) as usize
    }
}

/// A raw page as glyphs and lines.
#[derive(Debug, Default)]
pub(crate) struct Raw<'a> {
    /// The text it was read from.
    pub(crate) source: &'a str,
    pub(crate) glyphs: Vec<Glyph>,
    pub(crate) lines: Vec<Line>,
    pub(crate) removed: u32,
    pub(crate) replaced: u32,
}

impl<'a> Raw<'a> {
    /// Reads the raw text. Lines end at line feeds alone, as in [`str::lines`].
    pub(crate) fn read(source: &'a str) -> Raw<'a> {
        let mut out = Raw {
            source,
            glyphs: Vec::with_capacity(source.len() / 3 + 16),
            lines: Vec::with_capacity(source.len() / 40 + 16),
            ..Raw::default()
        };
        let classes = &**CLASSES;
        // The line in hand: its number, its column, where its glyphs start, and what stood before them.
        let (mut number, mut column, mut start, mut first_byte) = (1u32, 0u32, 0usize, 0usize);
        let (mut gap, mut indent, mut blank) = (0u32, 0u8, false);
        // True while its glyphs are its characters, one for one.
        let mut whole = true;
        let mut rest = source;
        loop {
            if gap == 0 {
                if out.glyphs.len() == start {
                    first_byte = source.len() - rest.len();
                }
                (rest, column) = run(rest, column, classes, &mut out.glyphs);
            }
            let byte = source.len() - rest.len();
            let mut chars = rest.chars();
            let Some(c) = chars.next() else { break };
            rest = chars.as_str();
            column += 1;
            let mut glyph = c;
            let class = match sort(classes, c) {
                Sort::Glyph(class) => class,
                Sort::Break => {
                    let end = out.glyphs.len();
                    if end > start {
                        let bytes = if whole { first_byte..byte } else { 0..0 };
                        out.push_line(number, start, bytes, blank, indent);
                    }
                    blank = end == start;
                    (start, gap, indent, whole) = (end, 0, 0, true);
                    (number, column) = (number + 1, 0);
                    continue;
                }
                Sort::Space => {
                    gap += if c == '\u{3000}' || c == '\t' { 2 } else { 1 };
                    continue;
                }
                Sort::Invisible => {
                    out.removed += 1;
                    whole &= out.glyphs.len() == start;
                    continue;
                }
                Sort::Radical => {
                    glyph = mend(c);
                    if glyph != c {
                        out.replaced += 1;
                        whole = false;
                    }
                    class_of(glyph)
                }
            };
            if out.glyphs.len() == start {
                indent = gap.min(255) as u8;
                first_byte = byte;
                gap = 0;
            }
            whole &= gap == 0;
            out.glyphs.push(Glyph { c: glyph, column, gap: gap.min(255) as u8, class });
            gap = 0;
        }
        if out.glyphs.len() > start {
            // A last line without line feed.
            let bytes = if whole { first_byte..source.len() } else { 0..0 };
            out.push_line(number, start, bytes, blank, indent);
        }
        out
    }

    /// Notes the line whose glyphs end the list; `bytes` may end with spaces.
    fn push_line(&mut self, raw: u32, start: usize, bytes: Range<usize>, blank: bool, indent: u8) {
        let end = self.glyphs.len() as u32;
        let text = self.source[bytes.clone()].trim_end();
        let bytes = (bytes.start as u32, (bytes.start + text.len()) as u32);
        self.lines.push(Line { raw, start: start as u32, end, bytes, blank, indent, tail: false });
    }

    /// The text of a line without its spaces.
    #[cfg(test)]
    pub(crate) fn text(&self, line: &Line) -> String {
        line.of(&self.glyphs).iter().map(|g| g.c).collect()
    }
}

/// Reads plain characters up to the first space, line feed or rarity: what is left, and the column of the
/// last one read. Nearly all of a page is read here, so it is kept short.
fn run<'a>(text: &'a str, mut column: u32, classes: &[Sort], glyphs: &mut Vec<Glyph>) -> (&'a str, u32) {
    let mut rest = text.as_bytes();
    loop {
        let (code, after) = match *rest {
            [a @ 0xe0..=0xef, b, c, ref after @ ..] => {
                (u32::from(a & 15) << 12 | u32::from(b & 63) << 6 | u32::from(c & 63), after)
            }
            [a @ 0..=0x7f, ref after @ ..] => (u32::from(a), after),
            _ => break,
        };
        let (Some(&Sort::Glyph(class)), Some(c)) = (classes.get(code as usize), char::from_u32(code)) else { break };
        column += 1;
        glyphs.push(Glyph { c, column, gap: 0, class });
        rest = after;
    }
    (&text[text.len() - rest.len()..], column)
}

/// What a raw character comes to.
#[derive(Clone, Copy, Debug)]
enum Sort {
    Glyph(Class),
    Space,
    /// A line feed.
    Break,
    Invisible,
    /// A radical that may stand for an ideograph.
    Radical,
}

/// The sort of a character: the ideographs at once, all others by table.
#[inline]
fn sort(classes: &[Sort], c: char) -> Sort {
    if ('\u{4e00}'..='\u{9fff}').contains(&c) {
        return Sort::Glyph(Class::Han);
    }
    classes.get(c as usize).copied().unwrap_or_else(|| sort_of(c))
}

/// The sorts of the characters that fit in 16 bits, worked out once.
static CLASSES: LazyLock<Vec<Sort>> =
    LazyLock::new(|| (0..=0xffff).map(|c| sort_of(char::from_u32(c).unwrap_or('\u{fffd}'))).collect());

fn sort_of(c: char) -> Sort {
    match c {
        '\n' => Sort::Break,
        _ if c.is_whitespace() => Sort::Space,
        _ if is_invisible(c) => Sort::Invisible,
        '\u{2e80}'..='\u{2fdf}' => Sort::Radical,
        _ => Sort::Glyph(class_of(c)),
    }
}

/// Characters that print nothing and are no space.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Width in half-width units: Chinese characters and punctuation two, Latin and digits one.
pub(crate) fn width_of(c: char) -> u32 {
    match c {
        '“' | '”' | '‘' | '’' | '—' | '…' | '·' => 2,
        '\0'..='\u{2e7f}' => 1,
        _ => 2,
    }
}

/// The class of a character.
pub(crate) fn class_of(c: char) -> Class {
    match c {
        '\u{3400}'..='\u{9fff}' | '〇' | '々' | '\u{f900}'..='\u{faff}' | '\u{3041}'..='\u{30ff}' => Class::Han,
        '，' | '、' | '：' | ',' | ':' => Class::Comma,
        '。' | '！' | '？' | '；' | '!' | '?' | ';' | '｡' => Class::Stop,
        '0'..='9' | '０'..='９' => Class::Digit,
        'a'..='z' | 'A'..='Z' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '\u{c0}'..='\u{24f}' => Class::Letter,
        '“' | '‘' | '（' | '(' | '《' | '〈' | '【' | '『' | '「' | '[' | '〔' | '［' => Class::Open,
        '”' | '’' | '）' | ')' | '》' | '〉' | '】' | '』' | '」' | ']' | '〕' | '］' => Class::Close,
        '■' | '□' | '▲' | '△' | '▼' | '▽' | '◆' | '◇' | '●' | '○' | '★' | '☆' | '◎' | '▶' | '◀' | '►' | '◄' | '↑'
        | '↓' | '←' | '→' => Class::Mark,
        '\u{20000}'..='\u{3134f}' => Class::Han,
        _ => Class::Other,
    }
}

/// Replaces a Kangxi or CJK-supplement radical by the ideograph it looks like, where there is one.
fn mend(c: char) -> char {
    if !('\u{2e80}'..='\u{2fdf}').contains(&c) {
        return c;
    }
    match c {
        '\u{2f00}'..='\u{2fd5}' => KANGXI.chars().nth(c as usize - 0x2f00).unwrap_or(c),
        _ => SUPPLEMENT.iter().find(|(radical, _)| *radical == c).map_or(c, |(_, ideograph)| *ideograph),
    }
}

/// The 214 Kangxi radicals as ideographs, in code order (Unicode's compatibility decompositions).
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// Radicals of the supplement block that are also ideographs: the simplified ones, which fonts of
/// mainland papers confuse with them.
const SUPPLEMENT: &[(char, char)] = &[
    ('⺀', '冫'),
    ('⺁', '厂'),
    ('⺄', '乙'),
    ('⺅', '亻'),
    ('⺈', '刂'),
    ('⺊', '卜'),
    ('⺋', '㔾'),
    ('⺌', '小'),
    ('⺍', '小'),
    ('⺎', '兀'),
    ('⺏', '尣'),
    ('⺒', '巳'),
    ('⺓', '幺'),
    ('⺔', '彑'),
    ('⺕', '彐'),
    ('⺖', '忄'),
    ('⺗', '心'),
    ('⺘', '扌'),
    ('⺙', '攵'),
    ('⺛', '旡'),
    ('⺜', '日'),
    ('⺝', '月'),
    ('⺞', '歺'),
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺡', '氵'),
    ('⺢', '氺'),
    ('⺣', '灬'),
    ('⺤', '爫'),
    ('⺥', '爫'),
    ('⺦', '丬'),
    ('⺧', '牛'),
    ('⺨', '犭'),
    ('⺩', '王'),
    ('⺪', '疋'),
    ('⺫', '目'),
    ('⺬', '示'),
    ('⺭', '礻'),
    ('⺯', '糹'),
    ('⺰', '纟'),
    ('⺱', '罓'),
    ('⺲', '罒'),
    ('⺳', '网'),
    ('⺶', '羊'),
    ('⺷', '羊'),
    ('⺸', '羊'),
    ('⺹', '耂'),
    ('⺺', '肀'),
    ('⺻', '聿'),
    ('⺼', '肉'),
    ('⺽', '臼'),
    ('⺾', '艹'),
    ('⺿', '艹'),
    ('⻀', '艹'),
    ('⻁', '虎'),
    ('⻂', '衤'),
    ('⻃', '覀'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻇', '角'),
    ('⻈', '讠'),
    ('⻉', '贝'),
    ('⻊', '足'),
    ('⻋', '车'),
    ('⻌', '辶'),
    ('⻍', '辶'),
    ('⻎', '辶'),
    ('⻏', '阝'),
    ('⻐', '钅'),
    ('⻑', '長'),
    ('⻒', '镸'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻕', '阜'),
    ('⻖', '阝'),
    ('⻗', '雨'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻟', '飠'),
    ('⻠', '饣'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻪', '黾'),
    ('⻫', '斉'),
    ('⻬', '齐'),
    ('⻭', '歯'),
    ('⻮', '齿'),
    ('⻯', '竜'),
    ('⻰', '龙'),
    ('⻱', '龟'),
    ('⻲', '亀'),
    ('⻳', '龟'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_remembered_not_kept() {
        let raw = Raw::read("\u{feff}　　本报讯 1 月\r\n\n ⻓江");
        assert_eq!((raw.lines.len(), raw.removed, raw.replaced), (2, 1, 1));
        assert_eq!(raw.text(&raw.lines[0]), "本报讯1月");
        assert_eq!((raw.lines[0].indent, raw.lines[1].indent, raw.lines[1].blank), (4, 1, true));
        assert_eq!((raw.glyphs[3].gap, raw.glyphs[3].column), (1, 8));
        assert_eq!(raw.text(&raw.lines[1]), "长江");
    }

    #[test]
    fn every_kangxi_radical_has_an_ideograph() {
        assert_eq!(KANGXI.chars().count(), 214);
        assert_eq!(mend('\u{2f45}'), '方');
    }
}

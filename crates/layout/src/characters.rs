//! What single characters are: letters, marks, spaces, and radicals that stand for ideographs.
//!
//! Every character of a page is looked up once, so the sorts of those that fit in 16 bits are kept in a
//! table of two steps, small enough for the nearest cache.

use std::sync::LazyLock;

use crate::glyphs::Glyph;

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

/// What a raw character comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A printed character.
    Glyph(Class),
    /// A space of any width.
    Space,
    /// Prints nothing and is no space.
    Invisible,
    /// A radical that may stand for an ideograph.
    Radical,
}

/// What a printed character tells of the line it stands in. Few characters tell something, and many tell the same:
/// so each knows the number of its sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sign {
    /// What is counted, a byte for each [`Count`], so that one sum counts all.
    counts: u64,
    /// What is only noted: [`hint`]s.
    pub(crate) hints: u32,
}

/// What is counted in a line.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Count {
    /// Half-width units that a character is narrower than an ideograph.
    Short,
    /// Half-width units of Latin letters and digits.
    Latin,
    /// All that is no Chinese character.
    NoHan,
    /// Full stops.
    Stop,
    /// Commas, but not 、.
    Comma,
    /// 、
    Pause,
    /// Opening round brackets.
    Paren,
}

/// What is noted of a line: a bit each.
pub(crate) mod hint {
    /// A colon, slash or bar, which every imprint has, or what only an imprint has.
    pub(crate) const PRINT: u32 = 1;
    /// A digit.
    pub(crate) const DIGIT: u32 = 1 << 1;
    /// 版 or 期.
    pub(crate) const EDITION: u32 = 1 << 2;
    /// 月, or what parts figures.
    pub(crate) const MONTH: u32 = 1 << 3;
    /// A point or an @.
    pub(crate) const WEB: u32 = 1 << 4;
    /// What a role holds, or a mark that bylines use.
    pub(crate) const ROLE: u32 = 1 << 5;
    /// What a role holds, in a short line.
    pub(crate) const SHORT_ROLE: u32 = 1 << 6;
    /// What names of licences and numbers of papers hold.
    pub(crate) const LICENCE: u32 = 1 << 7;
    /// What lunar dates hold.
    pub(crate) const LUNAR: u32 = 1 << 8;
    /// 日
    pub(crate) const DAY: u32 = 1 << 9;
    /// A point.
    pub(crate) const POINT: u32 = 1 << 10;
    /// A colon.
    pub(crate) const COLON: u32 = 1 << 11;
    /// 讯 or 电, which close a dateline.
    pub(crate) const REPORT: u32 = 1 << 12;
    /// 图
    pub(crate) const PICTURE: u32 = 1 << 13;
}

/// What a printed character tells.
fn sign_of(c: char) -> Sign {
    use hint::{
        COLON, DAY, DIGIT, EDITION, LICENCE, LUNAR, MONTH, PICTURE, POINT, PRINT, REPORT, ROLE, SHORT_ROLE, WEB,
    };
    let class = class_of(c);
    let latin = matches!(class, Class::Digit | Class::Letter);
    let counts = [
        (Count::Short, 2 - width_of(c)),
        (Count::Latin, if latin { width_of(c) } else { 0 }),
        (Count::NoHan, u32::from(class != Class::Han)),
        (Count::Stop, u32::from(class == Class::Stop)),
        (Count::Comma, u32::from(matches!(c, '，' | ','))),
        (Count::Pause, u32::from(c == '、')),
        (Count::Paren, u32::from(matches!(c, '（' | '('))),
    ];
    let hints = match c {
        _ if class == Class::Digit => DIGIT,
        '版' | '期' => EDITION,
        '月' => MONTH,
        '年' | '历' | '曆' => LUNAR,
        '统' | '邮' | '许' => LICENCE,
        '刊' | '营' | '|' => PRINT,
        '者' | '员' | '員' | '摄' | '攝' | '稿' | '影' => ROLE,
        '道' | '导' | '導' | '合' | '理' => SHORT_ROLE,
        '：' | ':' | '∶' => PRINT | COLON,
        '/' | '／' => PRINT | ROLE | MONTH,
        '-' => MONTH,
        '@' => WEB,
        '.' => WEB | MONTH | POINT,
        '日' => DAY,
        '讯' | '訊' | '电' | '電' => REPORT,
        '图' | '圖' => PICTURE,
        _ => 0,
    };
    Sign { counts: counts.iter().fold(0, |sum, (count, by)| sum | u64::from(*by) << (8 * *count as u32)), hints }
}

/// The signs of a line added up.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    counts: [u32; 7],
    /// All that is noted of the line.
    pub(crate) hints: u32,
}

impl Tally {
    /// How often something occurs.
    pub(crate) fn of(&self, count: Count) -> u32 {
        self.counts[count as usize]
    }
}

/// The ideographs that [`sign_of`] tells apart from others.
const TELLING: &str = "版期月年历曆统邮许刊营者员員摄攝稿影道导導合理日讯訊电電图圖";

/// Characters of one block of the table.
const BLOCK: usize = 64;
/// Different signs that there is room for.
const SIGNS: usize = 64;

/// The sorts of the characters that fit in 16 bits.
pub(crate) struct Sorts {
    /// The row of each block of characters.
    blocks: [u8; 0x1_0000 / BLOCK],
    /// Sorts and numbers of signs of the characters of a block; blocks of like characters share a row.
    rows: Box<[[(Sort, u8); BLOCK]; 256]>,
    signs: [Sign; SIGNS],
}

impl Sorts {
    /// The table, worked out once.
    #[inline]
    pub(crate) fn table() -> &'static Sorts {
        static TABLE: LazyLock<Sorts> = LazyLock::new(Sorts::new);
        &TABLE
    }

    fn new() -> Sorts {
        let none = (Sort::Glyph(Class::Other), 0);
        let mut table = Sorts {
            blocks: [0; 0x1_0000 / BLOCK],
            rows: Box::new([[none; BLOCK]; 256]),
            signs: [Sign::default(); SIGNS],
        };
        // Ideographs, and what stands beyond 16 bits.
        let mut signs = vec![sign_of('一'), sign_of('\u{1f600}')];
        let mut at = |code: usize| {
            let Some(c) = char::from_u32(code as u32) else { return none };
            let sign = sign_of(c);
            let known = signs.iter().position(|s| *s == sign).unwrap_or_else(|| {
                signs.push(sign);
                signs.len() - 1
            });
            (sort_of(c), known as u8)
        };
        let mut count = 0;
        for block in 0..table.blocks.len() {
            let first = block * BLOCK;
            // From the ideographs to the compatibility forms, all characters of a block are alike, but for a few.
            let row = if (0x3400..0xf900).contains(&first) {
                let mut row = [at(first); BLOCK];
                for c in TELLING.chars().filter(|c| *c as usize / BLOCK == block) {
                    row[c as usize % BLOCK] = at(c as usize);
                }
                row
            } else {
                std::array::from_fn(|k| at(first + k))
            };
            let known = table.rows[..count].iter().position(|r| *r == row);
            table.blocks[block] = known.unwrap_or(count) as u8;
            if known.is_none() {
                table.rows[count] = row;
                count += 1;
            }
        }
        table.signs[..signs.len()].copy_from_slice(&signs);
        table
    }

    /// The sort of a character, and the number of its sign.
    pub(crate) fn of(&self, c: char) -> (Sort, u8) {
        if (c as usize) < 0x1_0000 {
            self.at(c as usize / BLOCK, c as usize % BLOCK)
        } else {
            (sort_of(c), u8::from(class_of(c) != Class::Han))
        }
    }

    /// The same for the character with this place in this block of 64.
    #[inline]
    pub(crate) fn at(&self, block: usize, place: usize) -> (Sort, u8) {
        self.rows[usize::from(self.blocks[block])][place]
    }

    /// Adds up signs, which are given by their numbers: what the first `most` count, and what they note.
    #[inline]
    pub(crate) fn tally(&self, glyphs: &[Glyph], most: usize) -> Tally {
        let mut tally = Tally::default();
        // No byte of the sum runs over.
        for part in glyphs[..glyphs.len().min(most)].chunks(100) {
            let mut sum = 0;
            for g in part {
                let sign = &self.signs[usize::from(g.sign) % SIGNS];
                sum += sign.counts;
                tally.hints |= sign.hints;
            }
            for (k, count) in tally.counts.iter_mut().enumerate() {
                *count += (sum >> (8 * k)) as u32 & 255;
            }
        }
        tally
    }
}

fn sort_of(c: char) -> Sort {
    match c {
        _ if c.is_whitespace() => Sort::Space,
        _ if is_invisible(c) => Sort::Invisible,
        '\u{2e80}'..='\u{2fdf}' => Sort::Radical,
        _ => Sort::Glyph(class_of(c)),
    }
}

/// Characters that print nothing and are no space.
fn is_invisible(c: char) -> bool {
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
pub(crate) fn mend(c: char) -> char {
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
    fn every_kangxi_radical_has_an_ideograph() {
        assert_eq!(KANGXI.chars().count(), 214);
        assert_eq!(mend('\u{2f45}'), '方');
    }

    #[test]
    fn the_table_knows_every_character() {
        let table = Sorts::table();
        assert!(('\0'..=char::MAX).all(|c| table.of(c).0 == sort_of(c)));
        let mut printed = ('\0'..=char::MAX).filter(|c| matches!(sort_of(*c), Sort::Glyph(_)));
        assert!(printed.all(|c| table.signs[usize::from(table.of(c).1)] == sign_of(c)));
    }
}

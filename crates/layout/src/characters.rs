//! What single characters are: letters, marks, spaces, and radicals that stand for ideographs.
//!
//! Every character of a page is looked up once, so the sorts of those that fit in 16 bits are kept in a
//! table of two steps, small enough for the nearest cache.

use std::sync::LazyLock;

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

/// Characters of one block of the table.
const BLOCK: usize = 64;

/// The sorts of the characters that fit in 16 bits.
pub(crate) struct Sorts {
    /// The row of each block of characters.
    blocks: [u8; 0x1_0000 / BLOCK],
    /// Sorts of the characters of a block; blocks of like characters share a row.
    rows: Box<[[Sort; BLOCK]; 256]>,
}

impl Sorts {
    /// The table, worked out once.
    pub(crate) fn table() -> &'static Sorts {
        static TABLE: LazyLock<Sorts> = LazyLock::new(Sorts::new);
        &TABLE
    }

    fn new() -> Sorts {
        let other = Sort::Glyph(Class::Other);
        let mut table = Sorts { blocks: [0; 0x1_0000 / BLOCK], rows: Box::new([[other; BLOCK]; 256]) };
        let mut count = 0;
        for block in 0..table.blocks.len() {
            let first = block * BLOCK;
            let at = |k: usize| char::from_u32((first + k) as u32).map_or(other, sort_of);
            // From the ideographs to the compatibility forms, all characters of a block are alike.
            let row = if (0x3400..0xf900).contains(&first) { [at(0); BLOCK] } else { std::array::from_fn(at) };
            let known = table.rows[..count].iter().position(|r| *r == row);
            table.blocks[block] = known.unwrap_or(count) as u8;
            if known.is_none() {
                table.rows[count] = row;
                count += 1;
            }
        }
        table
    }

    /// The sort of a character.
    pub(crate) fn of(&self, c: char) -> Sort {
        if (c as usize) < 0x1_0000 { self.at(c as usize / BLOCK, c as usize % BLOCK) } else { sort_of(c) }
    }

    /// The sort of the character with this place in this block of 64.
    #[inline]
    pub(crate) fn at(&self, block: usize, place: usize) -> Sort {
        self.rows[usize::from(self.blocks[block])][place]
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
        assert!(('\0'..=char::MAX).all(|c| Sorts::table().of(c) == sort_of(c)));
    }
}

//! Where sentences end: at 。！？； and at the end of a piece; and after a thousand characters.
//!
//! Part of a page, not of its words, since quotations in tables need sentences when no analyzer
//! asks for words.

use banmian_core::{Page, Part, Sentence, TextRange};

/// Cuts all pieces but furniture into sentences and stores them in the page.
///
/// Closing quotation marks and brackets stay with the sentence they close; spaces between
/// sentences belong to neither.
pub fn split_sentences(page: &mut Page) {
    // A sentence has some twenty characters of three bytes.
    let mut sentences = Vec::with_capacity(page.text.len() / 64);
    for (index, piece) in page.pieces.iter().enumerate() {
        if piece.part != Part::Furniture {
            let piece_index = u32::try_from(index).expect("fewer pieces than bytes");
            split_piece(page.slice(piece.range), piece.range.start, piece_index, &mut sentences);
        }
    }
    page.sentences = sentences;
}

fn split_piece(text: &str, base: u32, piece: u32, out: &mut Vec<Sentence>) {
    let mut push_one = |start: usize, end: usize| {
        let sentence = &text[start..end];
        // Nearly all begin with an ideograph and end with one or with a mark, which need no trimming.
        let clean = matches!(
            sentence.as_bytes(),
            [0xE4..=0xE9, .., 0xE4..=0xE9 | 0xEF, _, _] | [0xE4..=0xE9, .., 0xE3, 0x80, 0x82]
        );
        let trimmed = if clean { sentence } else { sentence.trim() };
        let start = start + (trimmed.as_ptr() as usize - sentence.as_ptr() as usize);
        let range = TextRange::new(start, start + trimmed.len());
        if !range.is_empty() {
            let range = TextRange { start: base + range.start, end: base + range.end };
            out.push(Sentence { range, piece });
        }
    };
    let mut push = |mut start: usize, end: usize| {
        while end - start > LONGEST {
            let limit = text.floor_char_boundary(start + LONGEST);
            let pause = text[start..limit].rfind(['，', '、', ',', ' ']);
            let cut =
                pause.map_or(limit, |at| start + at + text[start + at..].chars().next().map_or(1, char::len_utf8));
            push_one(start, cut);
            start = cut;
        }
        push_one(start, end);
    };
    let mut start = 0;
    while let Some(mark) = find_mark(text.as_bytes(), start) {
        let rest = text[mark..].trim_start_matches(|c| ends_sentence(c) || closes(c));
        let end = text.len() - rest.len();
        push(start, end);
        start = end;
    }
    push(start, text.len());
}

/// Where the first mark that ends a sentence stands, at or behind `at`.
fn find_mark(text: &[u8], mut at: usize) -> Option<usize> {
    // Many bytes at once: no character begins with a byte that goes on with another one.
    while let Some(part) = text.get(at..at + PART + 2) {
        let begins: [u8; PART] = std::array::from_fn(|i| u8::from(begins_mark(part[i], part[i + 1], part[i + 2])));
        let begins = u128::from_le_bytes(begins);
        if begins != 0 {
            return Some(at + begins.trailing_zeros() as usize / 8);
        }
        at += PART;
    }
    // Perhaps within a character.
    while text.get(at).is_some_and(|byte| (0x80..0xC0).contains(byte)) {
        at += 1;
    }
    while let Some(&byte) = text.get(at) {
        at += match STEPS[usize::from(byte)] {
            0 if byte < 0x80 => return Some(at),
            0 if begins_mark(byte, text[at + 1], text[at + 2]) => return Some(at),
            0 => 3,
            step => usize::from(step),
        };
    }
    None
}

/// Bytes that are looked at in one go.
const PART: usize = 16;

/// True if a byte and the two behind it begin with a mark that ends a sentence; without branches, so that many are
/// looked at at once.
#[inline]
fn begins_mark(a: u8, b: u8, c: u8) -> bool {
    let stop = (a == 0xE3) & (b == 0x80) & (c == 0x82);
    let full_width = (a == 0xEF) & (b == 0xBC) & ((c == 0x81) | (c == 0x9B) | (c == 0x9F));
    stop | full_width | (a == b'!') | (a == b';') | (a == b'?')
}

/// By its first byte, the length of a character that ends no sentence; 0 if it may end one.
const STEPS: [u8; 256] = {
    let mut steps = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        steps[byte] = match byte {
            0x21 | 0x3B | 0x3F | 0xE3 | 0xEF => 0,
            0..0xC0 => 1,
            0xC0..0xE0 => 2,
            0xE0..0xF0 => 3,
            _ => 4,
        };
        byte += 1;
    }
    steps
};

/// Bytes of a sentence, at most: a thousand Chinese characters. What is longer is no sentence but a
/// list or a table without full stops; every find in it would quote all of it.
const LONGEST: usize = 3000;

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';')
}

fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | '》' | '】' | ')' | '"')
}

#[cfg(test)]
mod tests {
    use banmian_core::{Page, Part, Piece, TextRange};

    use super::split_sentences;

    fn sentences(text: &str) -> Vec<String> {
        let mut page = Page { text: text.to_owned(), ..Page::default() };
        page.pieces.push(Piece { range: TextRange::new(0, text.len()), part: Part::Paragraph, article: None });
        split_sentences(&mut page);
        page.sentences.iter().map(|s| page.slice(s.range).to_owned()).collect()
    }

    #[test]
    fn closing_marks_stay_with_the_sentence_they_close() {
        assert_eq!(
            sentences("他说：“会议开得好。”大家鼓掌！？ 散会；没有句号的一行"),
            ["他说：“会议开得好。”", "大家鼓掌！？", "散会；", "没有句号的一行"]
        );
    }

    #[test]
    fn what_is_too_long_for_a_sentence_is_cut_at_a_pause() {
        let list = "第一生产队队长，".repeat(200);
        let cut = sentences(&list);
        assert_eq!(cut.concat(), list);
        assert!(cut.iter().all(|s| s.len() <= super::LONGEST && s.ends_with('，')));
        let no_pause = "字".repeat(5000);
        assert_eq!(sentences(&no_pause).concat(), no_pause);
    }

    #[test]
    fn every_mark_ends_a_sentence_and_no_other_character_does() {
        for c in ('\0'..='\u{FFFF}').chain(['\u{1F600}', '\u{20000}']) {
            // Alone, and among so many others that they are passed many at a time.
            for around in ["", "丙丁戊己庚辛壬癸子丑寅卯辰巳午未"] {
                let text = format!("{around}甲{c}乙{around}");
                let ends = sentences(&text).len() == 2;
                assert_eq!(ends, "。！？；!?;".contains(c), "{c:?}");
            }
        }
    }

    #[test]
    fn a_line_of_spaces_has_no_sentence() {
        assert!(sentences("  　").is_empty());
        assert!(sentences("").is_empty());
    }
}

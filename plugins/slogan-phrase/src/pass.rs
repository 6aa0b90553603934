//! The one pass over the bytes of a page: it cuts every piece at its marks into segments, and looks for
//! the phrases of the lexicons on the way.

use banmian_core::{Page, Part};

use crate::letter::{self, Letter, begins_ideograph};
use crate::lexicon::{Phrases, Scan};
use crate::text::{HAN, Mark, Segment};
use crate::trie::Last;

/// What the pass finds.
#[derive(Default)]
pub(crate) struct Passed {
    /// Segments of all pieces in which a rule may find something.
    pub(crate) segments: Vec<Segment>,
    /// True if a title in book marks stands there.
    pub(crate) has_titles: bool,
    pub(crate) scan: Scan,
}

/// Reads a page; `text` is its text, or the same in simplified characters.
pub(crate) fn pass(page: &Page, text: &str, phrases: &Phrases) -> Passed {
    let mut passed = Passed::default();
    passed.segments.reserve(text.len() / 16);
    passed.scan.register.resize(page.pieces.len(), 0);
    for (i, piece) in page.pieces.iter().enumerate() {
        let range = piece.range.bytes();
        match piece.part {
            Part::Furniture => {}
            // Names on a line of their own are no slogans: 记者 张三 李四.
            Part::Byline => {
                let mut aside = Passed::default();
                aside.scan.register = std::mem::take(&mut passed.scan.register);
                aside.read(&text[..range.end], range.start, i, phrases);
                passed.scan.register = aside.scan.register;
            }
            _ => passed.read(&text[..range.end], range.start, i, phrases),
        }
    }
    passed
}

impl Passed {
    /// Reads the piece that begins at `start` and ends with the text.
    fn read(&mut self, text: &str, start: usize, piece: usize, phrases: &Phrases) {
        let bytes = text.as_bytes();
        let mut last = Last::default();
        let mut segment = Segment { start, end: start, han: true, before: Mark::Edge, after: Mark::Edge, piece };
        let mut open_ascii = false;
        let mut rest = &bytes[start..];
        loop {
            // Four bytes are read at once, of which an ideograph is three.
            while let Some(&four) = rest.first_chunk::<4>()
                && begins_ideograph(four[0])
            {
                let reached = phrases.step(&mut last, Letter::from_le_bytes(four) & 0xFF_FFFF);
                if reached.any() {
                    phrases.begin(text, bytes.len() - rest.len(), &reached, piece, &mut self.scan);
                }
                rest = &rest[HAN..];
            }
            let Some((letter, len)) = letter::first(rest) else { break };
            let at = bytes.len() - rest.len();
            let reached = phrases.step(&mut last, letter);
            if reached.any() {
                phrases.begin(text, at, &reached, piece, &mut self.scan);
            }
            rest = &rest[len..];
            // The last ideograph of the piece, which no fourth byte follows.
            if begins_ideograph(bytes[at]) {
                continue;
            }
            let character = text[at..].chars().next().unwrap_or(' ');
            let Some(mark) = mark(character, &mut open_ascii) else {
                segment.han = false;
                continue;
            };
            self.has_titles |= mark == Mark::Title;
            self.segments.push(Segment { end: at, after: mark, ..segment });
            let start = at + len;
            segment = Segment { start, end: start, han: true, before: mark, after: Mark::Edge, piece };
        }
        self.segments.push(Segment { end: bytes.len(), ..segment });
    }
}

/// The mark a character is; none for ideographs, letters and digits. `open_ascii` turns with each ".
fn mark(c: char, open_ascii: &mut bool) -> Option<Mark> {
    let mark = match c {
        '，' | ',' => Mark::Comma,
        '、' => Mark::Enum,
        '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n' => Mark::Stop,
        '：' | ':' => Mark::Colon,
        '“' | '「' => Mark::Open,
        '”' | '」' => Mark::Close,
        '"' => {
            *open_ascii = !*open_ascii;
            if *open_ascii { Mark::Open } else { Mark::Close }
        }
        '《' | '》' | '〈' | '〉' => Mark::Title,
        ' ' | '\u{3000}' | '\t' | '\u{a0}' => Mark::Space,
        _ if c.is_alphanumeric() => return None,
        _ => Mark::Other,
    };
    Some(mark)
}

//! The one pass over the bytes of a page: it cuts every piece at its marks into segments, and looks for
//! the phrases of the lexicons on the way.

use banmian_core::{Page, Part};

use crate::letter::{self, begins_ideograph};
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
        let mut at = start;
        loop {
            let (passed, reached) = phrases.pass(&mut last, &bytes[at..]);
            at += passed;
            if reached.any() {
                phrases.begin(text, at, reached, piece, &mut self.scan);
                at += HAN;
                continue;
            }
            let Some((letter, len)) = letter::first(&bytes[at..]) else { break };
            let reached = phrases.step(&mut last, letter);
            if reached.any() {
                phrases.begin(text, at, reached, piece, &mut self.scan);
            }
            let Some(mark) = mark(letter::character(letter), &mut open_ascii) else {
                // It may be the last ideograph of the piece, after which no more bytes stand.
                segment.han &= begins_ideograph(letter as u8);
                at += len;
                continue;
            };
            self.has_titles |= mark == Mark::Title;
            self.segments.push(Segment { end: at, after: mark, ..segment });
            at += len;
            segment = Segment { start: at, end: at, han: true, before: mark, after: Mark::Edge, piece };
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

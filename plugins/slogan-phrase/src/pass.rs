//! The one pass over the bytes of a page: it cuts every piece at its marks into segments, and looks for
//! the phrases of the lexicons on the way.

use std::ops::Range;

use banmian_core::{Page, Part};

use crate::letter::{self, Letter, begins_ideograph};
use crate::lexicon::{Phrases, Scan};
use crate::machine::{Last, Place};
use crate::text::{HAN, Mark, Segment};

/// What the pass finds.
#[derive(Default)]
pub(crate) struct Passed {
    /// Segments of all pieces in which a rule may find something.
    pub(crate) segments: Vec<Segment>,
    pub(crate) pieces: Vec<Piece>,
    /// All rules for runs look at these alone.
    pub(crate) runs: Vec<Run>,
    /// Segments that a comma parts from one of the same length, or that may begin four of which every other one has the same
    /// length: all rules for couplets in prose look at these alone. In order.
    pub(crate) evens: Vec<usize>,
    /// Segments of eight ideographs before a comma that begin with 要.
    pub(crate) halves: Vec<usize>,
    /// What stands between quotation marks, without the end of a piece between.
    pub(crate) quotations: Vec<Quotation>,
    /// Where book marks stand: 《 and 》.
    pub(crate) titles: Vec<usize>,
    pub(crate) scan: Scan,
}

/// The segments of a piece in which a rule may find something.
pub(crate) struct Piece {
    pub(crate) segments: Range<usize>,
    /// It has the end of a sentence.
    pub(crate) stops: bool,
}

/// Segments of ideographs joined by 、 or ， in a row, two or more.
pub(crate) struct Run {
    pub(crate) segments: Range<usize>,
    /// False if no two in a row have the same length.
    pub(crate) even: bool,
}

/// A quotation: segments `first..=last` between an opening and a closing mark.
pub(crate) struct Quotation {
    pub(crate) first: usize,
    pub(crate) last: usize,
}

/// Reads a page; `text` is its text, or the same in simplified characters.
pub(crate) fn pass(page: &Page, text: &str, phrases: &Phrases) -> Passed {
    let mut passed = Passed::default();
    passed.segments.reserve(text.len() / 16);
    passed.pieces.reserve(page.pieces.len());
    passed.runs.reserve(text.len() / 128);
    passed.evens.reserve(text.len() / 256);
    // Names on a line of their own are no slogans: 记者 张三 李四. Only their words of the register count.
    let mut aside = Passed::default();
    let mut places = Vec::with_capacity(text.len() / 32);
    for (i, piece) in page.pieces.iter().enumerate() {
        let into = match piece.part {
            Part::Furniture => continue,
            Part::Byline => &mut aside,
            _ => &mut passed,
        };
        into.read(text, piece.range.bytes(), i, phrases, &mut places);
    }
    let end_of = |piece: usize| page.pieces[piece].range.end as usize;
    let register_only = |piece: usize| page.pieces[piece].part == Part::Byline;
    passed.scan = phrases.scan(text, &places, page.pieces.len(), end_of, register_only);
    passed.evens.sort_unstable();
    passed.evens.dedup();
    passed
}

impl Passed {
    /// Reads one piece of the text; adds to `places` where phrases may begin.
    fn read(&mut self, text: &str, range: Range<usize>, piece: usize, phrases: &Phrases, places: &mut Vec<Place>) {
        // One byte more, of the mark after the piece: ideographs are read by four bytes.
        let end = range.end;
        let bytes = &text.as_bytes()[..text.len().min(end + 1)];
        let text = &text[..end];
        let mut at = range.start;
        let mut last = Last::default();
        let mut segment = Segment { start: at, end: at, han: true, before: Mark::Edge, after: Mark::Edge, piece };
        let first = self.segments.len();
        let mut run = first;
        let mut even = false;
        let mut stops = false;
        let mut lengths = Lengths::default();
        let mut open = None;
        let mut open_ascii = false;
        loop {
            let (passed, reached) = phrases.pass(&mut last, &bytes[at..]);
            at += passed;
            if reached.any() {
                places.push(Place { at, piece, reached });
                at += HAN;
                continue;
            }
            if at >= end {
                break;
            }
            let Some((letter, len)) = letter::first(&bytes[at..]) else { break };
            let reached = phrases.step(&mut last, letter);
            if reached.any() {
                places.push(Place { at, piece, reached });
            }
            let Some(mark) = mark(letter, &mut open_ascii) else {
                // The last ideograph of the page has no byte after it.
                segment.han &= begins_ideograph(letter as u8);
                at += len;
                continue;
            };
            segment.end = at;
            segment.after = mark;
            even |= self.note_even(&segment, &mut lengths);
            let next = self.segments.len() + 1;
            match mark {
                Mark::Open => open = Some(next),
                Mark::Close => {
                    self.quotations.extend(open.take().map(|first| Quotation { first, last: next - 1 }));
                }
                Mark::Title => self.titles.push(at),
                Mark::Stop => stops = true,
                Mark::Comma if segment.chars() == 8 && segment.han && text[segment.start..].starts_with('要') => {
                    self.halves.push(next - 1);
                }
                _ => {}
            }
            // Does the run go on with the next segment?
            let han = segment.is_han();
            if !han || !matches!(mark, Mark::Enum | Mark::Comma) {
                let end = if han { next } else { next - 1 };
                self.end_run(run..end, even);
                (run, even) = (next, false);
            }
            self.segments.push(segment);
            at += len;
            segment = Segment { start: at, end: at, han: true, before: mark, after: Mark::Edge, piece };
        }
        segment.end = end;
        even |= self.note_even(&segment, &mut lengths);
        self.segments.push(segment);
        let next = self.segments.len();
        self.end_run(run..if segment.is_han() { next } else { next - 1 }, even);
        self.pieces.push(Piece { segments: first..next, stops });
    }

    /// Notes the segments that the next one of the page makes a pair, or the second half of a pair of pairs; true if it is as long as the one
    /// before.
    #[inline]
    fn note_even(&mut self, segment: &Segment, lengths: &mut Lengths) -> bool {
        let next = self.segments.len();
        let length = segment.end - segment.start;
        let Lengths([third, second, last]) = std::mem::replace(lengths, lengths.then(length));
        if length == last {
            if segment.before == Mark::Comma {
                self.evens.push(next - 1);
            }
            return true;
        }
        if length == second && last == third && segment.before == Mark::Comma {
            self.evens.push(next - 3);
        }
        false
    }

    fn end_run(&mut self, segments: Range<usize>, even: bool) {
        if segments.len() > 1 {
            self.runs.push(Run { segments, even });
        }
    }
}

/// The lengths of the last three segments of a piece, in bytes.
#[derive(Clone, Copy)]
struct Lengths([usize; 3]);

impl Default for Lengths {
    fn default() -> Self {
        Lengths([usize::MAX; 3])
    }
}

impl Lengths {
    fn then(self, length: usize) -> Lengths {
        Lengths([self.0[1], self.0[2], length])
    }
}

/// The mark a letter is; none for ideographs, letters and digits. `open_ascii` turns with each ".
fn mark(letter: Letter, open_ascii: &mut bool) -> Option<Mark> {
    if letter == const { letter::of('"') } {
        *open_ascii = !*open_ascii;
        return Some(if *open_ascii { Mark::Open } else { Mark::Close });
    }
    let [a, b, c, _] = letter.to_le_bytes();
    let known = match (a, b) {
        (0..0x80, _) => KNOWN[0][usize::from(a)],
        (0xE2, 0x80) => KNOWN[1][usize::from(c & 0x3F)],
        (0xE3, 0x80) => KNOWN[2][usize::from(c & 0x3F)],
        (0xEF, 0xBC) => KNOWN[3][usize::from(c & 0x3F)],
        // A space that must not break a line.
        (0xC2, 0xA0) => Some(Some(Mark::Space)),
        _ => None,
    };
    let other = || (!letter::character(letter).is_alphanumeric()).then_some(Mark::Other);
    known.unwrap_or_else(other)
}

/// What [`known`] says of the characters of four blocks, which hold nearly all that are no ideographs:
/// ASCII, general punctuation, CJK punctuation, full-width forms.
static KNOWN: [[Option<Option<Mark>>; 0x80]; 4] = {
    let blocks = [0, 0x2000, 0x3000, 0xFF00];
    let mut table = [[None; 0x80]; 4];
    let mut i = 0;
    while i < 4 * 0x80 {
        if let Some(c) = char::from_u32(blocks[i / 0x80] + (i % 0x80) as u32) {
            table[i / 0x80][i % 0x80] = known(c);
        }
        i += 1;
    }
    table
};

/// The mark a character is, or that it is none; nothing for characters that are asked for more rarely.
const fn known(c: char) -> Option<Option<Mark>> {
    let mark = match c {
        '，' | ',' => Mark::Comma,
        '、' => Mark::Enum,
        '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n' => Mark::Stop,
        '：' | ':' => Mark::Colon,
        '“' | '「' => Mark::Open,
        '”' | '」' => Mark::Close,
        '《' | '》' | '〈' | '〉' => Mark::Title,
        ' ' | '\u{3000}' | '\t' => Mark::Space,
        '·' | '（' | '）' | '—' | '…' | '(' | ')' | '-' | '.' | '%' => Mark::Other,
        '0'..='9' | 'A'..='Z' | 'a'..='z' | '０'..='９' | 'Ａ'..='Ｚ' => return Some(None),
        _ => return None,
    };
    Some(Some(mark))
}

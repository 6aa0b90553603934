//! Frames: the grammar of instruction (要……; 坚持以……为……; 把……作为……), with what fills its slots.
//!
//! A frame begins with one of four words, as the segmenter cuts them, and stays inside one stretch
//! without marks, so that what fills it can be read off without parsing.

use banmian_core::TextRange;

use crate::finding::{Finding, Frame, FrameFinding};
use crate::letter::{self, Letter};
use crate::text::{HAN, Mark, Segment, View};

/// Most characters of a slot but that of 要: longer ones are sentences, not slots.
const LONGEST_SLOT: usize = 16;

/// Bytes of a first slot of two.
const SLOT: std::ops::RangeInclusive<usize> = HAN..=LONGEST_SLOT * HAN;

/// What 在……上 is followed by in instructions.
const WORK: [&str; 16] = [
    "下功夫",
    "下真功",
    "下实功",
    "见实效",
    "见成效",
    "求实效",
    "求突破",
    "出实招",
    "作表率",
    "做表率",
    "走在前",
    "持续发力",
    "聚焦发力",
    "精准发力",
    "用力",
    "做文章",
];

const MUST: Letter = letter::of('要');
const TAKE: Letter = letter::of('以');
const TREAT: Letter = letter::of('把');
const AT: Letter = letter::of('在');

/// True for the last byte of a letter that, as a word, may begin a frame; one byte in sixteen has it.
#[inline]
pub(crate) fn may_begin(last: u8) -> bool {
    const LAST: u64 = {
        let (mut bits, mut i) = (0, 0);
        let letters = [MUST, TAKE, TREAT, AT];
        while i < letters.len() {
            bits |= 1 << (letters[i] >> 16 & 0x3F);
            i += 1;
        }
        bits
    };
    LAST >> (last & 0x3F) & 1 != 0
}

/// Adds the frames of a page; `dense` tells for each piece whether it is in the official register.
pub(crate) fn find(view: &View<'_>, dense: &[bool], out: &mut Vec<Finding>) {
    let mut at = 0;
    for &token in &view.index.frames {
        let token = view.words.tokens()[token as usize];
        let start = token.range.start as usize;
        let begin = match letter::first(&view.text.as_bytes()[start..]) {
            Some((MUST, _)) => Frame::Must,
            Some((TAKE, _)) => Frame::TakeAs,
            Some((TREAT, _)) => Frame::TreatAs,
            Some((AT, _)) => Frame::WorkOn,
            _ => continue,
        };
        while view.segments.get(at).is_some_and(|s| s.end <= start) {
            at += 1;
        }
        let Some(segment) = view.segments.get(at).filter(|s| s.start <= start) else { continue };
        let after = start + HAN;
        let found = match begin {
            Frame::Must => dense[segment.piece].then(|| must(view, segment, start)).flatten(),
            Frame::TreatAs => two(view, segment, after, "作为", Frame::TreatAs),
            Frame::WorkOn => work_on(view, segment, after),
            _ => two(view, segment, after, "为", Frame::TakeAs)
                .or_else(|| two(view, segment, after, "促进", Frame::Promote))
                .or_else(|| two(view, segment, after, "促", Frame::Promote)),
        };
        out.extend(found.map(|(frame, first, second)| {
            let end = second.unwrap_or(first).end;
            Finding::Frame(FrameFinding { range: TextRange { start: token.range.start, end }, frame, first, second })
        }));
    }
}

type Filled = (Frame, TextRange, Option<TextRange>);

/// 要 at the head of a clause, before a verb.
fn must(view: &View<'_>, segment: &Segment, start: usize) -> Option<Filled> {
    let head = start == segment.start && !matches!(segment.before, Mark::Title | Mark::Other);
    let slot = start + HAN;
    let filled = head && segment.end >= slot + 2 * HAN && view.begins_with_verb(slot, segment.end);
    filled.then(|| (Frame::Must, TextRange::new(slot, segment.end), None))
}

/// A frame of two slots with `between` at the start of a word between them.
fn two(view: &View<'_>, segment: &Segment, first: usize, between: &str, frame: Frame) -> Option<Filled> {
    // A frame fills its clause: 以 begins a clause or stands after a verb such as 坚持.
    let near = &view.text.as_bytes()[first..segment.end.min(first + SLOT.end() + between.len())];
    let at = first + place_of(near, between.as_bytes()).filter(|at| SLOT.contains(at))?;
    let second = at + between.len();
    // 以……为中心的发展思想: what it is made is 中心.
    let end = match frame {
        Frame::TakeAs => view.text[second..segment.end].find('的').map_or(segment.end, |of| second + of),
        _ => segment.end,
    };
    // 以某某同志为核心的党中央 is a name and instructs nobody.
    let named = frame == Frame::TakeAs && view.text[first..at].ends_with("同志");
    let filled = !named && end >= second + HAN && end - second <= LONGEST_SLOT * HAN;
    // 以来, 以及 and the like are words of their own; 促 begins 促进 and 促使.
    let cut = view.is_word_start(at) && (frame == Frame::Promote || view.is_word_start(second));
    (filled && cut).then(|| (frame, TextRange::new(first, at), Some(TextRange::new(second, end))))
}

/// Where one or two ideographs stand first.
fn place_of(text: &[u8], ideographs: &[u8]) -> Option<usize> {
    let begins: &[u8; HAN] = ideographs.first_chunk()?;
    let mut places = text.windows(HAN).enumerate().filter(|(_, three)| three == begins).map(|(at, _)| at);
    places.find(|&at| text[at..].starts_with(ideographs))
}

/// 在……上下功夫.
fn work_on(view: &View<'_>, segment: &Segment, first: usize) -> Option<Filled> {
    let rest = &view.text[first..segment.end];
    let at = rest.rfind('上').filter(|at| SLOT.contains(at))?;
    let second = &rest[at + HAN..];
    let work = WORK.iter().find(|w| second.starts_with(**w) || second.ends_with(**w) && second.len() <= 7 * HAN)?;
    let end = if second.ends_with(work) { second.len() } else { work.len() };
    let from = first + at + HAN;
    Some((Frame::WorkOn, TextRange::new(first, first + at), Some(TextRange::new(from, from + end))))
}

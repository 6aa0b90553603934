//! What is found: a place, a kind, and which entry of a lexicon it is.
//!
//! Findings hold ranges and small numbers only; the printed words are cut out of the page when rows
//! are written, so that every count can be traced to its place.

use banmian_core::TextRange;
use banmian_core::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};

/// One thing found on a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Finding {
    /// A formulation or slogan.
    Phrase(PhraseFinding),
    /// A frame of the grammar of instruction.
    Frame(FrameFinding),
    /// A plain policy word of a lexicon outside all phrases: no mention, but a form of its family.
    Plain(PlainFinding),
}

impl Finding {
    /// Where it stands.
    pub fn range(&self) -> TextRange {
        match self {
            Finding::Phrase(phrase) => phrase.range,
            Finding::Frame(frame) => frame.range,
            Finding::Plain(plain) => plain.range,
        }
    }
}

/// One formulation or slogan on a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhraseFinding {
    /// Where it stands, without quotation marks around it.
    pub range: TextRange,
    /// Its kind.
    pub kind: Kind,
    /// Number of its entry over all lexicons of the settings, in order; none for what only a rule
    /// found.
    pub entry: Option<u32>,
    /// The subject of the verb of saying that governs the sentence: 会议 in 会议强调.
    pub speaker: Option<TextRange>,
    /// For a numbered formulation: what it counts, where the text lists it.
    pub members: Option<TextRange>,
}

/// A policy word of class `plain` (改革开放) that stands outside all formulations and slogans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlainFinding {
    /// Where it stands.
    pub range: TextRange,
    /// Number of its entry over all lexicons of the settings, in order.
    pub entry: u32,
}

/// A frame of the grammar of instruction (要……; 把……作为……) with what fills it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameFinding {
    /// From its first word to the end of its last slot.
    pub range: TextRange,
    /// Which frame.
    pub frame: Frame,
    /// What fills the first slot.
    pub first: TextRange,
    /// What fills the second slot, if it has one.
    pub second: Option<TextRange>,
}

/// The frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Frame {
    /// 要……, at the head of a clause, before a verb, in the official register.
    Must,
    /// 以……为……, with or without 坚持 before it.
    TakeAs,
    /// 把……作为……
    TreatAs,
    /// 在……上下功夫 and the like: 见实效, 求突破.
    WorkOn,
    /// 以……促……
    Promote,
}

impl Frame {
    /// How it is written in the table.
    pub fn name(self) -> &'static str {
        match self {
            Frame::Must => "要……",
            Frame::TakeAs => "以……为……",
            Frame::TreatAs => "把……作为……",
            Frame::WorkOn => "在……上……",
            Frame::Promote => "以……促……",
        }
    }
}

/// How a mention was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Official wording of a lexicon: 全过程人民民主.
    Fixed,
    /// A number and what it counts: 两个维护.
    Numbered,
    /// A coinage in quotation marks: “强工兴旅、通江达海”.
    Quoted,
    /// Two parallel halves: 锚定目标鼓干劲 凝心聚力开新局.
    Couplet,
    /// Parallel members in a row: 谋良策、出实招、鼓干劲.
    Series,
}

impl Kind {
    /// All kinds, as they stand in the default settings.
    pub const ALL: [Kind; 5] = [Kind::Fixed, Kind::Numbered, Kind::Quoted, Kind::Couplet, Kind::Series];

    /// The name used in tables and suites.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Fixed => "fixed",
            Kind::Numbered => "numbered",
            Kind::Quoted => "quoted",
            Kind::Couplet => "couplet",
            Kind::Series => "series",
        }
    }
}

//! The page as the method sees it: segments between punctuation marks, and words where asked.
//!
//! A segment of ideographs alone can be cut by
//! counting, since each takes three bytes; all rules that look at rhythm rest on that.

use banmian_core::{Page, Part, TextRange, Token, Words};

use crate::vocabulary::{Role, Vocabulary};
use crate::word_index::WordIndex;

/// Bytes of an ideograph.
pub(crate) const HAN: usize = 3;

/// The commonest surnames; a name that begins otherwise is rarer than a word taken for a name.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢\
姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤习温胡";

/// Adjectives that are verbs before a noun: 强产业, 美家园.
const MAKES: [&str; 12] = ["强", "富", "美", "净", "亮", "稳", "优", "严", "活", "旺", "暖", "安"];

/// What stands before or after a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// The edge of a piece.
    Edge,
    /// ，
    Comma,
    /// 、
    Enum,
    /// 。！？；
    Stop,
    /// ：
    Colon,
    /// “ or 「
    Open,
    /// ” or 」
    Close,
    /// 《 or 》
    Title,
    /// A space, half or full width.
    Space,
    /// Brackets, dashes and all others.
    Other,
}

/// A stretch of a piece without any mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Segment {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// True if it holds ideographs alone, or nothing.
    pub(crate) han: bool,
    pub(crate) before: Mark,
    pub(crate) after: Mark,
    /// Index of its piece.
    pub(crate) piece: usize,
}

impl Segment {
    /// Characters of a segment of ideographs.
    pub(crate) fn chars(&self) -> usize {
        (self.end - self.start) / HAN
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// True for ideographs, at least one.
    pub(crate) fn is_han(&self) -> bool {
        self.han && !self.is_empty()
    }
}

/// The words of a range, those at its edges cut to it: the segmenter joins 要谋 in 要谋良策.
#[derive(Clone, Copy)]
pub(crate) struct Tokens<'p> {
    touching: &'p [Token],
    range: TextRange,
}

impl<'p> Tokens<'p> {
    pub(crate) fn len(self) -> usize {
        self.touching.len()
    }

    pub(crate) fn get(self, i: usize) -> Option<Token> {
        self.touching.get(i).map(|t| Token {
            range: TextRange { start: t.range.start.max(self.range.start), end: t.range.end.min(self.range.end) },
            pos: t.pos,
            number: Token::NO_NUMBER,
        })
    }

    pub(crate) fn last(self) -> Option<Token> {
        self.len().checked_sub(1).and_then(|i| self.get(i))
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Token> + use<'p> {
        (0..self.len()).filter_map(move |i| self.get(i))
    }

    /// Word classes, in order.
    pub(crate) fn classes(self) -> impl Iterator<Item = u8> + use<'p> {
        self.touching.iter().map(|t| t.pos.class())
    }
}

/// Tags that rules ask for by name.
pub(crate) mod tag {
    use banmian_core::Pos;

    pub(crate) const VN: Pos = Pos::new("vn");
    pub(crate) const NS: Pos = Pos::new("ns");
    pub(crate) const NT: Pos = Pos::new("nt");
    pub(crate) const NR: Pos = Pos::new("nr");
    pub(crate) const NRT: Pos = Pos::new("nrt");
    pub(crate) const NRFG: Pos = Pos::new("nrfg");
    pub(crate) const ENG: Pos = Pos::new("eng");
    pub(crate) const T: Pos = Pos::new("t");
    pub(crate) const N: Pos = Pos::new("n");
}

/// A page on its way through the method.
pub(crate) struct View<'p> {
    pub(crate) page: &'p Page,
    /// The page's text, or the same with traditional characters made simplified, byte for byte.
    pub(crate) text: &'p str,
    pub(crate) words: &'p Words,
    pub(crate) vocabulary: &'p Vocabulary,
    pub(crate) segments: Vec<Segment>,
    pub(crate) index: WordIndex,
}

impl<'p> View<'p> {
    pub(crate) fn new(
        page: &'p Page,
        text: &'p str,
        words: &'p Words,
        vocabulary: &'p Vocabulary,
        segments: Vec<Segment>,
    ) -> Self {
        View { page, text, words, vocabulary, segments, index: WordIndex::of(text, words) }
    }

    /// Part of the piece that holds a segment.
    pub(crate) fn part(&self, segment: &Segment) -> Part {
        self.page.pieces[segment.piece].part
    }

    /// Words in `start..end`.
    pub(crate) fn tokens(&self, start: usize, end: usize) -> Tokens<'p> {
        let range = TextRange::new(start, end);
        let touching = &self.words.tokens()[self.index.first_ending_after(self.words, start)..];
        let mut len = 0;
        while touching.get(len).is_some_and(|t| t.range.start < range.end) {
            len += 1;
        }
        Tokens { touching: &touching[..len], range }
    }

    /// True if a word begins at `at` (or if nothing is known of words there).
    pub(crate) fn is_word_start(&self, at: usize) -> bool {
        let next = self.index.first_ending_after(self.words, at);
        self.words.tokens().get(next).is_none_or(|t| t.range.start as usize >= at)
    }

    /// The text of a token.
    pub(crate) fn token_text(&self, token: &Token) -> &'p str {
        &self.text[token.range.bytes()]
    }

    /// True if the text begins with a verb that slogans begin with, or with any verb or adverb and
    /// verb that the segmenter sees.
    pub(crate) fn begins_with_verb(&self, start: usize, end: usize) -> bool {
        let text = &self.text[start..end];
        if text.get(..2 * HAN).is_some_and(|w| self.vocabulary.is(w, Role::Verb)) {
            return true;
        }
        let tokens = self.tokens(start, end);
        let Some(first) = tokens.get(0) else { return false };
        let one = || text.get(..HAN).is_some_and(|w| self.vocabulary.is(w, Role::Verb));
        let then_verb = || tokens.get(1).is_some_and(|t| t.pos.class() == b'v');
        match first.pos.class() {
            b'v' => first.pos != tag::VN || tokens.len() > 1,
            // 不断提高, 广泛凝聚
            b'd' | b'p' => then_verb(),
            // 强产业, 美家园
            b'a' => {
                then_verb()
                    || MAKES.contains(&self.token_text(&first)) && tokens.get(1).is_some_and(|t| t.pos.class() == b'n')
            }
            b'i' | b'l' => true,
            _ => {
                // 谋良策, 补短板: the segmenter takes the unknown word for a name.
                one() && (first.range.len() == HAN || first.range.len() == text.len())
            }
        }
    }

    /// True if a word in `start..end` names a person, place, body or time.
    pub(crate) fn has_name(&self, start: usize, end: usize) -> bool {
        self.tokens(start, end)
            .iter()
            .any(|t| matches!(t.pos, tag::NS | tag::NT | tag::ENG | tag::T) || self.is_person(&t))
    }

    /// True if a token is the name of a person.
    ///
    /// The segmenter takes unknown words for names (谋良策, 谱华章) and knows some nouns as names (文明), so
    /// a surname must begin it and no word of slogans be in it.
    pub(crate) fn is_person(&self, token: &Token) -> bool {
        if !matches!(token.pos, tag::NR | tag::NRT | tag::NRFG) {
            return false;
        }
        let text = self.token_text(token);
        let surname = text.chars().next().is_some_and(|c| SURNAMES.contains(c));
        let word = |role| self.vocabulary.is(text, role) || self.vocabulary.ends_with(text, role);
        surname
            && (2 * HAN..=4 * HAN).contains(&text.len())
            && !word(Role::Object)
            && !self.vocabulary.is(text, Role::Verb)
    }

    /// True if a word of reporting (召开, 举行) stands in the text.
    pub(crate) fn reports(&self, start: usize, end: usize) -> bool {
        self.tokens(start, end).iter().any(|t| self.is_report(&t))
    }

    /// True for a word of reporting.
    pub(crate) fn is_report(&self, token: &Token) -> bool {
        self.vocabulary.is(self.token_text(token), Role::Report)
    }
}

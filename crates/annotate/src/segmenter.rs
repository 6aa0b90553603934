//! Words and parts of speech by jieba-rs.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Mutex;

use banmian_core::{Fault, FaultPlace, Page, Pos, Rare, Resource, Sentence, TextRange, Token, Words};
use banmian_dictionary::{JIEBA, simplified};
use jieba_rs::Jieba;

use crate::tag_memory::{Rarity, TagMemory};

/// What cuts words, with its version, which is also that of its dictionary and its hidden Markov model.
pub const SEGMENTER: &str = "jieba-rs 0.11.0, its own dictionary and hidden Markov model";

/// Cuts the sentences of a page into tagged words. Made once, shared by all threads.
pub struct Segmenter {
    /// The one of the process, or one with the user's words.
    jieba: Cow<'static, Jieba>,
    /// Parts of speech already asked for: one memory for each thread that cuts at this time.
    memories: Mutex<Vec<TagMemory>>,
    /// Traditional pages are cut as if printed in simplified characters.
    simplifies: bool,
}

/// Words of the user's own, in jieba's dictionary form: a word, an optional frequency and an
/// optional part of speech, with spaces or tabs between; `#` begins a comment line.
#[derive(Debug, Default)]
pub struct UserDictionary {
    words: Vec<(String, Option<usize>, String)>,
}

impl UserDictionary {
    /// Reads a dictionary; every wrong line is a fault.
    pub fn read(resource: &Resource) -> Result<Self, Vec<Fault>> {
        let mut dictionary = UserDictionary::default();
        let mut faults = Vec::new();
        let mut start = 0;
        for line in resource.text.split_inclusive('\n') {
            let content = line.trim_end_matches(['\n', '\r']).trim_start_matches('\u{feff}');
            let range = start..start + line.trim_end_matches(['\n', '\r']).len();
            start += line.len();
            if content.trim().is_empty() || content.starts_with('#') {
                continue;
            }
            match parse_line(content) {
                Ok(word) => dictionary.words.push(word),
                Err(message) => faults.push(Fault {
                    message,
                    help: Some("write a word, a frequency and a part of speech, as in `主席会议 500 n`".to_owned()),
                    place: FaultPlace::File { name: resource.name.clone(), text: resource.text.clone(), range },
                }),
            }
        }
        if faults.is_empty() { Ok(dictionary) } else { Err(faults) }
    }
}

fn parse_line(line: &str) -> Result<(String, Option<usize>, String), String> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let (word, frequency, tag) = match fields[..] {
        [word] => (word, None, "n"),
        [word, second] if second.parse::<usize>().is_ok() => (word, second.parse().ok(), "n"),
        [word, tag] => (word, None, tag),
        [word, frequency, tag] => {
            let parsed = frequency.parse().map_err(|_| format!("`{frequency}` is not a whole number"))?;
            (word, Some(parsed), tag)
        }
        _ => return Err(format!("{} fields, at most 3 are read", fields.len())),
    };
    if tag.len() > 4 || !tag.bytes().all(|b| b.is_ascii_alphabetic()) {
        return Err(format!("`{tag}` is not a part of speech"));
    }
    Ok((word.to_owned(), frequency, tag.to_owned()))
}

impl Segmenter {
    /// A segmenter with jieba's own dictionary and the user's words. Takes about 0.1 s.
    pub fn new(dictionaries: &[UserDictionary]) -> Self {
        let mut jieba = Cow::Borrowed(&*JIEBA);
        if dictionaries.iter().any(|d| !d.words.is_empty()) {
            // Loading it again is quicker than a copy's pages of memory that nobody else would use.
            let mut own = Jieba::new();
            for (word, frequency, tag) in dictionaries.iter().flat_map(|d| &d.words) {
                own.add_word(word, *frequency, Some(tag));
            }
            jieba = Cow::Owned(own);
        }
        Segmenter { jieba, memories: Mutex::default(), simplifies: true }
    }

    /// One that cuts traditional pages as they are printed.
    #[must_use]
    pub fn as_printed(self) -> Self {
        Segmenter { simplifies: false, ..self }
    }

    /// Cuts all sentences of a page. Spaces and punctuation are tokens, too (tag `x`).
    ///
    /// The tokens are those of jieba's `tag`, with the hidden Markov model for words that its
    /// dictionary lacks. jieba knows simplified characters alone, so a traditional page is cut by
    /// its [`simplified`] text; the tokens point at what is printed.
    pub fn words(&self, page: &Page) -> Words {
        let mut memory =
            self.memories.lock().expect("no thread panics while it holds the lock").pop().unwrap_or_default();
        memory.begin_page();
        // About 1.7 characters of three bytes make a token.
        let (mut tokens, mut rare) = (Vec::with_capacity(page.text.len() / 5), Vec::new());
        let simplified = self.simplifies.then(|| simplified(&page.text)).flatten();
        let text = simplified.as_deref().unwrap_or(&page.text);
        let mut sentence_ends = Vec::with_capacity(page.sentences.len());
        for group in page.sentences.chunk_by(|a, b| run_on(text, a.range, b.range)) {
            self.cut(text, group, &mut memory, (&mut tokens, &mut rare), &mut sentence_ends);
        }
        if simplified.is_some() {
            // Numbers are those of the simplified words, and one of these is printed in several ways.
            tokens.iter_mut().for_each(|token| token.number = Token::NO_NUMBER);
        }
        let words = Words::new(tokens, sentence_ends).numbered(memory.numbering()).with_rare(rare);
        self.memories.lock().expect("no thread panics while it holds the lock").push(memory);
        words
    }

    /// Cuts sentences of a text that stand side by side.
    fn cut(
        &self,
        text: &str,
        sentences: &[Sentence],
        tags: &mut TagMemory,
        (tokens, rare): (&mut Vec<Token>, &mut Vec<Rare>),
        sentence_ends: &mut Vec<u32>,
    ) {
        let (Some(first), Some(last)) = (sentences.first(), sentences.last()) else { return };
        let base = first.range.start as usize;
        let all = &text[base..last.range.end as usize];
        let count = |tokens: &[Token]| u32::try_from(tokens.len()).expect("fewer tokens than bytes");
        let mut ends = sentences.iter().map(|s| s.range.end);
        let mut end = ends.next();
        for word in self.jieba.cut(all, true) {
            let place = word.byte_start..word.byte_end;
            let range = TextRange::new(base + place.start, base + place.end);
            while end.is_some_and(|end| end <= range.start) {
                sentence_ends.push(count(tokens));
                end = ends.next();
            }
            let key = TagMemory::key(text, range.bytes());
            let known = tags.get(key);
            let known = known.unwrap_or_else(|| {
                let rarity = self.rarity(&all[place.clone()]);
                tags.insert(key, self.ask(all, place), rarity)
            });
            if known.rarity != Rarity::Usual {
                rare.push(Rare { token: count(tokens), guessed: known.rarity == Rarity::Guessed });
            }
            tokens.push(Token { range, pos: known.pos, number: known.number });
        }
        for _ in end.into_iter().chain(ends) {
            sentence_ends.push(count(tokens));
        }
    }

    /// How well jieba's own dictionary knows a word. A user's word is nobody's part.
    fn rarity(&self, word: &str) -> Rarity {
        // In sixty million words of mixed Chinese.
        const HARDLY: usize = 30;
        let is_ideograph = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}');
        if !(6..=12).contains(&word.len()) || !word.chars().all(is_ideograph) {
            return Rarity::Usual;
        }
        match (self.jieba.has_word(word), JIEBA.has_word(word)) {
            (false, _) => Rarity::Guessed,
            (true, true) if self.jieba.suggest_freq(word) < HARDLY => Rarity::Rare,
            (true, _) => Rarity::Usual,
        }
    }

    /// The part of speech of a word of a sentence. jieba tells it only of whole texts, by the word alone; so if the
    /// word as a text of its own is one word, that is it. Else it is told of what stands between two marks, which
    /// jieba cuts the same whatever stands around.
    fn ask(&self, sentence: &str, word: Range<usize>) -> Pos {
        if let [tag] = &self.jieba.tag(&sentence[word.clone()], true)[..] {
            return Pos::new(tag.tag);
        }
        let start = sentence[..word.start].rfind(is_mark).map_or(0, |at| at + mark_len(&sentence[at..]));
        let end = sentence[word.end..].find(is_mark).map_or(sentence.len(), |at| word.end + at);
        let tagged = self.jieba.tag(&sentence[start..end], true);
        let own = tagged.iter().find(|t| start + t.byte_start == word.start);
        own.map_or(Pos::new("x"), |t| Pos::new(t.tag))
    }
}

/// True if jieba cuts two sentences the same in one go as each by itself: nothing stands between them, and a mark
/// closes the first.
fn run_on(text: &str, a: TextRange, b: TextRange) -> bool {
    a.end == b.start && text[a.bytes()].ends_with(is_mark)
}

/// True for the commonest marks that no word contains and at which jieba always cuts.
fn is_mark(c: char) -> bool {
    matches!(c, '，' | '、' | '：' | '；' | '。' | '？' | '！' | '“' | '”' | '（' | '）' | '《' | '》')
}

/// Bytes of the first character.
fn mark_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use banmian_core::{Page, Part, Piece, Pos, Resource, Sentence, TextRange, Token};
    use jieba_rs::Jieba;
    use proptest::prelude::*;

    use super::{Segmenter, UserDictionary};

    #[test]
    fn words_of_one_number_are_printed_alike() {
        let segmenter = Segmenter::new(&[]);
        let numbers = |text: &str| {
            let mut page = Page { text: text.to_owned(), ..Page::default() };
            page.pieces.push(Piece { range: TextRange::new(0, text.len()), part: Part::Paragraph, article: None });
            crate::split_sentences(&mut page);
            let words = segmenter.words(&page);
            words.tokens().iter().map(|t| (page.slice(t.range).to_owned(), t.number)).collect::<Vec<_>>()
        };
        let first = numbers("会议强调相关工作。");
        assert_eq!(first, numbers("会议强调相关工作。"), "a word keeps its number");
        assert!(first.iter().all(|(_, number)| *number != Token::NO_NUMBER));
        let traditional = numbers("會議強調相關工作。");
        assert!(traditional.iter().all(|(_, number)| *number == Token::NO_NUMBER), "{traditional:?}");
    }

    fn words(text: &str, dictionary: &str) -> String {
        let resource = Resource { name: "words.txt".to_owned(), text: Arc::from(dictionary) };
        let dictionary = UserDictionary::read(&resource).expect("the dictionary is well formed");
        let mut page = Page { text: text.to_owned(), ..Page::default() };
        page.pieces.push(Piece { range: TextRange::new(0, text.len()), part: Part::Paragraph, article: None });
        crate::split_sentences(&mut page);
        let words = Segmenter::new(&[dictionary]).words(&page);
        let shown = words.tokens().iter().map(|t| format!("{}/{}", page.slice(t.range), t.pos.as_str()));
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_of_a_sentence_have_parts_of_speech() {
        assert_eq!(words("县政协召开会议。", ""), "县政协/j 召开/v 会议/n 。/x");
    }

    #[test]
    fn traditional_pages_are_cut_like_simplified_ones() {
        assert_eq!(words("縣政協召開會議。", ""), "縣政協/j 召開/v 會議/n 。/x");
    }

    #[test]
    fn a_users_word_is_kept_whole() {
        assert!(words("铁木山乡的村民", "").starts_with("铁木/"));
        assert!(words("铁木山乡的村民", "# places\n铁木山乡 900 ns\n").starts_with("铁木山乡/ns "));
    }

    /// Words of the dictionary, names it lacks, single characters that run together, marks, digits
    /// and letters.
    const BITS: &[&str] = &[
        "县政协",
        "召开",
        "秦可为",
        "阿依古丽",
        "铁木山乡",
        "的",
        "把",
        "之",
        "，",
        "。",
        "！”",
        "“",
        "〇",
        "…",
        "１９",
        "26.5%",
        "GDP",
        "中国人民政治协商会议",
        "\r\n",
        "𠮷",
        "é",
        " ",
    ];

    proptest! {
        #[test]
        fn words_are_those_of_jieba_whatever_was_cut_before(
            sentences in prop::collection::vec(prop::collection::vec(prop::sample::select(BITS), 1..12), 1..8),
        ) {
            static TOOLS: std::sync::LazyLock<(Segmenter, Jieba)> =
                std::sync::LazyLock::new(|| (Segmenter::new(&[]), Jieba::new()));
            let (segmenter, jieba) = &*TOOLS;
            let mut page = Page::default();
            for bits in sentences {
                let start = page.text.len();
                page.text.push_str(&bits.concat());
                let range = TextRange::new(start, page.text.len());
                page.sentences.push(Sentence { range, piece: 0 });
            }
            let words = segmenter.words(&page);
            let shown = words.tokens().iter().map(|t| (page.slice(t.range), t.pos)).collect::<Vec<_>>();
            let tags = page.sentences.iter().flat_map(|s| jieba.tag(page.slice(s.range), true));
            prop_assert_eq!(shown, tags.map(|t| (t.word, Pos::new(t.tag))).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_wrong_line_is_a_fault_with_its_place() {
        let text = "好词\n坏词 很多 n\n";
        let resource = Resource { name: "words.txt".to_owned(), text: Arc::from(text) };
        let faults = UserDictionary::read(&resource).expect_err("the second line is wrong");
        assert_eq!(faults[0].message, "`很多` is not a whole number");
    }
}

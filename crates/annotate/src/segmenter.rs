//! Words and parts of speech by jieba-rs.

use banmian_core::{Fault, FaultPlace, Page, Pos, Resource, TextRange, Token, Words};
use jieba_rs::Jieba;

/// Cuts the sentences of a page into tagged words. Made once, shared by all threads.
pub struct Segmenter {
    jieba: Jieba,
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
        let mut jieba = Jieba::new();
        for (word, frequency, tag) in dictionaries.iter().flat_map(|d| &d.words) {
            jieba.add_word(word, *frequency, Some(tag));
        }
        Segmenter { jieba }
    }

    /// Cuts all sentences of a page. Spaces and punctuation are tokens, too (tag `x`).
    pub fn words(&self, page: &Page) -> Words {
        // About 1.7 characters of three bytes make a token.
        let mut tokens = Vec::with_capacity(page.text.len() / 5);
        let mut sentence_ends = Vec::with_capacity(page.sentences.len());
        for sentence in &page.sentences {
            let base = sentence.range.start as usize;
            for tag in self.jieba.tag(page.slice(sentence.range), true) {
                let range = TextRange::new(base + tag.byte_start, base + tag.byte_end);
                tokens.push(Token { range, pos: Pos::new(tag.tag) });
            }
            sentence_ends.push(u32::try_from(tokens.len()).expect("fewer tokens than bytes"));
        }
        Words::new(tokens, sentence_ends)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use banmian_core::{Page, Part, Piece, Resource, TextRange};

    use super::{Segmenter, UserDictionary};

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
    fn a_users_word_is_kept_whole() {
        assert!(words("铁木山乡的村民", "").starts_with("铁木/"));
        assert!(words("铁木山乡的村民", "# places\n铁木山乡 900 ns\n").starts_with("铁木山乡/ns "));
    }

    #[test]
    fn a_wrong_line_is_a_fault_with_its_place() {
        let text = "好词\n坏词 很多 n\n";
        let resource = Resource { name: "words.txt".to_owned(), text: Arc::from(text) };
        let faults = UserDictionary::read(&resource).expect_err("the second line is wrong");
        assert_eq!(faults[0].message, "`很多` is not a whole number");
    }
}

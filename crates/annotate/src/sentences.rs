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
    let mut sentences = Vec::new();
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
        let part = &text[start..end];
        let lead = part.len() - part.trim_start().len();
        let range = TextRange::new(start + lead, start + part.trim_end().len().max(lead));
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
    let mut characters = text.char_indices().peekable();
    while let Some((_, c)) = characters.next() {
        if !ends_sentence(c) {
            continue;
        }
        while characters.next_if(|&(_, c)| ends_sentence(c) || closes(c)).is_some() {}
        let end = characters.peek().map_or(text.len(), |&(i, _)| i);
        push(start, end);
        start = end;
    }
    push(start, text.len());
}

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
    fn a_line_of_spaces_has_no_sentence() {
        assert!(sentences("  　").is_empty());
        assert!(sentences("").is_empty());
    }
}

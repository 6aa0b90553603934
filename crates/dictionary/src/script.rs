//! Traditional pages in simplified characters, place for place.

use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

/// The commonest characters that only traditional text has.
const TRADITIONAL: &str = "國會為與來個們這時說學對發後過產經開關於員實業務區農黨軍並將從動現進還當應無處問題體機種點黃級導長東車馬門風報紙據統選舉議書記縣鄉鎮廣場親愛劃畫團結";

/// One in so many characters must be one of these before a page counts as traditional; a name or
/// a shop sign makes no page traditional.
const ONE_IN: usize = 50;

/// So many characters tell: of traditional text, one in eight is one of these.
const SAMPLE: usize = 500;

/// A text in simplified characters, if it is a traditional one; none if it is simplified already.
///
/// Every character keeps its place and its length in bytes, so that ranges into one text hold for
/// the other. The conversion is that of OpenCC (`t2s`), with its phrases, where it keeps to this;
/// a phrase or character of another length stays as it is.
pub fn simplified(text: &str) -> Option<String> {
    static IS_TRADITIONAL: LazyLock<Vec<bool>> = LazyLock::new(|| {
        let mut table = vec![false; 1 << 16];
        TRADITIONAL.chars().for_each(|c| table[c as usize] = true);
        table
    });
    // Loading the dictionaries takes some milliseconds, which simplified corpora need not pay.
    static CONVERTER: LazyLock<OpenCC> =
        LazyLock::new(|| OpenCC::from_config(BuiltinConfig::T2s).expect("the dictionaries ship with the library"));
    let table = &*IS_TRADITIONAL;
    let (mut all, mut traditional) = (0, 0);
    for c in text.chars() {
        if c > '\u{3000}' {
            all += 1;
            traditional += usize::from(table.get(c as usize).is_some_and(|&known| known));
        }
        if all == SAMPLE {
            break;
        }
    }
    if traditional * ONE_IN < all || traditional == 0 {
        return None;
    }
    // A phrase never goes over a line, so that one line of another length spoils no other.
    Some(text.split_inclusive('\n').map(|line| in_place(&CONVERTER, line)).collect())
}

/// Converts a line, keeping the length of every character.
fn in_place(converter: &OpenCC, line: &str) -> String {
    let converted = converter.convert(line);
    if fits(line, &converted) {
        return converted;
    }
    let mut out = String::with_capacity(line.len());
    let mut buffer = [0; 4];
    for c in line.chars() {
        let printed = &*c.encode_utf8(&mut buffer);
        let converted = converter.convert(printed);
        out.push_str(if fits(printed, &converted) { &converted } else { printed });
    }
    out
}

/// True if each character of one text has the length of that of the other in the same place.
fn fits(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.char_indices().map(|(at, _)| at).eq(other.char_indices().map(|(at, _)| at))
}

#[cfg(test)]
mod tests {
    use super::simplified;

    #[test]
    fn a_traditional_page_is_simplified_in_place() {
        let printed = "【新華社西安十六日電】西北各地春播工作已全面展開。\n縣長張乾坤說：“今後還要發展農業。”";
        let read = simplified(printed).expect("is traditional");
        assert_eq!(read, "【新华社西安十六日电】西北各地春播工作已全面展开。\n县长张乾坤说：“今后还要发展农业。”");
        assert_eq!(read.len(), printed.len());
    }

    #[test]
    fn a_simplified_page_stays_as_it_is() {
        assert_eq!(
            simplified(
                "县政协主席陳永發主持会议，委员们结合自身实际发言，提出了许多好的意见建议，会议还听取了关于界别活动情况的报告，审议通过了人事事项，表彰了优秀委员和提案承办单位。"
            ),
            None
        );
        assert_eq!(simplified(""), None);
    }

    #[test]
    fn characters_of_another_length_stay() {
        // OpenCC simplifies 㑮 (three bytes) to 𫝈 (four).
        let printed = "國會與國會㑮𠮷";
        let read = simplified(printed).expect("is traditional");
        assert_eq!(read, "国会与国会㑮𠮷");
    }
}

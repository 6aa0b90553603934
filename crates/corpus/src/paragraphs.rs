//! Where the paragraphs of a text begin that comes as one string: its lines may be paragraphs, or wrapped.

/// The paragraphs of a text; wrapped lines of one paragraph stay in one string.
///
/// If any line is indented, indents and empty lines open paragraphs. If none is, every line is a paragraph, but where the
/// lines between two empty ones were wrapped: of one width, at least twelve characters, and mostly without a full stop at their end.
pub(crate) fn paragraphs(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().collect();
    let indented = lines.iter().any(|line| is_indented(line) && !line.trim().is_empty());
    let mut out = Vec::new();
    for block in lines.split(|line| line.trim().is_empty()).filter(|block| !block.is_empty()) {
        let mut start = 0;
        if indented {
            for (k, line) in block.iter().enumerate().skip(1) {
                if is_indented(line) {
                    out.push(stretch(text, &block[start..k]));
                    start = k;
                }
            }
            out.push(stretch(text, &block[start..]));
        } else if is_wrapped(block) {
            out.push(stretch(text, block));
        } else {
            out.extend(block.iter().map(|line| line.trim()));
        }
    }
    out
}

/// The text from the first of some lines to the last.
fn stretch<'t>(text: &'t str, lines: &[&str]) -> &'t str {
    let at = |s: &str| s.as_ptr() as usize - text.as_ptr() as usize;
    match (lines.first(), lines.last()) {
        (Some(first), Some(last)) => text[at(first)..at(last) + last.len()].trim(),
        _ => "",
    }
}

/// True for a line that begins with two spaces or a wide one.
fn is_indented(line: &str) -> bool {
    line.starts_with('\u{3000}')
        || line.starts_with('\t')
        || line.chars().take(2).filter(|c| c.is_whitespace()).count() == 2
}

fn is_wrapped(lines: &[&str]) -> bool {
    let Some((_, full)) = lines.split_last().filter(|(_, full)| !full.is_empty()) else { return false };
    let widths: Vec<usize> = full.iter().map(|line| line.trim().chars().count()).collect();
    let widest = widths.iter().copied().max().unwrap_or(0);
    let stopped =
        full.iter().filter(|line| line.trim_end().ends_with(['。', '！', '？', '”', '；', '…', '）', '：'])).count();
    let even = widths.iter().filter(|width| **width + 3 >= widest).count();
    widest >= 12 && 2 * stopped < full.len() && 10 * even >= 8 * full.len()
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    #[test]
    fn a_line_is_a_paragraph() {
        assert_eq!(
            paragraphs("三月二日，东干渠开闸放水。\n水到田头\n五万亩麦田喝上头茬水。"),
            ["三月二日，东干渠开闸放水。", "水到田头", "五万亩麦田喝上头茬水。"]
        );
        // Verse is of one width, too, but narrow.
        assert_eq!(paragraphs("一渠清水绕村流\n两岸青苗绿到头").len(), 2);
    }

    #[test]
    fn indents_and_empty_lines_open_paragraphs() {
        let wrapped = "　　三月二日，东干渠开\n闸放水。\n　　五万亩麦田喝上头茬\n水。\n\n记者手记\n";
        assert_eq!(paragraphs(wrapped), ["三月二日，东干渠开\n闸放水。", "五万亩麦田喝上头茬\n水。", "记者手记"]);
        assert_eq!(paragraphs("　　甲。\n　　乙。\n\n　　丙。\r\n"), ["甲。", "乙。", "丙。"]);
    }

    #[test]
    fn wrapped_lines_without_indents_are_one_paragraph() {
        let wrapped = "三月二日，东干渠开闸放水，全\n县五万亩麦田喝上头茬水，群众\n说水来得正是时候。\n\n县水利站派人守在渠上，日夜巡\n查，防止跑水。";
        assert_eq!(paragraphs(wrapped).len(), 2);
    }
}

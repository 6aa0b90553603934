//! Whether a page can hold a text, told from its raw text before it is rebuilt: rebuilding is the costly part.
//!
//! Layout joins what spaces and line ends cut apart, in another order perhaps, and changes little else. So a text of
//! the page is made of raw stretches without space: it lies in one, or begins with the end of one and ends with the
//! beginning of another, with whole ones between.

/// False only if no rebuilding of the raw text can hold `wanted`.
pub(super) fn may_hold(raw: &str, wanted: &str) -> bool {
    let wanted: String = wanted.split_whitespace().collect();
    if wanted.is_empty() || raw.contains(&*wanted) || holds_letters_that_change(raw) {
        return true;
    }
    // By byte of `wanted`: true if some stretch ends with all before it; begins with all from it on.
    let cuts: Vec<usize> = wanted.char_indices().map(|(at, _)| at).skip(1).collect();
    let mut ends_before = vec![false; wanted.len() + 1];
    let mut begins_at = vec![false; wanted.len() + 1];
    let mut between = Vec::new();
    for stretch in raw.split_whitespace() {
        for &cut in &cuts {
            ends_before[cut] |= stretch.ends_with(&wanted[..cut]);
            begins_at[cut] |= stretch.starts_with(&wanted[cut..]);
        }
        if stretch.len() < wanted.len() {
            let inside = cuts.iter().filter(|&&at| wanted[at..].starts_with(stretch));
            between.extend(inside.map(|&at| (at, at + stretch.len())));
        }
    }
    between.sort_unstable();
    for (from, to) in between {
        ends_before[to] |= ends_before[from];
    }
    cuts.iter().any(|&cut| ends_before[cut] && begins_at[cut])
}

/// True if the text has radicals (replaced by ideographs), soft hyphens or characters of no width (taken out), or
/// hyphens at line ends.
fn holds_letters_that_change(raw: &str) -> bool {
    let radical_or_no_width =
        |second: u8, third: u8| matches!(second, 0xBA..=0xBF) || (second == 0x80 && (0x8B..=0x8F).contains(&third));
    let bytes = raw.as_bytes();
    memchr::memchr_iter(0xE2, bytes)
        .any(|at| bytes.get(at + 1..at + 3).is_some_and(|b| radical_or_no_width(b[0], b[1])))
        || raw.contains('\u{AD}')
        || raw.contains('\u{FEFF}')
        || raw.contains("-\n")
        || raw.contains("-\r")
}

#[cfg(test)]
mod tests {
    use super::may_hold;

    #[test]
    fn what_spaces_and_line_ends_cut_apart_may_be_joined() {
        assert!(may_hold("全县召开政协会\n议。", "政协会议"));
        assert!(may_hold("议。\n\n别的栏\n全县召开政协会", "政协会议"), "lines of columns come in any order");
        assert!(may_hold("政 协 会 议", "政协会议"), "letter-spaced");
        assert!(may_hold("⼯作", "工作"), "a radical is printed for an ideograph");
        assert!(!may_hold("政协开会。会议认为", "政协会议"));
        assert!(!may_hold("会 议 政 协 工作", "会议员"));
    }
}

//! What tests of layout have in common.

/// Sets paragraphs in a column of some width, the first line of each two characters in.
pub(crate) fn set(paragraphs: &[&str], width: usize) -> String {
    let mut out = String::new();
    for paragraph in paragraphs {
        out.push_str("　　");
        let mut room = width - 2;
        for c in paragraph.chars() {
            if room == 0 && !"，。、）".contains(c) {
                out.push('\n');
                room = width;
            }
            out.push(c);
            room = room.saturating_sub(1);
        }
        out.push('\n');
    }
    out
}

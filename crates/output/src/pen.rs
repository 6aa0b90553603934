//! Putting many short texts behind one another.

/// Short texts are copied by so many bytes at once, whatever their length: a few instructions where
/// a copy of just the right length is a call.
pub(crate) const BLOCK: usize = 32;

/// Writes at the end of a vector, into room made beforehand.
pub(crate) struct Pen<'o> {
    out: &'o mut Vec<u8>,
    at: usize,
}

impl<'o> Pen<'o> {
    /// A pen with room for so many bytes.
    pub(crate) fn new(out: &'o mut Vec<u8>, room: usize) -> Self {
        let at = out.len();
        out.resize(at + room + BLOCK, 0);
        Pen { out, at }
    }

    /// Puts the bytes of `text` from `start` to `end`.
    #[inline]
    pub(crate) fn put(&mut self, text: &[u8], start: usize, end: usize) {
        let length = end - start;
        match text.get(start..start + BLOCK) {
            // What is copied beyond the end is written over by what comes next, or cut off.
            Some(block) if length <= BLOCK => self.out[self.at..self.at + BLOCK].copy_from_slice(block),
            _ => self.out[self.at..self.at + length].copy_from_slice(&text[start..end]),
        }
        self.at += length;
    }

    /// Cuts off the room that was not used.
    pub(crate) fn finish(self) {
        self.out.truncate(self.at);
    }
}

#[cfg(test)]
mod tests {
    use super::Pen;

    #[test]
    fn what_is_put_stands_behind_one_another() {
        let text: Vec<u8> = (0..100).collect();
        let (mut out, mut expected) = (vec![7], vec![7]);
        for end in 0..=100 {
            for start in 0..=end {
                let mut pen = Pen::new(&mut out, 2 * (end - start));
                pen.put(&text, start, end);
                pen.put(&text, start, end);
                pen.finish();
                expected.extend([&text[start..end], &text[start..end]].concat());
            }
        }
        assert_eq!(out, expected);
    }
}

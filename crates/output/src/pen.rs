//! Putting many short texts behind one another.

/// Short texts are copied by so many bytes at once, whatever their length: a few instructions where
/// a copy of just the right length is a call.
pub(crate) const BLOCK: usize = 32;

/// Bytes that grow at their end.
///
/// There is always room made beforehand, so that what is put there need not ask for any.
#[derive(Default)]
pub(crate) struct Sheet {
    bytes: Vec<u8>,
}

/// Bytes of a sheet at first.
const FIRST_ROOM: usize = 16 << 10;

impl Sheet {
    /// What is written.
    pub(crate) fn written(&self) -> &[u8] {
        &self.bytes
    }

    /// Forgets what is written.
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
    }

    /// A pen that writes at the end, with room for so many bytes.
    #[inline]
    pub(crate) fn pen(&mut self, room: usize) -> Pen<'_> {
        if self.bytes.capacity() - self.bytes.len() < room + BLOCK {
            self.bytes.reserve((room + BLOCK).max(FIRST_ROOM));
        }
        Pen { sheet: &mut self.bytes }
    }

    /// Appends some bytes.
    pub(crate) fn append(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }
}

/// Writes at the end of a sheet, into room made beforehand.
pub(crate) struct Pen<'s> {
    sheet: &'s mut Vec<u8>,
}

impl Pen<'_> {
    /// Puts the bytes of `text` from `start` to `end`.
    #[inline]
    pub(crate) fn put(&mut self, text: &[u8], start: usize, end: usize) {
        match text.get(start..).and_then(<[u8]>::first_chunk::<BLOCK>) {
            Some(block) if end - start <= BLOCK => self.put_block(block, end - start),
            _ => self.put_whole(&text[start..end]),
        }
    }

    /// Puts so many of the first bytes of a block.
    #[inline]
    pub(crate) fn put_block(&mut self, block: &[u8; BLOCK], length: usize) {
        let end = self.sheet.len() + length;
        self.sheet.extend_from_slice(block);
        self.sheet.truncate(end);
    }

    /// Puts all of a text.
    #[inline]
    pub(crate) fn put_whole(&mut self, text: &[u8]) {
        self.sheet.extend_from_slice(text);
    }

    /// Puts one byte.
    #[inline]
    pub(crate) fn put_byte(&mut self, byte: u8) {
        self.sheet.push(byte);
    }

    /// Where the next byte goes, from the beginning of the sheet.
    #[inline]
    pub(crate) fn at(&self) -> usize {
        self.sheet.len()
    }
}

#[cfg(test)]
mod tests {
    use super::Sheet;

    #[test]
    fn what_is_put_stands_behind_one_another() {
        let text: Vec<u8> = (0..100).collect();
        let mut sheet = Sheet::default();
        sheet.append(&[7]);
        let mut expected = vec![7];
        for end in 0..=100 {
            for start in 0..=end {
                let mut pen = sheet.pen(2 * (end - start) + 1);
                pen.put(&text, start, end);
                pen.put_byte(9);
                pen.put(&text, start, end);
                expected.extend([&text[start..end], &[9], &text[start..end]].concat());
            }
        }
        assert_eq!(sheet.written(), expected);
        sheet.clear();
        assert!(sheet.written().is_empty());
    }
}

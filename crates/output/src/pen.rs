//! Putting many short texts behind one another.

/// Short texts are copied by so many bytes at once, whatever their length: a few instructions where
/// a copy of just the right length is a call.
pub(crate) const BLOCK: usize = 32;

/// Bytes that grow at their end.
///
/// There is always room made beforehand, so that what is put there need not ask for any. It is filled with zeros once,
/// and used again after [`clear`](Sheet::clear).
#[derive(Default)]
pub(crate) struct Sheet {
    bytes: Vec<u8>,
    /// How many of them are written.
    n_written: usize,
}

/// Bytes of a sheet at first.
const FIRST_ROOM: usize = 16 << 10;

impl Sheet {
    /// What is written.
    pub(crate) fn written(&self) -> &[u8] {
        &self.bytes[..self.n_written]
    }

    /// What is written and what else there is, a block at least if a pen wrote it.
    pub(crate) fn with_room(&self) -> &[u8] {
        &self.bytes
    }

    /// Forgets what is written.
    pub(crate) fn clear(&mut self) {
        self.n_written = 0;
    }

    /// A pen that writes at the end, with room for so many bytes.
    #[inline]
    pub(crate) fn pen(&mut self, room: usize) -> Pen<'_> {
        // A block may be put where less than one is wanted.
        let needed = self.n_written + room + BLOCK;
        if self.bytes.len() < needed {
            self.grow(needed);
        }
        Pen { room: &mut self.bytes[self.n_written..], at: 0, n_written: &mut self.n_written }
    }

    #[cold]
    fn grow(&mut self, needed: usize) {
        self.bytes.resize(needed.max(2 * self.bytes.len()).max(FIRST_ROOM), 0);
    }

    /// Appends some bytes.
    pub(crate) fn append(&mut self, bytes: &[u8]) {
        self.pen(bytes.len()).put_whole(bytes);
    }
}

/// Writes at the end of a sheet, into room made beforehand.
pub(crate) struct Pen<'s> {
    room: &'s mut [u8],
    /// Where in the room the next byte goes.
    at: usize,
    n_written: &'s mut usize,
}

impl Drop for Pen<'_> {
    #[inline]
    fn drop(&mut self) {
        *self.n_written += self.at;
    }
}

impl Pen<'_> {
    /// Puts the bytes of `text` from `start` to `end`. A block must begin wherever a short text does.
    #[inline]
    pub(crate) fn put(&mut self, text: &[u8], start: usize, end: usize) {
        let length = end - start;
        if length > BLOCK {
            return self.put_whole(&text[start..end]);
        }
        self.room[self.at..self.at + BLOCK].copy_from_slice(&text[start..start + BLOCK]);
        self.at += length;
    }

    /// Puts so many of the first bytes of a block.
    #[inline]
    pub(crate) fn put_block(&mut self, block: &[u8; BLOCK], length: usize) {
        self.room[self.at..self.at + BLOCK].copy_from_slice(block);
        self.at += length;
    }

    /// Puts all of a text.
    #[inline]
    pub(crate) fn put_whole(&mut self, text: &[u8]) {
        let room = &mut self.room[self.at..self.at + text.len()];
        match text.len() {
            0 => {}
            1..4 => {
                let (middle, last) = (text.len() / 2, text.len() - 1);
                (room[0], room[middle], room[last]) = (text[0], text[middle], text[last]);
            }
            4..8 => put_ends::<4>(room, text),
            8..16 => put_ends::<8>(room, text),
            16..=32 => put_ends::<16>(room, text),
            _ => room.copy_from_slice(text),
        }
        self.at += text.len();
    }

    /// Puts one byte.
    #[inline]
    pub(crate) fn put_byte(&mut self, byte: u8) {
        self.room[self.at] = byte;
        self.at += 1;
    }

    /// How many bytes were put.
    #[inline]
    pub(crate) fn at(&self) -> usize {
        self.at
    }
}

/// Puts a text of N to 2 N bytes: its first N and its last N, which overlap.
#[inline]
fn put_ends<const N: usize>(room: &mut [u8], text: &[u8]) {
    if let (Some(to), Some(first)) = (room.first_chunk_mut::<N>(), text.first_chunk()) {
        *to = *first;
    }
    if let (Some(to), Some(last)) = (room.last_chunk_mut::<N>(), text.last_chunk()) {
        *to = *last;
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Sheet};

    #[test]
    fn what_is_put_stands_behind_one_another() {
        let text: Vec<u8> = (0..100 + BLOCK as u8).collect();
        let mut sheet = Sheet::default();
        sheet.append(&[7]);
        let mut expected = vec![7];
        for end in 0..=100 {
            for start in 0..=end {
                let mut pen = sheet.pen(2 * (end - start) + 1);
                pen.put(&text, start, end);
                pen.put_byte(9);
                pen.put_whole(&text[start..end]);
                expected.extend([&text[start..end], &[9], &text[start..end]].concat());
            }
        }
        assert_eq!(sheet.written(), expected);
        sheet.clear();
        assert!(sheet.written().is_empty());
    }
}

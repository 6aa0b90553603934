//! The phrase machine: at every character, all lexicon phrases that begin there, in one pass.
//!
//! A trie of characters behind a table of what a character can be in a phrase and a bitmap of the first
//! three characters of phrases: most positions of a page are settled by a look at the table. A trie is
//! used and not an Aho-Corasick machine because it can pass over a separator that print may leave out or
//! exchange (完整、准确、全面 and 完整准确全面 are one path) instead of holding every form, and because all
//! matches are wanted, also overlapping ones. A walk is bounded by the longest phrase, so the pass is
//! linear in the page.

/// Bits of the bitmap of first triples: 128 KiB; fewer let more chance hits through.
const TRIPLE_BITS: u32 = 20;

/// Separators that may stand between the first characters of a phrase: “四个意识”.
const EARLY_JOINTS: [char; 3] = ['、', '，', '”'];

/// Places of the tables.
const TABLE: usize = 1 << 16;

/// What a character can be, by bit: the first, second or third of a phrase as it stands in print, the
/// first or second of a phrase of two.
const FIRST: u8 = 1;
const SECOND: u8 = 2;
const THIRD: u8 = 4;
const FIRST_OF_TWO: u8 = 8;
const SECOND_OF_TWO: u8 = 16;

/// A letter with this bit may have a separator after it in print.
const JOINT: u32 = 1 << 31;

/// Phrases while they are collected.
pub(crate) struct TrieBuilder<V> {
    /// The letters of all phrases, one after the other.
    letters: Vec<u32>,
    phrases: Vec<Collected<V>>,
}

#[derive(Clone, Copy)]
struct Collected<V> {
    /// The first three letters: they decide most comparisons.
    key: u64,
    start: u32,
    end: u32,
    value: V,
}

/// Phrases by their characters, laid out for walking: the children of a node side by side, a chain of
/// only children one after the other.
pub(crate) struct Trie<V> {
    /// What each character can be, by its print.
    table: Vec<u8>,
    /// Triples of characters that begin a phrase, as they stand in print.
    triples: Vec<u64>,
    nodes: Vec<Node>,
    /// The character of each node, apart so that a search among children touches little memory.
    labels: Vec<u32>,
    /// By first character: 1 + its node, or 0.
    first: Vec<u32>,
    /// The values of all phrases, those of one phrase in a row, the last of them marked.
    values: Vec<(V, bool)>,
}

#[derive(Clone, Copy, Default)]
struct Node {
    /// First child.
    children: u32,
    /// 1 + the first value of what ends here; 0 for nothing.
    value: u32,
    n_children: u16,
    /// A separator may stand here in print.
    joint: bool,
}

/// Marks that print may leave out inside a formulation, or put where the lexicon has another.
pub(crate) fn is_joint(c: char) -> bool {
    // Ideographs, nearly all there is, need one look.
    !('\u{4E00}'..='\u{9FFF}').contains(&c)
        && matches!(c, '、' | '，' | '·' | ' ' | '　' | '“' | '”' | '"' | '‘' | '’' | '「' | '」')
}

impl<V> Default for TrieBuilder<V> {
    fn default() -> Self {
        TrieBuilder { letters: Vec::new(), phrases: Vec::new() }
    }
}

impl<V> Default for Trie<V> {
    fn default() -> Self {
        Trie {
            table: vec![0; TABLE],
            triples: vec![0; 1 << (TRIPLE_BITS - 6)],
            nodes: vec![Node::default()],
            labels: vec![0],
            first: vec![0; TABLE],
            values: Vec::new(),
        }
    }
}

impl<V: Copy> TrieBuilder<V> {
    /// Makes room for so many phrases and letters.
    pub(crate) fn reserve(&mut self, phrases: usize, letters: usize) {
        self.phrases.reserve(phrases);
        self.letters.reserve(letters);
    }

    /// Adds a phrase and what it stands for; one phrase may stand for several things.
    pub(crate) fn insert(&mut self, phrase: &str, value: V) {
        let start = self.letters.len();
        for c in phrase.chars() {
            if !is_joint(c) {
                self.letters.push(c as u32);
            } else if let Some(before) = self.letters[start..].last_mut() {
                *before |= JOINT;
            }
        }
        let letters = &self.letters[start..];
        let key = (0..3).fold(0, |key, i| key << 21 | u64::from(letters.get(i).map_or(0, |l| l & !JOINT)));
        if !letters.is_empty() {
            let [start, end] =
                [start, self.letters.len()].map(|at| u32::try_from(at).expect("lexicons are smaller than 4 GiB"));
            self.phrases.push(Collected { key, start, end, value });
        }
    }

    /// The same phrases, laid out for walking.
    pub(crate) fn finish(mut self) -> Trie<V> {
        let mut phrases = std::mem::take(&mut self.phrases);
        let rest = |p: &Collected<V>| self.letters[p.start as usize..p.end as usize].iter().skip(3).map(|l| l & !JOINT);
        phrases.sort_unstable_by(|a, b| {
            // The start is the order in which they came.
            a.key.cmp(&b.key).then_with(|| rest(a).cmp(rest(b))).then_with(|| a.start.cmp(&b.start))
        });
        self.phrases = phrases;
        let mut trie = Trie::default();
        trie.nodes.reserve(self.letters.len());
        trie.labels.reserve(self.letters.len());
        trie.values.reserve(self.phrases.len());
        self.write(&mut trie, 0..self.phrases.len(), 0, 0);
        trie.mark();
        trie
    }

    /// The letters of a phrase from `depth` on.
    fn from(&self, phrase: usize, depth: usize) -> &[u32] {
        let p = &self.phrases[phrase];
        &self.letters[p.start as usize + depth..p.end as usize]
    }

    /// End of the phrases of `range` that have the same letter at `depth` as its first, and whether a
    /// separator may follow that letter.
    fn alike(&self, range: std::ops::Range<usize>, depth: usize) -> (usize, bool) {
        let letter = |i: usize| self.from(i, depth)[0];
        let label = letter(range.start) & !JOINT;
        let mut joint = false;
        let mut end = range.start;
        while end < range.end && letter(end) & !JOINT == label {
            joint |= letter(end) & JOINT != 0;
            end += 1;
        }
        (end, joint)
    }

    /// Writes the rest of one phrase as a chain of only children below `node`.
    fn write_chain(&self, trie: &mut Trie<V>, phrase: usize, depth: usize, node: usize) {
        let rest = self.from(phrase, depth);
        let Some((_, inner)) = rest.split_last() else { return };
        let start = u32::try_from(trie.nodes.len()).expect("lexicons are smaller than 4 GiB");
        trie.nodes[node].children = start;
        trie.nodes[node].n_children = 1;
        let joint = |letter: &u32| letter & JOINT != 0;
        trie.nodes.extend((start + 1..).zip(inner).map(|(children, letter)| Node {
            children,
            value: 0,
            n_children: 1,
            joint: joint(letter),
        }));
        let value = trie.values.len() + 1;
        let value = u32::try_from(value).expect("lexicons are smaller than 4 GiB");
        trie.nodes.push(Node { children: 0, value, n_children: 0, joint: rest.last().is_some_and(joint) });
        trie.labels.extend(rest.iter().map(|l| l & !JOINT));
        trie.values.push((self.phrases[phrase].value, true));
    }

    /// Writes the children of `node`, which the phrases of `range` reach with `depth` letters, then theirs.
    fn write(&self, trie: &mut Trie<V>, mut range: std::ops::Range<usize>, depth: usize, node: usize) {
        if range.len() == 1 {
            self.write_chain(trie, range.start, depth, node);
            return;
        }
        while range.start < range.end && self.from(range.start, depth).is_empty() {
            range.start += 1;
        }
        let start = trie.nodes.len();
        let mut from = range.start;
        while from < range.end {
            let (to, joint) = self.alike(from..range.end, depth);
            let mut value = 0;
            let ending = (from..to).take_while(|&i| self.from(i, depth).len() == 1).count();
            if ending > 0 {
                value = u32::try_from(trie.values.len()).expect("lexicons are smaller than 4 GiB") + 1;
                trie.values.extend((1..=ending).map(|i| (self.phrases[from + i - 1].value, i == ending)));
            }
            trie.nodes.push(Node { children: 0, value, n_children: 0, joint });
            trie.labels.push(self.from(from, depth)[0] & !JOINT);
            from = to;
        }
        let n = trie.nodes.len() - start;
        trie.nodes[node].children = u32::try_from(start).expect("lexicons are smaller than 4 GiB");
        trie.nodes[node].n_children = u16::try_from(n).expect("fewer children than ideographs");
        // Phrases are short, so the recursion is shallow.
        let mut from = range.start;
        for child in start..start + n {
            let (to, _) = self.alike(from..range.end, depth);
            self.write(trie, from..to, depth + 1, child);
            from = to;
        }
    }
}

impl<V: Copy> Trie<V> {
    fn children(&self, node: Node) -> std::ops::Range<usize> {
        node.children as usize..node.children as usize + usize::from(node.n_children)
    }

    /// Marks what characters can be, and all that phrases can begin with in print.
    fn mark(&mut self) {
        let joints = |node: Node| EARLY_JOINTS.into_iter().map(u32::from).filter(move |_| node.joint);
        for child in self.children(self.nodes[0]) {
            let first = self.labels[child];
            let (node, print) = (self.nodes[child], print(first));
            self.first[place(first)] = u32::try_from(child).expect("lexicons are smaller than 4 GiB") + 1;
            self.table[print] |= FIRST;
            for next in self.children(node) {
                let (second, then) = (self.labels[next], self.nodes[next]);
                if then.value != 0 {
                    self.table[print] |= FIRST_OF_TWO;
                    self.table[self::print(second)] |= SECOND | SECOND_OF_TWO;
                }
                let thirds = self.children(then).map(|i| self.labels[i]).collect::<Vec<_>>();
                for third in thirds.into_iter().chain(joints(then)) {
                    self.triple(first, second, third);
                }
                for joint in joints(node) {
                    self.triple(first, joint, second);
                    // Two marks in a row: “双”、“多”.
                    for more in EARLY_JOINTS {
                        self.triple(first, joint, u32::from(more));
                    }
                }
            }
        }
    }

    fn triple(&mut self, first: u32, second: u32, third: u32) {
        self.table[print(second)] |= SECOND;
        self.table[print(third)] |= THIRD;
        let seen = [first, second, third].iter().fold(0, |seen, &c| seen << 16 | print(c) as u64);
        let bit = triple_bit(seen);
        self.triples[bit >> 6] |= 1 << (bit & 63);
    }

    /// Calls `found` with start, end and value of every phrase in `text`, in order of start, the
    /// shorter first.
    pub(crate) fn scan(&self, text: &str, mut found: impl FnMut(usize, usize, V)) {
        let bytes = text.as_bytes();
        let table: &[u8; TABLE] = self.table.first_chunk().expect("the table is as long");
        // The last three characters: what each can be, a byte each, and their prints.
        let (mut are, mut seen) = (0u32, 0u64);
        let mut at = 0;
        while at < bytes.len() {
            // Three bytes make an ideograph or a mark: nearly every character of a page.
            let (threes, _) = bytes[at..].as_chunks();
            for &[a, b, c] in threes {
                if a & 0xF0 != 0xE0 {
                    break;
                }
                let third = mixed(u32::from_le_bytes([a, b, c, 0]));
                are = are << 8 | u32::from(table[third]);
                seen = seen << 16 | third as u64;
                if self.begins(are, seen) {
                    self.walk(text, at, &mut found);
                }
                at += 3;
            }
            if let Some(c) = text[at..].chars().next() {
                let third = print(u32::from(c));
                are = are << 8 | u32::from(table[third]);
                seen = seen << 16 | third as u64;
                if self.begins(are, seen) {
                    self.walk(text, at, &mut found);
                }
                at += c.len_utf8();
            }
        }
        if self.begins(are << 8, seen << 16) {
            self.walk(text, at, &mut found);
        }
    }

    /// True if a phrase may begin with the last three characters, or be the first two of them.
    #[inline(always)]
    fn begins(&self, are: u32, seen: u64) -> bool {
        let is = |mask: [u8; 3]| {
            let mask = u32::from_be_bytes([0, mask[0], mask[1], mask[2]]);
            are & mask == mask
        };
        if is([FIRST, SECOND, THIRD]) {
            let bit = triple_bit(seen);
            if self.triples[bit >> 6] >> (bit & 63) & 1 == 1 {
                return true;
            }
        }
        is([FIRST_OF_TWO, SECOND_OF_TWO, 0])
    }

    /// The child of a node by its character.
    fn child(&self, node: Node, c: u32) -> Option<usize> {
        let range = self.children(node);
        match &self.labels[range.clone()] {
            [] => None,
            [only] => (*only == c).then_some(range.start),
            many => many.binary_search(&c).ok().map(|i| range.start + i),
        }
    }

    /// Follows the text from the second character before `third` as far as phrases go.
    fn walk(&self, text: &str, third: usize, found: &mut impl FnMut(usize, usize, V)) {
        let Some((start, _)) = text[..third].char_indices().rev().nth(1) else { return };
        let mut characters = text[start..].char_indices();
        let Some((_, c)) = characters.next() else { return };
        let first = place(u32::from(c));
        let entry = if first + 1 < TABLE {
            (self.first[first] as usize).checked_sub(1)
        } else {
            self.child(self.nodes[0], u32::from(c))
        };
        let Some(entry) = entry else { return };
        let mut node = self.nodes[entry];
        // Two separators in a row (”、“) may stand between words, not more.
        let mut passed = 0;
        for (offset, c) in characters {
            let Some(next) = self.child(node, u32::from(c)) else {
                if node.joint && passed < 3 && is_joint(c) {
                    passed += 1;
                    continue;
                }
                return;
            };
            passed = 0;
            node = self.nodes[next];
            if let Some(value) = (node.value as usize).checked_sub(1) {
                for &(value, last) in &self.values[value..] {
                    found(start, start + offset + c.len_utf8(), value);
                    if last {
                        break;
                    }
                }
            }
        }
    }
}

/// The place of a character in the table of what characters can be; a few share one.
fn print(c: u32) -> usize {
    let mut bytes = [0; 4];
    char::from_u32(c).unwrap_or(' ').encode_utf8(&mut bytes);
    mixed(u32::from_le_bytes(bytes))
}

/// The same from the bytes of the character: cheaper than to decode it.
#[inline(always)]
fn mixed(bytes: u32) -> usize {
    (bytes.wrapping_mul(0x9E37_79B1) >> 16) as usize
}

/// The place of a character in the table of first characters.
fn place(c: u32) -> usize {
    (c as usize).min(TABLE - 1)
}

fn triple_bit(seen: u64) -> usize {
    ((seen << 16).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - TRIPLE_BITS)) as usize
}

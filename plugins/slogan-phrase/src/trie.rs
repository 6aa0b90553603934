//! The phrase machine: at every character, all lexicon phrases that begin there, in one pass.
//!
//! A trie of characters behind two bitmaps, of the first three characters of phrases and of phrases of two:
//! most positions of a page are settled by one look at each. A trie is used and not an Aho-Corasick machine because it can pass over a
//! separator that print may leave out or exchange (完整、准确、全面 and 完整准确全面 are one path)
//! instead of holding every form, and because all matches are wanted, also overlapping ones. A walk is
//! bounded by the longest phrase, so the pass is linear in the page.

use rustc_hash::FxHashMap;

/// Bits of the bitmap of first triples: 128 KiB; fewer let more chance hits through.
const TRIPLE_BITS: u32 = 20;

/// Bits of the bitmap of phrases of two characters, which are few.
const PAIR_BITS: u32 = 14;

/// Separators that may stand between the first characters of a phrase: “四个意识”.
const EARLY_JOINTS: [char; 3] = ['、', '，', '”'];

/// First ideograph of the table of first characters, and how many there are.
const FIRST: u32 = 0x4E00;
const IDEOGRAPHS: usize = 0x5200;

/// Phrases while they are collected.
#[derive(Default)]
pub(crate) struct TrieBuilder {
    /// (node, character) → node; the root is node 0.
    edges: FxHashMap<(u32, char), u32>,
    nodes: Vec<Open>,
}

#[derive(Clone, Copy, Default)]
struct Open {
    value: Option<u32>,
    joint: bool,
}

/// A node under its parent, by its character.
type Edge = ((u32, char), u32);

/// Phrases by their characters, laid out for walking: the children of a node side by side, a chain of
/// only children one after the other.
#[derive(Default)]
pub(crate) struct Trie {
    /// Triples of characters that begin a phrase, as they stand in print.
    triples: Vec<u64>,
    /// Phrases of two characters.
    pairs: Vec<u64>,
    /// By first character: 1 + its node, or 0.
    first: Vec<u32>,
    nodes: Vec<Node>,
    /// The character of each node, apart so that a search among children touches little memory.
    labels: Vec<char>,
}

#[derive(Clone, Copy)]
struct Node {
    /// First child.
    children: u32,
    /// 1 + what ends here; 0 for nothing.
    value: u32,
    n_children: u16,
    /// A separator may stand here in print.
    joint: bool,
}

/// Marks that print may leave out inside a formulation, or put where the lexicon has another.
pub(crate) fn is_joint(c: char) -> bool {
    matches!(c, '、' | '，' | '·' | ' ' | '　' | '“' | '”' | '"' | '‘' | '’' | '「' | '」')
}

impl TrieBuilder {
    /// Adds a phrase and what it stands for; returns the value that the same letters have already.
    pub(crate) fn insert(&mut self, phrase: &str, value: u32) -> Option<u32> {
        if self.nodes.is_empty() {
            self.nodes.push(Open::default());
        }
        let mut node = 0;
        for c in phrase.chars() {
            if is_joint(c) {
                self.nodes[node as usize].joint |= node > 0;
                continue;
            }
            let next = u32::try_from(self.nodes.len()).expect("lexicons are smaller than 4 GiB");
            let target = *self.edges.entry((node, c)).or_insert(next);
            if target == next {
                self.nodes.push(Open::default());
            }
            node = target;
        }
        let node = node as usize;
        match self.nodes[node].value {
            Some(known) => Some(known),
            None => {
                self.nodes[node].value = Some(value);
                None
            }
        }
    }

    /// The same phrases, laid out for walking.
    pub(crate) fn finish(self) -> Trie {
        let mut trie = Trie {
            triples: vec![0; 1 << (TRIPLE_BITS - 6)],
            pairs: vec![0; 1 << (PAIR_BITS - 6)],
            first: vec![0; IDEOGRAPHS],
            nodes: Vec::new(),
            labels: Vec::new(),
        };
        // By parent and character, so that the layout does not depend on the order of the map.
        let mut edges: Vec<Edge> = self.edges.into_iter().collect();
        edges.sort_unstable();
        let mut starts = vec![0; self.nodes.len() + 1];
        for ((parent, _), _) in &edges {
            starts[*parent as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let layout = Layout { edges, starts, nodes: self.nodes };
        if layout.nodes.is_empty() {
            return trie;
        }
        for &((_, first), node) in layout.children(0) {
            layout.mark(&mut trie, node, first);
        }
        trie.nodes.push(Node { children: 0, value: 0, n_children: 0, joint: false });
        trie.labels.push('\0');
        layout.write(&mut trie, 0, 0);
        for child in trie.children(trie.nodes[0]) {
            if let Some(slot) = trie.first_slot(trie.labels[child]) {
                trie.first[slot] = u32::try_from(child).expect("lexicons are smaller than 4 GiB") + 1;
            }
        }
        trie
    }
}

/// The collected phrases, with the children of each node in a row.
struct Layout {
    edges: Vec<Edge>,
    /// First edge of each node.
    starts: Vec<usize>,
    nodes: Vec<Open>,
}

impl Layout {
    fn children(&self, node: u32) -> &[Edge] {
        &self.edges[self.starts[node as usize]..self.starts[node as usize + 1]]
    }

    /// Marks all that phrases with this first character can begin with in print.
    fn mark(&self, trie: &mut Trie, node: u32, first: char) {
        let joints = |node: u32| EARLY_JOINTS.into_iter().filter(move |_| self.nodes[node as usize].joint);
        for &((_, second), next) in self.children(node) {
            if self.nodes[next as usize].value.is_some() {
                set(&mut trie.pairs, pair_bit(first, second));
            }
            let thirds = self.children(next).iter().map(|((_, c), _)| *c).chain(joints(next));
            for third in thirds {
                set(&mut trie.triples, triple_bit(first, second, third));
            }
            for joint in joints(node) {
                set(&mut trie.triples, triple_bit(first, joint, second));
                // Two marks in a row: “双”、“多”.
                for more in EARLY_JOINTS {
                    set(&mut trie.triples, triple_bit(first, joint, more));
                }
            }
        }
    }

    /// Writes the children of `open`, then theirs.
    fn write(&self, trie: &mut Trie, open: u32, node: usize) {
        let start = trie.nodes.len();
        let children = self.children(open);
        trie.nodes[node].children = u32::try_from(start).expect("lexicons are smaller than 4 GiB");
        trie.nodes[node].n_children = u16::try_from(children.len()).expect("fewer children than ideographs");
        for &((_, label), child) in children {
            let child = &self.nodes[child as usize];
            let value = child.value.map_or(0, |v| v + 1);
            trie.nodes.push(Node { children: 0, value, n_children: 0, joint: child.joint });
            trie.labels.push(label);
        }
        // Phrases are short, so the recursion is shallow.
        for (i, &(_, child)) in children.iter().enumerate() {
            self.write(trie, child, start + i);
        }
    }
}

impl Trie {
    fn children(&self, node: Node) -> std::ops::Range<usize> {
        node.children as usize..node.children as usize + usize::from(node.n_children)
    }

    fn first_slot(&self, c: char) -> Option<usize> {
        let slot = (c as u32).wrapping_sub(FIRST) as usize;
        (slot < IDEOGRAPHS).then_some(slot)
    }

    /// Calls `found` with start, end and value of every phrase in `text`, in order of start, the
    /// shorter first.
    pub(crate) fn scan(&self, text: &str, mut found: impl FnMut(usize, usize, u32)) {
        if self.nodes.is_empty() {
            return;
        }
        // The two characters before, and where they begin.
        let (mut first, mut first_at) = ('\n', 0);
        let (mut second, mut second_at) = ('\n', 0);
        for (at, third) in text.char_indices().chain([(text.len(), '\n')]) {
            if has(&self.triples, triple_bit(first, second, third)) || has(&self.pairs, pair_bit(first, second)) {
                self.walk(text, first_at, &mut found);
            }
            (first, first_at) = (second, second_at);
            (second, second_at) = (third, at);
        }
    }

    /// The child of a node by its character.
    fn child(&self, node: Node, c: char) -> Option<usize> {
        let range = self.children(node);
        match &self.labels[range.clone()] {
            [] => None,
            [only] => (*only == c).then_some(range.start),
            many => many.binary_search(&c).ok().map(|i| range.start + i),
        }
    }

    /// Follows the text from `start` as far as phrases go.
    fn walk(&self, text: &str, start: usize, found: &mut impl FnMut(usize, usize, u32)) {
        let mut characters = text[start..].char_indices();
        let Some((_, first)) = characters.next() else { return };
        let entry = match self.first_slot(first) {
            Some(slot) => (self.first[slot] as usize).checked_sub(1),
            // 1个, G20: rare.
            None => self.child(self.nodes[0], first),
        };
        let Some(entry) = entry else { return };
        let mut node = self.nodes[entry];
        // Two separators in a row (”、“) may stand between words, not more.
        let mut passed = 0;
        for (offset, c) in characters {
            let Some(next) = self.child(node, c) else {
                if node.joint && passed < 3 && is_joint(c) {
                    passed += 1;
                    continue;
                }
                return;
            };
            passed = 0;
            node = self.nodes[next];
            if node.value != 0 {
                found(start, start + offset + c.len_utf8(), node.value - 1);
            }
        }
    }
}

fn set(bitmap: &mut [u64], bit: usize) {
    bitmap[bit >> 6] |= 1 << (bit & 63);
}

fn has(bitmap: &[u64], bit: usize) -> bool {
    bitmap[bit >> 6] >> (bit & 63) & 1 == 1
}

fn mix(first: char, second: char) -> u32 {
    (first as u32).wrapping_mul(0x9E37_79B1) ^ (second as u32).wrapping_mul(0x85EB_CA6B)
}

fn pair_bit(first: char, second: char) -> usize {
    (mix(first, second) >> (32 - PAIR_BITS)) as usize
}

fn triple_bit(first: char, second: char, third: char) -> usize {
    ((mix(first, second).rotate_left(5) ^ (third as u32).wrapping_mul(0xC2B2_AE35)) >> (32 - TRIPLE_BITS)) as usize
}

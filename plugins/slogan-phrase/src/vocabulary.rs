//! The word lists of the method: what slogans are made of and what stands around them.
//!
//! They ship as `slogan-words.tsv` and `slogan-formulas.tsv`, a kind and many words a line, so that a
//! reader of Chinese can judge and mend them without reading Rust.

use banmian_core::{Fault, Lexicon, Resources};
use rustc_hash::FxHashMap;

use crate::letter::{self, Letter};

const COLUMNS: [&str; 3] = ["kind", "words", "note"];
const FILES: [&str; 2] = ["slogan-words", "slogan-formulas"];

/// What a word does in the method; a word may do several things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub(crate) enum Role {
    /// A verb that slogans begin with: 谋, 凝聚.
    Verb = 1,
    /// What may stand left of a run without belonging to it: 坚持, 不断.
    Frame = 1 << 1,
    /// The end of a body, person or thing: runs that end so are lists, not slogans.
    Thing = 1 << 2,
    /// A word of the official register.
    Register = 1 << 3,
    /// A verb of saying that governs what follows: 强调.
    Saying = 1 << 4,
    /// A four-character formula (四字格): 真抓实干.
    Formula = 1 << 5,
    /// What is counted in a coined number without quotation marks: 三个下沉.
    Coined = 1 << 6,
    /// What a quoted coinage stands before: “强工兴旅、通江达海”战略.
    Host = 1 << 7,
    /// A word of reporting that no slogan has: 召开, 举行.
    Report = 1 << 8,
    /// An abstract noun that slogans act on: 信心, 合力.
    Object = 1 << 9,
    /// A verb that formulations are used with and that is no part of them: 坚持, 加快构建.
    Lead = 1 << 10,
}

const ROLES: [(&str, Role); 11] = [
    ("verb", Role::Verb),
    ("frame", Role::Frame),
    ("thing", Role::Thing),
    ("register", Role::Register),
    ("saying", Role::Saying),
    ("formula", Role::Formula),
    ("coined", Role::Coined),
    ("host", Role::Host),
    ("report", Role::Report),
    ("object", Role::Object),
    ("lead", Role::Lead),
];

/// A word of at most four ideographs as one number, so that a look-up touches one place of memory.
fn pack(word: &str) -> Option<u64> {
    let bytes = word.as_bytes();
    if bytes.is_empty() || bytes.len() > 12 || !bytes.len().is_multiple_of(3) {
        return None;
    }
    bytes.chunks_exact(3).try_fold(0, |packed: u64, three| {
        let code = u64::from(three[0] & 0xF) << 12 | u64::from(three[1] & 0x3F) << 6 | u64::from(three[2] & 0x3F);
        (three[0] & 0xF0 == 0xE0).then_some(packed << 16 | code)
    })
}

/// Where in the words of a role a character may stand.
#[derive(Clone, Copy)]
#[repr(usize)]
enum At {
    Begin,
    End,
    /// It is the word.
    Alone,
}

/// A bit for each character, for each role and [`At`]: most questions are answered no by one look at a few KiB.
struct Hints(Vec<u64>);

impl Default for Hints {
    fn default() -> Self {
        Hints(vec![0; (ROLES.len() * 3) << Hints::WORDS])
    }
}

impl Hints {
    /// Bits of the number of words for all characters of three bytes.
    const WORDS: u32 = 10;

    #[inline]
    fn place(code: usize, role: Role, at: At) -> usize {
        (((role as u16).trailing_zeros() as usize * 3 + at as usize) << Hints::WORDS) + (code >> 6)
    }

    fn note(&mut self, code: u64, role: Role, at: At) {
        self.0[Hints::place(code as usize, role, at)] |= 1 << (code & 63);
    }

    /// False for other characters than those of three bytes.
    #[inline]
    fn of(&self, &[a, b, c]: &[u8; 3], role: Role, at: At) -> bool {
        let code = usize::from(a & 0xF) << 12 | usize::from(b & 0x3F) << 6 | usize::from(c & 0x3F);
        a & 0xF0 == 0xE0 && self.0[Hints::place(code, role, at)] >> (code & 63) & 1 != 0
    }
}

/// Words and their roles.
#[derive(Default)]
pub(crate) struct Vocabulary {
    /// By packed word, see [`pack`].
    words: FxHashMap<u64, u16>,
    hints: Hints,
    /// By first character: the verbs that formulations are used with.
    leads: FxHashMap<Letter, Vec<Box<str>>>,
    /// Words that count for the official register: its own, and four-character formulas.
    register: Vec<Box<str>>,
}

impl Vocabulary {
    /// Reads the lists that ship.
    pub(crate) fn read(files: &Resources<'_>) -> Result<Self, Vec<Fault>> {
        let mut vocabulary = Vocabulary::default();
        let mut faults = Vec::new();
        for file in FILES {
            let lexicon = Lexicon::read(files.builtin(file), &COLUMNS)?;
            for row in lexicon.rows() {
                let kind = lexicon.field(row, 0);
                let Some(&(_, role)) = ROLES.iter().find(|(name, _)| *name == kind) else {
                    faults.push(lexicon.fault_at(row, 0, format!("`{kind}` is no kind of words")));
                    continue;
                };
                for word in lexicon.field(row, 1).split_whitespace() {
                    // Longer words than a packed one are asked for by no rule but the phrase machine.
                    if let Some(packed) = pack(word) {
                        let roles = vocabulary.words.entry(packed).or_insert(0);
                        if *roles & role as u16 != 0 {
                            faults.push(lexicon.fault_at(row, 1, format!("`{word}` stands twice as `{kind}`")));
                        }
                        *roles |= role as u16;
                        let first = packed >> (16 * (word.len() / 3 - 1));
                        vocabulary.hints.note(first, role, At::Begin);
                        vocabulary.hints.note(packed & 0xFFFF, role, At::End);
                        if word.len() == 3 {
                            vocabulary.hints.note(packed, role, At::Alone);
                        }
                    }
                    match role {
                        Role::Lead => {
                            let first = letter::letters(word).next().unwrap_or_default();
                            vocabulary.leads.entry(first).or_default().push(word.into());
                        }
                        Role::Register | Role::Formula => vocabulary.register.push(word.into()),
                        _ => {}
                    }
                }
            }
        }
        if faults.is_empty() { Ok(vocabulary) } else { Err(faults) }
    }

    /// True if the word has the role.
    #[inline]
    pub(crate) fn is(&self, word: &str, role: Role) -> bool {
        match word.len() {
            3 => self.first_is(word, role),
            // Two looks at small tables settle most questions.
            0..=12 => self.may_begin(word, role) && self.may_end(word, role) && self.is_word(word, role),
            _ => false,
        }
    }

    /// True if the first character of the text is a word of this role.
    #[inline]
    pub(crate) fn first_is(&self, text: &str, role: Role) -> bool {
        text.as_bytes().first_chunk().is_some_and(|first| self.hints.of(first, role, At::Alone))
    }

    /// False if no word of this role begins like the text.
    #[inline]
    pub(crate) fn may_begin(&self, text: &str, role: Role) -> bool {
        text.as_bytes().first_chunk().is_some_and(|first| self.hints.of(first, role, At::Begin))
    }

    /// Bytes of the longest verb that the phrase begins with and that is no part of formulations.
    pub(crate) fn lead(&self, phrase: &str) -> Option<usize> {
        let leads = self.leads.get(&letter::letters(phrase).next()?)?;
        leads.iter().filter(|&lead| phrase.starts_with(&**lead)).map(|lead| lead.len()).max()
    }

    fn is_word(&self, word: &str, role: Role) -> bool {
        pack(word).and_then(|packed| self.words.get(&packed)).is_some_and(|roles| roles & role as u16 != 0)
    }

    /// Words that count for the official register.
    pub(crate) fn register_words(&self) -> impl Iterator<Item = &str> {
        self.register.iter().map(|word| &**word)
    }

    /// False if no word of this role ends like the text.
    pub(crate) fn may_end(&self, text: &str, role: Role) -> bool {
        text.as_bytes().last_chunk().is_some_and(|last| self.hints.of(last, role, At::End))
    }

    /// True if the text ends with a word of this role, of 1 to 4 characters.
    pub(crate) fn ends_with(&self, text: &str, role: Role) -> bool {
        if !self.may_end(text, role) {
            return false;
        }
        let mut starts = text.char_indices().rev().map(|(i, _)| i).take(4);
        starts.any(|i| self.is(&text[i..], role))
    }

    /// Bytes of the longest word of this role, of at most 4 characters, that the text begins with.
    pub(crate) fn starts_with(&self, text: &str, role: Role) -> Option<usize> {
        if !self.may_begin(text, role) {
            return None;
        }
        let ends = text.char_indices().map(|(i, c)| i + c.len_utf8()).take(4);
        ends.filter(|&end| self.is(&text[..end], role)).last()
    }
}

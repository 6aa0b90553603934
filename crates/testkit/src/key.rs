//! The oldest encryption of PDF, by RC4 with 40 bits: enough to test that passwords are asked for. ISO 32000-1, 7.6.

use pdf_writer::Ref;

/// The file identifier, part of every key.
pub(crate) const ID: &[u8; 16] = b"banmian-testkit-";

/// What fills passwords up (algorithm 2, step a).
const FILLING: [u8; 32] = [
    0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08, 0x2E, 0x2E, 0x00,
    0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
];

/// The key of a file.
pub(crate) struct Key {
    key: [u8; 5],
    /// What the encryption dictionary says of the owner's password, which is the same one.
    pub(crate) owner: Vec<u8>,
    /// What it says of the user's.
    pub(crate) user: Vec<u8>,
}

impl Key {
    pub(crate) fn new(password: &str) -> Key {
        let filled: Vec<u8> = password.bytes().chain(FILLING).take(32).collect();
        let owner = rc4(&md5::compute(&filled)[..5], &filled);
        let digest = md5::compute([&filled, &owner, &(-4i32).to_le_bytes()[..], ID].concat());
        let key = [0, 1, 2, 3, 4].map(|i| digest[i]);
        let user = rc4(&key, &FILLING);
        Key { key, owner, user }
    }

    /// Encrypts a string or stream of an object.
    pub(crate) fn lock(&self, object: Ref, bytes: &[u8]) -> Vec<u8> {
        let number = object.get().to_le_bytes();
        let digest = md5::compute([&self.key[..], &number[..3], &[0, 0]].concat());
        rc4(&digest[..10], bytes)
    }
}

fn rc4(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut state: Vec<u8> = (0..=255).collect();
    let mut j = 0u8;
    for i in 0..256 {
        j = j.wrapping_add(state[i]).wrapping_add(key[i % key.len()]);
        state.swap(i, usize::from(j));
    }
    let (mut i, mut j) = (0u8, 0u8);
    let mut next = || {
        i = i.wrapping_add(1);
        j = j.wrapping_add(state[usize::from(i)]);
        state.swap(usize::from(i), usize::from(j));
        state[usize::from(state[usize::from(i)].wrapping_add(state[usize::from(j)]))]
    };
    bytes.iter().map(|b| b ^ next()).collect()
}

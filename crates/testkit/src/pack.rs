//! Archives made in code, the lawful and the other ones.

use std::io::Write;

/// A file of gzip.
pub fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}

/// A frame of Zstandard.
pub fn zst(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// A tar archive of some files, with long names as GNU writes them.
pub fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        if name.contains("../") || name.starts_with('/') {
            // The writer refuses such names.
            header.as_gnu_mut().expect("it was made as one of GNU").name[..name.len()].copy_from_slice(name.as_bytes());
            header.set_cksum();
            builder.append(&header, *bytes).expect("memory takes all");
        } else {
            builder.append_data(&mut header, name, *bytes).expect("memory takes all");
        }
    }
    builder.into_inner().expect("memory takes all")
}

/// A tar archive of a single entry that is no file.
pub fn tar_of(name: &str, kind: tar::EntryType) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(kind);
    header.set_size(0);
    header.set_path(name).expect("memory takes all");
    if kind.is_symlink() || kind.is_hard_link() {
        header.set_link_name("elsewhere.txt").expect("memory takes all");
    }
    header.set_cksum();
    builder.append(&header, &[][..]).expect("memory takes all");
    builder.into_inner().expect("memory takes all")
}

/// An entry of a zip archive.
#[derive(Clone)]
pub struct Entry {
    /// Its name, in any encoding.
    pub name: Vec<u8>,
    /// Its content, not packed.
    pub bytes: Vec<u8>,
    /// 8: Deflate; 0: as is; any other number is written and not meant.
    pub method: u16,
    /// 1: encrypted, 1 << 11: the name is UTF-8.
    pub flags: u16,
    /// Upper half: mode of Unix.
    pub attributes: u32,
    /// Taken from the content of the entry of this number.
    pub content_of: Option<usize>,
    /// Added to the checksum.
    pub wrong_by: u32,
}

impl Entry {
    /// A file packed by Deflate, as any program writes it.
    pub fn new(name: &str, bytes: impl AsRef<[u8]>) -> Entry {
        let (name, bytes) = (name.as_bytes().to_vec(), bytes.as_ref().to_vec());
        Entry { name, bytes, method: 8, flags: 1 << 11, attributes: 0, content_of: None, wrong_by: 0 }
    }
}

/// A zip archive (APPNOTE.TXT 4.3), written by hand, so that it can be wrong in every way.
pub fn zip(entries: &[Entry]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut contents = Vec::new();
    let mut offsets = Vec::new();
    for entry in entries {
        let packed = match entry.method {
            8 => {
                let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
                encoder.write_all(&entry.bytes).expect("memory takes all");
                encoder.finish().expect("memory takes all")
            }
            _ => entry.bytes.clone(),
        };
        let mut crc = flate2::Crc::new();
        crc.update(&entry.bytes);
        let mut head = Vec::new();
        for n in [20, entry.flags, entry.method, 0, 33] {
            head.extend(n.to_le_bytes());
        }
        for n in [crc.sum().wrapping_add(entry.wrong_by), packed.len() as u32, entry.bytes.len() as u32] {
            head.extend(n.to_le_bytes());
        }
        head.extend((entry.name.len() as u16).to_le_bytes());
        head.extend([0, 0]);
        let offset = match entry.content_of {
            Some(other) => offsets[other],
            None => out.len() as u32,
        };
        offsets.push(offset);
        if entry.content_of.is_none() {
            out.extend(b"PK\x03\x04");
            out.extend(&head);
            out.extend(&entry.name);
            out.extend(&packed);
        }
        contents.extend(b"PK\x01\x02\x14\x03");
        contents.extend(&head);
        contents.extend([0; 6]);
        contents.extend(entry.attributes.to_le_bytes());
        contents.extend(offset.to_le_bytes());
        contents.extend(&entry.name);
    }
    let start = out.len() as u32;
    out.extend(&contents);
    out.extend(b"PK\x05\x06\0\0\0\0");
    for _ in 0..2 {
        out.extend((entries.len() as u16).to_le_bytes());
    }
    out.extend((contents.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}

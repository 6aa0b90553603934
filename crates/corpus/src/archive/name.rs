//! Names of entries: from bytes to text, and from any program's way of writing paths to ours.

use encoding_rs::{Encoding, GB18030};

use super::ArchiveError;

/// The name of an entry as text. Names without a mark of their encoding are UTF-8 if they can be, else as
/// `encoding` has it: zip programs on Chinese Windows write GBK and say nothing.
pub(super) fn decode(bytes: &[u8], encoding: Option<&'static Encoding>) -> String {
    if let Ok(name) = std::str::from_utf8(bytes) {
        return name.to_owned();
    }
    match encoding.unwrap_or(GB18030).decode_without_bom_handling(bytes) {
        (name, false) => name.into_owned(),
        (_, true) => bytes.utf8_chunks().fold(String::new(), |mut name, chunk| {
            name.push_str(chunk.valid());
            name.extend(chunk.invalid().iter().map(|b| format!("%{b:02X}")));
            name
        }),
    }
}

/// The name with `/` as separator and nothing idle in it. Names that lead out of the archive are an error, which
/// carries no name: it is told beside the one as it stands.
pub(super) fn clean(name: &str) -> Result<String, ArchiveError> {
    let name = name.replace('\\', "/");
    let drive = name.as_bytes().get(1) == Some(&b':') && name.as_bytes()[0].is_ascii_alphabetic();
    if name.starts_with('/') || drive {
        return Err(ArchiveError::Outside);
    }
    let mut parts = Vec::new();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => return Err(ArchiveError::Outside),
            part => parts.push(part),
        }
    }
    Ok(shown(&parts.join("/")))
}

/// A name fit for a table: control characters as `%0A`.
pub(super) fn shown(name: &str) -> String {
    if !name.contains(char::is_control) {
        return name.to_owned();
    }
    name.chars().fold(String::new(), |mut out, c| {
        match c.is_control() {
            true => out.push_str(&format!("%{:02X}", u32::from(c))),
            false => out.push(c),
        }
        out
    })
}

/// True for what macOS and its Finder add to archives beside the files that people put in.
pub(super) fn is_by_the_way(name: &str) -> bool {
    let mut parts = name.split('/');
    let file = parts.next_back().unwrap_or_default();
    file == ".DS_Store" || file.starts_with("._") || file == "__MACOSX" || parts.any(|part| part == "__MACOSX")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_program_are_read() {
        assert_eq!(decode("1956年/一月.txt".as_bytes(), None), "1956年/一月.txt");
        assert_eq!(decode(&GB18030.encode("临江日报/第1版.txt").0, None), "临江日报/第1版.txt");
        let big5 = encoding_rs::BIG5;
        assert_eq!(decode(&big5.encode("臨江日報/功過.txt").0, Some(big5)), "臨江日報/功過.txt");
        assert_eq!(decode(b"a\xff.txt", None), "a%FF.txt");
    }

    #[test]
    fn names_are_relative_paths() {
        assert_eq!(clean(r"1956\01\.\01.txt").as_deref(), Ok("1956/01/01.txt"));
        assert_eq!(clean("./a//b.txt").as_deref(), Ok("a/b.txt"));
        assert_eq!(clean("a\n.txt").as_deref(), Ok("a%0A.txt"));
        for name in ["../a.txt", "a/../../b.txt", "/etc/a.txt", r"C:\a.txt", r"..\a.txt"] {
            assert_eq!(clean(name), Err(ArchiveError::Outside), "{name}");
        }
    }

    #[test]
    fn what_macos_adds_is_no_page() {
        for name in ["__MACOSX/a/._01.txt", "a/.DS_Store", "a/._01.txt"] {
            assert!(is_by_the_way(name), "{name}");
        }
        assert!(!is_by_the_way("a/01.txt"));
    }
}

//! What a corpus of real folders and files comes to: names, order, and every kind of bad input.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;

use banmian_core::{Issue, Resource};
use banmian_corpus::{
    CorpusPath, FindError, Inputs, Limits, Metadata, PageName, ReadPageError, Reading, Sidecar, Teller, find,
};

fn path(base: &Path, pattern: &str) -> CorpusPath {
    CorpusPath { pattern: pattern.to_owned(), base: base.to_owned() }
}

fn write(base: &Path, name: &str, content: impl AsRef<[u8]>) {
    let path = base.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

fn names(base: &Path, patterns: &[&str]) -> Vec<String> {
    let paths: Vec<_> = patterns.iter().map(|p| path(base, p)).collect();
    find(&paths).unwrap().sources.into_iter().map(|s| s.name).collect()
}

/// Every page or failure of a corpus, as one line.
fn loaded(base: &Path) -> Vec<String> {
    let corpus = find(&[path(base, ".")]).unwrap();
    let listed = corpus.failures.iter().map(|f| format!("{}: {}", f.page, f.error));
    let read = Inputs::new(&corpus.sources).map(|input| match input.load(&Metadata::default()) {
        Ok((page, warning)) => {
            let warning = warning.map_or(String::new(), |w| format!(" ({})", w.error));
            format!("{} {} {:?}{warning}", page.page, page.issue.date, page.text)
        }
        Err(f) => format!("{}: {}", f.page, f.error),
    });
    listed.chain(read).collect()
}

#[test]
fn a_folder_means_its_pages_in_order_of_name() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "b/2.txt", "页");
    write(dir.path(), "b/10.txt", "页");
    write(dir.path(), "a.jsonl", "{}");
    write(dir.path(), "notes.docx", "不是版面");
    let corpus = find(&[path(dir.path(), ".")]).unwrap();
    assert_eq!(corpus.sources.iter().map(|s| &*s.name).collect::<Vec<_>>(), ["a.jsonl", "b/10.txt", "b/2.txt"]);
    assert_eq!(corpus.n_skipped, 1);
}

#[test]
fn globs_name_pages_relative_to_their_fixed_part() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "pages/2023/01.txt", "页");
    write(dir.path(), "pages/2023/02.md", "不读");
    write(dir.path(), "pages/2024/01.txt", "页");
    assert_eq!(names(dir.path(), &["pages/**/*.txt"]), ["2023/01.txt", "2024/01.txt"]);
    assert_eq!(names(dir.path(), &["pages/20?3/*.txt"]), ["2023/01.txt"]);
    assert_eq!(names(dir.path(), &["pages/2023/01.txt"]), ["01.txt"]);
    let error = find(&[path(dir.path(), "pages/*.pdf")]).unwrap_err();
    assert!(matches!(&error[..], [(0, FindError::NoMatch(_))]), "{error:?}");
}

#[test]
fn a_file_reached_twice_is_read_once_and_two_of_one_name_are_a_fault() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "a/01.txt", "甲");
    write(dir.path(), "b/01.txt", "乙");
    assert_eq!(names(dir.path(), &["a", "a/01.txt", "a/*.txt"]), ["01.txt"]);
    let error = find(&[path(dir.path(), "a"), path(dir.path(), "b")]).unwrap_err();
    assert!(matches!(&error[..], [(1, FindError::SameName { name, .. })] if name == "01.txt"), "{error:?}");
}

#[test]
fn bad_files_are_failures_and_the_rest_is_read() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "01-good.txt", "\u{feff}好页\r\n第二行\r\n");
    write(dir.path(), "02-empty.txt", " \n\u{3000}\n");
    write(dir.path(), "03-binary.txt", b"\x89PNG\0\0");
    write(dir.path(), "04-mixed.txt", b"\xe5\xa5\xbd\n\xc4\xe3\xba\xc3\n");
    write(dir.path(), "05-scan.pdf", b"%PDF-1.7");
    assert_eq!(
        loaded(dir.path()),
        [
            "01-good.txt  \"好页\\r\\n第二行\\r\\n\"",
            "02-empty.txt: the page is empty",
            "03-binary.txt: this is binary data, not text (a NUL byte at byte 4)",
            "04-mixed.txt: 1 of its 4 characters cannot be decoded as GB18030, the first on line 1; `replacement-share` \
             allows 0.01: name the `encoding` in `[corpus]`, or convert the file to UTF-8",
            "05-scan.pdf: not a PDF that can be read: it is damaged, cut off, or something else",
        ]
    );
}

#[test]
fn json_lines_may_be_in_any_encoding() {
    let lines = "{\"text\":\"春灌开闸放水，水到田头。\"}\n{\"text\":\"全县秋粮入库，仓满囤流。\"}\n";
    let told = ["a.jsonl#1  \"春灌开闸放水，水到田头。\"", "a.jsonl#2  \"全县秋粮入库，仓满囤流。\""];
    let utf16 =
        |bytes: fn(u16) -> [u8; 2]| format!("\u{feff}{lines}").encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let gb18030 = encoding_rs::GB18030.encode(lines).0.into_owned();
    for bytes in [lines.as_bytes().to_vec(), gb18030, utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)] {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "a.jsonl", bytes);
        assert_eq!(loaded(dir.path()), told);
    }
}

#[test]
fn a_page_larger_than_the_limit_is_refused_and_the_next_is_read() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "a.jsonl", "{\"text\":\"甲乙丙丁戊己庚辛壬癸\"}\n{\"text\":\"甲\"}\n");
    write(dir.path(), "b.txt", "甲乙丙丁戊己庚辛壬癸甲乙丙丁");
    let reading = Reading { limits: Limits { page_bytes: 30, ..Limits::default() }, ..Reading::default() };
    let corpus = find(&[path(dir.path(), ".")]).unwrap();
    let told: Vec<_> = Inputs::new(&corpus.sources)
        .with(reading)
        .map(|input| {
            input.load(&Metadata::default()).map(|(p, _)| p.page).map_err(|f| format!("{}: {}", f.page, f.error))
        })
        .collect();
    let refused = |page| {
        Err(format!("{page}: larger than 30 bytes, the most that a page may hold (`page-bytes` in `[corpus.limits]`)"))
    };
    assert_eq!(told, [refused("a.jsonl#1"), Ok("a.jsonl#2".to_owned()), refused("b.txt")]);
}

#[cfg(unix)]
#[test]
fn a_dangling_link_is_a_failure() {
    let dir = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("nowhere", dir.path().join("x.txt")).unwrap();
    write(dir.path(), "y.txt", "好页");
    assert_eq!(loaded(dir.path()), ["x.txt: cannot be read: no such file or directory", "y.txt  \"好页\""]);
}

#[test]
fn a_vanished_file_is_a_failure() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "x.txt", "好页");
    let corpus = find(&[path(dir.path(), ".")]).unwrap();
    fs::remove_file(dir.path().join("x.txt")).unwrap();
    let failure = Inputs::new(&corpus.sources).next().unwrap().load(&Metadata::default()).unwrap_err();
    assert!(matches!(failure.error, ReadPageError::Io(_)));
}

#[test]
fn a_pattern_in_a_folder_that_is_not_there_matches_nothing() {
    let dir = tempfile::tempdir().unwrap();
    for pattern in ["nosuch/*", "nosuch/**/*.txt"] {
        let error = find(&[path(dir.path(), pattern)]).unwrap_err();
        assert!(matches!(&error[..], [(0, FindError::NoMatch(_))]), "{error:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_failure_of_one_path_does_not_excuse_another() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("empty")).unwrap();
    fs::create_dir(dir.path().join("links")).unwrap();
    std::os::unix::fs::symlink("nowhere", dir.path().join("links/x.txt")).unwrap();
    let error = find(&[path(dir.path(), "links"), path(dir.path(), "empty")]).unwrap_err();
    assert!(matches!(&error[..], [(1, FindError::NoMatch(_))]), "{error:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn names_in_another_encoding_stay_apart() {
    use std::os::unix::ffi::OsStrExt;
    let dir = tempfile::tempdir().unwrap();
    for name in [&b"\xb5\xda1.txt"[..], b"\xb6\xfe1.txt"] {
        fs::write(dir.path().join(std::ffi::OsStr::from_bytes(name)), "页").unwrap();
    }
    assert_eq!(names(dir.path(), &["."]), ["%B5%DA1.txt", "%B6%FE1.txt"]);
}

#[test]
fn a_line_without_name_does_not_take_that_of_another() {
    let dir = tempfile::tempdir().unwrap();
    write(
        dir.path(),
        "c.jsonl",
        "{\"text\":\"甲\"}\n{\"text\":\"乙\",\"page\":\"1\"}\n{\"text\":\"丙\",\"page\":\"\"}\n",
    );
    let told = loaded(dir.path());
    assert_eq!(told[0], "c.jsonl#1  \"甲\"");
    assert!(told[1].contains("another line of this file has the same `page`"), "{told:?}");
    assert_eq!(told[2], "c.jsonl#3  \"丙\"");
}

#[test]
fn json_lines_carry_their_own_names_and_metadata() {
    let dir = tempfile::tempdir().unwrap();
    let lines = [
        r#"{"text":"第一页","date":"2023-02-30","edition":3}"#,
        "",
        r#"{"text":"第三页","page":"头版","date":"20230203"}"#,
        r#"{"text":"又一页","page":"头版"}"#,
        r#"{"words":"没有文字"}"#,
        "不是 JSON",
    ];
    write(dir.path(), "corpus.jsonl", lines.join("\n"));
    assert_eq!(
        loaded(dir.path()),
        [
            "corpus.jsonl#1  \"第一页\" (`2023-02-30` is not a date of the calendar and is passed over)",
            "corpus.jsonl#头版 2023-02-03 \"第三页\"",
            "corpus.jsonl#4: another line of this file has the same `page`; the first one is read",
            "corpus.jsonl#5: line 5: it has no key `text`, and no ready article either (`headline` or `title` with `body`, \
             `paragraphs` or `text`; or `articles`, an array of such)",
            "corpus.jsonl#6: line 6: not a JSON object: expected value at column 1",
        ]
    );
}

#[test]
fn metadata_of_a_line_wins_over_its_name() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "corpus.jsonl", r#"{"text":"页","page":"临江日报/2023-02-03","paper":"大江报"}"#);
    let corpus = find(&[path(dir.path(), ".")]).unwrap();
    let pattern = PageName::new(r"#(?<paper>[^/]+)/(?<date>\d{4}-\d{2}-\d{2})").unwrap();
    let (page, _) = Inputs::new(&corpus.sources)
        .next()
        .unwrap()
        .load(&Metadata { page_name: Some(pattern), ..Metadata::default() })
        .unwrap();
    assert_eq!((&*page.issue.paper, &*page.issue.date), ("大江报", "2023-02-03"));
}

#[test]
fn the_first_teller_who_knows_wins_field_by_field() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "临江日报/2023-02-30/02.txt", "页");
    let corpus = find(&[path(dir.path(), ".")]).unwrap();
    let page_name = PageName::new(r"(?<paper>[^/]+)/(?<date>\d{4}-\d{2}-\d{2})/(?<edition>\d+)").unwrap();
    let text = "page,paper,date\n临江日报/2023-02-30/02.txt,,2023-03-02\n".into();
    let sidecar = Sidecar::read(&Resource { name: "meta.csv".to_owned(), text }).unwrap();
    let mut metadata = Metadata { page_name: Some(page_name), sidecar: Some(sidecar), ..Metadata::default() };
    let mut load = |tellers: &[Teller]| {
        metadata.tellers = tellers.to_vec();
        let (page, warning) = Inputs::new(&corpus.sources).next().unwrap().load(&metadata).unwrap();
        let issue = |i: Issue| [i.paper, i.date, i.edition].join("|");
        (issue(page.issue), page.after_furniture.map(issue), warning.map(|w| w.error.to_string()))
    };
    let wrong = Some("`2023-02-30` is not a date of the calendar and is passed over".to_owned());
    let told = ("临江日报|2023-03-02|02".to_owned(), Some("||".to_owned()), wrong.clone());
    assert_eq!(load(&Teller::ALL), told);
    assert_eq!(load(&[Teller::Sidecar]), ("|2023-03-02|".to_owned(), None, None));
    let late = load(&[Teller::Sidecar, Teller::Furniture, Teller::PageName]);
    assert_eq!(late, ("|2023-03-02|".to_owned(), Some("临江日报||02".to_owned()), wrong));
}

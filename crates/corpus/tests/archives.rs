//! Pages in archives and packed files, and every way an archive can be wrong or hostile.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use banmian_corpus::{Inputs, Limits, Metadata, Reading, Source, TextEncoding};
use banmian_testkit::pack::{Entry, gz, tar, tar_of, zip, zst};
use banmian_testkit::pdf::{Sheet, write};
use encoding_rs::{BIG5, GB18030};
use tar::EntryType;

const SPRING: &str = "春灌开闸放水\n　　本报讯 昨日，临江县东干渠开闸，三万亩麦田浇上头水。\n";
const GRAIN: &str = "秋粮入库\n　　本报讯 全县秋粮入库，仓满囤流。\n";

/// Every page or failure of a file, as one line: name and first line, or what is wrong.
fn told_with(name: &str, bytes: Vec<u8>, limits: Limits) -> Vec<String> {
    let sources = [Source::in_memory(name, bytes)];
    let mut inputs = Inputs::new(&sources).with(Reading { limits, ..Reading::default() });
    let mut told: Vec<_> = inputs
        .by_ref()
        .map(|input| match input.load(&Metadata::default()) {
            Ok((page, _)) => format!("{} {}", page.page, page.text.lines().next().unwrap()),
            Err(f) => format!("{}: {}", f.page, f.error),
        })
        .collect();
    if inputs.skipped() > 0 {
        told.push(format!("{} passed over", inputs.skipped()));
    }
    told
}

fn told(name: &str, bytes: Vec<u8>) -> Vec<String> {
    told_with(name, bytes, Limits::default())
}

fn line(text: &str) -> String {
    format!("{}\n", serde_json::json!({ "text": text }))
}

/// A page of PDF that says one line.
fn pdf(text: &str) -> Vec<u8> {
    let mut sheet = Sheet::new(400.0, 300.0);
    sheet.line(40.0, 60.0, 12.0, text);
    write(&[sheet])
}

#[test]
fn packed_files_are_the_pages_that_they_hold() {
    let jsonl = line(SPRING) + &line(GRAIN);
    for (ending, pack) in [("gz", gz as fn(&[u8]) -> Vec<u8>), ("zst", zst)] {
        assert_eq!(
            told(&format!("01.txt.{ending}"), pack(SPRING.as_bytes())),
            [format!("01.txt.{ending} 春灌开闸放水")]
        );
        let pages = ["1 春灌开闸放水", "2 秋粮入库"].map(|page| format!("a.jsonl.{ending}#{page}"));
        assert_eq!(told(&format!("a.jsonl.{ending}"), pack(jsonl.as_bytes())), pages);
        assert_eq!(told(&format!("a.pdf.{ending}"), pack(&pdf("夏粮丰收"))), [format!("a.pdf.{ending}#1 夏粮丰收")]);
    }
    // Several packed files one behind the other are one file.
    let two = [gz("春灌开闸".as_bytes()), gz("放水".as_bytes())].concat();
    assert_eq!(told("01.txt.gz", two), ["01.txt.gz 春灌开闸放水"]);
    let skipped = b"\x50\x2a\x4d\x18\x03\0\0\0abc".to_vec();
    let two = [zst("春灌开闸".as_bytes()), skipped, zst("放水".as_bytes())].concat();
    assert_eq!(told("01.txt.zst", two), ["01.txt.zst 春灌开闸放水"]);
    // Packed without a word on what it is: text.
    assert_eq!(told("1956-03-08.gz", gz(GRAIN.as_bytes())), ["1956-03-08.gz 秋粮入库"]);
}

/// The same folder in every kind of archive.
fn folder() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("临江日报/1956-03-08/01.txt", SPRING.into()),
        ("临江日报/notes.docx", b"no page".to_vec()),
        ("临江日报/lines.jsonl", (line(SPRING) + &line(GRAIN)).into()),
        ("临江日报/scan.pdf", pdf("夏粮丰收")),
        ("__MACOSX/临江日报/._01.txt", b"\0\x05\x16\x07".to_vec()),
        ("临江日报/.DS_Store", b"\0\0\0\x01".to_vec()),
        ("临江日报/packed.txt.gz", gz(GRAIN.as_bytes())),
    ]
}

#[test]
fn archives_of_every_kind_hold_the_same_pages() {
    let files = folder();
    let borrowed: Vec<_> = files.iter().map(|(name, bytes)| (*name, &bytes[..])).collect();
    let tar = tar(&borrowed);
    let zip = zip(&files.iter().map(|(name, bytes)| Entry::new(name, bytes)).collect::<Vec<_>>());
    for (name, bytes) in [
        ("a.zip", zip.clone()),
        ("a.tar", tar.clone()),
        ("a.tar.gz", gz(&tar)),
        ("a.tgz", gz(&tar)),
        ("a.tar.zst", zst(&tar)),
    ] {
        let pages = [
            "1956-03-08/01.txt 春灌开闸放水",
            "lines.jsonl#1 春灌开闸放水",
            "lines.jsonl#2 秋粮入库",
            "scan.pdf#1 夏粮丰收",
            "packed.txt.gz 秋粮入库",
        ]
        .map(|page| format!("{name}/临江日报/{page}"));
        let expected: Vec<_> = pages.into_iter().chain(["1 passed over".to_owned()]).collect();
        assert_eq!(told(name, bytes), expected);
    }
    // Archives in an archive, two deep.
    let inner = tar_gz_in_zip(&zip);
    assert_eq!(told("b.zip", inner)[0], "b.zip/years.tar.gz/1956.zip/临江日报/1956-03-08/01.txt 春灌开闸放水");
}

fn tar_gz_in_zip(inner: &[u8]) -> Vec<u8> {
    zip(&[Entry::new("years.tar.gz", gz(&tar(&[("1956.zip", inner)])))])
}

#[test]
fn names_without_a_mark_are_read_as_chinese() {
    let entry = |name: &[u8]| Entry { name: name.to_vec(), flags: 0, ..Entry::new("", GRAIN) };
    let archive = zip(&[entry(&GB18030.encode("临江日报/第1版.txt").0), entry("江河.txt".as_bytes())]);
    assert_eq!(told("a.zip", archive), ["a.zip/临江日报/第1版.txt 秋粮入库", "a.zip/江河.txt 秋粮入库"]);
    // The encoding that the suite names is that of the names, too.
    let sources = [Source::in_memory("a.zip", zip(&[entry(&BIG5.encode("臨江/功.txt").0)]))];
    let encoding = TextEncoding::named("big5").unwrap();
    let mut inputs = Inputs::new(&sources).with(Reading { encoding, ..Reading::default() });
    assert_eq!(inputs.next().unwrap().page, "a.zip/臨江/功.txt");
}

#[test]
fn long_names_are_read_whole() {
    let name = format!("{}/01.txt", "临江日报一九五六年合订本/".repeat(12));
    let read = |archive| told("a.tar", archive);
    assert_eq!(read(tar(&[(&name, SPRING.as_bytes())])), [format!("a.tar/{} 春灌开闸放水", name.replace("//", "/"))]);
    // As POSIX writes them.
    let mut builder = tar::Builder::new(Vec::new());
    builder.append_pax_extensions([("path", name.as_bytes())]).unwrap();
    let mut header = tar::Header::new_ustar();
    header.set_size(SPRING.len() as u64);
    header.set_path("01.txt").unwrap();
    header.set_cksum();
    builder.append(&header, SPRING.as_bytes()).unwrap();
    let archive = builder.into_inner().unwrap();
    assert_eq!(read(archive), [format!("a.tar/{} 春灌开闸放水", name.replace("//", "/"))]);
}

#[test]
fn entries_that_are_no_pages_of_the_archive_are_told_and_the_rest_is_read() {
    let outside = "the name leads out of the archive, and the entry is not read: pack it anew with a name from the \
                   archive's root";
    let twice = "another entry of this archive has the same name; the first one is read";
    let entries = [
        Entry::new("../above.txt", SPRING),
        Entry::new("/above/01.txt", SPRING),
        Entry::new("01.txt", SPRING),
        Entry::new("01.txt", GRAIN),
        Entry { flags: 1, ..Entry::new("secret.txt", "abcdefghijklmnop") },
        Entry { method: 9, ..Entry::new("rare.txt", SPRING) },
        Entry { attributes: 0o120_777 << 16, ..Entry::new("link.txt", "01.txt") },
        Entry { wrong_by: 1, ..Entry::new("wrong.txt", SPRING) },
        Entry::new("02.txt", GRAIN),
    ];
    assert_eq!(
        told("a.zip", zip(&entries)),
        [
            format!("a.zip/../above.txt: {outside}"),
            format!("a.zip//above/01.txt: {outside}"),
            "a.zip/01.txt 春灌开闸放水".to_owned(),
            format!("a.zip/01.txt: {twice}"),
            "a.zip/secret.txt: encrypted: unpack it with its password, and give the file or an archive without one".to_owned(),
            "a.zip/rare.txt: packed by method Deflate64, which is not read: pack it anew by Deflate, the usual method".to_owned(),
            "a.zip/link.txt: a link, not a file: pack the file itself in its place".to_owned(),
            "a.zip/wrong.txt: the zip archive is damaged or cut off: fetch or pack it anew; what stands before the damage is \
             read".to_owned(),
            "a.zip/02.txt 秋粮入库".to_owned(),
        ]
    );
    let tar = tar(&[("../above.txt", SPRING.as_bytes()), ("01.txt", SPRING.as_bytes()), ("./01.txt", b"x")]);
    assert_eq!(
        told("a.tar", tar),
        [
            format!("a.tar/../above.txt: {outside}"),
            "a.tar/01.txt 春灌开闸放水".to_owned(),
            format!("a.tar/01.txt: {twice}"),
        ]
    );
}

#[test]
fn links_and_devices_are_told() {
    for (kind, what) in [
        (EntryType::Symlink, "a link, not a file: pack the file itself in its place"),
        (EntryType::Link, "a link, not a file: pack the file itself in its place"),
        (EntryType::Char, "a device, not a file that can be read: pack its content as a file"),
        (EntryType::Block, "a device, not a file that can be read: pack its content as a file"),
        (EntryType::Fifo, "a pipe, not a file that can be read: pack its content as a file"),
    ] {
        assert_eq!(told("a.tar", tar_of("x.txt", kind)), [format!("a.tar/x.txt: {what}")]);
        // It may stand for a folder of pages.
        assert_eq!(told("a.tar", tar_of("latest", kind)), [format!("a.tar/latest: {what}")]);
        assert_eq!(told("a.tar", tar_of("x.png", kind)), ["1 passed over"]);
    }
}

#[test]
fn what_is_cut_off_or_changed_is_told_and_what_stands_before_is_read() {
    let spring: String = (0..3000).map(|i| format!("{}第{i}渠开闸放水。\n", i * 7919 % 1000)).collect();
    let tar = tar(&[("01.txt", SPRING.as_bytes()), ("02.txt", spring.as_bytes()), ("03.txt", GRAIN.as_bytes())]);
    let damaged = |what| {
        format!("the {what} is damaged or cut off: fetch or pack it anew; what stands before the damage is read")
    };
    let cut = told("a.tar", tar[..4000].to_vec());
    assert_eq!(cut[0], "a.tar/01.txt 春灌开闸放水");
    assert_eq!(cut[1], format!("a.tar/02.txt: {}", damaged("tar archive")));
    // Cut off between two entries: the end mark is missing.
    assert_eq!(
        told("a.tar", tar[..1024].to_vec()),
        ["a.tar/01.txt 春灌开闸放水", &format!("a.tar: {}", damaged("tar archive"))]
    );
    let packed = gz(&tar);
    let cut = told("a.tgz", packed[..packed.len() / 2].to_vec());
    assert_eq!(
        (&*cut[0], &*cut[1]),
        ("a.tgz/01.txt 春灌开闸放水", &*format!("a.tgz/02.txt: {}", damaged("gzip file")))
    );
    // The last bytes are the checksum.
    let mut wrong = packed.clone();
    *wrong.iter_mut().nth_back(5).unwrap() ^= 1;
    assert_eq!(told("a.tgz", wrong).last().unwrap(), &format!("a.tgz: {}", damaged("gzip file")));
    let packed = zst(spring.as_bytes());
    assert_eq!(
        told("a.txt.zst", packed[..packed.len() - 9].to_vec()),
        [format!("a.txt.zst: {}", damaged("Zstandard file"))]
    );
    let packed = gz((line(SPRING) + &line(&spring)).as_bytes());
    let cut = told("a.jsonl.gz", packed[..packed.len() - 20].to_vec());
    assert_eq!(cut, ["a.jsonl.gz#1 春灌开闸放水", &format!("a.jsonl.gz#2: {}", damaged("gzip file"))]);
    let unreadable = "not a zip archive that can be read: it is damaged, cut off, or something else";
    let whole = zip(&[Entry::new("01.txt", SPRING)]);
    assert_eq!(told("a.zip", whole[..whole.len() - 30].to_vec()), [format!("a.zip: {unreadable}")]);
    assert_eq!(told("a.zip", SPRING.into()), [format!("a.zip: {unreadable}")]);
    assert_eq!(told("a.zip", Vec::new()), [format!("a.zip: {unreadable}")]);
    assert_eq!(told("a.tar", Vec::new()), [format!("a.tar: {}", damaged("tar archive"))]);
    // An archive that is whole around one that is not.
    let outer = zip(&[Entry::new("in.zip", b"PK"), Entry::new("02.txt", GRAIN)]);
    assert_eq!(told("a.zip", outer), [format!("a.zip/in.zip: {unreadable}"), "a.zip/02.txt 秋粮入库".to_owned()]);
}

fn spent(most: u64, key: &str) -> String {
    format!(
        "the archive unpacks to more than {most} bytes, and the rest of it is not read: a bomb, or raise `{key}` in \
         `[corpus.limits]`"
    )
}

#[test]
fn bombs_end_at_the_limits() {
    // Twenty megabytes of spaces in twenty kilobytes, as text, as one line, in archives, in themselves.
    let spaces = vec![b' '; 20 << 20];
    let limits = Limits { archive_ratio: 10, ..Limits::default() };
    let ratio = spent(10 << 20, "archive-ratio");
    let told = |name: &str, bytes| told_with(name, bytes, limits.clone());
    assert_eq!(told("a.txt.gz", gz(&spaces)), [format!("a.txt.gz: {ratio}")]);
    assert_eq!(told("a.jsonl.gz", gz(&spaces)), [format!("a.jsonl.gz#1: {ratio}")]);
    let entries = [Entry::new("01.txt", SPRING), Entry::new("in.txt.gz", gz(&spaces)), Entry::new("02.txt", GRAIN)];
    assert_eq!(told("a.zip", zip(&entries)), ["a.zip/01.txt 春灌开闸放水", &format!("a.zip/in.txt.gz: {ratio}")]);
    // All levels share one budget.
    let pages: Vec<_> = (0..6).map(|i| Entry::new(&format!("{i}.txt"), &spaces[..2 << 20])).collect();
    let nested = zip(&[Entry::new("a.zip", zip(&pages[..3])), Entry::new("b.zip", zip(&pages[3..]))]);
    assert_eq!(told("n.zip", nested).last().unwrap(), &format!("n.zip/b.zip/4.txt: {ratio}"));
    // A file of the archive that is no page counts as well once it must be read through.
    let tar = gz(&tar(&[("x.png", &spaces), ("01.txt", SPRING.as_bytes())]));
    assert_eq!(told("a.tgz", tar), [format!("a.tgz: {ratio}"), "1 passed over".to_owned()]);
    // The same by bytes.
    let limits = Limits { archive_bytes: 1 << 20, ..Limits::default() };
    let told = told_with("a.zip", zip(&entries), limits);
    assert_eq!(told[1], format!("a.zip/in.txt.gz: {}", spent(1 << 20, "archive-bytes")));
}

#[test]
fn overlapping_entries_are_a_bomb() {
    let kernel = Entry::new("0.txt", "春灌".repeat(5000));
    let quote = |i| Entry { content_of: Some(0), ..Entry { name: format!("{i}.txt").into(), ..kernel.clone() } };
    let entries: Vec<_> = [kernel.clone()].into_iter().chain((1..400).map(quote)).collect();
    let told = told("a.zip", zip(&entries));
    assert!(told.len() < 399, "{} entries read", told.len());
    assert_eq!(
        told.last().unwrap(),
        "a.zip: entries lie one over the other, as in a bomb: the rest of the archive is not read"
    );
}

#[test]
fn depth_and_sizes_within_archives_are_limited() {
    let mut archive = zip(&[Entry::new("01.txt", SPRING)]);
    for i in (0..6).rev() {
        archive = zip(&[Entry::new(&format!("{i}.zip"), archive)]);
    }
    let deep = "an archive within 3 archives within archives is not opened: unpack it, or raise `archive-depth` in \
                `[corpus.limits]`";
    assert_eq!(told("a.zip", archive.clone()), [format!("a.zip/0.zip/1.zip/2.zip/3.zip: {deep}")]);
    let limits = Limits { archive_depth: 7, ..Limits::default() };
    assert_eq!(told_with("a.zip", archive, limits), ["a.zip/0.zip/1.zip/2.zip/3.zip/4.zip/5.zip/01.txt 春灌开闸放水"]);
    let stored = Entry { method: 0, ..Entry::new("01.txt", SPRING) };
    let large = zip(&[Entry::new("in.zip", zip(&vec![stored; 3])), Entry::new("02.txt", GRAIN)]);
    let limits = Limits { inner_zip_bytes: 300, ..Limits::default() };
    let told = told_with("a.zip", large, limits);
    assert!(told[0].contains("this one has more than 300 bytes: unpack it, or raise `inner-zip-bytes`"), "{told:?}");
    assert_eq!(told[1], "a.zip/02.txt 秋粮入库");
    let limits = Limits { page_bytes: 100, ..Limits::default() };
    let told = told_with("a.zip", zip(&[Entry::new("01.txt", SPRING), Entry::new("02.txt", GRAIN)]), limits);
    assert_eq!(
        told[0],
        "a.zip/01.txt: larger than 100 bytes, the most that a page may hold (`page-bytes` in `[corpus.limits]`)"
    );
    assert_eq!(told[1], "a.zip/02.txt 秋粮入库");
}

#[test]
fn very_many_entries_end_at_the_limit() {
    let many = "the archive has more than 1000 entries, and the rest of it is not read: divide it, or raise \
                `archive-entries` in `[corpus.limits]`";
    let limits = Limits { archive_entries: 1000, ..Limits::default() };
    // A zip says at once how many it has; a tar archive only as it is read.
    let entry = Entry { method: 0, ..Entry::new("x.png", "") };
    assert_eq!(told_with("a.zip", zip(&vec![entry; 60_000]), limits.clone()), [format!("a.zip: {many}")]);
    let empty = tar_of("x.png", EntryType::Regular);
    // Ten members of a hundred thousand each, as `cat` makes one file of many.
    let million = [gz(&empty[..512].repeat(100_000)).repeat(10), gz(&[0; 1024])].concat();
    let with = |archive_entries| Limits { archive_entries, archive_ratio: 2000, ..Limits::default() };
    let passed_over = "1000 passed over".to_owned();
    assert_eq!(told_with("a.tgz", million.clone(), with(1000)), [format!("a.tgz: {many}"), passed_over]);
    let many = many.replace("1000", "999999");
    let passed_over = "999999 passed over".to_owned();
    assert_eq!(told_with("a.tgz", million.clone(), with(999_999)), [format!("a.tgz: {many}"), passed_over]);
    // Within the limit they are counted and nothing else.
    assert_eq!(told_with("a.tgz", million, with(1_000_000)), ["1000000 passed over"]);
}

#[test]
fn damaged_archives_are_pages_or_failures() {
    let files = folder();
    let borrowed: Vec<_> = files.iter().map(|(name, bytes)| (*name, &bytes[..])).collect();
    let tar = tar(&borrowed);
    let zip = zip(&files.iter().map(|(name, bytes)| Entry::new(name, bytes)).collect::<Vec<_>>());
    // Xorshift (Marsaglia 2003).
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut below = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % n as u64) as usize
    };
    let limits = Limits { page_bytes: 1 << 20, inner_zip_bytes: 1 << 20, archive_ratio: 20, ..Limits::default() };
    let kinds = [
        ("a.zip", zip.clone()),
        ("a.tar", tar.clone()),
        ("a.tgz", gz(&tar)),
        ("a.tar.zst", zst(&tar)),
        ("b.tar", tar_of("x.txt", EntryType::GNULongName)),
        ("n.zip", tar_gz_in_zip(&zip)),
    ];
    for (name, whole) in kinds {
        let told = (0..200).map(|variant| {
            let mut bytes = whole.clone();
            match variant % 3 {
                0 => bytes.truncate(below(whole.len())),
                1 => (0..1 + below(20)).for_each(|_| {
                    let at = below(whole.len());
                    bytes[at] ^= 1 << below(8);
                }),
                _ => {
                    let (from, length) = (below(whole.len()), below(2000));
                    let piece = whole[from..whole.len().min(from + length)].to_vec();
                    let at = below(whole.len());
                    bytes.splice(at..at, piece);
                }
            }
            told_with(name, bytes, limits.clone())
        });
        let told: Vec<String> = told.flatten().collect();
        assert!(told.len() > 100, "{name}: {}", told.len());
        let panics = told.iter().filter(|line| line.contains("reading it failed (")).collect::<Vec<_>>();
        assert!(panics.is_empty(), "{name}: {panics:?}");
    }
}

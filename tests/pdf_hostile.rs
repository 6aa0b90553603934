//! PDF files that are damaged or mean harm: each is pages or failures, within the limits of memory and work.

use banmian_corpus::{PdfError, PdfFile, PdfSettings};
use banmian_testkit::pdf::{Columns, Sheet, Writing, with_locked_object_stream, with_object_stream, write, write_as};

const REPORT: &[&str] = &[
    "本报临江讯（记者苗青）三月二日上午，柳湾大桥的最后一段桥面浇筑完毕，两岸的群众从清早起就站在河堤上等候，看着工人把最后一车混凝土送上桥面。",
    "这座桥长四百一十米，是柳湾镇两岸的第一座公路桥。过去，两岸的学生要坐渡船上学，遇到大水就得停课。桥修成以后，孩子们走路只要十分钟。",
];

fn sheet() -> Sheet {
    let mut sheet = Sheet::new(700.0, 500.0);
    sheet.centred(40.0, 560.0, 70.0, 28.0, "柳湾大桥桥面合龙");
    sheet.columns(&Columns { x: 40.0, y: 90.0, count: 3, chars: 18, size: 10.0, gutter: 14.0, paragraphs: REPORT });
    sheet
}

/// Chance that is the same in every run: xorshift (Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

/// A file cut off, with bits turned, digits changed, or a piece of it doubled.
fn damaged(whole: &[u8], variant: usize, chance: &mut Chance) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    match variant % 4 {
        0 => bytes.truncate(chance.below(whole.len())),
        1 => (0..1 + chance.below(40)).for_each(|_| {
            let at = chance.below(whole.len());
            bytes[at] ^= 1 << chance.below(8);
        }),
        2 => (0..1 + chance.below(20)).for_each(|_| {
            let digits: Vec<usize> = (0..bytes.len()).filter(|&i| bytes[i].is_ascii_digit()).collect();
            bytes[digits[chance.below(digits.len())]] = b'0' + chance.below(10) as u8;
        }),
        _ => {
            let (from, length) = (chance.below(whole.len()), chance.below(2000));
            let piece = whole[from..whole.len().min(from + length)].to_vec();
            let at = chance.below(whole.len());
            bytes.splice(at..at, piece);
        }
    }
    bytes
}

/// How many pages of a file are read, and how many failures it comes to.
fn read(bytes: Vec<u8>, settings: &PdfSettings) -> (usize, usize) {
    let Ok(file) = PdfFile::read(bytes, settings) else { return (0, 1) };
    let pages = (0..file.pages()).map(|n| file.page(n, settings));
    pages.fold((0, 0), |(read, failed), page| match page {
        Ok(page) => {
            let raw = banmian_layout::RawText { text: &page.text, print: Some(&page.print), marks: None };
            banmian_layout::read_page("p", banmian_core::Issue::default(), raw);
            (read + 1, failed)
        }
        Err(_) => (read, failed + 1),
    })
}

#[test]
fn two_hundred_damaged_variants_of_each_file_are_pages_or_failures() {
    let plain = write(&[sheet(), sheet()]);
    let embedded = write_as(&[sheet()], Writing { embedded: true, ..Writing::default() });
    let encrypted = write_as(&[sheet()], Writing { password: Some("1962"), ..Writing::default() });
    let settings = PdfSettings { passwords: vec!["1962".to_owned()], ..PdfSettings::default() };
    let before = peak();
    std::panic::set_hook(Box::new(|_| {}));
    let files = [plain.clone(), with_object_stream(&plain), with_object_stream(&embedded), embedded, encrypted];
    let told = files.map(|whole| {
        let mut chance = Chance(0x2545_f491_4f6c_dd1d);
        (0..200).fold((0, 0), |sum, variant| {
            let (pages, failures) = read(damaged(&whole, variant, &mut chance), &settings);
            (sum.0 + pages, sum.1 + failures)
        })
    });
    let _ = std::panic::take_hook();
    assert!(told.iter().all(|(pages, failures)| *pages > 20 && *failures > 10), "pages and failures: {told:?}");
    // The most memory this process ever had, tests beside this one included.
    if let (Some(before), Some(after)) = (before, peak()) {
        assert!(after < 300 << 20, "{} MB of memory, {} MB before", after >> 20, before >> 20);
    }
}

/// The most memory that this process ever had, in bytes, where the system tells it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? << 10)
}

/// A file of one page with this content and these objects more, from number 10 on.
fn file(content: &str, objects: &[String]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut add = |number: usize, body: &str| out.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
    add(1, "<< /Type /Catalog /Pages 2 0 R >>");
    add(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    add(
        3,
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /X 10 0 R >> >> >>",
    );
    add(4, &format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    objects.iter().zip(10..).for_each(|(body, number)| add(number, body));
    // Without a table the reader looks for objects itself.
    out.extend(b"trailer\n<< /Root 1 0 R /Size 100 >>\n%%EOF\n");
    out
}

fn form(content: &str, next: Option<usize>) -> String {
    let resources = next.map_or(String::new(), |next| format!("/Resources << /XObject << /X {next} 0 R >> >>"));
    format!(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] {resources} /Length {} >>\nstream\n{content}\nendstream",
        content.len()
    )
}

fn limit_of(bytes: Vec<u8>, settings: &PdfSettings) -> Option<&'static str> {
    let page = PdfFile::read(bytes, settings).and_then(|file| file.page(0, settings));
    match page {
        Err(PdfError::Limit { key, .. }) => Some(key),
        _ => None,
    }
}

#[test]
fn forms_that_draw_forms_count_as_often_as_they_are_drawn() {
    let settings = PdfSettings::default();
    // Twenty forms, each of which draws the next ten times.
    let forms: Vec<String> = (0..20).map(|i| form(&"/X Do ".repeat(10), (i < 19).then_some(11 + i))).collect();
    assert_eq!(limit_of(file("/X Do", &forms), &settings), Some("max-decoded-bytes"));
    // One that draws itself: no reader follows it.
    assert_eq!(limit_of(file("/X Do", &[form("/X Do /X Do", Some(10))]), &settings), None);
    // A large one drawn many times.
    let large = form(&" ".repeat(100_000), None);
    assert_eq!(
        limit_of(file(&"/X Do ".repeat(1000), std::slice::from_ref(&large)), &settings),
        Some("max-decoded-bytes")
    );
    assert_eq!(limit_of(file("/X Do /X Do", &[large]), &settings), None);
}

#[test]
fn every_filter_and_encrypted_streams_count() {
    let settings =
        PdfSettings { passwords: vec!["1962".to_owned()], max_decoded_bytes: 100_000, ..PdfSettings::default() };
    // A run of 128 spaces, in hexadecimal digits.
    let runs = "8120".repeat(1000);
    let stream = |filters: &str, data: &str| {
        let head = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9]";
        format!("{head} /Filter {filters} /Length {} >>\nstream\n{data}\nendstream", data.len())
    };
    let chain = stream("[/ASCIIHexDecode /RunLengthDecode]", &runs);
    assert_eq!(limit_of(file("", &[chain]), &settings), Some("max-decoded-bytes"));
    // A filter that is named elsewhere.
    let aside = [stream("11 0 R", &runs), "[/AHx /RL]".to_owned()];
    assert_eq!(limit_of(file("", &aside), &settings), Some("max-decoded-bytes"));
    let few = stream("[/ASCIIHexDecode /RunLengthDecode]", &runs[..2000]);
    assert_eq!(limit_of(file("", &[few]), &settings), None);
    // The font of this file has 180 kilobytes, nearly all of them zero.
    let encrypted = write_as(&[sheet()], Writing { password: Some("1962"), embedded: true, ..Writing::default() });
    assert_eq!(limit_of(encrypted.clone(), &settings), Some("max-decoded-bytes"));
    let settings = PdfSettings { max_decoded_bytes: 200_000, ..settings };
    assert_eq!(limit_of(encrypted, &settings), None);
}

#[test]
fn object_streams_count_together() {
    let file = with_object_stream(&write(&vec![Sheet::new(700.0, 500.0); 300]));
    let settings = PdfSettings { max_decoded_bytes: 10_000, ..PdfSettings::default() };
    assert_eq!(limit_of(file.clone(), &settings), Some("max-decoded-bytes"));
    assert_eq!(limit_of(file, &PdfSettings::default()), None);
}

#[test]
fn object_streams_of_encrypted_files_count_before_they_are_unpacked() {
    // Pages that differ in nothing pack two hundred to one.
    let plain = write(&vec![Sheet::new(700.0, 500.0); 20_000]);
    let file = with_locked_object_stream(&plain, "1962");
    let settings = |passwords: &[&str], max_decoded_bytes| PdfSettings {
        passwords: passwords.iter().map(|&p| p.to_owned()).collect(),
        max_decoded_bytes,
        max_pages: 20_000,
        ..PdfSettings::default()
    };
    assert_eq!(limit_of(file.clone(), &settings(&["1962"], 2_000_000)), Some("max-decoded-bytes"));
    let opened = PdfFile::read(file.clone(), &settings(&["1962"], 16 << 20)).expect("within the limit");
    assert_eq!(opened.pages(), 20_000);
    // Without the password nothing is unpacked at all.
    let refused = PdfFile::read(file, &settings(&["1961"], 2_000_000)).expect_err("locked");
    assert_eq!(refused, PdfError::Password);
}

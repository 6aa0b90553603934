//! Pages from PDF: text and articles of pages set by the tests themselves. All persons and events are invented.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use banmian_testkit::pdf::{Columns, Sheet, write};

fn banmian(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_banmian")).current_dir(folder).args(args).output().expect("the program starts")
}

/// What `banmian pages` prints of a PDF of these pages.
fn pages(sheets: &[Sheet]) -> String {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("page.pdf"), write(sheets)).expect("a file");
    let output = banmian(dir.path(), &["pages", "page.pdf"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("output is UTF-8").trim_end().to_owned()
}

const BRIDGE: &[&str] = &[
    "本报临江讯（记者苗青）三月二日上午，柳湾大桥的最后一段桥面浇筑完毕，两岸的群众从清早起就站在河堤上等候，看着工人把最后一车混凝土送上桥面。",
    "这座桥长四百一十米，是柳湾镇两岸的第一座公路桥。过去，两岸的学生要坐渡船上学，遇到大水就得停课。桥修成以后，孩子们走路只要十分钟。",
    "施工队队长何满仓说，冬天水枯，他们抓住时机打完了桥墩，春节也没有回家。全桥预计四月底通车，届时镇上的班车将改走新桥，去县城的路程缩短一半。",
];

#[test]
fn columns_of_letters_set_one_by_one_are_read_one_after_the_other() {
    let mut sheet = Sheet::new(700.0, 500.0);
    sheet.centred(40.0, 560.0, 70.0, 28.0, "柳湾大桥桥面合龙");
    sheet.columns(&Columns { x: 40.0, y: 90.0, count: 3, chars: 18, size: 10.0, gutter: 14.0, paragraphs: BRIDGE });
    sheet.shuffle(7);
    let told = pages(&[sheet]);
    let expected = format!(
        "── page.pdf#1 · 1 article ──\n\n── 1 · news · confidence 95 % · 记者 苗青 ──\nmain: 柳湾大桥桥面合龙\n　　{}",
        BRIDGE.join("\n　　")
    );
    assert_eq!(told, expected);
}

fn bridge() -> Sheet {
    let mut sheet = Sheet::new(700.0, 500.0);
    sheet.centred(40.0, 560.0, 70.0, 28.0, "柳湾大桥桥面合龙");
    sheet.columns(&Columns { x: 40.0, y: 90.0, count: 3, chars: 18, size: 10.0, gutter: 14.0, paragraphs: BRIDGE });
    sheet
}

#[test]
fn a_layer_of_unseen_text_and_a_turned_page_say_the_same() {
    let plain = pages(&[bridge()]);
    let (mut unseen, mut turned) = (bridge(), bridge());
    unseen.invisible = true;
    turned.rotate = 90;
    assert_eq!(pages(&[unseen]), plain);
    assert_eq!(pages(&[turned]), plain);
}

#[test]
fn a_scanned_page_says_so_and_the_others_are_read() {
    let mut scan = Sheet::new(700.0, 500.0);
    scan.picture(0.0, 0.0, 700.0, 500.0);
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("page.pdf"), write(&[scan, bridge()])).expect("a file");
    let output = banmian(dir.path(), &["pages", "page.pdf"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("page.pdf#1: a scanned page without a text layer"));
    assert!(String::from_utf8_lossy(&output.stdout).contains("page.pdf#2"));
}

#[test]
fn two_hundred_damaged_files_are_pages_or_failures() {
    let whole = write(&[bridge(), bridge()]);
    let settings = banmian_corpus::PdfSettings::default();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut below = |n: usize| {
        // Xorshift (Marsaglia 2003).
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % n as u64) as usize
    };
    let (mut read, mut failed) = (0, 0);
    std::panic::set_hook(Box::new(|_| {}));
    for variant in 0..200 {
        let mut bytes = whole.clone();
        match variant % 4 {
            0 => bytes.truncate(below(whole.len())),
            1 => (0..1 + below(40)).for_each(|_| {
                let at = below(whole.len());
                bytes[at] ^= 1 << below(8);
            }),
            2 => (0..1 + below(20)).for_each(|_| {
                let digits: Vec<usize> = (0..bytes.len()).filter(|&i| bytes[i].is_ascii_digit()).collect();
                bytes[digits[below(digits.len())]] = b'0' + below(10) as u8;
            }),
            _ => {
                let (from, length) = (below(whole.len()), below(2000));
                let piece = whole[from..whole.len().min(from + length)].to_vec();
                let at = below(whole.len());
                bytes.splice(at..at, piece);
            }
        }
        match banmian_corpus::PdfFile::read(bytes, &settings) {
            Ok(file) => (0..file.pages()).for_each(|n| match file.page(n, &settings) {
                Ok(page) => {
                    let raw = banmian_layout::RawText { text: &page.text, print: Some(&page.print), marks: None };
                    banmian_layout::read_page("p", banmian_core::Issue::default(), raw);
                    read += 1;
                }
                Err(_) => failed += 1,
            }),
            Err(_) => failed += 1,
        }
    }
    let _ = std::panic::take_hook();
    assert!(read > 100 && failed > 10, "{read} pages read, {failed} failures");
}

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
        "── page.pdf#1 · 1 article ──\n\n── 1 · news · 记者 苗青 ──\nmain: 柳湾大桥桥面合龙\n　　{}",
        BRIDGE.join("\n　　")
    );
    assert_eq!(told, expected);
}

//! How fast pages are rebuilt, from a small page to one of ten megabytes: the figures per byte should
//! be the same.
#![allow(missing_docs, reason = "a benchmark")]

use banmian_core::Issue;
use banmian_layout::read_page;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

/// An invented page in the manner of a county paper: headline, dateline, columns of 18 characters.
fn page(articles: usize) -> String {
    const TOWNS: [&str; 8] = ["河洮", "洮阳", "青溪", "松岭", "白鹿", "沙湾", "东屏", "柳林"];
    const CLAUSES: [&str; 12] = [
        "会议总结了今年以来的各项工作",
        "要求各级干部深入基层调查研究",
        "着力解决群众反映强烈的突出问题",
        "果品产业已经成为农民增收的主要来源",
        "全县共完成造林三万二千亩",
        "各乡镇都组织了形式多样的活动",
        "与会人员就下一步打算交换了意见",
        "合作社的社员们忙着分拣装箱",
        "从播种到收获都有技术员上门指导",
        "学校操场上传来孩子们的笑声",
        "新修的水渠绕过村口流进梯田",
        "老人们坐在树下谈论今年的收成",
    ];
    let mut out = String::from("河洮日报\n2023年2月2日 星期四\n责编：王小川 校对：李 山\n");
    let mut seed = 7usize;
    let mut draw = |n: usize| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) % n
    };
    for a in 0..articles {
        let town = TOWNS[draw(8)];
        out.push_str(&format!("\n{town}县召开第{}次现场会\n", a % 90 + 1));
        for p in 0..2 + draw(4) {
            let mut text = if p == 0 {
                format!(
                    "本报{town}讯（通讯员王小川）{} 月{} 日，{town}县召开第{}次现场会",
                    a % 12 + 1,
                    a % 28 + 1,
                    a % 90 + 1
                )
            } else {
                "据介绍".to_owned()
            };
            for _ in 0..4 + draw(8) {
                text.push_str(if draw(3) == 0 { "。" } else { "，" });
                text.push_str(CLAUSES[draw(12)]);
            }
            text.push('。');
            let chars: Vec<char> = text.chars().collect();
            let mut at = 0;
            let mut width = 16;
            while at < chars.len() {
                let end = (at + width).min(chars.len());
                out.extend(&chars[at..end]);
                out.push('\n');
                at = end;
                width = 18;
            }
        }
    }
    out
}

#[divan::bench(args = [8, 80, 800, 10_000])]
fn rebuild(bencher: divan::Bencher<'_, '_>, articles: usize) {
    let raw = page(articles);
    bencher.counter(BytesCount::of_str(&raw)).bench(|| read_page("p", Issue::default(), &raw));
}

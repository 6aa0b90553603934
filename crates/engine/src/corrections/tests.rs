use std::sync::Arc;

use banmian_core::{FaultPlace, Issue};

use super::*;

const PAGE: &str = "── 旧报/03.txt · 2 articles ──

── 1 · news · 记者 苗青 ──
main: 水到田头
　　本报临江讯 记者苗青报道：三月二日，东干渠开闸放水。
　　今年水量比去年多两成。

── 2 · news · 通讯员 田小禾 ──
main: 春灌开闸放水
　　通讯员田小禾报道：下游各队连夜整修毛渠。

── unattached ──
　　上下一心

── furniture ──
　　一九六二年三月四日
";

fn read(text: &str) -> Result<Corrections, Vec<String>> {
    let resource = Resource { name: "corrections.toml".to_owned(), text: Arc::from(text) };
    let told = |fault: Fault| match fault.place {
        FaultPlace::File { text, range, .. } => format!("{} | {}", fault.message, &text[range]),
        _ => fault.message,
    };
    Corrections::read(&resource).map_err(|faults| faults.into_iter().map(told).collect())
}

fn corrected(entry: &str) -> (String, Vec<String>) {
    let head = "page = \"旧报/03.txt\"\nby = \"馆员甲\"\non = \"2026-11-02\"\n";
    let corrections = read(&entry.replace("]]\n", &format!("]]\n{head}"))).expect("the file is well formed");
    let mut page = banmian_layout::read_page("旧报/03.txt", Issue::default(), PAGE);
    let raw: Vec<&str> = PAGE.lines().collect();
    let (_, misfits) = corrections.of("旧报/03.txt").expect("the page is corrected").apply(&mut page);
    // Every character still points at where it stands on the page as it came.
    for (at, c) in page.text.char_indices().filter(|(_, c)| *c != '\n') {
        let (line, column) = page.source.raw_place(&page.text, at);
        assert_eq!(raw[line as usize - 1].chars().nth(column as usize - 1), Some(c), "at {line}:{column}");
    }
    for byline in page.articles.iter().flat_map(|a| &a.byline) {
        assert_eq!(page.slice(byline.range), byline.name);
    }
    let pieces = page.pieces.iter().map(|p| {
        let article = p.article.map_or("-".to_owned(), |a| (a + 1).to_string());
        format!("{article} {} {}\n", p.part.name(), page.slice(p.range))
    });
    let issue = [&*page.issue.paper, &*page.issue.date, &*page.issue.edition].concat();
    (issue + "\n" + &pieces.collect::<String>(), misfits)
}

#[test]
fn a_headline_is_moved_to_its_article() {
    let entry = "[[article]]\ntext = \"东干渠\"\nmain = \"春灌 开闸放水\"\nkicker = \"上下一心\"\nheadings = [\"今年水量比去年多两成。\"]\nkind = \"feature\"\n";
    let (page, misfits) = corrected(entry);
    assert_eq!(misfits, [] as [String; 0]);
    let expected = "
1 kicker 上下一心
1 main 春灌开闸放水
1 body 本报临江讯 记者苗青报道：三月二日，东干渠开闸放水。
1 section-heading 今年水量比去年多两成。
2 body 通讯员田小禾报道：下游各队连夜整修毛渠。
- unattached 水到田头
- furniture 一九六二年三月四日
";
    assert_eq!(page, expected);
}

#[test]
fn two_articles_become_one() {
    let (page, misfits) = corrected("[[article]]\ntext = \"东干渠\"\njoined_by = [\"连夜整修\"]\n");
    assert_eq!(misfits, [] as [String; 0]);
    let expected = "
1 main 水到田头
1 body 本报临江讯 记者苗青报道：三月二日，东干渠开闸放水。
1 body 今年水量比去年多两成。
1 section-heading 春灌开闸放水
1 body 通讯员田小禾报道：下游各队连夜整修毛渠。
- unattached 上下一心
- furniture 一九六二年三月四日
";
    assert_eq!(page, expected);
}

#[test]
fn metadata_are_replaced() {
    let (page, _) = corrected("[[page]]\npaper = \"临江日报\"\ndate = \"1962-03-05\"\n");
    assert!(page.starts_with("临江日报1962-03-05\n"), "{page}");
}

#[test]
fn what_fits_nothing_changes_nothing_and_is_told() {
    let (before, _) = corrected("[[article]]\ntext = \"东干渠\"\nkind = \"news\"\n");
    for (entry, told) in [
        ("text = \"西干渠\"\nmain = \"水到田头\"", "no article of the page has `西干渠`"),
        (
            "text = \"报道\"\nmain = \"水到田头\"",
            "more than one article of the page has `报道`: give more of its words",
        ),
        ("text = \"东干渠\"\nkind = \"photo\"\nmain = \"水到\"", "no line or headline of the page reads `水到`"),
        ("text = \"东干渠\"\njoined_by = [\"水量\"]", "`水量` stands in the article itself"),
    ] {
        let (page, misfits) = corrected(&format!("[[article]]\n{entry}\n"));
        assert_eq!(misfits, [format!("the correction by 馆员甲 of 2026-11-02: {told}")]);
        assert_eq!(page, before);
    }
}

#[test]
fn every_wrong_entry_is_a_fault_with_its_place() {
    let common = "page = \"a.txt\"\nby = \"甲\"\non = \"2026-11-02\"\n";
    let faults = |text: &str| read(text).expect_err("is at fault");
    assert_eq!(
        faults(&format!("[[page]]\n{common}[[page]]\n{common}date = \"1962-02-30\"\n")),
        [
            "it corrects nothing: give `paper`, `date` or `edition` | [[page]]",
            "`date` is `1962-02-30`, which is no date of the calendar as YYYY-MM-DD | [[page]]"
        ]
    );
    assert!(faults("[[page]]\npage = \"a.txt\"\n")[0].starts_with("missing field `by`"), "who is asked for");
    assert!(
        faults(&format!("[[article]]\n{common}text = \"渠\"\nmian = \"水\"\n"))[0].starts_with("unknown field `mian`")
    );
}

/// The page with a paragraph that names people, and an entry for each of `entries`.
fn persons(entries: &[&str]) -> (Vec<String>, Vec<String>) {
    let who = "page = \"旧报/03.txt\"\nby = \"馆员甲\"\non = \"2026-11-02\"\n";
    let file: String = entries.iter().map(|e| format!("[[person]]\n{who}{e}\n")).collect();
    let corrections = read(&file).expect("the file is well formed");
    let text = "── 1 · news ──\nmain: 水到田头\n　　公社主任江春和、副主任秦可为到会，江春和讲话。\n";
    let mut page =
        banmian_layout::read_page("旧报/03.txt", Issue::default(), &format!("── 旧报/03.txt · 1 article ──\n\n{text}"));
    let (_, misfits) = corrections.of("旧报/03.txt").expect("the page is corrected").apply(&mut page);
    let told = page.persons_by_hand.iter().map(|p| {
        let offices = p.offices.iter().map(|o| {
            let organization = o.organization.map_or("-", |o| page.slice(o));
            format!("{}|{organization}|{}", page.slice(o.role), o.resolved)
        });
        format!("{} {} [{}]", page.slice(p.name), p.key, offices.collect::<Vec<_>>().join(" "))
    });
    (told.collect(), misfits)
}

#[test]
fn persons_are_told_beside_the_text() {
    let (told, misfits) = persons(&[
        "text = \"副主任秦可为\"\nperson = \"秦 可为\"\nrole = \"副主任\"\norganization_resolved = \"红旗公社\"",
        "text = \"主任江春和、\"\nperson = \"江春和\"\nrole = \"主任\"\norganization = \"公社\"\nperson_key = \"江春和@红旗公社\"",
        "text = \"江春和讲话\"\nperson = \"江春和\"\nno_office = true",
    ]);
    assert_eq!(misfits, [] as [String; 0]);
    assert_eq!(told, ["江春和 江春和@红旗公社 [主任|公社|]", "秦可为  [副主任|-|红旗公社]", "江春和  []"]);
}

#[test]
fn a_person_that_the_page_does_not_name_so_is_told() {
    for (entry, told) in [
        ("text = \"书记江春和\"\nperson = \"江春和\"\nrole = \"书记\"", "the page has no `书记江春和`"),
        (
            "text = \"江春和\"\nperson = \"江春和\"\nrole = \"主任\"",
            "the page has `江春和` more than once: give more of its words",
        ),
        (
            "text = \"副主任秦可为\"\nperson = \"秦可\"\nrole = \"书记\"",
            "the paragraph that names `秦可` does not print `书记`",
        ),
    ] {
        let (people, misfits) = persons(&[entry]);
        assert_eq!(misfits, [format!("the correction by 馆员甲 of 2026-11-02: {told}")]);
        assert_eq!(people, [] as [String; 0]);
    }
}

#[test]
fn a_correction_of_a_person_says_one_thing() {
    let common = "page = \"a.txt\"\nby = \"甲\"\non = \"2026-11-02\"\ntext = \"主任江春\"\nperson = \"江春\"\n";
    for (entry, told) in [
        ("", "it corrects nothing: give `role`, or `no_office = true`"),
        ("role = \"主任\"\nno_office = true\n", "`no_office` stands beside an office: give one of them"),
        (
            "role = \"主任\"\nperson_key = \"红旗公社\"\n",
            "`person_key` is not of the form `江春@…` that the column `person_key` has",
        ),
    ] {
        let faults = read(&format!("[[person]]\n{common}{entry}")).expect_err("is at fault");
        assert_eq!(faults, [format!("{told} | [[person]]")]);
    }
}

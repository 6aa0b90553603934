//! The program as its users run it: real binary, real files, exit statuses and messages.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn banmian(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_banmian")).current_dir(folder).args(args).output().expect("the program starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config/sample")
}

/// Every file below a folder but the log, which tells times and places.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("the folder is there") {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("run.log.json") {
                let name = path.strip_prefix(folder).expect("below the folder").to_string_lossy().into_owned();
                found.insert(name, fs::read(&path).expect("a file can be read"));
            }
        }
    }
    found
}

fn lines(folder: &Path, name: &str) -> Vec<String> {
    let text = fs::read_to_string(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
    text.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect()
}

#[test]
fn without_arguments_the_sample_is_analysed() {
    let dir = tempfile::tempdir().unwrap();
    let output = banmian(dir.path(), &["run"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let told = stdout(&output);
    assert!(told.contains("sample corpus") && told.contains("12 pages") && told.contains("report.html"), "{told}");
    let out = dir.path().join("banmian-out");
    for table in ["keyword-frequency/words", "person-role/mentions", "slogan-phrase/mentions", "slogan-phrase/phrases"]
    {
        let (csv, jsonl) = (lines(&out, &format!("{table}.csv")), lines(&out, &format!("{table}.jsonl")));
        assert!(jsonl.len() > 10, "{table} has {} rows", jsonl.len());
        assert!(csv.len() > jsonl.len(), "{table}: the same rows and a header");
    }
    assert_eq!(lines(&out, "failures.jsonl").len(), 0);
    let report = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(report.contains("sample corpus") && report.contains("样本语料"));
    assert!(fs::read_to_string(out.join("manifest.json")).unwrap().contains("\"sample\": true"));
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let dir = tempfile::tempdir().unwrap();
    let corpus = sample();
    let corpus = corpus.to_str().unwrap();
    let all = ["1", "2", "8"].map(|threads| {
        let out = format!("out-{threads}");
        let output =
            banmian(dir.path(), &["run", "--corpus", corpus, "--out", &out, "--threads", threads, "--no-cache"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        files(&dir.path().join(out))
    });
    assert!(all[0].len() > 10);
    assert!(all[0] == all[1] && all[0] == all[2], "results must not depend on the number of threads");
}

#[test]
fn bad_pages_are_told_and_the_rest_is_done() {
    let dir = tempfile::tempdir().unwrap();
    let pages = dir.path().join("pages");
    fs::create_dir(&pages).unwrap();
    let good = fs::read(sample().join("临江日报/2023-02-10/01.txt")).unwrap();
    fs::write(pages.join("good.txt"), &good).unwrap();
    fs::write(pages.join("binary.txt"), [0x50, 0x4b, 0, 1, 2]).unwrap();
    fs::write(pages.join("empty.txt"), "\n \n").unwrap();
    fs::write(pages.join("damaged.txt"), [0xb0, 0xe6, 0xc3, 0xe6, 0xff, 0xff]).unwrap();
    let output = banmian(dir.path(), &["run", "--corpus", "pages"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let out = dir.path().join("banmian-out");
    let failures = lines(&out, "failures.csv");
    assert_eq!(failures.len(), 4, "{failures:?}");
    assert!(
        failures[1].starts_with("binary.txt,reading,") && failures[1].contains("this is binary data"),
        "{failures:?}"
    );
    assert!(stdout(&output).contains("3 failures"), "{}", stdout(&output));
    assert_eq!(lines(&out, "pages.jsonl").len(), 1);
    assert!(lines(&out, "person-role/mentions.jsonl").len() > 3);
}

#[cfg(unix)]
#[test]
fn an_unreadable_link_is_one_failure() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("good.txt"), "县政协召开会议。").unwrap();
    std::os::unix::fs::symlink("nowhere", dir.path().join("x.txt")).unwrap();
    let out = dir.path().join("out");
    let output = banmian(dir.path(), &["run", "--corpus", ".", "--out", out.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert_eq!(lines(&out, "failures.csv")[1], "x.txt,reading,cannot be read: no such file or directory");
}

#[test]
fn three_faults_of_a_suite_are_drawn_with_three_carets() {
    let dir = tempfile::tempdir().unwrap();
    let suite = "extends = \"default\"\n[corpus]\npaths = [\"版面\"]\npage-nam = 'x'\n[analyzers.keyword-frequency]\nmin-length = \"两个\"\n[analyzers.slogans]\n";
    fs::write(dir.path().join("suite.toml"), suite).unwrap();
    for command in ["check", "run"] {
        let output = banmian(dir.path(), &[command, "suite.toml"]);
        assert_eq!(output.status.code(), Some(2));
        let told = stderr(&output);
        assert_eq!(told.lines().filter(|l| l.contains('^')).count(), 3, "{told}");
        assert!(told.contains("suite.toml:4:1") && told.contains("did you mean `page-name`?"), "{told}");
        assert!(told.contains("`min-length` is a string, expected a whole number"), "{told}");
        assert!(!told.contains('\u{1b}'), "no colours in a pipe");
    }
    assert!(!dir.path().join("banmian-out").exists());
}

#[test]
fn unusable_arguments_are_status_two() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("page.txt"), "县政协召开会议。").unwrap();
    let wrong: [(&[&str], &str); 6] = [
        (&["run", "--corpus", "nowhere"], "`nowhere` matches no file"),
        (&["run", "missing.toml"], "`missing.toml` cannot be read"),
        (&["run", "--corpus", "page.txt", "--format", "parquet"], "`parquet` is not written yet"),
        (&["run", "--corpus", "page.txt", "--out", "."], "is not empty and holds no earlier run"),
        (&["analyzers", "word-clouds"], "there is no analyzer `word-clouds`"),
        (&["runn"], "unrecognized subcommand"),
    ];
    for (args, message) in wrong {
        let output = banmian(dir.path(), args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains(message), "{args:?}: {}", stderr(&output));
    }
}

#[test]
fn a_suite_to_start_from_runs_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(banmian(dir.path(), &["init"]).status.code(), Some(0));
    assert_eq!(banmian(dir.path(), &["init"]).status.code(), Some(2), "a file is never overwritten");
    let early = banmian(dir.path(), &["check", "banmian.toml"]);
    assert!(stdout(&early).contains("# corpus: `pages` matches no file"), "{}", stdout(&early));
    fs::create_dir_all(dir.path().join("pages/临江日报/2023-02-10")).unwrap();
    let page = sample().join("临江日报/2023-02-10/01.txt");
    fs::copy(page, dir.path().join("pages/临江日报/2023-02-10/01.txt")).unwrap();
    let checked = banmian(dir.path(), &["check", "banmian.toml"]);
    assert_eq!(checked.status.code(), Some(0), "{}", stderr(&checked));
    assert!(stdout(&checked).contains("scope = [\"headline\"]"), "{}", stdout(&checked));
    assert!(stdout(&checked).contains("# corpus: 1 file\n"), "{}", stdout(&checked));
    let output = banmian(dir.path(), &["run", "banmian.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let row = &lines(&dir.path().join("banmian-out"), "pages.csv")[1];
    assert!(row.starts_with("临江日报/2023-02-10/01.txt,临江日报,2023-02-10,01,"), "{row}");
    assert!(dir.path().join("banmian-out/headline-words/words.csv").exists());
}

#[test]
fn pages_are_shown_as_text_and_as_json() {
    let dir = tempfile::tempdir().unwrap();
    let page = sample().join("河洮政协报/2022-09-16/01.txt");
    let page = page.to_str().unwrap();
    let text = banmian(dir.path(), &["pages", page]);
    assert_eq!(text.status.code(), Some(0));
    assert!(stdout(&text).starts_with("── 01.txt · "), "{}", stdout(&text));
    let json = stdout(&banmian(dir.path(), &["pages", page, "--format", "jsonl"]));
    assert_eq!(json.lines().count(), 1);
    assert!(json.contains("\"page\":\"01.txt\"") && json.contains("\"headline\":{"));
    let why = stdout(&banmian(dir.path(), &["pages", page, "--explain"]));
    assert!(why.contains("── why ──"), "{why}");
}

#[test]
fn every_analyzer_tells_its_settings_and_tables() {
    let dir = tempfile::tempdir().unwrap();
    let list = stdout(&banmian(dir.path(), &["analyzers"]));
    for name in ["keyword-frequency", "person-role", "slogan-phrase"] {
        assert!(list.contains(name), "{list}");
        let told = stdout(&banmian(dir.path(), &["analyzers", name]));
        assert!(told.contains("Settings") && told.contains("Table "), "{told}");
    }
}

/// Ctrl-C in the middle of a run: status 130, and nothing half-written.
#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let pages = dir.path().join("pages");
    fs::create_dir(&pages).unwrap();
    let text = fs::read_to_string(sample().join("临江日报/2023-02-10/01.txt")).unwrap();
    for i in 0..4000 {
        fs::write(pages.join(format!("{i:04}.txt")), &text).unwrap();
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_banmian"))
        .current_dir(dir.path())
        .args(["run", "--corpus", "pages", "--out", "out"])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    // The first table is there: the run is under way and its handler in place.
    while !dir.path().join("out/.banmian-unfinished/pages.csv").exists() {
        assert!(child.try_wait().unwrap().is_none(), "the run ended before it could be interrupted");
        std::thread::yield_now();
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(!dir.path().join("out").exists());
}

#[test]
fn metadata_come_from_a_sidecar_and_from_the_page() {
    let dir = tempfile::tempdir().unwrap();
    let page = "云岭农民报  2019年3月6日  星期三\n第二版\n春耕备耕全面展开\n本报讯 进入三月，各村忙着整地选种，春耕备耕工作全面展开。\n";
    for name in ["a.txt", "b.txt"] {
        fs::write(dir.path().join(name), page).unwrap();
    }
    fs::write(dir.path().join("meta.csv"), "page,date,edition\na.txt,2019-03-07,\nz.txt,2019-03-07,\n").unwrap();
    let suite = "extends = \"default\"\n[corpus]\npaths = [\"*.txt\"]\nsidecar = \"meta.csv\"\n";
    fs::write(dir.path().join("suite.toml"), suite).unwrap();
    let output = banmian(dir.path(), &["run", "suite.toml"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let out = dir.path().join("banmian-out");
    let pages: Vec<String> =
        lines(&out, "pages.csv")[1..].iter().map(|l| l.split(',').take(4).collect::<Vec<_>>().join(",")).collect();
    assert_eq!(pages, ["a.txt,云岭农民报,2019-03-07,二", "b.txt,云岭农民报,2019-03-06,二"]);
    let failures = lines(&out, "failures.csv");
    assert_eq!(
        failures[1..],
        ["meta.csv,metadata,1 of its 2 rows tell of no page that was read; the first is `z.txt`".to_owned()]
    );
    fs::write(dir.path().join("meta.csv"), "page,date\na.txt\n").unwrap();
    let refused = banmian(dir.path(), &["run", "suite.toml"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("1 fields, but the header has 2"), "{}", stderr(&refused));
}

#[test]
fn corrections_are_laid_upon_the_pages() {
    let dir = tempfile::tempdir().unwrap();
    let page = "春耕备耕全面展开\n本报讯 进入三月，各村忙着整地选种，春耕备耕工作全面展开。县委书记罗成玉到场，县长沈卫民讲话。\n";
    fs::write(dir.path().join("a.txt"), page).unwrap();
    let suite = "extends = \"default\"\n[corpus]\npaths = [\"*.txt\"]\ncorrections = \"by-hand.toml\"\n";
    fs::write(dir.path().join("suite.toml"), suite).unwrap();
    let who = "by = \"馆员甲\"\non = \"2026-11-02\"\n";
    let entries = format!(
        "[[page]]\npage = \"a.txt\"\n{who}date = \"1978-03-06\"\n[[article]]\npage = \"a.txt\"\n{who}text = \"夏收\"\nmain = \"\"\n[[page]]\npage = \"b.txt\"\n{who}edition = \"1\"\n\
         [[person]]\npage = \"a.txt\"\n{who}text = \"县委书记罗成玉\"\nperson = \"罗成玉\"\nrole = \"书记\"\norganization = \"县委\"\n\
         organization_resolved = \"白鹿县委\"\nperson_key = \"罗成玉@白鹿\"\n\
         [[person]]\npage = \"a.txt\"\n{who}text = \"县长沈卫民\"\nperson = \"沈卫民\"\nno_office = true\n\
         [[person]]\npage = \"a.txt\"\n{who}text = \"县长沈卫民\"\nperson = \"沈卫\"\nrole = \"乡长\"\n"
    );
    fs::write(dir.path().join("by-hand.toml"), entries).unwrap();
    let output = banmian(dir.path(), &["run", "suite.toml"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let out = dir.path().join("banmian-out");
    assert!(lines(&out, "pages.csv")[1].starts_with("a.txt,,1978-03-06,"));
    assert_eq!(
        lines(&out, "failures.csv")[1..],
        [
            "a.txt,corrections,the correction by 馆员甲 of 2026-11-02: no article of the page has `夏收`",
            "a.txt,corrections,the correction by 馆员甲 of 2026-11-02: the paragraph that names `沈卫` does not print `乡长`",
            "b.txt,corrections,\"`by-hand.toml` corrects this page, which was not read\"",
        ]
    );
    let manifest: serde_json::Value = serde_json::from_str(&lines(&out, "manifest.json").concat()).unwrap();
    assert_eq!((&manifest["counts"]["corrections"], &manifest["corrections_by"]["馆员甲"]), (&3.into(), &6.into()));
    let mentions = lines(&out, "person-role/mentions.csv");
    let column = |name: &str| mentions[0].split(',').position(|c| c == name).unwrap();
    let shown = ["person", "role", "organization", "organization_resolved", "resolved_by", "person_key"].map(column);
    let rows: Vec<String> =
        mentions[1..].iter().map(|row| shown.map(|i| row.split(',').nth(i).unwrap()).join(",")).collect();
    assert_eq!(rows, ["罗成玉,书记,县委,白鹿县委,by hand,罗成玉@白鹿"]);
}

#[cfg(target_os = "linux")]
#[test]
fn messages_that_cannot_be_written_change_no_status() {
    let dir = tempfile::tempdir().unwrap();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_banmian"));
    let status = program.current_dir(dir.path()).args(["run", "no-such-suite.toml"]).stderr(full).status().unwrap();
    assert_eq!(status.code(), Some(2));
}

#[test]
fn a_concordance_of_words_phrases_and_patterns() {
    let dir = tempfile::tempdir().unwrap();
    // The phrase is cut apart by a line end, a word by a space.
    let page = "县政协召开全体会议\n\n　　本报讯　县政协昨日召开全\n体会议。委员视察教育工 作，\n代表调研扶贫工作，建言献策。\n";
    fs::write(dir.path().join("a.txt"), page).unwrap();
    let hits = |pattern: &str, more: &[&str]| {
        let output = banmian(dir.path(), &[&["kwic", pattern, "a.txt"], more].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output)
    };
    let csv = hits("全体会议", &["--format", "csv", "--context", "2"]);
    assert_eq!(csv.lines().count(), 3, "{csv}");
    assert!(csv.contains("a.txt,1,body,3,14,20,24,召开,全体会议,。委"), "{csv}");
    assert_eq!(hits("会议室", &[]), "");
    let jsonl = hits("\"委员\" [pos=\"v\"]", &["--format", "jsonl"]);
    assert_eq!(jsonl.lines().count(), 1, "{jsonl}");
    assert!(jsonl.contains("\"hit\":\"委员视察\""), "{jsonl}");
    assert_eq!(hits("/(教育|扶贫)工作/", &["--sort", "left"]).lines().count(), 2);
    assert_eq!(hits("工作", &["--limit", "1"]).lines().count(), 1);
    let text = hits("工作", &["--context", "4"]);
    let column = |line: &str| {
        line.find("工作").map(|at| line[..at].chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>())
    };
    let columns: Vec<_> = text.lines().map(column).collect();
    assert_eq!(columns, [Some(9), Some(9)], "{text}");
    for wrong in ["[pos=\"n\"", "/(/", "[pos=\"名\"]", "[]*"] {
        assert_eq!(banmian(dir.path(), &["kwic", wrong, "a.txt"]).status.code(), Some(2), "{wrong}");
    }
}

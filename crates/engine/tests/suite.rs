//! Suites as users write them: what extends what, and every fault at once.

use std::fs;

use banmian_engine::suite::{Extra, SuiteSource, load};
use expect_test::{Expect, expect};

fn faults(text: &str, expected: Expect) {
    let source = SuiteSource::Text { name: "suite.toml".to_owned(), text: text.to_owned() };
    let told = match load(&source, banmian_analyzers::ALL, Extra::default()) {
        Ok(_) => "no fault".to_owned(),
        Err(e) => e.to_string(),
    };
    expected.assert_eq(&told);
}

#[test]
fn every_fault_of_a_suite_is_told_at_once() {
    faults(
        r#"
[corpus]
paths = "pages"
pagename = "x"
[analyzers.keyword-frequency]
min-length = "two"
min-count = -1
stop-words = ["builtin:stopwords"]
scope = ["headlines"]
[analyzers.keywords]
[output]
formats = ["parquet"]
[outputs]
"#,
        expect![[r#"
            suite.toml:3: `paths` is a string, expected a list
            suite.toml:4: unknown key `pagename` (did you mean `page-name`?)
            suite.toml:6: `min-length` is a string, expected a whole number
            suite.toml:7: `min-count` is -1, out of range (use 0 to 4294967295)
            suite.toml:8: no lexicon `stopwords` ships; did you mean `stop-words`? (name a file relative to the suite, or `builtin:NAME` for a list that ships)
            suite.toml:9: `scope` cannot be `headlines`, expected one of `all`, `headline`, `kicker`, `main`, `deck`, `section-heading`, `body`, `caption`, `unattached` (did you mean `headline`?)
            suite.toml:10: there is no analyzer `keywords` (did you mean `keyword-frequency`?)
            suite.toml:12: `parquet` is not written yet (use `csv`, `jsonl` or both)
            suite.toml:13: unknown key `outputs` (did you mean `output`?)"#]],
    );
}

#[test]
fn what_is_not_toml_is_told_with_its_line() {
    faults(
        "[corpus]\npaths = [\"pages\"\n[analyzers]\n",
        expect![[r#"
            suite.toml:3: missing comma between array elements, expected `,`
            suite.toml:3: string values must be quoted, expected literal string
            suite.toml:3: unclosed array, expected `]`"#]],
    );
}

#[test]
fn a_suite_without_pages_is_a_fault() {
    faults(
        "[analyzers.keyword-frequency]\n",
        expect![[
            r#"suite.toml:1: the suite names no pages to read (write `[corpus]` with `paths = ["pages"]`, or use `--corpus`)"#
        ]],
    );
}

#[test]
fn suites_extend_each_other_key_by_key() {
    let dir = tempfile::tempdir().unwrap();
    let base = "[corpus]\npaths = [\"old\"]\npage-name = '(?<date>.*)'\n[analyzers.keyword-frequency]\nmin-length = 3\nmin-count = 5\n";
    fs::create_dir(dir.path().join("shared")).unwrap();
    fs::write(dir.path().join("shared/base.toml"), base).unwrap();
    let own = "extends = \"shared/base.toml\"\n[corpus]\npaths = [\"new\"]\n[analyzers.keyword-frequency]\nmin-count = 2\n[analyzers.headlines]\nuse = \"keyword-frequency\"\nscope = [\"headline\"]\n[analyzers.off]\nuse = \"keyword-frequency\"\nenabled = false\n";
    fs::write(dir.path().join("own.toml"), own).unwrap();
    let source = SuiteSource::File(dir.path().join("own.toml"));
    let suite = load(&source, banmian_analyzers::ALL, Extra::default()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(suite.corpus.iter().map(|p| &*p.pattern).collect::<Vec<_>>(), ["new"], "lists are replaced");
    assert_eq!(suite.corpus[0].base, dir.path(), "paths are relative to the file that names them");
    let names: Vec<_> = suite.analyzers.iter().map(|a| &*a.name).collect();
    assert_eq!(names, ["headlines", "keyword-frequency"], "an analyzer may be used twice; one switched off is not run");
    let settings = &suite.analyzers[1].settings;
    assert_eq!((&settings["min-length"], &settings["min-count"]), (&3.into(), &2.into()));
    assert_eq!(suite.resolved["corpus"]["page-name"], "(?<date>.*)");
}

#[test]
fn an_analyzer_needs_a_name_that_can_be_a_folder() {
    for name in ["\"\"", "\"../up\"", "\"/root\""] {
        let text = format!("[corpus]\npaths = [\"p\"]\n[analyzers.{name}]\nuse = \"keyword-frequency\"\n");
        let source = SuiteSource::Text { name: "suite.toml".to_owned(), text };
        let error = load(&source, banmian_analyzers::ALL, Extra::default()).map(|_| ()).unwrap_err();
        assert!(error.to_string().contains("cannot be the name of a folder"), "{error}");
    }
}

#[test]
fn absolute_paths_stay_out_of_what_is_resolved() {
    let dir = tempfile::tempdir().unwrap();
    let list = dir.path().join("stop.txt");
    fs::write(&list, "会议\n").unwrap();
    let text =
        format!("[corpus]\npaths = [\"p\"]\n[analyzers.keyword-frequency]\nstop-words = ['{}']\n", list.display());
    let source = SuiteSource::Text { name: "suite.toml".to_owned(), text };
    let suite = load(&source, banmian_analyzers::ALL, Extra::default()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(suite.resources.keys().collect::<Vec<_>>(), ["stop.txt"]);
    assert_eq!(suite.resolved["analyzers"]["keyword-frequency"]["stop-words"][0], "stop.txt");
}

#[test]
fn a_suite_that_extends_itself_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.toml"), "extends = \"b.toml\"").unwrap();
    fs::write(dir.path().join("b.toml"), "extends = \"a.toml\"").unwrap();
    let error = load(&SuiteSource::File(dir.path().join("a.toml")), &[], Extra::default()).map(|_| ()).unwrap_err();
    assert!(error.to_string().contains("extends itself"), "{error}");
}

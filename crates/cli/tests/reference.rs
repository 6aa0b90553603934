//! The reference pages are those of the program as it is.

#[test]
fn the_reference_is_up_to_date() {
    // `UPDATE_EXPECT=1 cargo test -p banmian-cli --test reference` renews the file.
    expect_test::expect_file!["../../../docs/reference/analyzers.md"]
        .assert_eq(&banmian_cli::reference(banmian_analyzers::ALL));
}

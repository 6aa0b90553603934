//! The method as examples: every case file of `tests/cases`.

#![allow(missing_docs, reason = "tests")]

use person_role::PersonRole;

#[test]
fn cases() {
    banmian_testkit::cases::<PersonRole>("tests/cases");
}

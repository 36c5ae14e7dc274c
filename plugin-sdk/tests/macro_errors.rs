//! What an author reads who uses the attribute wrongly.

#[test]
fn misuse_is_reported_where_it_is_written() {
    trybuild::TestCases::new().compile_fail("tests/macro_errors/*.rs");
}

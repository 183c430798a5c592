//! Tests that need something that is not everywhere: they say loudly that they were skipped, and
//! `DAESA_REQUIRE=chromium,shared` makes that a failure.

use std::io::Write;

/// Says that a test was skipped for the lack of `what`.
///
/// # Panics
/// When `DAESA_REQUIRE` names it.
pub fn without(what: &str, test: &str) {
    let required = std::env::var("DAESA_REQUIRE").unwrap_or_default();
    assert!(
        !required.split(',').any(|name| name.trim() == what),
        "{test}: {what} is required and not here"
    );
    // eprintln! of a passing test is swallowed by the harness; this is not.
    let _ = writeln!(std::io::stderr(), "SKIPPED for the lack of {what}: {test}");
}

//! The other side of the line, for the tests of this room: they stand beside what they test (`rest/tests.rs`,
//! `gateway/tests.rs`). The whole bot runs against the sandbox, in tests/it.

pub(in crate::discord) mod peer;

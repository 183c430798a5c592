//! Daesa.
fn main() {}

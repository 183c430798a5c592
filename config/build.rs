//! Asks the linker for small relocations. A position-independent program has an address in every table of words and of
//! time zones put right when it starts: eighty thousand of them, two megabytes of instructions for the loader that stay
//! in memory ever after. In the relative form (DT_RELR) they take forty kilobytes. The C library has to know it (glibc
//! from 2.36 on); the linkers do for as long, and an older one says so and goes on.

use std::{env, fs};

/// The version by which glibc says so.
const SIGN: &[u8] = b"GLIBC_ABI_DT_RELR";

fn main() {
    println!("cargo::rerun-if-changed=config/build.rs");
    let is = |key: &str, value: &str| env::var(key).is_ok_and(|found| found == value);
    let is_native = env::var("HOST").is_ok() && env::var("HOST") == env::var("TARGET");
    if is_native && is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") && libc_knows() {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// Whether this machine's C library knows the form. One that is not found is taken for one that does not.
fn libc_knows() -> bool {
    let arch = env::var("CARGO_CFG_TARGET_ARCH").unwrap_or_default();
    let places = [
        format!("/lib/{arch}-linux-gnu/libc.so.6"),
        "/lib64/libc.so.6".to_owned(),
        "/usr/lib/libc.so.6".to_owned(),
    ];
    let libc = places.iter().find_map(|place| fs::read(place).ok());
    libc.is_some_and(|libc| libc.windows(SIGN.len()).any(|window| window == SIGN))
}

//! What a benchmark asks the machine: how busy it is, and what the kernel says of a process.

use std::fs;

/// `2 cores, load before: 0.41`.
pub fn as_it_is() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{cores} cores, load before: {}", load.split(' ').next().unwrap_or("?"))
}

/// A line of what the kernel says of a process (its number, or `self`), in bytes; 0 where there is none.
pub fn memory(process: &str, line: &str) -> u64 {
    let text = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let found = text.lines().find_map(|l| l.strip_prefix(line));
    let kib = found.and_then(|value| value.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
    kib.unwrap_or(0) * 1024
}

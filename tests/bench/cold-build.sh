#!/usr/bin/env bash
# How long the first `cargo demo` and `cargo test` take from an empty target folder, crates already fetched.
# Prints seconds: by the clock, and of processor time, which a busy machine does not lengthen much.
# Usage: tests/bench/cold-build.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

cargo fetch --locked --quiet
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
TIMEFORMAT='%R %U %S'

# timed NAME COMMAND…: in an empty target folder of its own
timed() {
  local name=$1 spent
  shift
  mkdir "$work/target"
  export CARGO_TARGET_DIR=$work/target
  if ! spent=$({ time "$@" >"$work/log" 2>&1; } 2>&1); then
    tail -n 40 "$work/log" >&2
    exit 1
  fi
  awk -v name="$name" '{ printf "%-52s %5.0f s, %5.0f s of processor time\n", name, $1, $2 + $3 }' <<<"$spent"
  rm -rf "$work/target"
}

echo "$(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $(rustc --version)"
timed "cargo demo, cold: until it has played itself through" cargo demo --locked -- --smoke
timed "cargo test, cold: until the tests are built" cargo test --locked --no-run

#!/usr/bin/env bash
# How long the first `cargo demo` and `cargo test` take from an empty target folder, crates already fetched.
# Prints seconds. Usage: tests/bench/cold-build.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

cargo fetch --locked --quiet
folders=()
trap 'rm -rf "${folders[@]}"' EXIT

# timed NAME COMMAND…: in an empty target folder of its own
timed() {
  local name=$1 folder began
  shift
  folder=$(mktemp -d)
  folders+=("$folder")
  began=$(date +%s.%N)
  CARGO_TARGET_DIR=$folder "$@" >"$folder/log" 2>&1 || { tail -n 40 "$folder/log" >&2; exit 1; }
  awk -v name="$name" -v began="$began" -v ended="$(date +%s.%N)" 'BEGIN { printf "%-52s %6.0f s\n", name, ended - began }'
}

echo "$(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $(rustc --version)"
timed "cargo demo, cold: until it has played itself through" cargo demo --locked -- --smoke
timed "cargo test, cold: until the tests are built" cargo test --locked --no-run

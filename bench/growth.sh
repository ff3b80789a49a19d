#!/usr/bin/env bash
# How the cost of reading and comparing grows: simulated reports into a new record, a row for each
# size: reports, seconds, processor milliseconds a report, peak memory, size of the record, seconds
# of `differ`.
#
#   bench/growth.sh [SIZE…]     (default: 1000 10000; 100000 takes a quiet machine half an hour)
#
# Rows go to bench/growth.csv; a row of the same size is replaced.
set -euo pipefail
cd "$(dirname "$0")/.."
release=${CARGO_TARGET_DIR:-target}/release
cargo build --release --quiet -p onrecord -p onrecord-evaluate
sizes=("$@")
[ ${#sizes[@]} -gt 0 ] || sizes=(1000 10000)
csv=bench/growth.csv
[ -f $csv ] || echo "reports,seconds,processor_ms_a_report,peak_mb,record_mb,findings,differ_seconds,date" >$csv
for size in "${sizes[@]}"; do
  work=$(mktemp -d)
  "$release/evaluate" newsroom --seed 11 --reports "$size" --out "$work"
  /usr/bin/time -f "%e %U %S %M" -o "$work/read.time" "$release/onrecord" read "$work/reports.jsonl" --into "$work/r.db" >/dev/null
  /usr/bin/time -f "%e" -o "$work/differ.time" "$release/onrecord" differ "$work/r.db" --json >"$work/found.jsonl"
  read -r seconds user system peak <"$work/read.time"
  bytes=$(cat "$work"/r.db* | wc -c)
  row=$(awk -v n="$size" -v e="$seconds" -v u="$user" -v s="$system" -v m="$peak" -v b="$bytes" \
    -v f="$(wc -l <"$work/found.jsonl")" -v d="$(cat "$work/differ.time")" -v date="$(date +%F)" \
    'BEGIN { printf "%d,%.1f,%.2f,%.0f,%.0f,%d,%.2f,%s", n, e, (u + s) * 1000 / n, m / 1024, b / 1048576, f, d, date }')
  grep -v "^$size," $csv >"$work/csv" || true
  { head -1 "$work/csv"; { tail -n +2 "$work/csv"; echo "$row"; } | sort -n; } >$csv
  echo "$row"
  rm -rf "$work"
done

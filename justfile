# What is run often. `just` lists it.

_default:
    @just --list

# All tests.
test:
    cargo test

# Format and lints, warnings as errors.
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings

# Benchmarks; figures for bench/README.md.
bench:
    cargo bench -p onrecord-bench

# One fuzz target for a minute: just fuzz annotate
fuzz target seconds="60":
    cargo +nightly fuzz run {{target}} -- -max_total_time={{seconds}}

# Scores against annotated text, into eval/scores.csv.
score:
    eval/score

# Findings against simulated newsrooms, into eval/scores.csv and eval/calibration.csv.
findings:
    eval/findings

# How cost grows with the number of reports, into bench/growth.csv: just growth 1000 10000
growth *sizes:
    bench/growth.sh {{sizes}}

# The documentation of the crates, warnings as errors.
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps

# The brief of the example.
harbour:
    cargo run --release -- brief examples/harbour

# That the offsets of eval/speakers point at their words.
speakers:
    python3 eval/speakers/check.py

# Pictures of every view of the page, into docs/pages; needs chromedriver and pngquant.
screenshots:
    ONRECORD_SCREENSHOTS=docs/pages cargo test -p onrecord --test browser screenshots
    pngquant --force --ext .png 64 docs/pages/*.png

# How fast the pages of a record answer: just pages story.db
pages record:
    cargo build --release
    target/release/onrecord serve {{record}} --port 8499 & sleep 2; python3 bench/pages.py http://127.0.0.1:8499 2000; kill %1

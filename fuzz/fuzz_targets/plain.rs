//! Any text as a plain file: captions, headlines, several reports.
//!
//! ```text
//! cargo +nightly fuzz run plain -- -max_total_time=60
//! ```
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::reads_as("Gate shut\n\nA gate (AP)\nTT\n\nGate shut\n\n", bytes));

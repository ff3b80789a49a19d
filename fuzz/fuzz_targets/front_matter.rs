//! Any bytes as fields before a text.
//!
//! ```text
//! cargo +nightly fuzz run front_matter -- -max_total_time=60
//! ```
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::reads_as("---\ntitle: Gate shut\n", bytes));

//! Any bytes through whichever reader they look right for.
//!
//! ```text
//! cargo +nightly fuzz run read_bytes -- -max_total_time=60
//! ```
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::reads(bytes));

//! Any bytes as a line of JSON.
//!
//! ```text
//! cargo +nightly fuzz run json -- -max_total_time=60
//! ```
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::reads_as("{\"text\": \"The gate is shut.\", \"headline\": ", bytes));

//! Any bytes as a page.
//!
//! ```text
//! cargo +nightly fuzz run html -- -max_total_time=60
//! ```
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::reads_as("<!doctype html><html><body><article><h1>Gate shut</h1><p>", bytes));

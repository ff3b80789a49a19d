//! Any bytes as a feed.
//!
//! ```text
//! cargo +nightly fuzz run feed -- -max_total_time=60
//! ```
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::reads_as("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><item><title>Gate shut</title>", bytes));

//! How the program behaves when things are not as they should be: bad files, full disks, closed
//! pipes, a kill in the middle. Each test runs the program itself in a folder of its own.
//!
//! ```text
//! desk.write("a.txt", …)   desk.run(&["read", "a.txt", "--into", "story.db"])   → code, out, err
//! ```

mod desk;
mod input;
mod killed;
mod output;
mod record;

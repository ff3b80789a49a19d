//! `onrecord`: the command line over the engine, and the only crate that knows a terminal.
//!
//! Exit codes: 0 done; 1 done, with reports left out or with findings that were to fail on;
//! 2 failed. A closed pipe is no error.

mod args;
mod brief;
mod commands;
mod serve;
mod terminal;

use args::{Cli, Color, Command};
use clap::Parser;
use onrecord_engine::Error;
use std::io::Write;
use std::process::ExitCode;
use terminal::{ALARM, stderr};

/// Reading makes and lets go of millions of small things on all cores at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a command ended, if it did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    /// All done.
    Well,
    /// Done, with something left out or found.
    WithFindings,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    let ended = match cli.command {
        Command::Read(args) => commands::read(&args),
        Command::Brief(args) => commands::brief(&args),
        Command::Find(args) => commands::find(&args),
        Command::Show(args) => commands::show(&args),
        Command::Annotate(args) => commands::annotate(&args),
        Command::Export(args) => commands::export(&args),
        Command::Differ(args) => commands::differ(&args),
        Command::Stories(args) => commands::stories(&args),
        Command::Serve(args) => commands::serve(&args),
        Command::Check(args) => commands::check(&args),
    };
    match ended {
        Ok(Ended::Well) => ExitCode::SUCCESS,
        Ok(Ended::WithFindings) => ExitCode::from(1),
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            tell(&error);
            ExitCode::from(2)
        }
    }
}

/// Says what happened, to what, why, and what to try.
fn tell(error: &Error) {
    let mut lines =
        format!("{}: {}\n  cause: {}\n", ALARM.of("error"), error.what(), error.cause());
    if let Some(hint) = error.hint() {
        lines.push_str(&format!("  hint: {hint}\n"));
    }
    // Nobody to tell if standard error is closed.
    let _ = stderr().write_all(lines.as_bytes());
}

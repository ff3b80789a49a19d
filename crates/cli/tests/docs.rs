//! The documents say what the program does: every command shown is run, every output compared.
//!
//! ```text
//! a ```console block of docs/commands.md     the lines after `$ ` are run, in order, in one folder
//! <!-- output of: COMMAND --> in README.md   the command's output stands in the ```text block below
//! ```
//!
//! `ONRECORD_UPDATE=1 cargo test -p onrecord --test docs` writes the outputs anew; read the
//! difference. Commands run in a folder of their own that holds `examples/harbour`; output to a
//! pipe is set in 100 columns. Not handled: commands that ask something.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the root is there")
}

/// A folder with the examples in it, where the commands of one page run.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let to = folder.path().join("examples/harbour");
    fs::create_dir_all(&to).expect("the folder is new");
    for file in fs::read_dir(root().join("examples/harbour")).expect("the example is there") {
        let file = file.expect("the example can be listed");
        fs::copy(file.path(), to.join(file.file_name())).expect("a file can be copied");
    }
    let draft = "examples/draft.txt";
    fs::copy(root().join(draft), folder.path().join(draft)).expect("a file can be copied");
    folder
}

/// What a command prints, standard error after standard output.
fn output(command: &str, folder: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_onrecord"));
    let own = program.parent().expect("a program is in a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path =
        std::env::join_paths(std::iter::once(own.to_owned()).chain(std::env::split_paths(&path)))
            .expect("folders in PATH hold no colon");
    let ran = Command::new("sh")
        .args(["-c", command])
        .current_dir(folder)
        .env("PATH", path)
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::null())
        .output()
        .expect("a shell is there");
    let mut text = String::from_utf8_lossy(&ran.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&ran.stderr));
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_end().to_owned() + "\n"
}

/// The page with every output as the program gives it now.
fn refreshed(page: &str) -> String {
    let folder = folder();
    let mut fresh = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        fresh.push_str(line);
        fresh.push('\n');
        let shown =
            line.strip_prefix("<!-- output of: ").and_then(|rest| rest.strip_suffix(" -->"));
        if let Some(command) = shown {
            assert_eq!(lines.next(), Some("```text"), "a block of text follows `{line}`");
            fresh.push_str("```text\n");
            lines.by_ref().take_while(|line| *line != "```").for_each(drop);
            fresh.push_str(&output(command, folder.path()));
            fresh.push_str("```\n");
        } else if line == "```console" {
            for line in lines.by_ref().take_while(|line| *line != "```") {
                if let Some(command) = line.strip_prefix("$ ") {
                    fresh.push_str(&format!("{line}\n"));
                    fresh.push_str(&output(command, folder.path()));
                }
            }
            fresh.push_str("```\n");
        }
    }
    fresh
}

fn check(name: &str) {
    let path = root().join(name);
    let page = fs::read_to_string(&path).expect("the page can be read");
    let fresh = refreshed(&page);
    if page == fresh {
        return;
    }
    if std::env::var_os("ONRECORD_UPDATE").is_some() {
        fs::write(&path, fresh).expect("the page can be written");
        println!("{name} was written anew; read the difference");
        return;
    }
    let differs = page.lines().zip(fresh.lines()).find(|(page, fresh)| page != fresh);
    let (says, does) = differs.unwrap_or(("(the end)", "(more)"));
    panic!(
        "{name} shows what the program no longer prints:\n  it says  {says}\n  it does  {does}\n\
         `ONRECORD_UPDATE=1 cargo test -p onrecord --test docs` writes it anew"
    );
}

#[test]
fn the_outputs_in_the_description_of_the_commands_are_those_of_the_program() {
    check("docs/commands.md");
}

#[test]
fn the_screen_in_the_readme_is_that_of_the_program() {
    check("README.md");
}

#[test]
fn the_readme_has_exactly_two_commands_to_type() {
    let page = fs::read_to_string(root().join("README.md")).expect("the page can be read");
    let mut commands = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(language) = line.strip_prefix("```") else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if language != "text" {
            commands.extend(block);
        }
    }
    assert_eq!(commands, ["cargo run --release -- brief examples/harbour", "cargo test"]);
}

#[test]
fn every_path_in_the_map_and_in_the_guide_exists() {
    let mut missing = Vec::new();
    for name in
        ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "docs/format.md", "docs/pages.md"]
    {
        let page = fs::read_to_string(root().join(name)).expect("the page can be read");
        let own = root().join(name);
        let beside = own.parent().expect("a page is in a folder");
        for path in paths_in_backticks(&page) {
            if !root().join(path).exists() {
                missing.push(format!("{name}: `{path}`"));
            }
        }
        for path in links(&page) {
            if !beside.join(path).exists() {
                missing.push(format!("{name}: [{path}]"));
            }
        }
    }
    assert!(missing.is_empty(), "there is no {}", missing.join(", no "));
}

/// Words in backticks that look like a path of the repository: with a folder in it, or with the
/// ending of a file that stands at the root.
fn paths_in_backticks(page: &str) -> Vec<&str> {
    let mut is_block = false;
    let mut paths = Vec::new();
    for line in page.lines() {
        if line.starts_with("```") {
            is_block = !is_block;
        }
        if is_block {
            continue;
        }
        for word in line.split('`').skip(1).step_by(2) {
            let is_plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
            let is_at_root = [".md", ".toml", ".json"].iter().any(|ending| word.ends_with(ending))
                && word.chars().next().is_some_and(char::is_uppercase);
            if is_plain && (is_at_root || is_in_folder(word)) {
                paths.push(word);
            }
        }
    }
    paths
}

fn is_in_folder(word: &str) -> bool {
    let folders = [".ci", "bench", "crates", "docs", "eval", "examples", "fuzz"];
    word.split_once('/').is_some_and(|(folder, _)| folders.contains(&folder))
}

/// Files that a page links to.
fn links(page: &str) -> Vec<&str> {
    page.split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', '#']).next())
        .filter(|path| !path.is_empty() && !path.contains("://"))
        .collect()
}

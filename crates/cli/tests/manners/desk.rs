//! A folder of its own, and the program run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder can be made") }
    }

    /// A desk with a record, `story.db`, of two reports, `strike` and `march`.
    pub(crate) fn with_record() -> Self {
        let desk = Self::new();
        desk.write("strike.txt", STRIKE);
        desk.write("march.txt", MARCH);
        let ran = desk.run(&["read", "strike.txt", "march.txt", "--into", "story.db"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        let folder = path.parent().expect("a file is in a folder");
        fs::create_dir_all(folder).expect("a folder can be made");
        fs::write(&path, bytes).expect("a file can be written");
    }

    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).expect("the file is there")
    }

    /// The program, to be run here.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        command.args(args).current_dir(self.folder.path()).stdin(Stdio::null());
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(variable);
        }
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        Ran::from(self.command(args).output().expect("the program starts"))
    }

    /// The program at the end of a line of shell, where `onrecord` is its path.
    #[cfg(unix)]
    pub(crate) fn shell(&self, line: &str) -> Ran {
        let program = Path::new(env!("CARGO_BIN_EXE_onrecord")).display().to_string();
        let line = line.replace("onrecord", &format!("'{program}'"));
        let mut command = Command::new("sh");
        command.args(["-c", &line]).current_dir(self.folder.path()).stdin(Stdio::null());
        Ran::from(command.output().expect("a shell is there"))
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

pub(crate) const STRIKE: &str = "Dockers walk out at Port Ellery\n\n\
    The strike began on Monday, the harbour office said.\n\n\
    \"We will not load one more ship,\" said Tilda Marrick, who leads the union.\n";

pub(crate) const MARCH: &str = "Hundreds march in Port Ellery\n\n\
    About 400 people marched to the town hall, police said.\n\n\
    Tilda Marrick told the crowd that the strike would go on.\n";

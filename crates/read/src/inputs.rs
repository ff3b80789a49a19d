//! Which files to read: arguments to a sorted list of inputs, each with its sidecar rows.
//!
//! ```text
//! story/            →  story/004.txt as `004.txt`, story/monday/005.html as `monday/005.html`
//! march/004.txt -   →  `004.txt`, standard input as `-`
//! ```
//!
//! Hidden files and `reports.csv` are passed over, a file named twice is read once, loops of links
//! end. What cannot be opened is a problem in the list, not the end.

use crate::sidecar::{self, SidecarRow};
use crate::skipped::Skipped;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// One file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Where it is; none for standard input.
    pub path: Option<PathBuf>,
    /// Its name: relative to the folder argument it was found under, with `/` between folders;
    /// for a file argument, the file's name; `-` for standard input.
    pub source_file: String,
    /// The folder that `source_file` is relative to, without links: with `source_file`, which
    /// file it is.
    pub folder: Option<PathBuf>,
    /// The rows of `reports.csv` that are for this file, those of the nearest folder last.
    pub sidecar: Vec<SidecarRow>,
}

/// All files that the arguments name.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// In order of folder and name, whatever the order of the arguments.
    pub files: Vec<Input>,
    /// Paths that cannot be opened, and folders that hold nothing to read.
    pub problems: Vec<Skipped>,
    /// Rows of a sidecar that cannot be used.
    pub warnings: Vec<Skipped>,
}

/// Walks files and folders; `-` is standard input.
pub fn inputs(paths: &[PathBuf]) -> Inputs {
    let mut walk = Walk::default();
    let mut roots = BTreeSet::new();
    let mut has_stdin = false;
    for path in paths {
        if path.as_os_str() == "-" {
            has_stdin = true;
            continue;
        }
        match path.canonicalize() {
            // A folder sorts before what it holds, so the outermost one names the file.
            Ok(canonical) => {
                roots.insert((canonical, path.clone()));
            }
            Err(error) => walk.problem(&path.display().to_string(), &error),
        }
    }
    for (canonical, path) in roots {
        if canonical.is_dir() {
            walk.root = canonical.clone();
            let before = walk.named;
            walk.folder(&canonical, &canonical, &[]);
            if walk.named == before {
                let skipped = Skipped::report(&path.display().to_string(), "it holds no files")
                    .what("nothing to read in folder");
                walk.found.problems.push(skipped);
            }
        } else {
            walk.root = canonical.parent().unwrap_or(Path::new("/")).to_owned();
            let own = walk.sidecar(&walk.root.clone(), "");
            walk.file(&canonical, &canonical, &own);
        }
    }
    walk.found.files.sort_by(|a, b| (&a.folder, &a.source_file).cmp(&(&b.folder, &b.source_file)));
    if has_stdin {
        let source_file = "-".to_owned();
        let input = Input { path: None, source_file, folder: None, sidecar: Vec::new() };
        walk.found.files.push(input);
    }
    walk.found.problems.sort();
    walk.found.problems.dedup();
    walk.found
}

/// The rows of one sidecar, and its folder relative to the root with a `/` after it.
type Sidecar = (String, std::rc::Rc<Vec<SidecarRow>>);

#[derive(Default)]
struct Walk {
    found: Inputs,
    /// The folder that names are relative to.
    root: PathBuf,
    /// Canonical files and folders met so far.
    seen: BTreeSet<PathBuf>,
    /// Files met, those met again too.
    named: usize,
    sidecars: BTreeMap<PathBuf, std::rc::Rc<Vec<SidecarRow>>>,
}

impl Walk {
    fn problem(&mut self, name: &str, error: &std::io::Error) {
        let cause = match error.kind() {
            std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
            std::io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
            _ => error.to_string(),
        };
        self.found.problems.push(Skipped::report(name, cause).what("cannot read"));
    }

    /// `path` as it was reached, under the root; `canonical` without links.
    fn folder(&mut self, path: &Path, canonical: &Path, above: &[Sidecar]) {
        if !self.seen.insert(canonical.to_owned()) {
            // Named before, or a loop of links.
            self.named += 1;
            return;
        }
        let entries = match std::fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) => return self.problem(&path.display().to_string(), &error),
        };
        let mut names = Vec::new();
        for entry in entries {
            match entry {
                Ok(entry) => names.push(entry.file_name()),
                Err(error) => self.problem(&path.display().to_string(), &error),
            }
        }
        names.sort();
        let mut sidecars = above.to_vec();
        sidecars.extend(self.sidecar(canonical, &self.relative(path, "/")));
        for name in names {
            if name.to_string_lossy().starts_with('.') || name == sidecar::NAME {
                continue;
            }
            let path = path.join(&name);
            match path.canonicalize() {
                Ok(canonical) if canonical.is_dir() => self.folder(&path, &canonical, &sidecars),
                Ok(canonical) => self.file(&path, &canonical, &sidecars),
                Err(error) => self.problem(&path.display().to_string(), &error),
            }
        }
    }

    fn file(&mut self, path: &Path, canonical: &Path, sidecars: &[Sidecar]) {
        self.named += 1;
        if !self.seen.insert(canonical.to_owned()) {
            return;
        }
        let source_file = self.relative(path, "");
        let rows = sidecars.iter().flat_map(|(folder, rows)| {
            let name = source_file.strip_prefix(folder.as_str()).unwrap_or(&source_file);
            rows.iter().filter(move |row| row.file == name).cloned()
        });
        let input = Input {
            path: Some(path.to_owned()),
            sidecar: rows.collect(),
            folder: Some(self.root.clone()),
            source_file,
        };
        self.found.files.push(input);
    }

    /// `path` relative to the root, with `/` between folders, and `after` at its end.
    fn relative(&self, path: &Path, after: &str) -> String {
        let relative = path.strip_prefix(&self.root).unwrap_or(path);
        let names: Vec<_> = relative.iter().map(|name| name.to_string_lossy()).collect();
        if names.is_empty() { String::new() } else { names.join("/") + after }
    }

    /// The sidecar of a folder, read once.
    fn sidecar(&mut self, folder: &Path, relative: &str) -> Vec<Sidecar> {
        if let Some(rows) = self.sidecars.get(folder) {
            return vec![(relative.to_owned(), rows.clone())];
        }
        let path = folder.join(sidecar::NAME);
        if !path.is_file() {
            return Vec::new();
        }
        let (rows, warnings) = sidecar::read(&path, &format!("{relative}{}", sidecar::NAME));
        self.found.warnings.extend(warnings);
        let rows = std::rc::Rc::new(rows);
        self.sidecars.insert(folder.to_owned(), rows.clone());
        vec![(relative.to_owned(), rows)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(found: &Inputs) -> Vec<&str> {
        found.files.iter().map(|input| input.source_file.as_str()).collect()
    }

    fn story() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("monday")).expect("a folder");
        fs::write(at("b.txt"), "B").expect("a file");
        fs::write(at("a.txt"), "A").expect("a file");
        fs::write(at(".hidden"), "no").expect("a file");
        fs::write(at("monday/c.txt"), "C").expect("a file");
        fs::write(at("reports.csv"), "file,outlet\na.txt,Mail\nmonday/c.txt,Mail\n")
            .expect("a file");
        fs::write(at("monday/reports.csv"), "file,outlet\nc.txt,Post\n").expect("a file");
        folder
    }

    #[test]
    fn a_folder_is_walked_in_order_with_its_sidecars() {
        let folder = story();
        let found = inputs(&[folder.path().to_owned()]);
        assert_eq!(names(&found), ["a.txt", "b.txt", "monday/c.txt"]);
        assert_eq!(found.problems, []);
        assert_eq!(found.files[0].sidecar[0].outlet.as_deref(), Some("Mail"));
        assert_eq!(found.files[1].sidecar, []);
        // The nearest folder has the last word.
        let outlets: Vec<_> =
            found.files[2].sidecar.iter().map(|row| row.outlet.as_deref()).collect();
        assert_eq!(outlets, [Some("Mail"), Some("Post")]);
    }

    #[test]
    fn order_of_arguments_and_naming_twice_change_nothing() {
        let folder = story();
        let root = folder.path().to_owned();
        let paths = [root.join("monday"), root.join("a.txt"), root.clone(), root.join("./a.txt")];
        let mut reversed = paths.clone();
        reversed.reverse();
        let found = inputs(&paths);
        assert_eq!(found.files, inputs(&reversed).files);
        assert_eq!(found.files, inputs(&[root]).files);
        assert_eq!(found.problems, []);
    }

    #[test]
    fn a_file_argument_is_called_by_its_name_and_has_its_folders_sidecar() {
        let folder = story();
        let found = inputs(&[folder.path().join("monday/c.txt"), "-".into()]);
        assert_eq!(names(&found), ["c.txt", "-"]);
        assert_eq!(found.files[0].sidecar[0].outlet.as_deref(), Some("Post"));
    }

    #[test]
    fn a_missing_path_and_an_empty_folder_are_problems_of_their_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let empty = folder.path().join("empty");
        fs::create_dir(&empty).expect("a folder");
        let found = inputs(&[folder.path().join("none.txt"), empty]);
        assert_eq!(names(&found), [] as [&str; 0]);
        let text: String = found.problems.iter().map(|problem| problem.to_string()).collect();
        assert!(text.contains("there is no such file or folder"), "{text}");
        assert!(text.contains("it holds no files"), "{text}");
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_ends() {
        let folder = story();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("monday/again"))
            .expect("a link");
        let found = inputs(&[folder.path().to_owned()]);
        assert_eq!(names(&found), ["a.txt", "b.txt", "monday/c.txt"]);
    }
}

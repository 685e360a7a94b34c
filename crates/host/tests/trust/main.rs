//! Who else may exchange what is at a path: each rule has a case that
//! is refused. Owners are changed where the tests run as root, access
//! lists set where the file system has them; a note says what was
//! skipped.
#![cfg(unix)]

use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use nutshell_host::trust::{
    Trust, TrustError, check_file, resolve, resolve_folder,
};
use tempfile::TempDir;

mod above;
mod links;
#[cfg(target_os = "linux")]
mod lists;
mod place;
mod rest;

const NO_OTHERS: Trust = Trust::NoOthers;
const STRICT: Trust = Trust::Strict;
const NOT_FOUND: &str = "No such file or directory (os error 2)";

/// A temporary folder, by its path without links.
struct Place(TempDir, PathBuf);

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().canonicalize().expect("its path");
        set_mode(&path, 0o755);
        Self(folder, path)
    }

    /// Where Strict finds nothing amiss with the folders above, which
    /// cannot be below a sticky `/tmp`.
    fn strict() -> Option<Self> {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let target = target.canonicalize().expect("target");
        let folder = tempfile::tempdir_in(target).expect("a folder");
        let path = folder.path().canonicalize().expect("its path");
        set_mode(&path, 0o755);
        let me = me();
        for above in path.ancestors() {
            let found = above.metadata().expect("an ancestor");
            if found.mode() & 0o022 != 0
                || (found.uid() != 0 && found.uid() != me)
            {
                println!("skipped: others own {}", above.display());
                return None;
            }
        }
        Some(Self(folder, path))
    }

    fn at(&self, path: &str) -> PathBuf {
        assert!(self.0.path().exists());
        self.1.join(path)
    }

    fn folder(&self, path: &str, mode: u32) -> PathBuf {
        let above = Path::new(path).parent().and_then(Path::to_str);
        if let Some(above) = above
            && !self.at(above).exists()
        {
            self.folder(above, 0o755);
        }
        let path = self.at(path);
        if !path.exists() {
            fs::create_dir(&path).expect("a folder");
        }
        set_mode(&path, mode);
        path
    }

    fn file(&self, path: &str, mode: u32) -> PathBuf {
        let path = self.at(path);
        fs::write(&path, path.as_os_str().as_encoded_bytes())
            .expect("a file");
        set_mode(&path, mode);
        path
    }

    fn link(&self, path: &str, target: impl AsRef<Path>) -> PathBuf {
        let path = self.at(path);
        symlink(target, &path).expect("a link");
        path
    }

    fn on_the_way(&self, who: &str, path: &str) -> String {
        let path = self.at(path);
        format!(
            "{who} may write to {}, on the way to it",
            path.display()
        )
    }
}

fn set_mode(path: &Path, mode: u32) {
    let permissions = fs::Permissions::from_mode(mode);
    fs::set_permissions(path, permissions).expect("a new mode");
}

fn me() -> u32 {
    // SAFETY: geteuid(2) takes nothing, and always succeeds.
    unsafe { libc::geteuid() }
}

/// A user who is neither root nor this one.
fn stranger() -> u32 {
    if me() == 4321 { 4322 } else { 4321 }
}

/// Gives what is at a path to somebody, a link itself; only root can.
fn give(path: &Path, uid: u32, gid: u32) -> bool {
    if me() != 0 {
        println!("skipped: not root");
        return false;
    }
    std::os::unix::fs::lchown(path, Some(uid), Some(gid))
        .expect("a new owner");
    true
}

fn file_error(path: &Path, trust: Trust) -> String {
    let file = File::open(path).expect("the file opens");
    match check_file(&file, path, trust) {
        Ok(()) => String::new(),
        Err(error) => error.to_string(),
    }
}

fn way_error(path: &Path, trust: Trust) -> String {
    match resolve(path, trust) {
        Ok(found) => panic!("{} is taken", found.display()),
        Err(error) => error.to_string(),
    }
}

fn folder_error(path: &Path, trust: Trust) -> String {
    match resolve_folder(path, trust) {
        Ok(found) => panic!("{} is taken", found.path().display()),
        Err(error) => error.to_string(),
    }
}

#[track_caller]
fn leads_to(path: &Path, trust: Trust, target: &Path) {
    let found = resolve(path, trust).expect("nobody else may write");
    assert_eq!(found, target);
}

//! The private folder for copies of plugins. A copy goes as soon as
//! nobody needs it. What a killed process has left behind, the next
//! process removes.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;

use crate::inspect::Inspected;
use crate::read::Source;
use crate::system;

/// How the names of all folders for copies begin.
const PREFIX: &str = "nutshell-copies-";

/// A file in such a folder, locked as long as its process lives.
const LOCK: &str = "lock";

/// A copy of a plugin's file, removed as soon as nobody needs it. (But
/// Windows does not remove what is loaded.)
#[derive(Debug)]
pub(crate) struct Copy {
    pub path: PathBuf,
    /// The path of the original, without links.
    pub of: PathBuf,
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
        let _ = self.path.parent().map(fs::remove_dir);
    }
}

// ANCHOR: copies
/// A private folder, with a folder for each copy: the name of a copy's
/// file is the plugin's, and the system's loader may tell libraries
/// apart by their paths.
#[derive(Debug)]
pub(crate) struct Copies {
    folder: PathBuf,
    count: usize,
    _lock: File,
}
// ANCHOR_END: copies

impl Copies {
    pub fn new(parent: &Path) -> io::Result<Self> {
        sweep(parent);
        // Without links, as the check of who may write expects it.
        let parent = fs::canonicalize(parent)?;
        let mut number = 0;
        let folder = loop {
            let name = format!("{PREFIX}{}-{number}", process::id());
            let folder = parent.join(name);
            match private().create(&folder) {
                Ok(()) => break folder,
                Err(error)
                    if error.kind() == io::ErrorKind::AlreadyExists =>
                {
                    number += 1;
                }
                Err(error) => return Err(error),
            }
        };
        // Locked before it has the name that others look for.
        let unlocked = folder.join("unlocked");
        let lock = File::create_new(&unlocked)?;
        lock.lock()?;
        fs::rename(unlocked, folder.join(LOCK))?;
        Ok(Self { folder, count: 0, _lock: lock })
    }

    /// Copies through the handle by which the file was inspected.
    pub fn add(&mut self, found: &Inspected) -> io::Result<Copy> {
        self.count += 1;
        let folder = self.folder.join(self.count.to_string());
        private().create(&folder)?;
        let name = found.path.file_name().unwrap_or_default();
        let path = folder.join(name);
        let mut file = File::create_new(&path)?;
        let copy = Copy { path, of: found.place.clone() };
        // Others may not write to it, whatever the umask says.
        close(&file)?;
        let mut buffer = vec![0; 1 << 16];
        let (mut at, end) = (0, found.identity.state.0);
        while at < end {
            let size = (end - at).min(buffer.len() as u64);
            let part = &mut buffer[..size as usize];
            found.file.read_at(at, part)?;
            file.write_all(part)?;
            at += size;
        }
        Ok(copy)
    }
}

impl Drop for Copies {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Removes what killed processes have left behind, and what Windows did
/// not let other processes remove.
fn sweep(parent: &Path) {
    let Ok(entries) = parent.read_dir() else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        if !name.as_encoded_bytes().starts_with(PREFIX.as_bytes()) {
            continue;
        }
        let lock = system::open_to_read(&entry.path().join(LOCK));
        if lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Makes folders that nobody else may enter.
fn private() -> DirBuilder {
    #[allow(unused_mut, reason = "only Unix has modes")]
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

fn close(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(fs::Permissions::from_mode(0o700))?;
    }
    let _: &File = file;
    Ok(())
}

//! Follows a path as the system does, one step at a time, and checks
//! each folder through which the system passes, including the folder of
//! a link and those on the way to its target. OpenSSH's `safe_path`
//! goes up from the resolved path, and does not see a link's folder.

use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Component, Path, PathBuf};

use super::rule::{check_folder, check_step};
use super::{Trust, TrustError};

/// As many links as Linux follows in one path.
const MAX_LINKS: u32 = 40;

/// Checks the way to a folder, and the folder itself.
pub(super) fn folder(
    path: &Path,
    trust: Trust,
    on_the_way: bool,
) -> Result<PathBuf, TrustError> {
    let mut walk = Walk::from(Path::new("/"), trust)?;
    walk.follow(path)?;
    walk.must_be_folder()?;
    check_folder(&walk.path, &walk.metadata, trust, on_the_way)?;
    Ok(walk.path)
}

/// Checks the last step to a file, from a folder that was checked.
pub(super) fn file(
    folder: &Path,
    name: &OsStr,
    trust: Trust,
) -> Result<PathBuf, TrustError> {
    let file = folder.join(name);
    if !file.symlink_metadata()?.is_symlink() {
        return Ok(file);
    }
    let mut walk = Walk::from(folder, trust)?;
    walk.follow(Path::new(name))?;
    // The target of the link may be in another folder.
    let folder = walk.path.parent().unwrap_or(Path::new("/"));
    check_folder(folder, &folder.symlink_metadata()?, trust, true)?;
    Ok(walk.path)
}

/// Where the walk is: a path without links, and what is there.
struct Walk {
    path: PathBuf,
    metadata: Metadata,
    links: u32,
    trust: Trust,
}

impl Walk {
    fn from(start: &Path, trust: Trust) -> io::Result<Self> {
        let metadata = start.symlink_metadata()?;
        Ok(Self { path: start.into(), metadata, links: 0, trust })
    }

    /// Takes all steps of a path, starting here. It calls itself for
    /// the target of a link; the limit on links bounds this recursion.
    fn follow(&mut self, path: &Path) -> Result<(), TrustError> {
        for step in path.components() {
            match step {
                Component::RootDir => self.go_to("/".into())?,
                Component::ParentDir => self.up()?,
                Component::Normal(name) => self.down(name)?,
                Component::CurDir | Component::Prefix(_) => {}
            }
        }
        Ok(())
    }

    /// Goes up to the parent folder, which no link can change. Who may
    /// write to the folder that is left does not matter, because none
    /// of its entries is used.
    fn up(&mut self) -> io::Result<()> {
        self.must_be_folder()?;
        let mut path = self.path.clone();
        path.pop();
        self.go_to(path)
    }

    /// Goes down to the entry `name` of this folder.
    fn down(&mut self, name: &OsStr) -> Result<(), TrustError> {
        let path = self.path.join(name);
        let metadata = path.symlink_metadata()?;
        check_step(&self.path, &self.metadata, &metadata, self.trust)?;
        if metadata.is_symlink() {
            self.links += 1;
            if self.links > MAX_LINKS {
                Err(io::Error::from_raw_os_error(libc::ELOOP))?;
            }
            return self.follow(&fs::read_link(path)?);
        }
        (self.path, self.metadata) = (path, metadata);
        Ok(())
    }

    fn go_to(&mut self, path: PathBuf) -> io::Result<()> {
        self.metadata = path.symlink_metadata()?;
        self.path = path;
        Ok(())
    }

    fn must_be_folder(&self) -> io::Result<()> {
        match self.metadata.is_dir() {
            true => Ok(()),
            false => Err(io::Error::from_raw_os_error(libc::ENOTDIR)),
        }
    }
}

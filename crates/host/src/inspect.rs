//! The first look at a file: opens it, once, and reads its headers and
//! its descriptor. None of its code runs.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::Loader;
use crate::copy::Copy;
use crate::descriptor::Descriptor;
use crate::loader::Owner;
use crate::needs::{Need, needs};
use crate::paths;
use crate::read::{self, Library, ReadError};
use crate::refusal::{Kind, Refusal};
use crate::scan::Candidate;
use crate::system::{self, Identity};
use crate::trust::{self, Trust, TrustError, Writer};

/// A file that is a plugin by its headers and its descriptor. It stays
/// open, so that a file which later takes its name is not mistaken for
/// it.
#[derive(Debug)]
pub struct Inspected {
    pub(crate) path: PathBuf,
    /// The path without links.
    pub(crate) place: PathBuf,
    /// The copy that this file is.
    pub(crate) copy: Option<Arc<Copy>>,
    pub(crate) trust: Trust,
    pub(crate) file: File,
    pub(crate) identity: Identity,
    pub(crate) library: Library,
    pub(crate) descriptor: Descriptor,
    pub(crate) needs: Vec<Need>,
}

impl Inspected {
    /// The path, as it was given to the loader.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The facts of its build.
    pub fn descriptor(&self) -> &Descriptor {
        &self.descriptor
    }

    /// The content of its headers.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// Who gets the plugin's name.
    pub(crate) fn owner(&self) -> Owner {
        let copy = self.copy.clone();
        let of = copy.as_ref().map(|copy| &copy.of);
        Owner { place: of.unwrap_or(&self.place).clone(), copy }
    }

    /// The libraries that it brings along.
    pub fn needs(&self) -> &[Need] {
        &self.needs
    }
}

// ANCHOR: inspect
/// Reads the headers and the descriptor of a file for any platform.
///
/// # Errors
/// If the file is not trusted, cannot be read, or is not a library with
/// a descriptor.
pub fn inspect(
    candidate: &Candidate,
    trust: Trust,
) -> Result<Inspected, Refusal> {
    let path = candidate.path();
    // The strict rule holds for the original, and was checked there. A
    // copy is private, but the folder of all temporary files is not.
    let trust = match trust {
        Trust::Strict if candidate.copy.is_some() => Trust::NoOthers,
        trust => trust,
    };
    let refuse = |kind, reason: &str| Refusal::new(path, kind, reason);
    let unreadable =
        |error: io::Error| refuse(Kind::Unreadable, &error.to_string());
    let (file, place) =
        candidate.open(trust).map_err(|error| distrust(path, error))?;
    let metadata = file.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(refuse(Kind::NotAFile, "not a file"));
    }
    trust::check_opened((&file, &metadata), &place, trust)
        .map_err(|error| distrust(path, error))?;

    let identity =
        system::identity(&file, &metadata).map_err(unreadable)?;
    let library = read::read(&file).map_err(|error| {
        let kind = match error {
            ReadError::CutShort => Kind::CutShort,
            ReadError::Io(_) => Kind::Unreadable,
            _ => Kind::NotALibrary,
        };
        refuse(kind, &error.to_string())
    })?;
    let descriptor = descriptor_of(&library)
        .map_err(|(kind, reason)| refuse(kind, &reason))?;
    let is_path = |name: &String| paths::OWN.is_path(name);
    let has_needs = cfg!(windows)
        || !library.run_paths.is_empty()
        || library.needed.iter().any(is_path);
    let needs = match library.platform == read::own_platform() {
        true if has_needs => needs(&library, &place, trust)
            .map_err(|reason| refuse(Kind::Needs, &reason))?,
        _ => Vec::new(),
    };
    Ok(Inspected {
        path: path.to_owned(),
        place,
        copy: candidate.copy.clone(),
        trust,
        file,
        identity,
        library,
        descriptor,
        needs,
    })
}
// ANCHOR_END: inspect

fn descriptor_of(
    library: &Library,
) -> Result<Descriptor, (Kind, String)> {
    if library.section.is_none() {
        let (theirs, own) = (&library.platform, read::own_platform());
        let (kind, reason) = match *theirs == own {
            true => {
                (Kind::NotAPlugin, "it has no descriptor".to_owned())
            }
            false => (
                Kind::OtherPlatform,
                format!("it is made for {theirs}, this app for {own}"),
            ),
        };
        return Err((kind, format!("not a plugin: {reason}")));
    }
    Descriptor::of(library).map_err(|reason| {
        let text = "its descriptor is damaged; build it again";
        (Kind::Damaged, format!("{text}: {reason}"))
    })
}

pub(crate) fn distrust(path: &Path, error: TrustError) -> Refusal {
    let kind = match &error {
        // A socket, for instance, cannot even be opened.
        TrustError::Io(_) if is_something_else(path) => {
            return Refusal::new(path, Kind::NotAFile, "not a file");
        }
        TrustError::Io(_) => Kind::Unreadable,
        TrustError::Writable { by: Writer::Anybody, .. } => {
            Kind::AnybodyWrites
        }
        _ => Kind::Untrusted,
    };
    Refusal::new(path, kind, error.to_string())
}

fn is_something_else(path: &Path) -> bool {
    path.metadata()
        .is_ok_and(|there| !there.is_file() && !there.is_dir())
}

impl Loader {
    /// Reads the headers and the descriptor of a file, and remembers
    /// which libraries it needs.
    ///
    /// # Errors
    /// As for [`inspect()`].
    pub fn inspect(
        &mut self,
        candidate: &Candidate,
    ) -> Result<Inspected, Refusal> {
        let found = inspect(candidate, self.trust)?;
        let name = crate::scan::plugin_name(&found.path);
        for file in found.needs.iter().filter_map(Need::number) {
            self.brought_by.entry(file).or_insert(name.clone());
        }
        Ok(found)
    }

    /// The plugin that needs this file and brings it along, if this
    /// loader has inspected one. Such a library is not a broken plugin.
    pub fn needed_by(&self, candidate: &Candidate) -> Option<&str> {
        let file = system::file_at(candidate.path())?;
        self.brought_by.get(&file).map(String::as_str)
    }
}

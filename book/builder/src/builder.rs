//! One build after the other: reads the settings and the chapters, and
//! writes the pages if there is no mistake in them.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf, absolute};

use anyhow::{Context, bail};
use mdbook::Config;

use crate::address;
use crate::complaints;
use crate::draft::Draft;
use crate::kept::Kept;
use crate::mistake::Mistake;
use crate::output;

/// The preprocessors whose work this builder does: the entry of
/// book.toml that has plain mdBook call it, and cmdrun's own.
const OWN: [&str; 2] = ["nutshell", "cmdrun"];

pub struct Builder {
    pub root: PathBuf,
    destination: Option<PathBuf>,
    /// What the commands have printed.
    pub kept: Kept,
}

impl Builder {
    pub fn new(
        root: &Path,
        destination: Option<PathBuf>,
    ) -> anyhow::Result<Builder> {
        // Absolute, for the commands run in their chapter's folder.
        Ok(Builder {
            root: absolute(root)?,
            destination: destination.map(absolute).transpose()?,
            kept: Kept::default(),
        })
    }

    /// The settings, with what this builder does itself taken out.
    pub fn config(&self) -> anyhow::Result<Config> {
        let settings = self.root.join("book.toml");
        if !settings.is_file() {
            bail!(
                "{}: does not exist; give the folder of a book",
                settings.display()
            );
        }
        let config = Config::from_disk(&settings)
            .with_context(|| format!("{}", settings.display()))?;
        own(&self.root, config)
    }

    /// Where the pages go.
    pub fn destination(&self, config: &Config) -> PathBuf {
        let named = || self.root.join(&config.build.build_dir);
        self.destination.clone().unwrap_or_else(named)
    }

    /// Builds the book, unless it has mistakes: then it returns them,
    /// in the order of files and lines.
    pub fn build(&mut self) -> anyhow::Result<Vec<Mistake>> {
        // Those of a build that was broken off.
        complaints::take();
        let config = self.config()?;
        // Who names another folder for the pages sees to that.
        let is_own = self.destination.is_none();
        let _lock = is_own.then(|| lock(&self.root)).transpose()?;
        let destination = self.destination(&config);
        match Draft::of(&self.root, &config, &self.kept)? {
            Ok(draft) => {
                output::write(&self.root, config, &draft, &destination)
            }
            Err(mistakes) => Ok(mistakes),
        }
    }
}

/// Waits until no other process builds this book: the commands of its
/// pages share folders. The settings are locked, since every book has
/// some; the lock ends with the file.
pub fn lock(root: &Path) -> anyhow::Result<File> {
    let settings = root.join("book.toml");
    let file = File::open(&settings)
        .with_context(|| format!("{}", settings.display()))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            eprintln!("another build of this book is running; waiting");
            file.lock()?;
        }
        // A file system that knows no locks keeps nobody waiting.
        Err(TryLockError::Error(_)) => {}
    }
    Ok(file)
}

/// The settings of a book, with what this builder does itself taken
/// out, and with the address of the repository.
pub fn own(root: &Path, mut config: Config) -> anyhow::Result<Config> {
    // Or mdBook would do it once more.
    if let Some(preprocessors) = config.get_mut("preprocessor")
        && let Some(preprocessors) = preprocessors.as_table_mut()
    {
        for name in OWN {
            preprocessors.remove(name);
        }
    }
    // Or mdBook would write the missing chapters into the sources.
    config.build.create_missing = false;
    // Or a page with Rust code would contact play.rust-lang.org.
    config.set("output.html.playground.runnable", false)?;
    address::set(root, &mut config)?;
    Ok(config)
}

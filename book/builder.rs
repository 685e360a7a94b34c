//! One build after the other: reads the settings and the chapters, and
//! writes the pages if there is no mistake in them.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf, absolute};

use anyhow::{Context, bail};
use mdbook::Config;

use crate::complaints;
use crate::kept::Kept;
use crate::mistake::{self, Mistake};
use crate::{chapter, link, output, summary};

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
        let mut config = Config::from_disk(&settings)
            .with_context(|| format!("{}", settings.display()))?;
        // Or mdBook would run an external mdbook-cmdrun as well.
        if let Some(preprocessors) = config.get_mut("preprocessor")
            && let Some(preprocessors) = preprocessors.as_table_mut()
        {
            preprocessors.remove("cmdrun");
        }
        // Or mdBook would write the missing chapters into the sources.
        config.build.create_missing = false;
        // Or a page with Rust code would contact play.rust-lang.org.
        config.set("output.html.playground.runnable", false)?;
        Ok(config)
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
        let book = self.root.join(&config.book.src);

        let mut mistakes = Vec::new();
        let mut pages = HashMap::new();
        let mut places = Vec::new();
        for source in
            summary::chapters(&self.root, &config, &mut mistakes)?
        {
            let file = mistake::shown(&self.root, &source);
            let Ok(text) = fs::read_to_string(&source) else {
                let what = "not UTF-8 text; save it as UTF-8";
                mistakes.push(Mistake::of_file(&file, what));
                continue;
            };
            let text = text.trim_start_matches('\u{feff}');
            let mut report = |line, what: String| {
                mistakes.push(Mistake::new(&file, line, what));
            };
            for place in link::check(&source, text, &book, &mut report)
            {
                places.push((file.clone(), place));
            }
            let page = chapter::expand(
                &source,
                text,
                &mut self.kept,
                &mut report,
            );
            pages.insert(source, page);
        }

        if mistakes.is_empty() {
            let destination = self.destination(&config);
            mistakes = output::write(
                &self.root,
                config,
                pages,
                &places,
                &destination,
            )?;
        }
        mistakes.sort();
        Ok(mistakes)
    }
}

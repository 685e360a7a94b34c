//! What the commands of each page have printed, for somebody who waits
//! for a page while they write it: most of a build is commands.
//!
//! A page is the unit, since its commands build on one another. Changed
//! words keep the outputs; a changed command runs all of its page.

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The lines of a page with its commands, and what became of them.
type Page = (Vec<String>, Vec<String>);

#[derive(Default)]
pub struct Kept {
    pages: Mutex<HashMap<PathBuf, Page>>,
}

impl Kept {
    /// What these lines of the page became, if they have not changed.
    pub fn outputs(
        &self,
        page: &Path,
        lines: &Vec<String>,
    ) -> VecDeque<String> {
        match self.pages().get(page) {
            Some((known, outputs)) if known == lines => {
                outputs.clone().into()
            }
            _ => VecDeque::new(),
        }
    }

    /// Keeps those of a page without a mistake.
    pub fn keep(
        &self,
        page: &Path,
        lines: Vec<String>,
        outputs: Vec<String>,
    ) {
        self.pages().insert(page.to_owned(), (lines, outputs));
    }

    /// Forgets them all, since what the commands work on has changed.
    pub fn forget(&self) {
        self.pages().clear();
    }

    fn pages(&self) -> MutexGuard<'_, HashMap<PathBuf, Page>> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

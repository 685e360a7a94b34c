//! The builder as a preprocessor of plain mdBook, which hands the loaded
//! book over on standard input and takes it back from standard output.
//!
//! mdBook removes the previous pages only when every preprocessor has
//! succeeded, so a mistake that is found here leaves them as they were.
//! That is why the pages are built once more in a temporary folder: some
//! mistakes show only there.

use std::io::{self, IsTerminal, Read};

use anyhow::{Context, bail, ensure};
use mdbook::MDBOOK_VERSION;
use mdbook::book::Book;
use mdbook::preprocess::PreprocessorContext;
use serde_json::Value;

use crate::draft::Draft;
use crate::kept::Kept;
use crate::mistake::Mistake;
use crate::{builder, output};

/// The only renderer for which the chapters are checked.
const RENDERER: &str = "html";

const NO_BOOK: &str =
    "standard input is not a book; have mdBook call this command";

/// Whether mdBook may call this builder for some renderer.
pub fn supports(renderer: &str) -> bool {
    renderer == RENDERER
}

/// Puts the output of the commands into the book on standard input.
/// Prints nothing if it has mistakes, but returns them.
pub fn run() -> anyhow::Result<Vec<Mistake>> {
    let input = io::stdin().lock();
    ensure!(!input.is_terminal(), NO_BOOK);
    let (context, mut book) = read(input)?;
    if !supports(&context.renderer) {
        bail!(
            "book.toml: the chapters are made for the renderer \
             {RENDERER} and not for {}; the Rust code in them comes from \
             files that `make test` compiles",
            context.renderer
        );
    }
    let root = context.root;
    let config = builder::own(&root, context.config)?;
    let source = root.join(&config.book.src);
    let _lock = builder::lock(&root)?;
    let draft = match Draft::of(&root, &config, &Kept::default())? {
        Ok(draft) => draft,
        Err(mistakes) => return Ok(mistakes),
    };
    let trial = tempfile::tempdir()?;
    let pages = trial.path().join("pages");
    let mistakes = output::render(&root, config, &draft, &pages)?;
    if mistakes.is_empty() {
        draft.fill(&source, &mut book)?;
        serde_json::to_writer(io::stdout().lock(), &book)?;
    }
    Ok(mistakes)
}

/// What mdBook sends. Another version may send something else, so that
/// is looked at first.
fn read(
    input: impl Read,
) -> anyhow::Result<(PreprocessorContext, Book)> {
    let sent: Value =
        serde_json::from_reader(input).context(NO_BOOK)?;
    let version = &sent[0]["mdbook_version"];
    ensure!(
        version == MDBOOK_VERSION,
        "mdBook {} does not fit this book; install the version that \
         does: cargo install mdbook@{MDBOOK_VERSION} --locked",
        version.as_str().unwrap_or("of an unknown version")
    );
    serde_json::from_value(sent).context("not the book of an mdBook")
}

//! Links from one chapter to another file of the book, and images,
//! which must not come from the network.

use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

/// A relative link's file: no scheme, no anchor, not from the root.
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\]\(([^)\s#:/][^)\s#:]*)[)#\s]").unwrap()
});
/// An image or a script that a page would fetch by itself.
static REMOTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?:!\[[^\]]*\]\(|src=["'])((?:https?:)?//[^\s)"']+)"#)
        .unwrap()
});
/// Code within a line; a link in it is not one.
static CODE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"`[^`]*`").unwrap());

/// What is wrong with the links of a line outside of fences.
pub fn check(line: &str, folder: &Path) -> Vec<String> {
    let line = CODE.replace_all(line, "``");
    let nowhere = LINK
        .captures_iter(&line)
        .map(|link| link[1].to_owned())
        .filter(|target| !folder.join(target).exists())
        .map(|target| {
            format!(
                "the link to `{target}` leads nowhere; give the path \
                 from the chapter's folder"
            )
        });
    let remote = REMOTE.captures_iter(&line).map(|link| {
        format!(
            "`{}` would be fetched from the network; put the file \
             beside the chapter",
            &link[1]
        )
    });
    nowhere.chain(remote).collect()
}

//! The address of the repository, for links to it and to the source of
//! each page. It is what was typed behind `make`, or that of the clone's
//! `origin`, as for the slides (`stage/address.mjs`). Without one, the
//! pages have no such links.

use std::env;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use anyhow::bail;
use mdbook::Config;
use regex::Regex;

/// An address for git alone: `git@host:path`.
static SHORT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:\w+@)?([\w.-]+\.[A-Za-z]+):(?:/([^/].*)|([^/].*))$",
    )
    .unwrap()
});
static LONG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(https?|ssh|git)://(?:[^@/]*@)?([\w.-]+)(:\d+)?/(.+)$",
    )
    .unwrap()
});

/// Where mdBook looks for the address.
pub const URL: &str = "output.html.git-repository-url";
const EDIT: &str = "output.html.edit-url-template";

/// The variable by which plain mdBook is told the same.
const VARIABLE: &str = "MDBOOK_OUTPUT__HTML__GIT_REPOSITORY_URL";

/// Has mdBook make the links, if the address is known.
pub fn set(root: &Path, config: &mut Config) -> anyhow::Result<()> {
    let typed = env::var("TALK_REPOSITORY").unwrap_or_default();
    let mut known = env::var(VARIABLE).ok();
    if let Some(url) = config.get(URL) {
        known = url.as_str().map(str::to_owned);
    }
    if known.is_none() {
        known = find(root, &typed)?;
    }
    let Some(address) = known else { return Ok(()) };
    config.set(URL, &address)?;
    if config.get(EDIT).is_none() {
        let folder = root.file_name().unwrap_or_default();
        let folder = folder.to_string_lossy();
        let pattern = format!("{address}/edit/main/{folder}/{{path}}");
        config.set(EDIT, pattern)?;
    }
    Ok(())
}

/// The address that was typed, or that of the clone whose top has this
/// folder.
fn find(root: &Path, typed: &str) -> anyhow::Result<Option<String>> {
    if !typed.is_empty() {
        let page = page_of(typed);
        if page.is_none() {
            bail!(
                "REPOSITORY={typed}: no address; take one as in \
                 REPOSITORY=https://example.org/plugins"
            );
        }
        return Ok(page);
    }
    let name = root.file_name().unwrap_or_default().to_string_lossy();
    let prefix = git(root, &["rev-parse", "--show-prefix"]);
    if prefix != Some(format!("{name}/")) {
        return Ok(None);
    }
    let remote = git(root, &["remote", "get-url", "origin"]);
    Ok(remote.and_then(|remote| page_of(&remote)))
}

fn git(folder: &Path, words: &[&str]) -> Option<String> {
    let output =
        Command::new("git").current_dir(folder).args(words).output();
    let output =
        output.ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.trim().to_owned())
}

/// The page on the web of a remote, without credentials, if it has one.
fn page_of(remote: &str) -> Option<String> {
    let (host, path) = if let Some(parts) = SHORT.captures(remote) {
        let path = parts.get(2).or(parts.get(3))?.as_str().to_owned();
        (parts[1].to_owned(), path)
    } else {
        let parts = LONG.captures(remote)?;
        // A port of ssh is not one of the web.
        let is_web = parts[1].starts_with("http");
        let port = parts.get(3).filter(|_| is_web);
        let port = port.map_or("", |port| port.as_str());
        (format!("{}{port}", &parts[2]), parts[4].to_owned())
    };
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    Some(format!("https://{host}/{path}"))
}

#[cfg(test)]
mod tests {
    use super::page_of;

    /// The same cases as those of the slides.
    #[test]
    fn a_remote_has_a_page_on_the_web_without_credentials() {
        let cases = include_str!("../../../tests/remotes.txt");
        for case in cases.lines() {
            let (remote, page) = case.split_once(" -> ").unwrap();
            let found = page_of(remote);
            assert_eq!(found.as_deref().unwrap_or("none"), page);
        }
        assert_eq!(cases.lines().count(), 14);
    }
}

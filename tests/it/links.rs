//! The addresses that the Markdown files of the repository link to, in
//! one list: `tests/addresses.txt`. They cannot be opened here, where no
//! test needs a network; the weekly run of the workflow opens them all.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;

use pulldown_cmark::{Event, Parser, Tag};

use crate::support::{files, root};

const LIST: &str = "tests/addresses.txt";

/// The addresses that a text links to, but for this machine's own.
fn addresses(text: &str) -> BTreeSet<String> {
    let linked = Parser::new(text).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url),
        _ => None,
    });
    linked
        .filter(|url| url.starts_with("http"))
        .filter(|url| !url.contains("//localhost"))
        .map(|url| url.into_string())
        .collect()
}

#[test]
fn every_address_is_in_the_list_that_is_opened_each_week() {
    let mut found = BTreeMap::new();
    for (file, text) in files(".md") {
        for url in addresses(&text) {
            found.insert(url, file.clone());
        }
    }
    let fresh: String =
        found.keys().map(|url| format!("{url}\n")).collect();
    let list = root().join(LIST);
    if env::var_os("UPDATE").is_some() {
        fs::write(&list, &fresh).expect("the list can be written");
    }
    let listed = fs::read_to_string(&list).unwrap_or_default();
    let known: BTreeSet<String> =
        listed.lines().map(str::to_owned).collect();
    let missing: Vec<_> =
        found.iter().filter(|(url, _)| !known.contains(*url)).collect();
    let unused: Vec<_> =
        known.iter().filter(|url| !found.contains_key(*url)).collect();
    assert!(
        missing.is_empty() && unused.is_empty() && fresh == listed,
        "{LIST} is stale, UPDATE=1 cargo test rewrites it\n\
         missing: {missing:#?}\nnowhere: {unused:#?}"
    );
}

#[test]
fn addresses_are_found_in_each_kind_of_link_and_not_in_code() {
    let text = "[a](https://a.org/#b) <https://c.org> [d][1] [e](e.md)\n\
                `[f](https://f.org)` <http://localhost:8080/g>\n\n\
                ```text\n[h](https://h.org)\n```\n\n[1]: http://d.org\n";
    let found: Vec<_> = addresses(text).into_iter().collect();
    let expected =
        ["http://d.org", "https://a.org/#b", "https://c.org"];
    assert_eq!(found, expected);
}

//! Links, on the way and at its end.

use super::*;

#[test]
fn links_are_followed_relative_absolute_and_in_chains() {
    let place = Place::new();
    place.folder("real", 0o755);
    place.folder("plugins", 0o755);
    let real = place.file("real/p.so", 0o644);
    let relative = place.link("plugins/a.so", "../real/p.so");
    let absolute = place.link("plugins/b.so", &real);
    let chain = place.link("plugins/c.so", "b.so");
    place.link("folder", "plugins/.././real");
    for path in [&relative, &absolute, &chain, &place.at("folder/p.so")]
    {
        leads_to(path, NO_OTHERS, &real);
        leads_to(path, Trust::Anyone, &real);
    }
    let folder = resolve_folder(&place.at("folder"), NO_OTHERS);
    assert_eq!(folder.expect("safe").path(), place.at("real"));
}

#[test]
fn where_a_link_leads_is_checked_as_a_folder_and_its_way() {
    let place = Place::new();
    place.folder("a/real", 0o755);
    let real = place.file("a/real/p.so", 0o644);
    place.folder("plugins", 0o755);
    let link = place.link("plugins/p.so", &real);
    for (above, mode) in
        [("a", 0o777), ("a/real", 0o777), ("a/real", 0o1777)]
    {
        place.folder(above, mode);
        let reason = place.on_the_way("anybody", above);
        assert_eq!(way_error(&link, NO_OTHERS), reason);
        place.folder(above, 0o755);
    }
    place.folder("a", 0o1777);
    leads_to(&link, NO_OTHERS, &real);
}

#[test]
fn the_folder_of_the_link_that_was_named_is_refused_if_sticky() {
    let place = Place::new();
    place.folder("real", 0o755);
    place.file("real/p.so", 0o644);
    place.folder("plugins", 0o1777);
    let link = place.link("plugins/p.so", "../real/p.so");
    let reason = place.on_the_way("anybody", "plugins");
    assert_eq!(way_error(&link, NO_OTHERS), reason);
}

#[test]
fn a_link_in_the_middle_that_others_may_exchange_is_refused() {
    let place = Place::new();
    place.folder("real", 0o755);
    let real = place.file("real/p.so", 0o644);
    place.folder("open", 0o777);
    place.link("open/middle.so", &real);
    place.link("open/folder", "../real");
    place.folder("plugins", 0o755);
    let file = place.link("plugins/p.so", "../open/middle.so");
    let folder = place.link("plugins/folder", "../open/folder");
    let reason = place.on_the_way("anybody", "open");
    assert_eq!(way_error(&file, NO_OTHERS), reason);
    assert_eq!(way_error(&folder.join("p.so"), NO_OTHERS), reason);
    assert_eq!(folder_error(&folder, NO_OTHERS), reason);
    leads_to(&file, Trust::Anyone, &real);

    // My link in a sticky folder stays what it is, another's does not.
    place.folder("open", 0o1777);
    leads_to(&file, NO_OTHERS, &real);
    leads_to(&folder.join("p.so"), NO_OTHERS, &real);
    if give(&place.at("open/middle.so"), stranger(), 0) {
        assert_eq!(way_error(&file, NO_OTHERS), reason);
    }
    if give(&place.at("open/folder"), stranger(), 0) {
        assert_eq!(folder_error(&folder, NO_OTHERS), reason);
    }
}

#[test]
fn a_way_that_leads_out_again_by_dots_is_checked_where_it_went() {
    let place = Place::new();
    place.folder("real", 0o755);
    let real = place.file("real/p.so", 0o644);
    place.folder("open/inner", 0o755);
    place.folder("open", 0o777);
    // `inner` may be exchanged for a link to anywhere.
    let path = place.at("open/inner/../../real/p.so");
    let reason = place.on_the_way("anybody", "open");
    assert_eq!(way_error(&path, NO_OTHERS), reason);
    // No name in `open` is used here.
    leads_to(&place.at("open/../real/p.so"), NO_OTHERS, &real);
}

#[test]
fn dots_lead_up_from_where_a_link_leads() {
    let place = Place::new();
    place.folder("far/away", 0o755);
    let far = place.file("far/p.so", 0o644);
    place.file("p.so", 0o644);
    place.link("link", "far/away");
    leads_to(&place.at("link/../p.so"), NO_OTHERS, &far);
    let root = Path::new("/../..").join(far.strip_prefix("/").unwrap());
    leads_to(&root, NO_OTHERS, &far);
    assert_eq!(
        way_error(&far.join("../p.so"), NO_OTHERS),
        "Not a directory (os error 20)"
    );
}

#[test]
fn forty_links_are_followed_and_a_loop_ends() {
    let place = Place::new();
    let first = place.file("0", 0o644);
    for n in 1..=41 {
        place.link(&n.to_string(), (n - 1).to_string());
    }
    leads_to(&place.at("40"), NO_OTHERS, &first);
    let tired = std::io::Error::from_raw_os_error(libc::ELOOP);
    let tired = tired.to_string();
    place.link("loop", "pool");
    place.link("pool", "loop");
    place.link("self", "self/p.so");
    for path in ["41", "loop", "loop/p.so", "self"] {
        for trust in [NO_OTHERS, Trust::Anyone] {
            assert_eq!(way_error(&place.at(path), trust), tired);
        }
    }
}

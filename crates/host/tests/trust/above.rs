//! The folders above.

use super::*;

#[test]
fn a_folder_above_that_others_may_write_to_is_refused() {
    let place = Place::new();
    place.folder("a/b/plugins", 0o755);
    let path = place.file("a/b/plugins/p.so", 0o644);
    for above in ["a", "a/b"] {
        place.folder(above, 0o777);
        let reason = place.on_the_way("anybody", above);
        assert_eq!(way_error(&path, NO_OTHERS), reason);
        assert_eq!(
            folder_error(&place.at("a/b/plugins"), NO_OTHERS),
            reason
        );
        leads_to(&path, Trust::Anyone, &path);
        place.folder(above, 0o755);
    }
    leads_to(&path, NO_OTHERS, &path);
}

#[test]
fn a_sticky_folder_above_is_safe_for_what_is_roots_or_mine() {
    let place = Place::new();
    place.folder("sticky/plugins", 0o755);
    let path = place.file("sticky/plugins/p.so", 0o644);
    place.folder("sticky", 0o1777);
    leads_to(&path, NO_OTHERS, &path);
    if give(&place.at("sticky/plugins"), stranger(), 0) {
        let reason = place.on_the_way("anybody", "sticky");
        assert_eq!(way_error(&path, NO_OTHERS), reason);
    }
}

#[test]
fn strict_makes_no_exception_for_a_sticky_folder() {
    let Some(place) = Place::strict() else { return };
    place.folder("sticky/plugins", 0o755);
    let path = place.file("sticky/plugins/p.so", 0o644);
    place.folder("sticky", 0o1777);
    let reason = place.on_the_way("anybody", "sticky");
    assert_eq!(way_error(&path, STRICT), reason);
    let folder = place.folder("sticky", 0o1775);
    let gid = folder.metadata().expect("metadata").gid();
    let group = format!("its group (gid {gid})");
    let reason = place.on_the_way(&group, "sticky");
    assert_eq!(way_error(&path, STRICT), reason);
}

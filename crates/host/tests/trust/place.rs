//! The file itself, and the folder that it is in.

use super::*;

#[test]
fn a_file_that_others_may_write_to_is_refused() {
    let place = Place::new();
    for mode in [0o666, 0o602, 0o4646] {
        let path = place.file("a.so", mode);
        assert_eq!(
            file_error(&path, NO_OTHERS),
            "anybody may write to it"
        );
        assert_eq!(
            file_error(&path, STRICT),
            "anybody may write to it"
        );
        assert_eq!(file_error(&path, Trust::Anyone), "");
    }
    let path = place.file("a.so", 0o644);
    assert_eq!(file_error(&path, NO_OTHERS), "");
    assert_eq!(file_error(&path, STRICT), "");
}

#[test]
fn the_files_mode_is_that_of_the_open_file() {
    let place = Place::new();
    let path = place.file("a.so", 0o644);
    let file = File::open(&path).expect("the file opens");
    place.file("a.so", 0o666);
    let other = place.file("b.so", 0o644);
    let error = check_file(&file, &other, NO_OTHERS);
    let error = error.expect_err("the open file's mode");
    let TrustError::Writable { path, on_the_way: false, .. } = error
    else {
        panic!("{error:?}");
    };
    assert_eq!(path, other, "named as given");
}

#[test]
fn only_strict_refuses_a_file_that_its_group_may_write_to() {
    let place = Place::new();
    let path = place.file("a.so", 0o664);
    let gid = path.metadata().expect("metadata").gid();
    assert_eq!(file_error(&path, NO_OTHERS), "");
    assert_eq!(
        file_error(&path, STRICT),
        format!("its group (gid {gid}) may write to it")
    );
}

#[test]
fn only_strict_refuses_a_file_of_another_user() {
    let place = Place::new();
    let path = place.file("a.so", 0o644);
    let uid = stranger();
    if give(&path, uid, 50) {
        assert_eq!(file_error(&path, NO_OTHERS), "");
        let reason = format!(
            "it belongs to user {uid}, not to root or to this user"
        );
        assert_eq!(file_error(&path, STRICT), reason);
        set_mode(&path, 0o664);
        give(&path, 0, 50);
        let reason = "its group (gid 50) may write to it";
        assert_eq!(file_error(&path, STRICT), reason);
    }
}

// The folder that it is in.

#[test]
fn the_folder_of_a_file_is_refused_even_if_it_is_sticky() {
    let place = Place::new();
    let path = place.folder("plugins", 0o755).join("a.so");
    place.file("plugins/a.so", 0o644);
    for mode in [0o777, 0o1777, 0o702] {
        let folder = place.folder("plugins", mode);
        let reason = place.on_the_way("anybody", "plugins");
        assert_eq!(way_error(&path, NO_OTHERS), reason);
        let reason = "anybody may write to it";
        assert_eq!(folder_error(&folder, NO_OTHERS), reason);
    }
    for mode in [0o775, 0o1775, 0o700] {
        place.folder("plugins", mode);
        leads_to(&path, NO_OTHERS, &path);
    }
}

#[test]
fn a_folder_by_a_link_is_called_it_and_named_without_the_link() {
    let place = Place::new();
    let folder = place.folder("plugins", 0o777);
    let link = place.link("link", "plugins");
    let error = resolve_folder(&link, NO_OTHERS).expect_err("refused");
    assert_eq!(error.to_string(), "anybody may write to it");
    let TrustError::Writable { path, .. } = error else {
        panic!("{error:?}");
    };
    assert_eq!(path, folder);
}

#[test]
fn only_strict_minds_the_group_and_the_owner_of_a_folder() {
    let Some(place) = Place::strict() else { return };
    let folder = place.folder("above/plugins", 0o755);
    let above = place.folder("above", 0o755);
    let path = place.file("above/plugins/a.so", 0o644);
    leads_to(&path, STRICT, &path);

    set_mode(&folder, 0o775);
    let gid = folder.metadata().expect("metadata").gid();
    let group = format!("its group (gid {gid})");
    leads_to(&path, NO_OTHERS, &path);
    assert_eq!(
        way_error(&path, STRICT),
        place.on_the_way(&group, "above/plugins")
    );
    assert_eq!(
        folder_error(&folder, STRICT),
        format!("{group} may write to it")
    );
    set_mode(&folder, 0o755);
    set_mode(&above, 0o775);
    leads_to(&path, NO_OTHERS, &path);
    assert_eq!(
        way_error(&path, STRICT),
        place.on_the_way(&group, "above")
    );
    set_mode(&above, 0o755);

    let uid = stranger();
    if give(&above, uid, gid) {
        leads_to(&path, NO_OTHERS, &path);
        let whose = "not to root or to this user";
        let reason = format!(
            "{}, on the way to it, belongs to user {uid}, {whose}",
            above.display()
        );
        assert_eq!(way_error(&path, STRICT), reason);
        give(&above, 0, gid);
        give(&folder, uid, gid);
        let reason = format!("it belongs to user {uid}, {whose}");
        assert_eq!(folder_error(&folder, STRICT), reason);
    }
}

//! Access lists, where the file system has them.

use super::*;
use std::ffi::CString;
use std::os::unix::ffi::OsStrExt;

const USER: u16 = 2;
const GROUP: u16 = 8;

/// Sets a list of one entry besides those of the mode, all that
/// write; what the owning group may do; and the mask.
fn set(path: &Path, entry: (u16, u32), group: u16, mask: u16) -> bool {
    let mut value = 2_u32.to_le_bytes().to_vec();
    let mut entries = [
        (1, 7, u32::MAX),
        (4, group, u32::MAX),
        (0x10, mask, u32::MAX),
        (0x20, 4, u32::MAX),
        (entry.0, 6, entry.1),
    ];
    entries.sort_unstable();
    for (tag, permissions, id) in entries {
        value.extend(u16::to_le_bytes(tag));
        value.extend(u16::to_le_bytes(permissions));
        value.extend(u32::to_le_bytes(id));
    }
    let bytes = path.as_os_str().as_bytes();
    let path = CString::new(bytes).expect("no NUL");
    // SAFETY: setxattr(2): both names end with a NUL, and `value`
    // has the bytes that it is said to have.
    let failed = unsafe {
        libc::setxattr(
            path.as_ptr(),
            c"system.posix_acl_access".as_ptr(),
            value.as_ptr().cast(),
            value.len(),
            0,
        )
    };
    if failed != 0 {
        let error = std::io::Error::last_os_error();
        assert_eq!(error.raw_os_error(), Some(libc::EOPNOTSUPP));
        println!("skipped: no access lists in {path:?}");
    }
    failed == 0
}

#[test]
fn who_may_write_to_a_file_by_its_list_is_another() {
    let place = Place::new();
    let path = place.file("a.so", 0o644);
    let uid = stranger();
    for (entry, who) in [
        ((USER, uid), format!("user {uid}")),
        ((GROUP, 1001), "group 1001".into()),
        ((GROUP, 0), "group 0".into()),
    ] {
        if !set(&path, entry, 4, 6) {
            return;
        }
        let reason =
            format!("{who} may write to it, by an access list");
        assert_eq!(file_error(&path, NO_OTHERS), reason);
        assert_eq!(file_error(&path, STRICT), reason);
        assert_eq!(file_error(&path, Trust::Anyone), "");
        // The mask takes it away.
        set(&path, entry, 4, 4);
        assert_eq!(file_error(&path, NO_OTHERS), "");
        assert_eq!(file_error(&path, STRICT), "");
    }
}

#[test]
fn root_and_this_user_may_be_in_the_list() {
    let place = Place::new();
    let path = place.file("a.so", 0o644);
    for uid in [0, me()] {
        if set(&path, (USER, uid), 4, 6) {
            // The mode's bits for the group are the mask's.
            let mode = path.metadata().expect("metadata").mode();
            assert_eq!(mode & 0o777, 0o764);
            assert_eq!(file_error(&path, NO_OTHERS), "");
            assert_eq!(file_error(&path, STRICT), "");
        }
    }
}

#[test]
fn strict_asks_the_list_what_the_group_may_do() {
    let place = Place::new();
    let path = place.file("a.so", 0o644);
    let gid = path.metadata().expect("metadata").gid();
    if set(&path, (USER, 0), 6, 6) {
        assert_eq!(file_error(&path, NO_OTHERS), "");
        assert_eq!(
            file_error(&path, STRICT),
            format!("its group (gid {gid}) may write to it")
        );
        set(&path, (USER, 0), 6, 4);
        assert_eq!(file_error(&path, STRICT), "");
    }
}

#[test]
fn the_lists_of_folders_count_and_sticky_saves_from_them() {
    let place = Place::new();
    place.folder("above/plugins", 0o755);
    let path = place.file("above/plugins/a.so", 0o644);
    let uid = stranger();
    for name in ["above", "above/plugins"] {
        let folder = place.folder(name, 0o755);
        if !set(&folder, (USER, uid), 4, 7) {
            return;
        }
        let who = format!("user {uid}");
        let reason = place.on_the_way(&who, name);
        let reason = format!("{reason}, by an access list");
        assert_eq!(way_error(&path, NO_OTHERS), reason);
        // Sticky helps on the way only.
        set_mode(&folder, 0o1775);
        if name == "above" {
            leads_to(&path, NO_OTHERS, &path);
        } else {
            assert_eq!(way_error(&path, NO_OTHERS), reason);
        }
        set(&folder, (USER, 0), 5, 7);
    }
    leads_to(&path, NO_OTHERS, &path);
}

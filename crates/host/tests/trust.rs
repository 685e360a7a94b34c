//! Who else may exchange what is at a path: each rule has a case that
//! is refused. Owners are changed where the tests run as root, access
//! lists set where the file system has them; a note says what was
//! skipped.
#![cfg(unix)]

use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use nutshell_host::trust::{
    Trust, TrustError, check_file, resolve, resolve_folder,
};
use tempfile::TempDir;

const NO_OTHERS: Trust = Trust::NoOthers;
const STRICT: Trust = Trust::Strict;
const NOT_FOUND: &str = "No such file or directory (os error 2)";

/// A temporary folder, by its path without links.
struct Place(TempDir, PathBuf);

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().canonicalize().expect("its path");
        set_mode(&path, 0o755);
        Self(folder, path)
    }

    /// Where Strict finds nothing amiss with the folders above, which
    /// cannot be below a sticky `/tmp`.
    fn strict() -> Option<Self> {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let target = target.canonicalize().expect("target");
        let folder = tempfile::tempdir_in(target).expect("a folder");
        let path = folder.path().canonicalize().expect("its path");
        set_mode(&path, 0o755);
        let me = me();
        for above in path.ancestors() {
            let found = above.metadata().expect("an ancestor");
            if found.mode() & 0o022 != 0
                || (found.uid() != 0 && found.uid() != me)
            {
                println!("skipped: others own {}", above.display());
                return None;
            }
        }
        Some(Self(folder, path))
    }

    fn at(&self, path: &str) -> PathBuf {
        assert!(self.0.path().exists());
        self.1.join(path)
    }

    fn folder(&self, path: &str, mode: u32) -> PathBuf {
        let above = Path::new(path).parent().and_then(Path::to_str);
        if let Some(above) = above
            && !self.at(above).exists()
        {
            self.folder(above, 0o755);
        }
        let path = self.at(path);
        if !path.exists() {
            fs::create_dir(&path).expect("a folder");
        }
        set_mode(&path, mode);
        path
    }

    fn file(&self, path: &str, mode: u32) -> PathBuf {
        let path = self.at(path);
        fs::write(&path, path.as_os_str().as_encoded_bytes())
            .expect("a file");
        set_mode(&path, mode);
        path
    }

    fn link(&self, path: &str, target: impl AsRef<Path>) -> PathBuf {
        let path = self.at(path);
        symlink(target, &path).expect("a link");
        path
    }

    fn on_the_way(&self, who: &str, path: &str) -> String {
        let path = self.at(path);
        format!(
            "{who} may write to {}, on the way to it",
            path.display()
        )
    }
}

fn set_mode(path: &Path, mode: u32) {
    let permissions = fs::Permissions::from_mode(mode);
    fs::set_permissions(path, permissions).expect("a new mode");
}

fn me() -> u32 {
    // SAFETY: geteuid(2) takes nothing, and always succeeds.
    unsafe { libc::geteuid() }
}

/// A user who is neither root nor this one.
fn stranger() -> u32 {
    if me() == 4321 { 4322 } else { 4321 }
}

/// Gives what is at a path to somebody, a link itself; only root can.
fn give(path: &Path, uid: u32, gid: u32) -> bool {
    if me() != 0 {
        println!("skipped: not root");
        return false;
    }
    std::os::unix::fs::lchown(path, Some(uid), Some(gid))
        .expect("a new owner");
    true
}

fn file_error(path: &Path, trust: Trust) -> String {
    let file = File::open(path).expect("the file opens");
    match check_file(&file, path, trust) {
        Ok(()) => String::new(),
        Err(error) => error.to_string(),
    }
}

fn way_error(path: &Path, trust: Trust) -> String {
    match resolve(path, trust) {
        Ok(found) => panic!("{} is taken", found.display()),
        Err(error) => error.to_string(),
    }
}

fn folder_error(path: &Path, trust: Trust) -> String {
    match resolve_folder(path, trust) {
        Ok(found) => panic!("{} is taken", found.path().display()),
        Err(error) => error.to_string(),
    }
}

#[track_caller]
fn leads_to(path: &Path, trust: Trust, target: &Path) {
    let found = resolve(path, trust).expect("nobody else may write");
    assert_eq!(found, target);
}

// The file itself.

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

// The folders above.

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

// Links.

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

// The rest.

#[test]
fn a_path_to_nothing_has_the_systems_text() {
    let place = Place::new();
    let dangling = place.link("dangling", "nothing");
    let file = place.file("file", 0o644);
    for trust in [NO_OTHERS, STRICT, Trust::Anyone] {
        let nothing = Path::new("/nothing/nowhere");
        assert_eq!(way_error(nothing, trust), NOT_FOUND);
        assert_eq!(folder_error(nothing, trust), NOT_FOUND);
    }
    assert_eq!(way_error(&dangling, NO_OTHERS), NOT_FOUND);
    let no_folder = "Not a directory (os error 20)";
    assert_eq!(folder_error(&file, NO_OTHERS), no_folder);
    assert_eq!(way_error(&file.join("p.so"), NO_OTHERS), no_folder);
    assert_eq!(way_error(&place.at(".."), NO_OTHERS), "is a directory");
}

#[test]
fn a_relative_path_begins_in_the_current_folder() {
    let here = std::env::current_dir().expect("a current folder");
    leads_to(Path::new("Cargo.toml"), Trust::Anyone, &{
        here.join("Cargo.toml")
    });
    let folder = resolve_folder(Path::new("."), Trust::Anyone);
    assert_eq!(folder.expect("nothing is checked").path(), here);
}

#[test]
fn in_a_folder_that_was_checked_only_the_last_step_is() {
    let place = Place::new();
    place.folder("above/plugins", 0o755);
    place.folder("open", 0o777);
    let file = place.file("above/plugins/a.so", 0o644);
    let real = place.file("open/b.so", 0o644);
    place.link("above/plugins/b.so", &real);
    let folder = resolve_folder(&place.at("above/plugins"), NO_OTHERS)
        .expect("nobody else may write");

    place.folder("above", 0o777);
    let found = folder.resolve(OsStr::new("a.so"));
    assert_eq!(found.expect("no look above"), file);
    let error = folder.resolve(OsStr::new("b.so"));
    let error = error.expect_err("the whole way of a link");
    let reason = place.on_the_way("anybody", "open");
    assert_eq!(error.to_string(), reason);
    let error = folder.resolve(OsStr::new("c.so"));
    assert_eq!(error.expect_err("nothing").to_string(), NOT_FOUND);
    for name in ["", ".", "..", "/", "../plugins/a.so", "x/../a.so"] {
        let error = folder.resolve(OsStr::new(name));
        let error = error.expect_err("not one step").to_string();
        assert_eq!(error, "invalid filename");
    }
}

/// A fixed sequence of numbers that look like chance.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005) + 1;
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }
}

#[test]
fn what_is_found_is_what_the_system_finds() {
    let place = Place::new();
    let mut chance = Chance(42);
    let mut found = 0;
    let names = ["a", "b", "c", "d"];
    let root = place.at("");
    for round in 0..40 {
        let base = format!("{round}");
        place.folder(&base, 0o755);
        let path = |chance: &mut Chance| {
            let steps = ["a", "b", "c", "d", ".."];
            let mut path = match chance.below(4) {
                0 => root.join(&base),
                _ => PathBuf::new(),
            };
            for _ in 0..=chance.below(4) {
                path.push(steps[chance.below(steps.len())]);
            }
            path
        };
        for n in 0..16 {
            let mut at = place.at(&base);
            for _ in 0..=n / 6 {
                at.push(names[chance.below(4)]);
            }
            // Not all of them have a place or are new.
            _ = match chance.below(5) {
                0 => fs::write(&at, ""),
                1 | 2 => fs::create_dir(&at),
                _ => symlink(path(&mut chance), &at),
            };
        }
        for _ in 0..50 {
            let path = place.at(&base).join(path(&mut chance));
            let Ok(expected) = path.canonicalize() else {
                assert!(resolve(&path, Trust::Anyone).is_err());
                assert!(resolve_folder(&path, NO_OTHERS).is_err());
                continue;
            };
            found += 1;
            if expected.is_dir() {
                let ours = resolve_folder(&path, Trust::Anyone);
                let ours = ours.expect("nothing is checked");
                assert_eq!(ours.path(), expected);
            } else {
                leads_to(&path, Trust::Anyone, &expected);
            }
        }
    }
    assert!(found > 300, "{found} paths of 2000 are too few");
}

#[cfg(target_os = "linux")]
mod lists {
    use super::*;
    use std::ffi::CString;
    use std::os::unix::ffi::OsStrExt;

    const USER: u16 = 2;
    const GROUP: u16 = 8;

    /// Sets a list of one entry besides those of the mode, all that
    /// write; what the owning group may do; and the mask.
    fn set(
        path: &Path,
        entry: (u16, u32),
        group: u16,
        mask: u16,
    ) -> bool {
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
}

//! POSIX access lists of Linux. The kernel provides a list in an
//! extended attribute (linux/posix_acl_xattr.h): a version, then
//! entries of tag, permissions and id, all little-endian. A file system
//! without access lists has no such attribute.

use std::ffi::{CStr, CString, c_void};
use std::fs::File;
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use super::List;
use crate::trust::Writer;

const ATTRIBUTE: &CStr = c"system.posix_acl_access";
const VERSION: [u8; 4] = 2_u32.to_le_bytes();
const USER: u16 = 0x02;
const OWNING_GROUP: u16 = 0x04;
const GROUP: u16 = 0x08;
const MASK: u16 = 0x10;
const WRITE: u16 = 0o2;

/// The list of the file or folder at `path`; a link is not followed.
pub(super) fn of_path(path: &Path) -> io::Result<List> {
    let path = CString::new(path.as_os_str().as_bytes())?;
    read(|value, size| {
        // SAFETY: lgetxattr(2): both names end with a NUL, and `read`
        // has `size` bytes at `value`.
        unsafe {
            libc::lgetxattr(
                path.as_ptr(),
                ATTRIBUTE.as_ptr(),
                value,
                size,
            )
        }
    })
}

/// The list of an open file.
pub(super) fn of_file(file: &File) -> io::Result<List> {
    let fd = file.as_raw_fd();
    read(|value, size| {
        // SAFETY: fgetxattr(2): `fd` is open as long as `file` is
        // borrowed, the name ends with a NUL, and `read` has `size`
        // bytes at `value`.
        unsafe { libc::fgetxattr(fd, ATTRIBUTE.as_ptr(), value, size) }
    })
}

/// Gets the size, then the value, and starts again if the list grew.
fn read(get: impl Fn(*mut c_void, usize) -> isize) -> io::Result<List> {
    let mut value = Vec::<u8>::new();
    loop {
        let size = get(value.as_mut_ptr().cast(), value.len());
        let Ok(size) = usize::try_from(size) else {
            let error = io::Error::last_os_error();
            match error.raw_os_error() {
                Some(
                    libc::ENODATA | libc::EOPNOTSUPP | libc::ENOSYS,
                ) => return Ok(List::default()),
                Some(libc::ERANGE) => {
                    value.clear();
                    continue;
                }
                _ => return Err(error),
            }
        };
        if size <= value.len() {
            return parse(&value[..size]);
        }
        value.resize(size, 0);
    }
}

fn parse(value: &[u8]) -> io::Result<List> {
    if value.is_empty() {
        return Ok(List::default());
    }
    let entries = value.strip_prefix(&VERSION);
    let Some((entries, [])) = entries.map(<[u8]>::as_chunks::<8>)
    else {
        let text = "its access list cannot be understood";
        return Err(io::Error::new(io::ErrorKind::InvalidData, text));
    };
    let entries = entries.iter().map(|&[t, u, p, q, a, b, c, d]| {
        let permissions = u16::from_le_bytes([p, q]);
        let id = u32::from_le_bytes([a, b, c, d]);
        (u16::from_le_bytes([t, u]), permissions & WRITE != 0, id)
    });
    // Without a mask there are only entries for owner, group, others.
    let mask = entries
        .clone()
        .find(|&(tag, ..)| tag == MASK)
        .is_none_or(|(_, writes, _)| writes);
    let mut list = List::default();
    for (tag, writes, id) in entries {
        let writes = writes && mask;
        match tag {
            OWNING_GROUP => list.owning_group = Some(writes),
            USER if writes => list.named.push(Writer::ListedUser(id)),
            GROUP if writes => {
                list.named.push(Writer::ListedGroup(id));
            }
            _ => {}
        }
    }
    Ok(list)
}

//! Reads and writes files. A crash leaves the old file or the new one, never half of either: temporary
//! file → fsync → rename → fsync of the folder. A folder may come from a stranger, so no link is
//! followed to write, and only regular files are read, up to a limit.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use crate::error::Error;

/// Whether the last part of a path may be a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPolicy {
    /// Links are followed: the user named the path.
    Followed,
    /// Links are refused: the path was found in a folder.
    Refused,
}

/// Reads a regular file of at most `most` bytes. A pipe, a device or a folder is not even opened.
///
/// # Errors
/// If it is no regular file, is larger than `most`, or cannot be read.
pub fn read(path: &Path, most: u64, links: LinkPolicy) -> Result<Vec<u8>, Error> {
    let io = |source| Error::Io { path: path.to_owned(), source };
    let none = || Error::NoFile { path: path.to_owned() };
    let about = match links {
        LinkPolicy::Followed => fs::metadata(path),
        LinkPolicy::Refused => fs::symlink_metadata(path),
    };
    if !about.map_err(io)?.is_file() {
        return Err(none());
    }
    let mut options = OpenOptions::new();
    options.read(true);
    // The path may have become something else since it was checked.
    guard(&mut options, links);
    let file = options.open(path).map_err(io)?;
    let about = file.metadata().map_err(io)?;
    if !about.is_file() {
        return Err(none());
    }
    let too_large = |bytes: u64| Error::FileTooLarge {
        file: path.display().to_string(),
        mib: bytes.div_ceil(1 << 20),
        most: most >> 20,
    };
    if about.len() > most {
        return Err(too_large(about.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or_default());
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(io)?;
    // The file may have grown while it was read.
    if bytes.len() as u64 > most { Err(too_large(bytes.len() as u64)) } else { Ok(bytes) }
}

/// Opens a regular file to read it in parts. It is no link.
pub(super) fn open_to_read(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    guard(&mut options, LinkPolicy::Refused);
    if fs::symlink_metadata(path)?.is_file() { options.open(path) } else { Err(shared()) }
}

/// Writes `bytes` to a temporary file.
pub(crate) fn prepare(temporary: &Path, bytes: &[u8]) -> Result<(), Error> {
    fill(temporary, bytes).map_err(|source| {
        // The next write of this file replaces what is left of it.
        let _ = fs::remove_file(temporary);
        Error::Write { path: temporary.to_owned(), source }
    })
}

/// Moves a prepared file to its place, on the same file system.
pub(crate) fn place(temporary: &Path, to: &Path) -> Result<(), Error> {
    fs::rename(temporary, to)
        .and_then(|()| sync_folder(to.parent()))
        .map_err(|source| Error::Write { path: to.to_owned(), source })
}

/// Removes a file durably. A missing file is fine. Of a link only the link is removed.
pub(super) fn remove(path: &Path) -> Result<(), Error> {
    let gone = match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    };
    gone.and_then(|()| sync_folder(path.parent())).map_err(|source| Error::Write { path: path.to_owned(), source })
}

/// Makes a folder that only its owner may look into. An existing one must be a folder, and no link to
/// one.
pub(crate) fn folder(path: &Path) -> Result<(), Error> {
    match fs::symlink_metadata(path) {
        Ok(about) if about.is_dir() => Ok(()),
        Ok(_) => Err(Error::NotOurs { path: path.to_owned() }),
        Err(_) => {
            let mut builder = fs::DirBuilder::new();
            builder.recursive(true);
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder.create(path).map_err(|source| Error::Write { path: path.to_owned(), source })
        }
    }
}

/// Opens a file of ours to read and write, and makes it if it is missing. It must be a regular file
/// with no other name. A write through a link would change somebody else's file.
pub(super) fn open_own(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    private(&mut options);
    guard(&mut options, LinkPolicy::Refused);
    if fs::symlink_metadata(path).is_ok_and(|about| !about.is_file()) {
        return Err(shared());
    }
    let file = options.open(path)?;
    let about = file.metadata()?;
    if about.is_file() && has_one_name(&about) { Ok(file) } else { Err(shared()) }
}

fn fill(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes an empty file. Whatever has its name gives way, even a link.
pub(crate) fn create(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    private(&mut options);
    options.open(path)
}

fn shared() -> io::Error {
    io::Error::other("it is a link, or no file, or has another name as well; remove it")
}

/// Gives rights to the owner alone.
#[cfg_attr(not(unix), expect(unused_variables, reason = "the folder's own rights hold"))]
fn private(options: &mut OpenOptions) {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
}

/// Follows no link if links are refused, and waits for nobody at the other end of a pipe.
#[cfg_attr(not(unix), expect(unused_variables, reason = "there is no such flag"))]
fn guard(options: &mut OpenOptions, links: LinkPolicy) {
    #[cfg(unix)]
    {
        let follow = if links == LinkPolicy::Refused { libc::O_NOFOLLOW } else { 0 };
        std::os::unix::fs::OpenOptionsExt::custom_flags(options, follow | libc::O_NONBLOCK);
    }
}

/// Whether a file has only one name. Another name may be somebody else's.
#[cfg_attr(not(unix), expect(unused_variables, reason = "it cannot be told"))]
fn has_one_name(about: &Metadata) -> bool {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::nlink(about) <= 1;
    #[cfg(not(unix))]
    true
}

/// What a file is, whatever its name: its number, and when it last changed. It differs when another
/// file is put in its place, or when it is written and its date is set back.
#[cfg_attr(not(unix), expect(unused_variables, reason = "it cannot be told"))]
pub(super) fn identity(about: &Metadata) -> [i64; 3] {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        [about.ino().cast_signed(), about.ctime(), about.ctime_nsec()]
    }
    #[cfg(not(unix))]
    [0; 3]
}

/// A rename survives a power cut only if its folder is synced.
pub(super) fn sync_folder(folder: Option<&Path>) -> io::Result<()> {
    match folder {
        // Other systems cannot open a folder as a file, and sync it themselves.
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn only_regular_files_are_read_and_no_more_of_them_than_is_allowed() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("file"), b"words").expect("written");
        symlink(at("file"), at("link")).expect("linked");
        assert_eq!(read(&at("file"), 5, LinkPolicy::Refused).expect("read"), b"words");
        assert_eq!(read(&at("link"), 5, LinkPolicy::Followed).expect("read"), b"words");
        assert!(matches!(read(&at("link"), 5, LinkPolicy::Refused), Err(Error::NoFile { .. })));
        assert!(matches!(read(&at("file"), 4, LinkPolicy::Refused), Err(Error::FileTooLarge { .. })));
        assert!(matches!(read("/dev/zero".as_ref(), 5, LinkPolicy::Followed), Err(Error::NoFile { .. })));
        let sparse = File::create(at("sparse")).expect("made");
        sparse.set_len(1 << 40).expect("set");
        assert!(matches!(read(&at("sparse"), 1 << 20, LinkPolicy::Followed), Err(Error::FileTooLarge { .. })));
    }

    #[test]
    fn nothing_is_written_through_a_link() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for make in [|to: &Path, at: &Path| symlink(to, at), |to: &Path, at: &Path| fs::hard_link(to, at)] {
            fs::write(at("victim"), b"theirs").expect("written");
            make(&at("victim"), &at("ours")).expect("linked");
            assert!(open_own(&at("ours")).is_err());
            prepare(&at("ours"), b"new").expect("written");
            assert_eq!(fs::read(at("victim")).expect("there"), b"theirs");
            assert_eq!(fs::read(at("ours")).expect("there"), b"new");
            assert_eq!(fs::metadata(at("ours")).expect("there").permissions().mode() & 0o777, 0o600);
            fs::remove_file(at("ours")).expect("removed");
        }
        fs::create_dir(at("elsewhere")).expect("made");
        symlink(at("elsewhere"), at("state_folder")).expect("linked");
        assert!(super::folder(&at("state_folder")).is_err());
    }
}

//! Checks that a folder from a stranger can do no harm, and that no file in it ends the program.

use std::fs;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use super::{complained, fixture, interview, names, over, said, vectors};

/// Writes a manifest that names a file as the library's own and as withdrawn.
fn manifest(data: &Path, file: &str, sha256: &str) {
    use yuanhua::hash::sha256_hex;
    let file = serde_json::to_string(file).expect("JSON");
    let library = format!(
        r#"{{"version":1,"transcripts":{{"{sha256}":{{"file":{file},"added":"2026-01-01","edits":{{"title":null,"interviewers":[],"merged":{{}},"pseudonyms":{{}},"withdrawn":[]}}}}}},"withdrawn":[{{"sha256":"{sha256}","on":"2026-01-01"}}]}}"#
    );
    fs::create_dir_all(data.join(".yuanhua")).expect("made");
    let sealed = format!("{{\"sha256\":\"{}\",\"library\":{library}}}", sha256_hex(&[library.as_bytes()]));
    fs::write(data.join(".yuanhua/manifest.json"), sealed).expect("written");
}

#[test]
fn a_manifest_that_names_a_file_elsewhere_is_refused_by_name_and_deletes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let victim = folder.path().join("victim/thesis.docx");
    fs::create_dir(victim.parent().expect("a folder")).expect("made");
    fs::write(&victim, "years of work").expect("written");
    let absolute = victim.display().to_string();
    for file in ["../victim/thesis.docx", &absolute, "./../victim/thesis.docx", "sub/../../victim/thesis.docx"] {
        let data = folder.path().join("evil");
        manifest(&data, file, &"a".repeat(64));
        for args in [&["list"][..], &["ask", "work"], &["withdraw", "x"], &["add", &fixture()]] {
            let complaint = complained(&data, args);
            assert!(complaint.contains(file) && complaint.contains("no file of this folder"), "{complaint}");
        }
        assert!(victim.exists(), "{file}");
        fs::remove_dir_all(&data).expect("removed");
    }
}

#[test]
fn only_what_still_is_what_was_withdrawn_is_deleted() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    fs::write(data.join("notes.docx"), "the owner's own, of another kind").expect("written");
    manifest(data, "notes.docx", &"a".repeat(64));
    over(data, &["list"]);
    assert!(data.join("notes.docx").exists());
}

#[cfg(unix)]
#[test]
fn no_link_in_a_folder_is_followed() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a folder");
    let victim = folder.path().join("victim.txt");
    let private = interview("私事");
    let sample = folder.path().join("sample");
    said(&sample, &["add", &fixture()]);
    let vectors = vectors(&sample).file_name().expect("a name").to_string_lossy().into_owned();
    for hard in [false, true] {
        for name in [
            "manifest.new",
            "lock",
            "vectors.redb",
            &vectors,
            "incoming",
            "key",
            "key.new",
            "words.new",
            "derived.new",
            "graph-x-passages",
            "manifest.json",
        ] {
            let data = folder.path().join("evil");
            fs::create_dir_all(data.join(".yuanhua")).expect("made");
            fs::write(&victim, &private).expect("written");
            fs::write(data.join("mine.txt"), interview("跑步")).expect("written");
            let at = data.join(".yuanhua").join(name);
            if hard { fs::hard_link(&victim, &at) } else { symlink(&victim, &at) }.expect("linked");
            let all: [&[&str]; 5] =
                [&["list"], &["ask", "跑步"], &["add", &fixture()], &["rename", "mine", "x"], &["withdraw", "mine"]];
            // `ask` opens the folder as `list` does, and then the cache of vectors. So it is only tried on that cache.
            for args in all.into_iter().filter(|args| args[0] != "ask" || name.starts_with("vectors")) {
                let output = over(&data, args);
                assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"), "{name} {args:?}");
            }
            assert_eq!(fs::read_to_string(&victim).expect("there"), private, "{name} {hard}");
            fs::remove_dir_all(&data).expect("removed");
        }
    }
    // A link in the place of a folder or of a transcript is not followed either.
    let (data, elsewhere) = (folder.path().join("evil"), folder.path().join("elsewhere"));
    fs::create_dir(&elsewhere).expect("made");
    fs::create_dir(&data).expect("made");
    symlink(&elsewhere, data.join(".yuanhua")).expect("linked");
    fs::write(data.join("mine.txt"), interview("跑步")).expect("written");
    assert!(complained(&data, &["list"]).contains("is a link"));
    assert_eq!(fs::read_dir(&elsewhere).expect("a folder").count(), 0);
    fs::remove_file(data.join(".yuanhua")).expect("removed");
    symlink(&victim, data.join("stolen.txt")).expect("linked");
    let listed = said(&data, &["list"]);
    assert!(listed.contains("stolen.txt: ") && listed.contains("no regular file"), "{listed}");
    assert!(!String::from_utf8_lossy(&over(&data, &["ask", "私事"]).stdout).contains("私事很好"));
    fs::create_dir(data.join(".yuanhua/withdrawn")).expect("made");
    fs::remove_dir(data.join(".yuanhua/withdrawn")).expect("removed");
    symlink(&elsewhere, data.join(".yuanhua/withdrawn")).expect("linked");
    fs::write(elsewhere.join("theirs"), "x").expect("written");
    assert!(complained(&data, &["withdraw", "mine"]).contains("is a link"));
    assert!(elsewhere.join("theirs").exists());
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_endless_files_are_refused_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let pipe = data.join("pipe.txt");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
    fs::write(data.join("mine.txt"), interview("跑步")).expect("written");
    let sparse = fs::File::create(data.join("sparse.txt")).expect("made");
    sparse.set_len(1 << 40).expect("set");
    let listed = said(data, &["list"]);
    assert!(listed.contains("pipe.txt: ") && listed.contains("no regular file"), "{listed}");
    assert!(listed.contains("sparse.txt: ") && listed.contains("1048576 MiB"), "{listed}");
    for file in ["/dev/zero", "/dev/stdin", &pipe.display().to_string(), &data.display().to_string()] {
        for args in [&["check", file][..], &["add", file]] {
            if args[0] == "add" && file == data.display().to_string() {
                continue;
            }
            let output = over(&folder.path().join("other"), args);
            assert!(!output.status.success(), "{args:?}");
        }
    }
    assert!(complained(data, &["check", "/dev/zero"]).contains("no regular file"));
    assert!(complained(data, &["check", &data.join("sparse.txt").display().to_string()]).contains("1048576 MiB"));
}

#[test]
fn what_is_acknowledged_is_listed_and_what_cannot_be_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    for name in ["notes.log", "x.exe", "a.txt.bak"] {
        let file = folder.path().join(name);
        fs::write(&file, interview("跑步")).expect("written");
        let complaint = complained(&data, &["add", &file.display().to_string()]);
        assert!(complaint.contains(name) && complaint.contains("txt, md,"), "{complaint}");
    }
    assert!(names(&data).is_empty());
    let file = folder.path().join("NOTES.TXT");
    fs::write(&file, interview("跑步")).expect("written");
    said(&data, &["add", &file.display().to_string()]);
    assert_eq!(names(&data), ["NOTES"]);
}

#[test]
fn no_date_of_a_file_ends_the_program() {
    let shared = Path::new("/dev/shm");
    let folder = if shared.is_dir() { tempfile::tempdir_in(shared) } else { tempfile::tempdir() }.expect("a folder");
    let file = folder.path().join("a.txt");
    fs::write(&file, "Q1. hi?\nA1 yes, that is so\n").expect("written");
    // The year 10000 begins at this time.
    let too_late: u64 = 253_402_300_800;
    for date in [
        UNIX_EPOCH.checked_add(Duration::from_secs(too_late)),
        UNIX_EPOCH.checked_add(Duration::from_secs(1 << 40)),
        UNIX_EPOCH.checked_sub(Duration::from_hours(24 * 365)),
        UNIX_EPOCH.checked_sub(Duration::from_secs(1 << 37)),
    ] {
        let opened = fs::File::options().write(true).open(&file).expect("opened");
        // A file system that cannot keep the date gives an error or keeps another date.
        let Some(true) = date.map(|date| opened.set_modified(date).is_ok()) else { continue };
        drop(opened);
        assert_eq!(names(folder.path()), ["a"]);
        said(folder.path(), &["ask", "hi"]);
    }
}

#[cfg(unix)]
#[test]
fn new_files_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    said(&data, &["add", &fixture()]);
    fs::write(data.join("mine.txt"), interview("跑步")).expect("written");
    said(&data, &["withdraw", "mine"]);
    let corner = data.join(".yuanhua");
    let kept =
        ["remote-work.txt", ".yuanhua/manifest.json", ".yuanhua/lock", ".yuanhua/key"].map(|file| data.join(file));
    for file in kept.into_iter().chain([vectors(&data)]) {
        let mode = fs::metadata(&file).expect("there").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}: {mode:o}", file.display());
    }
    assert_eq!(fs::metadata(corner).expect("there").permissions().mode() & 0o077, 0);
}

//! Names of files that come from elsewhere, made safe for a folder of ours.

use std::path::Path;

/// The most characters of a name, without its ending.
const MAX_STEM_CHARS: usize = 60;

/// Whether a name is that of a file in a folder. It leads nowhere else and is not hidden.
pub(super) fn is_bare(name: &str) -> bool {
    !name.starts_with('.')
        && !name.contains(['/', '\0'])
        && Path::new(name).file_name().is_some_and(|last| last == name)
}

/// A file name without folders, controls or characters that a system forbids.
pub(super) fn safe(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let path = Path::new(last);
    let clean = |part: &str| -> String {
        let inert = crate::text::sanitize::inert(part);
        let kept = inert.chars().map(|c| if c == '\u{fffd}' || "<>:\"|?*".contains(c) { '_' } else { c });
        kept.take(MAX_STEM_CHARS).collect::<String>().trim().trim_matches('.').to_owned()
    };
    let stem = clean(&path.file_stem().unwrap_or_default().to_string_lossy());
    let ending = clean(&path.extension().unwrap_or_default().to_string_lossy());
    let stem = if stem.is_empty() { "interview" } else { &stem };
    let ending = if ending.is_empty() { "txt" } else { &ending };
    format!("{stem}.{ending}")
}

/// The name, or the first of `name-2`, `name-3` … that is free.
pub(super) fn free(name: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(name) {
        return name.to_owned();
    }
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "txt"));
    (2..=usize::MAX)
        .map(|n| format!("{stem}-{n}.{ending}"))
        .find(|name| !taken(name))
        .unwrap_or_else(|| name.to_owned())
}

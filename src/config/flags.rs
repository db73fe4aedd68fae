//! The names of the flags that a sentence names as a remedy. The command line defines its options by these constants, so
//! no sentence names a flag that does not exist.

/// The data folder, or one transcript.
pub const DATA: &str = "data";
/// The address of a shared store.
pub const STORE: &str = "store";
/// The address of the page.
pub const HOST: &str = "host";
/// The port of the page.
pub const PORT: &str = "port";
/// A host name that the page answers to.
pub const HOST_NAME: &str = "host-name";
/// The columns of a table.
pub const COLUMNS: &str = "columns";
/// To add what was withdrawn.
pub const AGAIN: &str = "again";
/// The largest file, in MiB.
pub const MAX_FILE_MIB: &str = "max-file-mib";
/// The largest unpacked content, in MiB.
pub const MAX_UNPACKED_MIB: &str = "max-unpacked-mib";
/// The longest text, in MiB.
pub const MAX_TEXT_MIB: &str = "max-text-mib";
/// The longest line, in KiB.
pub const MAX_LINE_KIB: &str = "max-line-kib";
/// The most levels of elements.
pub const MAX_NESTING: &str = "max-nesting";
/// The most turns of a transcript.
pub const MAX_TURNS: &str = "max-turns";
/// The most pages of a PDF.
pub const MAX_PAGES: &str = "max-pages";
/// The most passages of all transcripts.
pub const MAX_PASSAGES: &str = "max-passages";
/// The most files added at once.
pub const MAX_FILES: &str = "max-files";

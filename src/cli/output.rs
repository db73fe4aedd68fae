//! What commands that write quotes share: the file to write, and the words to replace in it.

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;

use clap::Args;

use crate::disclosure::Replacements;
use crate::error::Error;
use crate::export::{Export, ExportFormat};
use crate::i18n::DisplayLanguage;
use crate::terminal;

/// The file to write, and the words to replace in it.
#[derive(Debug, Args)]
pub(super) struct OutputArgs {
    /// The file to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Words to replace, and what is to stand for them in square brackets; repeat it for several
    ///
    /// A name is replaced in every form: for 张小三=受访者甲 also 小三, 老张 and 张总. `yuanhua disclosure` finds what could tell
    /// who somebody is.
    #[arg(long, value_name = "WORDS=REPLACEMENT", value_parser = replacement)]
    replace: Vec<(String, String)>,
}

impl OutputArgs {
    fn is_terminal(&self) -> bool {
        self.out.is_none() && std::io::stdout().is_terminal()
    }

    /// Checks that a file of this format can be written.
    pub(super) fn check(&self, format: ExportFormat) -> anyhow::Result<()> {
        if format == ExportFormat::Docx && self.is_terminal() {
            anyhow::bail!("a terminal cannot show a Word document; name a file with --out");
        }
        Ok(())
    }

    /// Makes the replacements and writes the file.
    pub(super) fn write(&self, mut export: Export, format: ExportFormat, lang: DisplayLanguage) -> anyhow::Result<()> {
        let replacements = Replacements::of(&self.replace);
        if !replacements.is_empty() {
            export.replace(&replacements);
        }
        let bytes = export.bytes(format, lang.messages().export)?;
        match &self.out {
            Some(path) => std::fs::write(path, bytes).map_err(|source| Error::Write { path: path.clone(), source })?,
            None if self.is_terminal() => terminal::out().write_all(&bytes)?,
            // A file or a program gets the bytes unchanged.
            None => terminal::out().into_inner().write_all(&bytes)?,
        }
        Ok(())
    }
}

/// Reads `张小三=受访者甲`.
fn replacement(pair: &str) -> Result<(String, String), String> {
    let (words, with) = pair.split_once('=').ok_or("write WORDS=REPLACEMENT, such as 张小三=受访者甲")?;
    if words.trim().is_empty() || with.trim().is_empty() {
        return Err("both sides of the = need words".into());
    }
    Ok((words.trim().to_owned(), with.trim().to_owned()))
}

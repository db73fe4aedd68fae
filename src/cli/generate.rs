//! `yuanhua completions` and `yuanhua man`. Both are made from the definition of the command line, so
//! that they always agree with it. Knows no command by name.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, Command};
use clap_complete::Shell;

use crate::error::Error;
use crate::terminal;

const NAME: &str = "yuanhua";

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub(super) struct CompletionsCommand {
    /// The shell
    shell: Shell,
}

/// Arguments of `man`.
#[derive(Debug, Args)]
pub(super) struct ManCommand {
    /// A folder for one page for each command [default: print the page of yuanhua itself]
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
}

impl CompletionsCommand {
    pub(super) fn run(&self, mut command: Command) -> anyhow::Result<()> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, NAME, &mut script);
        Ok(terminal::out().write_all(&script)?)
    }
}

impl ManCommand {
    pub(super) fn run(&self, command: Command) -> anyhow::Result<()> {
        let Some(folder) = &self.into else {
            let mut page = Vec::new();
            clap_mangen::Man::new(command).render(&mut page)?;
            return Ok(terminal::out().write_all(&page)?);
        };
        let written = fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder));
        Ok(written.map_err(|source| Error::Write { path: folder.clone(), source })?)
    }
}

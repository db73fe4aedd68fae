//! The command line: serve (the default), ask, check, eval. No retrieval here.

mod ask;
mod check;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};

use crate::config::{self, Config, DEFAULT_HOST, DEFAULT_PORT};
use crate::corpus::Corpus;
use crate::embed::{Choice, Encoder};
use crate::error::Error;
use crate::{eval, ingest, library, web};

/// Ask your interviews a question, get the interviewees' exact words back.
#[derive(Debug, Parser)]
#[command(name = "yuanhua", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// A folder of transcripts (.txt, .md), or one of them [default: the bundled interview]
    #[arg(long, env = "YUANHUA_DATA", global = true, value_name = "PATH")]
    data: Option<PathBuf>,
    /// What finds the meaning: built-in, a model of fastembed's catalogue (fetched once), or a folder
    #[arg(long, env = "YUANHUA_ENCODER", global = true, default_value = "built-in", value_name = "NAME|DIR")]
    encoder: String,
    /// Address to serve on
    #[arg(long, env = "YUANHUA_HOST", global = true, default_value_t = DEFAULT_HOST)]
    host: IpAddr,
    /// Port to serve on
    #[arg(long, env = "YUANHUA_PORT", global = true, default_value_t = DEFAULT_PORT)]
    port: u16,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the chat page (what happens without a command)
    Serve,
    /// Ask one question in the terminal
    Ask(ask::Ask),
    /// Show what is read from a transcript, and what was restored in it
    Check(check::Check),
    /// Measure retrieval on labelled queries
    Eval(eval::Options),
}

/// Runs the program with the arguments it was started with.
pub fn run() -> ExitCode {
    start_logging();
    let cli = Cli::parse();
    match dispatch(cli) {
        Ok(()) => ExitCode::SUCCESS,
        // A reader that closed the pipe (`yuanhua ask … | head`) is no failure.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("yuanhua: {error}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(cli: Cli) -> anyhow::Result<()> {
    let data = cli.data;
    let encoder = || encoder(&cli.encoder);
    match cli.command {
        None | Some(Command::Serve) => {
            let config = Config { address: SocketAddr::new(cli.host, cli.port), data };
            serve(&config, encoder()?)
        }
        Some(Command::Ask(ask)) => ask.run(&open(data, encoder()?)?),
        Some(Command::Check(check)) => check.run(),
        Some(Command::Eval(options)) => eval::run(&options, encoder()?, |encoder| open(data, encoder)),
    }
}

fn serve(config: &Config, encoder: Encoder) -> anyhow::Result<()> {
    let corpus = open(config.data.clone(), encoder)?;
    let runtime = tokio::runtime::Runtime::new()?;
    Ok(runtime.block_on(web::serve(config.address, corpus))?)
}

/// Loads the encoder that was asked for.
fn encoder(name: &str) -> Result<Encoder, Error> {
    Encoder::open(&Choice::read(name)?, &config::fetched_models(), config::model_endpoint())
}

/// Reads and indexes the transcripts; what cannot be read is named and left out.
fn open(data: Option<PathBuf>, encoder: Encoder) -> Result<Corpus, Error> {
    let (read, refused) = ingest::read_all(library::sources(data.as_deref())?);
    for refused in &refused {
        tracing::warn!("{}", refused.error);
    }
    if read.is_empty() {
        let first = refused.into_iter().next().map(|refused| refused.error);
        return Err(first.unwrap_or(Error::NoTranscripts { path: data.unwrap_or_default() }));
    }
    let transcripts = read.into_iter().map(|(transcript, _)| transcript).collect();
    ingest::build(transcripts, Arc::new(encoder))
}

fn start_logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("YUANHUA_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("yuanhua=info,error"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).without_time().init();
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}

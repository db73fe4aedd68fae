//! The command line: serve (the default), ask, check, eval. No retrieval here.

mod add;
mod ask;
mod check;
mod export;
mod look_after;
mod open;
mod reading;
mod words;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};

use crate::config::{self, Config, DEFAULT_HOST, DEFAULT_PORT};
use crate::embed::{Choice, Encoder};
use crate::error::Error;
use crate::ingest::Shelf;
use crate::library::Access;
use crate::{eval, ingest, web};

/// Ask your interviews a question, get the interviewees' exact words back.
#[derive(Debug, Parser)]
#[command(name = "yuanhua", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// A folder of transcripts, or one of them [default: your own folder and the bundled interview]
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
    /// A name that this machine is reached by, besides localhost and its addresses; several with commas
    #[arg(long, env = "YUANHUA_HOST_NAME", global = true, value_delimiter = ',', value_parser = config::host_name, value_name = "NAME")]
    host_name: Vec<String>,
    #[command(flatten)]
    reading: reading::Reading,
    #[command(flatten)]
    bounds: reading::Bounds,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the chat page (what happens without a command)
    Serve,
    /// Ask one question in the terminal
    Ask(ask::Ask),
    /// Write quotes into a file: Markdown, CSV, DOCX, JSON, HTML or text, each with its citation
    Export(export::Export),
    /// Add transcripts: files, folders, or standard input
    Add(add::Add),
    /// List the transcripts there are
    List(look_after::List),
    /// Call a transcript something else
    Rename(look_after::Rename),
    /// Say who a speaker of a transcript is: who asks, another spelling, a pseudonym
    Speaker(look_after::Speaker),
    /// Withdraw transcripts, or one interviewee's part in one, with a receipt
    Withdraw(look_after::Withdraw),
    /// Read a transcript although it holds words that were withdrawn, because you looked at it
    Allow(look_after::Allow),
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
    let place = open::place(cli.data);
    let limits = cli.bounds.limits();
    let reading = cli.reading.options(limits.source);
    let encoder = || encoder(&cli.encoder);
    match cli.command {
        None | Some(Command::Serve) => {
            let config = Config { address: SocketAddr::new(cli.host, cli.port), host_names: cli.host_name };
            serve(&config, open::to_serve(place, limits, reading, encoder()?)?)
        }
        Some(Command::Ask(ask)) => ask.run(open::to_ask(place, limits, reading, encoder()?)?.corpus().load().as_ref()),
        Some(Command::Export(export)) => {
            let origin = format!("http://{}", SocketAddr::new(cli.host, cli.port));
            export.run(open::to_ask(place, limits, reading, encoder()?)?.corpus().load().as_ref(), &origin)
        }
        Some(Command::Add(add)) => add.run(place, limits, reading, encoder),
        Some(Command::List(list)) => list.run(open::stock(place, limits, reading, Access::ReadAtLeast)?),
        Some(Command::Rename(rename)) => rename.run(open::stock(place, limits, reading, Access::Write)?),
        Some(Command::Speaker(speaker)) => speaker.run(open::stock(place, limits, reading, Access::Write)?),
        Some(Command::Withdraw(withdraw)) => withdraw.run(open::stock(place, limits, reading, Access::Write)?),
        Some(Command::Allow(allow)) => allow.run(open::stock(place, limits, reading, Access::Write)?),
        Some(Command::Check(check)) => check.run(&place, limits, &reading, encoder),
        Some(Command::Eval(options)) => {
            let open = |encoder| Ok(open::to_ask(place, limits, reading, encoder)?.corpus().load_full());
            eval::run(&options, encoder()?, open)
        }
    }
}

fn serve(config: &Config, shelf: Arc<Shelf>) -> anyhow::Result<()> {
    ingest::watch(Arc::downgrade(&shelf));
    let runtime = tokio::runtime::Runtime::new()?;
    Ok(runtime.block_on(web::serve(config, shelf))?)
}

/// Loads the encoder that was asked for.
fn encoder(name: &str) -> Result<Encoder, Error> {
    Encoder::open(&Choice::read(name)?, &config::fetched_models(), config::model_endpoint())
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

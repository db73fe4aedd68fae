//! The definition of the command line: options and commands. The comments are the help.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use super::add::AddCommand;
use super::ask::AskCommand;
use super::bench::BenchCommand;
use super::check::CheckCommand;
use super::disclosure::DisclosureCommand;
use super::doctor::DoctorCommand;
use super::eval::EvalCommand;
use super::export::ExportCommand;
use super::generate::{CompletionsCommand, ManCommand};
use super::logging::LogFormat;
use super::manage::{AllowCommand, ListCommand, RenameCommand, SpeakerCommand, WithdrawCommand};
use super::read_options::{LimitArgs, ReadArgs};
use super::report::ReportCommand;
use super::saved::SavedCommand;
use super::verify::VerifyCommand;
use crate::config::{self, DEFAULT_HOST, DEFAULT_PORT, ServerLimits, StoreAddress, flags};

/// Ask your interviews a question, get the interviewees' exact words back
///
/// Without a command, the chat page opens on port 8080 of this machine. No network is used, and no file of yours is
/// modified. `yuanhua help COMMAND` explains each command and its options.
#[derive(Debug, Parser)]
#[command(name = "yuanhua", version, about, after_long_help = EXAMPLES)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// A folder of transcripts, or one transcript [default: your own library and the bundled interview]
    #[arg(long = flags::DATA, env = "YUANHUA_DATA", global = true, value_name = "PATH")]
    pub(super) data: Option<PathBuf>,
    /// A library in a database that several servers share: mysql://USER:PASSWORD@HOST:PORT/DATABASE
    ///
    /// It takes the place of --data. Others on this machine can see what is typed here, so set `YUANHUA_STORE` where the
    /// password matters. The connection is not encrypted.
    #[arg(
        long = flags::STORE,
        env = "YUANHUA_STORE",
        global = true,
        hide_env_values = true,
        conflicts_with = "data",
        value_name = "ADDRESS"
    )]
    pub(super) store: Option<StoreAddress>,
    /// From this number of passages on, the database of --store looks for the nearest, and a server builds no graph
    #[arg(long, env = "YUANHUA_STORE_NEAREST_FROM", global = true, default_value_t = config::STORE_NEAREST_FROM, value_name = "PASSAGES")]
    pub(super) store_nearest_from: usize,
    /// The encoder: built-in, a folder, or the name of a model
    ///
    /// A folder (with a / in its path) holds model.onnx and tokenizer.json as sentence-transformers exports them. A name is
    /// a model of fastembed's catalogue. It is downloaded once, and needs `cargo build --release --features catalogue`.
    #[arg(long, env = "YUANHUA_ENCODER", global = true, default_value = "built-in", value_name = "NAME|DIR")]
    pub(super) encoder: String,
    /// The address of the page
    ///
    /// Only this machine can read a loopback address. At any other address, readers need the token in the link
    /// that is printed at the start.
    #[arg(long = flags::HOST, env = "YUANHUA_HOST", global = true, default_value_t = DEFAULT_HOST)]
    pub(super) host: IpAddr,
    /// The port of the page
    #[arg(long = flags::PORT, env = "YUANHUA_PORT", global = true, default_value_t = DEFAULT_PORT)]
    pub(super) port: u16,
    /// A host name that the page answers to, besides localhost and numeric addresses; separate several with commas
    #[arg(long = flags::HOST_NAME, env = "YUANHUA_HOST_NAME", global = true, value_delimiter = ',', value_parser = config::host_name, value_name = "NAME")]
    pub(super) host_name: Vec<String>,
    /// Ask for no token: anybody on the network can read everything
    #[arg(long, env = "YUANHUA_OPEN_TO_NETWORK", global = true, conflicts_with = "token")]
    pub(super) open_to_network: bool,
    /// The token that readers need, at least 16 letters or digits [default: a new one at each start, unless the address is loopback]
    #[arg(long, env = "YUANHUA_TOKEN", global = true, hide_env_values = true, value_parser = config::token, value_name = "TOKEN")]
    pub(super) token: Option<String>,
    /// How long a stop waits for requests in flight, in seconds
    #[arg(long, env = "YUANHUA_GRACE_S", global = true, default_value_t = ServerLimits::default().shutdown_grace.as_secs(), value_name = "SECONDS")]
    pub(super) grace_s: u64,
    /// The form of the log on standard error; `YUANHUA_LOG` says what is logged
    #[arg(long, env = "YUANHUA_LOG_FORMAT", global = true, value_enum, default_value_t = LogFormat::Text)]
    pub(super) log_format: LogFormat,
    #[command(flatten)]
    pub(super) reading: ReadArgs,
    #[command(flatten)]
    pub(super) limits: LimitArgs,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Open the chat page (the default)
    Serve,
    /// Serve an assistant over MCP on standard input and output
    ///
    /// The assistant can ask, list interviews and read answers, and gets exact quotes with citations.
    Mcp,
    /// Ask one question in the terminal
    ///
    /// The reply is a verdict and verbatim quotes, each with its source.
    Ask(AskCommand),
    /// Write quotes to a file, each with its citation and permalink
    ///
    /// The file holds the quotes for your queries, or all answers of one transcript.
    Export(ExportCommand),
    /// Add transcripts to the library
    ///
    /// A transcript is safe on disk once `added` is printed. A file that cannot be read is named and skipped.
    Add(AddCommand),
    /// List the transcripts, with their problems and near-duplicates
    List(ListCommand),
    /// Show a transcript under another title
    Rename(RenameCommand),
    /// Decide who a speaker is: an interviewer, another spelling, a pseudonym
    Speaker(SpeakerCommand),
    /// Withdraw transcripts, or one interviewee's part, and print a receipt
    ///
    /// The words leave replies, pages, index, cache and exports at once, and are held back when they appear again. This
    /// cannot be undone. A file that you put into the folder yourself is not deleted; the receipt names it.
    Withdraw(WithdrawCommand),
    /// Read a transcript although it holds withdrawn words, because somebody else said them
    Allow(AllowCommand),
    /// Show what is read from a transcript, and what was restored
    ///
    /// The output lists speakers, questions and answers, the words that were set apart with the reason, restorations and
    /// problems. It adds nothing to the library.
    Check(CheckCommand),
    /// Check every quotation of a report against the interviews
    ///
    /// The output says which quotations are exact, and shows the words that differ in the others. The exit status is 0 if every
    /// quotation holds, 3 if some do not, and 1 if the report or the library cannot be read.
    Verify(VerifyCommand),
    /// List the questions that are kept, and who is new or lost in their replies
    ///
    /// A question is kept with permalinks of its quotes, not with their words.
    Saved(SavedCommand),
    /// Write a report of the questions that are kept
    ///
    /// By question: how many answers of how many speak to it, with their quotes; then how it was made. `yuanhua verify` checks
    /// every quote of it.
    Report(ReportCommand),
    /// Find what in a text could tell who somebody is, before you hand it on
    ///
    /// The output lists names, numbers, addresses, employers and places with what stands around them, and what could stand
    /// for each. The exit status is 0 if nothing is found, 3 if something is. `yuanhua export --replace` replaces.
    Disclosure(DisclosureCommand),
    /// Measure retrieval and verdicts on labelled queries
    Eval(EvalCommand),
    /// Measure how fast a search is, from a thousand vectors to a million, against what the machine can do
    Bench(BenchCommand),
    /// Check that everything works, and say what to do where it does not
    Doctor(DoctorCommand),
    /// Print completions for a shell
    Completions(CompletionsCommand),
    /// Print the man page, or write one for each command
    Man(ManCommand),
}

const EXAMPLES: &str = "\
Examples:
  yuanhua                                    open the page over your library and the bundled interview
  yuanhua --data interviews/                 open it over a folder
  yuanhua check interview.docx               see how a file is read
  yuanhua add interview.docx                 add it to your library
  yuanhua ask \"Who likes running?\"          ask in the terminal
  yuanhua export \"谁喜欢跑步？\" --as docx --out quotes.docx";

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}

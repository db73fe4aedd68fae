//! `yuanhua report`: a report of the questions that are kept, or of those on the command line.

use clap::{Args, ValueEnum};

use super::output::OutputArgs;
use crate::export::ExportFormat;
use crate::i18n::DisplayLanguage;
use crate::library::{Library, today};
use crate::saved::{self, ReportOptions};
use crate::search::quote::PERMALINK;
use crate::text::script::Script;

/// Arguments of `report`.
#[derive(Debug, Args)]
pub(super) struct ReportCommand {
    /// Your questions [default: those that are kept]
    queries: Vec<String>,
    /// A quote to add, by its permalink; repeat it for several
    #[arg(long, value_name = "PERMALINK")]
    quote: Vec<String>,
    /// The format of the file
    #[arg(long = "as", value_enum, default_value = "markdown")]
    format: FormatArg,
    #[command(flatten)]
    output: OutputArgs,
    /// The most quotes for one question
    #[arg(long, default_value_t = 20, value_name = "N")]
    limit: usize,
    /// The language of the words around the quotes [default: that of the questions]
    #[arg(long, value_enum)]
    lang: Option<DisplayLanguage>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatArg {
    Markdown,
    Docx,
    Html,
}

impl FormatArg {
    fn export_format(self) -> ExportFormat {
        match self {
            Self::Markdown => ExportFormat::Markdown,
            Self::Docx => ExportFormat::Docx,
            Self::Html => ExportFormat::Html,
        }
    }
}

impl ReportCommand {
    /// Writes the report. Permalinks begin with `origin`, the address of the page.
    pub(super) fn run(&self, library: &Library, origin: &str, encoder: &str) -> anyhow::Result<()> {
        let format = self.format.export_format();
        self.output.check(format)?;
        let corpus = library.corpus().load_full();
        let questions = if self.queries.is_empty() {
            library.saved_questions()?.into_iter().map(|one| one.query).collect()
        } else {
            self.queries.clone()
        };
        if questions.is_empty() && self.quote.is_empty() {
            anyhow::bail!("no question is kept, and none was given: yuanhua saved --keep \"your question\" keeps one");
        }
        let all = questions.concat();
        let lang = self.lang.unwrap_or_else(|| DisplayLanguage::of_text(Script::of(&all), &all));
        // A report goes to others, who need no path of this machine.
        let encoder = encoder.rsplit(['/', '\\']).next().unwrap_or_default();
        let permalinks: Vec<String> = self.quote.iter().map(|link| permalink_in(link)).collect();
        let options = ReportOptions { permalinks: &permalinks, origin, limit: self.limit, encoder, on: &today() };
        let export = saved::report(&corpus, &questions, options, lang.messages().saved)?;
        self.output.write(export, format, lang)
    }
}

/// Returns the permalink, `/q/…`, in an address as it was copied.
fn permalink_in(link: &str) -> String {
    link.find(PERMALINK).map_or(link, |at| &link[at..]).to_owned()
}

//! `yuanhua verify`: checks the quotations of a report against the interviews. Its output is text, JSON
//! or HTML.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::error::Error;
use crate::i18n::{DisplayLanguage, VerifyWords};
use crate::library::Holdings;
use crate::terminal::{self, Name};
use crate::text::script::Script;
use crate::transcript::ReadLimits;
use crate::verify::{self, Report, Run, SearchedLibrary, ShownQuotation, Verified};

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub(super) struct VerifyCommand {
    /// The report: Markdown, DOCX, HTML, CSV, JSON or plain text; - is standard input
    #[arg(required_unless_present = "self_test")]
    report: Option<PathBuf>,
    /// The format of the findings
    #[arg(long = "as", value_enum, default_value = "text")]
    format: FormatArg,
    /// The same as --as json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// The file to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The language of the sentences [default: that of the report; English in a terminal]
    #[arg(long, value_enum)]
    lang: Option<DisplayLanguage>,
    /// Measure instead how many altered quotations are caught; they are made from the interviews
    #[arg(long, conflicts_with = "report")]
    self_test: bool,
    /// The number of quotations of each kind in a self-test
    #[arg(long, default_value_t = 100, value_name = "N", requires = "self_test")]
    each: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatArg {
    Text,
    Json,
    Html,
}

/// Some quotations do not hold. This is a finding, not a failure of the program.
#[derive(Debug, thiserror::Error)]
#[error("{fail} of {all} quotations do not hold")]
pub(super) struct QuotationsFail {
    fail: usize,
    all: usize,
}

/// The exit status if quotations do not hold.
pub(super) const QUOTATIONS_FAIL: u8 = 3;

impl VerifyCommand {
    /// Prints the findings. Permalinks begin with `origin`, the address of the page.
    pub(super) fn run(&self, holdings: &Holdings, origin: &str, limits: ReadLimits) -> anyhow::Result<()> {
        for unread in &holdings.unread {
            tracing::warn!("{}: {}", unread.file, unread.reason);
        }
        let library = SearchedLibrary {
            transcripts: &holdings.transcripts,
            gone: &holdings.gone,
            withdrawn: &holdings.withdrawn,
            withdrawals: &holdings.withdrawals,
            coming: 0,
        };
        if self.self_test {
            return self.self_test(&library);
        }
        let Some(path) = &self.report else { return Ok(()) };
        let (name, bytes) = read(path, limits)?;
        let report =
            Report::read(&name, &bytes, limits).map_err(|source| Error::Read { path: path.clone(), source })?;
        let verified = verify::verify(&library, &report);
        let text = self.formatted(&verified, origin)?;
        match &self.out {
            Some(out) => std::fs::write(out, text).map_err(|source| Error::Write { path: out.clone(), source })?,
            None if self.format() == FormatArg::Json => write!(terminal::json(), "{text}")?,
            None => write!(terminal::out(), "{text}")?,
        }
        let all = verified.quotations.len();
        if verified.fail > 0 { Err(QuotationsFail { fail: verified.fail, all }.into()) } else { Ok(()) }
    }

    fn format(&self) -> FormatArg {
        if self.json { FormatArg::Json } else { self.format }
    }

    fn formatted(&self, verified: &Verified, origin: &str) -> anyhow::Result<String> {
        let href = |place: &verify::PlaceInSource| place.permalink.as_ref().map(|link| format!("{origin}{link}"));
        Ok(match self.format() {
            FormatArg::Json => serde_json::to_string_pretty(verified)? + "\n",
            FormatArg::Html => verify::page(verified, self.words(verified), &href)?,
            FormatArg::Text => plain(verified, self.lang.unwrap_or(DisplayLanguage::English).messages().verify, &href),
        })
    }

    /// The sentences in the chosen language, or else in the language of the quotations.
    fn words(&self, verified: &Verified) -> &'static VerifyWords {
        let quoted = || verified.quotations.iter().filter_map(|one| one.text.as_deref()).collect::<Vec<_>>().join("\n");
        let language = self.lang.unwrap_or_else(|| {
            let quoted = quoted();
            DisplayLanguage::of_text(Script::of(&quoted), &quoted)
        });
        language.messages().verify
    }

    fn self_test(&self, library: &SearchedLibrary<'_>) -> anyhow::Result<()> {
        let measured = verify::measure(library, self.each);
        if self.format() == FormatArg::Json {
            writeln!(terminal::json(), "{}", serde_json::to_string_pretty(&measured)?)?;
            return Ok(());
        }
        let mut out = terminal::out();
        writeln!(
            out,
            "{:<38} {:>5} {:>13} {:>8}",
            "quotations, made from the interviews", "made", "named rightly", "holding"
        )?;
        for one in &measured {
            let percent = if one.made == 0 { 0.0 } else { 100.0 * one.named as f64 / one.made as f64 };
            writeln!(out, "{:<38} {:>5} {:>5} {percent:>6.1}% {:>8}", one.kind, one.made, one.named, one.holding)?;
        }
        let sum = |honest: bool, of: fn(&verify::Measured) -> usize| -> usize {
            measured.iter().filter(|one| one.honest == honest).map(of).sum()
        };
        writeln!(
            out,
            "honest: {} of {} hold; altered: {} of {} named rightly, {} pass",
            sum(true, |one| one.holding),
            sum(true, |one| one.made),
            sum(false, |one| one.named),
            sum(false, |one| one.made),
            sum(false, |one| one.holding)
        )?;
        Ok(())
    }
}

/// Reads the report and its name. A report beyond the limit is refused.
pub(super) fn read(path: &Path, limits: ReadLimits) -> Result<(String, Vec<u8>), Error> {
    let failed = |source| Error::Io { path: path.to_owned(), source };
    let most = limits.text_bytes().max(1 << 20) as u64;
    let mut bytes = Vec::new();
    let name = if path == Path::new("-") {
        std::io::stdin().lock().take(most + 1).read_to_end(&mut bytes).map_err(failed)?;
        String::new()
    } else {
        let file = std::fs::File::open(path).map_err(failed)?;
        file.take(most + 1).read_to_end(&mut bytes).map_err(failed)?;
        path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    };
    if bytes.len() as u64 > most {
        let source = crate::error::ReadError::TooLong { megabytes: limits.text_mib };
        return Err(Error::Read { path: path.to_owned(), source });
    }
    Ok((name, bytes))
}

/// The findings for a terminal. A quotation that does not hold is shown with the words of its source.
fn plain(verified: &Verified, words: &VerifyWords, href: &dyn Fn(&verify::PlaceInSource) -> Option<String>) -> String {
    let mut out = String::new();
    for told in verify::in_words(verified, words, href) {
        one(&told, words, &mut out);
    }
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{}\n{}", verified.summary(words), verified.searched_sentence(words));
    out
}

fn one(told: &ShownQuotation, words: &VerifyWords, out: &mut String) {
    let sign = if told.holds { "✓" } else { "✗" };
    let _ = writeln!(out, "{sign} {} — {}", told.at, told.sentences.join(" "));
    if !told.quoted.is_empty() {
        let _ = writeln!(out, "    {}: {}", words.report_says, marked(&told.quoted));
    }
    for place in &told.places {
        let heading = place.heading.unwrap_or(words.source_says);
        if !told.holds {
            let _ = writeln!(out, "    {heading}: {}", marked(&place.words));
        }
        let link = place.href.as_ref().map(|link| format!("\n      {link}")).unwrap_or_default();
        let _ = writeln!(out, "    — {}{link}", Name(&place.label));
    }
    for difference in &told.differences {
        let shown = |text: &str| if text.is_empty() { words.nothing.to_owned() } else { format!("“{text}”") };
        let _ =
            writeln!(out, "    {}: {} ≠ {}", difference.change, shown(&difference.quoted), shown(&difference.source));
    }
    for note in &told.notes {
        let _ = writeln!(out, "    {note}");
    }
    out.push('\n');
}

/// Words on one line. Signs enclose what differs.
fn marked(runs: &[Run]) -> String {
    let run = |run: &Run| if run.marked { format!("⟦{}⟧", run.text) } else { run.text.clone() };
    runs.iter().map(run).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

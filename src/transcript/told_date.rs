//! The date of an interview, where its own text tells it above the first words. It is never guessed, and
//! never the date of a file.

use std::sync::LazyLock;

use regex::Regex;

use super::coverage::{Coverage, NonSpeechReason};
use super::question::Question;
use super::span::Span;

/// Front matter is read so far.
const LINES: usize = 60;

const MONTHS: &str = "January|February|March|April|May|June|July|August|September|October|November|December|\
                      Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec";

static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let year = r"(?:19|20)\d\d";
    let patterns = [
        format!(r"\b{year}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?\d{{1,2}}\b"),
        format!(r"{year}\s?年\s?\d{{1,2}}\s?月(?:\s?\d{{1,2}}\s?[日号號])?"),
        r"[一二][〇零○九][〇零○一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}[日号號])?".to_owned(),
        format!(r"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{MONTHS})\.?,? {year}\b"),
        format!(r"\b(?:{MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?,? {year}\b"),
    ];
    Regex::new(&format!("(?i){}", patterns.join("|"))).ok()
});

static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)日期|时间|時間|采访于|採訪於|访谈于|訪談於|记于|記於|\b(?:dates?|recorded|interviewed|conducted|held on)\b").ok()
});

/// Where a transcript tells its date: in its title or above its first words. `None` where it tells none,
/// or several of which none is named as the date.
pub(super) fn told_date(text: &str, questions: &[Question], tally: &Coverage) -> Option<Span> {
    let first = questions
        .iter()
        .flat_map(|question| std::iter::once(question.span).chain(question.answers.iter().map(|answer| answer.span)));
    let first = first.filter(|span| !span.is_empty()).map(Span::start).min()?;
    let above = tally.apart.iter().filter(|apart| {
        apart.span.end() <= first
            && apart.line <= LINES
            && matches!(apart.why, NonSpeechReason::Front | NonSpeechReason::Heading | NonSpeechReason::Name)
    });
    let mut told: Vec<(Span, bool)> = Vec::new();
    for apart in above {
        let words = apart.span.of_text(text).unwrap_or_default();
        let is_named = NAMED.as_ref()?.is_match(words);
        for date in DATE.as_ref()?.find_iter(words) {
            let range = apart.span.start() + date.start()..apart.span.start() + date.end();
            told.extend(Span::new(text, range).map(|span| (span, is_named)));
        }
    }
    let named = told.iter().find(|(_, is_named)| *is_named).map(|(span, _)| *span);
    let words = |span: &Span| span.of_text(text).unwrap_or_default().to_owned();
    let alone = told.first().map(|(span, _)| *span);
    named.or_else(|| alone.filter(|first| told.iter().all(|(span, _)| words(span) == words(first))))
}

#[cfg(test)]
mod tests {
    use crate::transcript::read;

    fn told(text: &str) -> Option<String> {
        let (transcript, _) = read("a", text.as_bytes()).expect("readable");
        transcript.told_date().map(|span| transcript.words(span).to_owned())
    }

    const TURNS: &str = "\n\n主持人：您怎么看？\n王敏：我2019年5月1日才来，还在学。\n主持人：以后呢？\n王敏：再看。\n";

    #[test]
    fn a_date_above_the_first_words_is_told() {
        assert_eq!(
            told(&format!("# 客服访谈\n\n日期：2024年3月5日\n地点：上海{TURNS}")).as_deref(),
            Some("2024年3月5日")
        );
        assert_eq!(told(&format!("# Support\n\nDate: January 24, 2018{TURNS}")).as_deref(), Some("January 24, 2018"));
        assert_eq!(told(&format!("访谈记录\n2024年5月6日{TURNS}")).as_deref(), Some("2024年5月6日"));
        let english = "\n\nModerator: How do you work?\nAnn: From home.\n";
        assert_eq!(told(&format!("Interview, May 6, 2024{english}")).as_deref(), Some("May 6, 2024"));
    }

    #[test]
    fn a_date_that_somebody_says_is_not_that_of_the_interview() {
        assert_eq!(told(&format!("# 客服访谈{TURNS}")), None);
    }

    #[test]
    fn of_two_dates_without_a_name_none_is_told() {
        assert_eq!(told(&format!("# 访谈\n\n2024-03-05\n\n2023-01-01{TURNS}")), None);
    }
}

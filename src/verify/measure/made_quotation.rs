//! Makes a quotation of some kind from an answer.

use super::alterations::{self, Random};
use super::quotation_kind::QuotationKind;
use crate::text::script::{Display, View};
use crate::text::segment::is_chinese;
use crate::transcript::{Answer, Question, Transcript};
use crate::verify::units;

/// The least weight of each part of a spliced quotation: a character counts one, a word two.
const MIN_PART_WEIGHT: usize = 8;

/// One answer, with its question, transcript and sentences.
pub(super) struct AnswerToQuote<'a> {
    pub(super) transcript: &'a Transcript,
    pub(super) question: &'a Question,
    pub(super) answer: &'a Answer,
    /// At least one.
    pub(super) sentences: Vec<&'a str>,
}

/// A quotation as a report would have it.
pub(super) struct MadeQuotation {
    /// The words before it, which may name a speaker.
    pub(super) before: String,
    pub(super) text: String,
}

/// Makes a quotation, if the answer has words for its kind. `other` is another answer, from which words may be taken.
pub(super) fn make(
    kind: QuotationKind,
    answer: &AnswerToQuote<'_>,
    other: &AnswerToQuote<'_>,
    random: &mut Random,
) -> Option<MadeQuotation> {
    let at = random.below(answer.sentences.len());
    let sentence = answer.sentences[at].trim();
    let text = match kind {
        QuotationKind::SpeakersExchanged => return said_by_another(answer, sentence, random),
        QuotationKind::UnknownSpeaker => return said_by_a_stranger(answer, sentence, random),
        QuotationKind::Sentence => sentence.to_owned(),
        QuotationKind::Sentences => {
            let run = answer.sentences.get(at..at + 2 + random.below(2))?;
            run.join(if is_in_chinese(sentence) { "" } else { " " })
        }
        QuotationKind::Elided => {
            let [first, _, last] = answer.sentences.get(at..at + 3)? else { return None };
            format!("{first}……{last}")
        }
        QuotationKind::Clause => alterations::clause(sentence, random)?.to_owned(),
        QuotationKind::Inserted => with_insertion(sentence, random)?,
        QuotationKind::OtherScript => in_other_script(sentence, answer.transcript)?,
        QuotationKind::OtherMarks => with_other_marks(sentence)?,
        QuotationKind::NegationDropped => alterations::without_negation(sentence)?,
        QuotationKind::NegationAdded => alterations::with_negation(sentence)?,
        QuotationKind::NumberChanged => alterations::with_other_number(sentence)?,
        QuotationKind::ClauseNegationDropped => alterations::without_negation(alterations::clause(sentence, random)?)?,
        QuotationKind::ClauseNegationAdded => alterations::with_negation(alterations::clause(sentence, random)?)?,
        QuotationKind::ClauseNumberChanged => alterations::with_other_number(alterations::clause(sentence, random)?)?,
        QuotationKind::WordsSwapped => alterations::swapped(sentence, random)?,
        QuotationKind::WordReplaced => {
            let from = other.sentences[random.below(other.sentences.len())];
            alterations::with_other_word(sentence, from, random)?
        }
        QuotationKind::Spliced => spliced(answer, sentence, other, random)?,
        QuotationKind::CutBeforeTurn => cut_before_turn(sentence)?.to_owned(),
        QuotationKind::QuestionAsAnswer => question_of(answer)?.to_owned(),
        QuotationKind::Paraphrased => alterations::paraphrased(sentence)?,
    };
    Some(MadeQuotation { before: String::new(), text })
}

fn is_in_chinese(text: &str) -> bool {
    text.chars().any(is_chinese)
}

fn said_by_another(answer: &AnswerToQuote<'_>, sentence: &str, random: &mut Random) -> Option<MadeQuotation> {
    let own = answer.answer.interviewee.as_deref()?;
    let others = answer.transcript.speakers.iter().map(|speaker| speaker.name.as_str());
    let others: Vec<&str> = others.filter(|name| *name != own && !own.contains(name) && !name.contains(own)).collect();
    let name = *others.get(random.below(others.len().max(1)))?;
    let says = if is_in_chinese(sentence) { "说：" } else { " said: " };
    Some(MadeQuotation { before: format!("{name}{says}"), text: sentence.to_owned() })
}

fn said_by_a_stranger(answer: &AnswerToQuote<'_>, sentence: &str, random: &mut Random) -> Option<MadeQuotation> {
    answer.answer.interviewee.as_ref()?;
    let strangers = if is_in_chinese(sentence) {
        ["黎晓鸥说：", "邹明远表示，"]
    } else {
        ["Maria Quillfeather said, ", "Tobias Zell said: "]
    };
    Some(MadeQuotation { before: strangers[random.below(2)].to_owned(), text: sentence.to_owned() })
}

fn with_insertion(sentence: &str, random: &mut Random) -> Option<String> {
    let words = alterations::words(sentence);
    let at = words.get(1 + random.below(words.len().checked_sub(2)?))?.start;
    let insertion = if is_in_chinese(sentence) { "[指此事]" } else { "[so to speak] " };
    Some(format!("{}{insertion}{}", &sentence[..at], &sentence[at..]))
}

fn in_other_script(sentence: &str, transcript: &Transcript) -> Option<String> {
    let traditional = View::new(sentence, Display::Traditional).into_text();
    let simplified = View::new(sentence, Display::Simplified).into_text();
    let changed = if traditional == sentence { simplified } else { traditional };
    // For a source in mixed scripts, Simplified Chinese is shown.
    let shown = View::new(sentence, transcript.script.default_display()).into_text();
    (changed != sentence && changed != shown).then_some(changed)
}

fn with_other_marks(sentence: &str) -> Option<String> {
    let bare = sentence.trim_end_matches(|c: char| !c.is_alphanumeric());
    let changed = bare.replace(['，', '、'], ",").replace("’", "'").replace('—', "-");
    (changed != bare).then_some(changed)
}

fn spliced(
    answer: &AnswerToQuote<'_>,
    sentence: &str,
    other: &AnswerToQuote<'_>,
    random: &mut Random,
) -> Option<String> {
    let theirs = other.sentences[random.below(other.sentences.len())].trim();
    let is_long = |text: &str| units::weight(text) >= MIN_PART_WEIGHT;
    let are_apart = !std::ptr::eq(answer.answer, other.answer);
    let have_one_language = is_in_chinese(sentence) == is_in_chinese(theirs);
    (are_apart && have_one_language && is_long(sentence) && is_long(theirs)).then(|| format!("{sentence}{theirs}"))
}

fn cut_before_turn(sentence: &str) -> Option<&str> {
    let turns = ["，但", "，不过", "，可是", ", but ", ", however"];
    let end = turns.iter().filter_map(|turn| sentence.find(turn)).min()?;
    Some(&sentence[..end])
}

fn question_of<'a>(answer: &AnswerToQuote<'a>) -> Option<&'a str> {
    let text = answer.transcript.words(answer.question.span).trim();
    (answer.question.label.starts_with('Q') && !text.contains('\n')).then_some(text)
}

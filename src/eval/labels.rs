//! Labels by line → labels by answer. Labels name lines of the file, so they survive another numbering
//! of turns. If a line is in no answer, the transcript was misread or the label is wrong.

use std::collections::HashMap;

use serde::Deserialize;

use crate::transcript::Transcript;

/// The characters by which a line is found among the answers.
const KNOWN_BY: usize = 40;
/// The fewest characters that must match where a line was cut differently.
const MIN_MATCHING_CHARS: usize = 10;

/// A query and the lines that speak to it. Its form is stable.
#[derive(Debug, Deserialize)]
pub(super) struct LabelledLines {
    pub(super) id: String,
    pub(super) lang: Option<String>,
    /// The kind of question, in a word.
    pub(super) kind: Option<String>,
    /// A row without one is a remark.
    pub(super) query: Option<String>,
    #[serde(default)]
    pub(super) relevant: Vec<Label>,
}

/// One line that speaks to a query.
#[derive(Debug, Deserialize)]
pub(super) struct Label {
    /// The number of the line, from 1.
    line: usize,
    /// Its first words, or those from which it speaks to the query.
    #[serde(default)]
    starts: String,
    /// 2 if it speaks to the query, 1 if it touches it.
    grade: u32,
}

/// The lines of a file and the answers that were read from it.
pub(super) struct Resolver {
    lines: Vec<String>,
    /// The answers in the order of the transcript, as letters and digits only.
    answers: Vec<String>,
}

impl Resolver {
    pub(super) fn new(bytes: &[u8], transcript: &Transcript) -> Self {
        let answers = transcript.answers().map(|(_, _, answer)| plain(&transcript.answer_text(answer)));
        Self { lines: String::from_utf8_lossy(bytes).split('\n').map(plain).collect(), answers: answers.collect() }
    }

    /// Grades by answer in the order of the transcript, and the lines in no answer.
    pub(super) fn resolve(&self, lines: &[Label]) -> (HashMap<usize, u32>, Vec<usize>) {
        let (mut relevant, mut lost) = (HashMap::new(), Vec::new());
        for one in lines {
            match self.answer_of(one) {
                Some(answer) => {
                    let grade: &mut u32 = relevant.entry(answer).or_default();
                    *grade = one.grade.max(*grade);
                }
                None => lost.push(one.line),
            }
        }
        (relevant, lost)
    }

    fn answer_of(&self, one: &Label) -> Option<usize> {
        let words = self.lines.get(one.line.checked_sub(1)?)?;
        let tail = words.get(words.find(&plain(&one.starts))?..)?;
        let beginning = |count: usize| tail.chars().take(count).collect::<String>();
        let holding = |part: &str| self.answers.iter().position(|answer| !part.is_empty() && answer.contains(part));
        let short = beginning(MIN_MATCHING_CHARS);
        holding(&beginning(KNOWN_BY))
            .or_else(|| (short.chars().count() >= MIN_MATCHING_CHARS).then(|| holding(&short)).flatten())
    }
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript;

    const INTERVIEW: &str = "# Talk\n\nHost: How do you relax?\nAnn: I go running every morning, always.\nHost: Alone?\n\
        Ann: With my dog, mostly along the river, whatever the weather.\n";

    fn resolved(line: usize, starts: &str) -> (HashMap<usize, u32>, Vec<usize>) {
        let (transcript, _) = transcript::read("talk", INTERVIEW.as_bytes()).expect("readable");
        let one = Label { line, starts: starts.to_owned(), grade: 2 };
        Resolver::new(INTERVIEW.as_bytes(), &transcript).resolve(&[one])
    }

    #[test]
    fn a_line_is_found_in_its_answer_under_any_numbering() {
        assert_eq!(resolved(4, "I go running"), (HashMap::from([(0, 2)]), vec![]));
        assert_eq!(resolved(6, "along the river"), (HashMap::from([(1, 2)]), vec![]));
    }

    #[test]
    fn a_line_in_no_answer_is_reported() {
        assert_eq!(resolved(3, "How do you").1, [3]);
        assert_eq!(resolved(4, "something else").1, [4]);
        assert_eq!(resolved(99, "").1, [99]);
        assert_eq!(resolved(0, "").1, [0]);
    }
}

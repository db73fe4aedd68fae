//! The words about kept questions, and of their report.

use super::count::count;
use crate::i18n::messages::{LostVoiceWords, SavedWords};

pub(super) static WORDS: SavedWords = SavedWords {
    report_title: "Report",
    starred: "Starred quotes",
    method: "How this was made",
    count: |speaking, answers, listed| match (speaking, listed) {
        (0, false) => format!("0 of {answers} answers speak to this."),
        (0, true) => format!("0 of {answers} answers match."),
        (1, false) => format!("1 of {answers} answers speaks to this."),
        (1, true) => format!("1 of {answers} answers matches."),
        (_, false) => format!("{speaking} of {answers} answers speak to this."),
        (_, true) => format!("{speaking} of {answers} answers match."),
    },
    since: |new, lost, on| match (new, lost) {
        (new, 0) => format!("{} new since {on}.", count(new, "voice")),
        (0, lost) => format!("{} lost since {on}.", count(lost, "voice")),
        (new, lost) => format!("{} new and {} lost since {on}.", count(new, "voice"), count(lost, "voice")),
    },
    same: |on| format!("The same voices as on {on}."),
    new: "New",
    lost: LostVoiceWords {
        withdrawn: "Withdrawn.",
        gone: "Its interview is not in the library any more.",
        changed: "Its interview has changed and does not say this any more.",
        not_counted: "Still said, but no longer counted as speaking to this.",
    },
    none: "No question is kept yet.",
    shown: |n| format!(" The best {n} are shown."),
    asked: " It was asked about.",
    never_asked: " Nobody was asked about it.",
    withdrawn: "This was withdrawn.",
    changed: "The source has changed and does not say this any more.",
    gone: "Its source is not in the library.",
    how: |facts| {
        let not_yet = if facts.coming == 0 {
            String::new()
        } else {
            format!(" {} more could not be searched yet.", facts.coming)
        };
        let closely = facts
            .reading
            .map(|read| {
                format!(
                    " {} of {} passages are read closely so far; the counts may change.",
                    read.closely, read.passages
                )
            })
            .unwrap_or_default();
        vec![
            format!(
                "Searched: {} interviews with {} answers.{not_yet}{closely} An answer is counted for a question if its words speak to it with a \
                 probability above the calibrated threshold. Answers are counted, not people: one person may give several. \
                 Whether an answer is for or against something is not judged.",
                facts.interviews, facts.answers
            ),
            "Every quote is what its source says at the place cited. Nothing is generated or paraphrased. Words in square brackets, \
             if there are any, are replacements. The command yuanhua verify checks every quote of this report against the interviews."
                .to_owned(),
            format!("Interviews (SHA-256 of all): {}", facts.corpus),
            format!("Encoder: {} · Yuanhua {} · {}", facts.encoder(), facts.version, facts.on),
        ]
    },
    title: "Kept questions",
    intro: "When interviews are added or withdrawn, this page tells who is new and who is lost in the reply to each question. \
            Only permalinks are kept with a question, no words of anybody.",
    question: "Question to keep",
    keep: "Keep",
    keep_this: "Keep this question",
    forget: |query| format!("Forget “{query}”"),
    forget_short: "Forget",
    seen: "Mark all as seen",
    report: "Report of these questions",
    with_questions: "Report with the kept questions",
};

//! Measures how many altered quotations are caught. Honest and altered quotations of known kinds are made from the
//! interviews themselves and checked like any other. The alterations use rules of their own, which the search does not
//! use.

use super::differences::WordChange;
use super::finding::{CheckedQuotation, Dress, Finding};
use super::report::Report;
use super::searched_library::SearchedLibrary;
use super::units;
use super::verifier::Verifier;
use super::wording::Lost;
use crate::retrieval::passage;
use crate::text::script::{Display, View};
use crate::text::segment::{self, is_chinese};
use crate::transcript::{Answer, Question, Transcript};

/// The results for quotations of one kind.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Measured {
    /// The kind, such as “a negation dropped”.
    pub kind: &'static str,
    /// Whether the quotations are honest.
    pub honest: bool,
    /// The number of quotations that were made.
    pub made: usize,
    /// The number of quotations whose findings name what was done.
    pub named: usize,
    /// The number of quotations that are said to hold.
    pub holding: usize,
    /// The quotations with wrong findings, and honest ones that do not hold: the quotation and its findings.
    #[serde(skip)]
    pub missed: Vec<(String, String)>,
}

/// The kind of a made quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sentence,
    Sentences,
    Clause,
    Elided,
    Inserted,
    OtherScript,
    OtherMarks,
    NegationDropped,
    NegationAdded,
    NumberChanged,
    ClauseNegationDropped,
    ClauseNegationAdded,
    ClauseNumberChanged,
    WordsSwapped,
    WordReplaced,
    SpeakersExchanged,
    UnknownSpeaker,
    Spliced,
    CutBeforeTurn,
    QuestionAsAnswer,
    Paraphrased,
}

const KINDS: [(Kind, &str); 21] = [
    (Kind::Sentence, "a sentence, as it is"),
    (Kind::Sentences, "two or three sentences, as they are"),
    (Kind::Clause, "a clause, as it is"),
    (Kind::Elided, "a sentence left out, with ……"),
    (Kind::Inserted, "with an editor’s words in brackets"),
    (Kind::OtherScript, "in the other script"),
    (Kind::OtherMarks, "marks in another width"),
    (Kind::NegationDropped, "a negation dropped"),
    (Kind::NegationAdded, "a negation added"),
    (Kind::NumberChanged, "a number changed"),
    (Kind::ClauseNegationDropped, "a clause, its negation dropped"),
    (Kind::ClauseNegationAdded, "a clause, a negation added"),
    (Kind::ClauseNumberChanged, "a clause, its number changed"),
    (Kind::WordsSwapped, "two words exchanged"),
    (Kind::WordReplaced, "a word replaced"),
    (Kind::SpeakersExchanged, "said by another speaker"),
    (Kind::UnknownSpeaker, "said by nobody of the library"),
    (Kind::Spliced, "spliced from two turns"),
    (Kind::CutBeforeTurn, "cut before a 但是 or but"),
    (Kind::QuestionAsAnswer, "a question quoted as an answer"),
    (Kind::Paraphrased, "paraphrased"),
];

impl Kind {
    fn is_honest(self) -> bool {
        matches!(
            self,
            Self::Sentence
                | Self::Sentences
                | Self::Clause
                | Self::Elided
                | Self::Inserted
                | Self::OtherScript
                | Self::OtherMarks
        )
    }

    /// Returns whether the findings name what was done.
    fn is_named(self, checked: &CheckedQuotation) -> bool {
        let any = |is: &dyn Fn(&Finding) -> bool| checked.findings.iter().any(is);
        let changed = |wanted: WordChange| {
            any(
                &|finding| matches!(finding, Finding::Close { differences, .. } if differences.first().is_some_and(|one| one.change == wanted)),
            )
        };
        let lost = |wanted: Lost| {
            any(&|finding| matches!(finding, Finding::Cut { lost, .. } if lost.iter().any(|one| one.what == wanted)))
        };
        let is_exact = |finding: &Finding| matches!(finding, Finding::Exact { .. });
        match self {
            Self::Sentence | Self::Sentences | Self::Clause | Self::Elided | Self::Inserted => any(&is_exact),
            Self::OtherScript => {
                any(&|finding| matches!(finding, Finding::Dressed { but_for, .. } if but_for.contains(&Dress::Script)))
            }
            Self::OtherMarks => any(
                &|finding| matches!(finding, Finding::Dressed { but_for, .. } if but_for.iter().all(|dress| matches!(dress, Dress::Width | Dress::Punctuation))),
            ),
            Self::NegationDropped | Self::ClauseNegationDropped => {
                changed(WordChange::Negation) || lost(Lost::Negation)
            }
            Self::NegationAdded | Self::ClauseNegationAdded => changed(WordChange::Negation),
            Self::NumberChanged | Self::ClauseNumberChanged => changed(WordChange::Number),
            Self::WordsSwapped | Self::WordReplaced => any(&|finding| matches!(finding, Finding::Close { .. })),
            Self::SpeakersExchanged => any(&|finding| matches!(finding, Finding::OtherSpeaker { .. })),
            Self::UnknownSpeaker => any(&|finding| matches!(finding, Finding::UnknownSpeaker { .. })),
            Self::Spliced => any(&|finding| matches!(finding, Finding::Spliced { .. })),
            Self::CutBeforeTurn => lost(Lost::Turn),
            Self::QuestionAsAnswer => any(&|finding| matches!(finding, Finding::OnlyAsked { .. })),
            Self::Paraphrased => {
                !checked.holds
                    && any(&|finding| {
                        matches!(finding, Finding::Close { .. } | Finding::NotFound { .. } | Finding::Spliced { .. })
                    })
            }
        }
    }
}

/// One answer, with its question, transcript and sentences.
struct Turn<'a> {
    transcript: &'a Transcript,
    question: &'a Question,
    answer: &'a Answer,
    sentences: Vec<&'a str>,
}

/// Makes up to `each` quotations of every kind, as far as the interviews have words for it, and checks them.
pub fn measure(library: &SearchedLibrary<'_>, each: usize) -> Vec<Measured> {
    let verifier = Verifier::new(library);
    let turns = turns(library);
    let said: Vec<String> = turns.iter().map(|turn| bare(&turn.transcript.answer_text(turn.answer))).collect();
    let is_said = |text: &str| said.iter().any(|one| one.contains(&bare(text)));
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut measured = Vec::with_capacity(KINDS.len());
    for (kind, name) in KINDS {
        let mut report = String::new();
        let mut made: Vec<String> = Vec::new();
        for _ in 0..each * 40 {
            if made.len() == each || turns.is_empty() {
                break;
            }
            let turn = &turns[random.below(turns.len())];
            let other = &turns[random.below(turns.len())];
            let Some((before, text)) = make(kind, turn, other, &mut random) else { continue };
            // An altered quotation may by chance be what somebody says.
            let is_altered = !kind.is_honest()
                && !matches!(
                    kind,
                    Kind::SpeakersExchanged | Kind::UnknownSpeaker | Kind::CutBeforeTurn | Kind::QuestionAsAnswer
                );
            let enough = units::weight(&text) >= 8;
            if !enough || made.contains(&text) || text.contains(['“', '”', '\n']) || is_altered && is_said(&text) {
                continue;
            }
            if kind == Kind::QuestionAsAnswer && is_said(&text) {
                continue;
            }
            report.extend([before.as_str(), "“", text.as_str(), "”\n\n"]);
            made.push(text);
        }
        let found = verifier.verify(&Report::of_text("made.txt", &report));
        let told = |checked: &CheckedQuotation| serde_json::to_string(&checked.findings).unwrap_or_default();
        let missed =
            found.quotations.iter().filter(|checked| !kind.is_named(checked) || kind.is_honest() && !checked.holds);
        measured.push(Measured {
            kind: name,
            honest: kind.is_honest(),
            made: found.quotations.len(),
            named: found.quotations.iter().filter(|checked| kind.is_named(checked)).count(),
            holding: found.hold,
            missed: missed.map(|one| (one.text.clone().unwrap_or_default(), told(one))).collect(),
        });
    }
    measured
}

fn turns<'a>(library: &SearchedLibrary<'a>) -> Vec<Turn<'a>> {
    let mut turns = Vec::new();
    for transcript in library.transcripts {
        let transcript: &'a Transcript = transcript;
        let intact = transcript.unrestored();
        for (_, question, answer) in transcript.answers() {
            let spans =
                answer.stretches.iter().flat_map(|stretch| passage::sentences(transcript.text(), *stretch, &intact));
            let sentences: Vec<&str> = spans.map(|span| transcript.words(span)).collect();
            if !sentences.is_empty() {
                turns.push(Turn { transcript, question, answer, sentences });
            }
        }
    }
    turns
}

fn make(kind: Kind, turn: &Turn<'_>, other: &Turn<'_>, random: &mut Random) -> Option<(String, String)> {
    let at = random.below(turn.sentences.len());
    let sentence = turn.sentences[at].trim();
    let quoted = |text: String| Some((String::new(), text));
    match kind {
        Kind::Sentence => quoted(sentence.to_owned()),
        Kind::Sentences => {
            let run = turn.sentences.get(at..at + 2 + random.below(2))?;
            quoted(run.join(if sentence.chars().any(is_chinese) { "" } else { " " }))
        }
        Kind::Elided => {
            let [first, _, last] = turn.sentences.get(at..at + 3)? else { return None };
            quoted(format!("{first}……{last}"))
        }
        Kind::Clause => quoted(clause(sentence, random)?.to_owned()),
        Kind::Inserted => {
            let words = words(sentence);
            let at = words.get(1 + random.below(words.len().checked_sub(2)?))?.start;
            let own = if sentence.chars().any(is_chinese) { "[指此事]" } else { "[so to speak] " };
            quoted(format!("{}{own}{}", &sentence[..at], &sentence[at..]))
        }
        Kind::ClauseNegationDropped => quoted(without_negation(clause(sentence, random)?)?),
        Kind::ClauseNegationAdded => quoted(with_negation(clause(sentence, random)?)?),
        Kind::ClauseNumberChanged => quoted(with_other_number(clause(sentence, random)?)?),
        Kind::OtherScript => {
            let traditional = View::new(sentence, Display::Traditional).into_text();
            let simplified = View::new(sentence, Display::Simplified).into_text();
            let changed = if traditional == sentence { simplified } else { traditional };
            // For a source in mixed scripts, Simplified Chinese is shown.
            let shown = View::new(sentence, turn.transcript.script.default_display()).into_text();
            (changed != sentence && changed != shown).then(|| (String::new(), changed))
        }
        Kind::OtherMarks => {
            let changed = sentence
                .trim_end_matches(|c: char| !c.is_alphanumeric())
                .replace(['，', '、'], ",")
                .replace("’", "'")
                .replace('—', "-");
            (changed != sentence.trim_end_matches(|c: char| !c.is_alphanumeric())).then(|| (String::new(), changed))
        }
        Kind::NegationDropped => quoted(without_negation(sentence)?),
        Kind::NegationAdded => quoted(with_negation(sentence)?),
        Kind::NumberChanged => quoted(with_other_number(sentence)?),
        Kind::WordsSwapped => quoted(swapped(sentence, random)?),
        Kind::WordReplaced => quoted(replaced(sentence, other, random)?),
        Kind::SpeakersExchanged => {
            let own = turn.answer.interviewee.as_deref()?;
            let others = turn.transcript.speakers.iter().map(|speaker| speaker.name.as_str());
            let others: Vec<&str> =
                others.filter(|name| *name != own && !own.contains(name) && !name.contains(own)).collect();
            let name = *others.get(random.below(others.len().max(1)))?;
            let says = if sentence.chars().any(is_chinese) { "说：" } else { " said: " };
            Some((format!("{name}{says}"), sentence.to_owned()))
        }
        Kind::UnknownSpeaker => {
            turn.answer.interviewee.as_ref()?;
            let names = if sentence.chars().any(is_chinese) {
                ["黎晓鸥说：", "邹明远表示，"]
            } else {
                ["Maria Quillfeather said, ", "Tobias Zell said: "]
            };
            Some((names[random.below(2)].to_owned(), sentence.to_owned()))
        }
        Kind::Spliced => {
            let (a, b) = (turn.sentences[at].trim(), other.sentences[random.below(other.sentences.len())].trim());
            let long = |text: &str| units::weight(text) >= 8;
            let apart = !std::ptr::eq(turn.answer, other.answer);
            let same = a.chars().any(is_chinese) == b.chars().any(is_chinese);
            (apart && same && long(a) && long(b)).then(|| (String::new(), format!("{a}{b}")))
        }
        Kind::CutBeforeTurn => {
            let marks = ["，但是", "，但", "，不过", "，可是", "，但是", ", but ", ", however"];
            let end = marks.iter().filter_map(|mark| sentence.find(mark)).min()?;
            quoted(sentence[..end].to_owned())
        }
        Kind::QuestionAsAnswer => {
            if !turn.question.label.starts_with('Q') {
                return None;
            }
            let text = turn.transcript.words(turn.question.span).trim();
            (!text.contains('\n')).then(|| (String::new(), text.to_owned()))
        }
        Kind::Paraphrased => quoted(paraphrased(sentence)?),
    }
}

/// Returns a clause of a sentence with 8 to 20 characters.
fn clause<'a>(sentence: &'a str, random: &mut Random) -> Option<&'a str> {
    let clauses = sentence
        .split(['，', ',', '；', ';', '：', ':'])
        .map(|clause| clause.trim().trim_end_matches(['。', '.', '！', '？']));
    let short: Vec<&str> = clauses.filter(|clause| (8..=20).contains(&units::weight(clause))).collect();
    short.get(random.below(short.len().max(1))).copied()
}

fn without_negation(sentence: &str) -> Option<String> {
    for word in ["没有", "并不", "不会", "不是", "不能", "不想", "不要", "不用", "沒有", "並不", "不會"]
    {
        if let Some(at) = sentence.find(word) {
            // 没有 → 有, 不会 → 会
            let first = word.chars().next()?.len_utf8();
            let drop = if word.starts_with(['并', '並']) { first..word.len() } else { 0..first };
            let after = &sentence[at + drop.end..];
            // 会不会 and 是不是 ask. They do not deny.
            let asked = after.chars().next().is_some_and(|c| sentence[..at].ends_with(c));
            if asked {
                continue;
            }
            return Some(format!("{}{after}", &sentence[..at + drop.start]));
        }
    }
    for (word, instead) in [(" not ", " "), ("n't ", " "), ("n’t ", " "), (" never ", " ")] {
        if let Some(at) = sentence.find(word) {
            let before = &sentence[..at];
            if before.ends_with("ca") || before.ends_with("wo") || before.ends_with("Ca") || before.ends_with("Wo") {
                continue;
            }
            return Some(format!("{before}{instead}{}", &sentence[at + word.len()..]));
        }
    }
    None
}

fn with_negation(sentence: &str) -> Option<String> {
    for (word, instead) in [
        ("可以", "不可以"),
        ("能够", "不能够"),
        ("会有", "不会有"),
        ("是一个", "不是一个"),
        ("觉得", "不觉得"),
        ("喜欢", "不喜欢"),
        ("會", "不會"),
        ("覺得", "不覺得"),
    ] {
        if let Some(at) = sentence.find(word)
            && !sentence[..at].ends_with(['不', '没', '沒', '不'])
        {
            return Some(sentence.replacen(word, instead, 1));
        }
    }
    for (word, instead) in [
        (" is ", " is not "),
        (" can ", " cannot "),
        (" was ", " was not "),
        (" will ", " will not "),
        (" are ", " are not "),
    ] {
        if sentence.contains(word) {
            return Some(sentence.replacen(word, instead, 1));
        }
    }
    None
}

fn with_other_number(sentence: &str) -> Option<String> {
    if let Some(at) = sentence.find(|c: char| c.is_ascii_digit()) {
        let digit = sentence[at..].chars().next()?.to_digit(10)?;
        return Some(format!("{}{}{}", &sentence[..at], digit % 9 + 1, &sentence[at + 1..]));
    }
    for (word, instead) in [
        ("三个", "五个"),
        ("两个", "四个"),
        ("三個", "五個"),
        ("兩個", "四個"),
        ("第一", "第二"),
        (" two ", " seven "),
        (" three ", " nine "),
        (" ten ", " six "),
        ("十年", "八年"),
    ] {
        if sentence.contains(word) {
            return Some(sentence.replacen(word, instead, 1));
        }
    }
    None
}

/// Returns the ranges of the meaningful words of a sentence.
fn words(sentence: &str) -> Vec<std::ops::Range<usize>> {
    let mut at = 0;
    let mut found = Vec::new();
    for word in segment::cut(sentence) {
        let range = at..at + word.len();
        at += word.len();
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if letters >= if word.chars().any(is_chinese) { 2 } else { 4 } {
            found.push(range);
        }
    }
    found
}

fn swapped(sentence: &str, random: &mut Random) -> Option<String> {
    let words = words(sentence);
    let (i, j) = (random.below(words.len().max(1)), random.below(words.len().max(1)));
    let (a, b) = (words.get(i.min(j))?.clone(), words.get(i.max(j))?.clone());
    (i != j && sentence[a.clone()].to_lowercase() != sentence[b.clone()].to_lowercase()).then(|| {
        let (head, between, tail) = (&sentence[..a.start], &sentence[a.end..b.start], &sentence[b.end..]);
        format!("{head}{}{between}{}{tail}", &sentence[b.clone()], &sentence[a.clone()])
    })
}

fn replaced(sentence: &str, other: &Turn<'_>, random: &mut Random) -> Option<String> {
    let (own, from) = (words(sentence), other.sentences[random.below(other.sentences.len())]);
    let theirs = words(from);
    let (a, b) = (own.get(random.below(own.len().max(1)))?, theirs.get(random.below(theirs.len().max(1)))?);
    let (old, new) = (&sentence[a.clone()], &from[b.clone()]);
    (old.to_lowercase() != new.to_lowercase()).then(|| format!("{}{new}{}", &sentence[..a.start], &sentence[a.end..]))
}

/// Returns a paraphrase: some common words are replaced, and the clauses are reversed.
fn paraphrased(sentence: &str) -> Option<String> {
    const OTHERS: &str = "觉得:认为 但是:不过 非常:十分 很多:许多 因为:由于 所以:因此 可以:能够 一些:若干 帮助:协助 客户:顾客 问题:难题 \
 我们:咱们 他们:那些人 现在:眼下 然后:接着 比如:譬如 喜欢:爱 重要:关键 提升:提高 解决:处理 工作:干活 员工:职员 企业:公司 公司:单位 \
 覺得:認為 非常:十分 因為:由於 可以:能夠 一些:若干 客戶:顧客 問題:難題 我們:咱們 他們:那些人 現在:眼下 然後:接著 其實:事實上 \
 大家:各位 时候:当口 應該:理當 应该:理当 需要:得 了解:知道 \
 think:believe really:truly very:quite people:folks because:since want:wish things:stuff going:about start:begin good:fine \
 great:splendid lot:heap kind:sort right:correct know:understand need:require many:numerous make:create use:employ";
    let mut text = sentence.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let mut changed = 0;
    for pair in OTHERS.split_whitespace() {
        let (word, other) = pair.split_once(':')?;
        if text.contains(word) && !text.contains(other) {
            text = text.replacen(word, other, 1);
            changed += 1;
        }
    }
    let comma = if text.contains('，') { "，" } else { ", " };
    let mut clauses: Vec<&str> = text.split(comma).collect();
    if clauses.len() > 1 {
        clauses.reverse();
        changed += 2;
    }
    (changed >= 3).then(|| clauses.join(comma))
}

fn bare(text: &str) -> String {
    View::folded(text).text().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A random generator that gives the same numbers each time.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

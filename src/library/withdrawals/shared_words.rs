//! Words that several others say as well: the name of an office or a law, a proverb, the beginning of an answer to a
//! question of a survey. They are nobody's, although a withdrawn person says them too. Whoever only repeats
//! that person repeats more in a row, or has it in quotation marks. Pure.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use super::fingerprints::{ENOUGH, Fingerprints, PLENTY, WithdrawnTurn, both, quoted, weigh};
use super::key::{Marker, WithdrawalKey};
use super::merge;
use super::normalized_letters::{NormalizedLetters, windows};
use crate::library::near_duplicates::Sketch;
use crate::transcript::Transcript;

/// So many others make words nobody's.
const VOICES: usize = 2;
/// A row of this weight or more is a quotation or a copy: sixteen Chinese characters, or 48 letters.
const LONGEST: u32 = 2 * ENOUGH;

/// Others than who withdraws: those who answer in another interview, together, or one person of the same interview.
#[derive(Clone, Copy)]
pub(crate) struct OtherVoice<'a> {
    pub(crate) transcript: &'a Transcript,
    /// Tells copies of one interview, which count as one.
    pub(crate) sketch: &'a Sketch,
    /// The person of the same interview.
    pub(crate) person: Option<&'a str>,
}

impl OtherVoice<'_> {
    /// Whether two are one, because one interview is a copy of the other.
    fn is_copy_of(&self, other: &Self) -> bool {
        let same = self.transcript.source_sha256 == other.transcript.source_sha256;
        if same { self.person == other.person } else { self.sketch.alike(other.sketch).is_some() }
    }

    /// What is said, an answer each.
    fn answers(&self) -> impl Iterator<Item = String> {
        let is_theirs = |name: Option<&str>| self.person.is_none_or(|person| name == Some(person));
        let answers = self.transcript.answers().map(|(_, _, answer)| answer);
        let theirs = answers.filter(move |answer| is_theirs(answer.interviewee.as_deref()));
        theirs.map(|answer| self.transcript.answer_text(answer))
    }
}

impl Fingerprints {
    /// The marks of what was said, besides what several others say, and besides what was such at an `earlier` withdrawal. In
    /// another version of what was withdrawn it still counts as what many say.
    pub(crate) fn of_own(
        secret: &WithdrawalKey,
        said: &[WithdrawnTurn],
        others: &[OtherVoice<'_>],
        earlier: &[Self],
    ) -> Self {
        let all = Self::of(secret, said);
        let mut shared = all.shared(&secret.letters(), others);
        shared.extend(earlier.iter().flat_map(|one| &one.facts));
        shared.extend(earlier.iter().flat_map(|one| &one.ordinary).map(|(_, mark)| mark));
        if shared.is_empty() { all } else { Self::besides(secret, said, &shared) }
    }

    /// The marks that several others have.
    fn shared(&self, marker: &Marker, others: &[OtherVoice<'_>]) -> HashSet<u64> {
        let own = OwnMarks::of(self);
        // For each mark the others that have it, until there are enough.
        let mut having: HashMap<u64, Vec<usize>> = HashMap::new();
        for (number, other) in others.iter().enumerate() {
            for mark in own.within(marker, other) {
                let known = having.entry(mark).or_default();
                let is_copy = |one: &usize| others[*one].is_copy_of(other);
                if known.len() < VOICES && !known.iter().any(is_copy) {
                    known.push(number);
                }
            }
        }
        having.into_iter().filter(|(_, known)| known.len() >= VOICES).map(|(mark, _)| mark).collect()
    }
}

/// The marks that tell whose words they are.
struct OwnMarks {
    windows: HashSet<u64>,
    sentences: BTreeMap<u8, HashSet<u64>>,
    /// The weight of all that was withdrawn.
    weight: u32,
}

impl OwnMarks {
    fn of(words: &Fingerprints) -> Self {
        let mut sentences: BTreeMap<u8, HashSet<u64>> = BTreeMap::new();
        for (letters, mark) in &words.sentences {
            sentences.entry(*letters).or_default().insert(*mark);
        }
        Self { windows: words.own.iter().copied().collect(), sentences, weight: words.weight }
    }

    /// Those that others have by themselves. None if they have so much that they repeat who withdrew.
    fn within(&self, marker: &Marker, other: &OtherVoice<'_>) -> BTreeSet<u64> {
        let mut found = BTreeSet::new();
        let (mut said, mut repeated) = (0, 0);
        for words in other.answers() {
            let letters = NormalizedLetters::of(&words);
            let quotes: HashSet<u64> = quoted(&words).into_iter().flat_map(|part| self.of_text(marker, part)).collect();
            said += weigh(&letters.chars);
            let mut most = 0;
            for at in both(&letters) {
                let row: Vec<char> = at.iter().map(|number| letters.chars[*number]).collect();
                let mut parts: Vec<Range<usize>> = Vec::new();
                for (part, mark) in self.in_row(marker, &row) {
                    parts.push(part);
                    found.extend(Some(mark).filter(|mark| !quotes.contains(mark)));
                }
                merge(&mut parts);
                let weights = parts.into_iter().map(|part| weigh(&row[part])).collect::<Vec<u32>>();
                if weights.iter().any(|weight| *weight >= LONGEST) {
                    return BTreeSet::new();
                }
                most = most.max(weights.into_iter().sum());
            }
            repeated += most;
        }
        if u64::from(repeated) * 2 < u64::from(said.min(self.weight)) { found } else { BTreeSet::new() }
    }

    fn of_text(&self, marker: &Marker, text: &str) -> Vec<u64> {
        let letters = NormalizedLetters::of(text);
        let rows = both(&letters).into_iter();
        let rows = rows.map(|at| at.iter().map(|number| letters.chars[*number]).collect::<Vec<char>>());
        rows.flat_map(|row| self.in_row(marker, &row)).map(|(_, mark)| mark).collect()
    }

    /// Those in some letters in a row, each with its place.
    fn in_row(&self, marker: &Marker, row: &[char]) -> Vec<(Range<usize>, u64)> {
        let mut found = Vec::new();
        for part in windows(row, ENOUGH).chain(windows(row, PLENTY)) {
            let mark = marker.mark(&row[part.clone()]);
            found.extend(self.windows.contains(&mark).then_some((part, mark)));
        }
        for (letters, marks) in &self.sentences {
            for (start, part) in row.windows(usize::from(*letters)).enumerate() {
                let mark = marker.mark(part);
                found.extend(marks.contains(&mark).then(|| (start..start + part.len(), mark)));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::withdrawals::fingerprints::TurnOwner;
    use crate::transcript;

    const OWN: [&str; 3] = [
        "他们违反中华人民共和国劳动合同法，我把条文贴在食堂门口。",
        "竹篮打水一场空。",
        "My nan kept bees on the roof of the London School of Economics until the wardens came.",
    ];

    fn interview(said: &[&str]) -> Transcript {
        let turn = |words: &&str| format!("访谈员：后来呢？\n赵敏：{words}\n");
        transcript::read("other", said.iter().map(turn).collect::<String>().as_bytes()).expect("an interview").0
    }

    /// Which of the texts hold words of who withdrew, after the others were looked at.
    fn held<'t>(others: &[Transcript], texts: &[&'t str]) -> Vec<&'t str> {
        let secret = WithdrawalKey::random().expect("chance");
        let turn = |words: &&str| WithdrawnTurn {
            words: (*words).to_owned(),
            sentences: vec![(*words).to_owned()],
            whose: TurnOwner::Own,
        };
        let said: Vec<WithdrawnTurn> = OWN.iter().map(turn).collect();
        let sketches: Vec<Sketch> = others.iter().map(|other| Sketch::of(other.text())).collect();
        let others: Vec<OtherVoice<'_>> = others
            .iter()
            .zip(&sketches)
            .map(|(transcript, sketch)| OtherVoice { transcript, sketch, person: None })
            .collect();
        let marker = secret.letters();
        let words = Fingerprints::of_own(&secret, &said, &others, &[]);
        let own = OwnMarks::of(&words);
        texts.iter().copied().filter(|text| !own.of_text(&marker, text).is_empty()).collect()
    }

    #[test]
    fn what_two_other_interviews_say_is_nobodys() {
        let one = interview(&[
            "我连中华人民共和国劳动合同法都没翻过，只在渡口摆豆腐摊。",
            "我爸总说竹篮打水一场空，鸭子照样养。",
            "The London School of Economics gave me a locker and no key for it at all.",
        ]);
        let two = interview(&[
            "工会发过一本中华人民共和国劳动合同法，垫桌脚正好。",
            "竹篮打水一场空嘛，钟停了就停了。",
            "I drove a van for the London School of Economics in the wet year of the ferrets.",
        ]);
        let texts =
            ["中华人民共和国劳动合同法", "竹篮打水一场空", "at the London School of Economics", "我把条文贴在食堂门口"];
        assert_eq!(held(&[], &texts), texts);
        assert_eq!(held(std::slice::from_ref(&one), &texts), texts, "one other may repeat it");
        let copy = interview(&["好。"]);
        assert_eq!(held(&[one.clone(), copy], &texts), texts);
        assert_eq!(held(&[one.clone(), one.clone()], &texts), texts, "two copies are one interview");
        assert_eq!(held(&[one, two], &texts), ["我把条文贴在食堂门口"]);
    }

    #[test]
    fn whoever_repeats_the_withdrawn_person_makes_nothing_nobodys() {
        let long = |i: usize| {
            let own =
                ["我在鼓楼修钟，后来改行卖膏药，收了两个徒弟。", "台风把整排箱网都掀翻了，石斑鱼跑得一条不剩。"][i];
            interview(&[own, "她讲他们违反中华人民共和国劳动合同法，我把条文贴在食堂门口，我听了就走。"])
        };
        let texts = ["中华人民共和国劳动合同法", "我把条文贴在食堂门口"];
        assert_eq!(held(&[long(0), long(1)], &texts), texts, "more in a row than a name");
        let quoted = |i: usize| {
            let own =
                ["我在鼓楼修钟，后来改行卖膏药，收了两个徒弟。", "台风把整排箱网都掀翻了，石斑鱼跑得一条不剩。"][i];
            interview(&[own, "她讲过，“我把条文贴在食堂门口”，我听了就走。"])
        };
        assert_eq!(held(&[quoted(0), quoted(1)], &texts), texts, "in quotation marks");
        let most = |i: usize| interview(&[["竹篮打水一场空，对。", "竹篮打水一场空，嗯。"][i]]);
        assert_eq!(held(&[most(0), most(1)], &["竹篮打水一场空"]).len(), 1, "nothing but it");
    }
}

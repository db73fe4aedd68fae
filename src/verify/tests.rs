use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::i18n::DisplayLanguage;
use crate::library::{Withdrawals, WithdrawnSources};
use crate::transcript::{self, Transcript};

const BEES: &str = "养蜂的人\n\n记者：您是怎么开始养蜂的？\n周大山：我从爷爷那里接过来三箱蜂，后来有了四十箱。蜂不怕冷，但是怕潮湿。\n李小河：我是跟着电视学养蜂的，第一年蜂全飞走了。如果没有邻居帮忙，我早就放弃了。\n记者：养蜂最难的是什么？\n周大山：冬天要给蜂喂糖水，夜里也要起来看。我不认为年轻人会喜欢这个工作。我觉得蜂比人聪明多了。\n李小河：最难的是没人帮忙搬蜂箱，腰都断了。收入还可以，一年大概八万块钱。\n";
const PILOTS: &str = "Host: How did you learn to fly?\nAnn Novak: I learned to fly in a small club near Brno when I was seventeen. It was not expensive at all, but the weather was terrible most of the time.\nBob Allen: My uncle taught me on his farm in Kansas. We crashed three times before I could land properly.\nHost: What would you tell beginners?\nAnn Novak: I would never fly alone in the first year. If you feel tired, stay on the ground.\nBob Allen: Buy good gloves and trust your instruments. They know more than you do about the wind.\n";
/// The text as a web page left it: a full-width mark was lost, and readings were inserted.
const DAMAGED: &str = include_str!("../../data/ai-customer-service.txt");

struct Fixture {
    transcripts: Vec<Arc<Transcript>>,
    withdrawn: WithdrawnSources,
    withdrawals: Withdrawals,
}

impl Fixture {
    fn of(texts: &[(&str, &str)]) -> Self {
        let read =
            |(name, text): &(&str, &str)| Arc::new(transcript::read(name, text.as_bytes()).expect("an interview").0);
        let transcripts = texts.iter().map(read).collect();
        Self { transcripts, withdrawn: WithdrawnSources::default(), withdrawals: Withdrawals::default() }
    }

    fn library(&self) -> SearchedLibrary<'_> {
        SearchedLibrary {
            transcripts: &self.transcripts,
            gone: &[],
            withdrawn: &self.withdrawn,
            withdrawals: &self.withdrawals,
            coming: 0,
        }
    }

    fn verify(&self, text: &str) -> Verified {
        verify(&self.library(), &Report::of_text("report.md", text))
    }
}

fn bees() -> Fixture {
    Fixture::of(&[("bees", BEES), ("pilots", PILOTS)])
}

/// Returns the names of the findings of each quotation, with the gravest change.
fn findings_of(verified: &Verified) -> Vec<String> {
    verified.quotations.iter().map(|one| one.findings.iter().map(named).collect::<Vec<_>>().join(" ")).collect()
}

fn named(finding: &Finding) -> String {
    match finding {
        Finding::Withdrawn => "withdrawn".into(),
        Finding::NotFound { nearest } => format!("not-found{}", if nearest.is_some() { "+" } else { "" }),
        Finding::Spliced { parts } => format!("spliced:{}", parts.len()),
        Finding::OtherSpeaker { named, said_by, .. } => format!("other-speaker:{named}/{said_by}"),
        Finding::UnknownSpeaker { named, said_by, .. } => {
            format!("unknown-speaker:{named}/{}", said_by.as_deref().unwrap_or_default())
        }
        Finding::OnlyAsked { .. } => "only-asked".into(),
        Finding::Close { differences, .. } => {
            let each = differences.iter().map(|one| format!("{:?}({}/{})", one.change, one.quoted, one.source));
            format!("close:{}", each.collect::<Vec<_>>().join(","))
        }
        Finding::Cut { lost, .. } => {
            format!(
                "cut:{}",
                lost.iter().map(|one| format!("{:?}({})", one.what, one.words)).collect::<Vec<_>>().join(",")
            )
        }
        Finding::Dressed { but_for, .. } => format!("dressed:{but_for:?}"),
        Finding::Exact { .. } => "exact".into(),
    }
}

#[track_caller]
fn tells(fixture: &Fixture, report: &str, expected: &str) {
    assert_eq!(findings_of(&fixture.verify(report)), [expected], "{report}");
}

#[test]
fn what_the_source_says_is_exact() {
    let bees = bees();
    for report in [
        "周大山说：“冬天要给蜂喂糖水，夜里也要起来看。”",
        "“冬天要给蜂喂糖水，夜里也要起来看”，周大山说。",
        "> 我从爷爷那里接过来三箱蜂，后来有了四十箱。\n\n—— 周大山",
        "“我从爷爷那里接过来三箱蜂……蜂不怕冷，但是怕潮湿。”",
        "“[周]从爷爷那里接过来三箱蜂，后来有了四十箱。”",
        "“我觉得蜂[指蜜蜂]比人聪明多了。”",
        "“我从爷爷那里接过来三箱蜂，后来有了四十箱。蜂不怕冷，”周大山说，“但是怕潮湿。”",
        "Ann Novak said: \"I learned to fly in a small club near Brno when I was seventeen.\"",
        "“My uncle taught me on his farm in Kansas,” said Allen.",
        "“我不认为年轻人[如他的孙子]会喜欢这个工作。”",
        "“[M]y uncle taught me on his farm [...] We crashed three times”",
    ] {
        let verified = bees.verify(report);
        assert!(
            verified.quotations.iter().all(|one| one.holds) && verified.hold > 0,
            "{report}: {:?}",
            findings_of(&verified)
        );
    }
}

#[test]
fn another_script_width_or_punctuation_is_told_and_holds() {
    let bees = bees();
    tells(&bees, "“冬天要給蜂喂糖水，夜裡也要起來看。”", "dressed:[Script]");
    tells(&bees, "“冬天要给蜂喂糖水,夜里也要起来看。”", "dressed:[Width]");
    tells(&bees, "“冬天要给蜂喂糖水；夜里也要起来看。”", "dressed:[Punctuation]");
    tells(&bees, "“They know more than You do about the wind”", "dressed:[Case]");
    tells(&bees, "“冬天要给蜂喂糖水，夜里也要起来看？”", "dressed:[Punctuation]");
}

#[test]
fn words_that_differ_are_shown_and_the_gravest_is_called_out_first() {
    let bees = bees();
    for (report, change, words) in [
        ("“蜂怕冷，但是怕潮湿。”", "Negation", "不怕冷"),
        ("“我不觉得蜂比人聪明多了。”", "Negation", "不"),
        ("“我从爷爷那里接过来五箱蜂，后来有了四十箱。”", "Number", "三"),
        ("“我从爷爷那里接过来三箱蜂，后来有了40箱。”", "Notation", "四十"),
        ("“收入还可以，一年大概十八万块钱。”", "Number", "八万"),
        ("“冬天要给蜂喂蜂蜜，夜里也要起来看。”", "Words", "糖水"),
        ("“蜂有时也怕冷，但是怕潮湿。”", "Negation", "不"),
        ("“It was expensive at all, but the weather was terrible”", "Negation", "not"),
        ("“It was not cheap at all, but the weather was terrible”", "Words", "expensive"),
        ("“We crashed two times before I could land properly.”", "Number", "three"),
        ("“I learned to fly in a small club near Prague when I was seventeen.”", "Name", "Brno"),
        ("“I would fly alone in the first year.”", "Negation", "never"),
        ("“My aunt taught me on his farm in Kansas.”", "Words", "uncle"),
    ] {
        let told = findings_of(&bees.verify(report));
        assert!(told[0].starts_with(&format!("close:{change}(")) && told[0].contains(words), "{report}: {told:?}");
    }
    for report in
        ["“我[们]认为年轻人会喜欢这个工作。”", "“我[从来]认为年轻人会喜欢这个工作。”", "“我[不]觉得蜂比人聪明多了。”"]
    {
        let told = findings_of(&bees.verify(report));
        assert!(told[0].starts_with("close:Negation("), "an insertion hides no negation: {report}: {told:?}");
    }
    let swapped = findings_of(&bees.verify("“我觉得人比蜂聪明多了。”"));
    assert!(swapped[0].contains("Order(人/蜂)") && swapped[0].contains("Order(蜂/人)"), "{swapped:?}");
    let several = findings_of(&bees.verify("“冬天要给蜂喂蜂蜜，夜里都不要起来看。”"));
    assert!(several[0].starts_with("close:Negation"), "{several:?}");
}

#[test]
fn a_cut_that_loses_a_turn_a_negation_or_a_condition_is_told() {
    let bees = bees();
    tells(&bees, "“我从爷爷那里接过来三箱蜂，后来有了四十箱。蜂不怕冷”", "cut:Turn(但是) exact");
    tells(&bees, "“年轻人会喜欢这个工作”", "cut:Negation(不) exact");
    tells(&bees, "“没有邻居帮忙，我早就放弃了”", "cut:Condition(如果) exact");
    tells(&bees, "“It was not expensive at all”", "cut:Turn(but) exact");
    tells(&bees, "“stay on the ground”", "cut:Condition(If) exact");
    tells(&bees, "“我从爷爷那里接过来……后来有了四十箱。蜂……怕潮湿。”", "cut:Negation(不),Turn(但是) exact");
}

#[test]
fn a_quotation_put_together_from_two_places_is_told_with_both() {
    let bees = bees();
    tells(&bees, "“冬天要给蜂喂糖水，夜里也要起来看。最难的是没人帮忙搬蜂箱，腰都断了。”", "spliced:2");
    tells(&bees, "“我从爷爷那里接过来三箱蜂……最难的是没人帮忙搬蜂箱”", "spliced:2");
    tells(&bees, "“My uncle taught me on his farm in Kansas. I would never fly alone in the first year.”", "spliced:2");
}

#[test]
fn who_says_it_is_held_against_whom_the_report_names() {
    let bees = bees();
    let other = "other-speaker:李小河/周大山 exact";
    tells(&bees, "李小河说：“冬天要给蜂喂糖水，夜里也要起来看。”", other);
    tells(&bees, "“冬天要给蜂喂糖水，夜里也要起来看，”李小河说。", other);
    tells(&bees, "李小河養蜂多年。她說：「冬天要给蜂喂糖水，夜里也要起来看。」", other);
    tells(&bees, "> 冬天要给蜂喂糖水，夜里也要起来看。\n\n——李小河", other);
    tells(
        &bees,
        "“Buy good gloves and trust your instruments,” said Novak.",
        "other-speaker:Ann Novak/Bob Allen exact",
    );
    for report in [
        "李小河听完周大山的话。周大山对李小河说：“冬天要给蜂喂糖水，夜里也要起来看。”",
        "有人说：“冬天要给蜂喂糖水，夜里也要起来看。”",
        "Novak told Allen that flying is hard; Allen said, “Buy good gloves and trust your instruments.”",
    ] {
        tells(&bees, report, "exact");
    }
}

#[test]
fn a_speaker_whom_nobody_is_called_is_told() {
    let bees = bees();
    tells(&bees, "王小明说：“冬天要给蜂喂糖水，夜里也要起来看。”", "unknown-speaker:王小明/周大山 exact");
    tells(&bees, "“冬天要给蜂喂糖水，夜里也要起来看，”養蜂人王小明說。", "unknown-speaker:王小明/周大山 exact");
    tells(
        &bees,
        "“Buy good gloves and trust your instruments,” said Maria Lopez.",
        "unknown-speaker:Maria Lopez/Bob Allen exact",
    );
    tells(&bees, "> 冬天要给蜂喂糖水，夜里也要起来看。\n\n—— 王小明，蜂农", "unknown-speaker:王小明/周大山 exact");
    tells(&bees, "王小明说：“没有人说过的一句话而已。”", "not-found unknown-speaker:王小明/");
    // Somebody who may be meant is no stranger.
    tells(&bees, "老周说：“冬天要给蜂喂糖水，夜里也要起来看。”", "exact");
    tells(&bees, "一位养蜂人说：“冬天要给蜂喂糖水，夜里也要起来看。”", "exact");
    // If the source names nobody, it cannot contradict the name. The name is reported, and the words hold.
    let unnamed = Fixture::of(&[("ai", DAMAGED)]);
    let verified = unnamed.verify("王小明说：“我个人比较爱运动，在工作中有压力，或者情绪不好是常见的情况。”");
    assert!(
        findings_of(&verified)[0].starts_with("unknown-speaker:王小明/ ") && verified.quotations[0].holds,
        "{verified:?}"
    );
}

#[test]
fn short_quotations_are_told_with_what_was_dropped_added_or_changed() {
    let bees = bees();
    for (report, change) in [
        ("“我觉得蜂不比人聪明”", "Negation"),
        ("“收入还不可以的呀”", "Negation"),
        ("“I would fly alone”", "Negation"),
        ("“They do not know more”", "Negation"),
        ("“我認為年輕人會喜歡”", "Negation"),
        ("“一年大概九万块钱”", "Number"),
        ("“接过来六箱蜂，后来”", "Number"),
        ("“We crashed nine times”", "Number"),
        ("“on his farm in Texas”", "Name"),
    ] {
        let told = findings_of(&bees.verify(report));
        assert!(told[0].contains(&format!("close:{change}(")), "{report}: {told:?}");
    }
    tells(&bees, "“认为年轻人会喜欢这个”", "cut:Negation(不) exact");
}

#[test]
fn notes_raised_numbers_and_brackets_are_no_words() {
    let bees = bees();
    for report in [
        "“冬天要给蜂喂糖水¹，夜里也要起来看。²”",
        "“冬天要给蜂喂糖水[^1]，夜里也要起来看。”\n\n[^1]: 见“我觉得蜂比人聪明多了”。",
        "<p>“冬天要给蜂喂糖水<sup>1</sup>，夜里也要起来看。”</p>",
        "「冬天要给蜂喂糖水，\n夜里也要起来看。」",
        "> 「冬天要给蜂喂糖水，\n> 夜里也要起来看。」",
    ] {
        let verified = bees.verify(report);
        assert!(verified.fail == 0 && verified.hold > 0, "{report}: {:?}", findings_of(&verified));
    }
}

#[test]
fn a_question_is_nobodys_answer() {
    let bees = bees();
    tells(&bees, "周大山：“养蜂最难的是什么？您是说”", "only-asked close:Added(您是说/)");
    tells(&bees, "他们说“您是怎么开始养蜂的？”", "only-asked exact");
    tells(&bees, "记者问：“您是怎么开始养蜂的？”", "exact");
}

#[test]
fn what_nobody_said_is_not_found_with_the_nearest_passage() {
    let bees = bees();
    let verified = bees.verify("“养蜂在冬天需要很多糖水，蜂才能过得好。”");
    let Finding::NotFound { nearest: Some(place) } = &verified.quotations[0].findings[0] else {
        panic!("{:?}", findings_of(&verified));
    };
    assert!(place.words.contains("糖水"), "{}", place.words);
    assert_eq!((verified.searched.transcripts, verified.searched.answers, verified.searched.questions), (2, 8, 4));
    assert_eq!(verified.quotations[0].text.as_deref(), Some("养蜂在冬天需要很多糖水，蜂才能过得好。"));
}

#[test]
fn short_quotations_are_counted_and_passed_over() {
    let verified = bees().verify("他说“好”，又说“I do not know”。“三箱蜂”。");
    assert_eq!((verified.too_short, verified.quotations.len()), (2, 1));
}

#[test]
fn a_permalink_pins_the_words() {
    let bees = bees();
    let transcript = &bees.transcripts[0];
    let span = |words: &str| {
        let at = transcript.text().find(words).expect("it says so");
        transcript::Span::new(transcript.text(), at..at + words.len()).expect("a span")
    };
    let link = crate::search::quote::Permalink::of(transcript, span("蜂不怕冷")).to_string();
    let verified = bees.verify(&format!("[“蜂不怕冷”](http://h{link})"));
    assert_eq!(findings_of(&verified), ["exact"], "short, with a permalink, and cut on purpose");
    assert_eq!(verified.quotations[0].permalink, Some(PermalinkOutcome::Agrees));
    let verified = bees.verify(&format!("“收入还可以，一年大概八万块钱。” http://h{link}"));
    assert_eq!(verified.quotations[0].permalink, Some(PermalinkOutcome::OtherWords));
    let verified = Fixture::of(&[("pilots", PILOTS)]).verify(&format!("[“蜂不怕冷”](http://h{link})"));
    assert_eq!(verified.quotations[0].permalink, Some(PermalinkOutcome::Gone));
}

#[test]
fn damaged_words_match_as_restored_and_as_received() {
    let damaged = Fixture::of(&[("ai", DAMAGED)]);
    let transcript = &damaged.transcripts[0];
    let one =
        transcript.restored.restorations().iter().find(|one| one.received != one.restored).expect("a restoration");
    let (from, until) = (one.received_span.start, one.received_span.end);
    let received = transcript.restored.received();
    let near = |at: usize, by: usize, back: bool| {
        let mut chars: Vec<usize> = if back {
            received[..at].char_indices().rev().map(|(at, _)| at).take(by).collect()
        } else {
            received[at..].char_indices().map(|(offset, c)| at + offset + c.len_utf8()).take(by).collect()
        };
        chars.pop().unwrap_or(at)
    };
    let quoted = &received[near(from, 4, true)..near(until, 8, false)];
    let verified = damaged.verify(&format!("> {quoted}"));
    let found = verified.quotations[0].findings.iter().filter_map(|finding| match finding {
        Finding::Exact { place, .. } | Finding::Dressed { place, .. } => Some(place.as_received),
        _ => None,
    });
    assert_eq!(found.collect::<Vec<_>>(), [true], "{quoted}: {:?}", findings_of(&verified));
}

#[test]
fn withdrawn_words_are_told_as_withdrawn_and_never_shown() {
    let own = crate::library::WithdrawnTurn {
        words: "我在码头的仓库里藏过一只会说话的鹦鹉".into(),
        sentences: vec!["我在码头的仓库里藏过一只会说话的鹦鹉".into()],
        whose: crate::library::TurnOwner::Own,
    };
    let bees = Fixture { withdrawals: Withdrawals::of_people(&[(&["王明"][..], vec![own])]), ..bees() };
    for report in ["王明说：“我在碼頭的倉庫里藏過一只會說話的鸚鵡”", "“他在仓库里藏过一只会说话的鹦鹉呢”"]
    {
        let verified = bees.verify(report);
        assert_eq!(findings_of(&verified), ["withdrawn"], "{report}");
        let json = serde_json::to_string(&verified).expect("JSON");
        let page = page(&verified, DisplayLanguage::English.messages().verify, &|_| None).expect("a page");
        for text in [json, page] {
            assert!(!text.contains('鹦') && !text.contains('鸚') && !text.contains("王明"), "{text}");
        }
    }
}

#[test]
fn every_finding_is_told_in_every_language() {
    let bees = bees();
    let report = "“蜂怕冷，但是怕潮湿。” “年轻人会喜欢这个工作” 李小河说：“冬天要給蜂喂糖水，夜里也要起来看。” “您是怎么开始养蜂的？” “没有人说过的一句话而已。” “冬天要给蜂喂糖水，夜里也要起来看。最难的是没人帮忙搬蜂箱，腰都断了。”";
    let verified = bees.verify(report);
    for words in DisplayLanguage::ALL.iter().map(|language| language.messages().verify) {
        let all = in_words(&verified, words, &|place| place.permalink.clone());
        assert!(all.iter().all(|one| !one.sentences.is_empty() && !one.quoted.is_empty()), "{all:?}");
        let text: String = all.iter().flat_map(|one| one.sentences.clone()).collect();
        assert!(!text.contains('%'), "no number of likeness: {text}");
        let html = page(&verified, words, &|place| place.permalink.clone()).expect("a page");
        assert!(html.contains("<mark>") && html.contains(&verified.summary(words)) && html.contains("href=\"/q/"));
    }
}

#[test]
fn altered_quotations_are_told_from_honest_ones() {
    let fixture = Fixture::of(&[("ai", DAMAGED), ("bees", BEES), ("pilots", PILOTS)]);
    let mut told = String::new();
    let mut good = true;
    for one in measure(&fixture.library(), 40) {
        let Measured { kind, named, made, holding, missed, .. } = &one;
        told.extend([format!("{kind}: {named} of {made}, {holding} hold; {missed:#?}\n")]);
        let passes = one.kind == "paraphrased" && one.holding > 0;
        good &= one.named * 100 >= one.made * 95 && !passes;
    }
    assert!(good, "{told}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Every cut from a turn is recognised as the source's words.
    #[test]
    fn any_stretch_of_a_turn_is_found_word_for_word(seed: u64, length in 8_usize..200) {
        let fixture = damaged();
        let said = stretch(&fixture.transcripts[0], seed, length);
        prop_assume!(!said.contains(['\n', '>', '[', ']', '(', ')', '（', '）', '…', '【']) && units::weight(&said) >= 8);
        let report = Report { blocks: vec![report::Block { line: 1, kind: report::ParagraphKind::Quote, text: said.clone(), ..report::Block::default() }] };
        let verified = VERIFIER.verify(&report);
        let words = |finding: &Finding| matches!(finding, Finding::Exact { .. } | Finding::Dressed { .. });
        prop_assert!(verified.quotations[0].findings.iter().any(words), "{said}: {:?}", findings_of(&verified));
    }

    /// A quotation without its negation is never accepted as what the source says.
    #[test]
    fn a_quotation_without_its_negation_is_never_exact(seed: u64, length in 12_usize..120) {
        let fixture = damaged();
        let transcript = &fixture.transcripts[0];
        let said = stretch(transcript, seed, length);
        let places: Vec<(usize, char)> = said.char_indices().filter(|(_, c)| "不没未无非别".contains(*c)).collect();
        prop_assume!(!places.is_empty());
        let (at, negation) = places[seed as usize % places.len()];
        let altered = format!("{}{}", &said[..at], &said[at + negation.len_utf8()..]);
        let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        // Skipped if the words are also said without it, or if it is doubled: 不不.
        prop_assume!(!bare(transcript.text()).contains(&bare(&altered)) && units::weight(&altered) >= 8);
        let report = Report { blocks: vec![report::Block { line: 1, kind: report::ParagraphKind::Quote, text: altered.clone(), ..report::Block::default() }] };
        let verified = VERIFIER.verify(&report);
        prop_assert!(!verified.quotations[0].holds, "{altered}: {:?}", findings_of(&verified));
    }

    /// No report can make the program crash.
    #[test]
    fn no_report_stops_it(text in "[“”「」\"『』>\\[\\]()（）…. 不但是蜂冷A-z0-9\n*_&;#]{0,200}", name in "(a\\.md|a\\.html|a\\.csv|a\\.json|a\\.txt|)") {
        let verified = VERIFIER.verify(&Report::of_text(&name, &text));
        prop_assert_eq!(verified.hold + verified.fail, verified.quotations.len());
    }
}

fn damaged() -> &'static Fixture {
    static DAMAGED_ONE: std::sync::LazyLock<Fixture> = std::sync::LazyLock::new(|| Fixture::of(&[("ai", DAMAGED)]));
    &DAMAGED_ONE
}

static VERIFIER: std::sync::LazyLock<Verifier<'static>> =
    std::sync::LazyLock::new(|| Verifier::new(&damaged().library()));

/// Returns about `length` characters of some answer.
fn stretch(transcript: &Transcript, seed: u64, length: usize) -> String {
    let answers: Vec<String> = transcript.answers().map(|(_, _, answer)| transcript.answer_text(answer)).collect();
    let answer = &answers[seed as usize % answers.len()];
    let chars: Vec<char> = answer.chars().collect();
    let from = (seed >> 16) as usize % chars.len();
    let mut until = chars.len().min(from + length);
    // The cut must not be in the middle of a number or a word of letters.
    let is_inside = |at: usize| {
        at > 0 && at < chars.len() && chars[at - 1].is_ascii_alphanumeric() && chars[at].is_ascii_alphanumeric()
    };
    while is_inside(until) {
        until += 1;
    }
    let from = (from..until).find(|at| !is_inside(*at)).unwrap_or(until);
    chars[from..until].iter().collect()
}

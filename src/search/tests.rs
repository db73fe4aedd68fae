use std::sync::{Arc, LazyLock};

use super::*;
use crate::library;
use crate::retrieval::encoder::Encoder;
use crate::transcript;

const INTERVIEW: &str = "Q1.您怎么放松?\nA1 我每天跑步,跑步让我头脑清空。\nA2 我也跑步,还听音乐。\nA3 我喜欢做饭。\n\
Q2.公司给了什么支持?\nA1 公司报销网费。\nA2 发了一台显示器。\n";

static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let (transcript, _) = transcript::read("test", INTERVIEW.as_bytes()).expect("readable");
    let encoder = Encoder::built_in().expect("the built-in encoder loads");
    library::build(vec![transcript], Arc::new(encoder)).expect("it indexes")
});

fn reply(query: &str) -> Reply {
    ask(&CORPUS, query, SearchOptions::default()).expect("a reply")
}

#[test]
fn answers_that_say_it_come_first_one_quote_each() {
    let reply = reply("谁喜欢跑步?");
    assert_eq!(reply.verdict, Verdict::Said);
    let mut first: Vec<&str> = reply.quotes.iter().take(2).map(|quote| quote.citation.answer.as_str()).collect();
    first.sort_unstable();
    assert_eq!(first, ["A1", "A2"]);
    let mut places: Vec<_> = reply.quotes.iter().map(|quote| quote.place).collect();
    places.dedup();
    assert_eq!(places.len(), reply.quotes.len());
}

#[test]
fn the_tally_counts_answers_and_names_their_questions() {
    let tally = reply("谁喜欢跑步?").tally;
    assert!(tally.speaking >= 2);
    assert_eq!(tally.answers, 5);
    assert!(tally.questions.contains(&(0, "Q1".to_owned())));
}

#[test]
fn both_scripts_of_a_query_get_the_same_reply() {
    let places = |query: &str| reply(query).quotes.iter().map(|quote| quote.place).collect::<Vec<_>>();
    assert_eq!(places("谁会听音乐?"), places("誰會聽音樂?"));
}

#[test]
fn what_nobody_said_is_not_quoted_as_said() {
    let reply = reply("火星上有水吗?");
    assert_ne!(reply.verdict, Verdict::Said);
    assert_eq!(reply.tally.speaking, 0);
    assert!(reply.quotes.len() <= 1);
}

#[test]
fn no_more_is_shown_than_asked_for_and_all_is_counted() {
    let reply = ask(&CORPUS, "谁喜欢跑步?", SearchOptions { limit: 1, ..SearchOptions::default() }).expect("a reply");
    assert_eq!(reply.quotes.len(), 1);
    assert!(reply.tally.speaking >= 2);
}

#[test]
fn any_query_gets_a_reply() {
    let long = "跑步".repeat(500);
    for query in ["", " ", "?", "😀😀", "跑", "\u{0}", "ａ１", &long] {
        reply(query);
    }
}

fn places(query: &str) -> Vec<String> {
    let options = SearchOptions { limit: 50, ..SearchOptions::default() };
    let quotes = ask(&CORPUS, query, options).expect("a reply").quotes;
    let mut places: Vec<String> =
        quotes.iter().map(|quote| format!("{}.{}", quote.citation.question, quote.citation.answer)).collect();
    places.sort_unstable();
    places
}

fn refused(query: &str) -> String {
    ask(&CORPUS, query, SearchOptions::default()).expect_err("a complaint").to_string()
}

#[test]
fn a_phrase_is_held_by_every_answer_that_is_quoted() {
    assert_eq!(places("\"跑步\""), ["Q1.A1", "Q1.A2"]);
    assert_eq!(places("谁喜欢“聽音樂”?"), ["Q1.A2"]);
    assert_eq!(places("「报销網費」"), ["Q2.A1"]);
    assert_eq!(places("\"跑步很累\""), [""; 0]);
    let reply = reply("\"头脑清空\"");
    assert!(reply.quotes[0].text.contains("头脑清空"));
}

#[test]
fn what_is_left_out_is_in_no_answer_that_is_quoted() {
    assert_eq!(places("谁喜欢跑步? -音乐").iter().filter(|place| *place == "Q1.A2").count(), 0);
    assert_eq!(places("\"跑步\" -音樂"), ["Q1.A1"]);
    assert_eq!(places("-跑步"), ["Q1.A3", "Q2.A1", "Q2.A2"]);
}

#[test]
fn filters_narrow_before_anything_is_counted() {
    assert_eq!(places("q:1"), ["Q1.A1", "Q1.A2", "Q1.A3"]);
    assert_eq!(places("q:1,2 who:a2"), ["Q1.A2", "Q2.A2"]);
    assert_eq!(places("-q:1 in:te"), ["Q2.A1", "Q2.A2"]);
    let tally = reply("谁喜欢跑步? q:1").tally;
    assert_eq!(tally.answers, 3);
    assert!(tally.questions.iter().all(|(_, label)| label == "Q1"));
    let limited = ask(&CORPUS, "q:1", SearchOptions { limit: 1, ..SearchOptions::default() }).expect("a reply");
    assert_eq!((limited.quotes.len(), limited.tally.speaking, limited.tally.listed), (1, 3, true));
}

#[test]
fn a_filter_that_names_what_is_not_there_says_what_is() {
    assert_eq!(refused("跑步 q:99"), "there is no question 99 here: there are Q1 and Q2");
    assert_eq!(refused("who:A9"), "nobody here is called A9: there are A1, A2, A3");
    assert_eq!(refused("who:A3 q:2"), "nobody here is called A3: there are A1 and A2");
    assert_eq!(refused("in:nowhere"), "no transcript here is called nowhere: there is test");
}

fn chain(queries: &[&str], limit: usize) -> Reply {
    let mut before: Option<Reply> = None;
    for query in queries {
        let options = SearchOptions { limit, after: before.as_ref(), ..SearchOptions::default() };
        before = Some(ask(&CORPUS, query, options).expect("a reply"));
    }
    before.expect("a query")
}

#[test]
fn others_are_never_those_already_shown() {
    let first = chain(&["谁喜欢跑步?"], 1);
    let second = chain(&["谁喜欢跑步?", "还有别人这么说吗?"], 1);
    assert_eq!(second.quotes.len(), 1);
    assert_ne!(first.quotes[0].place, second.quotes[0].place);
    let third = chain(&["谁喜欢跑步?", "还有吗?", "还有吗?"], 1);
    assert!(third.quotes.iter().all(|quote| !second.shown.contains(&quote.place)));
    assert_eq!(first.tally.answers, 5);
    assert_eq!(second.tally.answers, 4);
}

#[test]
fn the_same_answer_in_two_transcripts_is_quoted_once_with_both_sources() {
    let first = "Q1.您怎么放松?\nA1 我每天早上都去河边跑步,跑步让我头脑清空,一天都有精神。\n";
    let second = "Q1.您怎麼放鬆?\nA1 我喜歡做飯。\nA2 我每天早上都去河邊跑步,跑步讓我頭腦清空,一天都有精神。\n";
    let read = |name: &str, text: &str| transcript::read(name, text.as_bytes()).expect("readable").0;
    let corpus =
        library::build(vec![read("a", first), read("b", second)], Arc::clone(&CORPUS.encoder)).expect("it indexes");
    let reply = ask(&corpus, "谁跑步?", SearchOptions::default()).expect("a reply");
    let quote = &reply.quotes[0];
    assert_eq!(quote.also.len(), 1);
    let mut both = [quote.citation.transcript.as_str(), quote.also[0].transcript.as_str()];
    both.sort_unstable();
    assert_eq!(both, ["a", "b"]);
    let twin = corpus.transcripts.iter().find(|t| t.name == quote.also[0].transcript).expect("its transcript");
    let said = &twin.text()[quote.also[0].start..quote.also[0].end];
    assert_eq!(crate::text::find::folded(said), crate::text::find::folded(&quote.text));
    assert_eq!(reply.tally.answers, 2);
    assert_eq!(
        reply.quotes.iter().filter(|quote| quote.text.contains("头脑清空") || quote.text.contains("頭腦清空")).count(),
        1
    );
}

#[test]
fn a_score_explains_itself() {
    let reply =
        ask(&CORPUS, "谁喜欢跑步?", SearchOptions { explain: true, ..SearchOptions::default() }).expect("a reply");
    assert_eq!(reply.explained.len(), reply.quotes.len());
    let why = &reply.explained[0];
    assert!(why.meaning.rank >= 1 && why.words.rank <= why.words.of);
    assert!(why.matched.contains(&"跑步".to_owned()), "{:?}", why.matched);
    let signals = serde_json::to_value(why.signals).expect("JSON");
    let sum: f64 = why
        .weights
        .iter()
        .map(|(name, weight)| {
            f64::from(*weight) * signals.get(name.as_str()).and_then(serde_json::Value::as_f64).unwrap_or(1.0)
        })
        .sum();
    let score = 1.0 / (1.0 + (-sum).exp());
    assert!((score - reply.quotes[0].score).abs() < 0.01, "{score} {}", reply.quotes[0].score);
}

#[test]
fn a_speaker_is_named_whole_or_by_the_beginning_of_a_word() {
    let (mut transcript, _) = transcript::read("test", INTERVIEW.as_bytes()).expect("readable");
    for (answer, name) in [(0, "Jerod Santo"), (1, "陳小明"), (2, "Jerod Smith")] {
        transcript.questions[0].answers[answer].interviewee = Some(name.to_owned());
    }
    let corpus = library::build(vec![transcript], Arc::clone(&CORPUS.encoder)).expect("it indexes");
    let answers = |query: &str| {
        let reply = ask(&corpus, query, SearchOptions::default()).expect("a reply");
        reply.quotes.iter().map(|quote| quote.citation.answer.clone()).collect::<Vec<_>>()
    };
    assert_eq!(answers("who:\"jerod santo\""), ["A1"]);
    assert_eq!(answers("who:Jerod"), ["A1", "A3"]);
    assert_eq!(answers("who:陈小明"), ["A2"]);
    assert_eq!(answers("-who:jerod q:1"), ["A2"]);
    let nobody = ask(&corpus, "who:Adam", SearchOptions::default()).expect_err("a complaint").to_string();
    assert_eq!(nobody, "nobody here is called Adam: there are Jerod Santo, 陳小明, Jerod Smith");
    let first = ask(&corpus, "谁喜欢跑步?", SearchOptions::default()).expect("a reply");
    let then = ask(&corpus, "what about Santo?", SearchOptions { after: Some(&first), ..SearchOptions::default() })
        .expect("a reply");
    assert_eq!(then.carried.expect("a follow-up").read_as, "谁喜欢跑步? who:santo");
    assert_eq!(then.tally.answers, 1);
}

#[test]
fn every_interviewee_is_seen_before_anyone_is_seen_twice() {
    let text = "Host: How do you relax?\nAnn: I go running every morning, running clears my head.\n\
        Host: Do you run alone?\nAnn: I go running with my dog, running along the river.\n\
        Host: And what about you?\nBo: Sometimes I go running too, but seldom.\n";
    let (transcript, _) = transcript::read("panel", text.as_bytes()).expect("readable");
    let corpus = library::build(vec![transcript], Arc::clone(&CORPUS.encoder)).expect("it indexes");
    let reply = ask(&corpus, "who goes running?", SearchOptions::default()).expect("a reply");
    let who: Vec<&str> = reply.quotes.iter().filter_map(|quote| quote.citation.interviewee.as_deref()).collect();
    let mut first = who.iter().take(2).copied().collect::<Vec<_>>();
    first.sort_unstable();
    assert_eq!(first, ["Ann", "Bo"], "{who:?}");
}

#[test]
fn a_chinese_question_finds_what_was_said_in_english_and_only_that() {
    let text = "Host: How do you relax?\nAnn: I go running every morning, running clears my head.\n\
        Host: Do you run alone?\nAnn: I go running with my dog, running along the river.\n";
    let (transcript, _) = transcript::read("panel", text.as_bytes()).expect("readable");
    let corpus = library::build(vec![transcript], Arc::clone(&CORPUS.encoder)).expect("it indexes");
    let verdict = |query: &str| ask(&corpus, query, SearchOptions::default()).expect("a reply").verdict;
    assert_eq!(verdict("谁每天早上去跑步?"), Verdict::Said);
    assert_ne!(verdict("火星上有水吗?"), Verdict::Said);
}

#[test]
fn what_was_never_asked_reads_differently_from_what_was_asked() {
    assert!(reply("您平时怎么放松?").asked);
    assert!(reply("How do you relax?").asked);
    assert!(!reply("火星上有水吗?").asked);
}

#[test]
fn a_question_that_only_turns_to_somebody_is_matched_with_the_words_of_the_one_before() {
    let text = "主持人：您平时怎么放松？\n王小明：每天早上去河边。\n主持人：张敏，您呢？\n张敏：我就待在家里。\n\
        主持人：公司报销网费吗？\n王小明：每个月一百块。\n";
    let (transcript, _) = transcript::read("turned", text.as_bytes()).expect("readable");
    let corpus = library::build(vec![transcript], Arc::clone(&CORPUS.encoder)).expect("it indexes");
    let reply =
        ask(&corpus, "大家怎么放松?", SearchOptions { explain: true, ..SearchOptions::default() }).expect("a reply");
    let strength = |answer: &str| {
        let at = reply.strengths.iter().find(|one| {
            let (transcript, _, given) = corpus.answer(one.place).expect("its answer");
            transcript.answer_text(given).contains(answer)
        });
        at.map_or(0.0, |one| one.score)
    };
    assert!(strength("待在家里") > strength("一百块"), "{:?}", reply.strengths);
    assert!((strength("待在家里") - strength("河边")).abs() < 0.2, "{:?}", reply.strengths);
}

#[test]
fn a_number_in_characters_finds_what_it_finds_in_digits() {
    let text = "Q1.团队里谁最多?\nA1 00后已经占了七成。\nA2 我们大多是80后。\nQ2.您做了多久?\nA1 我做了20年客服。\n";
    let (transcript, _) = transcript::read("numbers", text.as_bytes()).expect("readable");
    let encoder = Encoder::built_in().expect("the built-in encoder loads");
    let corpus = library::build(vec![transcript], Arc::new(encoder)).expect("it indexes");
    let places = |query: &str| {
        let reply = ask(&corpus, query, SearchOptions::default()).expect("a reply");
        (reply.verdict, reply.quotes.first().map(|quote| quote.place))
    };
    for (characters, digits) in
        [("零零后有多少?", "00后有多少?"), ("八零后多吗?", "80后多吗?"), ("谁做了二十年?", "谁做了20年?")]
    {
        assert_eq!(places(characters), places(digits), "{characters}");
        assert_eq!(places(characters).0, Verdict::Said, "{characters}");
    }
}

/// Interviews about other things. Any of them may be in the library with the interview that is asked.
const OTHERS: [&str; 4] = [
    "Q1.您种了哪些树?\nA1 我们种了苹果树和梨树,今年的收成很好。\nA2 山上都是竹子。\n",
    "Host: How does the engine start?\nAnn: You turn the key, and the pump fills the cylinder.\nHost: And then?\nBo: It burns.\n",
    "Q1.這座橋是哪一年造的?\nA1 1923年,花了三年時間,工人有兩百多位。\n",
    "Host: What do you feed the horses?\nAnn: Oats and hay, twice a day.\n",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 12, ..Default::default() })]

    #[test]
    fn unrelated_files_change_no_verdict_on_an_answer(beside in proptest::sample::subsequence(vec![0, 1, 2, 3], 1..=4), asked in 0_usize..6) {
        let query = ["谁喜欢跑步?", "公司报销网费吗?", "Who listens to music?", "显示器有几台?", "火星上有水吗?", "跑步"][asked];
        let read = |name: &str, text: &str| transcript::read(name, text.as_bytes()).expect("readable").0;
        let others = beside.iter().map(|at| read(&format!("other-{at}"), OTHERS[*at]));
        // Its place among the others changes nothing either.
        let all = others.chain([read("test", INTERVIEW)]).collect();
        let corpus = library::build(all, Arc::clone(&CORPUS.encoder)).expect("it indexes");
        let strengths = |corpus: &Corpus| {
            let reply = ask(corpus, query, SearchOptions::default()).expect("a reply");
            let own = corpus.transcripts.iter().position(|t| t.name == "test").expect("it is there");
            let of_own = reply.strengths.into_iter().filter(|one| one.place.transcript == own);
            of_own.map(|one| (one.place.at, one.score)).collect::<Vec<_>>()
        };
        for (beside, alone) in strengths(&corpus).into_iter().zip(strengths(&CORPUS)) {
            proptest::prop_assert_eq!(beside.0, alone.0);
            proptest::prop_assert_eq!(Verdict::of(beside.1), Verdict::of(alone.1), "{}", query);
            // The encoder rounds differently depending on the number of texts it reads at once.
            proptest::prop_assert!((beside.1 - alone.1).abs() < 1e-4, "{}: {:?} {:?}", query, beside, alone);
        }
    }
}

#[test]
fn a_word_that_somebody_used_is_never_denied() {
    for (query, answers) in [("显示器", 1), ("頭腦", 1), ("谁提到过网费?", 1), ("跑步", 2)] {
        let reply = reply(query);
        assert_eq!(reply.verdict, Verdict::Said, "{query}");
        assert_eq!((reply.mentions.len(), reply.mentions[0].answers), (1, answers), "{query}");
        assert_eq!(reply.tally.speaking.min(answers), answers, "{query}");
        let first: Vec<_> = reply.quotes.iter().take(answers).map(|quote| quote.place).collect();
        assert!(reply.mentions[0].places.iter().all(|place| first.contains(&place.place)), "{query}");
    }
    let nowhere = reply("恐慌");
    assert_eq!((nowhere.mentions[0].answers, nowhere.verdict == Verdict::Said), (0, false));
}

#[test]
fn an_interview_of_two_answers_is_asked_like_a_long_one() {
    let talk = "Miro: What do you do after work?\nZelda: I run along the river every evening. Running clears my head.\n\
                Miro: And what helps you to sleep?\nBoris: I listen to my pigeons on the roof.\n";
    let (transcript, _) = transcript::read("talk", talk.as_bytes()).expect("readable");
    let corpus = library::build(vec![transcript], Arc::clone(&CORPUS.encoder)).expect("it indexes");
    let verdict = |query: &str| ask(&corpus, query, SearchOptions::default()).expect("a reply").verdict;
    assert_eq!(verdict("Who keeps pigeons?"), Verdict::Said);
    // Close to it, and never denied.
    for query in ["Who likes running?", "谁喜欢跑步?"] {
        assert_ne!(verdict(query), Verdict::NotSaid, "{query}");
    }
    for query in ["What is the rent?", "有多少员工?"] {
        assert_eq!(verdict(query), Verdict::NotSaid, "{query}");
    }
}

#[test]
fn a_long_question_counts_its_telling_words() {
    let reply = reply("公司给员工报销网费了吗?");
    assert!(
        reply.mentions.iter().any(|mention| mention.word == "报销" && mention.answers == 1),
        "{:?}",
        reply.mentions
    );
}

#[test]
fn who_is_for_or_against_is_not_judged() {
    assert!(reply("谁反对跑步?").stance_not_judged);
    assert!(!reply("公司给了什么支持?").stance_not_judged);
}

#[test]
fn what_one_person_says_is_looked_for_in_that_persons_answers() {
    let (mut transcript, _) = transcript::read("test", INTERVIEW.as_bytes()).expect("readable");
    for (answer, name) in [(0, "陳小明"), (1, "Jerod Santo"), (2, "林美玲")] {
        transcript.questions[0].answers[answer].interviewee = Some(name.to_owned());
    }
    let corpus = library::build(vec![transcript], Arc::clone(&CORPUS.encoder)).expect("it indexes");
    let by = |query: &str| {
        let reply = ask(&corpus, query, SearchOptions::default()).expect("a reply");
        (reply.only_by, reply.tally.answers, reply.quotes.first().map(|quote| quote.citation.answer.clone()))
    };
    assert_eq!(by("陈小明怎么放松?"), (vec!["陳小明".to_owned()], 1, Some("A1".to_owned())));
    assert_eq!(by("What does Jerod say about running?"), (vec!["Jerod Santo".to_owned()], 1, Some("A2".to_owned())));
    assert_eq!(by("谁喜欢跑步?").0, [""; 0]);
}

#[test]
fn how_many_is_not_answered_where_no_number_is() {
    let text = "Q1.团队怎么样?\nA1 我们客服团队的员工压力很大,员工很累。\nA2 团队里有二十三个人。\n";
    let (transcript, _) = transcript::read("team", text.as_bytes()).expect("readable");
    let corpus = library::build(vec![transcript], Arc::clone(&CORPUS.encoder)).expect("it indexes");
    let reply = ask(&corpus, "客服团队有多少员工?", SearchOptions::default()).expect("a reply");
    let said = reply.strengths.iter().filter(|one| Verdict::of(one.score) == Verdict::Said);
    assert!(said.clone().all(|one| one.place.at.answer == 1), "{:?}", reply.strengths);
}

#[test]
fn those_who_do_it_are_no_answer_to_who_does_not() {
    let reply = reply("谁不跑步?");
    assert!(reply.negation_not_judged);
    assert_ne!(reply.verdict, Verdict::Said, "{:?}", reply.quotes);
    assert!(!self::reply("谁喜欢跑步?").negation_not_judged);
}

#[test]
fn a_slip_is_answered_by_what_may_have_been_meant() {
    let slip = reply("pao bu");
    assert_eq!(slip.searched_instead.as_deref(), Some("跑步"));
    assert_eq!((slip.verdict, slip.query.as_str(), slip.did_you_mean), (Verdict::Said, "pao bu", None));
    // What is answered as it is typed is searched as it is typed.
    let other = reply("谁喜欢泡步?");
    assert_eq!(other.searched_instead.or(other.did_you_mean).as_deref(), Some("谁喜欢跑步?"));
    assert_eq!(reply("谁喜欢跑步?").did_you_mean, None);
    assert_eq!(reply("谁喜欢跑步?").searched_instead, None);
}

#[test]
fn a_slip_is_only_suggested_where_its_correction_is_answered_by_nobody() {
    let reply = reply("谁不喜欢听音月的火星人?");
    assert_eq!(reply.searched_instead, None);
    assert_ne!(reply.verdict, Verdict::Said);
}

#[test]
fn a_view_of_something_is_what_that_person_said_about_it() {
    let text = "Host: Did you ever crunch?\nTom: Once, before the festival, for three weeks.\nMaya: I refused, to be honest.\n\
        Host: 油漆用起来怎么样？\nMaya: I mix it at home, and the smell stays for days.\nHost: 算法合理吗？\nTom: 我不懂,我就认路。\n";
    let (transcript, _) = transcript::read("studio", text.as_bytes()).expect("readable");
    let corpus = library::build(vec![transcript], Arc::clone(&CORPUS.encoder)).expect("it indexes");
    for (query, begins) in [
        ("How does Tom feel about crunch?", Some("Once")),
        ("What does Maya think about crunch?", Some("I refused")),
        ("Tom怎么看算法?", Some("我不懂")),
        ("What does Maya think about the smell?", Some("I mix")),
        ("What does Tom think about the paint?", None),
        ("Tom怎么看油漆?", None),
    ] {
        let reply = ask(&corpus, query, SearchOptions::default()).expect("a reply");
        let said = reply.quotes.first().filter(|_| reply.verdict == Verdict::Said);
        let quoted = said.map(|quote| quote.text.as_str());
        assert!(
            quoted.is_some() == begins.is_some() && quoted.unwrap_or("").starts_with(begins.unwrap_or("")),
            "{query}: {quoted:?}"
        );
    }
}

#[test]
fn whoever_is_left_out_leaves_the_words_of_others() {
    let text = "Host: How is work?\nBob Ray: The canteen food is fine.\nAnn Lee: We bring lunch from home since the canteen food got worse.\nTom Hill: I like the night shift.\n";
    let (transcript, _) = transcript::read("work", text.as_bytes()).expect("readable");
    let corpus = library::build(vec![transcript], Arc::clone(&CORPUS.encoder)).expect("it indexes");
    for query in
        ["Apart from Bob Ray, who talks about the canteen food?", "Who mentions the canteen food besides Bob Ray?"]
    {
        let reply = ask(&corpus, query, SearchOptions::default()).expect("a reply");
        assert_eq!(reply.verdict, Verdict::Said, "{query}");
        assert!(reply.quotes[0].text.starts_with("We bring lunch"), "{query}");
        assert_eq!(reply.quotes.len(), 1, "{query}");
    }
}

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::*;
use crate::library;
use crate::retrieval::encoder::{Encoder, EncoderChoice};
use crate::text::script::View;
use crate::transcript;

const INTERVIEW: &str = "Q1.您怎麼看待后面的變化?\nA1 我們在頻道里討論過。但是,有人不同意!于是我們再談。\n上下滑動查看回答\n他說:“后來才好。”我覺得很有意思。\nA2 I like running. It clears my head.\nQ2.还有呢?\nA1 沒有。\n";

static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let (transcript, _) = transcript::read("test", INTERVIEW.as_bytes()).expect("readable");
    let encoder = Encoder::built_in().expect("the built-in encoder loads");
    library::build(vec![transcript], Arc::new(encoder)).expect("it indexes")
});

fn displays() -> impl Strategy<Value = Option<Display>> {
    prop_oneof![
        Just(None),
        Just(Some(Display::Original)),
        Just(Some(Display::Simplified)),
        Just(Some(Display::Traditional)),
    ]
}

proptest! {
    #[test]
    fn every_quote_is_what_its_source_says_at_its_span(
        passage in 0..CORPUS.passages.len(),
        query in "(頻道|跑步|后來|running|意思|[a-z一-三]{0,3}){1,3}",
        display in displays(),
    ) {
        let answer = CORPUS.index.answer_of[passage];
        let quote = quote(&CORPUS, &query, &Hit { answer, passage, score: 0.5 }, display).expect("a quote");
        let (transcript, _, answer) = CORPUS.answer(quote.place).expect("its answer");
        let said = &transcript.text()[quote.citation.start..quote.citation.end];
        prop_assert!(transcript.answer_text(answer).contains(said), "{said} is not in the answer");
        prop_assert_eq!(View::folded(&quote.text).into_text(), View::folded(said).into_text());
        if quote.display == Display::Original {
            prop_assert_eq!(&quote.text, said);
        }
        let marked = &quote.text[quote.marked.0..quote.marked.1];
        let marked_source = &transcript.text()[quote.marked_span.range()];
        prop_assert!(!marked.trim().is_empty());
        prop_assert_eq!(View::folded(marked).into_text(), View::folded(marked_source).into_text());
        let mut after = 0;
        for (start, end) in &quote.terms {
            prop_assert!(after <= *start && start < end, "terms are ascending and apart");
            after = *end;
            prop_assert!(!quote.text[*start..*end].trim().is_empty());
        }
        prop_assert!(answer.stretches.iter().any(|stretch| stretch.contains(quote.span)));
        prop_assert!(quote.span.contains(quote.marked_span));
        prop_assert_eq!(quote.citation.received.as_str(), said, "nothing was restored here");
    }

    #[test]
    fn a_quote_that_was_tampered_with_is_refused(passage in 0..CORPUS.passages.len(), at in 0usize..40) {
        let answer = CORPUS.index.answer_of[passage];
        let genuine = quote(&CORPUS, "頻道", &Hit { answer, passage, score: 0.5 }, None).expect("a quote");
        let mut forged = genuine.clone();
        let at = forged.text.char_indices().nth(at % forged.text.chars().count()).expect("in the text").0;
        forged.text.insert(at, '不');
        prop_assert!(forged.check(&CORPUS).is_err());
        let mut stale = genuine;
        stale.citation.source_sha256 = "0".repeat(64);
        prop_assert!(stale.check(&CORPUS).is_err());
    }
}

#[test]
fn the_sentence_that_speaks_to_the_query_is_marked() {
    let passage = CORPUS
        .passages
        .iter()
        .position(|span| span.of_text(CORPUS.transcripts[0].text()).expect("of this text").contains("running"));
    let hit = Hit { answer: 1, passage: passage.expect("a passage"), score: 0.5 };
    let quote = quote(&CORPUS, "who goes running?", &hit, None).expect("a quote");
    assert_eq!(&quote.text[quote.marked.0..quote.marked.1], "I like running.");
}

fn quoted(words: &str, query: &str) -> Quote {
    let text = CORPUS.transcripts[0].text();
    let holds = |span: &Span| span.of_text(text).expect("of this text").contains(words);
    let passage = CORPUS.passages.iter().position(holds).expect("a passage");
    let hit = Hit { answer: CORPUS.index.answer_of[passage], passage, score: 0.5 };
    quote(&CORPUS, query, &hit, Some(Display::Simplified)).expect("a quote")
}

#[test]
fn the_words_of_the_query_are_found_in_any_script_and_form() {
    let terms = |quote: &Quote| quote.terms.iter().map(|t| quote.text[t.0..t.1].to_owned()).collect::<Vec<_>>();
    assert_eq!(terms(&quoted("頻道", "頻道里")), ["频道"]);
    assert!(terms(&quoted("running", "who runs?")).contains(&"running".to_owned()));
    assert!(terms(&quoted("頻道", "天气")).is_empty());
}

#[test]
fn a_long_sentence_is_marked_by_the_clause_that_speaks() {
    let text = "Q1.怎么放松?\nA1 我们公司的工作很多而且每天都很忙碌,所以我下班以后一般会去河边慢慢跑步,周末的时候就在家里做一些简单的饭菜。\n";
    let (transcript, _) = transcript::read("long", text.as_bytes()).expect("readable");
    let corpus = library::build(vec![transcript], Arc::clone(&CORPUS.encoder)).expect("it indexes");
    let quote = quote(&corpus, "谁跑步?", &Hit { answer: 0, passage: 0, score: 0.5 }, None).expect("a quote");
    assert_eq!(&quote.text[quote.marked.0..quote.marked.1], "所以我下班以后一般会去河边慢慢跑步,");
}

#[test]
fn of_two_ages_in_one_sentence_the_one_asked_for_is_marked() {
    let text = "Q1.员工有什么特点?\nA1 因为90后员工在职场待的时间比较长,所以他们对整个组织的规则更加了解也更有责任感,而00后可能更加自主一点,更加关注自我的情绪。\n";
    let (transcript, _) = transcript::read("ages", text.as_bytes()).expect("readable");
    let corpus = library::build(vec![transcript], Arc::clone(&CORPUS.encoder)).expect("it indexes");
    let marked = |query: &str| {
        let quote = quote(&corpus, query, &Hit { answer: 0, passage: 0, score: 0.5 }, None).expect("a quote");
        quote.text[quote.marked.0..quote.marked.1].to_owned()
    };
    // Both clauses are about people born after 2000.
    let of_the_younger = ["而00后可能更加自主一点,", "更加关注自我的情绪。"];
    assert!(of_the_younger.contains(&marked("00后员工有什么特点?").as_str()));
    assert!(of_the_younger.contains(&marked("零零后員工有什麼特點?").as_str()));
    // The clause that concludes, or the clause that gives the reason.
    let of_the_elder = marked("90后员工有什么特点?");
    assert!(of_the_elder.contains("90后") || of_the_elder.starts_with("所以他们"), "{of_the_elder}");
}

/// An encoder that was trained with prefixes gets the query with the query prefix. With the passage prefix, this query
/// would be read as one about running.
#[test]
fn the_query_is_compared_with_sentences_as_a_query() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["model.onnx", "tokenizer.json"] {
        let ours = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("models").join(name);
        std::fs::copy(ours, folder.path().join(name)).expect("our model is there");
    }
    let prompts = r#"{"prompts": {"query": "听音乐，听音乐。", "passage": "跑步，跑步。"}}"#;
    std::fs::write(folder.path().join("config_sentence_transformers.json"), prompts).expect("written");
    let encoder =
        Encoder::open(&EncoderChoice::Folder(folder.path().to_owned()), folder.path(), None).expect("it loads");
    let text = "Q1.周末呢?\nA1 我在河边跑步。我在家里听音乐。\n";
    let (transcript, _) = transcript::read("weekend", text.as_bytes()).expect("readable");
    let corpus = library::build(vec![transcript], Arc::new(encoder)).expect("it indexes");
    let query = PreparedQuery::of_words(&corpus.encoder, "那个时候干什么?").expect("prepared");
    let text = corpus.transcripts[0].text();
    let parts = passage::sentences(text, corpus.transcripts[0].questions[0].answers[0].stretches[0], &[]);
    // No judge read the passage here.
    let choice = highlight::HighlightCandidates { text, parts, read: None };
    let marked = highlight::speaking_parts(&corpus, &query, &[choice]).expect("marked")[0].expect("a clause");
    assert_eq!(marked.of_text(text), Some("我在家里听音乐。"));
}

/// Prints every clause of the hand-marked pairs with its features. The weights of a mark are fit to them.
#[test]
#[ignore = "prints a table for fitting the weights of a mark"]
fn the_features_of_the_hand_marked_pairs() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = |path: &str| {
        let bytes = std::fs::read(root.join(path)).expect("it is here");
        let (transcript, _) = transcript::read("marks", &bytes).expect("readable");
        library::build(vec![transcript], Arc::clone(&CORPUS.encoder)).expect("it indexes")
    };
    let corpora = [
        ("bundled", corpus("data/ai-customer-service.txt")),
        ("zh", corpus("tests/fixtures/marks/zh.txt")),
        ("en", corpus("tests/fixtures/marks/en.txt")),
    ];
    let pairs = std::fs::read_to_string(root.join("tests/fixtures/marks/pairs.tsv")).expect("it is here");
    for line in pairs.lines().filter(|line| !line.starts_with('#')) {
        let [half, name, question, answer, query, clause] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let corpus = &corpora.iter().find(|(known, _)| *known == name).expect("a transcript").1;
        let of = |place: &AnswerPlace| {
            let (_, asked, given) = corpus.answer(*place).expect("an answer");
            asked.label == question && given.label == answer
        };
        let at = corpus.answers.iter().position(of).unwrap_or_else(|| panic!("{line}"));
        let asked = crate::search::query::read(query).expect("a query");
        let ranked = crate::search::ranked(corpus, &asked, &[at]).expect("ranked");
        let hit = ranked
            .first()
            .map_or(Hit { answer: at, passage: corpus.index.passages_of(at).start, score: 0.0 }, |one| one.hit);
        let prepared = PreparedQuery::of_words(&corpus.encoder, query).expect("prepared");
        let draft = Draft::new(corpus, &prepared, &hit).expect("a draft");
        let text = draft.transcript.text();
        let choice = highlight::HighlightCandidates { text, parts: draft.sentences(corpus), read: draft.read(corpus) };
        let features = highlight::Chooser::new(corpus, &prepared).features(&choice).expect("features");
        let clauses: Vec<_> = features
            .iter()
            .map(|(span, features)| {
                serde_json::json!([View::folded(span.of_text(text).expect("words")).text(), features])
            })
            .collect();
        println!(
            "{}",
            serde_json::json!({"half": half, "query": query, "answer": format!("{name} {question} {answer}"), "clause": clause, "clauses": clauses})
        );
    }
}

//! Tests of what every highlight must keep.

use proptest::prelude::*;

use super::*;
use crate::text::script::Display;
use crate::transcript;

/// A text with both scripts, phrases that are converted whole, a damaged word, and several lines.
const INTERVIEW: &str = "Q1.你們如何看待服務(wù)?\nA1 乾燥的頭髮,发现里面后来很干净。\n\n　第二段:服務(wù)和業(yè)務(wù)。\n\
                         ……\nA2 We said: 那裡 the end\n";

fn interview() -> Transcript {
    transcript::read("test", INTERVIEW.as_bytes()).expect("an interview").0
}

fn text_of(segments: &[Segment]) -> String {
    segments.iter().flat_map(|segment| &segment.parts).map(|part| part.text.as_str()).collect()
}

fn marked(paragraphs: &[Vec<Segment>]) -> String {
    let segments = paragraphs.iter().flatten().filter(|segment| segment.tone == HighlightTone::Marked);
    segments.flat_map(|segment| &segment.parts).map(|part| part.text.as_str()).collect()
}

fn display() -> impl Strategy<Value = Display> {
    prop_oneof![Just(Display::Original), Just(Display::Simplified), Just(Display::Traditional)]
}

/// A span of whole characters inside another.
fn within(text: &str, outer: Span, from: usize, to: usize) -> Span {
    let words = outer.of_text(text).unwrap_or_default();
    let starts: Vec<usize> = words.char_indices().map(|(at, _)| at).chain([words.len()]).collect();
    let (a, b) = (starts[from % starts.len()], starts[to % starts.len()]);
    Span::new(text, outer.start() + a.min(b)..outer.start() + a.max(b)).expect("whole characters")
}

proptest! {
    #[test]
    fn highlighting_never_changes_a_word(display in display(), at in 0usize..2, a in 0usize..99, b in 0usize..99,
                                         c in 0usize..99, d in 0usize..99) {
        let transcript = interview();
        let text = transcript.text();
        let view = View::new(text, display);
        let (_, _, answer) = transcript.answers().nth(at).expect("two answers");
        let stretch = answer.stretches[0];
        let cited = within(text, stretch, a, b);
        let marked = within(text, cited, c, d);
        let parts = parts(&transcript, &view, stretch, Highlight { cited: Some(cited), marked: Some(marked), timed: false }, &[]);
        let whole: String = parts.iter().map(|(_, _, part)| part.text.as_str()).collect();
        prop_assert_eq!(whole, view.words(stretch.range()));
        prop_assert_eq!(parts.iter().filter(|(_, anchor, _)| *anchor).count(), usize::from(!marked.is_empty()));
        let shown: String =
            parts.iter().filter(|(tone, _, _)| *tone == HighlightTone::Marked).map(|(_, _, part)| part.text.as_str()).collect();
        if !marked.is_empty() {
            prop_assert_eq!(shown, view.words(marked.range()));
        }
    }
}

#[test]
fn the_marked_words_are_those_of_the_span_in_every_script() {
    let transcript = interview();
    let text = transcript.text();
    let (_, _, answer) = transcript.answers().next().expect("an answer");
    let at = text.find("头髮").or(text.find("頭髮")).expect("the words");
    let span = Span::new(text, at..at + "頭髮".len()).expect("whole characters");
    for (display, words) in [(Display::Original, "頭髮"), (Display::Simplified, "头发"), (Display::Traditional, "頭髮")]
    {
        let view = View::new(text, display);
        let highlight = Highlight { cited: Some(answer.stretches[0]), marked: Some(span), timed: false };
        assert_eq!(marked(&paragraphs(&transcript, &view, answer.stretches[0], highlight)), words);
    }
}

#[test]
fn a_paragraph_is_a_line_of_the_source_that_says_something() {
    let transcript = interview();
    let view = View::new(transcript.text(), Display::Original);
    let (_, _, answer) = transcript.answers().next().expect("an answer");
    let paragraphs = paragraphs(&transcript, &view, answer.stretches[0], Highlight::default());
    let lines: Vec<String> = paragraphs.iter().map(|line| text_of(line)).collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with("乾燥"));
    assert!(lines[1].trim_start().starts_with("第二段"));
}

#[test]
fn every_restored_character_shows_its_received_text() {
    let transcript = interview();
    let view = View::new(transcript.text(), Display::Simplified);
    let (_, _, answer) = transcript.answers().next().expect("an answer");
    let shown = parts(&transcript, &view, answer.stretches[0], Highlight::default(), &[]);
    let damages: Vec<&Damage> = shown.iter().filter_map(|(_, _, part)| part.damage.as_ref()).collect();
    let own = transcript.restored.restorations().iter().filter(|r| {
        answer.stretches[0].start() <= r.restored_span.start && r.restored_span.end <= answer.stretches[0].end()
    });
    let own: Vec<&str> = own.map(|r| r.received.as_str()).collect();
    for received in own {
        assert!(damages.iter().any(|damage| damage.received.contains(received)), "{received} is not told");
    }
}

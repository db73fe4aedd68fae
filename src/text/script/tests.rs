use proptest::prelude::*;

use super::*;

const TRADITIONAL: &str = "我們在台灣的頻道裡討論軟體與資訊,這個會議後來開得很熱烈。";
const SIMPLIFIED: &str = "我们在台湾的频道里讨论软件与信息,这个会议后来开得很热烈。";
/// Converted character by character, as the first transcript was: 后, 里, 于, 才 stayed.
const MIXED: &str = "我們后來才發現,于是在會議里討論這個問題。后面的人愿意說,關于業務的話題里還有别的。";

#[test]
fn characters_reveal_the_script_of_a_text() {
    assert_eq!(Script::of(TRADITIONAL), Script::Traditional);
    assert_eq!(Script::of(SIMPLIFIED), Script::Simplified);
    assert_eq!(Script::of(MIXED), Script::Mixed);
    assert_eq!(Script::of("What did they say about AI?"), Script::Neutral);
    assert_eq!(Script::of(""), Script::Neutral);
}

#[test]
fn one_stray_character_does_not_make_a_text_mixed() {
    assert_eq!(Script::of("台灣的資訊"), Script::Traditional);
}

#[test]
fn only_a_text_of_mixed_scripts_is_shown_converted_by_default() {
    assert_eq!(Script::Mixed.default_display(), Display::Simplified);
    for script in [Script::Simplified, Script::Traditional, Script::Neutral] {
        assert_eq!(script.default_display(), Display::Original);
    }
}

#[test]
fn phrases_are_converted_as_phrases() {
    assert_eq!(View::new("皇后在房子后面干杯,理发", Display::Traditional).text(), "皇后在房子後面乾杯,理髮");
    assert_eq!(View::new(MIXED, Display::Traditional).text().matches('后').count(), 0);
}

#[test]
fn folding_removes_script_width_and_case() {
    let folded = |text| View::folded(text).into_text();
    assert_eq!(folded("頻道ＡＩ Café"), folded("频道ai café"));
    assert_eq!(folded("７０％"), "70%");
}

#[test]
fn a_view_maps_back_to_the_words_it_shows() {
    let view = View::new(TRADITIONAL, Display::Simplified);
    let at = view.text().find("会议").expect("it is there");
    assert_eq!(&TRADITIONAL[view.source_range(at..at + "会议".len())], "會議");
    let at = TRADITIONAL.find("頻道").expect("it is there");
    assert_eq!(view.words(at..at + "頻道".len()), "频道");
}

/// Chinese of both scripts, Latin, marks, wide forms, emoji.
fn any_text() -> impl Strategy<Value = String> {
    let alphabet: Vec<char> = "我們们后後里裡裏乾干髮发臺台ＡＩé\u{301}ﬁ½Ω😀,。?\n x7７".chars().collect();
    proptest::collection::vec(proptest::sample::select(alphabet), 0..60).prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #[test]
    fn every_view_keeps_its_map_whole(text in any_text(), a in 0usize..61, b in 0usize..61) {
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (a, b) = (bounds[a.min(bounds.len() - 1)], bounds[b.min(bounds.len() - 1)]);
        let range = a.min(b)..a.max(b);
        for view in [
            View::new(&text, Display::Original),
            View::new(&text, Display::Simplified),
            View::new(&text, Display::Traditional),
            View::folded(&text),
        ] {
            prop_assert_eq!(view.view_range(0..text.len()), 0..view.text().len());
            let seen = view.view_range(range.clone());
            prop_assert!(view.text().get(seen.clone()).is_some(), "cuts a character of the view");
            let back = view.source_range(seen);
            prop_assert!(text.get(back.clone()).is_some(), "cuts a character of the source");
            prop_assert!(range.is_empty() || (back.start <= range.start && range.end <= back.end), "loses words");
        }
    }

    #[test]
    fn folding_twice_changes_nothing(text in any_text()) {
        let once = View::folded(&text).into_text();
        prop_assert_eq!(View::folded(&once).into_text(), once);
    }

    #[test]
    fn the_original_view_is_the_text(text in any_text()) {
        let view = View::new(&text, Display::Original);
        prop_assert_eq!(view.text(), &text);
    }
}

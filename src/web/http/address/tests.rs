use super::*;

fn read(parameters: &[(&str, &str)]) -> Address {
    Address::read(parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

#[test]
fn a_conversation_is_kept_in_its_address() {
    let address = read(&[("q", "AI & 客服?"), ("q", "再问"), ("script", "traditional")]);
    assert_eq!(address.chat(), "/?q=AI%20%26%20%E5%AE%A2%E6%9C%8D%3F&q=%E5%86%8D%E9%97%AE&script=traditional");
}

#[test]
fn no_turn_of_a_conversation_is_ever_left_out() {
    let many: Vec<String> = (0..41).map(|n| n.to_string()).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|query| ("q", query.as_str())).collect();
    for (turns, full, too_long) in [(9, false, false), (39, false, false), (40, true, false), (41, true, true)] {
        let address = read(&many[..turns]);
        assert_eq!(address.queries.len(), turns);
        assert_eq!((address.is_full(), address.is_too_long()), (full, too_long), "{turns}");
    }
    let long = "长".repeat(2000);
    let address = read(&[("q", &long), ("q", &long), ("q", &long)]);
    assert!(address.is_full() && !address.is_too_long(), "three of the longest queries");
    assert!(address.chat().len() < 65_534, "browser and server take it");
}

#[test]
fn a_new_turn_follows_the_others_unless_there_is_no_room() {
    let address = read(&[("q", "a"), ("q", "b"), ("drop", "shown")]);
    assert_eq!(address.with_next_query("c"), "/?q=a&q=b&drop=shown&q=c#latest");
    assert_eq!(address.chat_up_to(1), "/?q=a#turn-1");
    let long = "长".repeat(2000);
    assert_eq!(read(&[("q", &long), ("q", &long), ("q", &long)]).with_next_query("c"), "/?q=c#latest");
}

#[test]
fn the_readers_script_is_in_no_link() {
    let address = read(&[("q", "a")]).for_reader(Some(Display::Traditional));
    assert_eq!(address.display(), Some(Display::Traditional));
    assert_eq!(address.script_only().display(), Some(Display::Traditional));
    assert!(!address.chat().contains("script"));
    assert_eq!(address.in_script(Display::Original).display(), Some(Display::Original));
}

#[test]
fn things_not_carried_over_follow_their_query() {
    let address = read(&[("drop", "x"), ("q", "甲"), ("q", "乙"), ("drop", "shown"), ("q", "丙")]);
    assert_eq!(address.dropped, [vec![], vec!["shown".to_owned()], vec![]]);
    let fewer = address.without_carried(2, "topic:a");
    assert_eq!(fewer, "/?q=%E7%94%B2&q=%E4%B9%99&drop=shown&drop=topic%3Aa&q=%E4%B8%99#turn-2");
}

#[test]
fn a_chosen_filter_becomes_part_of_the_query_once() {
    let address = read(&[("q", "网费 q:2"), ("f", ""), ("f", "q:2"), ("f", "in:\"a b\"")]);
    assert_eq!(address.queries, ["网费 q:2 in:\"a b\""]);
    assert!(address.narrowed && !read(&[("q", "网费")]).narrowed);
    assert_eq!(read(&[("f", "q:2")]).queries, Vec::<String>::new());
}

#[test]
fn an_empty_query_is_ignored() {
    assert!(read(&[("q", ""), ("q", " \r\n ")]).queries.is_empty());
}

#[test]
fn a_place_that_is_no_range_is_refused() {
    for written in ["", "5", "a-b", "-1-5", "5-", "99999999999999999999-1"] {
        assert!(read(&[("span", written)]).span().is_err(), "{written}");
    }
}

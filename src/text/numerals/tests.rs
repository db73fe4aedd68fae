use proptest::prelude::*;

use super::*;

fn digits(text: &str) -> Vec<String> {
    numbers(text).into_iter().map(|term| term.text).collect()
}

#[test]
fn numbers_in_characters_become_digits() {
    for (text, expected) in [
        ("二十年", "20"),
        ("百分之七十", "70"),
        ("七成的人", "70"),
        ("零零后", "00"),
        ("九零后", "90"),
        ("二零一九年", "2019"),
        ("两千零五元", "2005"),
        ("2万元", "20000"),
        ("20,000 people", "20000"),
        ("一百二十三", "123"),
        ("一亿三千万", "130000000"),
        ("十个人", "10"),
    ] {
        assert_eq!(digits(text), [expected], "{text}");
    }
}

#[test]
fn particles_and_idioms_are_no_numbers() {
    for text in ["一个", "十分高兴", "千万不要", "一一说明", "20年", "a, b", "成百上千", "三三两两"]
    {
        assert!(digits(text).is_empty(), "{text}: {:?}", digits(text));
    }
}

#[test]
fn a_number_stands_where_it_was_written() {
    let text = "做了二十年,七成满意";
    let found = numbers(text);
    let spelt: Vec<&str> = found.iter().map(|term| &text[term.range.clone()]).collect();
    assert_eq!(spelt, ["二十", "七成"]);
}

#[test]
fn chinese_numbers_in_a_text_become_digits() {
    for (text, expected) in [
        ("零零后和九零后", Some("00后和90后")),
        ("做了二十年,七成满意", Some("做了20年,70满意")),
        ("20年", None),
        ("一个人", None),
        ("", None),
    ] {
        assert_eq!(crate::text::segment::in_digits(text).as_deref(), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_can_be_read_for_numbers(text in "[0-9,零一二三两十百千万亿成后年a ]{0,40}") {
        if let Some(in_digits) = crate::text::segment::in_digits(&text) {
            prop_assert!(numbers(&text).iter().all(|number| in_digits.contains(&number.text)));
        }
        for term in numbers(&text) {
            prop_assert!(text.get(term.range).is_some());
            prop_assert!(term.text.bytes().all(|byte| byte.is_ascii_digit()));
        }
    }
}

use super::*;

fn forms(query: &str) -> Vec<String> {
    wanted(query).into_iter().flat_map(|one| one.forms).map(|(form, _)| form).collect()
}

#[test]
fn a_query_in_one_language_asks_for_the_words_of_the_other() {
    assert!(forms("their salary").contains(&"工资".to_owned()));
    assert!(forms("薪水").contains(&"salari".to_owned()));
}

#[test]
fn the_word_itself_speaks_for_it_most() {
    for one in wanted("薪水 channel 20年") {
        assert_eq!(one.forms[0], (one.term.clone(), 1.0));
        assert!(one.forms.iter().all(|(_, weight)| *weight <= 1.0));
    }
}

#[test]
fn a_number_has_no_other_form_than_its_digits() {
    assert_eq!(forms("2019"), ["2019"]);
}

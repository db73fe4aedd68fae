use super::*;

fn forms(query: &str, languages: &[Language]) -> Vec<String> {
    wanted(query, languages).into_iter().flat_map(|one| one.forms).map(|(form, _)| form).collect()
}

#[test]
fn a_query_in_one_language_asks_for_the_words_of_the_other() {
    assert!(forms("their salary", &[Language::Chinese]).contains(&"工资".to_owned()));
    assert!(forms("薪水", &[Language::Other]).contains(&"salari".to_owned()));
}

#[test]
fn no_translation_is_asked_for_where_no_text_is_in_that_language() {
    assert!(forms("薪水", &[Language::Chinese]).iter().all(|form| !form.is_ascii()));
}

#[test]
fn the_word_itself_speaks_for_it_most() {
    for one in wanted("薪水 channel 20年", &[Language::Chinese, Language::Other]) {
        assert_eq!(one.forms[0], (one.term.clone(), 1.0));
        assert!(one.forms.iter().all(|(_, weight)| *weight <= 1.0));
    }
}

#[test]
fn a_number_has_no_other_form_than_its_digits() {
    assert_eq!(forms("2019", &[Language::Chinese]), ["2019"]);
}

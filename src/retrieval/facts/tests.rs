use super::*;
use crate::text::script::View;

fn asks(query: &str) -> Option<Fact> {
    asked(View::folded(query).text())
}

fn held(text: &str, fact: Fact) -> bool {
    Facts::of(View::folded(text).text()).has(fact)
}

#[test]
fn a_question_reveals_its_kind_of_fact_in_both_scripts_and_languages() {
    for (query, fact) in [
        ("公司有多少员工?", Fact::Amount),
        ("公司有多少員工?", Fact::Amount),
        ("开了几家分店", Fact::Amount),
        ("百分之几的人离职了?", Fact::Amount),
        ("How many people work there?", Fact::Amount),
        ("What percentage of the staff left?", Fact::Amount),
        ("一张票多少钱?", Fact::Money),
        ("客服的工资是多少", Fact::Money),
        ("学费大概要多少?", Fact::Money),
        ("How much does a ticket cost?", Fact::Money),
        ("What is their salary?", Fact::Money),
        ("疫苗什麼時候可以開打?", Fact::Date),
        ("你们是哪一年搬过来的", Fact::Date),
        ("When did you join?", Fact::Date),
        ("What year was it founded?", Fact::Date),
        ("培训要多久?", Fact::Duration),
        ("他做了几年客服", Fact::Duration),
        ("要提前几天预约?", Fact::Duration),
        ("How long does the training take?", Fact::Duration),
        ("How many years has she worked here?", Fact::Duration),
    ] {
        assert_eq!(asks(query), Some(fact), "{query}");
    }
}

#[test]
fn other_questions_need_no_kind_of_fact() {
    for query in [
        "公司给了什么支持?",
        "为什么离职的人多?",
        "机器人多少有点冷冰冰",
        "几乎没有人抱怨",
        "What happens when a customer gets angry?",
        "How do you relax?",
        "How much do you like your job?",
        "谁最喜欢跑步",
        "团建",
    ] {
        assert_eq!(asks(query), None, "{query}");
    }
}

#[test]
fn a_name_with_digits_tells_no_amount() {
    for text in ["00后更关注自己的情绪", "80後和九零后不一样", "我们做b2b的", "5g网络普及了", "去了4s店"]
    {
        assert!(!held(text, Fact::Amount), "{text}");
    }
    for text in ["我们有30个00后", "三个90后", "b2b客户有200家"] {
        assert!(held(text, Fact::Amount), "{text}");
    }
}

#[test]
fn a_fact_is_found_in_digits_in_chinese_numerals_and_in_words() {
    for (text, fact) in [
        ("我们有二十个人", Fact::Amount),
        ("我們有兩百多位同事", Fact::Amount),
        ("团队一共20人", Fact::Amount),
        ("七成是年轻人", Fact::Amount),
        ("There are twelve of us", Fact::Amount),
        ("About half of the staff left", Fact::Amount),
        ("一张票三百块", Fact::Money),
        ("月薪大概八千元", Fact::Money),
        ("It costs $40 a month", Fact::Money),
        ("they paid me two thousand dollars", Fact::Money),
        ("展覽是免費的", Fact::Money),
        ("我是二〇一九年来的", Fact::Date),
        ("去年三月开始的", Fact::Date),
        ("We moved in September", Fact::Date),
        ("I joined three years ago", Fact::Date),
        ("培訓要三個月", Fact::Duration),
        ("大概做了五年多", Fact::Duration),
        ("It took six weeks", Fact::Duration),
        ("半年就学会了", Fact::Duration),
    ] {
        assert!(held(text, fact), "{text} {fact:?}");
    }
}

#[test]
fn an_answer_about_something_else_holds_no_such_fact() {
    for (text, fact) in [
        ("我觉得压力很大,客户总是骂人。", Fact::Amount),
        ("一直都是这样,一个人扛着。", Fact::Amount),
        ("The pressure is high and customers shout.", Fact::Amount),
        ("我们有二十个人", Fact::Money),
        ("工资不高,大家都不满意", Fact::Money),
        ("We talked about the price for a long time", Fact::Money),
        ("我喜欢跑步和听音乐", Fact::Date),
        ("I like running and music", Fact::Duration),
        ("我喜欢跑步", Fact::Duration),
    ] {
        assert!(!held(text, fact), "{text} {fact:?}");
    }
}

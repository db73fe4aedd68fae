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
        ("公司有多少员工?", Fact::Count),
        ("公司有多少員工?", Fact::Count),
        ("开了几家分店", Fact::Count),
        ("百分之几的人离职了?", Fact::Amount),
        ("How many people work there?", Fact::Count),
        ("What percentage of the staff left?", Fact::Amount),
        ("一张票多少钱?", Fact::Money),
        ("客服的工资是多少", Fact::Money),
        ("学费大概要多少?", Fact::Money),
        ("How much does a ticket cost?", Fact::Money),
        ("What is their salary?", Fact::Money),
        ("How much is a bike?", Fact::Money),
        ("How much was one of these machines?", Fact::Money),
        ("How much are the monthly tickets for staff?", Fact::Money),
        ("How much is the traffic down?", Fact::Amount),
        ("How much was automated?", Fact::Amount),
        ("What does a new bike cost?", Fact::Money),
        ("一辆车什么价", Fact::Money),
        ("疫苗什麼時候可以開打?", Fact::ComingDate),
        ("你们是哪一年搬过来的", Fact::Date),
        ("When did you join?", Fact::Date),
        ("What year was it founded?", Fact::Date),
        ("培训要多久?", Fact::Duration),
        ("他做了几年客服", Fact::Duration),
        ("要提前几天预约?", Fact::Duration),
        ("How long does the training take?", Fact::Duration),
        ("How many years has she worked here?", Fact::Duration),
        ("租金一个月多少", Fact::Money),
        ("弄坏的碗赔了多少", Fact::Money),
        ("面馆几点关门?", Fact::TimeOfDay),
        ("What time does the shop open?", Fact::TimeOfDay),
        ("新店什么时候能开?", Fact::ComingDate),
        ("When will the second book come out?", Fact::ComingDate),
        ("他女儿几岁", Fact::Age),
        ("老板今年多大", Fact::Age),
        ("How old are his sons?", Fact::Age),
        ("How old is the machine?", Fact::Amount),
        ("一个人管几个仓库", Fact::Count),
        ("油价涨了几成", Fact::Amount),
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

#[test]
fn money_is_found_without_its_unit() {
    for text in [
        "到手五千二,够用",
        "一个月三千多。",
        "听说能拿七八千",
        "我自己赔了两百四。",
        "从三十几涨到四十五",
        "Everybody gets three thousand a month, at last",
        "I had saved thirty thousand, so I left",
        "it was four grand",
        "摊位不用租金",
        "他没要钱",
    ] {
        assert!(held(text, Fact::Money), "{text}");
    }
    for text in [
        "我们一块儿吃饭",
        "二〇一六年开始的",
        "在2016,我还在读书",
        "有三万人报名",
        "About five million people use it",
        "万一呢,说不准",
        "这是第三十二,往后还有",
    ] {
        assert!(!held(text, Fact::Money), "{text}");
    }
}

#[test]
fn a_time_of_day_is_told_by_any_words_after_it_but_not_by_points_or_a_little() {
    for text in [
        "九点就关了",
        "十一點揉麵團",
        "凌晨三四点,最困",
        "早上一点起来",
        "I get up at five,",
        "at 6:30",
        "around ten in the morning",
    ] {
        assert!(held(text, Fact::TimeOfDay), "{text}");
        assert!(held(text, Fact::Date), "{text}");
    }
    for text in [
        "有一点累",
        "快点走",
        "我有两点建议",
        "第二点是价格",
        "这是缺点",
        "百分之二点五",
        "站点很多",
        "after six weeks",
        "at one company",
    ] {
        assert!(!held(text, Fact::TimeOfDay), "{text}");
    }
}

#[test]
fn a_number_of_things_is_no_number_of_hours_or_of_yuan() {
    for text in [
        "试了六遍",
        "跑了两趟",
        "两三个学徒",
        "十来个",
        "百来人",
        "一百六",
        "a couple of them",
        "a dozen",
        "three of us",
        "只有一半",
    ] {
        assert!(held(text, Fact::Count), "{text}");
    }
    for text in [
        "等了三个小时",
        "花了二十块",
        "今年四十五岁",
        "二〇一九年来的",
        "十点关门",
        "it took six weeks",
        "we paid forty dollars",
    ] {
        assert!(!held(text, Fact::Count), "{text}");
    }
}

#[test]
fn an_age_is_told_in_either_language() {
    for text in [
        "我女儿八岁",
        "他七十三了",
        "她是八零后",
        "I've got two girls, three and seven, at home",
        "He's 42.",
        "she was born in 1980",
    ] {
        assert!(held(text, Fact::Age), "{text}");
    }
    for text in ["我女儿上学很远", "三年前我有两个店", "I've got two girls", "we waited three weeks"] {
        assert!(!held(text, Fact::Age), "{text}");
    }
}

#[test]
fn a_date_is_a_weekday_a_season_or_a_time_to_come() {
    for text in ["We meet on Tuesdays", "last spring", "since I was twelve", "等孩子上学我就不做了", "两年内开店"]
    {
        assert!(held(text, Fact::Date), "{text}");
    }
    assert!(held("We gave ourselves eighteen months", Fact::ComingDate));
}

#[test]
fn a_rate_and_a_year_tell_no_duration() {
    for text in ["一天二十单", "一个月三千多", "二〇一九年开的", "九八年"] {
        assert!(!held(text, Fact::Duration), "{text}");
    }
    for text in ["一年三个月", "七八年", "一天十三个钟头"] {
        assert!(held(text, Fact::Duration), "{text}");
    }
}

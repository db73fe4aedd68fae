use std::sync::Arc;

use super::*;
use crate::library;
use crate::retrieval::encoder::Encoder;
use crate::transcript;

const TALK: &str = "主持人：客户最需要什么？\n小王：客户最需要情绪价值，员工也有压力，要有地方释放压力。\n\
                    主持人：How do you cope with burnout?\n小王：Talking to colleagues helps against burnout.\n";

fn meant(typed: &str, said: bool) -> Option<String> {
    let (talk, _) = transcript::read("talk", TALK.as_bytes()).expect("an interview");
    let corpus = library::build(vec![talk], Arc::new(Encoder::built_in().expect("an encoder"))).expect("a corpus");
    did_you_mean(&corpus, typed, said, None).expect("words")
}

#[test]
fn a_typo_is_answered_by_a_word_of_the_library() {
    for (typed, expected) in [
        ("情绪价直", "情绪价值"),
        ("情緒價直", "情緒價值"),
        ("ya li", "压力"),
        ("yali", "压力"),
        ("谁有ya li?", "谁有压力?"),
        ("qing xu jia zhi", "情绪价值"),
        ("qinxu jiazi", "情绪价值"),
        ("burnuot", "burnout"),
        ("How do colleages help?", "How do colleagues help?"),
    ] {
        assert_eq!(meant(typed, false).as_deref(), Some(expected), "{typed}");
    }
}

#[test]
fn what_is_spelt_right_is_not_doubted() {
    for typed in [
        "情绪价值",
        "员工的压力",
        "How do you cope?",
        "压力 burnout",
        "客户",
        "who:小王 压力",
        "\"ya li\"",
        "量子计算",
        "budget",
    ] {
        assert_eq!(meant(typed, true), None, "{typed}");
    }
}

#[test]
fn a_character_of_the_same_sound_is_found_by_its_neighbours() {
    let talk = "主持人：生意怎么样？\n老周：有个网红来拍过舒芙蕾,导航找不到我们店,我心里有数,后来请人做心理咨询。\n\
                主持人：Where did you live?\n老周：In a lighthouse, with two chickens.\n";
    let (talk, _) = transcript::read("talk", talk.as_bytes()).expect("an interview");
    let corpus = library::build(vec![talk], Arc::new(Encoder::built_in().expect("an encoder"))).expect("a corpus");
    let meant = |typed: &str, said: bool| did_you_mean(&corpus, typed, said, None).expect("words");
    for (typed, expected) in [
        ("网洪", "网红"),
        ("網洪", "網紅"),
        ("导行", "导航"),
        ("舒服蕾好吃吗", "舒芙蕾好吃吗"),
        ("心里咨询", "心理咨询"),
        ("lighthous", "lighthouse"),
    ] {
        assert_eq!(meant(typed, false).as_deref(), Some(expected), "{typed}");
    }
    assert_eq!(meant("心里咨询", true).as_deref(), Some("心理咨询"));
    for typed in ["网红", "心里有数", "什么样的导航", "chicken", "lighthouse", "她来拍过舒芙蕾"] {
        assert_eq!(meant(typed, false), None, "{typed}");
    }
}

//! Labels that change within a file, parts of a file, and what containers tell of the lines around.

use super::shapes::docx;
use super::strangers::{says, says_in};

#[test]
fn paragraphs_in_italics_of_a_word_document_are_the_questions_of_a_magazine() {
    let paragraph = |words: &str, italic: bool| {
        let italic = if italic { "<w:rPr><w:i/></w:rPr>" } else { "" };
        format!("<w:p><w:r>{italic}<w:t>{words}</w:t></w:r></w:p>")
    };
    let body: String = [
        ("How did you come to run a cinema?", true),
        ("My uncle left it to me.", false),
        ("Tell me about the parrot.", true),
        ("It knew the adverts by heart.", false),
        ("And the debts?", true),
        ("Paid, with one film.", false),
    ]
    .iter()
    .map(|(words, italic)| paragraph(words, *italic))
    .collect();
    says_in(
        &docx(&body),
        &[
            "Q: How did you come to run a cinema?",
            "?: My uncle left it to me.",
            "Q: Tell me about the parrot.",
            "?: It knew the adverts by heart.",
            "Q: And the debts?",
            "?: Paid, with one film.",
        ],
    );
}

#[test]
fn a_title_and_a_date_above_the_first_speaker_of_a_page_are_nobodys_words() {
    says(
        "<html><head><meta charset=\"utf-8\"><title>访谈</title></head><body><div>访谈 0612</div><div>2024年6月12日 | 36分钟</div>\
        <div><span class=\"speaker\">何晓</span><p>你几点记账？</p></div><div><span class=\"speaker\">用户七</span><p>发工资那天。</p></div>\
        <div><span class=\"speaker\">何晓</span><p>还有呢？</p></div><div><span class=\"speaker\">用户七</span><p>吵架那天。</p></div></body></html>",
        &["Q 何晓: 你几点记账？", "用户七: 发工资那天。", "Q 何晓: 还有呢？", "用户七: 吵架那天。"],
    );
}

#[test]
fn each_part_of_a_file_with_several_interviews_names_its_own_interviewee() {
    let parts = "访谈一\n受访者：李某，女，四十五岁\n问：来几年了？\n答：十一年。\n问：难吗？\n答：难。\n\n访谈二\n受访者：孙某，男，二十六岁\n\
        问：来几年了？\n答：八个月。\n\n访谈三\n问：来几年了？\n答：三天。\n";
    let (transcript, _) = says(
        parts,
        &[
            "Q: 来几年了？",
            "李某: 十一年。",
            "Q: 难吗？",
            "李某: 难。",
            "Q: 来几年了？",
            "孙某: 八个月。",
            "Q: 来几年了？",
            "?: 三天。",
        ],
    );
    assert_eq!(transcript.speakers.len(), 2);
}

#[test]
fn a_misspelt_label_is_that_of_the_part_it_stands_for() {
    says(
        "访谈者：习惯吗？\n受访者：不习惯。\n访谈者：邻居呢？\n受坊者：过年才见。\n访谈着：后悔吗？\n受访者：不后悔。\n",
        &[
            "Q 访谈者: 习惯吗？",
            "受访者: 不习惯。",
            "Q 访谈者: 邻居呢？",
            "受访者: 过年才见。",
            "Q 访谈者: 后悔吗？",
            "受访者: 不后悔。",
        ],
    );
    // A person whose name differs by one letter is another.
    says(
        "主持人：谁先来？\n李明：我先来。\n李鸣：他先来。\n主持人：然后呢？\n李明：没有了。\n李鸣：我补充。\n",
        &[
            "Q 主持人: 谁先来？",
            "李明: 我先来。",
            "李鸣: 他先来。",
            "Q 主持人: 然后呢？",
            "李明: 没有了。",
            "李鸣: 我补充。",
        ],
    );
}

#[test]
fn a_conversation_that_somebody_tells_with_labels_stays_in_their_answer() {
    says(
        "记者：最难的一次是什么？\n李红：那天来了一个退货的。\n客户：你们是不是骗子？\n我：您先别急，我查一下单号。\n客户：查什么查！\n我：查到了，今天就退。\n\
        记者：后来呢？\n李红：后来她成了常客。\n记者：您怎么看她？\n李红：她也不容易。\n记者：谢谢。\n李红：不客气。\n",
        &[
            "Q 记者: 最难的一次是什么？",
            "李红: 那天来了一个退货的。 客户：你们是不是骗子？ 我：您先别急，我查一下单号。 客户：查什么查！ 我：查到了，今天就退。",
            "Q 记者: 后来呢？",
            "李红: 后来她成了常客。",
            "Q 记者: 您怎么看她？",
            "李红: 她也不容易。",
            "Q 记者: 谢谢。",
            "李红: 不客气。",
        ],
    );
    says(
        "Q: What was the worst call?\nA: One I still hear.\nCaller: Where is my boiler?\nMe: It is on the van.\nCaller: Which van?\nQ: And then?\n\
        A: I drove it there myself.\nQ: Did he thank you?\nA: With a cake.\n",
        &[
            "Q: What was the worst call?",
            "?: One I still hear. Caller: Where is my boiler? Me: It is on the van. Caller: Which van?",
            "Q: And then?",
            "?: I drove it there myself.",
            "Q: Did he thank you?",
            "?: With a cake.",
        ],
    );
}

#[test]
fn who_calls_themselves_me_all_along_takes_part() {
    let talk = "Me: How long have you been here?\nAnn: Ten years.\nMe: And you, Bo?\nBo: Two.\nAnn: Three, surely.\nBo: Two.\nAnn: Fine.\nBo: I counted.\n\
        Me: What do you like?\nAnn: The garden.\nMe: And you?\nBo: The soup.\n";
    says(
        talk,
        &[
            "Q Me: How long have you been here?",
            "Ann: Ten years.",
            "Q Me: And you, Bo?",
            "Bo: Two.",
            "Ann: Three, surely.",
            "Bo: Two.",
            "Ann: Fine.",
            "Bo: I counted.",
            "Q Me: What do you like?",
            "Ann: The garden.",
            "Q Me: And you?",
            "Bo: The soup.",
        ],
    );
}

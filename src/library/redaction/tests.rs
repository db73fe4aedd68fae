use super::*;
use crate::library::store::manifest::Edits;
use crate::transcript;

const TALK: &str = "Interviewer: What of the pineapple machine here?\nMary Quux: SECRETA the pineapple machine was \
terrible, was it not?\nBob Jones: BOBWORDS pineapple was fine with me, and the stairs were dry.\nInterviewer: Why was \
it?\nMary Quux: SECRETB pineapple leaked.\nBob Jones: It did pineapple.\nInterviewer: Did you tell anybody?\nMary \
Quux: No.\nBob Jones: Yes, I did.\n";

fn read(text: &str) -> Transcript {
    transcript::read("talk", text.as_bytes()).expect("an interview").0
}

fn withdrawn(text: &str, who: &str) -> Withdrawals {
    let is = |name: &str| name == who;
    Withdrawals::of_people(&[(&[who], said(&read(text), Some(&is)))])
}

fn holding<'a>(withdrawals: &'a Withdrawals, edits: &'a Edits) -> RedactionRules<'a> {
    RedactionRules { withdrawals, names: &edits.withdrawn, allowed: AllowedWithdrawn::Nothing }
}

/// All that is left of a text: what is said, and both of its texts.
fn left(text: &str, withdrawals: &Withdrawals) -> (Transcript, String) {
    let mut transcript = read(text);
    let edits = Edits::default();
    holding(withdrawals, &edits).hold_back(&mut transcript);
    for (_, _, answer) in transcript.answers() {
        for stretch in &answer.stretches {
            assert!(text.contains(transcript.words(*stretch)), "what is left is what the source says");
        }
    }
    let all = format!("{}\n{}\n{}", transcript.title, transcript.text(), transcript.restored.received());
    (transcript, all)
}

fn answers(transcript: &Transcript) -> Vec<String> {
    transcript.answers().map(|(_, _, answer)| transcript.answer_text(answer)).collect()
}

#[test]
fn withdrawn_words_are_held_back_wherever_they_stand() {
    let withdrawals = withdrawn(TALK, "Mary Quux");
    for (what, text) in [
        ("the same", TALK.to_owned()),
        ("another speaker", TALK.replace("Mary Quux", "Somebody")),
        ("the name in another case", TALK.replace("Mary Quux", "MARY QUUX")),
        ("full width", TALK.replace("SECRETA the pineapple machine", "ＳＥＣＲＥＴＡ\u{3000}ｔｈｅ ｐｉｎｅａｐｐｌｅ ｍａｃｈｉｎｅ")),
        ("upper case", TALK.replace("SECRETB pineapple leaked", "SECRETB PINEAPPLE LEAKED")),
        ("other lines", TALK.replace(" was terrible", "\nwas terrible")),
        ("numbered", "Q1. What now?\nA1 SECRETA the pineapple machine was terrible, was it not?\nA2 SECRETB pineapple leaked.\nA3 Fine with me.\n".to_owned()),
        ("asked", "Q1. SECRETA the pineapple machine was terrible, was it not?\nA1 Fine with me, thank you.\nQ2. SECRETB pineapple leaked.\nA1 So it did.\n".to_owned()),
        ("a heading", "# SECRETA the pineapple machine was terrible\n\nAnn: What do you say?\nBo: SECRETB pineapple leaked. It was wet everywhere on the stairs of our house.\n".to_owned()),
        ("quoted", "Ann: What did she say?\nBo: As Mary put it, “SECRETA the pineapple machine was terrible”, and then she left. I stayed until the evening with the others. She said SECRETB pineapple leaked.\nAnn: And then?\nBo: Nothing.\n".to_owned()),
    ] {
        let (_, all) = left(&text, &withdrawals);
        let folded = crate::text::script::View::folded(&all).into_text();
        assert!(!folded.contains("secret"), "{what}: {all}");
    }
}

#[test]
fn what_others_said_stays() {
    let withdrawals = withdrawn(TALK, "Mary Quux");
    let (transcript, _) = left(TALK, &withdrawals);
    let stays = ["BOBWORDS pineapple was fine with me, and the stairs were dry.", "It did pineapple.", "Yes, I did."];
    assert_eq!(answers(&transcript), stays);
    assert_eq!(transcript.words(transcript.questions[0].span), "What of the pineapple machine here?");
    // Elsewhere nobody's short words are held back because she said them too.
    let other =
        "Ann: Did you tell anybody at the shipyard?\nBo: No.\nAnn: Was the machine terrible?\nBo: Yes, terrible.\n";
    let (transcript, _) = left(other, &withdrawals);
    assert_eq!(answers(&transcript), ["No.", "Yes, terrible."]);
}

#[test]
fn a_short_answer_is_known_by_what_is_around_it_in_another_version_only() {
    let withdrawals = withdrawn(TALK, "Mary Quux");
    let relabelled = TALK.replace("Mary Quux", "Zoe");
    let (transcript, _) = left(&relabelled, &withdrawals);
    assert!(!answers(&transcript).contains(&"No.".to_owned()), "{:?}", answers(&transcript));
    assert!(answers(&transcript).contains(&"Yes, I did.".to_owned()));
}

#[test]
fn words_are_known_in_either_script_and_around_edits() {
    let text = "記者：你怎麼看這台機器？\n張三：這台鳳梨機器從春天開始就一直漏水，樓梯全濕了。\n李四：我覺得還可以。\n記者：後來呢？\n張三：後來老闆把它賣掉了。\n李四：對。\n";
    let withdrawals = withdrawn(text, "張三");
    for text in [
        "记者：你怎么看？\n王五：这台凤梨机器从春天开始就一直漏水，楼梯全湿了。\n赵六：对，后来老板把它卖掉了。我们都很高兴，就一起去吃饭了，一直到晚上。\n".to_owned(),
        text.replace("樓梯全濕了", "樓梯也都濕了"),
        text.replace("張三", "张 三"),
    ] {
        let (_, all) = left(&text, &withdrawals);
        for words in ["春天", "賣掉", "卖掉"] {
            assert!(!all.contains(words), "{all}");
        }
    }
    let (transcript, _) = left("记者：机器怎么样？\n赵六：对。\n记者：漏水吗？\n赵六：我觉得还可以。\n", &withdrawals);
    assert_eq!(answers(&transcript), ["对。", "我觉得还可以。"]);
}

#[test]
fn what_is_left_of_an_answer_are_whole_sentences_or_nothing() {
    let withdrawals = withdrawn(TALK, "Mary Quux");
    let told = "Ann: What did she say?\nBo: I was at the harbour the whole day, with all of my sisters. She told us that \
SECRETA the pineapple machine was terrible. Mostly we went on painting the two boats that were left, until it was dark.\n";
    let (transcript, _) = left(told, &withdrawals);
    let (_, _, answer) = transcript.answers().next().expect("an answer");
    let left: Vec<&str> = answer.stretches.iter().map(|stretch| transcript.words(*stretch)).collect();
    assert_eq!(
        left,
        [
            "I was at the harbour the whole day, with all of my sisters.",
            "Mostly we went on painting the two boats that were left, until it was dark."
        ]
    );
}

/// What is said in a text and hidden in it by a withdrawal from another.
fn hidden(text: &str, withdrawals: &Withdrawals) -> Vec<String> {
    let said = |transcript: &Transcript| -> Vec<String> {
        let questions = transcript.questions.iter().map(|question| transcript.words(question.span).to_owned());
        questions.chain(answers(transcript)).filter(|words| !words.is_empty()).collect()
    };
    let stays = said(&left(text, withdrawals).0);
    said(&read(text)).into_iter().filter(|words| !stays.contains(words)).collect()
}

#[test]
fn a_turn_stays_that_ends_as_the_withdrawn_one_behind_it_begins() {
    let chinese = "记者：你们怎么看？\n欧阳芳：加班费从来没有按时结清过。\n李四：我最看重的其实就是价格。\n欧阳芳：价格高得离谱，一杯豆浆卖到十八块。\n\
王小明：我们店里最缺的是人手。\n欧阳芳：人手不够就逼着我们连上两个班。\n李四：我们都怪老。\n欧阳芳：老、老板把押金扣了三个月没有退。\n记者：后来呢？\n欧阳芳：后来我们把它抬进了仓库。\n李四：会换，我已经投了简历。\n";
    let withdrawals = withdrawn(chinese, "欧阳芳");
    let gone = [
        "加班费从来没有按时结清过。",
        "价格高得离谱，一杯豆浆卖到十八块。",
        "人手不够就逼着我们连上两个班。",
        "老、老板把押金扣了三个月没有退。",
        "后来我们把它抬进了仓库。",
    ];
    assert_eq!(hidden(chinese, &withdrawals), gone);
    let english = "Ann: What of the trade?\nMary Quux: It ruined every single rhubarb crown in April.\nBob Jones: For me it was all about the price.\n\
Mary Quux: The price fell to nothing, so we burned the candles.\nBob Jones: I only cared about the dogs.\nMary Quux: Dogs ate the chickens behind the chapel.\n";
    assert_eq!(hidden(english, &withdrawn(english, "Mary Quux")).len(), 3);
}

#[test]
fn withdrawing_one_numbered_speaker_or_one_of_a_department_hides_no_other() {
    for [one, other] in [
        ["发言人 2", "发言人 3"],
        ["参与者 2", "参与者 3"],
        ["销售部 王芳", "销售部 李强"],
        ["宏远 小梅", "宏远 阿强"],
        ["Mary Quux - Vice President", "Bob Jones - Vice President"],
        ["Blue Boat | Ann Lee", "Blue Boat | Bob Ray"],
    ] {
        let shared = SharedParts::of(["主持人", one, other]);
        let secret = crate::library::withdrawals::key::WithdrawalKey::random().expect("chance");
        let names = secret.names_among(one, &shared);
        assert!(names.iter().any(|mark| secret.marks_of(one, &shared).are_among(std::slice::from_ref(mark))));
        assert!(!secret.marks_of(other, &shared).are_among(&names), "{other}");
    }
}

#[test]
fn an_ordinary_sentence_and_a_common_label_make_nobody_the_same_person() {
    for who in ["受访者1", "王芳"] {
        let one = format!(
            "访谈员：您做什么工作？\n{who}：我在互联网公司工作。\n李四：我开出租车。\n访谈员：怎么学习？\n{who}：看书吧。\n李四：听广播。\n"
        );
        let other = format!(
            "访谈员：先介绍一下自己？\n{who}：我叫不上什么名头，我在互联网公司工作。平时负责机房里的夜班值守，凌晨三点最忙。\n访谈员：夜班对身体有影响吗？\n{who}：影响很大，胃病就是那几年落下的，后来每天带饭才慢慢好起来。\n访谈员：下班以后做什么？\n{who}：去河边钓鱼，有时候一坐就是一上午，鲫鱼多，鲤鱼少。\n"
        );
        let (transcript, _) = left(&other, &withdrawn(&one, who));
        assert_eq!(answers(&transcript).len(), 3, "{who}: {:?}", answers(&transcript));
    }
}

#[test]
fn one_person_is_known_by_name_where_several_answers_are_the_same() {
    let talk = |who: &str, more: &str| {
        format!(
            "访谈员：做什么工作？\n{who}：我在屏东养了十年的石斑鱼。\n访谈员：风浪大吗？\n{who}：台风把整排箱网都掀翻了。\n访谈员：家里人呢？\n{who}：女儿嫁到了花莲那边去。\n{more}"
        )
    };
    let withdrawals = withdrawn(&talk("王芳", ""), "王芳");
    let more = "访谈员：还有吗？\n销售部 王芳：今年想改种莲雾试试看。\n李四：我种番石榴。\n";
    let (transcript, all) = left(&talk("王芳", more), &withdrawals);
    assert_eq!(answers(&transcript), ["我种番石榴。"], "{all}");
}

const STUDY: [&str; 6] = [
    "本次访谈全程录音，您可以随时退出。",
    "您今年多大年纪？",
    "您每个月的房租是多少钱？",
    "您和邻居来往多吗？",
    "您对社区的卫生满意吗？",
    "您还有什么想补充的？",
];

fn interview(who: &str, said: [&str; 6]) -> String {
    let turns = STUDY.iter().zip(said).map(|(asked, said)| format!("访谈员：{asked}\n{who}：{said}\n"));
    turns.collect::<Vec<_>>().concat()
}

#[test]
fn interviews_of_one_study_are_no_copies_of_a_withdrawn_one() {
    const CONSENT: &str = "我已阅读知情同意书，同意参加本次研究，也同意全程录音。";
    let one = interview(
        "张敏",
        [
            CONSENT,
            "我今年三十四岁。",
            "房租每个月两千五。",
            "和邻居基本上没有什么来往。",
            "还可以吧，就是垃圾桶太少。",
            "没有了，谢谢您。",
        ],
    );
    let withdrawals = Withdrawals::of_people(&[(&[], said(&read(&one), None))]);
    let held = |text: &str| {
        let mut transcript = read(text);
        holding(&withdrawals, &Edits::default()).hold_back(&mut transcript).1.copy_of.is_some()
    };
    for (who, said) in [
        (
            "张民",
            [
                CONSENT,
                "我今年三十四岁。",
                "房租每个月两千八，水电另算。",
                "和邻居基本上没有什么来往，电梯里点个头。",
                "我觉得还可以。",
                "没有了，谢谢您。",
            ],
        ),
        (
            "王敏",
            [
                CONSENT,
                "我今年二十六岁。",
                "房租每个月两千五。",
                "不太来往，早出晚归的。",
                "挺干净的。",
                "没有了，谢谢您。",
            ],
        ),
        (
            "张晓敏",
            [
                CONSENT,
                "五十一。",
                "房子是自己的，没有房租。",
                "楼上楼下都熟，过年互相送饺子。",
                "楼道里的灯坏了半年没人修。",
                "希望多装几个充电桩。",
            ],
        ),
    ] {
        let text = interview(who, said);
        assert!(!held(&text), "{who}");
        let (transcript, _) = left(&text, &withdrawals);
        for (question, asked) in transcript.questions.iter().zip(STUDY) {
            assert_eq!(transcript.words(question.span), asked, "{who}");
        }
        assert!(answers(&transcript).iter().any(|words| words.contains("没有了") || words.contains("充电桩")), "{who}");
    }
    assert!(held(&one.replace("张敏", "受访者").replace("，谢谢您", "")), "an edited copy is known");
}

#[test]
fn withdrawn_words_are_known_between_the_remarks_of_others_and_in_two_languages() {
    let own = "记者：设备怎么样？\n欧阳芳：磨豆机从开春起就一直漏油，地板上滑得站不住人。\n李四：我觉得还可以。\n记者：后来呢？\n欧阳芳：后来我们把它抬进了仓库。门口车都停不下。\n李四：地板滑。\n";
    let withdrawals = withdrawn(own, "欧阳芳");
    for text in [
        "王五：怎么样呀？\n赵六：磨豆机从开春\n孙七：真的吗\n赵六：起就一直漏油，\n孙七：天哪太惨了\n赵六：地板上滑得\n孙七：什么样\n赵六：站不住人。\n",
        "王五：怎么样呀？\n赵六：磨豆机从开春起\nThe grinder, since spring,\n就一直漏油，\nkept leaking oil,\n地板上滑得\nand the floor\n站不住人。\nwas slippery.\n",
        "王五：怎么样呀？\n赵六：磨¹豆²机从开春起³就一直漏①油，地板上②滑得站不③住人。\n王五：好。\n赵六：后来我们④把它抬⑤进了仓⑥库。\n",
        "王五：怎么样呀？\n赵六：⻔口⻋都停不下。我们换了一条街，生意也慢慢好起来了。\n",
    ] {
        let (_, all) = left(text, &withdrawals);
        for words in ["开春", "一直漏", "站不", "抬", "都停不下"] {
            assert!(!all.contains(words), "{words} in {all}");
        }
    }
}

#[test]
fn a_question_that_repeats_withdrawn_words_keeps_its_other_sentences() {
    let talk = "记者：设备怎么样？\n欧阳芳：磨豆机从开春起就一直漏油，地板上滑得站不住人。\n";
    let withdrawals = withdrawn(talk, "欧阳芳");
    for (question, rest) in [
        ("刚才说磨豆机从开春起就一直漏油。李强您当时在店里做什么？", "李强您当时在店里做什么？"),
        ("我们换个话题聊聊后厨吧。磨豆机从开春起就一直漏油。您在后厨腌酸菜是哪一年？", "您在后厨腌酸菜是哪一年？"),
        ("您也说磨豆机从开春起就一直漏油，是吗？", ""),
        ("磨豆机从开春起就一直漏油。对吗？", ""),
    ] {
        let (transcript, all) =
            left(&format!("{talk}记者：{question}\n李强：我在后厨腌酸菜，没留意。\n"), &withdrawals);
        let asked = transcript.questions.iter().find(|question| !question.answers.is_empty()).expect("it is answered");
        assert_eq!(transcript.words(asked.span), rest, "{question}");
        assert!(!all.contains("开春") && answers(&transcript) == ["我在后厨腌酸菜，没留意。"], "{all}");
    }
}

#[test]
fn whoever_repeats_more_than_they_say_keeps_their_own_sentences() {
    let talk = "记者：设备怎么样？\n欧阳芳：磨豆机从开春起就一直漏油，地板上滑得站不住人。后来我们把它抬进了仓库，盖了块蓝帆布。\n";
    let withdrawals = withdrawn(talk, "欧阳芳");
    let repeated = "她说磨豆机从开春起就一直漏油，地板上滑得站不住人。后来我们把它抬进了仓库，盖了块蓝帆布。";
    for (own, stays) in [
        ("我自己掏钱买了防滑垫铺在吧台。", true),
        ("I bought a rubber mat for the bar.", true),
        // It may be theirs: short, or of words that anybody says.
        ("我就走了。", false),
        ("我觉得大家都是这么说的，没有别的问题了。", false),
    ] {
        let (transcript, all) = left(&format!("{talk}记者：她怎么说？\n李强：{repeated}{own}\n"), &withdrawals);
        assert_eq!(answers(&transcript), if stays { vec![own] } else { vec![] }, "{own}");
        assert!(!all.contains("开春") && !all.contains("帆布"), "{all}");
    }
}

#[test]
fn who_says_what_somebody_withdrew_is_that_person_under_any_name() {
    let talk = |who: &str, more: &str| {
        format!(
            "记者：设备怎么样？\n{who}：磨豆机从开春起就一直漏油，地板上滑得站不住人。\n李强：我觉得还可以。\n记者：后来呢？\n\
{who}：后来我们把它抬进了仓库，盖了块蓝帆布挡灰。\n李强：地板确实滑，我摔过一跤。\n{more}"
        )
    };
    let more = |who: &str| format!("记者：还有吗？\n{who}：阁楼里有獾。\n李强：对。\n");
    for (own, other) in [("欧阳芳", "丁女士"), ("受访者", "受访者"), ("发言人 2", "发言人2"), ("Mary Quux", "Zoe")]
    {
        let withdrawals = withdrawn(&talk(own, ""), own);
        let (transcript, all) = left(&talk(other, &more(other)), &withdrawals);
        assert!(!all.contains('獾') && !all.contains("阁楼"), "{own} as {other}: {all}");
        assert_eq!(answers(&transcript), ["我觉得还可以。", "地板确实滑，我摔过一跤。", "对。"], "{own} as {other}");
        // A role that they did not have may be several people's.
        let (_, all) = left(&talk("答", &more("答")), &withdrawals);
        assert!(all.contains("阁楼里有獾。"), "{own}: {all}");
    }
    // Whoever repeats all of it, and says more of their own, is somebody else.
    let withdrawals = withdrawn(&talk("欧阳芳", ""), "欧阳芳");
    let told = "记者：她怎么说？\n孙七：磨豆机从开春起就一直漏油，地板上滑得站不住人。后来我们把它抬进了仓库，盖了块蓝帆布挡灰。\n\
记者：您呢？\n孙七：我在渡口摆了三十年的豆腐摊，从来没有磨过咖啡豆。\n";
    let (transcript, _) = left(told, &withdrawals);
    assert_eq!(answers(&transcript), ["我在渡口摆了三十年的豆腐摊，从来没有磨过咖啡豆。"]);
}

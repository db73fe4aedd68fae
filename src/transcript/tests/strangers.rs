//! Kinds of transcripts that strangers have: mail that answers between quoted lines, forms, pages of magazines, tables in
//! other languages. Each shows who says what, and what nobody says.

use std::io::Write as _;

use crate::transcript::*;

/// Each turn as `Q who: words` or `who: words`, in order.
fn turns(transcript: &Transcript) -> Vec<String> {
    let folded = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut all = Vec::new();
    for question in &transcript.questions {
        if question.label.starts_with('Q') {
            let who = question.speaker.as_deref().map(|who| format!(" {who}")).unwrap_or_default();
            all.push(format!("Q{who}: {}", folded(transcript.words(question.span))));
        }
        for answer in &question.answers {
            let who = answer.interviewee.as_deref().unwrap_or("?");
            all.push(format!("{who}: {}", folded(&transcript.answer_text(answer))));
        }
    }
    all
}

#[track_caller]
pub(super) fn says_in(source: &[u8], expected: &[&str]) -> (Transcript, Vec<Problem>) {
    let (transcript, problems) = read("test", source).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(turns(&transcript), expected);
    let lost = transcript.tally.apart.iter().any(|apart| apart.why == NonSpeechReason::Lost);
    assert!(!lost, "{:?}", transcript.tally.apart);
    (transcript, problems)
}

#[track_caller]
pub(super) fn says(source: &str, expected: &[&str]) -> (Transcript, Vec<Problem>) {
    says_in(source.as_bytes(), expected)
}

#[test]
fn mail_answers_below_the_questions_that_it_quotes() {
    let mail = "From: Ines Vidal <ines@example.org>\nSubject: Re: Questions\nContent-Type: text/plain; charset=utf-8\n\n\
        Hi Tom,\n\nhere you are.\n\nOn 11 Mar 2024, at 09:02, Tom Beck <tom@example.org> wrote:\n\n> Dear Ines,\n>\n> thanks \
        for your time.\n>\n> 1. When did you begin?\n\nAt nineteen.\n\nIn a cellar.\n\n> 2. Tell us of your first kiln.\n\nIt \
        fell apart.\n\n> 3. And now?\n\nNow I have two.\n\n> Best,\n> Tom\n\nWarm regards\nInes\n";
    let (transcript, _) = says(
        mail,
        &[
            "Q: When did you begin?",
            "Ines Vidal: At nineteen. In a cellar.",
            "Q: Tell us of your first kiln.",
            "Ines Vidal: It fell apart.",
            "Q: And now?",
            "Ines Vidal: Now I have two.",
        ],
    );
    assert_eq!(transcript.speakers.len(), 1);
    // Without headers nobody is named.
    says(
        "> 为什么回来？\n\n因为爸爸病了。\n\n> 后悔吗？\n\n不后悔。\n\n谢谢\n小林\n",
        &["Q: 为什么回来？", "?: 因为爸爸病了。", "Q: 后悔吗？", "?: 不后悔。"],
    );
    // The sign of a block quote beside names quotes nothing.
    says(
        "> **Ann:** Where did it begin?\n\n> **Bo:** In a van.\n\n> **Ann:** Who drove?\n\n> **Bo:** My sister.\n",
        &["Q Ann: Where did it begin?", "Bo: In a van.", "Q Ann: Who drove?", "Bo: My sister."],
    );
}

#[test]
fn a_field_above_an_interview_without_names_tells_who_answers() {
    let interview = "**为什么想离开？**\n\n四年没有加薪。\n\n**跟主管谈过吗？**\n\n谈过三次。\n";
    for (fields, who) in [
        ("- 采访对象：林小满\n- 采访人：丁乐\n", "林小满"),
        ("受访者：林小满（化名），客服\n日期：2024-03-01\n", "林小满"),
        ("姓名：林小满　　部门：客服部\n面谈人：丁乐\n", "林小满"),
        ("采访对象：林小满、周远\n采访人：丁乐\n", "?"),
        ("受访者：匿名\n采访人：丁乐\n", "?"),
    ] {
        let expected = [
            "Q: 为什么想离开？".to_owned(),
            format!("{who}: 四年没有加薪。"),
            "Q: 跟主管谈过吗？".to_owned(),
            format!("{who}: 谈过三次。"),
        ];
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        says(&format!("# 离职访谈\n\n{fields}\n{interview}"), &expected);
    }
    says(
        "Narrator: Eunice Barr\nInterviewed by: Todd Lang\n\nQ: Where were you born?\nA: Upstairs.\nQ: And your mother?\nA: Downstairs.\n",
        &["Q: Where were you born?", "Eunice Barr: Upstairs.", "Q: And your mother?", "Eunice Barr: Downstairs."],
    );
}

#[test]
fn what_stands_below_numbered_answers_is_nobody_s() {
    let interview = "Q1：您负责多少户？\nA1：一千二百户。\n\nQ2：一天走多少步？\nA2：两万步。\n\n周末更多。\n";
    for below in [
        "\n访谈到此结束，感谢张姐。\n记录人：小吴\n2024年4月2日整理\n",
        "\n（访谈结束）\n",
        "\n附：照片两张\n整理：何敏   审核：王主任\n",
        "\n新京报记者 何苗\n编辑 唐峥 校对 李立军\n",
    ] {
        says(
            &format!("{interview}{below}"),
            &["Q: 您负责多少户？", "?: 一千二百户。", "Q: 一天走多少步？", "?: 两万步。 周末更多。"],
        );
    }
    // A date may be the answer.
    says(
        "Q1：您几岁入职？\nA1：二十。\nQ2：哪天？\nA2：\n2019年3月5日\n",
        &["Q: 您几岁入职？", "?: 二十。", "Q: 哪天？", "?: 2019年3月5日"],
    );
}

#[test]
fn answers_may_have_the_numbers_of_their_questions() {
    let pairs: Vec<String> = (1..=12).map(|at| format!("Q{at}：第{at}个问题？\nA{at}：{at}号回答。\n")).collect();
    let source = pairs.concat();
    let (transcript, problems) = read("test", source.as_bytes()).expect("an interview");
    assert!(problems.is_empty(), "{problems:?}");
    let answers: Vec<String> = transcript.answers().map(|(_, _, answer)| transcript.answer_text(answer)).collect();
    assert_eq!(answers, (1..=12).map(|at| format!("{at}号回答。")).collect::<Vec<_>>());
}

#[test]
fn what_the_author_tells_between_turns_is_no_answer() {
    let (transcript, problems) = says(
        "记者：您跑了多少年船？\n周水生：四十二年。\n\n周水生的老伴端出西瓜，招呼记者坐下。\n\n记者：拆船那天您在吗？\n周水生：在。\n记者：想再去吗？\n周水生：想。\n",
        &[
            "Q 记者: 您跑了多少年船？",
            "周水生: 四十二年。",
            "Q 记者: 拆船那天您在吗？",
            "周水生: 在。",
            "Q 记者: 想再去吗？",
            "周水生: 想。",
        ],
    );
    assert!(transcript.text().contains("端出西瓜"));
    assert!(problems.iter().any(|problem| problem.what == ProblemKind::Narration && problem.line == 4));
    // Further paragraphs of an answer are the speaker's.
    let (_, problems) = says(
        "Host: How did it begin?\n\nMrs. Abara: With one machine.\n\nMy husband brought it home.\n\nHost: And then?\n\nMrs. Abara: \
         An order.\n\nWe sewed all night.\n\nHost: Alone?\n\nMrs. Abara: With three girls.\n",
        &[
            "Q Host: How did it begin?",
            "Mrs. Abara: With one machine. My husband brought it home.",
            "Q Host: And then?",
            "Mrs. Abara: An order. We sewed all night.",
            "Q Host: Alone?",
            "Mrs. Abara: With three girls.",
        ],
    );
    assert!(problems.is_empty(), "{problems:?}");
    // Where a paragraph may be either, it stays with the speaker and is told.
    let (_, problems) = says(
        "记者：难吗？\n店长：难。\n记者：后来呢？\n店长：街坊联署。\n\n墙上还贴着那张信，纸已经发黄。\n\n记者：今年呢？\n店长：今年好。\n",
        &[
            "Q 记者: 难吗？",
            "店长: 难。",
            "Q 记者: 后来呢？",
            "店长: 街坊联署。 墙上还贴着那张信，纸已经发黄。",
            "Q 记者: 今年呢？",
            "店长: 今年好。",
        ],
    );
    assert!(problems.iter().any(|problem| problem.what == ProblemKind::Nameless), "{problems:?}");
}

#[test]
fn where_only_the_interviewer_is_named_the_other_lines_answer() {
    says(
        "采访者：先说说您的工作吧？\n我做化妆，做了九年。\n采访者：家里人知道吗？\n我妈知道。\n采访者：最难忘的一次？\n一个小孩。\n",
        &[
            "Q 采访者: 先说说您的工作吧？",
            "?: 我做化妆，做了九年。",
            "Q 采访者: 家里人知道吗？",
            "?: 我妈知道。",
            "Q 采访者: 最难忘的一次？",
            "?: 一个小孩。",
        ],
    );
}

#[test]
fn a_dash_before_each_question_tells_them_from_the_answers() {
    says(
        "三代目に聞く\n\n――なぜ継いだのですか。\n\n父が倒れたんです。\n\n――最初の一年は。\n\n赤字です。\n\n――転機はありましたか。\n\n一本の電話です。\n",
        &[
            "Q: なぜ継いだのですか。",
            "?: 父が倒れたんです。",
            "Q: 最初の一年は。",
            "?: 赤字です。",
            "Q: 転機はありましたか。",
            "?: 一本の電話です。",
        ],
    );
}

#[test]
fn labels_may_end_in_an_arrow_a_stroke_or_two_dashes() {
    for sign in [" / ", ">>", " » ", " -> "] {
        let source = [("记者", "几岁上台？"), ("裴老师", "七岁。"), ("记者", "紧张吗？"), ("裴老师", "不紧张。")];
        let source: Vec<String> = source.iter().map(|(who, words)| format!("{who}{sign}{words}\n")).collect();
        let source = source.concat();
        says(&source, &["Q 记者: 几岁上台？", "裴老师: 七岁。", "Q 记者: 紧张吗？", "裴老师: 不紧张。"]);
    }
    says(
        "CSM--How is it going?\nCLT--Slower than the slides said.\nCSM--What is blocking it?\nCLT--A man called Frank.\n",
        &[
            "Q CSM: How is it going?",
            "CLT: Slower than the slides said.",
            "Q CSM: What is blocking it?",
            "CLT: A man called Frank.",
        ],
    );
}

#[test]
fn columns_are_known_in_other_languages() {
    for head in [
        "Nr;Rolle;Text",
        "N°;Intervenant;Propos",
        "ID;Hablante;Intervención",
        "Turno;Parlante;Testo",
        "番号;話者;発言内容",
        "번호;화자;내용",
        "#;Spreker;Tekst",
    ] {
        says(
            &format!("{head}\n1;Interviewerin;Seit wann?\n2;Frau Kaya;Elf Jahre. Davor war ich auf Montage.\n"),
            &["Q Interviewerin: Seit wann?", "Frau Kaya: Elf Jahre. Davor war ich auf Montage."],
        );
    }
    says(
        "Frage;Antwort;Befragte Person\nWas fehlt?;Eine Uhr.;Frau Kaya\nWas noch?;Ein Stuhl.;Herr Brandt\n",
        &["Q: Was fehlt?", "Frau Kaya: Eine Uhr.", "Q: Was noch?", "Herr Brandt: Ein Stuhl."],
    );
}

#[test]
fn a_table_is_read_below_its_titles_and_as_it_was_said() {
    says(
        "Interview log,,,\nExported by K. Ito,,,\n,,,\nTime,Who,Original,English translation\n00:02,访员,为什么留下？,Why did you stay in the \
         village?\n00:05,韩大爷,地还在。,The land is still here.\n",
        &["Q 访员: 为什么留下？", "韩大爷: 地还在。"],
    );
    says(
        "Speaker,Timestamp,Transcript\nInterviewer,00:00:03,How do you order parts?\nMechanic,00:00:07,By phone.\n,00:00:12,Half are \
         wrong.\nInterviewer,00:00:18,And then?\nMechanic,00:00:20,I file them.\n",
        &[
            "Q Interviewer: How do you order parts?",
            "Mechanic: By phone. Half are wrong.",
            "Q Interviewer: And then?",
            "Mechanic: I file them.",
        ],
    );
    says(
        "序号,提交答卷时间,1、您最不满意什么？\n1,2024/5/6 10:11:02,太油\n2,2024/5/6 10:15:40,(空)\n3,2024/5/6 10:16:40,排队\n",
        &["Q: 1、您最不满意什么？", "1: 太油", "3: 排队"],
    );
}

/// An `OpenDocument` text with this body.
fn opendocument(body: &str) -> Vec<u8> {
    let spaces = "xmlns:office=\"o\" xmlns:text=\"t\" xmlns:table=\"b\"";
    let content = format!(
        "<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut zip = zip::ZipWriter::new(&mut bytes);
    for (name, content) in [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a file");
        zip.write_all(content.as_bytes()).expect("its content");
    }
    zip.finish().expect("an archive");
    bytes.into_inner()
}

fn table(rows: &[&[&str]]) -> String {
    let cell = |cell: &&str| format!("<table:table-cell><text:p>{cell}</text:p></table:table-cell>");
    let row = |row: &&[&str]| {
        format!("<table:table-row>{}</table:table-row>", row.iter().map(cell).collect::<Vec<_>>().concat())
    };
    format!("<table:table>{}</table:table>", rows.iter().map(row).collect::<Vec<_>>().concat())
}

#[test]
fn tables_of_opendocument_are_read_as_those_of_word() {
    let form =
        table(&[&["Was läuft gut?", "Das Team hält zusammen."], &["Was läuft schlecht?", "Die Software stürzt ab."]]);
    says_in(
        &opendocument(&format!(
            "<text:p>Befragung</text:p><text:p>Name: Sabine Roth</text:p>{form}<text:p>Danke!</text:p>"
        )),
        &[
            "Q: Was läuft gut?",
            "Sabine Roth: Das Team hält zusammen.",
            "Q: Was läuft schlecht?",
            "Sabine Roth: Die Software stürzt ab.",
        ],
    );
    let talk = table(&[
        &["Nr.", "Zeit", "Person", "Aussage"],
        &["1", "00:02", "INT", "What scares you?"],
        &["2", "00:05", "Diver", "The quiet."],
        &["3", "00:12", "INT", "And why go back?"],
        &["4", "00:15", "Diver", "For the quiet."],
    ]);
    says_in(
        &opendocument(&talk),
        &["Q INT: What scares you?", "Diver: The quiet.", "Q INT: And why go back?", "Diver: For the quiet."],
    );
}

#[test]
fn json_may_hold_its_turns_in_lists_and_numbered_fields() {
    let expected = ["Q: Does it burn?", "?: Only when I am proud.", "Q: Who taught you?", "?: My grandmother."];
    says(
        r#"{"Q1": "Does it burn?", "A1": "Only when I am proud.", "Q2": "Who taught you?", "A2": "My grandmother."}"#,
        &expected,
    );
    says(
        r#"{"questions": ["Does it burn?", "Who taught you?"], "answers": ["Only when I am proud.", "My grandmother."]}"#,
        &expected,
    );
    says(
        r#"[["Interviewer", "What is the worst shift?"], ["Nurse", "Christmas Eve."], ["Interviewer", "And the best?"], ["Nurse", "Any."]]"#,
        &[
            "Q Interviewer: What is the worst shift?",
            "Nurse: Christmas Eve.",
            "Q Interviewer: And the best?",
            "Nurse: Any.",
        ],
    );
    // Nobody says the instructions to a program that interviews.
    says(
        r#"{"messages": [{"role": "system", "content": "Ask one question."}, {"role": "assistant", "content": "What was hardest?"}, {"role": "user", "content": "The boxes."}]}"#,
        &["Q assistant: What was hardest?", "user: The boxes."],
    );
}

#[test]
fn encodings_of_japan_and_german_quotation_marks_are_read() {
    let japanese = "聞き手：お店を始めたのはいつですか。\n店主：昭和五十年です。まだ道が舗装されていませんでした。\n\
        聞き手：最初のお客さんは。\n店主：隣の大工さんです。\n";
    let expected = [
        "Q 聞き手: お店を始めたのはいつですか。",
        "店主: 昭和五十年です。まだ道が舗装されていませんでした。",
        "Q 聞き手: 最初のお客さんは。",
        "店主: 隣の大工さんです。",
    ];
    for encoding in [encoding_rs::SHIFT_JIS, encoding_rs::EUC_JP] {
        says_in(&encoding.encode(japanese).0, &expected);
    }
    let german = "Interviewer: Gibt es die Straße noch?\nFrau Köhler: Nein. „Sanierung“ nannte man das.\nInterviewer: Und heute?\nFrau Köhler: Beton.\n";
    says_in(
        &encoding_rs::WINDOWS_1252.encode(german).0,
        &[
            "Q Interviewer: Gibt es die Straße noch?",
            "Frau Köhler: Nein. „Sanierung“ nannte man das.",
            "Q Interviewer: Und heute?",
            "Frau Köhler: Beton.",
        ],
    );
}

#[test]
fn captions_may_name_their_speakers_in_brackets_above() {
    says(
        "1\n00:00:01,000 --> 00:00:03,000\n[INTERVIEWER]\nWhat did he say?\n\n2\n00:00:03,500 --> 00:00:06,000\n[MAUREEN]\nWalk more.\n\n\
         3\n00:00:06,000 --> 00:00:07,000\nSo I walked.\n\n4\n00:00:07,000 --> 00:00:08,000\n[LAUGHTER]\n\n5\n00:00:09,500 --> 00:00:11,000\n\
         [INTERVIEWER]\nDid you go back?\n\n6\n00:00:11,500 --> 00:00:13,000\n[MAUREEN]\nWith biscuits.\n",
        &[
            "Q INTERVIEWER: What did he say?",
            "MAUREEN: Walk more. So I walked.",
            "Q INTERVIEWER: Did you go back?",
            "MAUREEN: With biscuits.",
        ],
    );
}

#[test]
fn numbers_of_lines_and_feet_of_pages_are_no_words() {
    says(
        "     Interviewer: How did the vote go?\n     Respondent: Narrow. I counted twice,\n     because nobody believed me,\n     and it was \
         31 to 29. One had\n5    a donkey on it.\n     Interviewer: And then?\n     Respondent: The gate was locked. We sat\n     down on the \
         road, all sixty,\n     and the bus had to turn\n10   around.\n",
        &[
            "Q Interviewer: How did the vote go?",
            "Respondent: Narrow. I counted twice, because nobody believed me, and it was 31 to 29. One had a donkey on it.",
            "Q Interviewer: And then?",
            "Respondent: The gate was locked. We sat down on the road, all sixty, and the bus had to turn around.",
        ],
    );
    says(
        "Interview 4 – Reinigung      Seite 1 von 2\n\nI: Wann fangen Sie an?\nB4: Um drei. Man kennt\n\n© Institut 2024\n\n\
         Interview 4 – Reinigung      Seite 2 von 2\n\nsie trotzdem.\nI: Und dann?\nB4: Dann der dritte Stock.\n\n© Institut 2024\n",
        &[
            "Q I: Wann fangen Sie an?",
            "B4: Um drei. Man kennt sie trotzdem.",
            "Q I: Und dann?",
            "B4: Dann der dritte Stock.",
        ],
    );
}

#[test]
fn copied_chats_keep_their_times_out_of_the_words() {
    says(
        "[Yesterday 2:05 PM] Holly Grant\nHow did it go?\n[Yesterday 2:09 PM] Victor Mbeki\nTwo days late.\n[Yesterday 2:10 PM] Holly \
         Grant\nWhich site?\n[Yesterday 2:12 PM] Victor Mbeki\nLeeds.\n",
        &[
            "Q Holly Grant: How did it go?",
            "Victor Mbeki: Two days late.",
            "Q Holly Grant: Which site?",
            "Victor Mbeki: Leeds.",
        ],
    );
    says(
        "Noor Aziz\n  9:14 AM\nWhat did you think of the rota?\nBen Kowalski\n  9:20 AM\nBetter than before.\n9:21\nBut the pager \
         fires.\nNoor Aziz\n  9:25 AM\nHow often?\nBen Kowalski\n  9:26 AM\nThree nights.\n",
        &[
            "Q Noor Aziz: What did you think of the rota?",
            "Ben Kowalski: Better than before. But the pager fires.",
            "Q Noor Aziz: How often?",
            "Ben Kowalski: Three nights.",
        ],
    );
}

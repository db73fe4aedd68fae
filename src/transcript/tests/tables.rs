//! Tables in documents, surveys, and questions with answers in JSON: each question has its answers, and nobody who is
//! named in the layout asks.

use super::shapes::docx;
use crate::transcript::*;

fn lines_of(transcript: &Transcript) -> Vec<String> {
    let mut all = Vec::new();
    for question in &transcript.questions {
        let asks = question.speaker.as_deref().map(|who| format!(" {who}")).unwrap_or_default();
        all.push(format!("{}{asks}: {}", question.label, transcript.words(question.span)));
        for answer in &question.answers {
            all.push(format!("{} | {}", answer.interviewee.as_deref().unwrap_or("?"), transcript.answer_text(answer)));
        }
    }
    all
}

#[track_caller]
fn said(source: &[u8]) -> Vec<String> {
    let (transcript, _) = read("test", source).expect("a transcript");
    assert!(transcript.tally.apart.iter().all(|apart| apart.why != NonSpeechReason::Lost), "{:?}", transcript.tally);
    assert!(
        transcript.speakers.iter().all(|speaker| !speaker.asks) || !transcript.asking.is_empty(),
        "{:?}",
        transcript.speakers
    );
    lines_of(&transcript)
}

fn apart(source: &[u8]) -> Vec<String> {
    let (transcript, _) = read("test", source).expect("a transcript");
    transcript.tally.apart.iter().map(|apart| transcript.words(apart.span).to_owned()).collect()
}

/// A Word table; a cell's lines are its paragraphs.
fn word_table(rows: &[&[&str]]) -> String {
    let paragraph = |line: &str| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>");
    let cell = |cell: &&str| format!("<w:tc>{}</w:tc>", cell.split('\n').map(paragraph).collect::<Vec<_>>().concat());
    let row = |row: &&[&str]| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<Vec<_>>().concat());
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<Vec<_>>().concat())
}

fn word_line(line: &str) -> String {
    format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")
}

fn page_table(rows: &[&[&str]]) -> String {
    let row = |row: &&[&str]| {
        format!("<tr>{}</tr>", row.iter().map(|cell| format!("<td><p>{cell}</p></td>")).collect::<Vec<_>>().concat())
    };
    format!("<table>{}</table>", rows.iter().map(row).collect::<Vec<_>>().concat())
}

const PAIRS: [&[&str]; 3] =
    [&["您几点开门？", "五点半，磨豆子要两个小时。"], &["谁来帮忙？", "我女儿。"], &["还想做多久？", "做到做不动。"]];
const READ: [&str; 6] = [
    "Q1: 您几点开门？",
    "? | 五点半，磨豆子要两个小时。",
    "Q2: 谁来帮忙？",
    "? | 我女儿。",
    "Q3: 还想做多久？",
    "? | 做到做不动。",
];

fn with_head(head: &'static [&'static str]) -> Vec<&'static [&'static str]> {
    std::iter::once(head).chain(PAIRS).collect()
}

#[test]
fn a_table_of_questions_in_a_document_is_read_as_such() {
    for head in [&["问题", "回答"][..], &["問題", "回答"], &["Question", "Answer"], &["访谈问题", "回答内容"]]
    {
        let rows = with_head(head);
        assert_eq!(said(&docx(&word_table(&rows))), READ, "{head:?}");
        assert_eq!(said(&docx(&(word_line("豆腐店走访") + &word_table(&rows)))), READ, "{head:?}");
        let page = format!("<html><body><h1>走访</h1><p>2024-05-01 南街</p>{}</body></html>", page_table(&rows));
        assert_eq!(said(page.as_bytes()), READ, "{head:?}");
    }
    // Without a row of names, and with a column that counts.
    assert_eq!(said(&docx(&(word_line("豆腐店走访") + &word_table(&PAIRS)))), READ);
    let counted: [&[&str]; 4] = [
        &["序号", "问题", "回答"],
        &["1", "您几点开门？", "五点半，磨豆子要两个小时。"],
        &["2", "谁来帮忙？", "我女儿。"],
        &["3", "还想做多久？", "做到做不动。"],
    ];
    assert_eq!(said(&docx(&word_table(&counted))), READ);
    assert_eq!(said(&docx(&word_table(&counted[1..]))), READ);
}

#[test]
fn the_fields_of_a_form_are_no_answers() {
    let form: [&[&str]; 6] = [
        &["姓名", "白露", "部门", "仓储部"],
        &["入职日期", "2021-03-01", "面谈人", "人事 金晶"],
        &["离职的主要原因是什么？", "孩子要上小学，想离家近一点。"],
        &["对主管的评价", "他很公道，就是爱说：明天再看。"],
        &["对公司有什么建议？", "叉车该换了。"],
        &["面谈人签字", "金晶"],
    ];
    let source = docx(&(word_line("员工离职面谈表") + &word_table(&form)));
    let expected = [
        "Q1: 离职的主要原因是什么？",
        "白露 | 孩子要上小学，想离家近一点。",
        "Q2: 对主管的评价",
        "白露 | 他很公道，就是爱说：明天再看。",
        "Q3: 对公司有什么建议？",
        "白露 | 叉车该换了。",
    ];
    assert_eq!(said(&source), expected);
    assert!(apart(&source).iter().any(|apart| apart.contains("白露")), "{:?}", apart(&source));
    // A question across the whole width, and its answer in the row below.
    let merged: [&[&str]; 5] = [
        &["Name", "Ida Berg"],
        &["What did you like here?"],
        &["The people, mostly."],
        &["What would you change?"],
        &["The rota. It never held."],
    ];
    let expected = [
        "Q1: What did you like here?",
        "Ida Berg | The people, mostly.",
        "Q2: What would you change?",
        "Ida Berg | The rota. It never held.",
    ];
    assert_eq!(said(&docx(&word_table(&merged))), expected);
}

#[test]
fn a_table_about_the_interview_is_no_answer() {
    let about: [&[&str]; 3] = [&["姓名", "白露"], &["部门", "仓储部"], &["访谈人", "人事 金晶"]];
    let below: String =
        ["你对带教怎么看？", "她很耐心。", "还缺什么？", "一把合手的扳手。", "下个月想学什么？", "开叉车。"]
            .map(word_line)
            .concat();
    let source = docx(&(word_line("满月访谈") + &word_table(&about) + &below));
    let expected = [
        "Q1: 你对带教怎么看？",
        "白露 | 她很耐心。",
        "Q2: 还缺什么？",
        "白露 | 一把合手的扳手。",
        "Q3: 下个月想学什么？",
        "白露 | 开叉车。",
    ];
    assert_eq!(said(&source), expected);
    let turns: [&[&str]; 5] = [
        &["时间", "说话人", "内容"],
        &["00:05", "访谈员", "先说说每天最花时间的事？"],
        &["00:12", "白露", "盘点。每天一个小时。"],
        &["00:41", "访谈员", "为什么花时间？"],
        &["00:45", "白露", "货架乱。"],
    ];
    let source = docx(&(word_table(&[&["姓名", "白露"]]) + &word_table(&turns)));
    let expected = [
        "Q1 访谈员: 先说说每天最花时间的事？",
        "白露 | 盘点。每天一个小时。",
        "Q2 访谈员: 为什么花时间？",
        "白露 | 货架乱。",
    ];
    assert_eq!(said(&source), expected);
    let roster = "# 店长访谈\n\n| 编号 | 姓名 | 门店 |\n|---|---|---|\n| S1 | 白露 | 南街店 |\n\n| 时间 | 说话人 | 内容 |\n|---|---|---|\n| 00:05 | 访谈员 | 先说说每天最花时间的事？ |\n| 00:12 | 白露 | 盘点。每天一个小时。 |\n| 00:41 | 访谈员 | 为什么花时间？ |\n| 00:45 | 白露 | 货架乱。 |\n";
    assert_eq!(said(roster.as_bytes()), expected);
    assert_eq!(read("test", roster.as_bytes()).expect("a transcript").0.title, "店长访谈");
}

#[test]
fn an_interview_in_one_cell_keeps_its_first_question() {
    let form: [&[&str]; 2] =
        [&["时间", "2024-03-05"], &["访谈内容", "问：夏天多少度？\n答：三十九。\n问：有补贴吗？\n答：一个月两百。"]];
    let expected = ["Q1: 夏天多少度？", "? | 三十九。", "Q2: 有补贴吗？", "? | 一个月两百。"];
    assert_eq!(said(&docx(&(word_line("访谈记录表") + &word_table(&form)))), expected);
}

#[test]
fn nobody_in_a_survey_asks() {
    let text = "编号,您为什么选这家店？,房间有什么不满意？\nS01,离车站近。,隔壁说话都听得见，你说气人不气人？\nS02,公司订的。,没有。\n";
    let expected = [
        "Q1: 您为什么选这家店？",
        "S01 | 离车站近。",
        "S02 | 公司订的。",
        "Q2: 房间有什么不满意？",
        "S01 | 隔壁说话都听得见，你说气人不气人？",
        "S02 | 没有。",
    ];
    assert_eq!(said(text.as_bytes()), expected);
    let wide = "题目,白露（前台）,严冬（后厨）\n您怎么来上班？,走路。,你说呢？\n您还缺什么？,雨棚。,你们猜？\n";
    let expected = [
        "Q1: 您怎么来上班？",
        "白露（前台） | 走路。",
        "严冬（后厨） | 你说呢？",
        "Q2: 您还缺什么？",
        "白露（前台） | 雨棚。",
        "严冬（后厨） | 你们猜？",
    ];
    assert_eq!(said(wide.as_bytes()), expected);
}

#[test]
fn a_survey_is_told_by_its_columns() {
    let expected = ["Q1: 离职原因是什么", "Q2: 最满意的地方"];
    for head in ["工号,部门", "员工编号,性别", "姓名,入职时间", "受访者,年龄", "参与者编号,职业"]
    {
        let (one, two) = if head.starts_with("姓名") { ("白露,2020", "严冬,2021") } else { ("E-1,34", "E-2,45") };
        let text =
            format!("{head},离职原因是什么,最满意的地方\n{one},路太远。,食堂\n{two},工资低，隔壁多八百。,同事都好\n");
        let found = said(text.as_bytes());
        let asked: Vec<&String> = found.iter().filter(|line| line.starts_with('Q')).collect();
        assert_eq!(asked, expected, "{head}");
        assert_eq!(found.len(), 6, "{found:?}");
        assert!(!found[1].starts_with('?'), "{found:?}");
    }
    let english = "Employee ID,Department,Date,Why did you leave?,Describe a typical day,What frustrates you most\nE-1,Kitchen,2024-01-12,The shouting.,\"I get up, I cook.\",Noise\nE-2,Desk,2024-02-01,School.,\"Keys, mostly.\",Dogs.\n";
    let found = said(english.as_bytes());
    assert_eq!(found.iter().filter(|line| line.starts_with('Q')).count(), 3, "{found:?}");
    assert!(found.contains(&"E-1 | I get up, I cook.".to_owned()), "{found:?}");
    // A spreadsheet's export: a mark, semicolons, a title above, an empty row below.
    let exported = "\u{feff}離職面談彙總;;\r\n工號;您為什麼離開？;對公司有什麼建議\r\nA7;\"路遠；\n雨天更遠。\";修車棚。\r\nA9;想讀書。;沒有了。\r\n;;\r\n";
    let expected = [
        "Q1: 您為什麼離開？",
        "A7 | 路遠；\n雨天更遠。",
        "A9 | 想讀書。",
        "Q2: 對公司有什麼建議",
        "A7 | 修車棚。",
        "A9 | 沒有了。",
    ];
    assert_eq!(said(exported.as_bytes()), expected);
    // Nobody is named: only the part of the house.
    let unnamed = "部门,您为什么离职？,哪里可以做得更好？\n后厨,太吵。,听听我们的。\n前台,考上学校了。,没什么。\n后厨,工资。,涨工资。\n";
    assert_eq!(said(unnamed.as_bytes()).len(), 8);
}

#[test]
fn a_column_of_respondents_names_who_answers() {
    for head in ["受访者", "受访人", "被访者", "Interviewee", "Respondent"] {
        let text =
            format!("{head},问题,回答\n白露,您怎么来？,走路。\n白露,要多久？,十分钟。\n严冬,您怎么来？,地铁。\n");
        assert_eq!(said(text.as_bytes())[1], "白露 | 走路。", "{head}");
    }
    let rows = "开始\t结束\t文本\t说话人ID\n0:00:01\t0:00:04\t您改了多久？\t0\n0:00:04\t0:00:09\t两个礼拜，改了六稿。\t1\n0:00:09\t0:00:10\t为什么改？\t0\n0:00:10\t0:00:15\t学生听睡着了。\t1\n";
    assert_eq!(said(rows.as_bytes())[0], "Q1 0: 您改了多久？");
}

#[test]
fn each_person_of_a_file_of_answers_is_kept() {
    let expected = ["Q1: What did you expect?", "P4 | That it saves.", "Q2: What did you expect?", "P5 | Nothing."];
    for text in [
        r#"{"interviews": [{"participant": "P4", "answers": [{"question": "What did you expect?", "answer": "That it saves."}]}, {"participant": "P5", "answers": [{"question": "What did you expect?", "answer": "Nothing."}]}]}"#,
        r#"[{"id": 1, "participant": "P4", "qa": [{"q": "What did you expect?", "a": "That it saves."}]}, {"id": 2, "participant": "P5", "qa": [{"q": "What did you expect?", "a": "Nothing."}]}]"#,
        r#"[{"name": "P4", "answers": {"What did you expect?": "That it saves."}}, {"name": "P5", "answers": {"What did you expect?": "Nothing."}}]"#,
        r#"[{"name": "P4", "What did you expect?": "That it saves."}, {"name": "P5", "What did you expect?": "Nothing."}]"#,
    ] {
        assert_eq!(said(text.as_bytes()), expected, "{text}");
    }
    let lost =
        r#"[{"name": "P4", "qa": [{"q": "Why?", "a": "It was late."}], "aside": "We had tea first. It rained."}]"#;
    let (_, problems) = read("test", lost.as_bytes()).expect("a transcript");
    assert!(problems.iter().any(|problem| problem.what == ProblemKind::Unread(1)), "{problems:?}");
}

#[test]
fn the_turns_of_each_interview_of_a_file_keep_their_speakers() {
    let text = r#"[{"name": "白露", "transcript": [{"speaker": "访谈员", "text": "您平时怎么来上班？"}, {"speaker": "白露", "text": "走路，二十分钟就到。"}]}, {"name": "严冬", "transcript": [{"speaker": "访谈员", "text": "您平时怎么来上班？"}, {"speaker": "受访者", "text": "坐地铁，要换两次车。"}]}]"#;
    let expected = [
        "Q1 访谈员: 您平时怎么来上班？",
        "白露 | 走路，二十分钟就到。",
        "Q2 访谈员: 您平时怎么来上班？",
        "严冬 | 坐地铁，要换两次车。",
    ];
    assert_eq!(said(text.as_bytes()), expected);
}

#[test]
fn a_letter_answers_numbered_questions() {
    let letter = "Dear Pat,\n\nhappy to. My answers are below.\n\n1. When did the band begin?\n\nIn 1998, in a barn.\n\n2. Who can join?\n\nAnyone. We had a man who could only whistle.\n\n3. What do you play?\n\nNothing. Would you?\n\nBest wishes,\nMaya\n";
    let expected = [
        "Q1: When did the band begin?",
        "? | In 1998, in a barn.",
        "Q2: Who can join?",
        "? | Anyone. We had a man who could only whistle.",
        "Q3: What do you play?",
        "? | Nothing. Would you?",
    ];
    assert_eq!(said(letter.as_bytes()), expected);
    let mail = format!(
        "From: Maya <m@example.org>\nSubject: Re: band\nContent-Type: text/plain; charset=utf-8\n\n{letter}\n--\nMaya Holm | Director\n"
    );
    assert_eq!(said(mail.as_bytes()), expected);
    let chinese = "林老师您好：\n\n回答如下。\n\n1、您什么时候开始种茶？\n1998年，跟我父亲。\n\n2、现在谁在种？\n我和弟弟。你说还有谁？\n\n祝好\n白露\n";
    assert_eq!(
        said(chinese.as_bytes()),
        ["Q1: 您什么时候开始种茶？", "? | 1998年，跟我父亲。", "Q2: 现在谁在种？", "? | 我和弟弟。你说还有谁？"]
    );
}

#[test]
fn a_date_of_posting_is_no_speaker() {
    let names = |text: &str| -> Vec<String> {
        let (transcript, _) = read("test", text.as_bytes()).expect("a transcript");
        transcript.speakers.into_iter().map(|speaker| speaker.name).collect()
    };
    let below = "楼主：第一年做老师什么感受？\n发表于 2023-09-10 20:11\n1楼 粉笔灰：\n累。嗓子哑了三次。\n发表于 2023-09-10 20:15\n2楼 小羊：\n还行。\n发表于 2023-09-10 20:18\n";
    assert_eq!(names(below), ["楼主", "粉笔灰", "小羊"]);
    let above = "楼主\n发表于 2023-09-10 20:11\n第一年做老师什么感受？\n粉笔灰\n发表于 2023-09-10 20:15 | 只看该作者\n累。嗓子哑了三次。\n楼主\n发表于 2023-09-10 20:18\n后来呢？\n";
    assert_eq!(names(above), ["楼主", "粉笔灰"]);
}

#[test]
fn captions_without_speakers_say_so() {
    let text = "0:00\n欢迎来到本期节目\n0:06\n您先打个招呼吧\n0:09\n大家好我是做木工的\n0:15\n几岁开始学的呢\n";
    let (transcript, problems) = read("captions", text.as_bytes()).expect("a transcript");
    assert!(problems.iter().any(|problem| problem.what == ProblemKind::NoSpeakers), "{problems:?}");
    assert_eq!(transcript.title, "captions");
    let prose = "“你怕吗？”记者问。\n“怕。”小杜说，“第一次腿是软的。”\n“后来呢？”\n“后来就习惯了。”小杜笑了笑。\n";
    let (transcript, problems) = read("prose", prose.as_bytes()).expect("a transcript");
    let told = transcript.questions.iter().any(|question| question.label.starts_with('Q'));
    assert!(told || problems.iter().any(|problem| problem.what == ProblemKind::NoSpeakers), "{problems:?}");
}

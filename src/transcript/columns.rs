//! The meaning of columns of a table and fields of JSON, by their names. It knows no rows.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::read_options::Columns;
use crate::text::script::simplified;

const TEXT: &str = "text content transcript utterance message msg body sentence words said speech quote value line caption paragraph elements \
 内容 文本 发言 发言内容 讲话 话语 正文 消息 原文 转写 文字 说的话 台词 对话";
const SPEAKER: &str = "speaker speakername speakerlabel speakerid name who role author from user username sender participant person voice \
 说话人 发言人 讲话人 姓名 名字 角色 发送者 作者 用户 讲者 发言者 人物 昵称";
const TIME: &str = "start starttime startms starttimems begintime beginms time timestamp begin offset from_time startsec startseconds in timecode ts 时间 开始 开始时间 起始时间 时间戳 时间码";
const QUESTION: &str = "question q prompt 问题 问 提问 题目";
const ANSWER: &str = "answer a response reply 回答 答 答案 答复 回复";

/// The positions of what a turn, or a question with its answer, is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) text: Option<usize>,
    pub(super) speaker: Option<usize>,
    pub(super) time: Option<usize>,
    pub(super) question: Option<usize>,
    pub(super) answer: Option<usize>,
}

impl Places {
    /// Finds the meaning of `names`. The choices in `told` take precedence.
    pub(super) fn of(names: &[String], told: &Columns) -> Self {
        // Each name once, however many columns there are.
        let mut places: HashMap<String, usize> = HashMap::new();
        for (at, name) in names.iter().enumerate() {
            places.entry(key(name)).or_insert(at);
        }
        let find = |list: &str, told: Option<&String>| match told {
            // A column is found by its name, or by its place if it has none.
            Some(told) => places
                .get(&key(told))
                .copied()
                .or_else(|| told.trim().parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < names.len())),
            // The first listed name that exists counts: `text` before `value`.
            None => list.split_whitespace().find_map(|listed| places.get(listed).copied()),
        };
        Self {
            text: find(TEXT, told.text.as_ref()),
            speaker: find(SPEAKER, told.speaker.as_ref()),
            time: find(TIME, told.time.as_ref()),
            question: find(QUESTION, None),
            answer: find(ANSWER, None),
        }
    }

    /// Whether its rows can be read.
    pub(super) fn speaks(&self) -> bool {
        self.text.is_some() || self.answer.is_some()
    }

    /// The description for a person, who may decide otherwise.
    pub(super) fn told(&self, names: &[String]) -> Layout {
        let name = |at: Option<usize>| at.and_then(|at| names.get(at)).cloned();
        let paired = self.text.is_none() && self.answer.is_some();
        Layout {
            names: names.to_vec(),
            question: name(self.question).filter(|_| paired),
            text: name(if paired { self.answer } else { self.text }),
            speaker: name(self.speaker),
            time: name(self.time),
        }
    }
}

/// The columns of a table or fields of JSON, and their meaning.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// The names of all columns, in their order.
    pub names: Vec<String>,
    /// The column of the question, if a row is a question and an answer.
    pub question: Option<String>,
    /// The column of the words.
    pub text: Option<String>,
    /// The column of the speaker.
    pub speaker: Option<String>,
    /// The column of the time.
    pub time: Option<String>,
}

impl Layout {
    /// The layout in a sentence.
    pub(super) fn sentence(&self) -> String {
        let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "none".to_owned());
        let asked = self.question.as_ref().map(|asked| format!("question “{asked}”, ")).unwrap_or_default();
        format!(
            "Columns read: {asked}words “{}”, speaker “{}”, time “{}”.",
            name(&self.text),
            name(&self.speaker),
            name(&self.time)
        )
    }
}

/// Whether a column's name says that it holds questions.
pub(super) fn is_question(name: &str) -> bool {
    let key = key(name);
    QUESTION
        .split_whitespace()
        .chain(["questions", "qs", "题", "提纲", "访谈问题", "采访问题", "访谈提纲"])
        .any(|listed| listed == key)
}

/// Whether a column's name says that it holds end times.
pub(super) fn is_end(name: &str) -> bool {
    let key = key(name);
    ["end", "endtime", "endms", "endtimems", "endsec", "endseconds", "out", "to", "stop", "结束", "结束时间"]
        .contains(&key.as_str())
}

/// Whether a column's name says that it holds the names of persons.
pub(super) fn is_name(name: &str) -> bool {
    let key = key(name);
    let name = ["name", "姓名", "名字", "称呼", "昵称"].iter().any(|part| key.contains(part));
    let listed = [
        "interviewee",
        "respondent",
        "participant",
        "受访者",
        "受访人",
        "被访者",
        "访谈对象",
        "speaker",
        "who",
        "person",
    ];
    name && key.chars().count() <= 24 || listed.contains(&key.as_str())
}

pub(super) fn key(name: &str) -> String {
    let folded = simplified(name).to_lowercase();
    folded.chars().filter(|c| !c.is_whitespace() && !"_-.\u{feff}".contains(*c)).collect()
}

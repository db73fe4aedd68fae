//! The words of the page of a transcript.

use crate::i18n::messages::TranscriptWords;

pub(super) static WORDS: TranscriptWords = TranscriptWords {
    skip: "跳到访谈正文",
    skip_to_main: "跳到正文",
    pages: "页面",
    ask: "提问",
    order: "回答的排列",
    by_question: "按问题",
    by_interviewee: "按受访者",
    no_names: "这份来源没有写明受访者是谁，只在每个问题下给回答编号。不同问题下的 A1 不一定是同一个人，所以无法把某个人的回答放在一起。各问题的回答如下：",
    unnamed: "来源中没有写名字",
    untitled: "没有标题的部分",
    find: "在这篇访谈中查找",
    find_button: "查找",
    found: |matches, apart| match (matches, apart) {
        (0, _) => "这篇访谈中没有找到".into(),
        (n, false) => format!("{n} 处"),
        (n, true) => format!("没有连在一起的，分开的词共 {n} 处"),
    },
    previous: "上一处",
    next: "下一处",
    clear: "清除",
    go_to_place: "看这一处",
    outside: "不在问答之中",
    aside: "另列：不是谁的话，不会被引用",
    time: "录音中的时间",
    play: "播放",
    play_all: "播放录音",
    player: "录音",
    close_player: "关闭播放器",
    may_ask: "（可能是提问的人）",
    self_test: "自测：用它自己的问题，能找到它的回答吗？",
    measured: ["自己的回答排在", "比例", "95% 区间"],
    hits: ["第一", "前三", "前十"],
};

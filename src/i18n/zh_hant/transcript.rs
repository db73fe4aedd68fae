//! The words of the page of a transcript.

use crate::i18n::messages::TranscriptWords;

pub(super) static WORDS: TranscriptWords = TranscriptWords {
    skip: "跳到訪談正文",
    skip_to_main: "跳到正文",
    pages: "頁面",
    ask: "提問",
    order: "回答的排列",
    by_question: "按問題",
    by_interviewee: "按受訪者",
    no_names: "這份來源沒有寫明受訪者是誰，只在每個問題下給回答編號。不同問題下的 A1 不一定是同一個人，所以無法把某個人的回答放在一起。各問題的回答如下：",
    unnamed: "來源中沒有寫名字",
    untitled: "沒有標題的部分",
    find: "在這篇訪談中尋找",
    find_button: "尋找",
    found: |matches, apart| match (matches, apart) {
        (0, _) => "這篇訪談中沒有找到".into(),
        (n, false) => format!("{n} 處"),
        (n, true) => format!("沒有連在一起的，分開的詞共 {n} 處"),
    },
    previous: "上一處",
    next: "下一處",
    clear: "清除",
    go_to_place: "看這一處",
    outside: "不在問答之中",
    aside: "另列：不是誰的話，不會被引用",
    time: "錄音中的時間",
    play: "播放",
    play_all: "播放錄音",
    player: "錄音",
    close_player: "關閉播放器",
    may_ask: "（可能是提問的人）",
    self_test: "自測：用它自己的問題，能找到它的回答嗎？",
    measured: ["自己的回答排在", "比例", "95% 區間"],
    hits: ["第一", "前三", "前十"],
};

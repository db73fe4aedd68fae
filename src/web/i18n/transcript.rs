//! The words of the page of a transcript, in each language.

/// The words of one language.
#[derive(Debug)]
pub(crate) struct TranscriptWords {
    pub(crate) skip: &'static str,
    /// The skip link of pages that are neither the chat nor a transcript.
    pub(crate) skip_to_main: &'static str,
    /// The name of the bar's links.
    pub(crate) pages: &'static str,
    pub(crate) ask: &'static str,

    // The order of the answers.
    pub(crate) order: &'static str,
    pub(crate) by_question: &'static str,
    pub(crate) by_interviewee: &'static str,
    pub(crate) no_names: &'static str,
    pub(crate) unnamed: &'static str,
    /// The heading of a part that has none.
    pub(crate) untitled: &'static str,

    // Finding words.
    pub(crate) find: &'static str,
    pub(crate) find_button: &'static str,
    pub(crate) found: fn(matches: usize, apart: bool) -> String,
    pub(crate) previous: &'static str,
    pub(crate) next: &'static str,
    pub(crate) clear: &'static str,

    pub(crate) go_to_place: &'static str,
    pub(crate) outside: &'static str,
    pub(crate) aside: &'static str,
    pub(crate) time: &'static str,
    /// Playing the recording: the link of a quote, that of the whole, the player, and to close it.
    pub(crate) play: &'static str,
    pub(crate) play_all: &'static str,
    pub(crate) player: &'static str,
    pub(crate) close_player: &'static str,
    /// The note after a speaker who may be the interviewer.
    pub(crate) may_ask: &'static str,

    // The self-test.
    pub(crate) self_test: &'static str,
    pub(crate) measured: [&'static str; 3],
    pub(crate) hits: [&'static str; 3],
}

pub(super) static EN: TranscriptWords = TranscriptWords {
    skip: "Skip to the interview",
    skip_to_main: "Skip to the content",
    pages: "Pages",
    ask: "Ask",
    order: "Order of the answers",
    by_question: "By question",
    by_interviewee: "By interviewee",
    no_names: "This source names no interviewees. It numbers the answers to each question, and A1 to one question and A1 to another need not be the same person. So answers cannot be grouped by person. These are the answers to each question:",
    unnamed: "Not named in the source",
    untitled: "Part without a heading",
    find: "Find in this interview",
    find_button: "Find",
    found: |matches, apart| match (matches, apart) {
        (0, _) => "Not found in this interview".into(),
        (n, false) => {
            if n == 1 {
                "1 place".into()
            } else {
                format!("{n} places")
            }
        }
        (n, true) => format!("Nowhere together; {n} × one of the words"),
    },
    previous: "Previous place",
    next: "Next place",
    clear: "Clear",
    go_to_place: "Show the place",
    outside: "not among the questions and answers",
    aside: "set apart: not speech, never quoted",
    time: "time in the recording",
    play: "Play",
    play_all: "Play the recording",
    player: "Recording",
    close_player: "Close the player",
    may_ask: "(may be the interviewer)",
    self_test: "Self-test: do its own questions find its answers?",
    measured: ["An own answer comes", "how often", "95 % interval"],
    hits: ["first", "among the first three", "among the first ten"],
};

pub(super) static ZH_HANS: TranscriptWords = TranscriptWords {
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

pub(super) static ZH_HANT: TranscriptWords = TranscriptWords {
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

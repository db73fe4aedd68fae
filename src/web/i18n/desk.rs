//! The words for conversations that a browser keeps, for keys, and for the first minute, in each
//! language.

/// The words of one language.
#[derive(Debug)]
pub(crate) struct DeskWords {
    // Conversations.
    pub(crate) new_chat: &'static str,
    pub(crate) chats: &'static str,
    pub(crate) chats_note: &'static str,
    pub(crate) keep: &'static str,
    pub(crate) no_chats: &'static str,
    pub(crate) questions: &'static str,
    pub(crate) rename: &'static str,
    pub(crate) name: &'static str,
    pub(crate) save: &'static str,
    pub(crate) delete: &'static str,
    pub(crate) deleted: &'static str,
    pub(crate) undo: &'static str,
    pub(crate) delete_all: &'static str,
    pub(crate) really_all: &'static str,
    pub(crate) close: &'static str,
    /// The link of an earlier turn, whose reply is not on the page.
    pub(crate) show_reply: &'static str,
    pub(crate) full: &'static str,

    // Keys.
    pub(crate) shortcuts: &'static str,
    pub(crate) single_keys: &'static str,
    pub(crate) keys: [(&'static str, &'static str); 10],

    // After a reply.
    pub(crate) did_you_mean: &'static str,
    pub(crate) ask_next: &'static str,

    // The first minute.
    pub(crate) sample: &'static str,
    pub(crate) drop_own: &'static str,
    pub(crate) overview: &'static str,
    pub(crate) who: &'static str,
    pub(crate) when: &'static str,
    pub(crate) how_much: &'static str,
    pub(crate) about: &'static str,
    pub(crate) unnamed: &'static str,
    pub(crate) and_others: fn(usize) -> String,
    pub(crate) characters: fn(usize) -> String,
    pub(crate) english_words: fn(usize) -> String,
    pub(crate) minutes: fn(u64) -> String,
    pub(crate) phrase: fn(words: &str, answers: usize) -> String,
    pub(crate) formats: &'static str,
    /// Kinds of files, in the order of [`super::super::view::formats`].
    pub(crate) kinds: [&'static str; 6],
}

fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}

pub(super) static EN: DeskWords = DeskWords {
    new_chat: "New chat",
    chats: "Chats",
    chats_note: "Only your questions are kept, and only in this browser. The quotes come from the sources each time.",
    keep: "Keep chats in this browser",
    no_chats: "No chats are kept yet.",
    questions: "questions",
    rename: "Rename",
    name: "Name of this chat",
    save: "Save",
    delete: "Delete",
    deleted: "Deleted.",
    undo: "Undo",
    delete_all: "Delete all",
    really_all: "Really delete all chats",
    close: "Close",
    show_reply: "Show the reply",
    full: "This chat is full. Your next question begins a new one.",
    shortcuts: "Keyboard shortcuts",
    single_keys: "Use shortcuts of a single key",
    keys: [
        ("/", "Go to the question box"),
        ("Enter", "Ask"),
        ("Shift+Enter", "Begin a new line"),
        ("↑ ↓", "In the empty box: earlier questions"),
        ("J K", "Next and previous quote"),
        ("1 – 9", "Quote of this number"),
        ("N", "New chat"),
        ("C", "Chats"),
        ("Esc", "Stop a question; close what is open"),
        ("?", "These shortcuts"),
    ],
    did_you_mean: "Did you mean:",
    ask_next: "Also asked in the interviews",
    sample: "This is a sample interview.",
    drop_own: "Drop your own here",
    overview: "What there is",
    who: "Who",
    when: "When",
    how_much: "How much",
    about: "In their own words",
    unnamed: "interviewees without names",
    and_others: |n| format!("and {n} more"),
    characters: |n| format!("{} characters", thousands(n)),
    english_words: |n| format!("{} words", thousands(n)),
    minutes: |n| if n == 1 { "1 minute".into() } else { format!("{n} minutes") },
    phrase: |words, answers| match answers {
        1 => format!("“{words}” 1 answer: read in context"),
        n => format!("“{words}” {n} answers: read one in context"),
    },
    formats: "What can be read",
    kinds: ["Text", "Documents", "Subtitles", "Tables and data", "Web pages, chats and mail", "Annotated transcripts"],
};

pub(super) static ZH_HANS: DeskWords = DeskWords {
    new_chat: "新对话",
    chats: "对话记录",
    chats_note: "只保存您的问题，而且只保存在这个浏览器里；引文每次都从来源重新读取。",
    keep: "在这个浏览器里保存对话",
    no_chats: "还没有保存的对话。",
    questions: "个问题",
    rename: "重命名",
    name: "对话的名称",
    save: "保存",
    delete: "删除",
    deleted: "已删除。",
    undo: "撤销",
    delete_all: "全部删除",
    really_all: "确定删除全部对话",
    close: "关闭",
    show_reply: "显示答复",
    full: "这个对话已满，您的下一个问题会开始新的对话。",
    shortcuts: "键盘快捷键",
    single_keys: "使用单键快捷键",
    keys: [
        ("/", "回到输入框"),
        ("Enter", "提问"),
        ("Shift+Enter", "换行"),
        ("↑ ↓", "输入框为空时：之前问过的问题"),
        ("J K", "下一条、上一条引文"),
        ("1 – 9", "跳到这个编号的引文"),
        ("N", "新对话"),
        ("C", "对话记录"),
        ("Esc", "停止提问；关闭打开的部分"),
        ("?", "显示这些快捷键"),
    ],
    did_you_mean: "您是不是想找：",
    ask_next: "访谈里还问过",
    sample: "这是一份示例访谈。",
    drop_own: "把您自己的访谈拖放到这里",
    overview: "这里有什么",
    who: "谁",
    when: "时间",
    how_much: "篇幅",
    about: "他们的原话",
    unnamed: "受访者未具名",
    and_others: |n| format!("等另外 {n} 人"),
    characters: |n| format!("{} 字", thousands(n)),
    english_words: |n| format!("{} 个英文词", thousands(n)),
    minutes: |n| format!("{n} 分钟"),
    phrase: |words, answers| format!("“{words}”，{answers} 个回答说到：在原文中查看"),
    formats: "可以读取的文件",
    kinds: ["文本", "文档", "字幕", "表格和数据", "网页、聊天和邮件", "带标注的转写"],
};

pub(super) static ZH_HANT: DeskWords = DeskWords {
    new_chat: "新對話",
    chats: "對話紀錄",
    chats_note: "只儲存您的問題，而且只存在這個瀏覽器裡；引文每次都從來源重新讀取。",
    keep: "在這個瀏覽器裡儲存對話",
    no_chats: "還沒有儲存的對話。",
    questions: "個問題",
    rename: "重新命名",
    name: "對話的名稱",
    save: "儲存",
    delete: "刪除",
    deleted: "已刪除。",
    undo: "復原",
    delete_all: "全部刪除",
    really_all: "確定刪除全部對話",
    close: "關閉",
    show_reply: "顯示答覆",
    full: "這個對話已滿，您的下一個問題會開始新的對話。",
    shortcuts: "鍵盤快速鍵",
    single_keys: "使用單鍵快速鍵",
    keys: [
        ("/", "回到輸入框"),
        ("Enter", "提問"),
        ("Shift+Enter", "換行"),
        ("↑ ↓", "輸入框為空時：之前問過的問題"),
        ("J K", "下一則、上一則引文"),
        ("1 – 9", "跳到這個編號的引文"),
        ("N", "新對話"),
        ("C", "對話紀錄"),
        ("Esc", "停止提問；關閉開啟的部分"),
        ("?", "顯示這些快速鍵"),
    ],
    did_you_mean: "您是不是想找：",
    ask_next: "訪談裡還問過",
    sample: "這是一份範例訪談。",
    drop_own: "把您自己的訪談拖放到這裡",
    overview: "這裡有什麼",
    who: "誰",
    when: "時間",
    how_much: "篇幅",
    about: "他們的原話",
    unnamed: "受訪者未具名",
    and_others: |n| format!("等另外 {n} 人"),
    characters: |n| format!("{} 字", thousands(n)),
    english_words: |n| format!("{} 個英文詞", thousands(n)),
    minutes: |n| format!("{n} 分鐘"),
    phrase: |words, answers| format!("「{words}」，{answers} 個回答說到：在原文中查看"),
    formats: "可以讀取的檔案",
    kinds: ["文字", "文件", "字幕", "表格和資料", "網頁、聊天和郵件", "帶標註的轉寫"],
};

#[cfg(test)]
mod tests {
    #[test]
    fn large_numbers_are_written_in_groups() {
        for (n, written) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(super::thousands(n), written);
        }
    }
}

//! The words of the library page, in each language.

use crate::library::Reason;
use crate::transcript::Problem;

/// The words of one language.
#[derive(Debug)]
pub(crate) struct LibraryWords {
    pub(crate) link: &'static str,
    pub(crate) title: &'static str,
    pub(crate) safe: &'static str,
    /// The note why nothing can be changed. The reason is in English.
    pub(crate) closed: fn(why: &str) -> String,
    pub(crate) empty: &'static str,

    // Adding.
    pub(crate) add: &'static str,
    pub(crate) choose: &'static str,
    pub(crate) working: fn(done: usize, total: usize, left_s: Option<u64>) -> String,
    pub(crate) storing: &'static str,
    pub(crate) cancel: &'static str,
    pub(crate) added_last: &'static str,
    pub(crate) not_added: &'static str,
    /// The separator between a name and the note about it.
    pub(crate) colon: &'static str,
    pub(crate) alike: fn(title: &str, percent: u8) -> String,

    // A transcript.
    pub(crate) passages: fn(usize) -> String,
    pub(crate) language: fn(&str) -> &'static str,
    pub(crate) not_ready: &'static str,
    pub(crate) problems: fn(usize) -> String,
    pub(crate) speakers: &'static str,
    pub(crate) answers: fn(usize) -> String,
    pub(crate) pseudonym: &'static str,
    pub(crate) in_words: fn(usize) -> String,
    pub(crate) withdrawn: fn(usize) -> String,
    pub(crate) withdrawn_answer: &'static str,
    pub(crate) unread: &'static str,
    /// The reason why a file is not read, or was not added.
    pub(crate) why: fn(&Reason) -> String,
    /// A problem of a transcript.
    pub(crate) problem: fn(&Problem) -> String,
    pub(crate) self_test: &'static str,
    pub(crate) self_tested: fn(questions: usize, percent: [u8; 3]) -> String,
    pub(crate) self_test_note: &'static str,
    pub(crate) self_test_none: &'static str,

    // Changing it.
    pub(crate) change: &'static str,
    pub(crate) save: &'static str,
    pub(crate) rename: &'static str,
    pub(crate) interviewer: &'static str,
    pub(crate) asking: fn(&str) -> String,
    /// The question of who asks, for an undecided transcript, and the answer "nobody".
    pub(crate) who_asks: &'static str,
    pub(crate) nobody_asks: &'static str,
    pub(crate) columns: &'static str,
    /// The names of the columns: words, speaker, time.
    pub(crate) column: [&'static str; 3],
    pub(crate) guessed: &'static str,
    pub(crate) show_as: fn(&str) -> String,
    /// The heading of what is known of a speaker, and the names of the fields: attribute, value, an example.
    pub(crate) known_of: fn(&str) -> String,
    pub(crate) attribute: [&'static str; 3],
    pub(crate) recording: &'static str,
    /// The recording with the transcript's own name.
    pub(crate) own_recording: &'static str,
    pub(crate) add_recording: &'static str,
    pub(crate) merge: &'static str,
    pub(crate) into: &'static str,
    pub(crate) withdraw: &'static str,
    pub(crate) everything: &'static str,
    pub(crate) sure: &'static str,
    pub(crate) receipt: &'static str,
    pub(crate) removed: fn(answers: usize, passages: usize) -> String,
    pub(crate) deleted: &'static str,
    pub(crate) kept: fn(&str) -> String,
    pub(crate) back: &'static str,
    /// Other places where the same words are held back.
    pub(crate) elsewhere: fn(&str) -> String,

    // Files with withdrawn words.
    pub(crate) held: fn(days: &str) -> String,
    pub(crate) looked: &'static str,
    pub(crate) allow: &'static str,
}

fn seconds(left_s: u64) -> (u64, u64) {
    (left_s / 60, left_s % 60)
}

pub(super) static EN: LibraryWords = LibraryWords {
    link: "Add and look after interviews",
    title: "Interviews",
    safe: "The files stay as they are. They never leave this computer.",
    closed: |why| format!("Nothing can be changed here: {why}."),
    empty: "There are no interviews yet. Add some, and ask.",
    add: "Add interviews",
    choose: "Choose files, or drop them anywhere on this page",
    working: |done, total, left_s| match left_s.map(seconds) {
        None => format!("Preparing {done} of {total} passages"),
        Some((0, s)) => format!("Preparing {done} of {total} passages, about {s} s left"),
        Some((min, s)) => format!("Preparing {done} of {total} passages, about {min} min {s} s left"),
    },
    storing: "Reading the files …",
    cancel: "Cancel",
    added_last: "Added last",
    not_added: "not added",
    colon: ": ",
    alike: |title, percent| format!("Nearly the same as “{title}”: {percent} %"),
    passages: |n| if n == 1 { "1 passage".into() } else { format!("{n} passages") },
    language: |lang| if lang == "zh" { "Chinese" } else { "English" },
    not_ready: "not searched yet",
    problems: |n| if n == 1 { "1 problem".into() } else { format!("{n} problems") },
    speakers: "Interviewees",
    answers: |n| if n == 1 { "1 answer".into() } else { format!("{n} answers") },
    pseudonym: "pseudonym",
    in_words: |n| {
        format!("Their own name also occurs {n} × in spoken words. It stays there, because quotes are never altered.")
    },
    withdrawn: |n| if n == 1 { "1 answer withdrawn".into() } else { format!("{n} answers withdrawn") },
    withdrawn_answer: "withdrawn",
    unread: "Not read",
    why: super::unread::en,
    problem: super::problems::en,
    self_test: "Self-test",
    self_tested: |questions, [first, three, ten]| {
        format!(
            "{questions} of its own questions were asked. An own answer came first for {first} %, among the first three for {three} %, among the first ten for {ten} %."
        )
    },
    self_test_note: "This searches only the answers, never the questions themselves.",
    self_test_none: "None of its questions says enough to be asked.",
    change: "Change or withdraw",
    save: "Save",
    rename: "Title",
    interviewer: "Who asks (separate names with commas; leave it empty to let the program decide)",
    who_asks: "Who asks here?",
    nobody_asks: "Nobody",
    asking: |who| format!("{who} asks"),
    columns: "Columns",
    column: ["words", "speaker", "time"],
    guessed: "guessed",
    show_as: |who| format!("Show {who} as"),
    known_of: |who| format!("What you know of {who}"),
    attribute: ["Attribute", "Value", "role, age group, region, alias …"],
    recording: "Recording",
    own_recording: "the one with the same name",
    add_recording: "Put a recording beside it",
    merge: "is another spelling of",
    into: "Merge",
    withdraw: "Withdraw",
    everything: "the whole interview",
    sure: "This cannot be undone",
    receipt: "Receipt",
    removed: |answers, passages| {
        let plural = |n: usize, what: &str| if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") };
        let (answers, passages) = (plural(answers, "answer"), plural(passages, "passage"));
        format!("Gone from results, pages, index, cache and exports: {answers}, {passages}.")
    },
    deleted: "The file was deleted from the library. Delete copies elsewhere yourself.",
    kept: |file| format!("The file {file} was not changed and still holds the words. Delete it yourself."),
    back: "Back to the interviews",
    elsewhere: |names| format!("The same words are held back in {names}."),
    held: |days| format!("It holds words that were withdrawn on {days}. They are held back."),
    looked: "I looked at it: nobody withdrew these words",
    allow: "Read it whole",
};

pub(super) static ZH_HANS: LibraryWords = LibraryWords {
    link: "添加和管理访谈",
    title: "访谈",
    safe: "文件保持原样，也不会离开这台电脑。",
    closed: |_| {
        "这里什么都不能改：只打开了一个文件，或另一个 yuanhua 正打开着它，或没有写入的权限。要能改，请用 --data 打开一个可以写入的文件夹。".into()
    },
    empty: "还没有访谈。添加几份，就可以提问了。",
    add: "添加访谈",
    choose: "选择文件，或拖放到页面任意处",
    working: |done, total, left_s| match left_s.map(seconds) {
        None => format!("正在准备：{total} 个段落已完成 {done} 个"),
        Some((0, s)) => format!("正在准备：{total} 个段落已完成 {done} 个，约剩 {s} 秒"),
        Some((min, s)) => format!("正在准备：{total} 个段落已完成 {done} 个，约剩 {min} 分 {s} 秒"),
    },
    storing: "正在读取文件……",
    cancel: "取消",
    added_last: "刚才添加的",
    not_added: "未添加",
    colon: "：",
    alike: |title, percent| format!("与《{title}》几乎相同：{percent}%"),
    passages: |n| format!("{n} 个段落"),
    language: |lang| if lang == "zh" { "中文" } else { "英文" },
    not_ready: "还不能检索",
    problems: |n| format!("{n} 处疑问"),
    speakers: "受访者",
    answers: |n| format!("{n} 个回答"),
    pseudonym: "化名",
    in_words: |n| format!("本名在谈话中还出现 {n} 次，会照原样保留：引文一字不改。"),
    withdrawn: |n| format!("已撤回 {n} 个回答"),
    withdrawn_answer: "已撤回",
    unread: "未读取",
    why: super::unread::zh_hans,
    problem: super::problems::zh_hans,
    self_test: "自测",
    self_tested: |questions, [first, three, ten]| {
        format!("用访谈自己的 {questions} 个问题提问：{first}% 的首条就是其回答，{three}% 在前三条，{ten}% 在前十条。")
    },
    self_test_note: "只在说过的话里找，不借助问题本身的文字。",
    self_test_none: "没有一个问题包含足够的内容可以提问。",
    change: "修改或撤回",
    save: "保存",
    rename: "标题",
    interviewer: "谁是提问的人（几个名字用逗号隔开；留空则自动判断）",
    who_asks: "这里谁在提问？",
    nobody_asks: "没有人提问",
    asking: |who| format!("提问：{who}"),
    columns: "各列的内容",
    column: ["发言", "说话人", "时间"],
    guessed: "自动判断",
    show_as: |who| format!("把 {who} 显示为"),
    known_of: |who| format!("您对 {who} 的了解"),
    attribute: ["属性", "取值", "角色、年龄段、地区、别名……"],
    recording: "录音",
    own_recording: "同名的录音",
    add_recording: "把录音放在旁边",
    merge: "是另一种写法，应为",
    into: "合并",
    withdraw: "撤回",
    everything: "整份访谈",
    sure: "撤回后无法恢复",
    receipt: "回执",
    removed: |answers, passages| {
        format!("{answers} 个回答已从结果、页面和导出中移除，{passages} 个段落已从索引和缓存中移除。")
    },
    deleted: "文件已从资料库中删除。别处的副本请您自行删除。",
    kept: |file| format!("文件 {file} 没有改动，其中仍有这些话；是否删除由您决定。"),
    back: "返回访谈列表",
    elsewhere: |names| format!("同样的话在这些访谈里也不再显示：{names}。"),
    held: |days| format!("其中有 {days} 撤回的话，已不再显示。"),
    looked: "我看过了：这些话没有人撤回",
    allow: "全部读取",
};

pub(super) static ZH_HANT: LibraryWords = LibraryWords {
    link: "加入和管理訪談",
    title: "訪談",
    safe: "檔案保持原樣，也不會離開這台電腦。",
    closed: |_| {
        "這裡什麼都不能改：只開啟了一個檔案，或另一個 yuanhua 正開啟著它，或沒有寫入的權限。要能改，請用 --data 開啟一個可以寫入的資料夾。".into()
    },
    empty: "還沒有訪談。加入幾份，就可以提問了。",
    add: "加入訪談",
    choose: "選擇檔案，或拖放到頁面任意處",
    working: |done, total, left_s| match left_s.map(seconds) {
        None => format!("正在準備：{total} 個段落已完成 {done} 個"),
        Some((0, s)) => format!("正在準備：{total} 個段落已完成 {done} 個，約剩 {s} 秒"),
        Some((min, s)) => format!("正在準備：{total} 個段落已完成 {done} 個，約剩 {min} 分 {s} 秒"),
    },
    storing: "正在讀取檔案……",
    cancel: "取消",
    added_last: "剛才加入的",
    not_added: "未加入",
    colon: "：",
    alike: |title, percent| format!("與《{title}》幾乎相同：{percent}%"),
    passages: |n| format!("{n} 個段落"),
    language: |lang| if lang == "zh" { "中文" } else { "英文" },
    not_ready: "還不能檢索",
    problems: |n| format!("{n} 處疑問"),
    speakers: "受訪者",
    answers: |n| format!("{n} 個回答"),
    pseudonym: "化名",
    in_words: |n| format!("本名在談話中還出現 {n} 次，會照原樣保留：引文一字不改。"),
    withdrawn: |n| format!("已撤回 {n} 個回答"),
    withdrawn_answer: "已撤回",
    unread: "未讀取",
    why: super::unread::zh_hant,
    problem: super::problems::zh_hant,
    self_test: "自測",
    self_tested: |questions, [first, three, ten]| {
        format!("用訪談自己的 {questions} 個問題提問：{first}% 的首條就是其回答，{three}% 在前三條，{ten}% 在前十條。")
    },
    self_test_note: "只在說過的話裡找，不借助問題本身的文字。",
    self_test_none: "沒有一個問題包含足夠的內容可以提問。",
    change: "修改或撤回",
    save: "儲存",
    rename: "標題",
    interviewer: "誰是提問的人（幾個名字用逗號隔開；留空則自動判斷）",
    who_asks: "這裡誰在提問？",
    nobody_asks: "沒有人提問",
    asking: |who| format!("提問：{who}"),
    columns: "各欄的內容",
    column: ["發言", "說話人", "時間"],
    guessed: "自動判斷",
    show_as: |who| format!("把 {who} 顯示為"),
    known_of: |who| format!("您對 {who} 的了解"),
    attribute: ["屬性", "取值", "角色、年齡層、地區、別名……"],
    recording: "錄音",
    own_recording: "同名的錄音",
    add_recording: "把錄音放在旁邊",
    merge: "是另一種寫法，應為",
    into: "合併",
    withdraw: "撤回",
    everything: "整份訪談",
    sure: "撤回後無法恢復",
    receipt: "回條",
    removed: |answers, passages| {
        format!("{answers} 個回答已從結果、頁面和匯出中移除，{passages} 個段落已從索引和快取中移除。")
    },
    deleted: "檔案已從資料庫中刪除。別處的副本請您自行刪除。",
    kept: |file| format!("檔案 {file} 沒有改動，其中仍有這些話；是否刪除由您決定。"),
    back: "返回訪談列表",
    elsewhere: |names| format!("同樣的話在這些訪談裡也不再顯示：{names}。"),
    held: |days| format!("其中有 {days} 撤回的話，已不再顯示。"),
    looked: "我看過了：這些話沒有人撤回",
    allow: "全部讀取",
};

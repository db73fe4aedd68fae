//! The words of the library page.

use crate::config::flags::DATA;
use crate::i18n::messages::LibraryWords;
use crate::i18n::numbers::minutes_and_seconds;

pub(super) static WORDS: LibraryWords = LibraryWords {
    link: "加入和管理訪談",
    title: "訪談",
    safe: "檔案保持原樣，也不會離開這台電腦。",
    closed: |_| {
        format!(
            "這裡什麼都不能改：只開啟了一個檔案，或另一個 yuanhua 正開啟著它，或沒有寫入的權限。要能改，請用 --{DATA} 開啟一個可以寫入的資料夾。"
        )
    },
    empty: "還沒有訪談。加入幾份，就可以提問了。",
    add: "加入訪談",
    choose: "選擇檔案，或拖放到頁面任意處",
    working: |done, total, left_s| match left_s.map(minutes_and_seconds) {
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

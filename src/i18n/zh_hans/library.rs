//! The words of the library page.

use crate::config::flags::DATA;
use crate::i18n::messages::LibraryWords;
use crate::i18n::numbers::minutes_and_seconds;

pub(super) static WORDS: LibraryWords = LibraryWords {
    link: "添加和管理访谈",
    title: "访谈",
    safe: "文件保持原样，也不会离开这台电脑。",
    closed: |_| {
        format!(
            "这里什么都不能改：只打开了一个文件，或另一个 yuanhua 正打开着它，或没有写入的权限。要能改，请用 --{DATA} 打开一个可以写入的文件夹。"
        )
    },
    empty: "还没有访谈。添加几份，就可以提问了。",
    add: "添加访谈",
    choose: "选择文件，或拖放到页面任意处",
    working: |done, total, left_s| match left_s.map(minutes_and_seconds) {
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

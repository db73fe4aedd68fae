//! The words of the pages of tags and of quote cards, in each language.

use crate::error::TagError;
use crate::library::TagColour;

/// The words of one language.
#[derive(Debug)]
pub(crate) struct TagWords {
    pub(crate) title: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) none: &'static str,
    /// On a quote, and on the button beside selected words.
    pub(crate) tag: &'static str,
    /// Beside the tags of an answer, for screen readers.
    pub(crate) tagged: &'static str,
    pub(crate) quotes: fn(usize) -> String,
    /// Quotes with a note and no tag.
    pub(crate) untagged: &'static str,
    pub(crate) by_person: &'static str,
    pub(crate) unnamed: &'static str,
    pub(crate) cell: fn(tag: &str, who: &str, quotes: usize) -> String,
    pub(crate) only: fn(who: &str) -> String,
    pub(crate) all: &'static str,
    pub(crate) more: &'static str,
    pub(crate) unknown: &'static str,
    pub(crate) export: &'static str,

    // One quote.
    pub(crate) edit: &'static str,
    pub(crate) new: &'static str,
    pub(crate) note: &'static str,
    pub(crate) save: &'static str,
    pub(crate) remove: &'static str,
    pub(crate) closed: &'static str,

    // One tag.
    pub(crate) change: &'static str,
    pub(crate) name: &'static str,
    pub(crate) colour: &'static str,
    pub(crate) colours: fn(TagColour) -> &'static str,
    pub(crate) delete: fn(&str) -> String,
    pub(crate) delete_note: &'static str,

    /// Tag, note, quote, interviewee, question, answer, interview, permalink, day.
    pub(crate) columns: [&'static str; 9],

    // Quote cards.
    pub(crate) card: &'static str,
    pub(crate) no_card: &'static str,
}

pub(super) static EN: TagWords = TagWords {
    title: "Tags",
    intro: "Your tags on quotes, and your notes. Only addresses of quotes are kept with them, no words of anybody. \
            What is withdrawn loses its tags.",
    none: "Nothing is tagged yet. Press “Tag” on a quote, or select words in an interview.",
    tag: "Tag",
    tagged: "Tags:",
    quotes: |n| if n == 1 { "1 quote".into() } else { format!("{n} quotes") },
    untagged: "Only a note",
    by_person: "Tags by interviewee",
    unnamed: "Not named",
    cell: |tag, who, quotes| format!("{tag}, {who}: {quotes}"),
    only: |who| format!("Only {who}"),
    all: "All quotes with this tag",
    more: "More",
    unknown: "There is no such tag.",
    export: "Save as",
    edit: "Tags and note of this quote",
    new: "New tag",
    note: "Note, in your own words",
    save: "Save",
    remove: "Remove tags and note",
    closed: "This library cannot be changed, so nothing can be tagged.",
    change: "Change this tag",
    name: "Name",
    colour: "Colour",
    colours: |colour| match colour {
        TagColour::Red => "red",
        TagColour::Orange => "orange",
        TagColour::Yellow => "yellow",
        TagColour::Green => "green",
        TagColour::Teal => "teal",
        TagColour::Blue => "blue",
        TagColour::Purple => "purple",
        TagColour::Grey => "grey",
    },
    delete: |tag| format!("Delete the tag “{tag}”"),
    delete_note: "Its quotes keep their other tags and their notes.",
    columns: ["Tag", "Note", "Quote", "Interviewee", "Question", "Answer", "Interview", "Permalink", "Day"],
    card: "Card",
    no_card: "These words are too long for a card.",
};

pub(super) static ZH_HANS: TagWords = TagWords {
    title: "标签",
    intro: "您给引文加的标签和您的笔记。随它们保存的只有引文的链接，没有任何人的话。撤回的话会失去标签。",
    none: "还没有加过标签。请点引文上的“标签”，或在访谈里选中一些字。",
    tag: "标签",
    tagged: "标签：",
    quotes: |n| format!("{n} 段引文"),
    untagged: "只有笔记",
    by_person: "标签与受访者",
    unnamed: "没有写名字",
    cell: |tag, who, quotes| format!("{tag}，{who}：{quotes}"),
    only: |who| format!("只看 {who}"),
    all: "这个标签的全部引文",
    more: "更多",
    unknown: "没有这个标签。",
    export: "存为",
    edit: "这段引文的标签和笔记",
    new: "新标签",
    note: "笔记（用您自己的话）",
    save: "保存",
    remove: "去掉标签和笔记",
    closed: "这个资料库不能更改，因此不能加标签。",
    change: "修改这个标签",
    name: "名称",
    colour: "颜色",
    colours: |colour| match colour {
        TagColour::Red => "红",
        TagColour::Orange => "橙",
        TagColour::Yellow => "黄",
        TagColour::Green => "绿",
        TagColour::Teal => "青",
        TagColour::Blue => "蓝",
        TagColour::Purple => "紫",
        TagColour::Grey => "灰",
    },
    delete: |tag| format!("删除标签“{tag}”"),
    delete_note: "有这个标签的引文会保留其他标签和笔记。",
    columns: ["标签", "笔记", "原话", "受访者", "问题", "回答", "访谈", "固定链接", "日期"],
    card: "图片",
    no_card: "这段话太长，做不成图片。",
};

pub(super) static ZH_HANT: TagWords = TagWords {
    title: "標籤",
    intro: "您給引文加的標籤和您的筆記。隨它們保存的只有引文的連結，沒有任何人的話。撤回的話會失去標籤。",
    none: "還沒有加過標籤。請點引文上的「標籤」，或在訪談裡選中一些字。",
    tag: "標籤",
    tagged: "標籤：",
    quotes: |n| format!("{n} 段引文"),
    untagged: "只有筆記",
    by_person: "標籤與受訪者",
    unnamed: "沒有寫名字",
    cell: |tag, who, quotes| format!("{tag}，{who}：{quotes}"),
    only: |who| format!("只看 {who}"),
    all: "這個標籤的全部引文",
    more: "更多",
    unknown: "沒有這個標籤。",
    export: "存為",
    edit: "這段引文的標籤和筆記",
    new: "新標籤",
    note: "筆記（用您自己的話）",
    save: "儲存",
    remove: "去掉標籤和筆記",
    closed: "這個資料庫不能更改，因此不能加標籤。",
    change: "修改這個標籤",
    name: "名稱",
    colour: "顏色",
    colours: |colour| match colour {
        TagColour::Red => "紅",
        TagColour::Orange => "橙",
        TagColour::Yellow => "黃",
        TagColour::Green => "綠",
        TagColour::Teal => "青",
        TagColour::Blue => "藍",
        TagColour::Purple => "紫",
        TagColour::Grey => "灰",
    },
    delete: |tag| format!("刪除標籤「{tag}」"),
    delete_note: "有這個標籤的引文會保留其他標籤和筆記。",
    columns: ["標籤", "筆記", "原話", "受訪者", "問題", "回答", "訪談", "固定連結", "日期"],
    card: "圖片",
    no_card: "這段話太長，做不成圖片。",
};

/// Why tags cannot be changed, in Simplified Chinese. In English, an error's own sentence is used.
pub(super) fn zh_hans(error: &TagError) -> String {
    match error {
        TagError::Damaged { path } => {
            format!("{} 已损坏，因此标签既不显示也不更改。请放回备份，或把它移开后重新加标签。", path.display())
        }
        TagError::TooMany { most } => format!("已有 {most} 个标签，不能再多。请先删除一个。"),
        TagError::TooManyQuotes { most } => format!("已有 {most} 段引文加了标签，不能再多。请先去掉一段的标签。"),
        TagError::NoteTooLong { characters, most } => format!("笔记最多 {most} 个字，这段有 {characters} 个。请缩短。"),
        TagError::NameTooLong { characters, most } => {
            format!("标签的名称最多 {most} 个字，这个有 {characters} 个。请缩短。")
        }
        TagError::NoName => "标签需要一个名称，请写上。".into(),
        TagError::Unknown { name } => format!("没有叫“{name}”的标签。标签页上列出了全部名称。"),
        TagError::Taken { name } => format!("已有另一个标签叫“{name}”。请换一个名称。"),
        TagError::Withdrawn => "其中有已撤回的话，或提到了已撤回的人，因此没有保存。请去掉后再写。".into(),
    }
}

/// The same in Traditional Chinese.
pub(super) fn zh_hant(error: &TagError) -> String {
    match error {
        TagError::Damaged { path } => {
            format!("{} 已損壞，因此標籤既不顯示也不更改。請放回備份，或把它移開後重新加標籤。", path.display())
        }
        TagError::TooMany { most } => format!("已有 {most} 個標籤，不能再多。請先刪除一個。"),
        TagError::TooManyQuotes { most } => format!("已有 {most} 段引文加了標籤，不能再多。請先去掉一段的標籤。"),
        TagError::NoteTooLong { characters, most } => format!("筆記最多 {most} 個字，這段有 {characters} 個。請縮短。"),
        TagError::NameTooLong { characters, most } => {
            format!("標籤的名稱最多 {most} 個字，這個有 {characters} 個。請縮短。")
        }
        TagError::NoName => "標籤需要一個名稱，請寫上。".into(),
        TagError::Unknown { name } => format!("沒有叫「{name}」的標籤。標籤頁上列出了全部名稱。"),
        TagError::Taken { name } => format!("已有另一個標籤叫「{name}」。請換一個名稱。"),
        TagError::Withdrawn => "其中有已撤回的話，或提到了已撤回的人，因此沒有儲存。請去掉後再寫。".into(),
    }
}

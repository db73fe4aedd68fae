//! The problems of pages: the reasons why a request gets no page of its own.

use crate::config::flags::HOST_NAME;
use crate::i18n::Notice;
use crate::i18n::messages::PageProblems;

pub(super) static WORDS: PageProblems = PageProblems {
    query_too_long: |limit| Notice::new("問題太長了", format!("一個問題最多 {limit} 個字。請縮短後再問。")),
    conversation_too_long: Notice::fixed("對話太長了", "一個對話最多 40 個問題。請開啟較早的部分，或開始新的對話。"),
    bad_script: Notice::fixed("沒有這種字形", "字形只能是 original、simplified 或 traditional。"),
    bad_limit: |most| Notice::new("引用數目不對", format!("limit 應是 1 到 {most} 之間的整數。")),
    no_query: Notice::fixed("沒有問題", "請把問題放在參數 q 裡，例如 /api/ask?q=AI。"),
    unknown_source: Notice::fixed(
        "這份來源不在這裡",
        "它已從資料庫中移除，或者在被引用之後有了改動。請重新提問，看看現有的來源怎麼說。",
    ),
    bad_span: Notice::fixed(
        "這條引用沒有指向任何文字",
        "它的範圍不是這份訪談中一段完整的文字。請檢查連結是否複製完整。",
    ),
    nobodys_words: Notice::fixed(
        "這條引用指向的不是誰的話",
        "沒有哪一個回答完整包含它的範圍。請檢查連結是否複製完整。",
    ),
    withdrawn: Notice::fixed("已撤回", "說這話的人或提供它的人已經撤回，不能再閱讀或引用。"),
    withheld: Notice::fixed(
        "不顯示收到時的原樣",
        "這份訪談中有人用了化名或已撤回，收到時的原樣會洩露身分。檔案本身沒有改動。",
    ),
    not_our_name: |host| {
        Notice::new(
            "這不是本程式的位址",
            format!(
                "本程式只回應 localhost 和數字位址，不回應「{host}」，以免別的網站讀到您的訪談。如果這個名字是您的，請用 --{HOST_NAME} 加上它重新啟動。"
            ),
        )
    },
    foreign: Notice::fixed("這不是從這裡發出的", "這份表單來自別的網站，什麼都沒有改動。請開啟訪談頁面再試。"),
    too_large: |mib| Notice::new("一次傳得太多", format!("一次最多上傳 {mib} MiB。請分幾次加入，或直接放進資料夾。")),
    bad_form: Notice::fixed("缺了點什麼", "表單不完整，什麼都沒有改動。請返回再試。"),
    bad_format: Notice::fixed(
        "沒有這種格式",
        "as 可以是 text、markdown、html、csv、docx 或 json；單條引文只有前三種。",
    ),
    no_card: Notice::fixed("太長，做不成圖片", "這段話太長，放在一張圖片上讀不清。請少引一些，或使用固定連結。"),
    bad_cursor: Notice::fixed("沒有下一頁", "這個游標屬於另一次請求，或者訪談已經變了。請去掉它，從頭開始。"),
    missing: Notice::fixed("缺了點什麼", "請給出 permalink，或者 interview 和 question。"),
    bad_request: Notice::fixed("格式不對", "請求的格式與 /api 裡寫的不同。請改正後再傳送。"),
    nothing_here: Notice::fixed("這裡什麼都沒有", "這個位址沒有頁面。"),
    library: "沒有成功",
    broken: Notice::fixed("沒有成功", "產生頁面時出了錯，詳情見程式日誌。請再試一次。"),
    too_busy: |seconds| {
        Notice::new("請求太多", format!("現在提問的太多，沒能及時處理。什麼都沒有遺失；請過 {seconds} 秒再試。"))
    },
    too_slow: Notice::fixed("沒有及時收到", "您傳送的內容在途中停住了，什麼都沒有改變。請檢查網路，再傳送一次。"),
    no_token: Notice::fixed(
        "請開啟帶權杖的連結",
        "這些訪談只給拿到連結的人看：連結在程式啟動時顯示。請向啟動程式的人要來，在這個瀏覽器裡開啟一次。",
    ),
    admitted: "歡迎",
    go_on: "繼續",
};

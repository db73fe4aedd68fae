//! The words about load and tokens, in each language.

use super::message::Message;
use crate::web::problem::NotServed;

/// The words of the server.
#[derive(Debug)]
pub(crate) struct ServerWords {
    /// The title of the page after the right token.
    pub(crate) admitted: &'static str,
    pub(crate) go_on: &'static str,
}

pub(super) static EN: ServerWords = ServerWords { admitted: "Welcome", go_on: "Go on" };
pub(super) static ZH_HANS: ServerWords = ServerWords { admitted: "欢迎", go_on: "继续" };
pub(super) static ZH_HANT: ServerWords = ServerWords { admitted: "歡迎", go_on: "繼續" };

/// English.
pub(super) fn en(problem: &NotServed) -> Message {
    match problem {
        NotServed::TooBusy { seconds } => Message {
            title: "Too much at once",
            sentence: format!("Too many questions are waiting. Nothing is lost. Try again in {seconds} seconds."),
        },
        NotServed::TooSlow => Message {
            title: "It did not come in time",
            sentence: "The request did not arrive completely. Nothing was changed. Check the connection and send it again.".into(),
        },
        NotServed::NoToken => Message {
            title: "Open the link with the token",
            sentence: "Only readers with the link that the program printed at its start can read these interviews. Ask the person who started it, and open that link once in this browser.".into(),
        },
    }
}

/// 简体中文
pub(super) fn zh_hans(problem: &NotServed) -> Message {
    match problem {
        NotServed::TooBusy { seconds } => Message {
            title: "请求太多",
            sentence: format!("现在提问的太多，没能及时处理。什么都没有丢失；请过 {seconds} 秒再试。"),
        },
        NotServed::TooSlow => Message {
            title: "没有及时收到",
            sentence: "您发送的内容在途中停住了，什么都没有改变。请检查网络，再发送一次。".into(),
        },
        NotServed::NoToken => Message {
            title: "请打开带令牌的链接",
            sentence:
                "这些访谈只给拿到链接的人看：链接在程序启动时显示。请向启动程序的人要来，在这个浏览器里打开一次。"
                    .into(),
        },
    }
}

/// 繁體中文
pub(super) fn zh_hant(problem: &NotServed) -> Message {
    match problem {
        NotServed::TooBusy { seconds } => Message {
            title: "請求太多",
            sentence: format!("現在提問的太多，沒能及時處理。什麼都沒有遺失；請過 {seconds} 秒再試。"),
        },
        NotServed::TooSlow => Message {
            title: "沒有及時收到",
            sentence: "您傳送的內容在途中停住了，什麼都沒有改變。請檢查網路，再傳送一次。".into(),
        },
        NotServed::NoToken => Message {
            title: "請開啟帶權杖的連結",
            sentence:
                "這些訪談只給拿到連結的人看：連結在程式啟動時顯示。請向啟動程式的人要來，在這個瀏覽器裡開啟一次。"
                    .into(),
        },
    }
}

//! The problems of pages: the reasons why a request gets no page of its own.

use crate::config::flags::HOST_NAME;
use crate::i18n::Notice;
use crate::i18n::messages::PageProblems;

pub(super) static WORDS: PageProblems = PageProblems {
    query_too_long: |limit| Notice::new("问题太长了", format!("一个问题最多 {limit} 个字。请缩短后再问。")),
    conversation_too_long: Notice::fixed("对话太长了", "一个对话最多 40 个问题。请打开较早的部分，或开始新的对话。"),
    bad_script: Notice::fixed("没有这种字形", "字形只能是 original、simplified 或 traditional。"),
    bad_limit: |most| Notice::new("引用数目不对", format!("limit 应是 1 到 {most} 之间的整数。")),
    no_query: Notice::fixed("没有问题", "请把问题放在参数 q 里，例如 /api/ask?q=AI。"),
    unknown_source: Notice::fixed(
        "这份来源不在这里",
        "它已从资料库中移除，或者在被引用之后有了改动。请重新提问，看看现有的来源怎么说。",
    ),
    bad_span: Notice::fixed(
        "这条引用没有指向任何文字",
        "它的范围不是这份访谈中一段完整的文字。请检查链接是否复制完整。",
    ),
    nobodys_words: Notice::fixed(
        "这条引用指向的不是谁的话",
        "没有哪一个回答完整包含它的范围。请检查链接是否复制完整。",
    ),
    withdrawn: Notice::fixed("已撤回", "说这话的人或提供它的人已经撤回，不能再阅读或引用。"),
    withheld: Notice::fixed(
        "不显示收到时的原样",
        "这份访谈中有人用了化名或已撤回，收到时的原样会泄露身份。文件本身没有改动。",
    ),
    not_our_name: |host| {
        Notice::new(
            "这不是本程序的地址",
            format!(
                "本程序只应答 localhost 和数字地址，不应答“{host}”，以免别的网站读到您的访谈。如果这个名字是您的，请用 --{HOST_NAME} 加上它重新启动。"
            ),
        )
    },
    foreign: Notice::fixed("这不是从这里发出的", "这份表单来自别的网站，什么都没有改动。请打开访谈页面再试。"),
    too_large: |mib| {
        Notice::new("一次传得太多", format!("一次最多上传 {mib} MiB。请分几次添加，或直接放进资料文件夹。"))
    },
    bad_form: Notice::fixed("缺了点什么", "表单不完整，什么都没有改动。请返回再试。"),
    bad_format: Notice::fixed(
        "没有这种格式",
        "as 可以是 text、markdown、html、csv、docx 或 json；单条引文只有前三种。",
    ),
    no_card: Notice::fixed("太长，做不成图片", "这段话太长，放在一张图片上读不清。请少引一些，或使用固定链接。"),
    bad_cursor: Notice::fixed("没有下一页", "这个游标属于另一次请求，或者访谈已经变了。请去掉它，从头开始。"),
    missing: Notice::fixed("缺了点什么", "请给出 permalink，或者 interview 和 question。"),
    bad_request: Notice::fixed("格式不对", "请求的格式与 /api 里写的不同。请改正后再发送。"),
    nothing_here: Notice::fixed("这里什么都没有", "这个地址没有页面。"),
    library: "没有成功",
    broken: Notice::fixed("没有成功", "生成页面时出了错，详情见程序日志。请再试一次。"),
    too_busy: |seconds| {
        Notice::new("请求太多", format!("现在提问的太多，没能及时处理。什么都没有丢失；请过 {seconds} 秒再试。"))
    },
    too_slow: Notice::fixed("没有及时收到", "您发送的内容在途中停住了，什么都没有改变。请检查网络，再发送一次。"),
    no_token: Notice::fixed(
        "请打开带令牌的链接",
        "这些访谈只给拿到链接的人看：链接在程序启动时显示。请向启动程序的人要来，在这个浏览器里打开一次。",
    ),
    admitted: "欢迎",
    go_on: "继续",
};

//! The phrases for kept questions in each language.

use super::WhyLost;

/// The words of one language.
#[derive(Debug)]
pub struct ReportPhrases {
    /// The language as a BCP 47 tag.
    pub lang: &'static str,
    /// The title of a report.
    pub title: &'static str,
    /// The heading of the starred quotes.
    pub starred: &'static str,
    /// The heading of the method.
    pub method: &'static str,
    /// The sentence with the number of answers that speak to a question, out of all.
    pub count: fn(speaking: usize, answers: usize, listed: bool) -> String,
    /// The sentence with the number of new and lost voices since a day.
    pub since: fn(new: usize, lost: usize, on: &str) -> String,
    /// The sentence if no voice is new or lost since a day.
    pub same: fn(on: &str) -> String,
    /// The label before a new voice.
    pub new: &'static str,
    /// The sentence for the reason why a voice is lost.
    pub lost: fn(WhyLost) -> &'static str,
    /// The sentence if no question is kept.
    pub none: &'static str,
    pub(super) shown: fn(usize) -> String,
    pub(super) asked: &'static str,
    pub(super) never_asked: &'static str,
    pub(super) withdrawn: &'static str,
    pub(super) changed: &'static str,
    pub(super) gone: &'static str,
    pub(super) how: for<'a> fn(&ReportFacts<'a>) -> Vec<String>,
}

/// The facts in the statement of the method.
pub(super) struct ReportFacts<'a> {
    pub(super) interviews: usize,
    pub(super) answers: usize,
    pub(super) coming: usize,
    pub(super) corpus: &'a str,
    pub(super) encoder: &'a str,
    pub(super) fingerprint: &'a str,
    pub(super) version: &'a str,
    pub(super) on: &'a str,
}

impl ReportFacts<'_> {
    /// Returns the name and the fingerprint of the encoder.
    pub(super) fn encoder(&self) -> String {
        let both = [self.encoder, self.fingerprint];
        both.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// English.
pub static EN: ReportPhrases = ReportPhrases {
    lang: "en",
    title: "Report",
    starred: "Starred quotes",
    method: "How this was made",
    count: |speaking, answers, listed| match (speaking, listed) {
        (0, false) => format!("0 of {answers} answers speak to this."),
        (0, true) => format!("0 of {answers} answers match."),
        (1, false) => format!("1 of {answers} answers speaks to this."),
        (1, true) => format!("1 of {answers} answers matches."),
        (_, false) => format!("{speaking} of {answers} answers speak to this."),
        (_, true) => format!("{speaking} of {answers} answers match."),
    },
    since: |new, lost, on| {
        let voices = |n: usize| if n == 1 { "1 voice".to_owned() } else { format!("{n} voices") };
        match (new, lost) {
            (new, 0) => format!("{} new since {on}.", voices(new)),
            (0, lost) => format!("{} lost since {on}.", voices(lost)),
            (new, lost) => format!("{} new and {} lost since {on}.", voices(new), voices(lost)),
        }
    },
    same: |on| format!("The same voices as on {on}."),
    new: "New",
    lost: |why| match why {
        WhyLost::Withdrawn => "Withdrawn.",
        WhyLost::Gone => "Its interview is not in the library any more.",
        WhyLost::Changed => "Its interview has changed and does not say this any more.",
        WhyLost::NotCounted => "Still said, but no longer counted as speaking to this.",
    },
    none: "No question is kept yet.",
    shown: |n| format!(" The best {n} are shown."),
    asked: " It was asked about.",
    never_asked: " Nobody was asked about it.",
    withdrawn: "This was withdrawn.",
    changed: "The source has changed and does not say this any more.",
    gone: "Its source is not in the library.",
    how: |facts| {
        let not_yet = if facts.coming == 0 {
            String::new()
        } else {
            format!(" {} more could not be searched yet.", facts.coming)
        };
        vec![
            format!(
                "Searched: {} interviews with {} answers.{not_yet} An answer is counted for a question if its words speak to it with a \
                 probability above the calibrated threshold. Answers are counted, not people: one person may give several. \
                 Whether an answer is for or against something is not judged.",
                facts.interviews, facts.answers
            ),
            "Every quote is what its source says at the place cited. Nothing is generated or paraphrased. Words in square brackets, \
             if there are any, are replacements. The command yuanhua verify checks every quote of this report against the interviews."
                .to_owned(),
            format!("Interviews (SHA-256 of all): {}", facts.corpus),
            format!("Encoder: {} · Yuanhua {} · {}", facts.encoder(), facts.version, facts.on),
        ]
    },
};

/// Simplified Chinese.
pub static ZH_HANS: ReportPhrases = ReportPhrases {
    lang: "zh-Hans",
    title: "报告",
    starred: "收藏的原话",
    method: "制作方法",
    count: |speaking, answers, listed| {
        format!("{answers} 个回答中有 {speaking} 个{}。", if listed { "符合" } else { "说到这一点" })
    },
    since: |new, lost, on| match (new, lost) {
        (new, 0) => format!("自 {on} 以来，新增 {new} 个声音。"),
        (0, lost) => format!("自 {on} 以来，少了 {lost} 个声音。"),
        (new, lost) => format!("自 {on} 以来，新增 {new} 个声音，少了 {lost} 个。"),
    },
    same: |on| format!("与 {on} 时的声音相同。"),
    new: "新增",
    lost: |why| match why {
        WhyLost::Withdrawn => "已被撤回。",
        WhyLost::Gone => "所在的访谈已不在库中。",
        WhyLost::Changed => "所在的访谈有改动，已不再这样说。",
        WhyLost::NotCounted => "仍这样说，但不再算作说到这一点。",
    },
    none: "还没有保留问题。",
    shown: |n| format!("以下是最相关的 {n} 个。"),
    asked: "访谈里问过。",
    never_asked: "访谈里没有问到。",
    withdrawn: "已被撤回。",
    changed: "来源有改动，已不再这样说。",
    gone: "来源不在库中。",
    how: |facts| {
        let not_yet =
            if facts.coming == 0 { String::new() } else { format!("另有 {} 篇暂不能查找。", facts.coming) };
        vec![
            format!(
                "查找了 {} 篇访谈的 {} 个回答。{not_yet}一个回答的话说到某个问题的概率高于校准过的界限，才计入该问题。计的是回答，不是人：\
                 一个人可以有几个回答。赞成还是反对，不作判断。",
                facts.interviews, facts.answers
            ),
            "每一处引文都是来源在所引之处的原话，没有生成，也没有改写。方括号里的字（如果有）是替换。用命令 yuanhua verify 可以把本报告的每一处引文与访谈核对。".to_owned(),
            format!("全部访谈的 SHA-256：{}", facts.corpus),
            format!("编码器：{} · 原话 {} · {}", facts.encoder(), facts.version, facts.on),
        ]
    },
};

/// Traditional Chinese.
pub static ZH_HANT: ReportPhrases = ReportPhrases {
    lang: "zh-Hant",
    title: "報告",
    starred: "收藏的原話",
    method: "製作方法",
    count: |speaking, answers, listed| {
        format!("{answers} 個回答中有 {speaking} 個{}。", if listed { "符合" } else { "說到這一點" })
    },
    since: |new, lost, on| match (new, lost) {
        (new, 0) => format!("自 {on} 以來，新增 {new} 個聲音。"),
        (0, lost) => format!("自 {on} 以來，少了 {lost} 個聲音。"),
        (new, lost) => format!("自 {on} 以來，新增 {new} 個聲音，少了 {lost} 個。"),
    },
    same: |on| format!("與 {on} 時的聲音相同。"),
    new: "新增",
    lost: |why| match why {
        WhyLost::Withdrawn => "已被撤回。",
        WhyLost::Gone => "所在的訪談已不在庫中。",
        WhyLost::Changed => "所在的訪談有改動，已不再這樣說。",
        WhyLost::NotCounted => "仍這樣說，但不再算作說到這一點。",
    },
    none: "還沒有保留問題。",
    shown: |n| format!("以下是最相關的 {n} 個。"),
    asked: "訪談裡問過。",
    never_asked: "訪談裡沒有問到。",
    withdrawn: "已被撤回。",
    changed: "來源有改動，已不再這樣說。",
    gone: "來源不在庫中。",
    how: |facts| {
        let not_yet =
            if facts.coming == 0 { String::new() } else { format!("另有 {} 篇暫不能查找。", facts.coming) };
        vec![
            format!(
                "查找了 {} 篇訪談的 {} 個回答。{not_yet}一個回答的話說到某個問題的機率高於校準過的界限，才計入該問題。計的是回答，不是人：\
                 一個人可以有幾個回答。贊成還是反對，不作判斷。",
                facts.interviews, facts.answers
            ),
            "每一處引文都是來源在所引之處的原話，沒有生成，也沒有改寫。方括號裡的字（如果有）是替換。用命令 yuanhua verify 可以把本報告的每一處引文與訪談核對。".to_owned(),
            format!("全部訪談的 SHA-256：{}", facts.corpus),
            format!("編碼器：{} · 原話 {} · {}", facts.encoder(), facts.version, facts.on),
        ]
    },
};

//! Which texts can be a speaker's name, and which names tell a role. It judges a name alone and ignores
//! what is said.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::name_lexicon;
use crate::text::script::simplified;
use crate::text::segment::is_chinese;

/// What a speaker does in an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LabelRole {
    Asks,
    Answers,
}

/// How much a piece of text looks like a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    /// It is no name anywhere.
    None,
    /// It is a name if it comes back.
    Weak,
    /// It is a name if lines around it begin with names too.
    Fair,
    /// It is a name by itself: `Interviewer`, `说话人1`.
    Sure,
}

/// Words that head a line and name nobody, in Simplified and lower case.
const NO_NAMES: &str = "note notes nb warning update updated date time times location place venue slides slide video audio source \
 sources link links url website title subject topic topics abstract summary keywords tags media transcript transcription transcribed \
 edited editor's example examples e.g i.e eg ie http https ps p.s tldr tl;dr step first second third finally chapter section part agenda \
 episode duration recorded published participants attendees speakers present reference references see also disclaimer copyright \
 licence license contents introduction conclusion background result results method methods goal goals pros cons todo action answer \
 question language translation email tel phone fax isbn doi version break intro outro sponsor and but so because however therefore then \
 注意 提醒 小结 总结 补充 其他 其它 优势 劣势 注 备注 附注 时间 日期 地点 场所 来源 出处 链接 网址 标题 题目 主题 议题 标签 编辑 整理 校对 记录 出席 列席 出席人员 列席人员 参会人员 参加人员 \
 与会人员 例如 比如 譬如 例 第一 第二 第三 第四 第五 首先 其次 再次 另外 最后 总之 结论 结果 编者按 编按 按 摘要 简介 关键词 关键字 目录 原因 译者注 \
 建议 提示 说明 背景 前言 导语 引言 正文 附录 参考 参考资料 参考文献 版权 声明 免责声明 电话 邮箱 地址 案由 议程 时长 访谈时间 访谈地点 采访时间 采访地点 \
 会议时间 会议地点 录音时长 图 图片 视频 音频 撰文 摄影 翻译 说 讲 道 喊 叫 写 想 说道 写道 问道 答道 喊道 优点 缺点 目标 目的 方法 步骤 要点 重点 一 二 三 四 五 六 七 八 九 十 问题 回答 答案 所以 因为 但是 \
 现场 后记 手记 采访手记 记者手记 编后 补充数据 也就是 换句话说 简单来说 简单说 具体来说 意思是 就是说 他说 她说 我说 你说 他们说 有人说 大家说";

/// Phrases that head a line and name nobody, in Simplified and lower case.
const FIELDS: [&str; 42] = [
    "meeting title",
    "meeting date",
    "meeting participants",
    "meeting notes",
    "prepared remarks",
    "questions & answers",
    "questions and answers",
    "question and answer session",
    "q&a",
    "call participants",
    "corporate participants",
    "conference call participants",
    "full transcript",
    "call id",
    "ticket id",
    "phone number",
    "file name",
    "date of interview",
    "place of interview",
    "interview date",
    "interview location",
    "interview number",
    "tape number",
    "transcribed by",
    "audio file",
    "发布时间",
    "发布日期",
    "通话时间",
    "通话时长",
    "来电号码",
    "工单号",
    "录音编号",
    "问诊时间",
    "就诊时间",
    "面谈时间",
    "面谈地点",
    "文件名",
    "采访主题",
    "访谈主题",
    "访谈编号",
    "采访背景",
    "原标题",
];

/// Endings of titles of people who ask, in Simplified: `央视记者`, `总台央视记者`.
const ASKING_TITLES: [&str; 7] = ["记者", "主持人", "采访人", "采访者", "提问者", "访谈者", "访谈员"];
/// Endings of titles of people who answer for others: `外交部发言人`.
const ANSWERING_TITLES: [&str; 4] = ["部发言人", "办发言人", "新闻发言人", "局发言人"];

/// Names of people who ask, in Simplified and lower case.
const ASKING: &str = "interviewer interviewers host co-host cohost moderator facilitator reporter journalist questioner question int iv ivr \
 q anchor chair chairman chairwoman chairperson the\u{a0}chair researcher audience audience\u{a0}member audience\u{a0}question \
 host\u{a0}1 host\u{a0}2 主持人 主持 主播 记者 采访者 采访人 访谈者 访谈人 访问者 访员 访谈人 面谈人 约谈人 提问者 提问 提问人 问 问者 访者 访 采编 研究者 研究员 主席 研 观众 听众 编辑部 笔者 \
 观众提问 现场观众 现场提问 网友 追问 面试官 \
 moderation moderatorin moderator:in interviewerin interviewer:in interviewende fragesteller fragestellerin fragende frage reporterin journalistin gesprächsleitung \
 enquêteur enquêtrice enquêteur·rice intervieweur intervieweuse journaliste animateur animatrice modérateur modératrice \
 entrevistador entrevistadora moderador moderadora periodista pregunta intervistatore intervistatrice moderatore moderatrice giornalista domanda \
 entrevistador(a) jornalista pergunta interviewster vraag интервьюер корреспондент корреспондентка ведущий ведущая журналист журналистка модератор вопрос \
 闻き手 闻手 司会 司会者 进行役 インタビュアー インタビューアー ファシリテーター モデレーター 质问者 질문자 진행자 사회자 면접관 인터뷰어 기자 질문";
const ANSWERING: &str = "interviewee interviewees respondent guest participant witness the\u{a0}witness candidate informant answer response 受 \
 befragte befragter interviewte interviewter interviewpartner interviewpartnerin interviewpartner:in gesprächspartner gesprächspartnerin \
 proband probandin antwort enquêté enquêtée enquêté·e interviewé interviewée répondant répondante réponse entrevistado entrevistada informante respuesta \
 intervistato intervistata risposta resposta geïnterviewde antwoord респондент респондентка информант ответ 回答者 インタビュイー 话し手 응답자 참가자 답변 \
 口述者 口述人 讲述者 讲述人 受访者 受访人 被访者 被访人 被采访者 被采访人 被访谈者 被访谈人 被谈话人 被面谈人 被约谈人 嘉宾 答 回答 答者 受访 被访 访谈对象 受访对象 用户 候选人 应聘者 回答者";

/// The lists as sets: a name is looked for in them several times for each line of a text.
type Listed = LazyLock<HashSet<&'static str>>;
static NAMES_NOBODY: Listed = LazyLock::new(|| listed(NO_NAMES).into_iter().chain(FIELDS).collect());
static ASKS: Listed = LazyLock::new(|| listed(ASKING));
static ANSWERS: Listed = LazyLock::new(|| listed(ANSWERING));

/// `Speaker 1`, `SPEAKER_00`, `说话人2`, `P3`.
static NUMBERED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let names = "speaker|spk|person|voice|participant|respondent|interviewee|interviewer|guest|host|moderator|caller|unknown speaker|male|female|man|woman|student|user\
        |说话人|发言人|讲话人|讲者|受访者|被访者|嘉宾|与会者|主持人|访谈者|采访者|记者|用户|学员|同学|男|女|客户|客服|专家|观众|参与者|玩家";
    Regex::new(&format!(r"^(?:(?:{names})[\s_#-]*(?:\d{{1,3}}|[a-z]|[一二三四五六七八九十])|[prsimf]\d{{1,2}}|\d{{1,2}}号(?:受访者|嘉宾|选手|成员|组员)?)$")).ok()
});

/// A normal form of a name, to compare speakers.
pub(crate) fn key(name: &str) -> String {
    let folded = simplified(&name.replace(['\u{3000}', '\u{a0}'], " ")).to_lowercase();
    folded.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches(['.', ':', '：', ',', '，']).to_owned()
}

/// A name without the marks, times and remarks around it.
pub(crate) fn clean(name: &str) -> &str {
    let whole = name.trim_matches(|c: char| c.is_whitespace() || ":：".contains(c));
    if is_masked(whole) {
        return whole;
    }
    let mut name = name;
    loop {
        let before = name;
        // `[[Name]]` and `[[page|Name]]` are links in notes.
        if let Some(link) = name.strip_prefix("[[").and_then(|link| link.strip_suffix("]]")) {
            name = link.rsplit('|').next().unwrap_or(link);
        }
        name = name.trim_matches(|c: char| c.is_whitespace() || "*_#:：`>|\\\u{feff}•▲●■◆".contains(c));
        name = name.trim_end_matches([' ', '-', '–', '—']);
        for (open, close) in [('(', ')'), ('（', '）'), ('[', ']'), ('【', '】')] {
            // `SMITH (continuing)` is SMITH; `Tan (Chair)` keeps the role.
            if let Some(inside) = name.strip_suffix(close)
                && let Some(at) = inside.rfind(open)
                && (is_remark(&inside[at + open.len_utf8()..]) || at == 0)
            {
                name = if at == 0 { &inside[open.len_utf8()..] } else { &inside[..at] };
            }
        }
        if name == before {
            return name;
        }
    }
}

/// `███`, `××`: signs that stand for a name which was taken out.
pub(crate) fn is_masked(name: &str) -> bool {
    (2..=8).contains(&name.chars().count()) && name.chars().all(|c| "█▇▉▓■□○◯〇×✕＊".contains(c))
}

/// The name before a bracket that ends a label: `丈夫` of `丈夫（马国栋，74岁）`.
pub(crate) fn described(label: &str) -> Option<&str> {
    let inside = label.strip_suffix([')', '）'])?;
    let own = inside[..inside.find(['(', '（'])?].trim();
    (!own.is_empty()).then_some(own)
}

/// Brackets after a name that are not part of it.
fn is_remark(inside: &str) -> bool {
    let folded = simplified(inside).to_lowercase();
    inside.chars().all(|c| c.is_ascii_digit() || ":.,：-–—~ ".contains(c))
        || [
            "cont",
            "laugh",
            "chuckl",
            "smil",
            "via ",
            "off ",
            "on video",
            "笑",
            "续",
            "接着",
            "继续",
            "点头",
            "沉默",
            "视频连线",
            "line ",
            "whisper",
            "quiet",
            "angr",
            "cry",
            "sigh",
            "pause",
            "nod",
            "interrupt",
            "shout",
            "softly",
        ]
        .iter()
        .any(|word| folded.trim().starts_with(word))
        || inside.chars().count() <= 6 && MOODS.split(' ').any(|mood| folded.contains(mood))
}

/// Words for how somebody speaks, in Simplified.
const MOODS: &str = "生气 愤怒 激动 着急 停顿 犹豫 迟疑 哽咽 哭 叹气 沉默 小声 大声 轻声 惊讶 无奈 摇头 低头 打断 插话 抢话 思考 不耐烦 高兴 兴奋 疑惑 平静";

/// How much `name` looks like a name.
pub(crate) fn likeness(name: &str) -> Likeness {
    let name = clean(name);
    let count = name.chars().count();
    let key = key(name);
    let barred = |c: char| "。！？!?；;，…“”\"「」『』《》=/\\{}<>|#@…".contains(c) || c.is_control();
    // A bracket after a name may hold anything: `Omar Reyes (he/him)`.
    let own = name.split(['(', '（', '[', '［', '【']).next().filter(|own| !own.trim().is_empty()).unwrap_or(name);
    // `《环球时报》记者`: the paper is part of who asks.
    let paper =
        own.starts_with('《') && count <= 24 && (role(name).is_some() || name_lexicon::is_media(&simplified(own)));
    if is_masked(name) {
        return Likeness::Fair;
    }
    // `《人物》：` asks where it comes back among names. Once, it may be a book.
    if !paper && is_title_alone(own) {
        return Likeness::Weak;
    }
    if count == 0
        || count > 90
        || own.contains(barred) && !paper
        || is_date(own)
        || own.contains(". ") && !is_short_title(own)
        || !name.chars().any(char::is_alphanumeric)
    {
        return Likeness::None;
    }
    if NAMES_NOBODY.contains(key.as_str()) {
        return Likeness::None;
    }
    if role(name).is_some() || NUMBERED.as_ref().is_some_and(|numbered| numbered.is_match(&key)) {
        return Likeness::Sure;
    }
    if key.chars().all(|c| c.is_ascii_digit()) {
        return if count <= 3 { Likeness::Weak } else { Likeness::None };
    }
    if name.chars().any(is_chinese) { chinese(name, &simplified(name), count) } else { latin(name) }
}

/// `《人物》`, `《人物》杂志`: a title of at most 16 characters, which may be that of the paper that asks.
fn is_title_alone(name: &str) -> bool {
    let Some((title, after)) = name.strip_prefix('《').and_then(|rest| rest.split_once('》')) else { return false };
    let marks = |c: char| "。！？!?；;，,、：:《》".contains(c);
    (1..=16).contains(&title.chars().count())
        && !title.contains(marks)
        && ["", "杂志", "雜誌", "编辑部", "編輯部"].contains(&after)
}

/// `March 12, 2024`: a name has no year.
fn is_date(name: &str) -> bool {
    name.chars().any(|c| c.is_ascii_digit())
        && name.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4 && digits.starts_with(['1', '2']))
}

/// Whether each full stop in it follows a title or an initial: `Dr. J. Smith`.
fn is_short_title(name: &str) -> bool {
    let parts: Vec<&str> = name.split(". ").collect();
    let before = parts.split_last().map_or(&[][..], |(_, before)| before);
    before.iter().all(|part| part.split_whitespace().next_back().is_some_and(|word| word.chars().count() <= 4))
}

/// Endings of clauses that tell what somebody says, and of other talk.
const SAYING: [&str; 34] = [
    "说", "道", "问", "表示", "如下", "例如", "比如", "包括", "即", "为", "是", "指出", "认为", "写道", "觉得", "想",
    "的", "了", "到", "讲", "就", "在", "有", "强调", "介绍", "回忆", "透露", "以下", "如", "呢", "吗", "着", "个",
    "来",
];
/// Characters of talk, which no name holds.
const TALK: [char; 20] = [
    '的', '了', '我', '你', '您', '他', '她', '这', '那', '是', '在', '就', '也', '都', '很', '吗', '呢', '吧', '把',
    '说',
];
/// Endings of words for matters.
const MATTERS: [&str; 16] = [
    "时间",
    "地点",
    "日期",
    "主题",
    "问题",
    "原因",
    "方式",
    "来源",
    "结论",
    "关键词",
    "名称",
    "内容",
    "人数",
    "时长",
    "编号",
    "目的",
];

/// A longer Chinese label with a bracket at its end is judged without it.
const BRIEF_CHARS: usize = 16;

fn chinese(name: &str, simplified: &str, count: usize) -> Likeness {
    // What a long bracket tells of a person makes the label no less a name.
    if let Some(own) = described(simplified).filter(|_| count > BRIEF_CHARS) {
        let nobody = NAMES_NOBODY.contains(key(own).as_str());
        return if nobody { Likeness::None } else { chinese(own, own, own.chars().count()) };
    }
    let words = simplified.split(['(', '（', '[', '［', '【', '-', '—', '·', ' ', '、']).next().unwrap_or(simplified);
    // `李想`, `马说`, `于是` are names where they come back among others.
    let matters = MATTERS.iter().any(|end| words.ends_with(end));
    if name_lexicon::is_full_name(words) && words.chars().count() == count && !matters {
        let is_word = SAYING.iter().any(|end| words.ends_with(end)) || words.contains(TALK);
        return if is_word { Likeness::Weak } else { Likeness::Fair };
    }
    // `患者的女儿`, and an office before a name: `市卫生健康委副主任 王芳`.
    let last = simplified.split([' ', '\u{3000}']).next_back().unwrap_or(simplified);
    if name_lexicon::is_noun(words) && count <= 12
        || last.len() < simplified.len() && name_lexicon::is_full_name(last) && count <= 40
    {
        return Likeness::Fair;
    }
    if name.contains(',') || matters || SAYING.iter().any(|end| words.len() > 3 && words.ends_with(end)) {
        return Likeness::None;
    }
    let talk = simplified.chars().filter(|c| TALK.contains(c)).count();
    match (count, talk) {
        (..=5, 0) => Likeness::Fair,
        (..=16, 0) => {
            if words.chars().count() <= 10 {
                Likeness::Fair
            } else {
                Likeness::Weak
            }
        }
        (..=8, 1) | (..=24, 0) => Likeness::Weak,
        _ => Likeness::None,
    }
}

fn latin(name: &str) -> Likeness {
    const SMALL: [&str; 22] = [
        "de", "da", "di", "du", "van", "von", "der", "den", "del", "la", "le", "of", "the", "and", "y", "e", "bin",
        "al", "for", "at", "in", "on",
    ];
    // `Jordan, Inside Magazine (Atlanta)`: the name comes first.
    let own = name.split([',', '(']).next().unwrap_or(name).trim();
    let words: Vec<&str> = own.split_whitespace().collect();
    if words.is_empty() || words.len() > 6 {
        return Likeness::None;
    }
    // `Woman in the back`
    let kind =
        ["man", "woman", "voice", "person", "someone", "student", "unidentified", "unknown", "member", "boy", "girl"];
    if kind.contains(&words[0].to_lowercase().as_str()) && words[0].starts_with(char::is_uppercase) {
        return Likeness::Fair;
    }
    // `Multiple voices`
    if let [several, voices] = words[..]
        && ["multiple", "several", "various", "many", "other", "all"].contains(&several.to_lowercase().as_str())
        && ["voices", "speakers", "people", "participants", "respondents"].contains(&voices.to_lowercase().as_str())
    {
        return Likeness::Sure;
    }
    let begins_high = |word: &&str| word.chars().find(|c| c.is_alphabetic()).is_none_or(char::is_uppercase);
    let high = words.iter().filter(|word| begins_high(word)).count();
    let small = words.iter().filter(|word| SMALL.contains(&word.to_lowercase().as_str())).count();
    let letters = words[0].chars().any(char::is_alphabetic);
    // A script without capitals has none to ask for.
    let caseless = !name.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    if (begins_high(&words[0]) && letters && high + small >= words.len()) || (caseless && words.len() <= 4 && letters) {
        Likeness::Fair
    } else if words.len() <= 2 {
        Likeness::Weak
    } else {
        Likeness::None
    }
}

/// Whether a line heads a part of the transcript: `Transcript:`, `Prepared Remarks:`, `【访谈实录】`.
pub(crate) fn is_section(line: &str) -> bool {
    const SECTIONS: [&str; 22] = [
        "transcript",
        "full transcript",
        "prepared remarks",
        "questions & answers",
        "questions and answers",
        "question and answer session",
        "question-and-answer session",
        "q&a",
        "presentation",
        "call participants",
        "corporate participants",
        "conference call participants",
        "文字记录",
        "文字实录",
        "采访实录",
        "访谈实录",
        "对话实录",
        "通话记录",
        "问答环节",
        "访谈正文",
        "采访正文",
        "现场问答",
    ];
    let bare = clean(line.trim_matches(['【', '】', '[', ']', '—', '-', '=', ' ']));
    bare.len() < 60 && SECTIONS.contains(&key(bare).as_str())
}

/// The role that a name tells.
pub(crate) fn role(name: &str) -> Option<LabelRole> {
    let mut key = key(clean(name));
    // `主持人（张三）`, `Moderator (Ann)` and `记者 李四` tell it too.
    if let Some(at) = key.find(['(', '（']).filter(|at| *at > 0) {
        key.truncate(at);
    }
    let key = key
        .trim()
        .trim_start_matches("the ")
        .trim_end_matches(|c: char| c.is_ascii_digit() || "_#-".contains(c))
        .trim_end();
    let spaced = key.replace(' ', "\u{a0}");
    // `主持人、副部长 祁连`: an office follows the part.
    let first = key.split([' ', '、']).next().filter(|first| first.chars().any(is_chinese)).unwrap_or(&spaced);
    for (list, role) in [(&ASKS, LabelRole::Asks), (&ANSWERS, LabelRole::Answers)] {
        if list.contains(spaced.as_str()) || list.contains(first) {
            return Some(role);
        }
    }
    // `Chairman Smith`, `Acting Chair Pike`.
    if ["chairman ", "chairwoman ", "chairperson ", "acting chair "].iter().any(|title| key.starts_with(title)) {
        return Some(LabelRole::Asks);
    }
    let short =
        key.chars().count() <= 24 && !key.contains(['的', '我', '你', '他', '她', '了', '说', '问', '，', '。']);
    let named = |title: &str| key.strip_prefix(title).is_some_and(name_lexicon::is_full_name);
    if short
        && (ASKING_TITLES.iter().any(|title| key.ends_with(title)) || ASKING_TITLES.iter().any(|title| named(title)))
    {
        return Some(LabelRole::Asks);
    }
    (short && ANSWERING_TITLES.iter().any(|title| key.ends_with(title))).then_some(LabelRole::Answers)
}

/// Whether others may ask beside the bearer of this name: an audience, a chair.
pub(crate) fn is_open(name: &str) -> bool {
    let key = key(clean(name));
    // A paper's reporter is one of many, as `记者` alone is not.
    let one_of_many = key.ends_with("记者") && key.chars().count() > 2;
    one_of_many || ["audience", "chair", "观众", "听众", "主席", "网友"].iter().any(|word| key.contains(word))
}

/// The words of a list. A word with a fixed space stands for itself and for each of its parts.
fn listed(list: &'static str) -> HashSet<&'static str> {
    list.split(char::is_whitespace).chain(list.split(' ')).collect()
}

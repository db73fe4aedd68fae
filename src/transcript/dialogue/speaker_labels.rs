//! The ways in which a line says who speaks: `Name:`, `**Name:**`, `### Name：`, `Name (00:12:03)`,
//! `[Name]`, `Q1.`. It reads one line. `turns`, which sees all lines, decides whether the name is one.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::label_words;
use super::names::{self, LabelRole};
use super::non_speech;
use crate::text::segment::is_chinese;
use crate::transcript::timestamps::{self, Moment, SPELT, TIME};

/// The shape of a mark. Most transcripts keep to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum LabelStyle {
    /// `Q:`, `A1.`, `问：`, `答：`
    Label,
    /// `### Name：`
    Heading,
    /// `### Name`
    BareHeading,
    /// `**Name:** words`, `**Name**: words`
    Bold,
    /// `**Name**` on a line
    BareBold,
    /// `[Name] words`
    Bracket,
    /// `(Name) words`
    Paren,
    /// `Name: words`
    Colon,
    /// `Name 00:12:03`, `[00:12:03] Name`
    Timed,
    /// `Name — words`
    Dash,
    /// `Name`, a tab, words
    Tab,
    /// `MR. SMITH. words`, `Ms. Jones of Ohio. words`
    Caps,
    /// `Name -- Title` on a line
    Titled,
    /// `Name` on a line
    Alone,
}

/// What a line says about its speaker.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SpeakerLabel<'a> {
    pub(crate) style: LabelStyle,
    /// The name as written, without the marks around it.
    pub(crate) name: &'a str,
    /// The words after the mark, a slice of the line.
    pub(crate) rest: &'a str,
    pub(crate) time: Option<Moment>,
    /// The kind of turn that a label announces, and its number.
    pub(crate) label: Option<(LabelRole, Option<usize>)>,
    /// Whether a question mark follows the name, as Sonal marks interviewers.
    pub(crate) asks: bool,
}

struct Patterns {
    lead_time: Regex,
    chat: Regex,
    label: Regex,
    bold: Regex,
    bracket: Regex,
    timed: Regex,
    colon: Regex,
    dash: Regex,
    paren: Regex,
    slash: Regex,
    stroke: Regex,
    arrow: Regex,
    glued: Regex,
    corner: Regex,
    dashes: Regex,
    worded: Regex,
    alias: Regex,
    tab: Regex,
    caps: Regex,
    titled: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let date = r"(?:\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?[T,，\s]+)?";
    let time = format!(r"{date}{TIME}(?:\s?[AaPp]\.?[Mm]\b\.?)?(?:\s*(?:-->|->|-|–|—|~|～|至|to)\s*{TIME})?");
    let new = |pattern: &str| Regex::new(pattern).ok();
    Some(Patterns {
        lead_time: new(&format!(
            r"^(?:\\?[\[(（【<]\s*(?P<a>{time}|{SPELT})\s*\\?[\])）】>]|(?P<b>{time}|{SPELT}))(?:\s*[-–—|]\s|\s*)(?P<rest>\D.*|)$"
        ))?,
        // `14:02:11 From Ann to Everyone:`
        chat: new(
            r"^(?:From|从|自)\s+(?P<name>[^:：]{1,60}?)(?:\s+(?:[Tt]o|到|至)\s+[^:：]{1,60}?)?\s*[:：]\s*(?P<rest>.*)$",
        )?,
        label: new(
            r"^(?:(?:(?P<l>\d{1,3})\s*[.．、)）]|(?P<h>[一二三四五六七八九十]{1,3})\s*[、.．]|[（(](?:(?P<k>\d{1,3})|(?P<i>[一二三四五六七八九十]{1,3}))[)）])\s*)?(?:(?P<m>[QＱAＡ])\s*(?P<n>\d{1,3})?\s*(?:[.．:：、)）]|\s[-–—]{1,2}\s|\t|\x20{2})|(?P<w>问|問|提问|提問|追问|追問|答|回答|问题|問題|(?i:question|answer|response|reply|frage|antwort|réponse|pregunta|respuesta|domanda|risposta|pergunta|resposta|vraag|antwoord|вопрос|ответ)|質問|질문|답변)\s*(?P<o>\d{1,3}|[一二三四五六七八九十]{1,3})?\s*[:：]|(?P<s>Question|Answer)\.\s)\s*(?P<rest>.*)$",
        )?,
        bold: new(
            r"^(?:\*{1,3}|_{1,2})(?P<in>[^*_\s][^*\n]{0,400}?)(?:\*{1,3}|_{1,2})(?P<c>\s*[:：]?)\s*(?P<after>.*)$",
        )?,
        bracket: new(r"^\\?[\[【〔<](?P<name>[^\[\]【】〔〕<>\\]{1,60})\\?[\]】〕>]\s*[:：]?\s*(?P<rest>[^(\s].*|)$")?,
        timed: new(&format!(
            r"^(?P<name>[^\d\s（(\[].{{0,59}}?)(?:\s*\\?[\[(（【<]\s*(?P<a>{time})\s*\\?[\])）】>]|\s+(?P<b>{time}))\s*[:：]?(?:\s+(?P<rest>.*)|(?P<glued>[^\d:：].*)|)$"
        ))?,
        colon: new(r"^(?P<name>[^:：]{1,100}?)\s*(?P<c>::|[:：])(?P<rest>.*)$")?,
        dash: new(r"^(?P<name>[^-–—]{1,60}?)\s+[-–—]{1,2}\s+(?P<rest>.+)$")?,
        paren: new(r"^[(（](?P<name>[^()（）]{1,30})[)）]\s*[:：]?\s*(?P<rest>.+)$")?,
        slash: new(r"^(?P<name>[^\s／｜|]{1,12})\s?[／｜|]\s?(?P<rest>[^／｜|]+)$")?,
        stroke: new(r"^(?P<name>[^/\s][^/]{0,28}?)\s/\s(?P<rest>[^/]+)$")?,
        // `记者>>words`, `Ann » words`, `Ann -> words`
        arrow: new(
            r"^(?P<name>[^\s<>»→＞=:：-][^<>»→＞=:：]{0,28}?)\s?(?:>{1,2}|»|→|＞{1,2}|[=-]>)\s?(?P<rest>[^\s<>].*)$",
        )?,
        // `CSM--words`
        glued: new(r"^(?P<name>[A-Z][A-Za-z0-9.]{0,14})(?:--|—)(?P<rest>[^\s-].*)$")?,
        // `记者——words`
        dashes: new(r"^(?P<name>[^\s\p{P}]{1,8})(?:——|――|──|--|—)(?P<rest>[^\s—―─-].*)$")?,
        // `《问》words`, `［答］words`
        worded: new(
            r"^[《〈〖［｛{](?P<w>[问問答QＱAＡ]|提[问問]|追[问問]|回答)[》〉〗］｝}]\s*[:：]?\s*(?P<rest>\S.*)$",
        )?,
        // `本刊记者问（以下简称问）`
        alias: new(
            r#"[（(](?:以下|下文|后文|後文)?(?:均?[简簡][称稱]|[统統][称稱]|下[称稱])(?:[为為])?[“"「『]?(?P<name>[^”"」』）)]{1,8})[”"」』]?[)）]$"#,
        )?,
        corner: new(r"^[「『](?P<name>[^「」『』\s]{1,10})[」』]\s*[:：]?\s*(?P<rest>\S.*)$")?,
        tab: new(r"^(?P<name>[^\t]{1,40}?)(?:\t+|\x20{2,}|\x{3000}+)\s*(?P<rest>\S.*)$")?,
        caps: new(
            r"^(?P<name>(?:(?:M[rR]|M[rR][sS]|M[sS]|D[rR]|PROF|Prof)\.\s|The\s)?[A-Z][A-Z'’-]+(?: (?:[A-Z]\.|[A-Z][A-Z'’-]+)){0,3})\.\s+(?P<rest>.+)$",
        )?,
        // `Ms. Jones of Ohio. words`, `Chairman Smith. words`, `The Chairman. words`
        titled: new(
            r"^(?P<name>(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sen|Rep|Gen|Adm|Col|Capt|Hon|Lt)\.? (?:(?:[A-Z]\.|[A-Z][\w'’-]+) ){0,2}[A-Z][\w'’-]+(?: of (?:the )?[A-Z]\w+(?: [A-Z]\w+)?)?|(?:Chairman|Chairwoman|Chairperson|Chair|Vice Chair(?:man|woman)?|Senator|Representative|Congressman|Congresswoman|Secretary|Director|Commissioner|Ambassador|Governor|Mayor|General|Admiral|Judge|Justice|Sheriff|Professor|Ranking Member|Under Secretary|Administrator|Chancellor|Superintendent|President|Speaker|Chief|Colonel|Captain|Inspector General) [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?(?: of (?:the )?[A-Z]\w+(?: [A-Z]\w+)?)?|The (?:Chairman|Chairwoman|Chairperson|Chair|Clerk|Vice Chair(?:man|woman)?|Acting Chair(?:man|woman)?|Presiding Officer|Speaker|President|Court|Witness|Reporter|Interpreter|Bailiff|Moderator|Operator))(?: [\[(][^\])]{1,30}[\])])?\.\s+(?P<rest>\S.*)$",
        )?,
    })
});

/// What `line` says about its speaker, if anything. `heading` is what the container says.
pub(crate) fn mark(line: &str, heading: bool) -> Option<SpeakerLabel<'_>> {
    let bare = line.trim_start_matches('#').trim();
    if heading || (bare.len() < line.len() && line.starts_with('#')) {
        return of_heading(bare.trim_end_matches('#').trim_end());
    }
    let listed = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).unwrap_or(line);
    if listed.split([':', '：']).next().is_some_and(|name| names::is_masked(name.trim())) {
        return inner(listed.trim());
    }
    inner(listed.trim_start_matches(|c: char| c.is_whitespace() || BULLETS.contains(&c)).trim_end())
}

/// Whether a line begins with a label or certainly with a speaker's name.
pub(crate) fn is_named(line: &str) -> bool {
    mark(line, false).is_some_and(|mark| {
        mark.label.is_some() || mark.style == LabelStyle::Colon && names::likeness(mark.name) >= names::Likeness::Fair
    })
}

/// Whether a text begins with `Q:`, `答：` and the like.
pub(crate) fn is_label(text: &str) -> bool {
    PATTERNS.as_ref().is_some_and(|patterns| label(patterns, text).is_some())
}

/// Signs that lists and magazines put before a name.
const BULLETS: [char; 14] = ['•', '▲', '△', '●', '○', '■', '□', '◆', '◇', '▶', '►', '★', '▪', '※'];

fn of_heading(bare: &str) -> Option<SpeakerLabel<'_>> {
    let found = inner(bare);
    // `## Use case: payments` is a heading; `### Q1: why?` and `### Host: hello` are not.
    let heads = |found: &SpeakerLabel<'_>| match found.style {
        LabelStyle::Alone | LabelStyle::BareBold | LabelStyle::Dash | LabelStyle::Tab => true,
        LabelStyle::Label => false,
        _ => !found.rest.is_empty() && names::likeness(found.name) < names::Likeness::Sure,
    };
    if let Some(found) = found.filter(|found| !heads(found)) {
        let style = if found.style == LabelStyle::Label { LabelStyle::Label } else { LabelStyle::Heading };
        return Some(SpeakerLabel { style, ..found });
    }
    (!bare.is_empty()).then(|| SpeakerLabel {
        style: LabelStyle::BareHeading,
        name: names::clean(bare),
        rest: end(bare),
        time: None,
        label: None,
        asks: false,
    })
}

fn inner(line: &str) -> Option<SpeakerLabel<'_>> {
    let patterns = PATTERNS.as_ref()?;
    if line.is_empty() || non_speech::is_aside(line) && !line.starts_with(['[', '【', '<', '\\']) {
        return None;
    }
    if let Some(found) = patterns.lead_time.captures(line)
        && let Some(rest) = found.name("rest").map(|rest| rest.as_str()).filter(|rest| !rest.is_empty())
    {
        let time = found.name("a").or(found.name("b")).and_then(|time| timestamps::seconds(time.as_str()));
        if let Some(chat) = patterns.chat.captures(rest) {
            let (name, rest) = (names::clean(chat.name("name")?.as_str()), chat.name("rest")?.as_str().trim());
            return Some(SpeakerLabel { style: LabelStyle::Timed, name, rest, time, label: None, asks: false });
        }
        let within = untimed(patterns, rest)?;
        // A dash, a tab or brackets after a time do not name a speaker by themselves.
        let own = [
            LabelStyle::Label,
            LabelStyle::Bold,
            LabelStyle::Dash,
            LabelStyle::Tab,
            LabelStyle::Paren,
            LabelStyle::Titled,
        ];
        let style = if own.contains(&within.style) { within.style } else { LabelStyle::Timed };
        return Some(SpeakerLabel { style, time: time.or(within.time), ..within });
    }
    untimed(patterns, line)
}

fn untimed<'a>(patterns: &Patterns, line: &'a str) -> Option<SpeakerLabel<'a>> {
    if let Some(found) = label(patterns, line).or_else(|| worded(patterns, line)) {
        return Some(found);
    }
    if line.starts_with(['*', '_']) {
        return bold(patterns, line);
    }
    if let Some(found) = patterns.bracket.captures(line) {
        return bracketed(patterns, line, &found);
    }
    if let Some(found) = patterns.timed.captures(line) {
        let name = names::clean(found.name("name")?.as_str());
        let time = found.name("a").or(found.name("b")).and_then(|time| timestamps::seconds(time.as_str()));
        let rest = found.name("rest").or(found.name("glued")).map_or(end(line), |rest| rest.as_str().trim());
        // `Well, [crosstalk 00:12] yes`: the words before the bracket are no name.
        let open = name.matches(['[', '(', '（', '【']).count() > name.matches([']', ')', '）', '】']).count();
        // `受访者｜去年14:30交班`, `他说，14:30交班`: the time is in the words.
        let within = name.contains(['｜', '／']) || found.name("glued").is_some() && name.contains('，');
        // `Beans. [00:19] And more.`: a sentence ends before the time.
        let ended = !rest.is_empty() && ends_sentence(name);
        if !open && !within && !ended && !name.contains([':', '：']) && names::likeness(name) > names::Likeness::None {
            return Some(SpeakerLabel { style: LabelStyle::Timed, name, rest, time, label: None, asks: false });
        }
    }
    if let Some(found) = patterns.colon.captures(line) {
        let (name, rest) = (names::clean(found.name("name")?.as_str()), found.name("rest")?.as_str());
        let glued = found.name("c")?.as_str() == ":"
            && rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/')
            && name.is_ascii()
            && !name.chars().any(char::is_uppercase);
        // `12:30 …` is a time; `发言人2：34 年了` is not.
        let clock = name.ends_with(|c: char| c.is_ascii_digit())
            && rest.starts_with(|c: char| c.is_ascii_digit())
            && names::likeness(name) < names::Likeness::Sure;
        // `ANN — We had no plan: only petrol.` is marked by its dash.
        let barred = name.contains(['｜', '／']);
        let unnamed = barred || names::likeness(name) == names::Likeness::None;
        let otherwise = if unnamed { set_otherwise(patterns, line) } else { None };
        if otherwise.is_some_and(|found| names::likeness(found.name) >= names::Likeness::Fair) {
            return otherwise;
        }
        if !glued && !clock && !rest.starts_with("//") && !name.is_empty() && !name.contains('\t') {
            let asked = name.trim_end_matches(['?', '？']).trim_end();
            let asks = asked.len() < name.len() && names::likeness(asked) >= names::Likeness::Fair;
            let name = if asks { asked } else { name };
            let alias = patterns.alias.captures(name).and_then(|found| found.name("name")).map(|alias| alias.as_str());
            if let Some(role) = alias.and_then(label_words::of_word) {
                let (label, rest) = (Some((role, None)), rest.trim());
                return Some(SpeakerLabel { style: LabelStyle::Label, name, rest, time: None, label, asks: false });
            }
            let name = alias.unwrap_or(name);
            return Some(SpeakerLabel {
                style: LabelStyle::Colon,
                name,
                rest: rest.trim(),
                time: None,
                label: None,
                asks,
            });
        }
        // A colon after a tab or a bar is in the words.
        if !name.contains('\t') && !barred {
            return None;
        }
    }
    if let Some(found) = set_otherwise(patterns, line) {
        return Some(found);
    }
    let short = line.chars().count() <= 40 && !line.ends_with(['.', ',', '，', '。']);
    short.then(|| SpeakerLabel {
        style: LabelStyle::Alone,
        name: names::clean(line),
        rest: end(line),
        time: None,
        label: None,
        asks: false,
    })
}

/// `[Name] words`; `found` is what the pattern of brackets found.
fn bracketed<'a>(patterns: &Patterns, line: &'a str, found: &Captures<'a>) -> Option<SpeakerLabel<'a>> {
    let name = found.name("name")?.as_str().trim();
    // `[ ]` and `[x]` stand before tasks.
    let task = name.is_empty() || name.eq_ignore_ascii_case("x");
    let timed = timestamps::seconds(name).is_some();
    if !timed && !task && non_speech::directions(line).first().is_none_or(|first| first.start > 0) {
        // `[Name] 10:03:12`
        let rest = found.name("rest")?.as_str();
        let timed = patterns.lead_time.captures(rest);
        let time = timed.as_ref().and_then(|time| time.name("a").or(time.name("b")));
        let time = time.and_then(|time| timestamps::seconds(time.as_str()));
        let rest = timed.and_then(|timed| timed.name("rest")).map_or(rest, |rest| rest.as_str());
        // `【回答】` is a label. `【答】` is one by itself, as a name.
        let word = (name.chars().count() > 1).then(|| label_words::of_word(name)).flatten();
        if let Some(role) = word {
            return Some(SpeakerLabel {
                style: LabelStyle::Label,
                name,
                rest,
                time,
                label: Some((role, None)),
                asks: false,
            });
        }
        // `【人物】：` heads its words as `人物：` does.
        let colon = line[..line.len() - found.name("rest")?.as_str().len()].trim_end().ends_with([':', '：']);
        let style = if colon && name.chars().any(is_chinese) { LabelStyle::Colon } else { LabelStyle::Bracket };
        return Some(SpeakerLabel { style, name, rest, time, label: None, asks: false });
    }
    None
}

/// Whether words end as a sentence does, and not as `Roe Jr.` or `J.S.`.
fn ends_sentence(words: &str) -> bool {
    let last = words.rsplit(' ').next().unwrap_or(words);
    words.ends_with(['。', '？', '?', '！', '!', '…', ',', '，', ';', '；'])
        || words.ends_with('.') && last.chars().count() > 3 && !last.trim_end_matches('.').contains('.')
}

/// `MR. SMITH. words`, `Name — words`, `(Name) words`, and a tab or spaces between.
fn set_otherwise<'a>(patterns: &Patterns, line: &'a str) -> Option<SpeakerLabel<'a>> {
    let shapes = [
        (&patterns.paren, LabelStyle::Paren),
        (&patterns.corner, LabelStyle::Paren),
        (&patterns.slash, LabelStyle::Dash),
        (&patterns.stroke, LabelStyle::Dash),
        (&patterns.arrow, LabelStyle::Dash),
        (&patterns.glued, LabelStyle::Dash),
        (&patterns.dashes, LabelStyle::Dash),
        (&patterns.tab, LabelStyle::Tab),
        (&patterns.titled, LabelStyle::Caps),
        (&patterns.caps, LabelStyle::Caps),
        (&patterns.dash, LabelStyle::Dash),
    ];
    for (pattern, style) in shapes {
        if let Some(found) = pattern.captures(line) {
            let (name, rest) = (names::clean(found.name("name")?.as_str()), found.name("rest")?.as_str().trim());
            let direction =
                style == LabelStyle::Paren && non_speech::directions(line).first().is_some_and(|at| at.start == 0);
            // Two spaces after a sentence are no column.
            let sentence = style == LabelStyle::Tab
                && !line.contains('\t')
                && name.ends_with(['.', '?', '!', '。', '？', '！', ',', '，']);
            // `MR. DONNELLY` on a line of its own is a name, and no turn of somebody called MR.
            let title = style == LabelStyle::Caps && ["MR", "MRS", "MS", "DR", "PROF"].contains(&name);
            if !direction && !sentence && !title {
                return Some(SpeakerLabel { style, name, rest, time: None, label: None, asks: false });
            }
        }
    }
    None
}

fn label<'a>(patterns: &Patterns, line: &'a str) -> Option<SpeakerLabel<'a>> {
    let found = patterns.label.captures(line)?;
    let name = found.name("m").or(found.name("w")).or(found.name("s"))?.as_str();
    let numbered = &line[..found.name("m").map_or(0, |letter| letter.start())];
    // `1. A. Smith` is a list.
    if !numbered.is_empty()
        && !line[numbered.len()..line.len() - found.name("rest")?.as_str().len()].contains([':', '：'])
    {
        return None;
    }
    let before = ["l", "h", "k", "i"].iter().find_map(|place| found.name(place));
    let number = found.name("n").or(found.name("o")).or(before).and_then(|number| counted(number.as_str()));
    let answers = name.to_lowercase() == "ａ"
        || name.eq_ignore_ascii_case("a")
        || label_words::of_word(name) == Some(LabelRole::Answers);
    let role = if answers { LabelRole::Answers } else { LabelRole::Asks };
    let rest = found.name("rest")?.as_str().trim();
    Some(SpeakerLabel { style: LabelStyle::Label, name, rest, time: None, label: Some((role, number)), asks: false })
}

/// `《问》words`: a label by the word in its brackets.
fn worded<'a>(patterns: &Patterns, line: &'a str) -> Option<SpeakerLabel<'a>> {
    let found = patterns.worded.captures(line)?;
    let (name, rest) = (found.name("w")?.as_str(), found.name("rest")?.as_str().trim());
    let role = match name {
        "Q" | "Ｑ" => LabelRole::Asks,
        "A" | "Ａ" => LabelRole::Answers,
        word => label_words::of_word(word)?,
    };
    Some(SpeakerLabel { style: LabelStyle::Label, name, rest, time: None, label: Some((role, None)), asks: false })
}

/// `12`, `十二`.
pub(crate) fn counted(number: &str) -> Option<usize> {
    const DIGITS: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |c: char| DIGITS.iter().position(|digit| *digit == c).map(|at| at + 1);
    if let Ok(number) = number.parse() {
        return Some(number);
    }
    match number.split_once('十') {
        None => number.chars().next().and_then(digit).filter(|_| number.chars().count() == 1),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { tens.chars().next().and_then(digit)? };
            let ones = if ones.is_empty() { 0 } else { ones.chars().next().and_then(digit)? };
            Some(tens * 10 + ones)
        }
    }
}

fn bold<'a>(patterns: &Patterns, line: &'a str) -> Option<SpeakerLabel<'a>> {
    let found = patterns.bold.captures(line)?;
    let (inside, after) = (found.name("in")?.as_str().trim(), found.name("after")?.as_str().trim());
    let colon_after = found.name("c").is_some_and(|c| !c.as_str().trim().is_empty());
    if let Some(label) = label(patterns, inside) {
        let rest = if label.rest.is_empty() { after } else { trim_marks(line, label.rest) };
        return Some(SpeakerLabel { rest, ..label });
    }
    // `**[00:12] Name:**`, `**Name (00:12):**`
    let (lead, named) = match patterns.lead_time.captures(inside) {
        Some(time) => {
            let at = time.name("a").or(time.name("b")).and_then(|time| timestamps::seconds(time.as_str()));
            (at, time.name("rest")?.as_str())
        }
        None => (None, inside),
    };
    let (named, time) = match patterns.timed.captures(named) {
        Some(timed) if timed.name("rest").or(timed.name("glued")).is_none() => {
            let time = timed.name("a").or(timed.name("b")).and_then(|time| timestamps::seconds(time.as_str()));
            (timed.name("name")?.as_str(), time)
        }
        _ => (named, None),
    };
    // `**Name** (00:12) words`, `**Name** *(00:12)*: words`
    let bare = after.trim_start_matches(['*', '_']);
    let (after_time, after) = match patterns.lead_time.captures(bare) {
        Some(time) => {
            let at = time.name("a").or(time.name("b")).and_then(|time| timestamps::seconds(time.as_str()));
            (
                at,
                time.name("rest")
                    .map_or(end(line), |rest| rest.as_str().trim_start_matches(['*', '_', ':', '：', ' ']).trim()),
            )
        }
        None => (None, after),
    };
    let time = lead.or(time).or(after_time);
    let mark = |style, name, rest| {
        Some(SpeakerLabel { style, name: names::clean(name), rest, time, label: None, asks: false })
    };
    if colon_after || inside.ends_with([':', '：']) {
        mark(LabelStyle::Bold, named, after)
    } else if let Some(colon) = patterns.colon.captures(named) {
        // The whole turn is bold: `**Name: what?**`
        let words = colon.name("rest")?.as_str().trim();
        mark(LabelStyle::Bold, colon.name("name")?.as_str(), trim_marks(line, words))
    } else if let Some(words) = after.strip_prefix(['-', '–', '—']) {
        mark(LabelStyle::Bold, named, words.trim())
    } else {
        // `**Name** words`, where such names come back.
        mark(LabelStyle::BareBold, named, after)
    }
}

/// From the first of `words`, a slice of `line`, to the line's end without its closing marks.
fn trim_marks<'a>(line: &'a str, words: &str) -> &'a str {
    let at = (words.as_ptr() as usize).saturating_sub(line.as_ptr() as usize);
    line.get(at..).unwrap_or_default().trim_end_matches(['*', '_']).trim()
}

/// The empty slice at the end of a line.
fn end(line: &str) -> &str {
    &line[line.len()..]
}

//! The last lines of a page below an interview: credits, signatures, notes, captions. It reads the last lines alone.

use std::sync::LazyLock;

use regex::Regex;

use super::labelled_line::LabelledLine;
use super::names;
use super::non_speech;
use crate::text::script::simplified;

/// The most lines of a tail, and the longest line of it.
const TAIL_LINES: usize = 12;
const LINE_CHARS: usize = 260;

static CREDIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let word = r"(?:责任编辑|责编|编辑|编审|审核|审校|审定|校对|校阅|整理|记录|纪录|速记|撰文|撰稿|采写|采访|采编|文字|文稿|文|图|图片|摄影|摄像|视频|来源|策划|出品|监制|统筹|排版|美编|设计|制作|制作人|剪辑|后期|音频|录入|转写|转录|翻译|供图|题图|封面|插画|记者|通讯员|实习生|本期编辑|值班编辑|编辑/校对|整理人|记录人|记录员|校对人|审核人|转写人|访谈日期|访谈时间|访谈地点|日期|时间|地点|访谈人|采访人|访谈员|面谈人|调查员|诊断|初步诊断|临床诊断|处理|处置|医嘱|处方|处理结果|处理意见|面谈结论|面谈结果|质检得分|质检结果|满意度|通话结果|diagnosis|impression|assessment|plan|prescription|credits|edited by|edit|editor|editors|producer|producers|produced by|photographs? by|photos? by|photos|photography|words by|words|text|interview by|written by|recorded by|transcriptionist|transcriber|audited by|proofread by|sound|music|illustrations? by|date)";
    let credit = format!(r"{word}\s*[:：/｜|]\s*[^\s:：。？！?!][^:：。？！?!]{{0,60}}");
    Regex::new(&format!(r"(?i)^[\s*_(（]*{credit}(?:[\s\u{{3000}}/／|｜；;、，,]+{credit}){{0,5}}[)）]?[\s*_]*$")).ok()
});

static OTHER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^[\s*_(（【\[]*(?:
          .{0,12}(?:签字|签名|签章|签收|盖章)\s*(?:[:：].{0,30}|[(（].{0,10}[)）].{0,20}|_{2,}.*)?
        | .{0,12}[(（](?:签名|签字|签章|盖章|捺印|手印)[^)）]{0,8}[)）]\s*[:：]?.{0,30}
        | (?:以上|上述)(?:笔录|记录|谈话|内容)[^？！?!]{0,30}(?:相符|一致|属实|无误|看过|听过|核对)[^？！?!]{0,10}
        | (?:以下|此处|下方)空白。?
        | (?:社工|咨询师|医生|护士|面谈人|访谈者|访谈人)?(?:评估|评估意见|评语|批注|初步印象)\s*[:：].{1,200}
        | [-—–=*~\s]*(?:end|完|全文完|the\send)[-—–=*~\s]*
        | (?:[\#＃][^\s\#＃]{1,24}[\#＃]?\s*){1,20}
        | .{0,10}(?:喜欢|觉得不错|觉得好看).{0,8}(?:点赞|点个赞|在看|转发|分享|收藏).{0,12}
        | 点击.{0,4}(?:阅读原文|上方|下方|左下角|蓝字).{0,16}
        | (?:(?:本|此)?(?:文|内容|纪要|文档|文本|记录|转写|转录|逐字稿|字幕|文稿)[:：]?)?由.{1,20}(?:自动|智能)?(?:生成|转写|转录|导出|识别)(?:而成)?(?:[，,].{0,20})?。?
        | (?:内容|文本|本文|结果)?(?:由|为)?(?:ai|人工智能|机器|系统)(?:自动|智能)?(?:生成|转写|识别|整理)(?:[，,].{0,20})?。?
        | 仅供参考。?|.{0,10}(?:结果|内容|转写|转录|纪要)仅供参考。?
        | (?:transcribed|generated|created|exported|recorded|powered|summari[sz]ed|captioned)\s(?:automatically\s)?(?:by|with|from|using|via|on)\s[^?!:]{2,60}
        | (?:.{0,60}\s)?signature\s*[:：].{0,60} | signed\s*[:：]\s*.{1,30}
        | (?:译|编者|作者|校)?(?:注|注释|附注|脚注)\s*[\d一二三四五六七八九十]{0,2}\s*[:：].{1,200} | \[\d{1,2}\]\s.{1,200} | [①②③④⑤⑥⑦⑧⑨]\s?.{1,200}
        | [▲△▼▽↑]\s*[^:：]{2,80}
        | (?:本文|本篇|文中|封面|题图|头图|配图|文内|图片|照片|插图|视频|部分图片|以上图片|所有图片|除.{1,10}外)[^。？！?!]{0,12}(?:由|来自|来源|均?为|经)[^？！?!]{1,40}(?:提供|供图|拍摄|授权|审阅|审定|审核|审校|确认|化名|截图|网络|摄)。?
        | .{0,20}(?:受访者|被访者|采访对象|当事人|受访单位|本人|品牌方)供图。?
        | (?:应.{1,12}要求，?)?(?:文中|本文).{0,20}(?:均)?为化名。?
        | (?:本期|本节目|本期节目|本集|本文|节目)由[^？！?!]{1,40}(?:赞助|支持|冠名|特约|呈现|播出|制作|出品)(?:播出|制作)?。?
        | (?:以上|上述)(?:图片|内容|文字)[^？！?!]{0,30}(?:整理|提供|转写|生成|识别|导出)(?:[，,].{0,20})?。?
        | this\s(?:article|interview|conversation|transcript|story|piece|post|episode|q&a)\s(?:was|has\sbeen|is|is\sbased)\s.{3,200}
        | (?:this\s)?(?:interview|conversation)\s(?:was|has\sbeen)\s(?:edited|condensed|lightly)\b.{0,120}
        | (?:correction|update|updated|editor['’]s\snote|translator['’]s\snote)\s*[:：—-]\s*.{3,200}
        | (?:this\s(?:episode|show|podcast)\s(?:is|was)\s)?(?:sponsored|supported|brought\sto\syou|presented|produced)\sby\s[^?!]{2,80}
        | (?:photograph|photo|image|picture|illustration)s?(?:\scredit)?\s*(?:[:：/]|by\s|courtesy\sof\s).{2,80}
        | .{0,40}已(?:停止|结束)(?:转录|转写|录制|录音|听写)。?
        | .{0,60}\s(?:stopped|ended)\s(?:the\s)?(?:transcription|recording|meeting)\.?
        | transcription\sended\safter\s.{1,20}
        | (?:(?:interview|words|text|story|photographs?|photos?|photography|illustrations?|transcript(?:ion)?|edited|interviewed|recorded|translated)\sby\s[^.?!:]{2,40}[.,;]?\s?){2,4}
        | 附(?:件|录|图|表|照)?\s*[:：].{1,60}
        | (?:(?:本报|本刊|实习|见习|特约)?(?:记者|通讯员|责任编辑|责编|编辑|校对|审核|审校|摄影|整理|撰文|统筹|监制)[\s\u{3000}]+[\p{Han}·]{2,4}[\s\u{3000}、]*){2,6}
        | .{0,10}(?:扫码|扫描|长按|识别|点击).{0,20}(?:公众号|二维码|小程序|关注).{0,12}
        | .{0,12}(?:访谈|采访|面谈|对话|录音|座谈|通话)(?:到此|至此|就此|全部)+(?:结束|完毕|完成).{0,30}
        | (?:以上)?(?:文字|录音|内容|本文|本文档|本记录)?由.{1,20}(?:转写|转录|识别|听录)(?:生成|整理|而成).{0,30}
        | \p{Han}{1,8}(?:记者|通讯员)[\s\u{3000}]+[\p{Han}·]{2,4}(?:[\s\u{3000}、]+[\p{Han}·]{2,4}){0,3}
        | (?:exported_)?[\w\ -]{1,80}\.(?:docx?|mp3|mp4|m4a|wav|txt|pdf)(?:\s[(（].{1,40}[)）])?
        | (?:sonix|otter|rev|trint|descript|temi|notta|fireflies|happy\s?scribe|riverside)(?:\.\w{2,3})?\s(?:is|uses)\s.{5,240}
        | credits\s*[:：]\s?.{3,200}
        | automatically\sconvert\syour\s.{5,240}
        | \[\^\w{1,8}\]:\s.{1,240} | [-*]\s\[[\ xX]\]\s.{1,240}
        )[\s*_)）】\]]*$",
    )
    .ok()
});

static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let month = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
    Regex::new(&format!(
        r"(?ix)^[\s*_(（]*(?:
          (?:\d{{4}}|[〇零一二三四五六七八九]{{4}}|民国\s?\d{{2,3}})\s*[年./-]\s*[\d一二三四五六七八九十]{{1,3}}\s*[月./-]\s*[\d一二三四五六七八九十]{{1,3}}\s*日?
            (?:[（(](?:星期|周|礼拜)[一二三四五六日天][）)])?(?:\s?(?:整理|记录|初稿|定稿|完成|于.{{1,10}}|星期.))?
        | \d{{1,2}}\.?\s{month}\s\d{{4}} | {month}\s\d{{1,2}},?\s\d{{4}}
        | (?:\d{{4}}|[〇零一二三四五六七八九]{{4}})\s*年\s*(?:[春夏秋冬][天季]?|(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月)?
        | (?:spring|summer|autumn|winter|{month}),?\s\d{{4}}
        | .{{0,6}}时间\s?\d{{1,2}}[时:：]\d{{2}}分?
        )[)）\s*_.]*$"
    ))
    .ok()
});

/// Whether a line, in Simplified, has the form of a tail's.
fn is_tail(words: &str) -> bool {
    if words.chars().count() > LINE_CHARS {
        return false;
    }
    let folded = simplified(words);
    [&CREDIT, &OTHER].iter().any(|form| form.as_ref().is_some_and(|form| form.is_match(&folded)))
}

/// What a line may be in a tail.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// It is set below an interview and nowhere else.
    Sure,
    /// It is part of a tail if other lines around it are: somebody may answer with a date.
    Beside,
    /// A rule above or between lines of a tail.
    Rule,
    Speech,
}

impl Part {
    fn of(words: &str) -> Self {
        // `By the river` may be an answer.
        let by = || words.trim_start_matches(['*', '_', ' ']).to_lowercase().starts_with("by ");
        if is_tail(words)
            || non_speech::is_footer(words)
            || non_speech::is_system(words)
            || non_speech::is_byline(words) && !by()
        {
            Self::Sure
        } else if words.chars().all(|c| "-—–_=*~… ".contains(c)) {
            Self::Rule
        } else if is_date(words) || non_speech::is_aside(words) || non_speech::is_page_mark(words) {
            Self::Beside
        } else {
            Self::Speech
        }
    }
}

/// The number of the last lines that are a tail, below the first `above`. `speaks` tells of a line by its place whether
/// somebody speaks there, and `apart` whether an empty line comes before it or it names nobody.
fn length(lines: &[&str], above: usize, speaks: impl Fn(usize) -> bool, apart: impl Fn(usize) -> bool) -> usize {
    let mut from = lines.len();
    let least = lines.len().saturating_sub(TAIL_LINES).max(above);
    for at in (least..lines.len()).rev() {
        let part = Part::of(lines[at]);
        if part == Part::Speech || speaks(at) {
            break;
        }
        if part == Part::Sure || part == Part::Rule && from < lines.len() {
            from = at;
        }
    }
    // `时间：三点` may be the end of an answer. A tail stands apart, or is the page's by its words.
    let tail = from..lines.len();
    let sure = tail.len() >= 2 || tail.clone().any(|at| apart(at) || is_other(lines[at]));
    if sure { tail.len() } else { 0 }
}

/// Takes the last lines of a page out of an interview's lines.
pub(crate) fn take<'a>(lines: &mut Vec<LabelledLine<'a>>) -> Vec<&'a str> {
    let words: Vec<&str> = lines.iter().map(|line| line.words).collect();
    let speaks = |at: usize| {
        lines[at].mark.is_some_and(|mark| {
            let key = names::key(mark.name);
            mark.label.is_some()
                || !mark.rest.is_empty()
                    && lines[..at].iter().filter_map(|line| line.mark).any(|other| names::key(other.name) == key)
        })
    };
    // Something stays above.
    let length = length(&words, 1, speaks, |at| lines[at].apart || lines[at].mark.is_none());
    lines.split_off(lines.len() - length).into_iter().map(|line| line.words).collect()
}

/// The number of the last lines of a text that are a tail, below the first `above`. Each line stands with whether an empty
/// line comes before it.
pub(crate) fn below(lines: &[(&str, bool)], above: usize) -> usize {
    let words: Vec<&str> = lines.iter().map(|(words, _)| *words).collect();
    length(&words, above, |_| false, |at| lines[at].1 || !lines[at].0.contains([':', '：']))
}

/// Whether a line is a date and nothing else.
pub(crate) fn is_date(words: &str) -> bool {
    words.chars().count() <= 40 && DATE.as_ref().is_some_and(|date| date.is_match(&simplified(words)))
}

fn is_other(words: &str) -> bool {
    OTHER.as_ref().is_some_and(|form| form.is_match(&simplified(words)))
}

//! The last lines of a page below an interview: credits, signatures, notes, captions. It reads the last lines alone.

use std::sync::LazyLock;

use regex::Regex;

use super::labelled_line::LabelledLine;
use super::names;
use super::non_speech;
use crate::text::script::simplified;

/// The most lines of a tail, and the longest line of it.
const TAIL_LINES: usize = 12;
const LINE_CHARS: usize = 120;

static CREDIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let word = r"(?:责任编辑|责编|编辑|编审|审核|审校|审定|校对|校阅|整理|记录|纪录|速记|撰文|撰稿|采写|采访|采编|文字|文稿|文|图|图片|摄影|摄像|视频|来源|策划|出品|监制|统筹|排版|美编|设计|制作|制作人|剪辑|后期|音频|录入|转写|转录|翻译|供图|题图|封面|插画|记者|通讯员|实习生|本期编辑|值班编辑|编辑/校对|整理人|记录人|记录员|校对人|审核人|转写人|访谈日期|访谈时间|访谈地点|日期|时间|地点|edited by|edit|editor|editors|producer|producers|produced by|photographs? by|photos? by|photos|photography|words by|words|text|interview by|written by|recorded by|transcriptionist|transcriber|audited by|proofread by|sound|music|illustrations? by|date)";
    let credit = format!(r"{word}\s*[:：/｜|]\s*[^\s:：。？！?!][^:：。？！?!]{{0,40}}");
    Regex::new(&format!(r"(?i)^[\s*_(（]*{credit}(?:[\s\u{{3000}}/／|｜；;、，,]+{credit}){{0,5}}[)）]?[\s*_]*$")).ok()
});

static OTHER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^[\s*_(（【\[]*(?:
          .{0,12}(?:签字|签名|签章|签收|盖章)\s*(?:[:：].{0,30}|[(（].{0,10}[)）].{0,20}|_{2,}.*)?
        | (?:.{0,60}\s)?signature\s*[:：].{0,30} | signed\s*[:：]\s*.{1,30}
        | (?:译|编者|作者|校)?(?:注|注释|附注|脚注)\s*[\d一二三四五六七八九十]{0,2}\s*[:：].{1,200} | \[\d{1,2}\]\s.{1,200} | [①②③④⑤⑥⑦⑧⑨]\s?.{1,200}
        | [▲△▼▽↑]\s*[^:：]{2,80}
        | (?:本文|本篇|文中|封面|题图|头图|配图|文内|图片|照片|插图|视频|部分图片|以上图片|所有图片|除.{1,10}外)[^。？！?!]{0,12}(?:由|来自|来源|均?为|经)[^？！?!]{1,40}(?:提供|供图|拍摄|授权|审阅|审定|审核|审校|确认|化名|截图|网络|摄)。?
        | .{0,20}(?:受访者|被访者|采访对象|当事人|受访单位|本人|品牌方)供图。?
        | (?:应.{1,12}要求，?)?(?:文中|本文).{0,20}(?:均)?为化名。?
        | (?:本期|本节目|本期节目|本集|本文|节目)由[^？！?!]{1,40}(?:赞助|支持|冠名|特约|呈现|播出|制作|出品)(?:播出|制作)?。?
        | (?:以上|上述)(?:图片|内容|文字)[^？！?!]{0,30}(?:整理|提供|转写|生成)。?
        | this\s(?:article|interview|conversation|transcript|story|piece|post|episode|q&a)\s(?:was|has\sbeen|is|is\sbased)\s.{3,200}
        | (?:this\s)?(?:interview|conversation)\s(?:was|has\sbeen)\s(?:edited|condensed|lightly)\b.{0,120}
        | (?:correction|update|updated|editor['’]s\snote|translator['’]s\snote)\s*[:：—-]\s*.{3,200}
        | (?:this\s(?:episode|show|podcast)\s(?:is|was)\s)?(?:sponsored|supported|brought\sto\syou|presented|produced)\sby\s[^?!]{2,80}
        | (?:photograph|photo|image|picture|illustration)s?(?:\scredit)?\s*(?:[:：/]|by\s|courtesy\sof\s).{2,80}
        | .{0,40}已(?:停止|结束)(?:转录|转写|录制|录音|听写)。?
        | .{0,60}\s(?:stopped|ended)\s(?:the\s)?(?:transcription|recording|meeting)\.?
        )[\s*_)）】\]]*$",
    )
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

/// Takes the last lines of a page out of an interview's lines.
pub(crate) fn take<'a>(lines: &mut Vec<LabelledLine<'a>>) -> Vec<&'a str> {
    let mut from = lines.len();
    // Something stays above.
    let least = lines.len().saturating_sub(TAIL_LINES).max(1);
    while from > least {
        let line = &lines[from - 1];
        let back = line.mark.is_some_and(|mark| {
            let key = names::key(mark.name);
            mark.label.is_some()
                || !mark.rest.is_empty()
                    && lines[..from - 1].iter().filter_map(|line| line.mark).any(|other| names::key(other.name) == key)
        });
        let begins = |words: &str| line.words.trim_start_matches(['*', '_', ' ']).to_lowercase().starts_with(words);
        // `By the river` may be an answer.
        let footer = non_speech::is_footer(line.words) || non_speech::is_byline(line.words) && !begins("by ");
        let rule = line.words.chars().all(|c| "-—–_=*~… ".contains(c));
        if !((is_tail(line.words) || footer) && !back || rule && from < lines.len()) {
            break;
        }
        from -= 1;
    }
    // `时间：三点` may be the end of an answer. A tail stands apart, or is the page's by its words.
    let sure = lines[from..].iter().any(|line| line.apart || is_other(line.words) || line.mark.is_none())
        || lines.len() - from >= 2;
    if from == lines.len() || !sure {
        return Vec::new();
    }
    lines.split_off(from).into_iter().map(|line| line.words).collect()
}

fn is_other(words: &str) -> bool {
    OTHER.as_ref().is_some_and(|form| form.is_match(&simplified(words)))
}

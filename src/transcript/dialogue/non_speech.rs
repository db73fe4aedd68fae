//! Text that nobody said: stage directions, and what a page puts around the text. It judges a line and
//! does not know who speaks.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::script::simplified;

/// Hints of swipe galleries and folded articles, in Simplified.
const HINTS: [&str; 8] =
    ["滑动查看", "点击查看", "点击展开", "展开全文", "左右滑动", "上下滑动", "阅读全文", "长按识别"];
/// Characters of rules between parts of a page.
const RULE: &str = "….·。-—–_=*~# ";
/// A longer line with a hint is speech.
const HINT_CHARS: usize = 16;
/// A longer line in brackets is speech.
const ASIDE_CHARS: usize = 100;
/// A longer line that begins like a footer is speech.
const FOOTER_CHARS: usize = 300;

/// Lines that a page puts around an interview: hints, and rules of dots.
pub(crate) fn is_furniture(line: &str) -> bool {
    if line.chars().all(|c| RULE.contains(c)) {
        return true;
    }
    if line.chars().count() > HINT_CHARS {
        return false;
    }
    let folded = simplified(line);
    HINTS.iter().any(|hint| folded.contains(hint))
}

static PAGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?: [-–—]\s*\d{1,4}\s*[-–—] | (?:page|p\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})? | \d{1,4}\s*/\s*\d{1,4}
        | 第\s*\d{1,4}\s*[页頁](?:\s*[,，/]?\s*共\s*\d{1,4}\s*[页頁])?
        | seite\s*\d{1,4}(?:\s*(?:von|/)\s*\d{1,4})?
        | \*{0,2}(?:ad\s)?(?:break|intro|outro|sponsors?)\*{0,2}\s*:?\*{0,2}\s*(?:\\?\[[^\]]*\])?
        | \[?(?:(?:begin(?:ning)?|end|start)\s+(?:of\s+)?)?(?:tape|side|disc|reel)\s+[a-z0-9]{1,4}(?:\s*[,–-]\s*side\s+[a-z0-9]{1,3})?\.?\]?
        | .{1,80}?(?:\.{4,}|…{2,}|(?:\s\.){4,})\s*\d{1,4} )$",
    )
    .ok()
});

/// Page numbers and the lines of a table of contents.
pub(crate) fn is_page_mark(line: &str) -> bool {
    line.len() < 300 && PAGE.as_ref().is_some_and(|page| page.is_match(line))
}

static FOOTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^[\s>*_]*(?:©|copyright\b|\(c\)\s|all rights reserved|licen[sc]ed under|meeting ended after\b|this (?:editable )?(?:work|transcript|interview|document) (?:is|was|may|has)|cc[ -](?:by|0)|creative commons|transcribed by|transcript(?:ion)? (?:by|provided)|.{1,60} (?:started|stopped) transcription$|end of (?:transcript|interview|recording)|\[?end\]?$|版权所有|版權所有|本作品|本文采用|本文採用|转载请|轉載請|未经授权|未經授權|(?:访谈|訪談|采访|採訪|录音|錄音|全文)(?:结束|結束|完)|[（(]?完[)）]?$)",
    )
    .ok()
});

/// The end of a page: licence, copyright, transcriber.
pub(crate) fn is_footer(line: &str) -> bool {
    line.len() <= FOOTER_CHARS && FOOTER.as_ref().is_some_and(|footer| footer.is_match(line))
}

static NOTE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^[\s*_>（(【\[]*(?:编者按|编按|编者注|编辑注|记者注|译者注|整理者注|研究者(?:备忘|笔记|注)|观察(?:员|者)?(?:记录|笔记)|(?:editor|reporter|translator|transcriber)['’]s note|(?:researcher|interviewer|observer|author|field)(?:['’]s)? (?:memo|notes?|comments?))\s*[)）】\]]?\s*[:：]|^>?\s*\[!\w{3,12}\]").ok()
});

/// A remark of an editor between turns: `编者按：该厂2021年……`.
pub(crate) fn is_note(line: &str) -> bool {
    let head: String = line.chars().take(40).collect();
    NOTE.as_ref().is_some_and(|note| note.is_match(&simplified(&head)))
}

static SYSTEM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let (open, close) = (r#"["“”「『]"#, r#"["“”」』]"#);
    let name = format!("{open}.{{1,24}}{close}");
    Regex::new(&format!(
        r"(?i)^(?:(?:{name}|你|您)\s?(?:拍了拍\s?(?:{name}|我|自己)(?:.{{0,12}}[^。！？，]|)|撤回了一条消息(?:\s?重新编辑)?|邀请\s?(?:{name}|你|您).{{0,30}}加入了?群聊|(?:通过扫描.{{1,40}})?加入了?群聊|移出了群聊|修改群名为.{{1,40}}|领取了.{{1,30}}红包)|以上是打招呼的内容|(?:通话|会议|会话|录音|录制|转录|直播)(?:已)?(?:开始|结束|接通|挂断)[:：]?\s*[\d年月日时分秒:：/.\s-]*|[\[【（(<]\s*(?:系统(?:消息|提示|通知|信息)?|自动(?:提示|回复)|提示音|system(?:\s(?:message|notice))?|automated(?:\smessage)?)\s*[\]】）)>].{{0,100}}|:[a-z0-9_+-]{{2,30}}:(?:\s?\d{{1,3}})?|(?:.{{1,40}}\s)?(?:recalled a message|joined the (?:group|chat)|left the (?:group|chat)))\.?$"
    ))
    .ok()
});

/// What a chat program says among messages: `"张磊"拍了拍"老K"`.
pub(crate) fn is_system(line: &str) -> bool {
    line.len() <= 200 && SYSTEM.as_ref().is_some_and(|system| system.is_match(&simplified(line)))
}

static PART: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:part|chapter|section|theme|topic|act)\s+(?:\d{1,2}|[ivx]{1,4}|one|two|three|four|five|six)(?:\s*[:：.–—-]\s*.{0,60})?$|^第[一二三四五六七八九十\d]{1,3}(?:部分|章|节|節|篇|幕|[次场場](?:访谈|訪談|采访|採訪|座谈|座談)?)(?:[:：、\s\x{3000}].{0,30})?$|^(?:interview|session|case)\s+(?:no\.?\s?|#\s?)?(?:\d{1,3}|[ivx]{1,4}|one|two|three|four|five|six)(?:\s+of\s+\d{1,3})?(?:\s*[:：.–—,(-]\s*.{0,60})?$|^(?:访谈|訪談|采访|採訪|个案|個案|案例)\s?(?:[一二三四五六七八九十]{1,3}|\d{1,3})(?:[:：、（(\s\x{3000}–—-].{0,40})?$").ok()
});

/// A heading that counts: `Part 2: The war`, `第二部分 入职`.
pub(crate) fn is_part(line: &str) -> bool {
    !line.ends_with(['.', '?', '!', '。', '？', '！']) && PART.as_ref().is_some_and(|part| part.is_match(line))
}

static CREDITS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    // The colon of a time heads no credit.
    let credit = r"\S{0,7}[^\s\d][:：]\s*\S[^:：]{0,30}";
    Regex::new(&format!(r"^(?:{credit}?(?:\s{{2,}}|\x{{3000}}+|\s*[|｜]\s*))+{credit}$")).ok()
});

/// Several credits on one line: `员工：陈思思　　部门：客服一部`.
pub(crate) fn is_credits(line: &str) -> bool {
    !line.ends_with(['.', '?', '!', '。', '？', '！']) && CREDITS.as_ref().is_some_and(|credits| credits.is_match(line))
}

static BYLINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^[\s*_>]*(?:(?:words|text|photos?|interview(?:ed)?|story|written|edited|as told)\s+(?:by|to)|by)\s+[^.?!。？！]{2,60}$|^[\s*_>]*(?:本[报報刊社网網]|新华社|新華社|中新社)[^。？！]{0,6}记者[^。？！：:]{1,40}$|^[\s*_>]*(?:文|图|圖|撰文|采访|採訪|作者|编辑|編輯|摄影|攝影)\s*[/／|｜丨：:].{1,60}$|^[\s*_>]*(?:本[报報刊社网網])?(?:实习|實習|特约|特約)?(?:记者|記者|撰文|撰稿|通讯员|通訊員)[\s\u{3000}]+[^\s。？！，,：:]{2,6}(?:[\s\u{3000}、]+[^\s。？！，,：:]{2,6}){0,3}$",
    )
    .ok()
});

/// The number that stands before a line and the words after it.
pub(crate) fn unlined(line: &str) -> (Option<u32>, &str) {
    let line = line.trim();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    // `3. Name: words` too, in a list of what was said.
    let rest = match rest.strip_prefix(['.', '．', '、', ')']) {
        Some(said) if said.contains([':', '：']) => said,
        _ => rest,
    };
    let spaced = rest.is_empty() || rest.len() < line.len() - digits || rest.starts_with([' ', '\t', '\u{3000}']);
    match line[..digits].parse().ok().filter(|_| (1..=5).contains(&digits) && spaced) {
        Some(number) => (Some(number), rest.trim_start()),
        None => (None, line),
    }
}

/// The number of lines from which numbers before them are recognised.
const NUMBERED_LINES: usize = 6;

/// Whether the lines are numbered, one by one, as theses and courts do.
pub(crate) fn has_line_numbers(text: &str) -> bool {
    let mut before = None;
    let (mut all, mut counted) = (0usize, 0usize);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let (number, _) = unlined(line);
        if number.is_none() && counted == 0 {
            continue;
        }
        all += 1;
        // Each page may begin anew.
        let follows = number.is_some_and(|number| number == 1 || before.is_some_and(|before| number == before + 1));
        counted += usize::from(follows || number.is_some() && counted == 0);
        before = number.or(before);
    }
    counted >= NUMBERED_LINES && counted * 5 >= all * 4
}

/// The fewest lines with a number, where each fifth or tenth has one.
const FIFTHS: usize = 2;

/// Whether every fifth or tenth line has its number before it, and no other, as in a printed transcript.
pub(crate) fn has_fifth_numbers(text: &str) -> bool {
    let numbers: Vec<u32> = text.lines().filter_map(fifth).map(|(number, _)| number).collect();
    let step = numbers.first().copied().unwrap_or(0);
    let steady = numbers.iter().zip(1..).all(|(number, place)| *number == step * place);
    (step == 5 || step == 10) && steady && numbers.len() >= FIFTHS && text.lines().count() >= step as usize * FIFTHS
}

/// The number before a line and the words after it, with a column of white space between them.
pub(crate) fn fifth(line: &str) -> Option<(u32, &str)> {
    let line = line.trim();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    let spaced = rest.starts_with("  ") || rest.starts_with('\t');
    let number = line[..digits].parse().ok().filter(|_| (1..=4).contains(&digits) && spaced)?;
    Some((number, rest.trim_start()))
}

static FIELDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let field = r"[^\s:：,，。.?？!！]{1,8}[:：][^\s:：,，。.?？!！]{1,12}";
    Regex::new(&format!(r"^{field}(?:[\s\u{{3000}}]+{field})+$")).ok()
});

/// Several fields on a line, as `审判长：周海 书记员：林静`.
pub(crate) fn is_fields(line: &str) -> bool {
    FIELDS.as_ref().is_some_and(|fields| fields.is_match(line))
}

static MAIL_HEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:from|to|cc|bcc|sent|date|subject|reply-to|发件人|收件人|抄送|发送时间|主题|寄件者|收件者|副本|主旨|日期)\s*[:：]\s").ok()
});

/// A header line of a mail.
pub(crate) fn is_mail_head(line: &str) -> bool {
    MAIL_HEAD.as_ref().is_some_and(|head| head.is_match(line))
}

/// The author, interviewer or photographer, above the text.
pub(crate) fn is_byline(line: &str) -> bool {
    BYLINE.as_ref().is_some_and(|byline| byline.is_match(line))
}

const PAIRS: [(char, char); 6] = [('(', ')'), ('（', '）'), ('[', ']'), ('【', '】'), ('〔', '〕'), ('<', '>')];

/// A whole line in brackets: `(laughter)`, `> （播放影片）`, `*[crosstalk]*`.
pub(crate) fn is_aside(line: &str) -> bool {
    let line = line.trim_matches(|c: char| c.is_whitespace() || "*_>\\".contains(c));
    let Some((open, close)) = PAIRS.into_iter().find(|(open, close)| line.starts_with(*open) && line.ends_with(*close))
    else {
        return false;
    };
    if line.chars().count() > ASIDE_CHARS {
        return false;
    }
    // One pair encloses the whole line: `(a) b (c)` is speech.
    let inside = &line[open.len_utf8()..line.len() - close.len_utf8()];
    let mut depth = 0i32;
    for c in inside.chars() {
        depth += i32::from(c == open) - i32::from(c == close);
        if depth < 0 {
            return false;
        }
    }
    true
}

static DIRECTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix) \*{0,2}_? \\?[\[(（【〔<] \s* (?:
            (?:\d{1,2}[:：])?\d{1,3}[:：]\d{2}(?:[.,]\d{1,3})?
          | [^\[\]()（）【】〔〕<>]{0,24}?
            (?:laugh|applau|cross-?talk|overlapping|inaudible|indistinct|unintelligible|unclear|pause[sd]?\b|music|sigh|cough|chuckl|giggl|silence|cheer|clap|nods|crying|sobs|clears\ throat
            |笑|掌[声聲]|鼓掌|停[顿頓]|沉默|[叹嘆][气氣]|[听聽]不清|音[乐樂]|咳|[点點][头頭]|哽咽|哭|打[断斷]|插[话話]|[无無]法辨[识識]|[杂雜]音)
            [^\[\]()（）【】〔〕<>]{0,40}
          | (?:上午|下午)?\s*\d{1,2}\s*[时時点點]\s*\d{1,2}\s*分
          ) \s* \\?[\])）】〕>] _?\*{0,2}
          | \#\d{2}:\d{2}:\d{2}-\d\# | \s\^[a-z0-9-]{1,24}$",
    )
    .ok()
});

static HOLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)inaudible|indistinct|unintelligible|unclear|cross-?talk|overlapping|[听聽]不清|[无無]法辨[识識]|[辨]不清",
    )
    .ok()
});

/// Whether a direction stands for inaudible words: a gap in a sentence.
pub(crate) fn is_hole(direction: &str) -> bool {
    HOLE.as_ref().is_some_and(|hole| hole.is_match(direction))
}

static DIVIDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:[=＝]{2,}|[-—–─━*＊~～_]{4,})\s*(?P<title>[^=＝\-—–─━*＊~～_\s][^=＝]*?)\s*(?:[=＝]{2,}|[-—–─━*＊~～_]{4,})$|^(?:[=＝]{5,}|[-—–─━*＊~～_]{8,})$").ok()
});

/// `=== Ann Lee ===`, `----------`: the text of a dividing line, perhaps empty.
pub(crate) fn divided(line: &str) -> Option<&str> {
    let found = DIVIDER.as_ref()?.captures(line)?;
    Some(found.name("title").map_or(&line[line.len()..], |title| title.as_str()))
}

/// The stage directions and time marks inside a line, as byte ranges.
pub(crate) fn directions(line: &str) -> Vec<std::ops::Range<usize>> {
    let Some(direction) = DIRECTION.as_ref() else { return Vec::new() };
    direction.find_iter(line).map(|found| found.range()).collect()
}

//! Parts of a page around an interview that nobody speaks: summaries, lists of tasks, outlines and time lines above it,
//! contacts and links below it. It looks at the words that head them and reads no turn.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::header::is_word_of;
use super::labelled_line::{LabelledLine, unnumbered};
use super::lines::ends_sentence;
use super::names::{self, Likeness};
use super::quotation;
use super::speaker_labels::{LabelStyle, SpeakerLabel};
use crate::transcript::extract::LineKind;
use crate::transcript::timestamps;

/// Words that head a summary, a list of tasks, an outline or a time line, in Simplified and lower case.
const HEADS: &str = "总结 小结 摘要 概要 概述 全文概要 全文摘要 全文总结 会议纪要 会议总结 会议摘要 会议概要 会议待办 会议要点 智能总结 智能纪要 智能摘要 智能章节 智能待办 ai总结 ai纪要 ai摘要 ai\u{a0}总结 ai\u{a0}纪要 \
 ai\u{a0}摘要 ai智能总结 ai速览 ai待办 待办 待办事项 待办任务 行动项 后续行动 下一步 下一步计划 章节 章节速览 分章节 要点 要点回顾 关键要点 核心要点 内容要点 发言总结 发言人总结 问答回顾 问答总结 思维导图 金句 \
 重点内容 内容摘要 内容速览 本期内容 关键词 时间轴 时间线 时间戳 节目时间轴 内容时间轴 收听指南 本期看点 提纲 大纲 访谈提纲 采访提纲 访谈大纲 采访大纲 问题提纲 问题清单 提问提纲 \
 summary ai\u{a0}summary meeting\u{a0}summary quick\u{a0}recap recap action\u{a0}items tasks to-do todo to\u{a0}do to-dos next\u{a0}steps key\u{a0}takeaways takeaways key\u{a0}points highlights chapters overview \
 keywords outline meeting\u{a0}notes ai\u{a0}notes show\u{a0}notes shownotes timeline timestamps time\u{a0}stamps in\u{a0}this\u{a0}episode interview\u{a0}guide discussion\u{a0}guide topic\u{a0}guide question\u{a0}list \
 questions\u{a0}asked question\u{a0}guide";

/// Words of them above times with topics.
const TIME_LINES: &str = "时间轴 时间线 时间戳 节目时间轴 内容时间轴 章节 章节速览 智能章节 本期内容 收听指南 本期看点 timeline timestamps time\u{a0}stamps chapters show\u{a0}notes shownotes \
 in\u{a0}this\u{a0}episode";

/// Words that open the transcript below them, in Simplified and lower case.
const MARKERS: &str = "原文 转写原文 转写 转写全文 转写文本 转写内容 转写记录 转写结果 录音转写 录音原文 逐字稿 访谈逐字稿 文字稿 全文 全文记录 文字记录 文字实录 实录 采访实录 访谈实录 对话实录 对谈实录 访谈记录 采访记录 访谈正文 \
 采访正文 正文 访谈内容 采访内容 访谈全文 采访全文 对话 对谈 对话内容 对话全文 对话记录 会议记录 会议原文 发言记录 语音转文字 transcript full\u{a0}transcript transcription full\u{a0}transcription verbatim \
 verbatim\u{a0}transcript interview\u{a0}transcript meeting\u{a0}transcript interview the\u{a0}interview conversation";

/// Words that head what follows an interview on its page.
const ENDS: &str = "联系我们 联系方式 关注我们 关于我们 关于本节目 相关阅读 相关报道 相关新闻 相关文章 相关链接 延伸阅读 推荐阅读 推荐文章 更多报道 更多报导 相关报导 更多新闻 更多文章 更多内容 更多阅读 往期回顾 往期推荐 往期节目 热门文章 \
 猜你喜欢 制作团队 节目制作 制作人员 本期制作 主创团队 片尾 参考资料 参考文献 加入我们 收听方式 收听平台 订阅我们 评论 留言 精选留言 contact contact\u{a0}us about\u{a0}us related related\u{a0}articles related\u{a0}stories \
 related\u{a0}reading related\u{a0}links further\u{a0}reading read\u{a0}more read\u{a0}next more\u{a0}stories more\u{a0}from recommended you\u{a0}may\u{a0}also\u{a0}like follow\u{a0}us subscribe credits references comments \
 follow-up follow\u{a0}up follow-ups my\u{a0}notes field\u{a0}notes researcher\u{a0}notes observations memo next\u{a0}steps action\u{a0}items to-do to-dos todo takeaways footnotes \
 备注 笔记 后记 采访手记 采访后记 访谈后记 记者手记 研究者备忘 备忘 后续跟进 后续 跟进 待办 待办事项 脚注 注释";

/// Words that head a part below an interview in which speakers are named, in Simplified and lower case. Above one without
/// names they may be its topics.
const NOTES: &str = "观察记录 观察笔记 观察员笔记 研究员笔记 研究员备注 访谈小结 访谈总结 采访小结 面谈小结 面谈总结 面谈结论 总结 小结 分析 初步分析 讨论 发现 关键发现 主要发现 洞察 用户洞察 复盘 编后记 编后语 编者的话 记者后记 \
 手记 采访札记 札记 田野笔记 反思 感想 评估 处理意见 处理结果 结论 后续安排 大事年表 年表 人物简介 受访者简介 嘉宾简介 作者简介 人物小传 observer\u{a0}notes observer's\u{a0}notes interviewer\u{a0}notes interviewer's\u{a0}notes interviewer\u{a0}comments interviewer's\u{a0}comments comments\u{a0}of\u{a0}the\u{a0}interviewer \
 moderator\u{a0}notes key\u{a0}findings findings insights key\u{a0}insights analysis debrief reflection reflections summary conclusion conclusions notes chronology timeline about\u{a0}the\u{a0}author about\u{a0}the\u{a0}interviewee \
 about\u{a0}the\u{a0}speaker about\u{a0}the\u{a0}speakers biography glossary recommendations";

static APPENDIX: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:附录|附錄|附件|附表)\s?[一二三四五六七八九十\dA-Z]{0,2}(?:[:：、\s\x{3000}].{0,40})?$|^(?:appendix|annex)(?:\s[a-z\d]{1,3})?(?:\s*[:.–—-].{0,60})?$").ok()
});

/// `附录：大事年表`, `Appendix B`.
pub(super) fn is_appendix(line: &str) -> bool {
    !ends_sentence(line)
        && APPENDIX
            .as_ref()
            .is_some_and(|appendix| appendix.is_match(line.trim_matches(['#', '*', '=', '【', '】', ' '])))
}

/// The lines from the top among which such a part begins, and the lines at the end.
const TOP_LINES: usize = 40;
const END_LINES: usize = 15;

/// A short line without a sentence that is one of the words of `list`.
fn heads(line: &LabelledLine<'_>, list: &str) -> bool {
    line.words.chars().count() <= 40
        && line.mark.is_none_or(|mark| mark.rest.trim_matches(['*', '_', ' ']).is_empty())
        && is_word_of(list, &line.words.replace('’', "'"))
}

/// The mark of a line that may name a speaker.
fn named<'a>(line: &LabelledLine<'a>) -> Option<SpeakerLabel<'a>> {
    line.mark.filter(|mark| !matches!(mark.style, LabelStyle::Alone | LabelStyle::BareHeading | LabelStyle::Dash))
}

/// The words of a line that asks, without its number.
fn question<'a>(line: &LabelledLine<'a>) -> Option<&'a str> {
    let words = unnumbered(line.words.trim_matches(['*', '#', ' '])).trim();
    (line.hint.kind == LineKind::Plain || line.hint.kind == LineKind::Bold)
        .then(|| quotation::bare(words))
        .filter(|words| quotation::asks(words))
}

/// Takes the parts above and below an interview out of its lines: first those above, then those below.
pub(crate) fn take<'a>(lines: &mut Vec<LabelledLine<'a>>) -> (Vec<&'a str>, Vec<&'a str>) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for mark in lines.iter().filter_map(|line| named(line)).filter(|mark| mark.label.is_none()) {
        *counts.entry(names::key(mark.name)).or_default() += 1;
    }
    let mut apart = vec![false; lines.len()];
    above(lines, &counts, &mut apart);
    let ends = below(lines, &counts);
    let above = lines.iter().zip(&apart).filter(|(_, apart)| **apart).map(|(line, _)| line.words).collect();
    let below = lines[ends..].iter().map(|line| line.words).collect();
    let mut at = 0;
    lines.retain(|_| {
        at += 1;
        !apart[at - 1] && at - 1 < ends
    });
    (above, below)
}

/// The first line of the parts below an interview; the number of lines if there is none.
fn below(lines: &[LabelledLine<'_>], counts: &HashMap<String, usize>) -> usize {
    let speaks = |line: &LabelledLine<'_>| {
        named(line).is_some_and(|mark| mark.label.is_some() || counts[&names::key(mark.name)] >= 2)
    };
    // Under headings that are names, a speaker has no other mark.
    let mut headings: HashMap<&str, usize> = HashMap::new();
    let head = |line: &LabelledLine<'_>| line.mark.is_some_and(|mark| mark.style == LabelStyle::BareHeading);
    for mark in lines.iter().filter(|line| head(line)).filter_map(|line| line.mark) {
        *headings.entry(mark.name).or_default() += 1;
    }
    let heading = |line: &LabelledLine<'_>| head(line) && line.mark.is_some_and(|mark| headings[mark.name] >= 2);
    let last = lines.iter().rposition(|line| speaks(line) || heading(line));
    let last = last.unwrap_or(0);
    let named = lines.iter().filter(|line| speaks(line) || heading(line)).count() >= 2;
    let is_end = |at: &usize| {
        let (line, near) = (&lines[*at], *at + END_LINES >= lines.len());
        let headed = near || line.words.starts_with('#');
        near && heads(line, ENDS) || named && headed && heads(line, NOTES) || named && is_appendix(line.words)
    };
    (lines.len() / 2..lines.len()).find(|at| *at > last && is_end(at)).unwrap_or(lines.len())
}

/// Marks the lines above the interview that nobody speaks.
fn above(lines: &[LabelledLine<'_>], counts: &HashMap<String, usize>, apart: &mut [bool]) {
    let top = lines.len().min(TOP_LINES);
    repeated(lines, apart);
    // A time line is known by its times.
    for head in (0..top).filter(|at| heads(&lines[*at], TIME_LINES)) {
        let timed = lines[head + 1..].iter().take_while(|line| is_topic(line, counts)).count();
        if timed > 0 {
            apart[head..=head + timed].fill(true);
        }
    }
    let Some(head) = (0..top).find(|at| heads(&lines[*at], HEADS)) else { return };
    let timed = |line: &LabelledLine<'_>| {
        let mark = line.mark.filter(|mark| mark.style == LabelStyle::Timed && mark.time.is_some());
        mark.is_some_and(|mark| counts.get(&names::key(mark.name)).is_some_and(|count| *count >= 2))
    };
    let opens = (head + 1..lines.len()).find(|at| heads(&lines[*at], MARKERS));
    let all = lines.iter().filter(|line| timed(line)).count();
    let speaks = lines.iter().position(timed).filter(|_| all >= TIMED);
    let end = match (opens, speaks) {
        // A speaker before the marker speaks.
        (Some(opens), Some(speaks)) if speaks < opens => speaks,
        (Some(opens), _) => opens + 1,
        (None, Some(speaks)) => speaks,
        (None, None) => return,
    };
    if end <= head || end >= lines.len() {
        return;
    }
    // The interview is below: somebody speaks there, or asks.
    let below = &lines[end..];
    let labelled = |line: &&LabelledLine<'_>| {
        line.mark.is_some_and(|mark| mark.label.is_some() || names::likeness(mark.name) >= Likeness::Fair)
            || quotation::asks(line.words)
    };
    if below.iter().filter(labelled).count() >= 2 {
        apart[head..end].fill(true);
    }
}

/// The number of turns with times from which they show where a transcript begins.
const TIMED: usize = 3;

/// `12:30 书店的账`: a topic of a time line.
fn is_topic(line: &LabelledLine<'_>, counts: &HashMap<String, usize>) -> bool {
    let words = line.words.trim_start_matches(|c: char| c.is_whitespace() || "-*•([（【".contains(c));
    let clock = words.chars().take_while(|c| c.is_ascii_digit() || ":：".contains(*c)).collect::<String>();
    let speaks = line.mark.is_some_and(|mark: SpeakerLabel<'_>| {
        mark.style == LabelStyle::Timed && counts.get(&names::key(mark.name)).is_some_and(|count| *count >= 2)
    });
    clock.contains([':', '：']) && timestamps::seconds(&clock).is_some() && !ends_sentence(words) && !speaks
}

/// An outline of questions above the interview that puts each of them again.
fn repeated(lines: &[LabelledLine<'_>], apart: &mut [bool]) {
    let Some(first) = (0..lines.len().min(TOP_LINES)).find(|at| question(&lines[*at]).is_some()) else { return };
    let listed: Vec<&str> = lines[first..].iter().map_while(question).collect();
    let below = first + listed.len();
    let folded = |words: &str| words.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let asked: Vec<String> = lines[below..]
        .iter()
        .filter(|line| quotation::asks(line.words.trim_end_matches(['*', '_'])))
        .map(|line| folded(line.words))
        .collect();
    let again = listed.iter().filter(|words| {
        let words = folded(words);
        asked.iter().any(|asked| asked.ends_with(&words))
    });
    if listed.len() >= 2 && again.count() == listed.len() {
        apart[first..below].fill(true);
        // The words that head the outline, and those that open the interview.
        if let Some(head) = first.checked_sub(1).filter(|at| heads(&lines[*at], HEADS)) {
            apart[head] = true;
        }
        if lines.get(below).is_some_and(|line| heads(line, MARKERS)) {
            apart[below] = true;
        }
    }
}

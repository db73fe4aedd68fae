//! The part that a name has in a question, by the words beside it: whose words are asked for, who is left out, who is
//! only talked about. All patterns are matched with folded text: simplified, lower case, half width. This module is pure.

use super::group::NameGroup;
use crate::text::pattern::patterns;
use crate::text::segment::is_chinese;

/// The part of a name in a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NamePart {
    /// Only this person's words can answer it: 李强怎么看, Did Tom crunch?
    Speaker,
    /// Only the words of others can answer it: 除了李强, Who disagrees with Tom?
    LeftOut,
    /// Anybody's words can answer it: 谁认识李强?
    Mentioned,
}

patterns! {
    // Words with which a question leaves somebody out, before the name.
    BUT = r"(?:除了|除开|除去|除掉|撇开|抛开|不算上?|不包括|不考虑)\s*$|\b(?:other than|besides?|apart from|aside from|except(?: for)?|excluding|not counting|but not|unlike|(?:every|any|no)(?:one|body)(?: else)? (?:but|than))\s+(?:what\s+)?$";
    BUT_BARE = r"除\s*$";
    BUT_AFTER = r"^[^,，。?？!！]{0,12}?(?:以外|之外)";
    // Words with which somebody takes a side on what another says.
    AGREES = r"(?:同意|赞成|赞同|认同|认可|反对|反驳|驳斥|附和)\s*$|\b(?:dis)?agree(?:s|d|ing)? with\s+(?:what\s+)?$|\b(?:oppos|contradict|disput|refut)\w*\s+(?:what\s+)?$|\b(?:differ\w*|opposite|contrary|different (?:view|opinion|take)) (?:to|from|than)\s+(?:what\s+)?$|\bargues? against\s+(?:what\s+)?$";
    // Verbs that take a side only on what is said: 谁支持张敏上夜班 asks about her life.
    BACKS = r"(?:支持|质疑|否认|批评)\s*$|\b(?:support|challeng|reject|criticis|criticiz|question|shar|echo|deny|denie)\w*\s+(?:what\s+)?$|\bagainst\s+(?:what\s+)?$";
    WHAT_IS_SAID = r"^(?:所?说的?|提出的?|讲的|认为的?|的(?:看法|观点|意见|说法|想法|话|立场|做法))|^['’]s (?:view|opinion|idea|take|position|claim|argument|point)|^\s+(?:says?|said|thinks?|thought|claims?|claimed)\b";
    // 谁和李强的看法不一样
    WITH = r"(?:谁|有人|哪些人|哪位|哪几位|别人|其他人|大家)[^,，。?？!！]{0,6}(?:和|跟|与|同)\s*$";
    ALIKE_OR_NOT = r"不一样|不同|不一致|相反|相左|分歧|唱反调|一样|相同|一致|相似|差不多|类似";
    // Only what the person says is asked for.
    ACCORDING = r"(?:according to|根据|据|按照|按)\s*$";
    HEARING = r"(?:问|听听?)\s*$";
    // Somebody else is the subject: others may answer.
    OTHERS = r"谁|有人|哪些人|哪位|哪几位|大家|别人|其他|其余|受访者|人们|几个人|多少人|他们|她们|(?:怎么|如何|怎样)(?:看|看待|评价|理解|回应)\s*$|\b(?:who|whom|whose|anyone|anybody|someone|somebody|everyone|everybody|nobody|no one|people|others|they|team|colleagues)\b";
    // 李强说的事谁遇到过: the words of one are the object of another.
    SAID_AS_OBJECT = r"^(?:所?(?:说|提|讲|谈)(?:过|到|起)?|觉得|认为|担心|建议)的[^,，。?？!！]*(?:谁|大家|别人|其他人|有人|哪些人)|^的(?:看法|观点|意见|说法|想法|建议|态度|立场)(?:有没有人|有人|有谁|谁|大家|哪些人)";
    SAYS = r"^\s*(?:又|也|都|还|是|会|曾经?|到底|究竟|有没有|当时|后来)*(?:怎么|如何|怎样|对|觉得|认为|以为|说|提|谈|讲|聊|表示|主张|建议|回答|指出|强调|承认|解释|描述|形容|评价|相信|希望|担心|打算|喜欢|支持|反对|的(?:看法|观点|意见|态度|说法|回答|想法|建议|立场|感受|经历)|['’]s (?:view|opinion|take|thought|answer|position|reason|experience|advice|idea|attitude)|\s*(?:said|says|say|think|thinks|thought|feel|feels|felt|believe|believes|mention|mentions|mentioned|tell|told|describe|describes|described|explain|explains|explained|want|wants|see|recommend|recommends|suggest|suggests|talk|talks|argue|argues|claim|claims|regard|rate|answer|answered|respond|like|hope|worry|have to say)\b)";
    // The beginning of a Chinese clause, with words that may stand before its subject.
    BEGINS = r"(?:^|[,，。;；:：?？!！\s])(?:请问一?下?|那么?|还有|后来|当时|当初|平时|平常|现在|目前|以前|之前|最后|一?开始|刚开始|最近|今年|去年|前年|小时候|年轻时|为什么|为啥|为何|怎么|如何|什么时候|啥时候|到底|究竟|我?想知道|我?想问一?下?|告诉我|说一?说|讲一?讲|谈一?谈|是不是|有没有|是否|难道|会不会|听说|其实|比较一?下?|对比一?下?|请|关于|对于|[,，\s])*$";
    // What makes a name at the beginning of a Chinese clause no subject.
    NO_SUBJECT = r"^\s*(?:[,，、:：?？。!！;；]|$|(?:这|那)个人|(?:是谁|是什么人|是哪位|是干什么的|是做什么的)[?？]?$|怎么样[?？]?$|他们|她们|们|等)";
    OTHERS_AFTER = r"(?:^|[^和跟与给被对让为找向怕靠问叫请替帮由从像比信听是恨爱说指骂见同])(?:谁|大家|别人|其他人|有人|哪些人|几个人|多少人)";
    // An English question opens with an auxiliary, and its subject follows.
    OPENS = r"(?:^|[,;:.?!]\s*|\b(?:why|how|when|where|what|which|whom?|whose|long|often|much|many|old|and|so|but|far|time|kind of \w+|sort of \w+|(?:what|which|whose|how many|how much) \w+(?: \w+){0,3})\s+)(?:did|does|do|has|have|had|is|was|are|were|can|could|will|would|should|might|must|may|didn['’]t|doesn['’]t|don['’]t|hasn['’]t|haven['’]t|isn['’]t|wasn['’]t|won['’]t|wouldn['’]t|can['’]t|couldn['’]t)\s+$";
    // A clause of its own inside a question: what Tom did before.
    INSIDE = r"\b(?:what|why|how|when|where|whether|if|anything|something|everything|things)\s+$";
    POSSESSIVE = r"^['’]s\s+\w";
    OWNER = r"^(?:(?:so|and|but|well)\s+)?(?:(?:what|when|where|which|how)(?:['’]s| \w+){0,3}(?: of)?\s+)?$";
    FIRST = r"^(?:(?:so|and|but|well|ok|okay|please)\b[,\s]*)?$";
    // A verb after a name that opens a question.
    VERB = r"^\s+(?:is|was|has|had|did|does|can|could|will|would|should|might|must|never|ever|always|once|used|also|still|got|went|quit|left|made|met|\w{2,}ed)\b";
    WORD = r"^\s+\w";
    // Two people are set side by side.
    COMPARES = r"不同|不一样|区别|差别|差异|异同|比|一样|\bdiffer|\bcompar|\bthan\b|\bversus\b|\bvs\b|\bcontrast";
    BESIDE = r"(?:和|跟|与|同|比|比起)\s*$|\b(?:than|from|to|with|and|versus|vs\.?|or)\s+$";
    WHICH_OF_TWO = r"谁|哪个|哪位|哪一个|\b(?:who|which)\b";
    LISTED = r"^(?:和|跟|与|同|、|及|以及|还是|或者?|和与|,|&|,?\s*(?:and|or|vs\.?|versus))$";
    CHOICE = r"^(?:还是|或者?|,?\s*(?:or|vs\.?|versus))$";
}

/// Returns whether words between two names only list them.
pub(super) fn is_list(between: &str) -> bool {
    LISTED.is_match(between)
}

/// Returns whether words between two names ask which of the two.
pub(super) fn is_choice(between: &str) -> bool {
    CHOICE.is_match(between)
}

/// Returns the part of names in a folded text. `asked` tells whether the words of somebody named before are asked for.
pub(super) fn of(text: &str, group: &NameGroup, asked: bool) -> NamePart {
    let (before, after) = (&text[..group.range.start], &text[group.range.end..]);
    if leaves_out(before, after) || (!asked && takes_a_side(before, after)) {
        return NamePart::LeftOut;
    }
    if ACCORDING.is_match(before) {
        return NamePart::Speaker;
    }
    if asked {
        let beside = COMPARES.is_match(text) && BESIDE.is_match(before);
        return if beside { NamePart::Speaker } else { NamePart::Mentioned };
    }
    let which = group.names > 1 && group.either && WHICH_OF_TWO.is_match(before);
    if which && !after.chars().any(char::is_alphanumeric) {
        return NamePart::Speaker;
    }
    let opened = OPENS.is_match(before) && (WORD.is_match(after) || POSSESSIVE.is_match(after) || is_in_chinese(after));
    if opened {
        return NamePart::Speaker;
    }
    if OTHERS.is_match(before) || SAID_AS_OBJECT.is_match(after) {
        return NamePart::Mentioned;
    }
    let says = SAYS.is_match(after) || HEARING.is_match(before);
    if says && !group.lower && !NO_SUBJECT.is_match(after) {
        return NamePart::Speaker;
    }
    let is_subject = if is_in_chinese(after) {
        is_chinese_subject(text, group)
    } else {
        POSSESSIVE.is_match(after) && OWNER.is_match(before)
            || !group.lower && FIRST.is_match(before) && VERB.is_match(after)
            || INSIDE.is_match(before) && (WORD.is_match(after) || POSSESSIVE.is_match(after))
    };
    if is_subject && !group.ordinary { NamePart::Speaker } else { NamePart::Mentioned }
}

/// Returns whether a question leaves the names out: 除了李强, people other than Tom.
fn leaves_out(before: &str, after: &str) -> bool {
    BUT.is_match(before) || BUT_AFTER.is_match(after) && (BUT_BARE.is_match(before) || before.trim().is_empty())
}

/// Returns whether a question asks who agrees or disagrees with the names. Their own words cannot answer it.
fn takes_a_side(before: &str, after: &str) -> bool {
    AGREES.is_match(before)
        || BACKS.is_match(before) && WHAT_IS_SAID.is_match(after)
        || WITH.is_match(before) && ALIKE_OR_NOT.is_match(after)
}

fn is_in_chinese(after: &str) -> bool {
    after.trim_start().chars().next().is_some_and(is_chinese)
}

/// Returns whether names begin a Chinese clause, as its subject or the owner of it.
fn is_chinese_subject(text: &str, group: &NameGroup) -> bool {
    let (before, after) = (&text[..group.range.start], &text[group.range.end..]);
    // 李强 夜班 are two keywords. A name in letters has a space after it.
    let own = text[group.range.clone()].chars().next_back();
    let apart = after.starts_with(char::is_whitespace) && own.is_some_and(is_chinese);
    BEGINS.is_match(before)
        && !apart
        && !NO_SUBJECT.is_match(after)
        && (group.names > 1 || !OTHERS_AFTER.is_match(after))
}

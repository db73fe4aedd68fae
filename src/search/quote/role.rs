//! The role of a clause in an answer, as far as its words tell. It may conclude, deny, define or give a reason, or only
//! raise the question. This module is pure.

use regex::Regex;

use crate::text::find::folded;
use crate::text::pattern::patterns;

/// The value of `defines` for a clause that only says what something is.
const EQUATES_AS_MUCH: f32 = 0.6;

/// The roles of a clause, each from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Role {
    /// It sums up: 所以, 总之, in the end.
    pub(super) concludes: f32,
    /// It turns against what was said before: 但, 其实, but.
    pub(super) turns: f32,
    /// It says whose opinion it is: 我觉得, I think.
    pub(super) opines: f32,
    /// It denies (不能, 很难, never) or agrees outright.
    pub(super) decides: f32,
    /// It denies something of the speaker: 没有, 我不…, I never …
    pub(super) denies_of_oneself: f32,
    /// It defines (1), or only says what something is (less).
    pub(super) defines: f32,
    /// It gives a reason: 因为, because.
    pub(super) reasons: f32,
    /// It names the topic and says nothing about it: 要说…, as for …
    pub(super) raises: f32,
    /// It tells what others say or think.
    pub(super) reports: f32,
    /// It sets a condition or concedes something: 如果, 虽然, if, although.
    pub(super) conditions: f32,
    /// It sets one thing against another: 更, 比较, more than.
    pub(super) sets_apart: f32,
    /// It asks.
    pub(super) asks: f32,
}

// All patterns are matched with folded text: simplified, lower case, half width.
patterns! {
    CONCLUDES = r"^(?:而)?(?:所以|因此|因而|总之|总的来说|总体|总而言之|综上|说到底|归根|归根结底|说白了|换句话说|可见|这样一来|这么一来|由此|最后|最终|结果|统计下来|一句话)|我的(?:观点|结论|看法|态度|答案|感受|体会|建议|理解)|结论是|答案是|(?:关键|重点|核心)(?:是|在|还是|不在)|的关键|才是|真正的?(?:原因|问题|是)|最(?:重要|主要|关键|核心|看重|好)的|才(?:能|会|真正|有)|现在的做法|^(?:and )?(?:so|therefore|thus|hence|consequently|overall|ultimately|finally)\b|\b(?:that is|that's|that’s|which is) why\b|\bin (?:the end|short|sum|conclusion|my (?:view|opinion|experience))\b|\bat the end of the day\b|\bmy (?:view|point|answer|conclusion|advice|take)\b|\b(?:the )?(?:real|main|key|whole) (?:reason|point|thing|issue|problem|question)\b|\bthe (?:truth|point|answer|key|upshot|bottom line|lesson|result) (?:is|was)\b|\bwhat (?:actually|really|mostly) \w+|\b(?:it )?turns? out\b|\bthese days\b|\bnowadays\b";
    TURNS = r"^(?:但|但是|不过|可是|然而|而是|反而|只是|其实|实际上|事实上)|其实|实际上|事实上|还是(?:不|没|要|得|会|能|需要|应该)|而是|反而|^(?:but|however|yet|still|instead|actually|in fact|rather)\b|\b(?:actually|in fact|in reality)\b";
    OPINES = r"我(?:们)?(?:始终|一直|还是|个人|本人|也|就|都|真的|特别|非常)*(?:觉得|认为|相信|感觉|希望|建议|主张|赞成|不赞成|反对|支持|看重|喜欢)|在我看来|对我(?:来说|而言)|依我看|(?:说实话|坦白说)|\bi (?:really |do not |don't |don’t |would |still |also |personally )*(?:think|believe|feel|find|say|prefer|want|hope|love|like|hate|recommend|suggest|suppose|guess|hire)\b|\b(?:to|for) me\b|\bpersonally\b|\bfrankly\b|\bhonestly\b";
    // A decided yes to a question.
    AFFIRMS = r"^(?:是的|对的?|会的|可以的?|当然|肯定|一定|没错|没问题)|(?:非常|很|完全|坚决|都)(?:支持|赞成|同意|愿意|可以|有用|有效|有帮助)|^(?:yes|yeah|sure|of course|certainly|definitely|absolutely|it does|they do|it is|we do|i do)\b";
    DENIES = r"不|没|无法|无从|并非|未必|未曾|很难|难以|困难|难度|\b(?:not|never|no|none|nobody|nothing|neither|nor|cannot|without|hardly|unable|impossible|difficult|refuse[sd]?|wrong)\b|n't\b|n’t\b";
    DENIES_OF_ONESELF = r"^(?:没有?|不|从来没有?)(?:$|[,，。.!！、 ])|^我(?:们)?(?:从来|一直|倒|可|是|就|都|也)?(?:不|没)|^(?:no|never|nope)(?:$|[,.! ])|^i (?:never|refused?|do not|don't|don’t|did not|didn't|didn’t|haven't|haven’t|have never|won't|won’t|can't|can’t)\b";
    // Words that only look like a denial, and questions that name both sides.
    NO_DENIAL = r"不足|不时|不禁|不由|不料|不愧|没问题|没关系|没事|不仅|不但|不光|不只|不止|不管|不论|无论|不断|不同|不少|不错|不久|不过|不妨|不得不|不在乎|没错|没准|(?:会不会|能不能|是不是|可不可以|该不该|要不要|好不好|有没有|应不应该|愿不愿意|懂不懂|对不对)|\bno (?:doubt|matter|wonder)\b|\bnot only\b";
    DEFINES = r"是指|指的是|意思是|意味着|就是说|所谓|叫做|叫作|称为|称之为|定义|相当于|等于|\b(?:means?|meant|refers? to|is when|stands? for|defined as|known as|is called|we call|i call|amounts? to|in other words|nothing (?:more|less|but)|that is to say)\b";
    // It says what something is, which may define it.
    EQUATES = r"(?:^|[^不还但可只要也都才说于总为或])是[^不否因为的吗]|\b(?:is|are|was|were)(?: basically| simply| really| just| essentially| actually| only)? (?:an?|the|any|one|like|about|what|where|how)\b";
    REASONS = r"^(?:主要|就)?(?:是)?(?:因为|由于|毕竟|原因)|的原因|为了|之所以|\bbecause\b|\bsince\b|\bthe (?:real |main )?reason\b|\bdue to\b|\bthanks to\b|^as \b";
    RAISES = r"(?:会不会|能不能|是不是|可不可以|该不该|要不要|好不好|有没有|应不应该|愿不愿意)|^(?:关于|至于|要说|但要说|说到|说起|谈到|提到|讲到|如果说|对于|针对|围绕|就.+而言|作为)|(?:这个|这一|这种)(?:问题|话题)$|(?:来说|来讲|而言|的时候|方面|方面来说|这块|时)$|^(?:as (?:for|to)|when it comes to|regarding|concerning|whether|speaking of|in terms of|on the (?:question|subject) of)\b|\bis (?:the|a|a classic|an old) .{0,24}question\b";
    REPORTS = r"大家(?:都)?(?:在)?(?:说|问|觉得|以为|认为|关心)|很多人|不少人|有人|有的人|别人|人家|一听|以为|常常被|总有人|\b(?:people|everybody|everyone|some|many|others|vendors|managers|they)(?: \w+){0,2} (?:say|says|ask|asks|think|thinks|hear|hears|tell|tells|claim|claims|will tell)\b|\bi (?:get|am|was) asked\b|\b(?:used to|supposed to)\b";
    CONDITIONS = r"^(?:但|但是|不过|而且|那)?(?:无论|不管|不论|如果|假如|假设|要是|倘若|除非|只要|即使|即便|就算|哪怕|虽然|尽管|当|随着|除了)|^(?:but |and |so )?(?:if|unless|although|though|even (?:if|though)|when|while|once|after|before|as long as|despite|except)\b";
    SETS_APART = r"更|较|相对|反而|却|而.{0,8}则|不像|不如|没有.{1,8}那么|\b(?:more|less|fewer|than|whereas|while|rather|better|worse|unlike)\b";
    ASKS = r"[?？]$";
}

impl Role {
    /// Returns the roles of a clause.
    pub(super) fn of(clause: &str) -> Self {
        let words = folded(clause.trim());
        let bare = words.trim_matches(|c: char| !c.is_alphanumeric() && c != '?');
        let has = |pattern: &Regex| f32::from(u8::from(pattern.is_match(bare)));
        let denied = NO_DENIAL.replace_all(bare, "");
        Self {
            concludes: has(&CONCLUDES),
            turns: has(&TURNS),
            opines: has(&OPINES),
            decides: has(&AFFIRMS).max(f32::from(u8::from(DENIES.is_match(&denied)))),
            denies_of_oneself: has(&DENIES_OF_ONESELF),
            defines: has(&DEFINES).max(EQUATES_AS_MUCH * has(&EQUATES)),
            reasons: has(&REASONS),
            raises: has(&RAISES),
            reports: has(&REPORTS),
            conditions: has(&CONDITIONS),
            sets_apart: has(&SETS_APART),
            asks: has(&ASKS),
        }
    }
}

#[cfg(test)]
mod tests;

//! The commonest words of speech. A short sentence of these alone may be anybody's. Pure.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::normalized_letters::NormalizedLetters;

/// English words that any speaker uses, in lower case and without apostrophes.
const ENGLISH: &str = "a about absolutely actually after again agree ago all almost already also always am an and any anybody anymore anyone anything are \
 around as ask asked asking at away back bad basically be because been before being believe best better between bit both but by bye \
 call came can cannot cant come comes coming completely correct could couldnt course day days definitely did didnt different difficult do does \
 doesnt doing done dont down each easy either else enough even ever every everybody everyone everything exactly example excuse fact \
 fair far feel few find fine first for from funny get gets getting give glad go goes going gone gonna good got great guess had \
 happen happened happens happy hard has have havent having he hear heard hello help her here hi him his honestly hope how however i \
 id idea if ill im important in indeed interesting into is isnt it its ive just keep kind know knew lets like little long look looking looks \
 lot lots love made make makes many matter may maybe me mean means might mine more most much must my myself \
 necessarily need needed never new next nice no nobody none nor not nothing now obviously of off oh ok okay old on once one ones only \
 or other others our out over own part people perfect perhaps person place please pleasure point possible possibly pretty probably problem put \
 question questions quite rather read ready real really reason remember right said same saw say saying says see seem seems seen sense she \
 should show simple simply since so some somebody someone something sometimes somewhere soon sorry sort sound sounds still stuff such \
 sure take taken talk talked talking tell thank thanks that thats the their them then there theres these they theyre thing things think \
 thinking this those thought though through time times to today together told tomorrow too totally tried true try trying two under understand \
 until up us use used using usually very wait wanna want wanted wants was wasnt way we welcome well went were werent weve what \
 whatever whats when where wherever whether which while who whole why will wish with without wonder wonderful wont work works worry \
 would wouldnt wow wrong yeah year years yep yes yesterday yet you your youre yourself youve";

/// Chinese characters that such sentences are made of, in Simplified.
const CHINESE: &str = "的一是不了在有我他她它你们这那个也就都和与或还没会要想觉得说看知道做去来到吗呢吧啊呀嘛哦嗯喔哈哎唉唔对好很太真挺\
 非常比较特别可以可能能够应该需要必须所以因为但然后如果虽只而且并其实大概也许一直已经曾正刚才现今以前后上下里外面中间边时候间天年月日点分\
 多少几些每各另别人家自己大小高低长短新老差样怎么什谁哪为何清楚明白懂理解同意意思问题事情东西方法地方情况感谢谢客气再见您请抱歉起没关系\
 过得着给让把被跟从向于及等之此么确当算行可是否则最更越又再常总永远从来刚马立即经就便且乎似样子般话讲听见完全部整体基本主要普通随便不错错误\
 棒喜欢爱希望愿意相信认二三四五六七八九十百千万两半次回种类份件条张位名今昨明早晚午先生女士老师";

static ENGLISH_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| ENGLISH.split_ascii_whitespace().collect());
static CHARACTERS: LazyLock<HashSet<char>> = LazyLock::new(|| CHINESE.chars().collect());

/// For each letter of a text, whether it is part of a common word.
pub(crate) fn of(text: &str, letters: &NormalizedLetters) -> Vec<bool> {
    let chinese = |c: char| c >= '\u{2e80}';
    let mut common = Vec::with_capacity(letters.chars.len());
    let mut word = String::new();
    for (number, c) in letters.chars.iter().enumerate() {
        if chinese(*c) {
            common.push(CHARACTERS.contains(c));
            continue;
        }
        word.push(*c);
        let after = letters.source(number..number + 1).end;
        let goes_on = letters.chars.get(number + 1).is_some_and(|next| !chinese(*next)) && {
            let next = letters.source(number + 1..number + 2).start;
            matches!(text.get(after..next), None | Some("" | "'" | "’"))
        };
        if !goes_on {
            let is_common = ENGLISH_WORDS.contains(word.as_str());
            common.resize(number + 1, is_common);
            word.clear();
        }
    }
    common
}

/// Whether a sentence holds only common words.
pub(crate) fn is_common(sentence: &str) -> bool {
    of(sentence, &NormalizedLetters::of(sentence)).into_iter().all(|common| common)
}

#[cfg(test)]
mod tests {
    use crate::library::withdrawals::common_words::is_common;

    #[test]
    fn what_anybody_says_is_told_from_what_somebody_said() {
        for common in [
            "Yes, I think so.",
            "That's a really good question.",
            "Thank you for having me.",
            "I don’t know what to say.",
            "是的，我也这么觉得。",
            "我也不太清楚。",
            "沒有什麼特別的問題。",
            "好的，谢谢您。",
            "對，我覺得挺好的。",
        ] {
            assert!(is_common(common), "{common}");
        }
        for own in [
            "SECRETB pineapple leaked.",
            "机器漏水了。",
            "Yes, at the shipyard.",
            "我在码头工作。",
            "Thank you, Zbigniew.",
        ] {
            assert!(!is_common(own), "{own}");
        }
    }
}

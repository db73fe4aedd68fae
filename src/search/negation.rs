//! Detects queries that ask who does *not* do something. Search finds those who do as easily as those who do not, so
//! words that affirm what is denied in the query are at most related, and those that deny anything come first. The rest
//! is not judged, and the reply says so.

use regex::Regex;

use super::Verdict;
use super::query::PreparedQuery;
use super::ranking::Ranked;
use super::score;
use crate::error::Error;
use crate::retrieval::corpus::PassageIndex;
use crate::retrieval::lexical;
use crate::text::find::folded;
use crate::text::pattern::patterns;
use crate::text::segment::{self, Term, is_chinese};

/// What a query denies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Denied {
    /// The word that is denied, as it is matched.
    word: String,
    /// The other telling words after it.
    others: Vec<String>,
}

/// How a text stands to what a query denies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// It uses the word and does not deny it.
    Affirms,
    /// It denies what the query denies.
    DeniesIt,
    /// It denies something.
    Denies,
    /// It tells nothing of it.
    Silent,
}

patterns! {
    // 谁不抽烟, 有没有人没迟到过
    ZH_WHO_DOES_NOT = r"^(?:请问)?(?:有没有人|有没有谁|有谁|有人|谁|哪些?人|哪几个?人|哪位|哪几位|什么人)[^,，。？！?!不没未别让因]{0,8}?(?:从来没有?|从来不|从没有?|从不|并没有?|并不|没有?|不|未曾?)(?P<denied>[^,，。?!]+)";
    // Who doesn't drink?
    EN_WHO_DOES_NOT = r"\b(?:who|anyone|anybody|someone|somebody)\b[^.?!]{0,24}?(?:\b(?:never|not|without|cannot|refused? to|refuses to)\b|n't\b|n’t\b)(?P<denied>[^.?!]+)";
    // A denial, where the words are not only part of another word.
    DENIES = r"不|没|未|无|哪敢|哪能|哪会|怎么可能|怎么会|拒绝|反对|\b(?:no|not|never|none|nobody|nothing|neither|nor|without|hardly|cannot|refus\w*|avoid\w*|against)\b|n't\b|n’t\b";
    // Words that only look like a denial.
    NO_DENIAL = r"不过|不错|不同|不少|不但|不仅|不光|不只|不断|不久|不管|不论|无论|不得不|不好意思|差不多|要不|对不起|没错|没准|没事|未来|无聊|(?:会不会|能不能|是不是|可不可以|该不该|要不要|好不好|有没有|愿不愿意|对不对)|\bno (?:doubt|matter|wonder)\b|\bnot only\b";
}
/// What follows 不 without a denial: 不仅, 不过, 不同.
const NO_DENIED: [&str; 14] =
    ["仅", "但", "过", "光", "只是", "同的", "一样", "少", "断", "久", "得不", "错", "管", "论"];
/// Verbs that say little by themselves. The word after them is meant.
const MODAL: [&str; 30] = [
    "敢",
    "会",
    "能",
    "想",
    "愿意",
    "愿",
    "肯",
    "要",
    "可以",
    "应该",
    "需要",
    "用得着",
    "太",
    "再",
    "怎么",
    "有",
    "是",
    "去",
    "can",
    "could",
    "will",
    "would",
    "want",
    "like",
    "to",
    "be",
    "have",
    "ever",
    "get",
    "actually",
];
/// Verbs that take any object. They tell something only with it.
const GENERIC: [&str; 16] =
    ["用", "做", "去", "觉得", "想", "说", "看", "吃", "来", "使用", "use", "do", "make", "take", "go", "think"];

/// Returns what a query denies of people, or `None` if it denies nothing.
pub(super) fn denied(query: &str) -> Option<Denied> {
    let query = folded(query);
    let of = |pattern: &Regex| Some(pattern.captures(&query)?.name("denied")?.as_str().to_owned());
    let rest = of(&ZH_WHO_DOES_NOT).or_else(|| of(&EN_WHO_DOES_NOT))?;
    if NO_DENIED.iter().any(|start| rest.starts_with(start)) {
        return None;
    }
    let rest = rest.trim_end_matches(['吗', '呢', '的']);
    let is_chinese_rest = rest.chars().any(is_chinese);
    // In 不让孩子做, somebody else does it.
    if ["让", "叫"].iter().any(|causes| segment::cut(rest).contains(causes)) {
        return Some(Denied { word: String::new(), others: Vec::new() });
    }
    let words: Vec<String> = if is_chinese_rest {
        segment::cut(rest).into_iter().map(str::to_owned).collect()
    } else {
        let typed = |term: &Term| rest.get(term.range.clone()).unwrap_or_default();
        let says = |term: &Term| GENERIC.contains(&typed(term)) || !segment::is_stopword(typed(term));
        lexical::terms(rest).into_iter().filter(says).map(|term| term.text).collect()
    };
    let says = |word: &&String| {
        word.chars().any(char::is_alphanumeric)
            && !MODAL.contains(&word.as_str())
            && (GENERIC.contains(&word.as_str()) || !segment::is_stopword(word))
    };
    let mut telling = words.iter().filter(says).cloned();
    let word = telling.next().unwrap_or_default();
    Some(Denied { word: word.trim_end_matches(['过', '了']).to_owned(), others: telling.collect() })
}

/// Puts answers that deny something before the others that speak to a negated query. An answer that affirms what is
/// denied is related at most.
///
/// # Errors
/// If the calibration is malformed, which is a bug.
pub(super) fn weigh(index: &PassageIndex, query: &PreparedQuery, ranked: &mut [Ranked]) -> Result<(), Error> {
    let Some(denied) = denied(&query.text) else { return Ok(()) };
    let calibration = score::calibration()?;
    let side = |one: &Ranked| denied.side(index.judge_passage(one.hit.passage).map_or("", |passage| passage.words));
    for one in ranked.iter_mut() {
        if Verdict::of(one.hit.score) == Verdict::Said && side(one) == Side::Affirms {
            one.hit.score = calibration.related_at_most(one.hit.score);
        }
    }
    // The sort keeps the order of equals.
    ranked.sort_by_cached_key(|one| match Verdict::of(one.hit.score) {
        Verdict::Said => match side(one) {
            Side::DeniesIt => 0,
            Side::Denies => 1,
            Side::Silent | Side::Affirms => 2,
        },
        Verdict::Related => 3,
        Verdict::NotSaid => 4,
    });
    Ok(())
}

impl Denied {
    fn side(&self, words: &str) -> Side {
        let text = folded(words);
        let mut affirms = false;
        let mut denies = false;
        for clause in text.split([',', '，', '。', '.', '!', '！', '?', '？', ';', '；', '、', '\n']) {
            let has_denial = is_denial(clause);
            denies |= has_denial;
            match self.used_in(clause) {
                Some(_) if has_denial && !self.affirmed_in(clause) => return Side::DeniesIt,
                Some(_) => affirms = true,
                None if self.follows_denial(clause) => return Side::DeniesIt,
                None => {}
            }
        }
        match (affirms, denies) {
            (true, _) => Side::Affirms,
            (false, true) => Side::Denies,
            (false, false) => Side::Silent,
        }
    }

    /// Returns the place of the denied word in a clause. A verb that takes any object needs one of the query's.
    fn used_in(&self, clause: &str) -> Option<usize> {
        if self.word.is_empty() {
            return None;
        }
        let at = if self.word.chars().all(is_chinese) {
            clause.find(&self.word).or_else(|| self.split_verb(clause))?
        } else {
            lexical::terms(clause).into_iter().find(|term| term.text == self.word)?.range.start
        };
        let with_object = || {
            let held: Vec<String> = lexical::terms(clause).into_iter().map(|term| term.text).collect();
            self.others.iter().any(|other| clause.contains(other.as_str()) || held.contains(other))
        };
        // One character (出) is in many words.
        let is_one = self.word.chars().count() == 1 && !self.others.is_empty();
        (!(is_one || GENERIC.contains(&self.word.as_str())) || with_object()).then_some(at)
    }

    /// Returns the place of a verb that is parted from its object: 涨了二十块 for 涨价.
    fn split_verb(&self, clause: &str) -> Option<usize> {
        let verb = self.word.chars().next().filter(|_| self.word.chars().count() == 2)?;
        let follows = |rest: &str| rest.starts_with(|c: char| "了过着到一二两三四五六七八九十百0123456789".contains(c));
        clause.match_indices(verb).map(|(at, _)| at).find(|at| follows(&clause[at + verb.len_utf8()..]))
    }

    /// Returns whether the denied word follows a denial at once: 没出过, whatever its object is called here.
    fn follows_denial(&self, clause: &str) -> bool {
        let after = |(at, denial): (usize, &str)| {
            let rest = &clause[at + denial.len()..];
            rest.starts_with(&self.word) || rest.strip_prefix('有').is_some_and(|rest| rest.starts_with(&self.word))
        };
        !self.word.is_empty() && clause.match_indices(['不', '没', '未']).any(after)
    }

    /// Returns whether a clause says that it was done, whatever it denies afterwards: 申诉了三次都不通过.
    fn affirmed_in(&self, clause: &str) -> bool {
        let Some(at) = self.used_in(clause) else { return false };
        let after = &clause[at..];
        let done = after.strip_prefix(self.word.as_str()).is_some_and(|rest| rest.starts_with(['了', '过', '着']));
        done && !is_denial(&clause[..at])
    }
}

/// Returns whether a folded clause denies something.
fn is_denial(clause: &str) -> bool {
    DENIES.is_match(&NO_DENIAL.replace_all(clause, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(query: &str, words: &str) -> Side {
        denied(query).expect("it denies").side(words)
    }

    #[test]
    fn a_query_for_those_who_do_not_is_known() {
        for query in [
            "谁不抽烟",
            "誰沒有漲價?",
            "哪些人从来没迟到过",
            "有没有人不想搬家",
            "谁早上不出摊",
            "Who doesn't drink coffee?",
            "Who has never been late?",
            "Is there anyone who didn't sign?",
        ] {
            assert!(denied(query).is_some(), "{query}");
        }
        for query in [
            "谁抽烟",
            "有没有人迟到过",
            "谁的看法不同的",
            "为什么不搬家",
            "谁不仅抽烟还喝酒",
            "谁因为家人不同意辞职",
            "Who drinks coffee?",
            "Why not?",
        ] {
            assert!(denied(query).is_none(), "{query}");
        }
    }

    #[test]
    fn who_does_it_affirms_and_who_does_not_denies() {
        for (query, words, expected) in [
            ("谁不抽烟", "我一天抽烟两包。", Side::Affirms),
            ("谁不抽烟", "我不抽烟，闻着就难受。", Side::DeniesIt),
            ("谁没出过车祸", "我没出过，开得慢。", Side::DeniesIt),
            ("谁没有涨价", "我直接涨了两块。", Side::Affirms),
            ("谁没有涨价", "我不涨。", Side::Denies),
            ("谁不投诉", "投诉了两回都不理。", Side::Affirms),
            ("谁没迟到过", "我迟到过一次,扣了钱。", Side::Affirms),
            ("谁没迟到过", "我从来没迟到过。", Side::DeniesIt),
            ("谁不用电子支付", "我只收现金。", Side::Silent),
            ("谁不用电子支付", "我都用电子支付。", Side::Affirms),
            ("谁不想让孩子接班", "我儿子说要接班。", Side::Silent),
            ("Who didn't overwork?", "I overworked for three weeks.", Side::Affirms),
            ("Who didn't overwork?", "I refused, to be honest.", Side::Denies),
        ] {
            assert_eq!(side(query, words), expected, "{query} {words}");
        }
    }
}

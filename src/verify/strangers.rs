//! Finds names that a report gives to a speaker who is not in the library. It uses the ways in which reports introduce
//! a speaker. A name counts only right beside the verb. If in doubt, it finds nobody.

use std::ops::Range;

use super::quotations::{Quotation, labels};
use super::units::plain;
use crate::text::names::{is_given_name, surname_of, surname_with_title};
use crate::text::pattern::patterns;
use crate::text::ranges::after_last;
use crate::text::segment::is_chinese;

/// Verbs in a Chinese report for somebody who speaks.
const VERBS: &str = "表示|指出|认为|坦言|回忆|透露|强调|补充|解释|介绍|谈到|提到|写道|回答|答道|反问|感慨|直言|总结|承认|回应|分享|举例|告诉\\p{Han}{1,3}|说|称|问|道";
/// Words that may stand between the name and the verb.
const BETWEEN: &str = "(?:也|还|则|就|曾|又|便|接着|随后|继续|进一步|笑着|在(?:采访|访谈|会上)[中里时]?|(?:对|向|跟)\\p{Han}{1,4}?|受访时|接受采访时)*";
/// Verbs in an English report for somebody who speaks.
const SAYS: &str = "said|says|told|tells|explained|explains|added|adds|recalled|recalls|replied|replies|argued|argues|noted|notes|asked|asks|\
 stated|states|wrote|writes|answered|answers|remembered|remembers|insisted|insists|admitted|admits|claimed|claims|according to";
/// A pattern for one to four words with a capital, perhaps after a title.
const NAME: &str = r"((?:(?:Mr|Ms|Mrs|Dr|Prof)\.?\s)?\p{Lu}[\p{L}'’-]+(?:\s(?:\p{Lu}\.\s?|van\s|de\s|von\s|der\s)*\p{Lu}[\p{L}'’-]+){0,3})";
/// Words that may have a capital but are nobody's name.
const NOBODY: &str = "i he she they it we you the this that these those one two three another many some most all others everyone everybody \
 someone somebody nobody staff management people users customers employees participants interviewees respondents workers managers both who \
 what when asked and but so then as in on at for his her their our my after before later interviewer interviewee host guest speaker \
 moderator doctor nobody neither each any mr ms mrs dr prof yes no today yesterday question answer manager participant respondent user \
 customer according instead still however";

patterns! {
    CHINESE_BEFORE = &format!(r"(\p{{Han}}{{2,12}}?){BETWEEN}(?:{VERBS})(?:过|着|了|道)?[：:，,]?\s*$");
    CHINESE_AFTER = &format!(r"^[，,。\s—]*(\p{{Han}}{{2,8}}?){BETWEEN}(?:{VERBS})(?:[^\p{{Han}}]|$)");
    ENGLISH_BEFORE = &format!(
        r"(?:^|[\s(“]){NAME}(?:,[^,.]{{0,60}},)?\s+(?:also\s|then\s|later\s)?(?:{SAYS})\b[^.!?“]{{0,40}}[,:]?\s*$"
    );
    ENGLISH_AFTER = &format!(r"^[,\s—–-]*(?:(?:{SAYS})\s+{NAME}|{NAME}\s+(?:also\s|then\s|later\s)?(?:{SAYS})\b)");
}

/// Returns the speaker that a report names right beside the quotation, if it is a name at all.
pub(super) fn named_beside(quotation: &Quotation) -> Option<String> {
    if let Some(citation) = &quotation.citation {
        return in_citation(citation);
    }
    let leads_on = quotation.goes_on && quotation.after.trim_end().ends_with([':', '：']);
    before(&quotation.before).or_else(|| if leads_on { None } else { after(&quotation.after) })
}

fn before(text: &str) -> Option<String> {
    let simple = plain(text);
    let found = CHINESE_BEFORE.captures(&simple).and_then(|found| found.get(1));
    // The segmenter needs the whole run of characters before the verb to find the name at its end.
    let chinese = found.and_then(|found| {
        let from = after_last(&simple[..found.start()], |c| !is_chinese(c));
        let name = at_end(&simple[from..found.end()])?;
        same_in(text, &simple, &(from + name.start..from + name.end))
    });
    chinese.or_else(|| english(ENGLISH_BEFORE.captures(text)?.iter().skip(1).flatten().next()?.as_str(), true))
}

fn after(text: &str) -> Option<String> {
    let simple = plain(text);
    let chinese = CHINESE_AFTER.captures(&simple).and_then(|found| found.get(1)).and_then(|found| {
        let name = at_end(found.as_str())?;
        same_in(text, &simple, &(found.start() + name.start..found.start() + name.end))
    });
    chinese.or_else(|| english(ENGLISH_AFTER.captures(text)?.iter().skip(1).flatten().next()?.as_str(), false))
}

/// Returns the first part of a citation if it is a name and nothing else: `—— 王五，客服经理`, `— Maria Lopez, nurse`.
fn in_citation(citation: &str) -> Option<String> {
    if labels(citation).is_some() {
        return None;
    }
    let bare = citation.trim_start_matches(|c: char| !c.is_alphanumeric());
    let first = bare.split([',', '，', '(', '（', '·', '|', '/', '、', '《', '“', ';', '；', '\n']).next()?.trim();
    if first.chars().all(is_chinese) {
        let simple = plain(first);
        return at_end(&simple).filter(|name| name.start == 0).map(|_| first.to_owned());
    }
    let words: Vec<&str> = first.split_whitespace().collect();
    let capital = |word: &&str| word.starts_with(|c: char| c.is_uppercase());
    if (2..=4).contains(&words.len()) && words.iter().all(capital) { english(first, false) } else { None }
}

/// Returns the range of the name at the end of a run of Simplified characters.
fn at_end(run: &str) -> Option<Range<usize>> {
    if let Some(at) = surname_with_title(run) {
        return Some(at);
    }
    // `产品经理王五`: the last two to four characters are tried, the longest first.
    let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).collect();
    (2..=4).rev().filter_map(|length| starts.len().checked_sub(length).map(|at| starts[at])).find_map(|start| {
        let surname = surname_of(&run[start..])?;
        is_given_name(run, start, start + surname).then_some(start..run.len())
    })
}

/// Returns a name without words around it that only happen to have a capital.
fn english(name: &str, may_begin: bool) -> Option<String> {
    let is_nobody = |word: &&str| {
        let folded = word.trim_end_matches('.').to_lowercase();
        NOBODY.split_whitespace().any(|one| one == folded)
    };
    let words: Vec<&str> = name.split_whitespace().skip_while(is_nobody).collect();
    let alone = words.len() == 1;
    let plural = words.first().is_some_and(|word| word.ends_with('s'));
    if words.is_empty() || words.iter().any(is_nobody) || alone && may_begin && plural {
        return None;
    }
    Some(words.join(" "))
}

/// Returns the same characters from the text as written.
fn same_in(text: &str, simple: &str, range: &Range<usize>) -> Option<String> {
    let (from, length) = (simple.get(..range.start)?.chars().count(), simple.get(range.clone())?.chars().count());
    Some(text.chars().skip(from).take(length).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beside(before: &str, after: &str) -> Option<String> {
        named_beside(&Quotation { before: before.into(), after: after.into(), ..Quotation::default() })
    }

    #[test]
    fn names_beside_a_quotation_are_found() {
        for (before, after, name) in [
            ("王小明说：", "", "王小明"),
            ("客服经理李雷表示，", "", "李雷"),
            ("李經理在採訪中說：", "", "李經理"),
            ("老张笑着说：", "", "老张"),
            ("欧阳娜娜告诉记者，", "", "欧阳娜娜"),
            ("", "，王小明说。", "王小明"),
            ("Maria Lopez said, ", "", "Maria Lopez"),
            ("", ", said Maria Lopez.", "Maria Lopez"),
            ("", " according to Dr. Chen.", "Chen"),
            ("Tom, a nurse from Leeds, explained: ", "", "Tom"),
        ] {
            assert_eq!(beside(before, after).as_deref(), Some(name), "{before}“…”{after}");
        }
        let cited =
            |citation: &str| named_beside(&Quotation { citation: Some(citation.into()), ..Quotation::default() });
        assert_eq!(cited("—— 王五，客服经理").as_deref(), Some("王五"));
        assert_eq!(cited("— Maria Lopez, nurse").as_deref(), Some("Maria Lopez"));
        for citation in ["—— 项目经理", "— Q1 · A3 · “Title” · line 3", "—— 《养蜂的人》", "— a nurse"]
        {
            assert_eq!(cited(citation), None, "{citation}");
        }
    }

    #[test]
    fn what_is_no_name_is_nobody() {
        for (before, after) in [
            ("有人说：", ""),
            ("他高兴地说：", ""),
            ("一位受访者表示：", ""),
            ("大家都说，", ""),
            ("管理者认为：", ""),
            ("方言里说：", ""),
            ("Everyone said, ", ""),
            ("Users said, ", ""),
            ("The manager said, ", ""),
            ("As he said, ", ""),
            ("", ", she said."),
        ] {
            assert_eq!(beside(before, after), None, "{before}“…”{after}");
        }
    }
}

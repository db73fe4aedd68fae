//! Whether a name that stands once before a colon belongs to a person or a body, or heads a remark
//! (`Cost: …`, `核心问题：…`). It judges names and ignores who speaks when.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::name_lexicon;
use super::names;
use crate::text::script::simplified;
use crate::text::segment::{JIEBA, is_chinese};

/// Endings of words for persons and of forms of address.
const PERSONS: &str = "先生 女士 老师 小姐 太太 教授 医生 大夫 博士 院士 主任 经理 总监 律师 师傅 同学 同志 阿姨 叔叔 大爷 大妈 大姐 大哥 奶奶 爷爷 \
 妈妈 爸爸 妻子 丈夫 儿子 女儿 母亲 父亲 孩子 书记 主席 委员 代表 秘书 村民 居民 市民 网友 朋友 群众 员 者 人 家 师 生 长 总 工 导 姐 哥 嫂 叔 婶 伯 某 甲 \
 乙 丙 丁 商 警 客";
/// Placeholders for names: `甲：…`, `乙：…`.
const STEMS: [&str; 10] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
/// Endings of names of bodies.
const BODIES: &str = "司 局 处 署 部 委 院 会 社 办 厅 所 公司 集团 大学 中学 小学 学校 新闻 日报 周刊 周报 晚报 杂志 电视台 电台 网 联盟 协会 基金会 研究所 银行";
/// Nouns that head a remark in English.
const HEADS: &str = "ability access action advice aim analysis answer approach area argument aspect assumption background basis benefit benefits bonus \
 budget case cases category cause causes caution challenge challenges change changes choice clarification comment comments concern concerns condition \
 context correction cost costs criteria danger data date deadline decision default definition description design detail details difference difficulty \
 disadvantage advantage discussion effect effects end evidence example examples exception expectation experience explanation fact facts fear feature \
 features feedback finding findings focus function funding future goal goals headline health hint history hope idea ideas impact implication income \
 input insight instruction issue issues item items joke key lesson lessons level limitation list loss main material materials message method model money \
 moral motivation need needs news number numbers objective observation opinion opportunity option options order origin outcome output overview pain part \
 past people period phase place plan point points policy position possibility present price principle priority problem problems process product progress \
 proof proposal punchline purpose quality quantity question questions quote range rate reality reason reasons recap recommendation reminder requirement \
 research resource response responsibility rest risk risks role rule rules safety scale scenario scope secret sentence setup shape shift side sign \
 situation size skill solution speed spoiler stage stakes standard start state status story strategy strength structure stuff style success suggestion \
 summary support surprise symptom system takeaway target task technique tension test theme theory thing things thought thoughts threat time timeline tip \
 tips today tomorrow tone tool total training translation trend trick trigger trouble truth type upside downside use value variable verdict version view \
 vision warning way weakness week word words work worry year yes no yesterday remember look listen honestly basically meaning anyway my our your his her their its this that these those";

static HEAD: LazyLock<HashSet<&'static str>> = LazyLock::new(|| HEADS.split_whitespace().collect());

/// Whether `name` is a speaker's wherever it heads a line, even among long paragraphs: `客户`, `王建国`,
/// `李局长`, `Nurse`.
pub(crate) fn is_surely(name: &str) -> bool {
    let name = names::clean(name);
    let own = name.split(['(', '（', ',', '，', '|', '[', '【']).next().unwrap_or(name).trim();
    if !own.chars().any(is_chinese) {
        return name_lexicon::is_english_noun(own);
    }
    let own = simplified(own);
    let last = own.split([' ', '\u{3000}', '、']).next_back().unwrap_or(&own);
    name_lexicon::is_noun(&own)
        || name_lexicon::is_media(&own)
        || name_lexicon::is_noun_and_name(&own)
        || name_lexicon::is_full_name(last) && chinese(last)
}

/// Whether `name`, which heads one line, is a speaker's. `lower` holds the words that the text writes
/// in lower case.
pub(crate) fn is_somebody(name: &str, lower: &HashSet<String>) -> bool {
    let name = names::clean(name);
    let own = name.split(['(', '（', ',', '，', '|', '[', '【']).next().unwrap_or(name).trim();
    if own.chars().any(is_chinese) { is_surely(own) || chinese(&simplified(own)) } else { latin(own, lower) }
}

/// Whether `name`, right below a question, may be that of who answers it: `代钦`, `市文旅局副局长 代钦`. A word is none.
pub(crate) fn may_answer(name: &str) -> bool {
    let name = names::clean(name);
    let own = name.split(['(', '（', ',', '，', '|', '[', '【']).next().unwrap_or(name).trim();
    if !own.chars().any(is_chinese) {
        return own.starts_with(char::is_uppercase) && latin(own, &HashSet::new());
    }
    let own = simplified(own);
    if is_surely(&own) || chinese(&own) {
        return true;
    }
    let last = own.split([' ', '\u{3000}']).next_back().unwrap_or(&own);
    if !last.chars().all(is_chinese) || !(2..=4).contains(&last.chars().count()) {
        return false;
    }
    let tags = JIEBA.tag(last, false);
    let is_word = |tag: &str| !tag.starts_with("nr") && tag != "x";
    let common = tags.len() == 1 && tags.iter().all(|one| is_word(one.tag));
    let talk = tags.iter().any(|one| one.tag.starts_with(['r', 'c', 'p', 'u', 'y', 'm', 'd']));
    !common && !talk
}

fn chinese(own: &str) -> bool {
    let count = own.chars().count();
    let ends = |list: &str, least: usize| list.split_whitespace().any(|end| own.ends_with(end) && count >= least);
    if name_lexicon::is_noun(own) || name_lexicon::is_media(own) {
        return true;
    }
    // A name of letters and characters (`Lily姐`), or one in another's spelling (`安娜·李`).
    if STEMS.contains(&own) || own.contains('·') || own.starts_with(|c: char| c.is_ascii_uppercase()) {
        return true;
    }
    let tags = JIEBA.tag(own, false);
    let tag = match tags.as_slice() {
        [one] => one.tag,
        _ => "",
    };
    let is_word = !tag.is_empty() && tag != "x" && !tag.starts_with("nr");
    if ends(PERSONS, 2) && !tag.starts_with(['v', 'a', 'd', 'c', 'm', 't']) && count <= 12 || ends(BODIES, 3) {
        return true;
    }
    let chars: Vec<char> = own.chars().collect();
    let doubled = matches!(chars.as_slice(), [a, b] if a == b);
    let called = (2..=3).contains(&count) && chars.first().is_some_and(|first| "阿小老大".contains(*first));
    // `方法` and `成本` begin with surnames, but are words.
    (doubled || called || name_lexicon::is_full_name(own)) && !is_word
}

fn latin(own: &str, lower: &HashSet<String>) -> bool {
    let words: Vec<String> =
        own.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()).collect();
    if name_lexicon::is_english_noun(own) {
        return true;
    }
    !words.iter().any(|word| HEAD.contains(word.as_str())) && !words.iter().all(|word| lower.contains(word))
}

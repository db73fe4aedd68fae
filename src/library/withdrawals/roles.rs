//! Tells roles, offices and departments from the names of people. `发言人`, `销售部` and `Vice President` name
//! nobody, and neither does a label that only numbers somebody, as `Speaker 2`. Pure.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::normalized_letters::{is_chinese, letters};
use crate::text::names;

/// Titles that stand behind a Chinese name, or before it.
const TITLES: &str = "先生 女士 小姐 太太 夫人 老师 教授 博士 院士 医生 大夫 医师 护士 律师 法官 经理 总监 主任 主管 院长 校长 所长 处长 \
 科长 局长 部长 书记 主席 秘书 同学 同志 师傅 阿姨 叔叔 大爷 大妈 大哥 大姐 记者 主持人 嘉宾 受访者 受访人 被访者 采访对象 访谈对象 \
 用户 客户 客服 顾客 患者 家属 员工 店长 司机 学生 家长 村民 居民 市民 网友 读者 观众 听众 专家 代表";
/// Roles and offices. A name beside one is known only if it begins with a surname.
const ROLES: &str = "发言人 说话人 讲话人 讲者 参与者 参加者 访谈者 采访者 研究者 志愿者 消费者 创业者 经营者 管理者 从业者 被访人 采访人 \
 班主任 班长 组长 队长 村长 厂长 社长 会长 团长 站长 段长 课长 股长 行长 馆长 镇长 乡长 县长 市长 省长 区长 园长 董事长 护士长 理事长 \
 秘书长 总经理 副经理 总裁 副总 董事 理事 监事 创始人 合伙人 负责人 联系人 工程师 设计师 会计师 药师 技师 教师 讲师 厨师 导师 牧师 \
 会计 出纳 采购 销售 财务 人事 行政 市场 研发 技术 运营 产品 法务 后勤 保安 保洁 安保 前台 司仪 护工 社工 农民 工人 农民工 居民户 \
 军人 商人 老人 病人 本人 证人 股民 网民 渔民 牧民 移民 老板 老板娘 房东 房客 车主 业主 住户 用人 高中生 初中生 大学生 小学生 中学生 \
 研究生 本科生 博士生 硕士生 留学生 男生 女生 考生 高管 白领 蓝领 党员 党委 常务 单位 水电工 钟点工 农户 商户 师生 干部 丈夫 妻子 \
 爱人 父亲 母亲 爸爸 妈妈 爷爷 奶奶 外公 外婆 儿子 女儿 邻居 朋友 同事 时任 主席团 全体 众人 大家 男声 女声 安全员 甲方 乙方";
/// What stands before a text that sums an interview up, as if it were a speaker.
const SUMMARIES: &str = "摘要 概要 提要 内容提要 要点 小结 总结 编者按 编者的话 导语 引言 前言 题记 金句 summary abstract overview highlights teaser \
 introduction intro keypoints executivesummary editorsnote note";
/// Roles of one character, as in `问：` and `答：`.
const ROLES_OF_ONE: &str = "问答男女师生主客访受记编嘉宾我你他她众注号";
/// What the names of departments, places and groups end with. Few given names end so.
const ENDINGS: &str = "部 科 室 组 村 庄 屯 寨 镇 乡 县 市 省 区 处 局 司 厂 校 院 系 队 站 店 所 会 楼 栋 车间 公司 集团 中心 社区 街道 单元 医院 大学 \
 学院 小学 中学 年级 协会 银行 频道 员 者 人 长";
/// Words of English offices and departments.
const ENGLISH_ROLES: &str = "officer president manager director engineer ceo cfo cto coo cmo cio vp svp evp founder cofounder dept department \
 team corp inc ltd llc plc gmbh committee participant respondent interviewer interviewee moderator executive coordinator consultant \
 analyst specialist university hospital company institute ministry administrator supervisor technician accountant receptionist \
 researcher scientist professor lecturer student speaker informant facilitator resident operations sales marketing finance hr \
 division unit office board cooperative association";
/// Titles that stand beside an English name.
const ENGLISH_TITLES: &str = "mr mrs ms miss mx dr doctor prof professor sir madam dame lord lady rev reverend hon sen senator rep \
 representative gov governor judge justice chairman chairwoman chairperson chair captain capt col gen general sgt lt officer nurse jr sr phd \
 md esq ii iii";
/// English numbers that tell the speakers of a transcript apart.
const ENGLISH_NUMBERS: &str = "one two three four five six seven eight nine ten";
/// Characters that do the same.
const NUMBERS: &str = "甲乙丙丁戊己庚辛壬癸一二三四五六七八九十";

/// Surnames of one character, rare ones too: `text::names` has those that tell a name in running text.
const SURNAMES: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗凤方俞\
任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董\
梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀\
羊惠甄曲封芮储靳段富巫焦巴弓牧车侯全班秋仲伊宫宁仇栾甘厉祖武符刘景詹龙叶幸司黎溥印宿白怀蒲鄂索赖卓蔺屠蒙池乔阴胥闻莘党翟谭劳姬申扶堵冉宰郦雍\
桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越隆师巩聂晁勾敖融冷辛阚那简饶\
空曾毋沙养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖付代闫覃苟涂岳帅佟冼揭原仝逄隋鹿苑鞏";

static TITLE: LazyLock<HashSet<&'static str>> = LazyLock::new(|| TITLES.split_whitespace().collect());
static ROLE: LazyLock<HashSet<&'static str>> = LazyLock::new(|| ROLES.split_whitespace().collect());
static ENGLISH_ROLE: LazyLock<HashSet<&'static str>> = LazyLock::new(|| ENGLISH_ROLES.split_whitespace().collect());
static ENGLISH_TITLE: LazyLock<HashSet<&'static str>> = LazyLock::new(|| ENGLISH_TITLES.split_whitespace().collect());
static SURNAME: LazyLock<HashSet<char>> = LazyLock::new(|| SURNAMES.chars().collect());

/// Whether the letters are a title or the label of a role. They name nobody.
pub(crate) fn is_title(letters: &str) -> bool {
    TITLE.contains(letters) || ENGLISH_TITLE.contains(letters)
}

/// A surname with each title, and as friends say it: `王老师`, `老王`.
pub(super) fn titled(surname: &str) -> impl Iterator<Item = String> {
    let behind = TITLE.iter().map(move |title| format!("{surname}{title}"));
    behind.chain(["老", "小", "阿"].iter().map(move |fond| format!("{fond}{surname}")))
}

/// Whether Chinese characters begin with a title.
pub(super) fn begins_with_title(letters: &str) -> bool {
    TITLE.iter().any(|title| letters.starts_with(title))
}

/// Whether the letters are one Chinese character that can be a name: no number, and no short form of a role.
pub(super) fn is_one_character_name(letters: &str) -> bool {
    let mut chars = letters.chars();
    let one = chars.next().filter(|_| chars.next().is_none());
    one.is_some_and(|c| is_chinese(c) && !NUMBERS.contains(c) && !ROLES_OF_ONE.contains(c))
}

/// Whether the word stands beside English names.
pub(super) fn is_english_title(word: &str) -> bool {
    ENGLISH_TITLE.contains(word)
}

/// Whether a part of a label is a role, an office, a department or a place.
pub(super) fn is_role(part: &str) -> bool {
    let folded = letters(part);
    if is_title(&folded) || ROLE.contains(folded.as_str()) {
        return true;
    }
    if folded.chars().all(is_chinese) {
        return ENDINGS.split_whitespace().any(|end| folded.ends_with(end) && folded.len() > end.len())
            || ROLE.iter().chain(TITLE.iter()).any(|role| {
                folded
                    .strip_suffix(role)
                    .is_some_and(|before| before.chars().count() > 1 && !begins_with_surname(before))
            });
    }
    // `Officer John Smith` is somebody, `Chief Executive Officer` is nobody.
    let words = part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(letters);
    words.skip_while(|word| is_english_title(word)).any(|word| ENGLISH_ROLE.contains(word.as_str()))
}

/// Whether a part of a label only numbers somebody: `2`, `B`, `甲`, `3号`.
pub(super) fn is_number(part: &str) -> bool {
    let folded = letters(part);
    let bare = folded.strip_suffix('号').unwrap_or(&folded);
    !bare.is_empty()
        && (bare.chars().all(char::is_numeric)
            || bare.chars().all(|c| NUMBERS.contains(c))
            || bare.chars().count() == 1 && bare.is_ascii()
            || ENGLISH_NUMBERS.split_whitespace().any(|number| number == bare))
}

/// Whether a label is that of a text about the interview, and nobody speaks there.
pub(crate) fn is_summary(label: &str) -> bool {
    let folded = letters(label);
    SUMMARIES.split_whitespace().any(|one| one == folded)
}

/// Whether a label names nobody outside its own transcript: a role, a number, or both.
pub(crate) fn is_label(name: &str) -> bool {
    let folded = letters(name);
    if folded.chars().count() < 2 || folded.chars().any(char::is_numeric) {
        return true;
    }
    let bare = folded.trim_end_matches('号').trim_end_matches(|c| NUMBERS.contains(c));
    let mut by_words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_one = |word: &str| is_number(word) || (ENGLISH_ROLE.contains(letters(word).as_str())) || is_exactly(word);
    is_exactly(bare) || by_words.all(is_one)
}

/// Whether the letters are a role or a title, and nothing else.
fn is_exactly(part: &str) -> bool {
    let folded = letters(part);
    is_title(&folded) || ROLE.contains(folded.as_str())
}

/// Whether Chinese characters look like the whole name of a person.
pub(super) fn looks_like_a_name(letters: &str) -> bool {
    is_whole(letters) && begins_with_surname(letters) && !is_role(letters)
}

/// Whether the characters begin with a surname, and a given name of one or two characters follows.
fn begins_with_surname(letters: &str) -> bool {
    let count = letters.chars().count();
    let two = names::compound_surname(letters).is_some();
    two && (3..=4).contains(&count)
        || (2..=3).contains(&count) && letters.chars().next().is_some_and(|c| SURNAME.contains(&c))
}

/// Whether the characters can be a whole name. A surname alone or a title is none.
pub(super) fn is_whole(name: &str) -> bool {
    (2..=4).contains(&name.chars().count())
        && !TITLE.contains(name)
        && !ROLE.contains(name)
        && names::compound_surname(name) != Some(name)
}

/// A Chinese name without titles and roles. Beside a role only what looks like a name is one.
pub(super) fn untitled(name: &str) -> &str {
    let mut name = name;
    loop {
        let before = name;
        // The longest first, so that the answer is the same each time.
        let found = LONGEST_FIRST.iter().find_map(|title| {
            let bare = name.strip_suffix(title).or_else(|| name.strip_prefix(title))?;
            let counts = if TITLE.contains(title) { is_whole(bare) } else { looks_like_a_name(bare) };
            counts.then_some(bare)
        });
        name = found.unwrap_or(name);
        if name == before {
            return name;
        }
    }
}

static LONGEST_FIRST: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut all: Vec<&str> =
        TITLE.iter().chain(ROLE.iter()).copied().filter(|title| title.chars().count() > 1).collect();
    all.sort_unstable_by_key(|title| (std::cmp::Reverse(title.len()), *title));
    all
});

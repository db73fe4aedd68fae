//! Words for people: surnames, roles, media that send reporters. Lists and look-ups only; it judges no
//! line.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::names;

/// The commonest surnames of one character, in Simplified.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜\
 崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤赖樊兰洪施季康温牛章俞葛詹鲁殷\
 伍翁涂柯卓简游阮骆包柳欧古饶邢庄颜凌倪祝左关鲍巫辛管焦柴霍米聂穆房窦宁甘路祁班柏裴艾景傅岳丘尚齐项汤安冉寿耿缪褚卞费花喻滕";

/// Roles and relations that people are called by, in Simplified.
const NOUNS: &str = "客户 坐席 座席 客服 顾客 患者 病人 病患 家属 医生 大夫 医师 护士 护工 观众 听众 网友 邻居 街坊 亲戚 亲属 同事 \
 同学 同桌 室友 舍友 战友 老乡 朋友 闺蜜 老板 老板娘 店主 店员 店长 掌柜 司机 乘客 游客 旅客 买家 卖家 商家 房东 租客 租户 业主 住户 商户 农户 物业 \
 保安 警察 民警 警官 法官 律师 检察官 公诉人 辩护人 原告 被告 被告人 证人 审判长 审判员 书记员 家长 学生 老师 教师 校长 班主任 辅导员 妈妈 爸爸 \
 母亲 父亲 女儿 儿子 孩子 丈夫 妻子 老公 老婆 老伴 爷爷 奶奶 外公 外婆 姥姥 姥爷 哥哥 姐姐 弟弟 妹妹 嫂子 婆婆 公公 岳母 岳父 孙子 孙女 用户 玩家 选手 嘉宾 评委 \
 裁判 教练 队长 导演 编剧 演员 歌手 作家 作者 编辑 译者 译员 口译 旁白 画外音 众人 全体 全场 男声 女声 男 女 男生 女生 男孩 女孩 经理 主管 总监 总裁 董事长 \
 主席 秘书 助理 文员 前台 面试官 候选人 应聘者 求职者 员工 工人 组长 组员 班长 志愿者 社工 村民 居民 市民 群众 路人 行人 村长 村支书 镇长 县长 市长 书记 \
 代表 委员 议员 发言人 主任 院长 所长 处长 科长 局长 部长 厅长 司长 会长 理事长 秘书长 匿名者 店家 快递员 外卖员 骑手 保洁 阿姨 大爷 大妈 叔叔 大叔 大哥 大姐 小伙 \
 姑娘 小朋友 专家 学者 教授 研究员 分析师 投资者 投资人 创始人 股东 董秘 合伙人 咨询师 来访者 督导 治疗师 神父 牧师 主播 记者 主持 主持人 机器人 导购 收银员 服务员 \
 厨师 农民 渔民 牧民 师傅 徒弟 学徒 老人 青年 成员 会员 学员 参与者 参会者 与会者 提问者 回答者 来宾 访客 客人 队员 机长 空姐 乘务员 售票员 消费者 投诉人 举报人 当事人 \
 知情人 知情者 受害人 受害者 嫌疑人 目击者 监护人 代理人 委托人 申请人 被申请人 仲裁员 调解员 接线员 话务员 调度员 运营者 受访者 受访人 采访者 采访人 访谈者 访员 负责人";

/// Those of them that a name may follow: `网友小白`, `读者陈先生`.
const NAMED_NOUNS: [&str; 12] =
    ["网友", "观众", "听众", "读者", "村民", "市民", "居民", "学生", "家长", "记者", "患者", "员工"];

/// Roles and relations in English, one word each.
const ENGLISH: &str = "customer client agent representative rep caller callee dispatcher nurse patient doctor physician surgeon clinician therapist counselor \
 counsellor mother father mom mum dad son daughter wife husband sister brother aunt uncle grandmother grandfather neighbor neighbour driver passenger rider teacher \
 student pupil principal professor lecturer manager supervisor employee staffer worker colleague coworker boss owner recruiter applicant candidate clerk cashier \
 judge magistrate attorney lawyer counsel prosecutor juror bailiff officer deputy sergeant detective witness defendant plaintiff reporter journalist \
 audience crowd everyone all man woman boy girl child kid narrator announcer voice voiceover translator interpreter operator user tester participant observer \
 facilitator moderator waiter waitress host cohost guest presenter panelist panellist analyst investor shareholder resident tenant landlord \
 farmer fisherman parent visitor tourist volunteer chairman chairwoman chairperson chair senator congressman congresswoman secretary director president minister mayor \
 governor commissioner spokesperson spokesman spokeswoman ambassador coach player captain referee editor author producer engineer designer developer researcher expert \
 specialist technician consultant respondent interviewee interviewer questioner speaker me them you";

/// Endings of names of media, in Simplified.
const MEDIA: [&str; 22] = [
    "日报",
    "晚报",
    "时报",
    "早报",
    "商报",
    "晨报",
    "周报",
    "周刊",
    "电视台",
    "卫视",
    "电台",
    "通讯社",
    "新闻社",
    "新闻网",
    "新华社",
    "路透社",
    "法新社",
    "彭博社",
    "美联社",
    "中新社",
    "共同社",
    "塔斯社",
];

/// The last words of the names of media in English.
const ENGLISH_MEDIA: &str = "times post news magazine review tribune herald journal reuters bloomberg afp bbc cnn npr gazette daily weekly radio tv press \
 guardian economist observer television broadcasting";

/// The lists as sets: names are looked for in them again and again.
type Listed = LazyLock<HashSet<&'static str>>;
static NOUN: Listed = LazyLock::new(|| NOUNS.split_whitespace().collect());
static ENGLISH_NOUN: Listed = LazyLock::new(|| ENGLISH.split_whitespace().collect());
static ENGLISH_MEDIUM: Listed = LazyLock::new(|| ENGLISH_MEDIA.split_whitespace().collect());

/// Whether a name ends in one of the nouns of two characters or more.
fn ends_in_noun(name: &str) -> bool {
    name.char_indices().rev().skip(1).any(|(at, _)| NOUN.contains(&name[at..]))
}

/// The length in characters of the surname at the start of `name`, in Simplified.
pub(crate) fn surname(name: &str) -> usize {
    if let Some(compound) = names::compound_surname(name) {
        return compound.chars().count();
    }
    usize::from(name.starts_with(|first: char| SURNAMES.contains(first)))
}

/// Whether `name`, in Simplified, has the shape of a Chinese person's: a surname and one or two characters.
pub(crate) fn is_full_name(name: &str) -> bool {
    let (count, surname) = (name.chars().count(), surname(name));
    surname > 0 && (surname + 1..=surname + 2).contains(&count)
}

/// Whether `name`, in Simplified, is a role: `客户`, `坐席2`, `现场观众`, `死者家属`.
pub(crate) fn is_noun(name: &str) -> bool {
    let bare = name
        .trim_end_matches(|c: char| c.is_ascii_alphanumeric() || "甲乙丙丁一二三四五六七八九十#-_（()） ".contains(c));
    let count = bare.chars().count();
    NOUN.contains(bare) || (3..=9).contains(&count) && ends_in_noun(bare)
}

/// Whether `name`, in Simplified, is a role with a name: `网友小白`.
pub(crate) fn is_noun_and_name(name: &str) -> bool {
    let rest = NAMED_NOUNS.iter().find_map(|noun| name.strip_prefix(noun));
    rest.map(|rest| rest.trim_start_matches(['“', '"', ' '])).is_some_and(|rest| {
        let addressed = ["先生", "女士", "同学", "老师", "阿姨", "大爷", "大妈"].iter().any(|end| rest.ends_with(end));
        (2..=5).contains(&rest.chars().count())
            && (addressed || is_full_name(rest) || rest.starts_with(['小', '阿', '老']))
    })
}

/// Whether an English name is a role: `Customer`, `Nurse 2`, `The Clerk`.
pub(crate) fn is_english_noun(name: &str) -> bool {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty() && !["the", "a", "an", "of", "s"].contains(word))
        .collect();
    (1..=4).contains(&words.len())
        && words.last().is_some_and(|last| last.len() == 1 || ENGLISH_NOUN.contains(*last))
        && words.iter().any(|word| ENGLISH_NOUN.contains(*word))
}

/// Whether `name`, in Simplified, is a paper, a station or an agency, or a person of one: `Ann Lee,
/// Harbour Times`.
pub(crate) fn is_media(name: &str) -> bool {
    let lower = name.to_lowercase();
    let of = lower.split([',', '(']).nth(1).map_or("", str::trim);
    if of.split_whitespace().next_back().is_some_and(|last| ENGLISH_MEDIUM.contains(last.trim_end_matches(')'))) {
        return true;
    }
    let bare = name.trim_matches(['《', '》', ' ']);
    bare.chars().count() <= 14 && MEDIA.iter().any(|end| bare.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_and_names_are_recognised() {
        for name in [
            "客户",
            "坐席",
            "家属",
            "护士",
            "观众",
            "网友",
            "邻居",
            "现场观众",
            "客服2",
            "患者家属",
            "夜班护士",
            "学生A",
        ] {
            assert!(is_noun(name), "{name}");
        }
        for word in ["原因", "成本", "背景", "账户", "窗户", "方法", "结论"] {
            assert!(!is_noun(word), "{word}");
        }
        for name in ["Customer", "Nurse 2", "The Clerk", "Call agent", "Student B"] {
            assert!(is_english_noun(name), "{name}");
        }
        for word in ["Cost", "Use case", "Lesson 2"] {
            assert!(!is_english_noun(word), "{word}");
        }
        assert!(is_full_name("李想") && is_full_name("于是") && is_full_name("欧阳修") && !is_full_name("的确"));
        assert!(
            is_media("《中国日报》") && is_media("路透社") && is_media("Ann Lee, Harbour Times") && !is_media("公司")
        );
    }
}

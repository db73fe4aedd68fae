//! The commonest words of speech, and those with which people answer what everybody is asked: where they live, what they
//! do, how old they are. A short sentence of these alone may be anybody's. Pure.

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

/// English words that answer what everybody is asked.
const FACTS: &str = "live lived lives living born grew married single divorced child children kid kids son sons daughter daughters husband wife \
 mother father mum mom dad parents brother brothers sister sisters family friend friends worked working job jobs office school university \
 college student students teacher teachers nurse doctor degree study studied house home flat town city country london england america \
 china month months week weeks hour hours minute minutes morning afternoon evening night weekend money pay paid pounds dollars salary rent \
 car bus train phone computer eat food sleep retired age aged three four five six seven eight nine ten twenty thirty forty fifty sixty \
 hundred thousand third man woman men women boy girl company business boss manager colleagues customers busy tired stress cheap \
 expensive";
/// Chinese ones, in Simplified.
const CHINESE_FACTS: &str = "北京 上海 广州 深圳 天津 重庆 成都 武汉 南京 杭州 西安 香港 台湾 台北 中国 美国 日本 国内 国外 河北 山西 辽宁 吉林 黑龙江 江苏 \
 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 内蒙古 广西 西藏 宁夏 新疆 城市 农村 老家 家里 家庭 父母 爸爸 妈妈 \
 父亲 母亲 爷爷 奶奶 老公 老婆 丈夫 妻子 爱人 儿子 女儿 孩子 兄弟 姐妹 哥哥 姐姐 弟弟 妹妹 朋友 同事 同学 学生 老板 领导 客户 用户 医生 护士 公司 单位 \
 工厂 学校 医院 大学 高中 初中 小学 中学 本科 专科 大专 硕士 博士 研究生 毕业 专业 学习 读书 上学 上班 下班 加班 工作 辞职 退休 打工 工资 收入 房租 房子 \
 租房 买房 结婚 已婚 未婚 离婚 单身 今年 年级 压力 辛苦 开心 高兴 满意 健康 身体 生病 吃饭 睡觉 起床 中午 下午 上午 周末 每天 每月 每周 春节 过年 手机 \
 电脑 上网 互联网 微信 电视 电影 游戏 音乐 运动 旅游 公交 地铁 开车 出租车 自行车 走路 快递 外卖 超市 便宜 生活 社会 政府 国家 学费 考试 成绩 作业 行业 \
 培训 招聘 面试 经验 能力 沟通 管理 服务 质量 价格 产品 项目 影响 变化 选择 决定 机会 未来 过去 岁 块钱";
/// Characters of the longest of them.
const LONGEST_FACT: usize = 3;

static ENGLISH_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| ENGLISH.split_ascii_whitespace().collect());
static ENGLISH_FACTS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| FACTS.split_ascii_whitespace().collect());
static CHINESE_WORDS: LazyLock<HashSet<Vec<char>>> =
    LazyLock::new(|| CHINESE_FACTS.split_whitespace().map(|word| word.chars().collect()).collect());
static CHARACTERS: LazyLock<HashSet<char>> = LazyLock::new(|| CHINESE.chars().collect());

/// How much the word that a letter is part of tells of who says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Telling {
    /// Nothing: everybody says it.
    Nothing,
    /// What many answer to a common question.
    Fact,
    /// A word of one's own.
    Own,
}

/// For each letter of a text, how much its word tells.
pub(crate) fn of(text: &str, letters: &NormalizedLetters) -> Vec<Telling> {
    let chinese = |c: char| c >= '\u{2e80}';
    let mut common = Vec::with_capacity(letters.chars.len());
    let mut word = String::new();
    for (number, c) in letters.chars.iter().enumerate() {
        if chinese(*c) {
            common.push(if CHARACTERS.contains(c) { Telling::Nothing } else { Telling::Own });
            continue;
        }
        word.push(*c);
        let after = letters.source(number..number + 1).end;
        let goes_on = letters.chars.get(number + 1).is_some_and(|next| !chinese(*next)) && {
            let next = letters.source(number + 1..number + 2).start;
            matches!(text.get(after..next), None | Some("" | "'" | "’"))
        };
        if !goes_on {
            let telling = match () {
                () if ENGLISH_WORDS.contains(word.as_str()) => Telling::Nothing,
                () if ENGLISH_FACTS.contains(word.as_str()) => Telling::Fact,
                () => Telling::Own,
            };
            common.resize(number + 1, telling);
            word.clear();
        }
    }
    for start in 0..letters.chars.len() {
        let ends = (start + 1..=start + LONGEST_FACT).take_while(|end| *end <= letters.chars.len());
        for end in ends.filter(|end| CHINESE_WORDS.contains(&letters.chars[start..*end])) {
            common[start..end].fill(Telling::Fact);
        }
    }
    common
}

/// Whether a sentence holds only common words.
#[cfg(test)]
fn is_common(sentence: &str) -> bool {
    of(sentence, &NormalizedLetters::of(sentence)).into_iter().all(|telling| telling != Telling::Own)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            "我今年三十四歲。",
            "我在北京工作。",
            "I have two kids.",
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

//! People's names in Chinese text: surnames, titles, and how a name is told from other words. Expects
//! Simplified characters; pure.

use std::ops::Range;

use super::segment::{JIEBA, is_chinese};

/// The most common surnames, which more than nine in ten people bear.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏\
韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤阎施康俞尤柯温苗牛樊葛邢齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俸左柳甘祝包宁尚符舒阮纪梅童凌毕单季裴霍涂成苟管霞\
曲洪闻骆滕饶褚娄艾车冷靳项盛丛蒙路柏喻辛游项冉谷连佟窦巫简卓蒲蔺宫臧司苑尉";
const COMPOUND: &str = "欧阳 上官 司马 诸葛 司徒 皇甫 东方 尉迟 公孙 慕容 令狐 夏侯 端木 南宫 长孙 轩辕 宇文 独孤 司空";
/// What follows a surname or a name of somebody who is spoken of.
pub(crate) const TITLES: &str = "先生 女士 小姐 老师 经理 总监 主管 主任 医生 大夫 教授 博士 院长 局长 部长 校长 主席 同学 师傅 阿姨 大爷 大妈 大哥 大姐 \
 律师 工程师 护士 警官 书记 处长 科长 组长 班长 店长 老板 董事长 总裁 总经理 秘书 导演 记者 姐 哥 叔 婶 姨 总 董 工 导 处 局";
const FONDLY: [char; 3] = ['老', '小', '阿'];
/// Words that the segmenter's dictionary takes for names, and that are none in most texts.
const NO_NAMES: &str = "明白 高峰 安康 张力 温馨 康复 小学 高大 金子 白领 高管 方向 成功 高兴 白天 马上 关心 关注 关系 时候 小时 常常 任何 程序 于是 单位 \
 成本 高层 金额 向来 包括 何时 何况 曾经 武汉 江苏 成都 金融 阳光 温暖 安心 华为 小米 云南 和谐 宝宝 石油 贝贝 高端 文明 国庆 元旦 白宫 高铁 高校 任务 连续 \
 左右 车间 路上 关于 成为 易用 石头 马路 毛病 包容 尚未 万一 万事 严格 严重 简单 项目 管理 管理者 成员 成长 单独 单纯 游戏 游客 路线 连接 盛行 冷静 季节 \
 申请 申报 鲁莽 史无前例 顾客 顾虑 龙头 贺卡 段落 雷同 江湖 白酒 尹始 余地 余额 叶子 程度 陆续 金牌 金钱 夏天 方案 方法 方式 方便 石材 田地 高级 高度 高效 \
 谢谢 许多 许可 何必 何种 马虎 胡乱 高手 林业 周围 周末 周期 周边 周一 周二 周三 周四 周五 周六 周日 周年 江南 江北 康养 包装 牛奶 易懂 左边 关键 关怀 莫名 \
 小康 小于 小路 小金 小田 小石 小白 小车 小麦 小米 小熊 小牛 老牛 小龙 小江 小章 小项 老毛 老方 小方 小毛 小文 阿姨 小安 小平 老路 小叶 老成 \
 小伙子 小姑娘 小朋友 小孩 小组 老人 老板 老师 老年 老家 老大 老公 老婆 大家 大人 大姐 大哥 大学 阿姨";

/// The surname of two characters that a text begins with.
pub(crate) fn compound_surname(text: &str) -> Option<&'static str> {
    COMPOUND.split_whitespace().find(|compound| text.starts_with(compound))
}

/// How many bytes of a text's beginning are a surname.
pub(crate) fn surname_of(text: &str) -> Option<usize> {
    if let Some(compound) = compound_surname(text) {
        return Some(compound.len());
    }
    let first = text.chars().next()?;
    SURNAMES.contains(first).then(|| first.len_utf8())
}

/// `…李经理`, `…老张`: where a text ends with a surname and what it is said with.
pub(crate) fn surname_with_title(run: &str) -> Option<Range<usize>> {
    let mut titles: Vec<&str> = TITLES.split_whitespace().collect();
    titles.sort_by_key(|title| std::cmp::Reverse(title.len()));
    for title in titles {
        let Some(rest) = run.strip_suffix(title) else { continue };
        if let Some(compound) = COMPOUND.split_whitespace().find(|compound| rest.ends_with(compound)) {
            return Some(rest.len() - compound.len()..run.len());
        }
        let starts: Vec<usize> = rest.char_indices().map(|(at, _)| at).collect();
        // A name with its title, or the surname alone.
        for length in [3, 2] {
            let Some(start) = starts.len().checked_sub(length).map(|at| starts[at]) else { continue };
            if surname_of(&rest[start..]).is_some_and(|surname| is_given_name(rest, start, start + surname)) {
                return Some(start..run.len());
            }
        }
        let last = rest.chars().next_back()?;
        let start = rest.len() - last.len_utf8();
        let is_short = title.chars().count() == 1;
        // `职工`, `汇总`: with so short a title, only a word of its own.
        let whole = &run[start..];
        if SURNAMES.contains(last) && !is_word(whole) && (!is_short || starts.len() == 1 || begins_word(run, start)) {
            return Some(start..run.len());
        }
    }
    let mut back = run.char_indices().rev();
    let ((_, last), (start, first)) = (back.next()?, back.next()?);
    is_fond(first, last).then_some(start..run.len())
}

/// `老张`, `小陈`: what two characters together are, whatever the dictionary has them as.
fn is_fond(first: char, last: char) -> bool {
    FONDLY.contains(&first) && SURNAMES.contains(last) && !is_no_name(&String::from_iter([first, last]))
}

/// Where a run has such names, each at the beginning of a word.
pub(crate) fn fond_names(run: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for tag in JIEBA.tag(run, false) {
        let mut two = run[at..].chars();
        if let (Some(first), Some(last)) = (two.next(), two.next())
            && is_fond(first, last)
            && tag.word.chars().count() <= 2
        {
            found.push(at..at + first.len_utf8() + last.len_utf8());
        }
        at += tag.word.len();
    }
    found
}

/// Surnames that are words of their own more often than names.
const ALSO_WORDS: &str = "高黄金白钱左车方关向成任何单万章包宁路江石田叶龙马牛毛雷温文平安项时应童年强冷武明";

/// Where a run has a surname and two characters that make no word with anything: 林志豪.
pub(crate) fn names_in_pieces(run: &str) -> Vec<Range<usize>> {
    let tags = JIEBA.tag(run, false);
    let mut found = Vec::new();
    let mut at = 0;
    for three in tags.windows(3) {
        let single = three.iter().all(|tag| tag.word.chars().count() == 1);
        let given = three[1..].iter().all(|tag| {
            tag.tag.starts_with(['n', 'a', 'j', 'b', 'g', 't'])
                && may_be_given(tag.word, tag.tag)
                && !tag.word.contains(FUNCTION)
        });
        let surname = three[0].word;
        if single && given && SURNAMES.contains(surname) && !ALSO_WORDS.contains(surname) {
            found.push(at..at + three.iter().map(|tag| tag.word.len()).sum::<usize>());
        }
        at += three[0].word.len();
    }
    found
}

/// Whether a run ends with a name from `start` on, of which what stands from `given` on is the given name.
pub(crate) fn is_given_name(run: &str, start: usize, given: usize) -> bool {
    let (whole, own) = (&run[start..], &run[given..]);
    let length = own.chars().count();
    if !(1..=2).contains(&length) || is_no_name(whole) || own.contains(FUNCTION) {
        return false;
    }
    let mut at = 0;
    let mut words: Vec<(&str, &str)> = Vec::new();
    for tag in JIEBA.tag(run, true) {
        if at >= start {
            words.push((tag.word, tag.tag));
        } else if at + tag.word.len() > start {
            return false;
        }
        at += tag.word.len();
    }
    match words.as_slice() {
        [(_, tag)] => tag.starts_with("nr") || *tag == "x",
        [(surname, _), rest @ ..] => {
            surname.len() == given - start
                && rest.iter().all(|(word, tag)| !is_no_name(word) && may_be_given(word, tag))
        }
        [] => false,
    }
}

/// Whether a whole run is a surname and a given name, and no word or pair of words.
pub(crate) fn may_be_person(run: &str, surname: usize) -> bool {
    let whole = JIEBA.tag(run, true);
    let in_one = matches!(whole.as_slice(), [one] if one.tag.starts_with("nr"));
    is_given_name(run, 0, surname) && (in_one || !ALSO_WORDS.contains(&run[..surname])) && !is_word(run)
}

/// Whether a word is one that most texts mean otherwise than as a name.
pub(crate) fn is_no_name(word: &str) -> bool {
    NO_NAMES.split_whitespace().any(|one| one == word)
}

/// Characters that no given name has.
const FUNCTION: [char; 18] =
    ['的', '了', '们', '是', '在', '和', '有', '不', '我', '你', '他', '她', '都', '也', '就', '说', '这', '那'];

/// Parts of speech that no given name is: particles, pronouns, adverbs and their like.
fn may_be_given(word: &str, tag: &str) -> bool {
    !["u", "r", "p", "c", "d", "y", "e", "o", "w", "f"].iter().any(|other| tag.starts_with(other))
        && word.chars().all(is_chinese)
}

/// Whether the dictionary has it as a word that is no name.
pub(crate) fn is_word(text: &str) -> bool {
    is_no_name(text)
        || JIEBA.tag(text, false).as_slice().first().is_some_and(|tag| tag.word == text && !tag.tag.starts_with("nr"))
}

/// Whether a word begins here.
fn begins_word(run: &str, start: usize) -> bool {
    let mut at = 0;
    JIEBA.tag(run, false).iter().any(|tag| {
        let here = at == start;
        at += tag.word.len();
        here
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_words_that_begin_like_one() {
        for (run, name) in [
            ("老张", "老张"),
            ("找李经理", "李经理"),
            ("欧阳老师", "欧阳老师"),
            ("王小明先生", "王小明先生"),
            ("陈总", "陈总"),
        ] {
            assert_eq!(surname_with_title(run).map(|at| &run[at]), Some(name), "{run}");
        }
        for run in ["管理者", "小时", "大家", "职工", "汇总", "高层", "老师", "项目经理"] {
            assert_eq!(surname_with_title(run), None, "{run}");
        }
        assert_eq!((surname_of("欧阳娜娜"), surname_of("王"), surname_of("的")), (Some(6), Some(3), None));
    }
}

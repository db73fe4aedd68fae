//! Characters of the block CJK Radicals Supplement, which PDFs print for ordinary ones: `⻔` for `门`. NFKC leaves
//! them as they are. The pairs are those of Unicode's `EquivalentUnifiedIdeograph`, in Simplified.

use std::collections::HashMap;
use std::sync::LazyLock;

const PAIRS: &str = "⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺈刀 ⺉刂 ⺊卜 ⺋㔾 ⺌小 ⺍小 ⺎兀 ⺏尣 ⺐尢 ⺒巳 ⺓幺 ⺔彑 ⺕彐 ⺖忄 ⺗心 ⺘扌 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺 ⺟母 ⺠民 ⺡氵 ⺢氺 ⺣灬 \
    ⺤爫 ⺥爫 ⺦丬 ⺧牛 ⺨犭 ⺩王 ⺫目 ⺬示 ⺭礻 ⺯糹 ⺰纟 ⺱罓 ⺲罒 ⺳㓁 ⺴冗 ⺶羊 ⺹耂 ⺺肀 ⺻聿 ⺼肉 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻈讠 ⻉贝 ⻋车 \
    ⻌辶 ⻍辶 ⻎辶 ⻏邑 ⻐钅 ⻑长 ⻒长 ⻓长 ⻔门 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻟飠 ⻠饣 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 \
    ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟";

static ORDINARY: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let pair = |pair: &str| -> Option<(char, char)> {
        let mut two = pair.chars();
        Some((two.next()?, two.next()?))
    };
    PAIRS.split_whitespace().filter_map(pair).collect()
});

/// The ordinary character that a radical stands for.
pub(super) fn ordinary(radical: char) -> char {
    ORDINARY.get(&radical).copied().unwrap_or(radical)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_radical_is_the_character_that_it_prints() {
        assert_eq!("⻔⻅⻢⻋⻓⻛⻝".chars().map(ordinary).collect::<String>(), "门见马车长风食");
        assert_eq!(ordinary('油'), '油');
    }
}

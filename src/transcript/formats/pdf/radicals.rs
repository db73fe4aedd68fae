//! Radicals in place of characters of the same shape. Fonts draw both with one glyph, and programs that
//! make PDF files often write the radical (`⼀`) where the author typed the character (`一`). A search
//! would not find it.

use unicode_normalization::UnicodeNormalization as _;

/// The radicals of the supplement (U+2E80–2EF3), and the characters that Unicode
/// gives as their equivalents, in the same order.
const RADICALS: &str = "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺶⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳";
const CHARACTERS: &str = "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢巳幺彑彐忄㣺扌攵旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒羊耂肀聿肉臼艹艹艹虎衤覀西见角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟";

/// The character of a radical. Any other character stays as it is.
pub(super) fn character(c: char) -> char {
    match c {
        // A radical of the Kangxi dictionary has the character as its compatibility form.
        '\u{2f00}'..='\u{2fd5}' => std::iter::once(c).nfkc().next().unwrap_or(c),
        '\u{2e80}'..='\u{2ef3}' => RADICALS
            .chars()
            .zip(CHARACTERS.chars())
            .find_map(|(radical, character)| (radical == c).then_some(character))
            .unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_radical_is_read_as_its_character() {
        assert_eq!("⼀⻝⻔⼤⾯一".chars().map(character).collect::<String>(), "一食门大面一");
        assert_eq!(RADICALS.chars().count(), CHARACTERS.chars().count());
    }
}

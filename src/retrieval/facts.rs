//! The kind of fact that a query asks for, and the kinds that a passage holds: "how many" is not
//! answered without a number. Pure. It expects folded text ([`crate::text::script::View::folded`]).
//!
//! It knows only kinds that leave a trace in writing: amounts, money, dates, durations. Answers to which,
//! why and how have too many forms. People and places are in nearly as many wrong passages as right ones
//! (`src/guide/measuring.md`).

use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;

/// A kind of fact that its writing reveals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// 多少, 几个, how many, what share.
    Amount,
    /// 多少钱, how much does it cost.
    Money,
    /// 什么时候, 哪年, when, what year.
    Date,
    /// 多久, 几年, how long.
    Duration,
}

/// The kinds of fact that a text holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts(u8);

impl Facts {
    /// Finds the kinds of fact in a folded text.
    pub fn of(folded: &str) -> Self {
        let all = [Fact::Amount, Fact::Money, Fact::Date, Fact::Duration];
        all.into_iter().fold(Self::default(), |held, fact| if holds(folded, fact) { held.with(fact) } else { held })
    }

    fn with(self, fact: Fact) -> Self {
        Self(self.0 | 1 << fact as u8)
    }

    /// The kinds as a number, for storing.
    pub(crate) fn bits(self) -> u8 {
        self.0
    }

    /// The kinds of a stored number.
    pub(crate) fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// Whether it holds this kind.
    pub fn has(self, fact: Fact) -> bool {
        self.0 & 1 << fact as u8 != 0
    }

    /// The kinds of both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The kind of fact that a folded query asks for, if it is known.
pub fn asked(folded: &str) -> Option<Fact> {
    // 多多少少 and 几乎 ask for nothing, and neither does "when" in the middle.
    let query = folded.replace("多多少少", "").replace("几乎", "").replace("多少有", "有");
    let found = |pattern: &Regex| pattern.is_match(&query);
    if found(&ASKS_DURATION) {
        Some(Fact::Duration)
    } else if found(&ASKS_MONEY) {
        Some(Fact::Money)
    } else if found(&ASKS_DATE) {
        Some(Fact::Date)
    } else if found(&ASKS_AMOUNT) && !found(&ASKS_NO_AMOUNT) {
        Some(Fact::Amount)
    } else {
        None
    }
}

fn holds(folded: &str, fact: Fact) -> bool {
    match fact {
        // "90后" names people and "b2b" a trade: neither tells how many.
        Fact::Amount => AMOUNT.is_match(&NAMES_WITH_DIGITS.replace_all(folded, " ")),
        Fact::Money => MONEY.is_match(folded),
        Fact::Date => DATE.is_match(folded),
        Fact::Duration => DURATION.is_match(folded),
    }
}

/// Numbers in Chinese characters that stand before what they count. The 一 of 一直 is no number, and that
/// of 一个 is an article.
const COUNTED: &str = "(?:[二两三四五六七八九十百千万亿]|[0-9])[十百千万亿多几来余]*";
const IN_WORDS: &str = "(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|\
    seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|\
    trillions?|dozens?|half|quarter)";

fn pattern(pattern: &str) -> Regex {
    // The patterns are constants, and a test compiles each.
    Regex::new(pattern).unwrap_or_else(|error| unreachable!("{error}"))
}

macro_rules! patterns {
    ($($name:ident: $pattern:expr;)*) => { $(static $name: LazyLock<Regex> = LazyLock::new(|| pattern($pattern));)* };
}

patterns! {
    ASKS_DURATION: "多久|多长(?:的)?时间|(?:几|多少)个?(?:年|月|天|周|星期|礼拜|小时|钟头|分钟|秒)(?:[^份代级前底初]|$)|\
        how long|how many (?:\\w+ )?(?:years|months|weeks|days|hours|minutes|seconds|decades)|how much time";
    ASKS_MONEY: "多少(?:钱|元|块|万|美元|费|经费|预算|资金|工资|薪水|薪资|收入|奖金|投资)|几(?:块|元|毛|万)(?:钱|块|元)?|\
        (?:工资|薪水|薪资|月薪|年薪|价格|售价|定价|成本|费用|学费|房租|房价|收入|奖金|预算|票价|身价|市值|营收|估值)\
        (?:大概|大约|一般|现在|目前|到底|究竟|平均|一共|总共)?(?:是|有|要|能|达到?|卖|拿)?(?:多少|几|多高|多大)|\
        how much (?:money|cash|does \\w+(?: \\w+){0,5} (?:cost|earn|make|pay|charge)|do(?:es)? (?:it|they|he|she|you|we) \
        (?:cost|earn|make|pay|charge|get paid)|did \\w+(?: \\w+){0,5} (?:cost|pay|earn|raise|spend|sell for)|(?:is|are|was|were) \
        (?:\\w+ ){0,4}(?:worth|paid))|what (?:is|are|was|were) (?:\\w+ ){0,4}(?:price|salary|salaries|fee|fees|cost|costs|budget|wage|wages|revenue)\\b|\
        what (?:price|salary|fee|budget)|(?:cost|costs|price|salary|fee|budget|paid) how much";
    ASKS_DATE: "什么时候|何时|啥时候|几时|哪一?(?:年|天|日|月)|哪个(?:月|星期|季度|年份)|几月|几号|几点|星期几|周几|什么日子|何年|\
        ^when\\b|\\bwhen (?:did|was|were|is|are|will|does|do|has|had|can)\\b|(?:what|which) (?:year|month|day|date|week|decade|century)\\b|\
        what time\\b|since when|until when|by when";
    ASKS_AMOUNT: "多少|(?:有|共|分|来|做|开|去|招|带|了|过|用|写|出|卖|请|养|生|在|占)几(?:个|位|名|人|次|种|家|台|条|间|所|篇|份|本|部|场|只|件|项|类|成|倍|层|支|款)|\
        ^几(?:个|位|名|次|种|家)|第几|几成|几倍|几岁|百分之几|几分之|多大(?:年纪|岁数|年龄|比例|规模|面积)|多高(?:的)?(?:比例|比率)?$|多远|\
        多大了|\
        how many|how much|how (?:big|large|old|tall|far|fast|often|high|heavy|deep)\\b|what (?:percent|percentage|proportion|share|number|fraction)|\
        number of .*\\?$";
    // 多少能 …: "somewhat"; "how much do you like": no number.
    ASKS_NO_AMOUNT: "how much (?:do|did|does) (?:\\w+ ){1,4}(?:like|love|enjoy|care|trust|know|matter|help|miss|hate|worry|believe)\\b|\
        how often|how much (?:of a|more|better|worse)|how (?:big|high|deep) (?:of )?a\\b";
    AMOUNT: &format!("[0-9]|[二两三四五六七八九十百千几][十百千万亿]|十[一二三四五六七八九]|[百千万亿]分之|[一二三四五六七八九]成[^为了本就功员立长都天]|\
        (?:{COUNTED}|好几)(?:个|位|名|人|次|种|家|台|条|间|所|篇|份|本|部|场|只|件|项|类|倍|层|支|款|年|月|天|周|岁|小时|分钟|块|元|点|度|公里|米|斤|步|方面|部分|届|期|轮|班|组)|\
        第[一二三四五六七八九十百]|[二两三四五六七八九]者|一半|半数|过半|多半|大半|大部分|大多数|绝大多数|全部都|没有一个|一个都没|一个也没|一次都没|零个|为零|从来没|唯一|只有一|就一个|单身一人|\
        \\b{IN_WORDS}\\b|\\b(?:none|zero|nobody|once|twice|most of|majority|all of|only one|just one|a couple|percent)\\b");
    NAMES_WITH_DIGITS: "(?:[0-9]{2}|[0-9]{4}|[零〇六七八九][零〇五]|[一二]千)后|[0-9]{2,4}年代|(?-u:\\b)(?:[bcop]2[bcop]|[2-6]g|[234]d)(?-u:\\b)|4s店";
    MONEY: &format!("[$€£¥￥]\\s*[0-9]|[0-9][0-9,.]*\\s*(?:k\\b|usd|dollars?|euros?|yuan|rmb|bucks?|pounds?|cents?|btc|bitcoins?|sats?|satoshis?|ntd?\\b|million|billion)|\
        (?:{COUNTED}|[一几半])(?:[万千百亿])?(?:多|来|几)?(?:元|块|美元|美金|台币|新台币|港币|港元|日元|日圆|欧元|英镑|人民币|卢比|韩元|万|亿|千块|毛|分钱|角)|\
        \\b{IN_WORDS}(?: {IN_WORDS})* (?:dollars|euros|bucks|yuan|pounds|cents|grand|million|billion)|免费|不要钱|不用钱|不收费|没有收费|无偿|没花钱|\
        \\b(?:free of charge|for free|is free|are free|it's free|was free|costs? nothing|no charge|unpaid)\\b");
    DATE: "(?:1[5-9]|20)[0-9]{2}|[0-9]{2}年|[零〇一二三四五六七八九]{2,4}年|[0-9一二三四五六七八九十]+(?:月份?|号|日)|(?:[0-9]{1,2}|[一二三四五六七八九十两]+)点(?:钟|半|整|多|[0-9一二三四五]|前|后|开|上|下|起|睡)|\
        星期[一二三四五六日天]|周[一二三四五六日末]|礼拜|去年|今年|明年|前年|后年|当年|那年|同年|次年|隔年|每年|昨天|今天|明天|前天|后天|昨晚|今晚|当天|当晚|隔天|第二天|\
        上个?(?:月|周|星期|世纪|学期|半年)|下个?(?:月|周|星期|世纪|学期|半年)|这个月|本月|本周|年初|年底|年末|年中|月底|月初|上半年|下半年|季度|早上|早晨|清晨|上午|中午|下午|傍晚|晚上|凌晨|半夜|\
        春天|夏天|秋天|冬天|春季|夏季|秋季|冬季|暑假|寒假|春节|过年|中秋|国庆|圣诞|年代|世纪|[年月天周期时]前|[年月天周]后|以前|小时候|毕业|大[一二三四]|[0-9一二三四五六七八九十]+岁|疫情|当初|刚刚|马上|立刻|最近|\
        \\b(?:january|february|april|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|monday|tuesday|wednesday|thursday|\
        friday|saturday|sunday|today|yesterday|tomorrow|tonight|weekends?|midnight|noon|ago|century|decade|christmas|easter|spring|summer|autumn|winter|nowadays|\
        recently|soon|quarter|o'clock|semester)\\b|\\b(?:in|since|until|till|by|last|next|this|early|late|mid) (?:may|march|fall|year|month|week|night|morning|evening|january|[0-9])|\
        \\b(?:[0-9]{1,2})(?::[0-9]{2})? ?(?:am|pm|a\\.m|p\\.m)\\b|'?[0-9]0s\\b|\\b(?:when|after|before|until|once|since|while) (?:i|we|he|she|they|you|it|the|my|our|his|her|that|this|getting|going|leaving|graduating|starting)\\b";
    DURATION: &format!("(?:{COUNTED}|[0-9][0-9.]*|[一几半]|好几|多)(?:个)?(?:多|半|来)?(?:年|月|天|周|星期|礼拜|小时|钟头|分钟|秒|世纪|学期|季度|工作日|辈子|晚上|夜|整天|届)|年[多半]|半[年天]|多年|一辈子|终身|终生|长期|永远|整天|通宵|很久|好久|\
        [0-9][0-9.]*[- ]?(?:\\w+ )?(?:years?|months?|weeks?|days?|hours?|minutes?|mins?|seconds?|secs?|decades?)\\b|\
        \\b(?:{IN_WORDS}|one|an?|few|several|couple|couple of|many|some|or two|or so|and a half)[- ](?:\\w+[- ])?(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|while|long time|lifetime|century)\\b|\
        \\b(?:years|months|weeks|days|hours|minutes|decades|forever|overnight|since|all day|all night|lifelong|full year|indefinitely|permanently|right away|immediately)\\b");
}

#[cfg(test)]
mod tests;

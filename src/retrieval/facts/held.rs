//! The kinds of fact that a passage holds, in digits, in Chinese numerals and in words, as people say them: a unit that
//! everybody knows is often left out (到手四千八, "two thousand a month").

use std::borrow::Cow;

use super::kind::Fact;
use crate::text::pattern::patterns;

/// Whether a folded text holds a kind of fact.
pub(super) fn holds(folded: &str, fact: Fact) -> bool {
    match fact {
        // "90后" names people and "b2b" a trade: neither tells how many.
        Fact::Amount => AMOUNT.is_match(&NAMES_WITH_DIGITS.replace_all(folded, " ")),
        Fact::Count => {
            let counted = NAMES_WITH_DIGITS.replace_all(folded, " ");
            let counted = MEASURED.replace_all(&counted, " ");
            AMOUNT.is_match(&counted)
        }
        Fact::Money => {
            let priced = COUNTED_IN_MILLIONS.replace_all(folded, " ");
            MONEY.is_match(&priced) || BARE_MONEY.is_match(&YEARS.replace_all(&priced, " 年"))
        }
        Fact::TimeOfDay => tells_time(folded),
        Fact::Date => DATE.is_match(folded) || tells_time(folded),
        Fact::ComingDate => holds(folded, Fact::Date) || holds(folded, Fact::Duration),
        Fact::Duration => DURATION.is_match(&without_rates(&YEARS.replace_all(folded, " "))),
        Fact::Age => AGE.is_match(folded),
    }
}

fn tells_time(folded: &str) -> bool {
    // 三点建议 and 百分之二点五 are no times.
    TIME.is_match(&POINTS.replace_all(folded, " "))
}

/// Returns the text without the period of a rate: 一天二十单 tells no duration of a day.
fn without_rates(folded: &str) -> Cow<'_, str> {
    RATE.replace_all(folded, " $1")
}

/// Numbers in Chinese characters that stand before what they count. The 一 of 一直 is no number, and that
/// of 一个 is an article.
const COUNTED: &str = "(?:[二两三四五六七八九十百千万亿]|[0-9])[十百千万亿多几来余]*";
const IN_WORDS: &str = "(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|\
    seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|\
    trillions?|dozens?|half|quarter)";
const COUNTER: &str = "(?:个|位|名|人|次|种|家|台|条|间|所|篇|份|本|部|场|只|件|项|类|倍|层|支|款|年|月|天|周|岁|小时|分钟|块|元|点|度|公里|米|斤|步|方面|部分|届|期|轮|班|组|\
    遍|趟|回(?:[^事]|$)|单|碗|杯|张|套|颗|亩|页|节|堂|桌|车|桶|瓶|盒|箱|袋|匹|棵|辆|艘|座|栋|户|口|吨|克|升|门(?:课|功课|学科)|道|顿|针|刀|圈|里路|平|公斤|公分|厘米|集|首|封|张|句|字)";

patterns! {
    AMOUNT = &format!("[0-9]|[一二两三四五六七八九十百千几][十百千万亿]|十[一二三四五六七八九]|[百千万亿]分之|[一二三四五六七八九]成[^为了本就功员立长都天]|\
        (?:{COUNTED}|好几){COUNTER}|一[遍趟](?:[^性]|$)|[过了只就]一[次回]|\
        第[一二三四五六七八九十百]|[二两三四五六七八九]者|一半|半数|过半|多半|大半|大部分|大多数|绝大多数|全部都|没有一个|一个都没|一个也没|一次都没|零个|为零|从来没|唯一|只有一|就一个|单身一人|\
        \\b{IN_WORDS}\\b|\\b(?:none|zero|nobody|once|twice|most of|majority|all of|only one|just one|exactly one|a couple|percent)\\b");
    NAMES_WITH_DIGITS = "(?:[0-9]{2}|[0-9]{4}|[零〇六七八九][零〇五]|[一二]千)后|[0-9]{2,4}年代|(?-u:\\b)(?:[bcop]2[bcop]|[2-6]g|[234]d)(?-u:\\b)|4s店";
    // Numbers of hours, years, yuan and the like, which tell no number of things.
    MEASURED = &format!("(?:[0-9][0-9,.]*|[零〇一二两三四五六七八九十百千万亿几半]+)(?:多|来|几)?(?:个?(?:半)?(?:多)?(?:小时|钟头|月|星期|礼拜)|年级?|月|天|周|分钟|秒|岁|点钟?|号|日|块|元|毛|角|美元|美金|台币|港币|欧元|公里|米|斤|公斤|度)|\
        (?:星期|周|礼拜)[一二三四五六日天]|\
        (?:[$€£¥￥]\\s*)[0-9][0-9,.]*|\\b(?:[0-9][0-9,.]*|(?:{IN_WORDS}[- ])*{IN_WORDS})[- ](?:years?|months?|weeks?|days?|hours?|minutes?|mins?|seconds?|decades?|dollars|euros|bucks|yuan|pounds|cents|quid|grand|o'clock|a\\.?m|p\\.?m|miles|kilometres|percent)\\b|\
        \\b(?:in|since|until|till|by|of|from|before|after) (?:1[5-9]|20)[0-9]{{2}}\\b");
    // 三万人 and "five million people" are no money.
    COUNTED_IN_MILLIONS = &format!("(?:[0-9][0-9,.]*|[一二两三四五六七八九十百千几]+)[十百千万亿]*[万亿](?:多|余|来|几)?(?:人|个|名|位|字|公里|次|家|份|张|本|件|用户|读者|步|米|平|亩|册|篇|条|种|倍|辆|台|单|粉|户|票|年)|\
        \\b(?:[0-9][0-9,.]*|(?:{IN_WORDS}[- ])*{IN_WORDS}) (?:million|billion|thousand|hundred) (?:people|users|players|citizens|signatures|copies|words|downloads|readers|views|years|miles|times)\\b");
    YEARS = "(?:1[5-9]|20)[0-9]{2}年?|(?:[一二][零〇九八])[零〇一二三四五六七八九]{2}年?|[零〇][零〇一二三四五六七八九]年|九[零〇一二三四五六七八]年|八[零〇一二三四五六七]年|七[零〇一二三四五六]年";
    MONEY = &format!("[$€£¥￥]\\s*[0-9]|[0-9][0-9,.]*\\s*(?:k\\b|usd|dollars?|euros?|yuan|rmb|bucks?|pounds?|quid|grand|cents?|btc|bitcoins?|sats?|satoshis?|ntd?\\b|million|billion)|\
        (?:{COUNTED}|[几半])(?:[万千百亿])?(?:多|来|几)?(?:元|块|美元|美金|台币|新台币|港币|港元|日元|日圆|欧元|英镑|人民币|卢比|韩元|万|亿|千块|毛|分钱|角)|\
        一(?:元|毛|角|万|亿|块(?:钱|[二三四五六七八九多半]|[,。.!?;]|$)|美元|欧元|英镑|分钱)|\
        \\b(?:{IN_WORDS}(?:[- ]{IN_WORDS})*|one|a) (?:dollars?|euros?|bucks?|yuan|pounds?|quid|cents?|grand|million|billion)\\b|\
        免费|免租|不要钱|不用钱|不收费|没有收费|无偿|没花钱|不(?:用|需要|收|必)(?:交|付|给|花|掏)?[^,。,]{{0,2}}(?:钱|租金|费|房租)|没(?:要|收|花|给|付)(?:过|我|他|她)?钱|一分(?:钱)?(?:都|也)?[不没]|\
        \\b(?:free of charge|for free|is free|are free|it's free|was free|costs? nothing|no charge|unpaid|rent[- ]free|no rent|no salary)\\b");
    // The unit is left out: a number of at least ten stands alone, or for a time.
    BARE_MONEY = &format!("(?:^|[^0-9零〇一二两三四五六七八九十百千万亿第满])(?:[一二两三四五六七八九几]{{1,2}}[十百千万][一二两三四五六七八九十百千几]*|十[一二三四五六七八九几]|[0-9]{{2,}})(?:多|几|来|出头|左右|上下|以上)*(?:一?点儿?)?(?:[\\s,，。.!！?？;；:：、…—)）」”\"]|$|就|都|也|还|够|涨|到|降|跟|和|吧|呢|啊|呗)|\
        \\b(?:[0-9][0-9,.]*|(?:{IN_WORDS}[- ])*{IN_WORDS}) (?:a|an|per|each|every) (?:month|year|week|day|hour|night|head|person|copy|unit|piece|ticket|shift)\\b|\
        \\b(?:hundred|thousand|grand)(?:\\s*[,.;:!?]|$| (?:and|from|in|for|but|or|to|at|on|so|each)\\b)");
    TIME = "(?:[0-9]{1,2}|[零二两三四五六七八九十][一二三四五六七八九十]?)点|(?:凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜|清晨)一点|一点(?:钟|半|整|[0-9二三四五]十)|\
        凌晨|半夜|午夜|正午|中午|天亮|天黑|\
        (?-u:\\b)[0-9]{1,2}:[0-9]{2}(?-u:\\b)|\\b[0-9]{1,2}(?::[0-9]{2})? ?(?:am|pm|a\\.m|p\\.m)\\b|\\b(?:noon|midnight|o'clock|sunrise|sunset|dawn)\\b|\
        \\b(?:at|around|by|until|till|before|after|from) (?:half past |quarter (?:past|to) )?(?:[0-9]{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: thirty| fifteen)?(?:\\s*[,.;:!?—]|$| (?:in the|at night|am|pm|sharp|every|each|on|or so|and|when|until|till|to|o'clock)\\b)";
    POINTS = "(?:有|这|以下|分|讲|说)[二两三四五六七八九十几]点|第[一二三四五六七八九十0-9]+点|百分之[零一二三四五六七八九十百]+点?|[0-9一二两三四五六七八九十几]+点(?:建议|意见|原因|要求|想法|看法|体会|区别|不同|好处|坏处|理由|问题|感受|经验|希望|优势|变化|[零一二三四五六七八九][倍亿万%成个公米度])";
    DATE = "(?:1[5-9]|20)[0-9]{2}|[0-9]{2}年|[零〇一二三四五六七八九]{2,4}年|[0-9一二三四五六七八九十]+(?:月份?|号|日)|\
        星期[一二三四五六日天]|周[一二三四五六日末]|礼拜|去年|今年|明年|前年|后年|当年|那年|同年|次年|隔年|每年|昨天|今天|明天|前天|后天|昨晚|今晚|当天|当晚|隔天|第二天|头天|\
        上个?(?:月|周|星期|世纪|学期|半年)|下个?(?:月|周|星期|世纪|学期|半年)|这个月|本月|本周|年初|年底|年末|年中|月底|月初|上半年|下半年|季度|早上|早晨|清晨|上午|中午|下午|傍晚|晚上|凌晨|半夜|\
        春天|夏天|秋天|冬天|春季|夏季|秋季|冬季|暑假|寒假|春节|过年|中秋|国庆|圣诞|年代|世纪|[年月天周期时]前|[年月天周]后|[年月天周]内|以前|小时候|毕业|大[一二三四]|[0-9一二三四五六七八九十]+岁|疫情|当初|刚刚|马上|立刻|最近|\
        等[^,，。]{1,12}(?:就|再|才)|\
        \\b(?:january|february|april|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|(?:mon|tues|wednes|thurs|\
        fri|satur|sun)days?|today|yesterday|tomorrow|tonight|weekends?|midnight|noon|ago|century|decade|christmas|easter|spring|summer|autumn|winter|nowadays|\
        recently|soon|quarter|o'clock|semester)\\b|\\b(?:in|since|until|till|by|last|next|this|early|late|mid) (?:may|march|fall|year|month|week|night|morning|evening|january|[0-9])|\
        \\b(?:[0-9]{1,2})(?::[0-9]{2})? ?(?:am|pm|a\\.m|p\\.m)\\b|'?[0-9]0s\\b|\\b(?:when|after|before|until|once|since|while) (?:i|we|he|she|they|you|it|the|my|our|his|her|that|this|getting|going|leaving|graduating|starting)\\b";
    DURATION = &format!("(?:{COUNTED}|[0-9][0-9.]*|[一几半]|好几|多)(?:个)?(?:多|半|来)?(?:年|月|天|周|星期|礼拜|小时|钟头|分钟|秒|世纪|学期|季度|工作日|辈子|晚上|夜|整天|届)|年[多半]|半[年天]|多年|一辈子|终身|终生|长期|永远|整天|通宵|很久|好久|\
        [0-9][0-9.]*[- ]?(?:\\w+ )?(?:years?|months?|weeks?|days?|hours?|minutes?|mins?|seconds?|secs?|decades?)\\b|\
        \\b(?:{IN_WORDS}|one|an?|few|several|couple|couple of|many|some|or two|or so|and a half)[- ](?:\\w+[- ])?(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|while|long time|lifetime|century)\\b|\
        \\b(?:years|months|weeks|days|hours|minutes|decades|forever|overnight|since|all day|all night|lifelong|full year|indefinitely|permanently|right away|immediately)\\b");
    RATE = "[一每]个?(?:年|月|天|周|星期|礼拜|小时|晚上?)([0-9二两三四五六七八九十百千万几][0-9二两三四五六七八九十百千万几多来]*(?:单|个[^月小星钟礼]|块|元|次|份|万|千|百))";
    AGE = &format!("[0-9一二三四五六七八九十]+(?:多|来|几)?岁|周岁|岁数|年过[三四五六七八九半]|出生|生[的于]|[零〇五六七八九][零〇五]后|[0-9]{{2}}后|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]|\
        [二三四五六七八九]?十[一二三四五六七八九]?(?:多|几|来)?(?:了|出头|的人|$|[,，。.!?])|[0-9]{{1,3}}(?:了|出头)|奔[三四五六七八九]|\
        years?[- ]old|year[- ]olds?|\\bage[ds]?\\b|\\bborn\\b|\\b(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|teenagers?|toddlers?)\\b|\
        \\b(?:one|{IN_WORDS}|[0-9]{{1,3}})(?:\\s*[,.;:!?)]|$| (?:and|or|now|when|then|at the time|last|this|next|in|by)\\b)");
}

//! The kind of fact that a query asks for.

use regex::Regex;

use super::kind::Fact;
use crate::text::pattern::patterns;

/// The kind of fact that a folded query asks for, if it is known.
pub fn asked(folded: &str) -> Option<Fact> {
    // 多多少少 and 几乎 ask for nothing, and neither does "when" in the middle.
    let query = folded.replace("多多少少", "").replace("几乎", "").replace("多少有", "有");
    let found = |pattern: &Regex| pattern.is_match(&query);
    if found(&AGE) {
        Some(Fact::Age)
    } else if found(&DURATION) {
        Some(Fact::Duration)
    } else if found(&MONEY) {
        Some(Fact::Money)
    } else if found(&TIME_OF_DAY) {
        Some(Fact::TimeOfDay)
    } else if found(&COMING_DATE) {
        Some(Fact::ComingDate)
    } else if found(&DATE) {
        Some(Fact::Date)
    } else if found(&NO_AMOUNT) {
        None
    } else if found(&COUNT) {
        Some(Fact::Count)
    } else if found(&AMOUNT) {
        Some(Fact::Amount)
    } else {
        None
    }
}

/// What is counted one by one.
const COUNTER: &str = "(?:个|位|名|人|次|种|家|台|条|间|所|篇|份|本|部|场|只|件|项|类|支|款|遍|趟|单|辆|张|套|门|面|道|顿|封|首|集|桌|户)";

patterns! {
    AGE = "几岁|多少岁|(?:多大|多少)(?:年纪|岁数|年龄)|(?:年纪|岁数|年龄)(?:是|有)?(?:多大|多少)|\
        (?:孩子|小孩|娃娃?|女儿|儿子|孙子|孙女|老大|老二|弟弟|妹妹|爷爷|奶奶|爸爸|妈妈|老人|今年|您|[你他她]们?)(?:今年|现在|都|有|是)*多大了?(?:[?？啊呀]|$)|\
        (?:at )?what age|how old (?:are|were) (?:you|they|we|the (?:children|kids|boys|girls|twins))|how old (?:is|was) (?:she|he)|\
        how old (?:is|are|was|were) (?:\\S+ ){0,2}(?:son|sons|daughter|daughters|child|children|kids?|boys?|girls?|baby|mother|father|wife|husband|grand\\w+|brother|sister)";
    DURATION = "多久|多长(?:的)?时间|(?:几|多少)个?(?:年|月|天|周|星期|礼拜|小时|钟头|分钟|秒)(?:[^份代级前底初]|$)|\
        how long|how many (?:\\w+ )?(?:years|months|weeks|days|hours|minutes|seconds|decades)|how much time";
    MONEY = "多少(?:钱|元|块|万|美元|费|经费|预算|资金|工资|薪水|薪资|收入|奖金|投资|积蓄|存款|补贴|租金|[^,。?]{1,2}费)|几(?:块|元|毛|万)(?:钱|块|元)?|\
        (?:工资|薪水|薪资|月薪|年薪|价格|售价|定价|成本|费用|学费|房租|租金|房价|收入|奖金|补贴|津贴|押金|罚款|预算|票价|身价|市值|营收|估值)\
        (?:大概|大约|一般|现在|目前|到底|究竟|平均|一共|总共|每个?月|每年|一个?月|一年|一天|一次)?(?:是|有|要|能|达到?|卖|拿)?(?:多少|几(?:[^次种位名家年月天点]|$)|多高|多大)|\
        (?:赔|欠|挣|罚|借|赔偿)(?:了|过|到|给\\S{1,3})?多少(?:[?？呢啊]|$)|\
        how many (?:dollars|euros|pounds|yuan|bucks)|how much (?:money|cash|does \\w+(?: \\w+){0,9} (?:cost|earn|make|pay|charge)|do(?:es)? (?:it|they|he|she|you|we) \
        (?:cost|earn|make|pay|charge|get paid)|did \\w+(?: \\w+){0,5} (?:cost|pay|earn|raise|spend|sell for)|(?:is|are|was|were) \
        (?:\\w+ ){0,4}(?:worth|paid)|(?:is|are|was|were) (?:a|an|one) (?:\\w+ ){0,3}\\w+ ?(?:[?.!]|$)|\
        (?:is|are|was|were) (?:\\w+ ){0,3}(?:rent|fees?|tickets?|membership|subscription|fine|fines|deposit|bonus|bonuses|allowance|pension|insurance|tuition|mortgage|fares?|\
        tolls?|bills?|refund|compensation|licen[cs]e)\\b)|what (?:does|do|did) \\w+(?: \\w+){0,6} (?:cost|charge)\\b|什么价|啥价|多贵|what (?:is|are|was|were) (?:\\w+ ){0,4}(?:price|salary|salaries|fee|fees|cost|costs|budget|wage|wages|revenue)\\b|\
        what (?:price|salary|fee|budget)|(?:cost|costs|price|salary|fee|budget|paid) how much";
    TIME_OF_DAY = "(?:^|[^好十])几点(?:钟|半|[^建意要原想看]|$)|what time\\b";
    COMING_DATE = "(?:什么时候|何时|啥时候|几时)(?:能|会|可以|才|要)|^when (?:will|is|are|can) |\\bwhen will ";
    DATE = "什么时候|何时|啥时候|几时|哪一?(?:年|天|日|月)|哪个(?:月|星期|季度|年份)|几月|几号|星期几|礼拜几|周几|什么日子|何年|\
        ^when\\b|\\bwhen (?:did|was|were|is|are|will|does|do|has|had|can)\\b|(?:what|which) (?:year|month|day|date|week|decade|century)\\b|\
        since when|until when|by when";
    COUNT = &format!("多少(?:{COUNTER}|学生|老师|员工|同事|客人|客户|顾客|病人|孩子|人)|\
        (?:有|共|分|来|做|开|去|招|带|了|过|用|写|出|卖|请|养|生|在|占|管|要|接|跑|试|打|送|考|读|得|教|收|发|住|修|建|换|得|剩|还|睡|拿)几{COUNTER}|^几(?:个|位|名|次|种|家)|\
        how many (?:[^p\\s]|p[^e\\s]|pe[^r\\s])");
    AMOUNT = "多少|(?:有|共|分|来|做|开|去|招|带|了|过|用|写|出|卖|请|养|生|在|占)几(?:成|倍|层|斤|公里|里|米|度)|\
        第几|几成|几倍|百分之几|几分之|多大(?:比例|规模|面积)|(?:规模|面积)有?多大|多高(?:的)?(?:比例|比率)?$|多远|\
        how many|how much|how (?:big|large|old|tall|far|fast|often|high|heavy|deep)\\b|what (?:percent|percentage|proportion|share|number|fraction)|\
        number of .*\\?$";
    // 多少能 …: "somewhat"; "how much do you like": no number.
    NO_AMOUNT = "how much (?:do|did|does) (?:\\w+ ){1,4}(?:like|love|enjoy|care|trust|know|matter|help|miss|hate|worry|believe)\\b|\
        how often|how much (?:of a|more|better|worse)|how (?:big|high|deep) (?:of )?a\\b";
}

//! The words by which a follow-up is known. This module holds data only.

/// Whole turns, without their first and last particles, that ask for others. They are divided by `|`.
pub(super) const OTHERS: &str = "还有吗|还有|还有别的吗|还有其他的吗|还有别人吗|还有其他人吗|还有谁|还有谁这么说|还有谁这么认为|还有谁提到|\
    还有谁说过|还有人这么说吗|还有别人这么说吗|还有别人这么认为吗|还有其他人这么说吗|还有别人提到吗|还有别人说过吗|\
    还有其他说法吗|还有别的说法吗|还有其他观点吗|还有别的观点吗|还有其他看法吗|还有没有|还有没有别人|还有没有别的|\
    其他人|别人|别的人|其他的|别的|其他人怎么说|别人怎么说|其他人怎么看|别人怎么看|其他人怎么想|更多|再来|继续|\
    anyone else|anybody else|who else|anything else|what else|any others|any other|others|other people|the others|\
    what about others|what about the others|what about other people|how about others|what do others say|\
    what do the others say|what do others think|what do the others think|does anyone else say so|\
    does anyone else say that|does anyone else say this|did anyone else say so|did anyone else say that|\
    does anyone else agree|does anyone else think so|more|more please|show more|is there more|are there more|anyone other|\
    are there others|go on";
/// Whole turns that ask for reasons.
pub(super) const WHY: &str = "为什么|为何|为啥|原因|什么原因|原因是什么|理由|理由是什么|怎么会|怎么会这样|为什么这么说|为什么会这样|为什么这样|凭什么|\
    他们为什么这么说|why|why so|why is that|why that|why not|how come|what for|for what reason|what is the reason|\
    what are the reasons|what's the reason|the reason|why do they say so|why do they say that|why do they think so";
/// Whole turns that ask for more about the same.
pub(super) const MORE: &str = "怎么做|怎么做到|怎么做到的|怎么办|如何做|如何做到|如何|怎么样|具体|具体一点|具体点|具体怎么做|具体说说|比如|例如|举例|\
    举个例子|有例子吗|有什么例子|有例子|详细一点|详细|什么意思|然后|结果|后来|什么时候|在哪里|哪里|多少|多久|\
    how|how so|how exactly|for example|for instance|such as|like what|any examples|any example|examples|an example|\
    in what way|in which way|in detail|details|more details|what do they mean|meaning what|and then|then what|when|where|\
    how much|how many|how long|what happened";

/// Small sets of words that may replace each other in a comparison.
pub(super) const CONTRASTS: &[&str] = &[
    "海外|国外|境外|国内|本地|本土",
    "线上|线下",
    "售前|售后|售中",
    "过去|以前|之前|从前|现在|目前|未来|将来|以后",
    "优点|缺点",
    "优势|劣势|弱势",
    "好处|坏处",
    "男性|女性|男员工|女员工|男生|女生",
    "年轻人|老年人|老人|年轻员工|老员工|新员工",
    "大公司|小公司|大企业|小企业|中小企业",
    "管理者|员工|领导|老板|基层|一线",
    "城市|农村|乡村|乡下",
    "overseas|abroad|domestic|locally",
    "online|offline",
    "men|women",
    "advantages|disadvantages|drawbacks|benefits",
    "pros|cons",
    "strengths|weaknesses",
    "managers|employees|leaders|staff",
    "past|present|future|now|today",
    "children|adults|teenagers|parents",
];

/// Words at the beginning of a turn that only join it to the turn before.
pub(super) const LEADS: [&str; 14] =
    ["那么", "那", "嗯", "哦", "而", "可是", "但是", "请问", "and ", "but ", "so ", "ok ", "okay ", "then "];
/// The same at its end.
pub(super) const TAILS: [&str; 7] = ["呢", "啊", "呀", "嘛", "吧", " then", " though"];

/// Words before a new subject: what about X.
pub(super) const BEFORE_SUBJECT: [&str; 7] =
    ["what about ", "how about ", "what of ", "换成", "换作", "至于", "same for "];
/// Words after a new subject: X怎么样.
pub(super) const AFTER_SUBJECT: [&str; 6] = ["又怎么样", "又如何", "又怎样", "怎么样", "怎么说", "怎么看"];

/// Words of a question. A turn with one of them is more than a subject.
pub(super) const ASKING: [&str; 10] = ["什么", "怎么", "谁", "哪", "多少", "如何", "是否", "吗", "有没有", "几个"];
pub(super) const ASKING_IN_ENGLISH: [&str; 13] =
    ["what", "how", "why", "who", "which", "when", "where", "do", "does", "did", "is", "are", "can"];

/// Words that refer to something said before. 他们 and "they" are not among them, because in an interview they mean the
/// interviewees.
pub(super) const STAND_INS: &str = "它们 它 这个 这种 这样 这些 这点 这方面 那个 那种 那样 那些 上面 刚才 前者 后者";
pub(super) const STAND_INS_IN_ENGLISH: [&str; 6] = ["it", "its", "this", "that", "these", "those"];

//! Checks over generated talks: who withdraws takes nobody else's words, and nothing of theirs is left anywhere.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, header};
use proptest::prelude::*;
use tower::ServiceExt as _;
use yuanhua::library::{Access, Library, LibraryLimits, LibraryLocation, SourceStore, same_name};
use yuanhua::transcript::Transcript;
use yuanhua::web::{Site, app};

use crate::support::library::open_library;

/// People as transcripts name them. Nobody is in two of these lists.
const CASTS: [&[&str]; 14] = [
    &["王芳", "李强", "欧阳芳", "赵敏"],
    &["安", "白", "高峰", "小梅"],
    &["老王", "张老师", "陈女士", "阿强"],
    &["迪丽热巴·艾合买提", "古丽", "买买提·吐尔逊"],
    &["A", "B", "C"],
    &["甲", "乙", "丙"],
    &["受访者1", "受访者2", "受访者3"],
    &["发言人 1", "发言人 2", "发言人 3"],
    &["Speaker 1", "Speaker 2", "Speaker 3"],
    &["销售部 王芳", "销售部 李强", "财务部 赵敏"],
    &["王芳（店长）", "李强（店员）", "赵敏（会计）"],
    &["May", "Will", "Mark", "Grace"],
    &["Mary Quux", "Bob Jones", "Ms Wang", "Siobhan O'Brien"],
    &["Mary Quux - Vice President", "Bob Jones - Vice President", "Ann Lee - CEO"],
];

/// What one person says and nobody else does.
const OWN: [&str; 30] = [
    "那台磨豆机从开春起就一直漏油，地板上滑得站不住人。",
    "后来我们把旧烤箱抬进了后院的木棚。",
    "加班费从来没有按时结清过，领班总拿误餐补助搪塞。",
    "我外婆在渡口摆了三十年的豆腐摊。",
    "台风把整排箱网都掀翻，石斑鱼跑得一条不剩。",
    "机房的空调半夜跳闸，我抱着毯子守到天亮。",
    "村口那棵皂荚树底下埋着祖上的酒坛子。",
    "我把退回来的绘本一箱一箱搬到物流站。",
    "丈母娘硬说绣球花会招蛇，让我全铲了。",
    "腌菜缸裂了缝，盐水淌得灶台发白。",
    "渔政的船一靠岸，大伙就把网藏进芦苇荡。",
    "老鼓楼的钟停在四点一刻，谁也不肯修。",
    "孵化箱断电那晚，三百只雏鸭剩下十七只。",
    "他拿缝纫机的踏板给我改了一架弹棉花的弓。",
    "骑楼底下卖膏药的瞎子记得每个人的脚步声。",
    "我把户口迁走那天，河堤正在合龙。",
    "The wet year the tractors sank up to their axles in the beet field.",
    "My aunt burned every candle mould behind the chapel.",
    "We smuggled rhubarb crowns past the customs shed at Harwich.",
    "The choir master kept ferrets under the organ loft.",
    "Nobody warned me that the kiln would crack in a north wind.",
    "I traded my bicycle for eleven crates of bruised quinces.",
    "The lighthouse keeper taught me to splice tarred hemp.",
    "Our parish ledger lists a goat as an honorary bell ringer.",
    "磨坊的水轮 jammed in February，冰碴子卡得死死的。",
    "他们管那条弄堂叫 Pickle Lane，因为酱园就开在拐角。",
    "猎户的火塘边挂着一串风干的獾子皮。",
    "校车总在垭口抛锚，我们就唱着山歌推。",
    "She pawned the accordion to pay the ferryman.",
    "祠堂的匾额是我爷爷用桐油一遍遍刷的。",
];
/// What many say: an answer to a common question, alone or in the middle of other words.
const MANYS: [&str; 14] = [
    "压力很大。",
    "我在北京工作。",
    "我今年三十四岁。",
    "大学本科。",
    "没有孩子。",
    "工资太低。",
    "是的，我也这么觉得。",
    "没有了，谢谢您。",
    "对。",
    "嗯。",
    "I have two kids.",
    "I live in London.",
    "Yes, I think so.",
    "No.",
];
const ASKED: [&str; 8] = [
    "您先介绍一下自己？",
    "后来呢？",
    "店里的设备怎么样？",
    "您还有什么想补充的？",
    "What was the work like?",
    "And then?",
    "Where do you live?",
    "这件事对家里有影响吗？",
];

/// Who says what; the first is who asks.
type Talk = Vec<(String, String)>;

/// A talk of some people. `own` numbers the words of [`OWN`] that are left to say.
fn talk(cast: usize, people: usize, turns: &[(usize, usize, usize)], own: &mut impl Iterator<Item = usize>) -> Talk {
    let names = &CASTS[cast % CASTS.len()];
    let people = people.clamp(2, names.len());
    let asks = if names[0].is_ascii() { "Interviewer" } else { "访谈员" };
    let mut talk = Talk::new();
    for (round, (who, words, many)) in turns.iter().enumerate() {
        if round % 2 == 0 {
            talk.push((asks.to_owned(), ASKED[(round / 2 + many) % ASKED.len()].to_owned()));
        }
        let mut said: Vec<&str> = Vec::new();
        if many % 3 != 0 {
            said.push(MANYS[many % MANYS.len()]);
        }
        said.extend(own.by_ref().take(*words % 3).map(|number| OWN[number % OWN.len()]));
        if said.is_empty() {
            said.push(MANYS[(many + 5) % MANYS.len()]);
        }
        talk.push((names[(round + who) % people].to_owned(), said.join(" ")));
    }
    talk
}

fn as_text(talk: &Talk) -> String {
    talk.iter().fold(String::new(), |mut text, (who, words)| {
        let _ = writeln!(text, "{who}: {words}");
        text
    })
}

/// The same talk in another format, and the ending of its file.
fn in_format(talk: &Talk, format: usize) -> (&'static str, Vec<u8>) {
    let text = as_text(talk);
    match format % 6 {
        0 => ("txt", text.into_bytes()),
        1 => {
            let paragraph = |line: &str| format!("<p>{line}</p>\n");
            ("html", format!("<!doctype html><body>{}</body>", text.lines().map(paragraph).collect::<String>()).into())
        }
        2 => {
            let row = |(who, words): &(String, String)| format!("\"{who}\",\"{words}\"\n");
            ("csv", format!("speaker,text\n{}", talk.iter().map(row).collect::<String>()).into())
        }
        3 => {
            let rows: Vec<_> =
                talk.iter().map(|(who, words)| serde_json::json!({ "speaker": who, "text": words })).collect();
            ("json", serde_json::Value::from(rows).to_string().into_bytes())
        }
        4 => {
            let cue = |(number, (who, words)): (usize, &(String, String))| {
                let (from, to) = (number * 3, number * 3 + 2);
                format!(
                    "{}\n00:{:02}:{:02},000 --> 00:{:02}:{:02},500\n{who}: {words}\n\n",
                    number + 1,
                    from / 60,
                    from % 60,
                    to / 60,
                    to % 60
                )
            };
            ("srt", talk.iter().enumerate().map(cue).collect::<String>().into_bytes())
        }
        _ => ("txt", std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()),
    }
}

/// Everything that is said in a transcript, in order.
fn said(transcript: &Transcript) -> Vec<(Option<String>, String)> {
    let turns = transcript.questions.iter().flat_map(|question| {
        let asked = (question.speaker.clone(), transcript.words(question.span).to_owned());
        let answers = question.answers.iter();
        std::iter::once(asked).chain(answers.map(|answer| (answer.interviewee.clone(), transcript.answer_text(answer))))
    });
    turns.filter(|(_, words)| !words.trim().is_empty()).collect()
}

fn opened(folder: &Path) -> SourceStore {
    SourceStore::open(LibraryLocation::Folder(folder.to_owned()), LibraryLimits::default(), Access::Write)
        .expect("it opens")
}

fn read(store: &mut SourceStore) -> Vec<(String, Arc<Transcript>)> {
    let all = store.holdings().expect("they are read").transcripts;
    all.into_iter().map(|transcript| (transcript.name.clone(), transcript)).collect()
}

/// Every stretch of eight Chinese characters or 24 letters of what was said, without white space and punctuation.
fn windows(words: &str) -> HashSet<String> {
    let letters: Vec<char> = letters(words).chars().collect();
    let weighs = |some: &[char]| some.iter().map(|c| if *c >= '\u{2e80}' { 3 } else { 1 }).sum::<usize>();
    let window = |start: usize| {
        let end = (start..=letters.len()).find(|end| weighs(&letters[start..*end]) >= 24)?;
        Some(letters[start..end].iter().collect())
    };
    (0..letters.len()).map_while(window).collect()
}

fn letters(words: &str) -> String {
    yuanhua::text::script::View::folded(words).into_text().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Panics if a text holds a stretch of what was withdrawn.
fn holds_none(windows: &HashSet<String>, shown: &str, what: &str) {
    let all = letters(shown);
    for window in windows {
        assert!(!all.contains(window.as_str()), "{what}: {window} in {shown}");
    }
}

/// The stretches of somebody's own words that no other says.
fn own_windows(talk: &Talk, who: &str) -> HashSet<String> {
    let own = OWN.iter().filter(|words| talk.iter().any(|(by, said)| by == who && said.contains(**words)));
    own.flat_map(|words| windows(words)).collect()
}

fn turns() -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
    prop::collection::vec((0..3_usize, 0..3_usize, 0..14_usize), 6..16)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::support::cases(64), max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn who_withdraws_takes_no_other_turn(
        (cast, people, who) in (0..14_usize, 2..5_usize, 0..4_usize),
        (one, other) in (turns(), turns()),
        order in Just((0..OWN.len()).collect::<Vec<_>>()).prop_shuffle(),
        other_cast in prop::bool::ANY,
    ) {
        let mut own = order.into_iter();
        let withdrawn_from = talk(cast, people, &one, &mut own);
        let another = talk(cast + usize::from(other_cast), people, &other, &mut own);
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("one.txt"), as_text(&withdrawn_from)).expect("written");
        fs::write(folder.path().join("other.txt"), as_text(&another)).expect("written");
        let mut store = opened(folder.path());
        let before = read(&mut store);
        let names = &CASTS[cast % CASTS.len()];
        let who = names[who % people.clamp(2, names.len())];
        let source = before.iter().find(|(name, _)| name == "one").expect("there").1.source_sha256.clone();
        // The program may read a generated talk in another way.
        prop_assume!(said(&before[0].1).iter().any(|(by, _)| by.as_deref().is_some_and(|by| by == who)));
        let sure = |by: &Option<String>| by.as_deref().is_none_or(|by| !same_name(by, who));
        store.withdraw(&source, Some(who)).expect("withdrawn");
        let after = read(&mut store);
        for ((name, before), (_, after)) in before.iter().zip(&after) {
            let stays = |(by, _): &(Option<String>, String)| name == "other" || sure(by);
            let wanted: Vec<_> = said(before).into_iter().filter(stays).collect();
            let mut left = said(after);
            left.retain(|turn| stays(turn));
            prop_assert_eq!(&wanted, &left, "{} after {} withdrew", name, who);
        }
    }

    #[test]
    fn nothing_of_who_withdrew_is_left_in_any_copy(
        (cast, people, who) in (0..14_usize, 2..5_usize, 0..4_usize),
        turns in turns(),
        order in Just((0..OWN.len()).collect::<Vec<_>>()).prop_shuffle(),
        (format, cut) in (0..6_usize, 0..8_usize),
    ) {
        let own_talk = talk(cast, people, &turns, &mut order.into_iter());
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("one.txt"), as_text(&own_talk)).expect("written");
        let mut store = opened(folder.path());
        let before = read(&mut store);
        let names = &CASTS[cast % CASTS.len()];
        let who = names[who % people.clamp(2, names.len())];
        prop_assume!(said(&before[0].1).iter().any(|(by, _)| by.as_deref() == Some(who)));
        let windows = own_windows(&own_talk, who);
        store.withdraw(&before[0].1.source_sha256, Some(who)).expect("withdrawn");
        let (ending, bytes) = in_format(&own_talk, format);
        fs::write(at(&format!("copy.{ending}")), bytes).expect("written");
        let relabelled: Talk = own_talk.iter().map(|(by, words)| (if by == who { "Zoe".into() } else { by.clone() }, words.clone())).collect();
        let traditional = yuanhua::text::script::View::new(&as_text(&relabelled), yuanhua::text::script::Display::Traditional).into_text();
        fs::write(at("relabelled.txt"), traditional).expect("written");
        fs::write(at("part.txt"), as_text(&own_talk[cut.min(own_talk.len() - 1)..].to_vec())).expect("written");
        let told = own_talk.iter().find(|(by, _)| by == who).map(|(_, words)| words.clone()).unwrap_or_default();
        fs::write(at("told.txt"), format!("记者：他怎么说？\n孙七：他讲，“{told}”我就先回家了。\n")).expect("written");
        for (name, transcript) in read(&mut store) {
            let shown = format!("{} {} {} {:?}", transcript.title, transcript.text(), transcript.restored.received(), transcript.speakers);
            holds_none(&windows, &shown, &name);
        }
        holds_none(&windows, &format!("{:?}", store.listing().expect("listed")), "the list");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::support::cases(6), max_shrink_iters: 10, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_who_withdrew_is_on_any_page(
        (cast, people, who) in (0..14_usize, 2..5_usize, 0..4_usize),
        turns in turns(),
        order in Just((0..OWN.len()).collect::<Vec<_>>()).prop_shuffle(),
        format in 0..6_usize,
    ) {
        let own_talk = talk(cast, people, &turns, &mut order.into_iter());
        let folder = tempfile::tempdir().expect("a folder");
        let (ending, bytes) = in_format(&own_talk, format);
        fs::write(folder.path().join(format!("one.{ending}")), &bytes).expect("written");
        let library = open_library(folder.path());
        let corpus = library.corpus().load_full();
        let names = &CASTS[cast % CASTS.len()];
        let who = names[who % people.clamp(2, names.len())];
        prop_assume!(corpus.transcripts.first().is_some_and(|one| said(one).iter().any(|(by, _)| by.as_deref() == Some(who))));
        let windows = own_windows(&own_talk, who);
        prop_assume!(!windows.is_empty());
        let source = corpus.transcripts[0].source_sha256.clone();
        let links: Vec<String> = corpus.transcripts[0].answers()
            .map(|(_, _, answer)| yuanhua::search::quote::Permalink::of(&corpus.transcripts[0], answer.span).to_string())
            .collect();
        drop(corpus);
        library.withdraw(&source, Some(who)).expect("withdrawn");
        library.add(vec![(format!("again.{ending}"), [bytes.as_slice(), b"\n"].concat())], false).expect("added");
        library.fill(|_| {}).expect("it fills");
        for (address, shown) in pages(&library, &links) {
            holds_none(&windows, &shown, &address);
        }
    }
}

/// The pages that show words, with what each shows.
fn pages(library: &Arc<Library>, links: &[String]) -> Vec<(String, String)> {
    let site = app(Site::of_library(Arc::clone(library)));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut addresses: Vec<String> = ["/", "/library", "/people", "/tags", "/saved"].map(str::to_owned).to_vec();
    for query in ["%E8%AE%BE%E5%A4%87", "work", "%E5%AE%B6"] {
        for page in ["/?q=", "/api/ask?limit=20&q=", "/people?q=", "/people.csv?q="] {
            addresses.push(format!("{page}{query}"));
        }
        addresses.extend(["csv", "json", "markdown", "html"].map(|format| format!("/export?as={format}&q={query}")));
    }
    for item in &library.listing().items {
        let source = &item.sha256[..16];
        addresses.extend(["", "/received", "?by=interviewee"].map(|end| format!("/t/{source}{end}")));
    }
    addresses.extend(links.iter().cloned());
    let shown = |address: String| {
        let text = runtime.block_on(async {
            let request = Request::get(&address).header(header::ACCEPT_LANGUAGE, "en").body(Body::empty());
            let response = site.clone().oneshot(request.expect("a request")).await.expect("one");
            let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
            String::from_utf8_lossy(&bytes).into_owned()
        });
        (address, text)
    };
    addresses.into_iter().map(shown).collect()
}

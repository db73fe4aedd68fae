//! What must hold for any text. Nothing here needs files beside the crate.
use proptest::prelude::*;

use super::measured::{Lcg, narrow, random_table};
use super::{fold, interview};
use crate::restore::*;

/// Clean sentences to damage, Traditional; written for these tests.
const SENTENCES: [&str; 24] = [
    "我們公司的服務人員每天要面對很多客戶，所以壓力很大。",
    "你覺得現在的年輕人為什麼不願意加班？",
    "他說，如果沒有團隊的支持，這個項目不可能完成！",
    "數據的價值在於使用，而不是保存。可是很多企業還沒有意識到這一點。",
    "學習是一輩子的事情；態度比能力更重要。",
    "當時我們討論了三個方案（其中一個已經實現），最後選擇了成本最低的那個。",
    "關於未來，我認為技術會繼續發展，但是人與人之間的交流不會消失。",
    "問題的關鍵在於：誰來承擔責任？",
    "客戶打電話過來的時候，情緒往往已經很激動了，這時候要先傾聽。",
    "經過半年的訓練，新員工都能夠獨立處理問題，領導也很滿意。",
    "這個標準是二〇一九年制定的，現在看來有些地方需要調整。",
    "我個人的經驗是，遇到困難的時候不要急著下結論。",
    "大家好，我是負責運營的小王，今天想跟各位分享一下我們的做法。",
    "從傳統行業轉型到互聯網，我們花了整整五年時間。",
    "他們的產品質量很好，可惜價格太高，普通人買不起。",
    "節假日的時候人手不夠，只好請兼職的學生來幫忙。",
    "好的管理者應該讓團隊裡的每一個人都有成長的空間。",
    "老實說，我開始的時候並不看好這個方向，後來才慢慢改變了想法。",
    "機器可以回答簡單的問題，但是複雜的情況還是需要人來判斷。",
    "我們在國外的業務增長很快，去年的收入超過了國內市場。",
    "媒體報導的內容和實際情況有很大的差別，所以一定要自己去看。",
    "你最後悔的一件事是什麼？沒有早一點開始運動。",
    "家庭和工作之間的平衡，其實就是時間的分配。",
    "醫生建議他多休息，少喝酒，每天走路半小時。",
];

#[derive(Debug, Clone, Copy)]
enum Written {
    Traditional,
    Simplified,
    Mixed,
}

fn clean_text(random: &mut Lcg, lines: usize, written: Written) -> String {
    let mut text = String::new();
    for line in 0..lines {
        for _ in 0..=random.below(4) {
            text.push_str(SENTENCES[random.below(SENTENCES.len())]);
        }
        text.push('\n');
        let simplified = match written {
            Written::Traditional => false,
            Written::Simplified => true,
            Written::Mixed => line % 2 == 0,
        };
        if simplified {
            let start = text[..text.len() - 1].rfind('\n').map_or(0, |at| at + 1);
            let folded = fold(&text[start..]);
            text.truncate(start);
            text.push_str(&folded);
        }
    }
    text
}

/// Whether a clean line can be the restored one, wherever that is not proved.
pub(super) fn agrees(clean: &str, restored: &Restored, number: usize) -> bool {
    let Some(line) = restored.text().split('\n').nth(number - 1) else {
        return false;
    };
    let start = line.as_ptr() as usize - restored.text().as_ptr() as usize;
    let mut literals = Vec::new();
    let mut done = start;
    for r in restored.restorations().iter().filter(|r| r.line == number && !r.proved) {
        literals.push(&restored.text()[done..r.restored_span.start]);
        done = r.restored_span.end;
    }
    literals.push(&restored.text()[done..start + line.len()]);
    let clean = narrow(clean);
    if let [only] = literals[..] {
        return only == clean;
    }
    let mut at = 0;
    for (index, literal) in literals.iter().enumerate() {
        let found = if index == 0 {
            clean.starts_with(literal).then_some(0)
        } else if index + 1 == literals.len() {
            clean[at..].ends_with(literal).then(|| clean.len() - at - literal.len())
        } else {
            clean[at..].find(literal)
        };
        let Some(found) = found else { return false };
        at += found + literal.len();
    }
    true
}

fn assert_offsets_correspond(restored: &Restored) {
    let (mut received_at, mut text_at) = (0, 0);
    for r in restored.restorations() {
        assert_eq!(
            restored.received()[received_at..r.received_span.start],
            restored.text()[text_at..r.restored_span.start],
        );
        assert_eq!(restored.received()[r.received_span.clone()], r.received);
        assert_eq!(restored.text()[r.restored_span.clone()], r.restored);
        assert_eq!(restored.received_range(r.restored_span.clone()), r.received_span);
        assert_eq!(restored.restored_range(r.received_span.clone()), r.restored_span);
        (received_at, text_at) = (r.received_span.end, r.restored_span.end);
    }
    assert_eq!(restored.received()[received_at..], restored.text()[text_at..]);
    assert_eq!(restored.received().split('\n').count(), restored.text().split('\n').count());
}

/// Deterministic, because a candidate is accepted on odds: what is proved
/// reproduces the received text, but two clean texts can do that.
#[test]
fn a_restoration_is_right_or_not_proved() {
    let mut random = Lcg(7);
    let (mut restored_spans, mut damaged_spans) = (0, 0);
    for round in 0..6 {
        let written = [Written::Traditional, Written::Simplified, Written::Mixed][round % 3];
        let lines = 6 + random.below(6);
        let text = clean_text(&mut random, lines, written);
        let size = 8 + random.below(30);
        let table = random_table(&text, size, &mut random, false);
        let clean: Vec<&str> = text.split('\n').filter(|line| damage(line, &table).is_some()).collect();
        let received = damage(&clean.join("\n"), &table).expect("each line could be damaged");
        let restored = restore(&received);
        assert_offsets_correspond(&restored);
        for (index, line) in clean.iter().enumerate() {
            assert!(agrees(line, &restored, index + 1), "{line}\n{received}\n{:?}", restored.restorations());
        }
        for r in restored.restorations().iter().filter(|r| r.kind == DamageKind::Misaligned) {
            damaged_spans += 1;
            restored_spans += usize::from(r.proved);
        }
    }
    assert!(
        damaged_spans > 5 && restored_spans * 3 > damaged_spans,
        "{restored_spans} of {damaged_spans} are restored"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn clean_text_comes_through_unchanged(seed: u64, lines in 1usize..12, simplified: bool, honest in 0usize..4) {
        let written = if simplified { Written::Simplified } else { Written::Traditional };
        let mut text = clean_text(&mut Lcg(seed), lines, written);
        text.push_str(["", "拼音(pīnyīn)", "饕(tāo)餮(tiè),多音字:行(xíng)", "他姓單(shàn),不是單(dān)"][honest]);
        let restored = restore(&text);
        prop_assert_eq!(restored.text(), text.as_str());
        // The same with half-width marks, which damage could have left.
        let text = narrow(&text);
        let restored = restore(&text);
        prop_assert_eq!(restored.text(), text.as_str());
    }

    #[test]
    fn no_string_causes_a_panic(text in "([?(),;:! \n]|[a-zāèǐü]{1,3}|[\u{4E00}-\u{9FA5}]|[務業現發們人]|\\((wù|yè|xiàn|fā|nèi)\\)|nèi\\)|\\PC|[\u{E000}-\u{E010}😀€·]){0,60}") {
        let restored = restore(&text);
        assert_offsets_correspond(&restored);
        let _ = damage(&text, restored.table());
    }

    #[test]
    fn a_torn_interview_keeps_its_offsets(cut in 0usize..4000, take in 1usize..1500, noise in "[?(),a務業èü😀]{0,6}") {
        let chars: Vec<char> = interview().chars().collect();
        let mut text: String = chars.iter().skip(cut).take(take).collect();
        text.push_str(&noise);
        text.extend(chars.iter().skip(cut / 2).take(take));
        let restored = restore(&text);
        assert_offsets_correspond(&restored);
    }

    #[test]
    fn ranges_round_trip_to_whole_restorations(start in 0usize..16_000, length in 0usize..400) {
        let restored = restored_interview();
        let end = (start + length).min(restored.text().len());
        let start = start.min(end);
        let received = restored.received_range(start..end);
        let again = restored.restored_range(received.clone());
        prop_assert!(again.start <= start && end <= again.end);
        prop_assert_eq!(restored.received_range(again), received);
    }
}

fn restored_interview() -> &'static Restored {
    static RESTORED: std::sync::OnceLock<Restored> = std::sync::OnceLock::new();
    RESTORED.get_or_init(|| restore(interview()))
}

//! Properties of every restoration.
use super::*;

mod factors;
mod measured;

/// What the search found at each damaged span of the last `restore`, for measuring.
pub(super) mod traced {
    use std::cell::RefCell;

    use crate::restore::beam_search::Candidate;
    use crate::restore::line::ReceivedLine;

    #[derive(Debug)]
    struct Trace {
        line: usize,
        start: usize,
        end: usize,
        found: Option<Candidate>,
    }

    thread_local! { static TRACES: RefCell<Vec<Trace>> = const { RefCell::new(Vec::new()) }; }

    pub(crate) fn note(line: &ReceivedLine, at: usize, found: Option<&Candidate>) {
        let end = found.map_or(at, |found| found.end);
        let (start, end) = (line.offset(at), line.offset(end));
        let trace = Trace { line: line.number, start, end, found: found.cloned() };
        if std::env::var_os("RESTORE_TRACE").is_some() {
            eprintln!("{trace:?}");
        }
        TRACES.with_borrow_mut(|traces| traces.push(trace));
    }

    pub(super) fn clear() {
        TRACES.with_borrow_mut(Vec::clear);
    }

    pub(super) fn any(line: usize) -> bool {
        TRACES.with_borrow(|traces| {
            traces.iter().any(|trace| trace.line == line && trace.found.as_ref().is_none_or(|found| found.margin < 3.0))
        })
    }

    pub(super) fn at(start: usize) -> Option<(String, f32)> {
        TRACES.with_borrow(|traces| {
            let found = traces.iter().find(|trace| trace.start == start)?.found.as_ref()?;
            Some((found.text.clone(), found.margin))
        })
    }

    pub(super) fn end(start: usize) -> usize {
        TRACES.with_borrow(|traces| traces.iter().find(|trace| trace.start == start).map_or(start, |trace| trace.end))
    }
}

mod properties;

fn interview() -> &'static str {
    include_str!("../../data/ai-customer-service.txt")
}

fn fold(text: &str) -> String {
    text.chars()
        .map(|c| char::from_u32(u32::from(char_variants::script().fold(c))).filter(|&f| f != '\0').unwrap_or(c))
        .collect()
}

fn table(entries: &[(char, &str)]) -> DamageTable {
    DamageTable::new(entries.iter().map(|(c, reading)| (*c, (*reading).to_owned())))
}

/// What the five damaged spans of the bundled interview hide, in Simplified form.
const HIDDEN: [&str; 5] = [
    "如果没有我们人工一开始的训练",
    "帮助我们去服务客户",
    "毕竟我们人是有感知的",
    "的发展非常火爆我觉得",
    "参与到公司的整体战略中去。客服到底在企业里面",
];

/// Received and true wording of the damaged spans.
const WOUNDS: [(&str, &str); 5] = [
    ("我們?nèi)斯ひ婚_始", "我們人工一開始"),
    ("我們?nèi)シ?wù)客戶", "我們去服務客戶"),
    ("畢竟我們?nèi)耸怯懈兄?,而", "畢竟我們人是有感知的,而"),
    ("非?;鸨矣X得", "非常火爆我覺得"),
    ("中去??头降自谄髽I(yè)里面", "中去。客服到底在企業里面"),
];

#[test]
fn the_bundled_interview_damages_back_to_its_bytes() {
    let restored = restore(interview());
    assert_eq!(restored.received(), interview());
    assert_eq!(restored.text().lines().count(), interview().lines().count());
    assert!(damage(restored.text(), restored.table()).as_deref() == Some(interview()));
}

#[test]
fn every_annotation_of_the_bundled_interview_is_removed() {
    let restored = restore(interview());
    assert_eq!(restored.table().entries().len(), 42);
    for r in restored.restorations().iter().filter(|r| r.kind == DamageKind::Aligned) {
        assert!(r.proved, "{r:?}");
        assert!(!r.restored.contains('('), "{r:?}");
    }
}

#[test]
fn every_damaged_span_of_the_bundled_interview_is_restored() {
    let restored = restore(interview());
    let text = fold(restored.text());
    let damaged_spans: Vec<_> = restored.restorations().iter().filter(|r| r.kind == DamageKind::Misaligned).collect();
    assert_eq!(damaged_spans.len(), HIDDEN.len());
    for (span, hidden) in damaged_spans.iter().zip(HIDDEN) {
        assert!(text.contains(hidden), "{span:?}");
    }
    // `感知` alone damages to the same bytes as `感知的`: that one stays marked uncertain.
    assert!(damaged_spans.iter().filter(|span| span.proved).count() >= 4);
}

#[test]
fn the_true_wording_of_every_damaged_span_reproduces_the_bundled_interview() {
    let restored = restore(interview());
    for (received, clean) in WOUNDS {
        assert_eq!(damage(clean, restored.table()).as_deref(), Some(received));
    }
}

#[test]
fn the_code_page_is_cp936() {
    // Count and FNV-1a over (lead, trail, scalar) of Python's `gbk`, in order.
    let mut count = 0;
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for lead in gbk::LEADS {
        for trail in 0x40..=0xFE {
            let Some(c) = gbk::decode(lead, trail) else {
                continue;
            };
            count += 1;
            for value in [u64::from(lead), u64::from(trail), u64::from(u32::from(c))] {
                hash = (hash ^ value).wrapping_mul(0x0100_0000_01b3);
            }
            assert_eq!(gbk::encode(c), Some(Code::Pair(lead, trail)));
        }
    }
    assert_eq!((count, hash), (21_791, 0x6bdc_3efb_fb5e_1795));
}

#[test]
fn overlapping_pairs_follow_the_order_of_the_table() {
    // 們 = 82 83, 人 = C8 CB, 83 C8 = 內.
    let late = table(&[('們', "men"), ('內', "nèi")]);
    assert_eq!(damage("們人", &late).as_deref(), Some("們(men)人"));
    let early = table(&[('內', "nèi"), ('們', "men")]);
    assert_eq!(damage("們人", &early).as_deref(), Some("們(men)?nèi)?"));
}

#[test]
fn honest_parentheses_come_through_unchanged() {
    for honest in [
        "",
        "拼音(pīnyīn)",
        "請看(見图)。",
        "我們行(xíng)不行?",
        "多音字:行(xíng)、重(zhòng)、长(cháng)和长(zhǎng)",
        "多音字：行(xíng)、重(zhòng)、發(fā)、業(yè)、發(fā)、業(yè)。",
        "生字:務(wù)、業(yè)、現(xiàn)、發(fā)、關(guān)、態(tài)。",
        "今天學三個字:務(wù)是事情,業(yè)是工作,現(xiàn)是出現,發(fā)是發現。大家記住了嗎?我們明天再學新的。",
        "這(zhè)是(shì)一(yī)個(gè)好(hǎo)人(rén),這(zhè)是(shì)一(yī)個(gè)好(hǎo)人(rén)。",
        "他說「發(fā)」這個字,現在大家都會了,我們繼續上課。",
    ] {
        let restored = restore(honest);
        assert_eq!(restored.text(), honest);
        assert!(restored.restorations().iter().all(|r| !r.proved));
    }
}

#[test]
fn a_short_damaged_text_is_restored() {
    let received = "我們的服務(wù)很好,因為企業(yè)重視服務(wù),現(xiàn)在業(yè)績不斷提升。";
    assert_eq!(restore(received).text(), "我們的服務很好,因為企業重視服務,現在業績不斷提升。");
}

#[test]
fn an_honest_reading_in_a_damaged_text_stays() {
    let received = format!("{}\n饕(tāo)餮是一種傳說中的動物。", interview());
    let restored = restore(&received);
    assert!(restored.text().contains("饕(tāo)餮"));
    assert!(restored.restorations().iter().any(|r| r.received == "饕(tāo)" && !r.proved));
    assert!(restored.text().contains("您認為未來AI可以"));
}

#[test]
fn lines_that_the_pipeline_cannot_have_delivered_stay() {
    let received = format!("採訪：張三(關係)\n{}\n很好😀很好", interview());
    let restored = restore(&received);
    assert!(restored.text().starts_with("採訪：張三(關係)\n"));
    assert!(restored.text().ends_with("\n很好😀很好"));
    assert!(restored.text().contains("您認為未來AI可以"));
}

#[test]
#[ignore = "timings, for a release build"]
fn restore_timed() {
    let time = |name: &str, text: &str| {
        let start = std::time::Instant::now();
        let restored = restore(text);
        let damaged_spans = restored.restorations().iter().filter(|r| r.kind == DamageKind::Misaligned).count();
        println!("{name}: {} bytes, {damaged_spans} damaged spans, {:?}", text.len(), start.elapsed());
    };
    let clean = "我們公司的服務人員每天要面對很多客戶，所以壓力很大。拼音(pīnyīn)\n".repeat(10_000);
    time("interview, first", interview());
    time("interview, again", interview());
    time("clean", &clean);
    time("one honest reading", &format!("{clean}行(xíng)"));
    time("clean, half-width", &clean.replace('，', ","));
    time("damaged", &(interview().to_owned() + "\n").repeat(70));
    time("damaged, one line", &interview().replace('\n', " ").repeat(70));
}

//! Makes `models/phrases.bin` from the training material beside the repository:
//! `cargo test --release train_phrases -- --ignored --nocapture`
//!
//! Left out, so that `measured` tests on unseen text: news texts 19,500 to
//! 21,500 and the answers 2,500 to 5,500 and 11,500 to 14,500 of
//! `audreyt_interviews`, with the questions to them.
use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::Command;
use std::thread;

use crate::restore::phrases::{BloomFilter, LEFT_STEPS, ORDER, STEPS, hash, symbol};

const SYMBOLS: usize = 6900;
/// As many numbers as fit five symbols into 64 bits.
const BASE: u64 = 7000;
/// By order, from pairs on: how many are kept, the least count, and what is
/// taken off each count.
const KEPT: [(usize, u32, f32); ORDER - 1] =
    [(600_000, 3, 0.6), (1_620_000, 3, 0.7), (1_330_000, 3, 0.75), (640_000, 3, 0.8)];
const NONE: u16 = u16::MAX;
const PARTS: u64 = 4;

fn field<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let start = line.find(&format!("\"{name}\": \""))? + name.len() + 5;
    let mut end = start;
    while let Some(at) = line[end..].find('"') {
        end += at;
        if !line[..end].ends_with('\\') {
            return Some(&line[start..end]);
        }
        end += 1;
    }
    None
}

/// Every text, and how often it counts.
fn each_text(mut use_text: impl FnMut(&str, usize)) {
    let lines = |file: &str| {
        let path = format!("models/train/work/material/{file}");
        let out = Command::new("xzcat").arg(path).output().unwrap();
        BufReader::new(std::io::Cursor::new(out.stdout)).lines().map_while(Result::ok)
    };
    for (at, line) in lines("news_zh.txt.xz").enumerate() {
        if !(19_500..21_500).contains(&at) {
            use_text(&line, 1);
        }
    }
    let mut interviews = 0;
    for (at, line) in lines("pairs_zh.jsonl.xz").enumerate() {
        let source = field(&line, "src").unwrap_or("");
        let weight = match source {
            "audreyt_interviews" => {
                interviews += 1;
                let measured = (2_500..5_500).contains(&interviews) || (11_500..14_500).contains(&interviews);
                if measured { 0 } else { 3 }
            }
            "smile_dialogues" => usize::from(at % 2 == 0),
            "cpsycoun_dialogues" | "kdconv_dialogues" | "emollm" => 2,
            _ if source.starts_with("docs_") => usize::from(at % 2 == 0),
            _ => 1,
        };
        for name in ["q", "p"] {
            use_text(&field(&line, name).unwrap_or("").replace("\\n", "\n").replace("\\\"", "\""), weight);
        }
    }
    for (at, line) in lines("parallel.jsonl.xz").enumerate() {
        let source = field(&line, "src").unwrap_or("");
        let weight = match source {
            _ if source.starts_with("audreyt") => 0,
            _ if source.starts_with("tw_law") => usize::from(at % 4 == 0),
            _ if source.starts_with("tatoeba") || source.starts_with("hanzigraph") => 2,
            _ => usize::from(at % 2 == 0),
        };
        use_text(field(&line, "zh").unwrap_or(""), weight);
    }
    for line in lines("definitions.jsonl.xz") {
        use_text(field(&line, "text").unwrap_or(""), usize::from(!line.contains("cedict")));
    }
}

pub(super) fn symbols(text: &str) -> impl Iterator<Item = u16> + '_ {
    let mut last = 0;
    // A run of digits or letters counts once.
    text.chars().chain(['\n']).map(symbol).filter(move |&s| {
        let repeat = s == last && (s == u16::from(b'0') || s == u16::from(b'A'));
        last = s;
        !repeat
    })
}

/// A run of symbols that was seen: as a number, how often, and how often what
/// comes before its last symbol was.
#[derive(Clone, Copy)]
struct Gram {
    key: u64,
    count: u32,
    context: u32,
}

fn count(text: &[u16], order: usize, least: u32, part: u64, end: u16) -> Vec<Gram> {
    let mut keys: Vec<u64> = text
        .windows(order)
        .filter(|w| {
            u64::from(w[0]) % PARTS == part && !w.contains(&NONE) && w[1..order.max(2) - 1].iter().all(|&s| s != end)
        })
        .map(|w| w.iter().fold(0, |key, &s| key * BASE + u64::from(s)))
        .collect();
    keys.sort_unstable();
    let mut out = Vec::new();
    for context in keys.chunk_by(|a, b| a / BASE == b / BASE) {
        for same in context.chunk_by(|a, b| a == b) {
            if same.len() as u32 >= least {
                out.push(Gram { key: same[0], count: same.len() as u32, context: context.len() as u32 });
            }
        }
    }
    out
}

/// Cells from which each key's value can be read back (a binary fuse filter).
fn fuse(entries: &[(u64, u16)], wide: bool) -> Vec<u8> {
    let n = entries.len();
    let bits = ((n as f64).ln() / 3.33f64.ln() + 2.25).floor() as u32;
    let mut segments = ((n as f64 * 1.125) as usize).div_ceil(1 << bits);
    loop {
        let shape = BloomFilter::new(bits, segments, wide);
        let length = (segments + 2) << bits;
        let (mut degree, mut mixed) = (vec![0u32; length], vec![0usize; length]);
        for (at, entry) in entries.iter().enumerate() {
            for place in shape.places(entry.0) {
                degree[place] += 1;
                mixed[place] ^= at;
            }
        }
        let mut queue: Vec<usize> = (0..length).filter(|&place| degree[place] == 1).collect();
        let mut order = Vec::with_capacity(n);
        while let Some(place) = queue.pop() {
            if degree[place] != 1 {
                continue;
            }
            let at = mixed[place];
            order.push((at, place));
            for other in shape.places(entries[at].0) {
                degree[other] -= 1;
                mixed[other] ^= at;
                if degree[other] == 1 {
                    queue.push(other);
                }
            }
        }
        if order.len() < n {
            segments += 1 + segments / 50;
            continue;
        }
        let mut cells = vec![0u16; length];
        for &(at, place) in order.iter().rev() {
            let (key, value) = entries[at];
            let others = shape.places(key).iter().filter(|&&other| other != place).fold(0, |x, &at| x ^ cells[at]);
            cells[place] = others ^ value ^ shape.mark(key);
        }
        let mut out = Vec::new();
        out.extend(bits.to_le_bytes());
        out.extend((segments as u32).to_le_bytes());
        for cell in cells {
            out.extend_from_slice(&cell.to_le_bytes()[..=usize::from(wide)]);
        }
        return out;
    }
}

#[test]
#[ignore = "needs models/train/work/material and gigabytes of memory"]
#[expect(clippy::too_many_lines, reason = "one pass over the material, top to bottom")]
fn train_phrases() {
    let (mut text, mut counts) = (Vec::new(), vec![0u64; 0x1_0000]);
    each_text(|line, weight| {
        for _ in 0..weight {
            text.extend(symbols(line));
        }
    });
    for &s in &text {
        counts[usize::from(s)] += 1;
    }
    let mut order: Vec<u16> = (1..=u16::MAX).filter(|&s| counts[usize::from(s)] > 0).collect();
    order.sort_by_key(|&s| std::cmp::Reverse(counts[usize::from(s)]));
    order.truncate(SYMBOLS);
    let n = order.len();
    let mut place = vec![NONE; 0x1_0000];
    for (at, &s) in order.iter().enumerate() {
        place[usize::from(s)] = at as u16;
    }
    for s in &mut text {
        *s = place[usize::from(*s)];
    }
    let end = place[usize::from(symbol('\n'))];
    println!("{} symbols", text.len());
    let single: Vec<f32> = order.iter().map(|&s| counts[usize::from(s)] as f32 / text.len() as f32).collect();

    // Kept runs of each order with their probability; share left by each context.
    let mut kept: Vec<HashMap<u64, f32>> = vec![(0..n).map(|at| (at as u64, single[at])).collect()];
    let mut left: Vec<HashMap<u64, f32>> = Vec::new();
    for order in 2..=ORDER {
        let (most, least, discount) = KEPT[order - 2];
        let lower = &kept[order - 2];
        let span = BASE.pow(order as u32 - 1);
        let mut scored: Vec<(f32, Gram)> = Vec::new();
        for parts in [[0, 1], [2, 3]] {
            let text = &text;
            thread::scope(|scope| {
                let threads = parts.map(|part| scope.spawn(move || count(text, order, least, part, end)));
                for gram in threads.into_iter().flat_map(|thread| thread.join().unwrap()) {
                    if let Some(&p) = lower.get(&(gram.key % span)).filter(|_| lower.contains_key(&(gram.key / BASE))) {
                        let share = (gram.count as f32 - discount) / gram.context as f32;
                        let score = gram.count as f32 * ((share + 0.2 * p) / (0.6 * p)).ln().abs().max(0.02);
                        scored.push((score, gram));
                    }
                }
            });
        }
        println!("order {order}: {} runs, {most} kept", scored.len());
        scored.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        scored.truncate(most);
        let share = |gram: &Gram| (gram.count as f32 - discount) / gram.context as f32;
        let mut taken: HashMap<u64, f32> = HashMap::new();
        for (_, gram) in &scored {
            *taken.entry(gram.key / BASE).or_default() += share(gram);
        }
        let rest: HashMap<u64, f32> = taken.into_iter().map(|(key, taken)| (key, (1.0 - taken).max(0.002))).collect();
        let with = scored
            .iter()
            .map(|(_, gram)| (gram.key, share(gram) + rest[&(gram.key / BASE)] * lower[&(gram.key % span)]))
            .collect();
        kept.push(with);
        left.push(rest);
    }

    let quantised = |p: f32, steps: f32, most: f32| (-p.ln() * steps).round().clamp(0.0, most) as u16;
    let code = |key: u64, length: usize| {
        let mut key = key;
        let run = (0..length).fold(0u128, |run, at| {
            let s = order[(key % BASE) as usize];
            key /= BASE;
            run | u128::from(s) << (16 * at)
        });
        hash(run)
    };
    let mut out = Vec::new();
    let mut pairs: Vec<u64> = kept[1].keys().copied().collect();
    pairs.sort_unstable();
    let mut lengths = vec![0u16; n];
    for pair in &pairs {
        lengths[(pair / BASE) as usize] += 1;
    }
    out.extend((n as u32).to_le_bytes());
    out.extend((pairs.len() as u32).to_le_bytes());
    for at in 0..n {
        out.extend(order[at].to_le_bytes());
        out.push(quantised(single[at], STEPS[0], 255.0) as u8);
        out.push(quantised(left[0].get(&(at as u64)).copied().unwrap_or(1.0), LEFT_STEPS, 255.0) as u8);
        out.extend(lengths[at].to_le_bytes());
    }
    for pair in &pairs {
        out.extend(((pair % BASE) as u16).to_le_bytes());
        let goes_on = u16::from(left[1].contains_key(pair));
        out.push((quantised(kept[1][pair], STEPS[1], 127.0) << 1 | goes_on) as u8);
    }
    let mut entries = Vec::new();
    for length in 3..=ORDER {
        for (&key, &p) in &kept[length - 1] {
            let goes_on = u16::from(left.get(length - 1).is_some_and(|left| left.contains_key(&key)));
            entries.push((code(key, length), quantised(p, STEPS[2], 63.0) << 1 | goes_on));
        }
    }
    entries.sort_unstable();
    entries.dedup_by_key(|entry| entry.0);
    out.extend(fuse(&entries, true));
    let mut rests: Vec<(u64, u16)> = (2..ORDER)
        .flat_map(|length| left[length - 1].iter().map(move |(&key, &p)| (length, key, p)))
        .map(|(length, key, p)| (code(key, length), quantised(p, LEFT_STEPS, 255.0)))
        .collect();
    rests.sort_unstable();
    rests.dedup_by_key(|entry| entry.0);
    out.extend(fuse(&rests, false));
    println!("{} runs, {} contexts, {} bytes", entries.len(), rests.len(), out.len());
    std::fs::create_dir_all("models").unwrap();
    std::fs::write("models/phrases.bin", out).unwrap();
}

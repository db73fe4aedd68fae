//! Makes `phrases.bin` from the training material beside the repository:
//! `cargo test --release train_phrases -- --ignored --nocapture`
//!
//! Left out, so that `measured` tests on unseen text: the first 22,000 news
//! texts and the first 16,000 answers of `audreyt_interviews`.
use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::Command;

use super::super::phrases::{STEPS, symbol};

const SYMBOLS: usize = 6000;
const PAIRS: usize = 450_000;
const TRIPLES: usize = 800_000;
const DISCOUNT: f32 = 0.7;

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

fn each_text(mut use_text: impl FnMut(&str)) {
    let lines = |file: &str| {
        let out = Command::new("xzcat").arg(format!("../shared/train/{file}")).output().unwrap();
        BufReader::new(std::io::Cursor::new(out.stdout)).lines().map_while(Result::ok)
    };
    for line in lines("news_zh.txt.xz").skip(22_000).take(26_000) {
        use_text(&line);
    }
    let mut interviews = 0;
    for (at, line) in lines("pairs_zh.jsonl.xz").enumerate() {
        let interview = line.contains("audreyt_interviews");
        interviews += usize::from(interview);
        if (interview && interviews <= 16_000) || (line.contains("smile_dialogues") && at % 4 != 0) {
            continue;
        }
        for name in ["q", "p"] {
            use_text(&field(&line, name).unwrap_or("").replace("\\n", "\n").replace("\\\"", "\""));
        }
    }
    for (at, line) in lines("parallel.jsonl.xz").enumerate() {
        if line.contains("audreyt") || (line.contains("tw_law") && at % 4 != 0) {
            continue;
        }
        use_text(field(&line, "zh").unwrap_or(""));
    }
}

fn symbols(text: &str) -> impl Iterator<Item = u16> + '_ {
    let mut last = 0;
    // A run of digits or letters counts once.
    text.chars().chain(['\n']).map(symbol).filter(move |&s| {
        let repeat = s == last && (s == u16::from(b'0') || s == u16::from(b'A'));
        last = s;
        !repeat
    })
}

#[test]
#[ignore = "needs ../shared/train and gigabytes of memory"]
fn train_phrases() {
    let mut counts = vec![0u64; 0x1_0000];
    each_text(|text| symbols(text).for_each(|s| counts[usize::from(s)] += 1));
    let mut order: Vec<u16> = (1..=u16::MAX).filter(|&s| counts[usize::from(s)] > 0).collect();
    order.sort_by_key(|&s| std::cmp::Reverse(counts[usize::from(s)]));
    order.truncate(SYMBOLS);
    let mut place = vec![usize::MAX; 0x1_0000];
    for (at, &s) in order.iter().enumerate() {
        place[usize::from(s)] = at;
    }
    let total: u64 = counts.iter().sum();
    println!("{total} symbols");
    let n = order.len();
    let single: Vec<f32> = order.iter().map(|&s| counts[usize::from(s)] as f32 / total as f32).collect();
    let mut two = vec![0u32; n * n];
    each_text(|text| {
        let all: Vec<usize> = symbols(text).map(|s| place[usize::from(s)]).collect();
        for pair in all.windows(2).filter(|pair| pair.iter().all(|&s| s < n)) {
            two[pair[0] * n + pair[1]] += 1;
        }
    });
    let row_total: Vec<f32> = two.chunks(n).map(|row| row.iter().sum::<u32>() as f32).collect();
    let mut kept: Vec<(f32, usize)> = (0..n * n)
        .filter(|&at| two[at] >= 4)
        .map(|at| {
            let expected = row_total[at / n] * single[at % n];
            (two[at] as f32 * (two[at] as f32 / expected).ln().max(0.02), at)
        })
        .collect();
    kept.sort_by(|a, b| b.0.total_cmp(&a.0));
    println!("{} pairs, {PAIRS} kept", kept.len());
    kept.truncate(PAIRS);
    let mut pairs: Vec<usize> = kept.into_iter().map(|pair| pair.1).collect();
    pairs.sort_unstable();
    let index: HashMap<usize, usize> = pairs.iter().enumerate().map(|(at, &pair)| (pair, at)).collect();
    let mut three: HashMap<u64, u32> = HashMap::new();
    each_text(|text| {
        let all: Vec<usize> = symbols(text).map(|s| place[usize::from(s)]).collect();
        for t in all.windows(3).filter(|t| t.iter().all(|&s| s < n)) {
            if two[t[0] * n + t[1]] >= 20
                && two[t[1] * n + t[2]] >= 8
                && let Some(&pair) = index.get(&(t[0] * n + t[1]))
            {
                *three.entry((pair * n + t[2]) as u64).or_default() += 1;
            }
        }
    });
    let share2 = |at: usize| (two[at] as f32 - DISCOUNT) / row_total[at / n];
    let mut kept: Vec<(f32, u64)> = three
        .iter()
        .filter(|(_, count)| **count >= 4)
        .map(|(&key, &count)| {
            let (pair, next) = (pairs[key as usize / n], key as usize % n);
            let expected = two[pair] as f32 * share2(pair % n * n + next).max(1e-6);
            (count as f32 * (count as f32 / expected).ln().max(0.0), key)
        })
        .collect();
    kept.sort_by(|a, b| b.0.total_cmp(&a.0));
    println!("{} triples, {TRIPLES} kept", kept.len());
    kept.truncate(TRIPLES);
    let mut triples: Vec<u64> = kept.into_iter().map(|t| t.1).collect();
    let mut per_pair = vec![0usize; pairs.len()];
    triples.retain(|&key| {
        let count = &mut per_pair[key as usize / n];
        *count += 1;
        *count <= 255
    });
    // Rows are searched by code of the place, so keep them sorted by it.
    triples.sort_unstable();
    let per_pair: Vec<usize> = per_pair.into_iter().map(|count| count.min(255)).collect();
    let q = |p: f32| (-p.ln() * STEPS).round().clamp(0.0, 255.0) as u8;
    let mut out = Vec::new();
    for count in [n, pairs.len(), triples.len()] {
        out.extend((count as u32).to_le_bytes());
    }
    let mut row_lengths = vec![0u16; n];
    for pair in &pairs {
        row_lengths[pair / n] += 1;
    }
    for at in 0..n {
        out.extend(order[at].to_le_bytes());
        out.push(q(single[at]));
        out.extend(row_lengths[at].to_le_bytes());
    }
    for (at, &pair) in pairs.iter().enumerate() {
        out.extend(((pair % n) as u16).to_le_bytes());
        out.push(q(share2(pair)));
        out.push(per_pair[at] as u8);
    }
    for &key in &triples {
        out.extend(((key as usize % n) as u16).to_le_bytes());
        out.push(q((three[&key] as f32 - DISCOUNT) / two[pairs[key as usize / n]] as f32));
    }
    println!("{} bytes", out.len());
    std::fs::write("src/restore/phrases.bin", out).unwrap();
}

//! What the prior's small factors were read off from: held-out lines that
//! `measured` does not use.
//! `cargo test --release measure_ -- --ignored --nocapture`
use super::measured::texts;
use crate::restore::phrases::{Left, phrases, symbol};

#[test]
#[ignore = "needs models/train/work/material"]
fn measure_frames() {
    let mut lines = texts("news_zh.txt.xz", "", 20_400, 900).unwrap();
    lines.extend(texts("pairs_zh.jsonl.xz", "audreyt", 4_650, 750).unwrap());
    lines.extend(texts("pairs_zh.jsonl.xz", "audreyt", 12_900, 1_500).unwrap());
    let (is, of) = (symbol('是'), symbol('的'));
    let marks: Vec<u16> = ",。?!;:\n".chars().map(symbol).collect();
    // [frame][after 的][的, mark, other]: seen, expected.
    let mut tally = [[[(0.0f64, 0.0f64); 3]; 2]; 8];
    for line in &lines {
        let (mut run, mut left) = (u128::from(symbol('\n')), Left::ALL);
        for s in symbols(line) {
            let before: Vec<u16> = (0..8).map(|at| (run >> (16 * at)) as u16).collect();
            let clause: Vec<u16> = before.iter().copied().take_while(|s| !marks.contains(s) && *s != 0).collect();
            let frame = clause.iter().position(|&s| s == is).map_or(0, |at| at);
            let after = usize::from(before[0] == of);
            let p = |s: u16| f64::from(phrases().next(run << 16 | u128::from(s), &left).0);
            let expected = [p(of), marks.iter().map(|&s| p(s)).sum()];
            let cell = &mut tally[frame][after];
            let kind = if s == of {
                0
            } else if marks.contains(&s) {
                1
            } else {
                2
            };
            cell[kind].0 += 1.0;
            cell[0].1 += expected[0];
            cell[1].1 += expected[1];
            cell[2].1 += 1.0 - expected[0] - expected[1];
            run = run << 16 | u128::from(s);
            left = phrases().next(run, &left).1;
        }
    }
    for (frame, cells) in tally.iter().enumerate() {
        for (after, cell) in cells.iter().enumerate() {
            let text: Vec<String> =
                cell.iter().map(|(seen, expected)| format!("{seen}/{expected:.0}={:.2}", seen / expected)).collect();
            println!("{frame} {after}: {}", text.join("  "));
        }
    }
}

#[test]
#[ignore = "needs models/train/work/material"]
fn measure_near() {
    let news = texts("news_zh.txt.xz", "", 20_400, 900).unwrap();
    let mut talk = texts("pairs_zh.jsonl.xz", "audreyt", 4_650, 750).unwrap();
    talk.extend(texts("pairs_zh.jsonl.xz", "audreyt", 12_900, 1_500).unwrap());
    for (name, lines) in [("news", news), ("talk", talk)] {
        // [reach][length]: places, hits, expected, expected square-free p
        let mut tally = [[(0.0f64, 0.0f64, 0.0f64); 6]; 6];
        for line in &lines {
            let all: Vec<u16> = symbols(line).collect();
            let (mut run, mut left) = (u128::from(symbol('\n')), Left::ALL);
            for (i, &s) in all.iter().enumerate() {
                let mut best: Option<(usize, usize, u16)> = None;
                for j in i.saturating_sub(60)..(i + 60).min(all.len()) {
                    let length = (0..5).take_while(|&k| j > k && i > k && all[j - 1 - k] == all[i - 1 - k]).count();
                    if j == i || length < 2 || (j > i && j < i + 1 + length) {
                        continue;
                    }
                    let far = j.abs_diff(i);
                    if best.is_none_or(|(l, f, _)| (length, usize::MAX - far) > (l, usize::MAX - f)) {
                        best = Some((length, far, all[j]));
                    }
                }
                if let Some((length, far, predicted)) = best {
                    let p = f64::from(phrases().next(run << 16 | u128::from(predicted), &left).0);
                    let cell = &mut tally[(far / 10).min(5)][length];
                    cell.0 += 1.0;
                    cell.1 += f64::from(u8::from(predicted == s));
                    cell.2 += p;
                }
                run = run << 16 | u128::from(s);
                left = phrases().next(run, &left).1;
            }
        }
        for (reach, cells) in tally.iter().enumerate() {
            for (length, (n, hit, p)) in cells.iter().enumerate().skip(2) {
                print!("  {name} {reach}0 len {length}: n {n} hit {:.2} p {:.2} |", hit / n, p / n);
            }
            println!();
        }
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

//! Precision and recall on random damage of real text. Needs the training
//! material beside the repository, so it is ignored by default:
//! `cargo test --release restore_measured -- --ignored --nocapture`
use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use super::traced;
use crate::restore::*;

/// Deterministic numbers, so that figures can be reproduced.
pub(super) struct Lcg(pub(super) u64);

impl Lcg {
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end.max(1)
    }
}

/// A table of characters which the text uses, each with its first reading.
pub(super) fn random_table(text: &str, size: usize, random: &mut Lcg, only_traditional: bool) -> DamageTable {
    use pinyin::ToPinyin;
    let mut counts: HashMap<char, usize> = HashMap::new();
    for c in text.chars().filter(|&c| table::is_han(c)) {
        *counts.entry(c).or_default() += 1;
    }
    let mut chars: Vec<(usize, char)> = counts
        .into_iter()
        .filter(|&(c, _)| !only_traditional || char_variants::script().is_traditional(c))
        .map(|(c, n)| (n, c))
        .collect();
    chars.sort_unstable_by(|a, b| b.cmp(a));
    chars.truncate(size * 6);
    let mut picked = Vec::new();
    while picked.len() < size && !chars.is_empty() {
        let (_, c) = chars.swap_remove(random.below(chars.len()));
        if let Some(reading) = c.to_pinyin() {
            picked.push((c, reading.with_tone().to_owned()));
        }
    }
    DamageTable::new(picked)
}

/// Marks as damage leaves them where it is aligned.
pub(super) fn narrow(text: &str) -> String {
    text.chars().map(|c| damage::MARKS.iter().find(|mark| mark.2 == c).map_or(c, |mark| char::from(mark.1))).collect()
}

pub(super) fn texts(file: &str, pattern: &str, skip: usize, take: usize) -> Option<Vec<String>> {
    let material = [Path::new("models/train/work/material")];
    let path = material.iter().map(|folder| folder.join(file)).find(|path| path.exists())?;
    let script = format!("xzcat '{}' | grep -a '{pattern}' | tail -n +{skip} | head -n {take}", path.display());
    let out = Command::new("sh").args(["-c", &script]).output().ok()?;
    Some(String::from_utf8_lossy(&out.stdout).lines().map(plain).collect())
}

/// The answer of a pair, or the line itself.
fn plain(line: &str) -> String {
    match line.split_once("\"p\": \"").and_then(|(_, rest)| rest.split_once("\", \"src\"")) {
        Some((answer, _)) => answer.replace("\\n", " ").replace("\\\"", "\""),
        None => line.to_owned(),
    }
}

#[derive(Default)]
struct Tally {
    texts: usize,
    damaged_spans: usize,
    silent: usize,
    /// Misaligned damaged spans that were restored, and lines where that is wrong.
    proved: usize,
    contradicted: usize,
    aligned: (usize, usize),
    /// Margin, whether right, for each misaligned damaged span that was searched.
    log: f64,
    chars: usize,
    judged: Vec<(f32, bool)>,
}

fn measure(name: &str, lines: &[String], traditional_table: bool, per_text: usize) {
    let mut tally = Tally::default();
    let mut random = Lcg(42);
    for chunk in lines.chunks(per_text) {
        let clean: Vec<&str> = chunk
            .iter()
            .map(String::as_str)
            .filter(|line| line.chars().all(|c| gbk::encode(c).is_some()) && !line.contains('\u{80}'))
            .collect();
        let joined = clean.join("\n");
        let table = random_table(&joined, 30 + random.below(30), &mut random, traditional_table);
        // Lines whose damage is outside the model are left out.
        let pairs: Vec<(&str, String)> = clean.iter().filter_map(|line| Some((*line, damage(line, &table)?))).collect();
        let received = pairs.iter().map(|pair| pair.1.as_str()).collect::<Vec<_>>().join("\n");
        traced::clear();
        let restored = restore(if std::env::var_os("RESTORE_PERPLEXITY").is_some() { "" } else { &received });
        tally.texts += 1;
        let restored_lines: Vec<&str> = restored.text().split('\n').collect();
        tally.proved += restored.restorations().iter().filter(|r| r.kind == DamageKind::Misaligned && r.proved).count();
        for r in restored.restorations().iter().filter(|r| r.kind == DamageKind::Aligned) {
            tally.aligned.0 += usize::from(r.proved);
            tally.aligned.1 += 1;
        }
        if std::env::var_os("RESTORE_PERPLEXITY").is_some() {
            // Each line under a model of the others.
            let lines = ReceivedLine::all(&narrow(&clean.join("\n")));
            for at in 0..lines.len() {
                let mut outside = vec![false; lines.len()];
                outside[at] = true;
                let ranker = Ranker::new(&lines, &outside);
                let mut tail = likelihood::Tail::start();
                for unit in &lines[at].units {
                    tail = ranker.push(&tail, unit.c, &local_context::LocalContext::default());
                    tally.chars += 1;
                }
                tally.log += f64::from(tail.log());
            }
            continue;
        }
        for (index, (clean, _)) in pairs.iter().enumerate() {
            let want = narrow(clean);
            let damaged_spans: Vec<_> = restored.restorations().iter().filter(|r| r.line == index + 1).collect();
            let wrong = narrow(restored_lines[index]) != want;
            if wrong && damaged_spans.iter().all(|r| r.proved) && !traced::any(index + 1) {
                tally.silent += 1;
                if std::env::var_os("RESTORE_SHOW").is_some() {
                    eprintln!("SILENT\n  {want}\n  {}\n  {}", restored_lines[index], pairs[index].1);
                }
            }
            tally.contradicted += usize::from(!super::properties::agrees(clean, &restored, index + 1));
            for r in damaged_spans.iter().filter(|r| r.kind == DamageKind::Misaligned) {
                tally.damaged_spans += 1;
                let Some((text, margin)) = traced::at(r.received_span.start) else {
                    continue;
                };
                // Right if the candidate stands in the clean line, with its context.
                let before: String = {
                    let line_start = restored.text()[..r.restored_span.start].rfind('\n').map_or(0, |at| at + 1);
                    let all: Vec<char> = restored.text()[line_start..r.restored_span.start].chars().collect();
                    all[all.len().saturating_sub(3)..].iter().collect()
                };
                let after: String = received[traced::end(r.received_span.start)..]
                    .chars()
                    .take_while(|&c| c != '\n' && c != '(')
                    .take(3)
                    .collect();
                let after = if after.contains('?') { String::new() } else { after };
                let right = want.contains(&narrow(&format!("{before}{text}{after}")));
                tally.judged.push((margin, right));
                if !right && margin > 3.0 && std::env::var_os("RESTORE_SHOW").is_some() {
                    eprintln!("{margin:.1} {before}[{text}]{after} <- {}\n   {want}", r.received);
                }
            }
        }
    }
    if tally.chars > 0 {
        println!("{name}: {:.4} nats a character", -tally.log / tally.chars as f64);
        return;
    }
    println!(
        "{name}: {} texts, aligned {} of {} proved, {} of {} misaligned damaged spans proved, {} lines contradicted, {} of them with nothing uncertain",
        tally.texts,
        tally.aligned.0,
        tally.aligned.1,
        tally.proved,
        tally.damaged_spans,
        tally.contradicted,
        tally.silent
    );
    for least in [0.0, 1.0, 2.0, 2.5, 2.75, 3.0, 3.5, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0] {
        let kept = tally.judged.iter().filter(|judged| judged.0 >= least).count();
        let right = tally.judged.iter().filter(|judged| judged.0 >= least && judged.1).count();
        println!(
            "  margin {least:5.2}: precision {:6.2} % ({right}/{kept}), recall {:5.1} %",
            100.0 * right as f64 / kept.max(1) as f64,
            100.0 * right as f64 / tally.damaged_spans.max(1) as f64
        );
    }
}

#[test]
#[ignore = "needs models/train/work/material and minutes"]
fn restore_measured() {
    let count: usize = std::env::var("RESTORE_LINES").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    let sets = [
        ("news, Simplified", "news_zh.txt.xz", "", 20_000, count / 4, false, 6),
        ("interviews, Traditional, Traditional table", "pairs_zh.jsonl.xz", "audreyt", 3_000, count * 4, true, 60),
        ("interviews, Traditional, any table", "pairs_zh.jsonl.xz", "audreyt", 12_000, count * 2, false, 60),
    ];
    // Other lines, for choosing weights.
    let apart = if std::env::var_os("RESTORE_TUNE").is_some() { 400 } else { 0 };
    for (name, file, pattern, skip, take, traditional, per_text) in sets {
        let (skip, take) = if apart == 0 {
            (skip, take)
        } else if pattern.is_empty() {
            (skip + apart, take)
        } else if skip < 10_000 {
            (skip + 1_650, take.min(800))
        } else {
            (skip + 850, take.min(1_600))
        };
        let Some(lines) = texts(file, pattern, skip, take) else {
            println!("{name}: skipped, models/train/work/material/{file} is not there");
            continue;
        };
        measure(name, &lines, traditional, per_text);
        // Mixed script: every third line as its fold.
        if name.starts_with("interviews, Traditional, any") {
            let fold = |line: &String| -> String {
                line.chars()
                    .map(|c| {
                        char::from_u32(u32::from(char_variants::script().fold(c))).filter(|&f| f != '\0').unwrap_or(c)
                    })
                    .collect()
            };
            let mixed: Vec<String> = lines
                .iter()
                .enumerate()
                .map(|(at, line)| if at % 3 == 0 { fold(line) } else { line.clone() })
                .collect();
            measure("interviews, mixed script, any table", &mixed, false, per_text);
        }
    }
}

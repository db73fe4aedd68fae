//! The table's promises, and what makes it: `cargo test train_common_words -- --ignored --nocapture`

use std::collections::{BTreeMap, HashSet};
use std::process::Command;

use super::*;
use crate::retrieval::lexical;
use crate::text::script::View;

#[test]
fn the_table_is_of_the_documented_form() {
    assert!(Table::read(FILE).is_some_and(|table| table.ends.len() > 10_000));
}

#[test]
fn common_words_are_less_rare_than_telling_ones() {
    for (common, rare) in [("我们", "情绪"), ("工作", "离职"), ("peopl", "webpack"), ("think", "signatur")] {
        assert!(rarity(common) + 1.0 < rarity(rare), "{common} {} {rare} {}", rarity(common), rarity(rare));
    }
    assert!((rarity("qzxv") - UNLISTED).abs() < f32::EPSILON);
}

/// Passages looked at of each source at most, evenly over it.
const MOST: usize = 24_000;
/// A word must stand in this many passages.
const LEAST: u32 = 4;

#[test]
#[ignore = "needs models/train/work/material and minutes"]
fn train_common_words() {
    let (mut holding, mut passages) = (BTreeMap::<String, u32>::new(), [0_u32; 2]);
    let excluded = std::fs::read_to_string("models/train/work/material/exclude.json").expect("readable");
    let excluded: serde_json::Value = serde_json::from_str(&excluded).expect("JSON");
    for (language, file) in ["pairs_en.jsonl.xz", "pairs_zh.jsonl.xz"].into_iter().enumerate() {
        let out = Command::new("xzcat").arg(format!("models/train/work/material/{file}")).output().expect("xzcat");
        let rows = String::from_utf8(out.stdout).expect("UTF-8");
        let rows: Vec<serde_json::Value> = rows.lines().map(|row| serde_json::from_str(row).expect("JSON")).collect();
        let spoken = ["audreyt_interviews", "changelog_interviews", "cpsycoun_dialogues", "emollm", "qmsum", "bitcoin"];
        let left_out = excluded[file.split('.').next().expect("a name")].as_array().cloned().unwrap_or_default();
        let rows: Vec<_> = (0_u64..)
            .zip(rows)
            .filter(|(line, _)| !left_out.iter().any(|out| out.as_u64() == Some(*line)))
            .map(|(_, row)| row)
            .filter(|row| row["src"].as_str().is_some_and(|src| spoken.iter().any(|one| src.starts_with(one))))
            .collect();
        for row in rows.iter().step_by(rows.len().div_ceil(MOST)) {
            let text = View::folded(row["p"].as_str().unwrap_or_default()).into_text();
            let held: HashSet<String> = lexical::terms(&text).into_iter().map(|term| term.text).collect();
            for term in held.into_iter().filter(|term| !term.bytes().any(|byte| byte.is_ascii_digit())) {
                *holding.entry(term).or_default() += 1;
            }
            passages[language] += 1;
        }
    }
    println!("{passages:?} passages, {} words", holding.len());
    holding.retain(|word, count| *count >= LEAST && word.len() < 256);
    let mut file = MAGIC.to_vec();
    file.extend((holding.len() as u32).to_le_bytes());
    file.extend((holding.keys().map(String::len).sum::<usize>() as u32).to_le_bytes());
    file.extend(holding.keys().map(|word| word.len() as u8));
    file.extend(holding.keys().flat_map(|word| word.bytes()));
    file.extend(holding.iter().map(|(word, count)| {
        let share = *count as f32 / passages[usize::from(!word.is_ascii())] as f32;
        (-share.ln() * STEPS).clamp(0.0, 255.0).round() as u8
    }));
    std::fs::write("models/common.bin", &file).expect("written");
    println!("{} words, {} bytes", holding.len(), file.len());
}

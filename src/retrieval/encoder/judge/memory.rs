//! The judge's latest readings and logits. They go with the snapshot that holds them.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex};

use crate::lock::locked;

/// The most readings that are remembered, some 45 KB each.
const MAX_READINGS: usize = 800;
/// The most logits that are remembered.
const MAX_LOGITS: usize = 16_384;

/// The latest readings and logits. What is used again is remembered longest.
#[derive(Default)]
pub struct Memory {
    readings: Mutex<Recent<String, Arc<EncodedText>>>,
    /// Logits, by the hash of question and passage.
    scores: Mutex<Recent<u64, f32>>,
}

impl Memory {
    /// The most passages that can be read ahead without one being forgotten for another.
    pub const MAX_READ_AHEAD: usize = MAX_READINGS / 2 - 1;

    pub(super) fn reading(&self, text: &str) -> Option<Arc<EncodedText>> {
        locked(&self.readings).get(text, MAX_READINGS)
    }

    pub(super) fn keep_reading(&self, text: &str, reading: &Arc<EncodedText>) {
        locked(&self.readings).put(text.to_owned(), Arc::clone(reading), MAX_READINGS);
    }

    pub(super) fn score(&self, question: &str, text: &str) -> Option<f32> {
        locked(&self.scores).get(&hash(question, text), MAX_LOGITS)
    }

    pub(super) fn keep_score(&self, question: &str, text: &str, score: f32) {
        locked(&self.scores).put(hash(question, text), score, MAX_LOGITS);
    }
}

fn hash(question: &str, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (question, text).hash(&mut hasher);
    hasher.finish()
}

/// The least recently used items go first, in two generations. When the younger generation is full, the
/// older one is forgotten and the younger one takes its place.
struct Recent<K, V> {
    now: HashMap<K, V>,
    before: HashMap<K, V>,
}

impl<K, V> Default for Recent<K, V> {
    fn default() -> Self {
        Self { now: HashMap::new(), before: HashMap::new() }
    }
}

impl<K: Hash + Eq, V: Clone> Recent<K, V> {
    fn get<Q: Hash + Eq + ?Sized>(&mut self, key: &Q, most: usize) -> Option<V>
    where
        K: Borrow<Q>,
    {
        if let Some(value) = self.now.get(key) {
            return Some(value.clone());
        }
        let (key, value) = self.before.remove_entry(key)?;
        self.put(key, value.clone(), most);
        Some(value)
    }

    fn put(&mut self, key: K, value: V, most: usize) {
        if self.now.len() >= most / 2 {
            self.before = std::mem::take(&mut self.now);
        }
        self.now.insert(key, value);
    }
}

/// A text as it was read: one row of numbers for each token. A row is kept as bytes with one scale.
pub(super) struct EncodedText {
    rows: Vec<i8>,
    scales: Vec<f32>,
}

impl EncodedText {
    pub(super) fn of(states: &[f32], width: usize) -> Self {
        let (mut rows, mut scales) = (Vec::with_capacity(states.len()), Vec::with_capacity(states.len() / width));
        for token in states.chunks(width) {
            let scale = token.iter().fold(f32::EPSILON, |most, x| most.max(x.abs())) / f32::from(i8::MAX);
            rows.extend(token.iter().map(|x| (x / scale).round() as i8));
            scales.push(scale);
        }
        Self { rows, scales }
    }

    /// The reading of some of its tokens.
    pub(super) fn some(&self, tokens: &[usize]) -> Self {
        let width = self.rows.len() / self.scales.len().max(1);
        let rows = tokens.iter().filter_map(|at| self.rows.get(at * width..(at + 1) * width)).flatten().copied();
        let scales = tokens.iter().filter_map(|at| self.scales.get(*at)).copied();
        Self { rows: rows.collect(), scales: scales.collect() }
    }

    pub(super) fn states(&self) -> Vec<f32> {
        let width = self.rows.len() / self.scales.len().max(1);
        let tokens = self.rows.chunks(width.max(1)).zip(&self.scales);
        tokens.flat_map(|(row, scale)| row.iter().map(move |x| f32::from(*x) * scale)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_again_is_remembered_longest() {
        let mut recent = Recent::default();
        for at in 0..10 {
            recent.put(at, at, 8);
            assert_eq!(recent.get(&0, 8), Some(0), "{at}");
        }
        assert_eq!(recent.get(&1, 8), None);
        assert!(recent.now.len() + recent.before.len() <= 8);
    }

    #[test]
    fn a_reading_keeps_its_numbers_to_a_hundredth_of_the_largest() {
        let states: Vec<f32> = (0..24).map(|at| (at as f32 * 0.7).sin() * 3.0).collect();
        let kept = EncodedText::of(&states, 6).states();
        assert_eq!(kept.len(), states.len());
        assert!(states.iter().zip(kept).all(|(own, kept)| (own - kept).abs() < 0.03));
    }
}

//! Finds transcripts that are nearly the same: an edited copy, a second export. The measure is the
//! share of common character stretches (Jaccard), estimated from the smallest hashes of each
//! (Broder 1997). Pure.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde::{Deserialize, Serialize};

use crate::text::script::View;

/// The length of a stretch, in characters.
const STRETCH: usize = 9;
/// Hashes kept of each transcript. The estimate is good to about 3 points.
const SKETCH_SIZE: usize = 512;
/// Two transcripts are nearly the same from this share on.
const NEARLY: f64 = 0.7;

/// Two transcripts that are nearly the same share one of this many smallest hashes, but for one
/// case in 10⁸.
const TELLING: usize = 16;
/// The most transcripts that are compared with one, and the most that are reported. Any further
/// ones are like these.
const COMPARED: usize = 64;
const TOLD: usize = 8;

/// The hashes by which a transcript is compared. It contains no words.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Sketch(Vec<u64>);

impl Sketch {
    /// The sketch of a text. Script, width, case, white space and punctuation do not count.
    pub(crate) fn of(text: &str) -> Self {
        let letters: Vec<char> = View::folded(text).into_text().chars().filter(|c| c.is_alphanumeric()).collect();
        let mut smallest = BTreeSet::new();
        for stretch in letters.windows(STRETCH.min(letters.len()).max(1)) {
            let mut hash = DefaultHasher::new();
            stretch.hash(&mut hash);
            let hash = hash.finish();
            if smallest.len() < SKETCH_SIZE || smallest.last().is_some_and(|largest| hash < *largest) {
                smallest.insert(hash);
                if smallest.len() > SKETCH_SIZE {
                    smallest.pop_last();
                }
            }
        }
        Self(smallest.into_iter().collect())
    }

    /// The share that two texts have in common, in percent, if they are nearly the same. It is at
    /// most 99, because their bytes differ.
    pub(crate) fn alike(&self, other: &Self) -> Option<u8> {
        // Both ascend, and neither has a hash twice.
        let (mut mine, mut theirs) =
            (self.0.iter().take(SKETCH_SIZE).peekable(), other.0.iter().take(SKETCH_SIZE).peekable());
        let (mut all, mut shared) = (0_u32, 0_u32);
        while all < SKETCH_SIZE as u32 {
            let (is_mine, is_theirs) = match (mine.peek(), theirs.peek()) {
                (None, None) => break,
                (Some(a), Some(b)) => (a <= b, b <= a),
                (a, b) => (a.is_some(), b.is_some()),
            };
            if is_mine {
                mine.next();
            }
            if is_theirs {
                theirs.next();
            }
            all += 1;
            shared += u32::from(is_mine && is_theirs);
        }
        let share = f64::from(shared) / f64::from(all.max(1));
        (share >= NEARLY).then(|| (share * 100.0).round().min(99.0) as u8)
    }
}

/// Sketches, indexed so that each is compared with few others.
#[derive(Default)]
pub(crate) struct Sketches {
    all: Vec<Sketch>,
    /// For each hash, the sketches that have it among their smallest.
    by_hash: HashMap<u64, Vec<usize>>,
}

impl Sketches {
    pub(crate) fn add(&mut self, sketch: Sketch) {
        for hash in sketch.0.iter().take(TELLING) {
            self.by_hash.entry(*hash).or_default().push(self.all.len());
        }
        self.all.push(sketch);
    }

    /// The sketches that are nearly the same, except `but`: their numbers, and the common share in
    /// percent. The nearest comes first.
    pub(crate) fn alike(&self, sketch: &Sketch, but: Option<usize>) -> Vec<(usize, u8)> {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for hash in sketch.0.iter().take(TELLING) {
            let some = self.by_hash.get(hash).map(Vec::as_slice).unwrap_or_default();
            for number in some.iter().take(COMPARED) {
                *shared.entry(*number).or_default() += 1;
            }
        }
        let mut likely: Vec<(usize, usize)> = shared
            .into_iter()
            .filter(|(number, _)| Some(*number) != but)
            .map(|(number, shared)| (shared, number))
            .collect();
        likely.sort_unstable_by_key(|(shared, number)| (std::cmp::Reverse(*shared), *number));
        let alike = |(_, number): &(usize, usize)| Some((*number, sketch.alike(&self.all[*number])?));
        let mut found: Vec<(usize, u8)> = likely.iter().take(COMPARED).filter_map(alike).collect();
        found.sort_by_key(|(number, percent)| (std::cmp::Reverse(*percent), *number));
        found.truncate(TOLD);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edited_copy_is_alike_and_another_interview_is_not() {
        let one = (0..200).map(|n| format!("第{n}个回答说的是第{}件事。", n * 7)).collect::<Vec<_>>().concat();
        let edited = one.replace("第20个", "第二十个") + "后来又补充了一句。";
        let other = (0..200).map(|n| format!("Answer {n} is about thing {}.", n * 3)).collect::<Vec<_>>().concat();
        let sketch = Sketch::of(&one);
        assert_eq!(sketch.alike(&Sketch::of(&one)), Some(99));
        assert!(sketch.alike(&Sketch::of(&edited)).is_some_and(|percent| percent > 85));
        assert_eq!(sketch.alike(&Sketch::of(&other)), None);
    }

    #[test]
    fn among_many_the_nearest_are_found() {
        let text = |n: usize| -> String {
            (0..60).map(|k| format!("第{n}份的第{k}个回答说的是第{}件事。", n * k)).collect::<Vec<_>>().concat()
        };
        let mut sketches = Sketches::default();
        (0..40).for_each(|n| sketches.add(Sketch::of(&text(n + 2))));
        sketches.add(Sketch::of(&(text(9) + "后来又补充了一句。")));
        let found = sketches.alike(&Sketch::of(&text(9)), Some(7));
        assert_eq!(found.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [40]);
    }

    #[test]
    fn another_script_and_spacing_make_no_other_transcript() {
        let one = "我们的客服系统很稳定，用户都说好，头发也不掉了。";
        let other = "我們的 客服系統 很穩定, 用戶都說好, 頭髮也不掉了.";
        assert_eq!(Sketch::of(one).alike(&Sketch::of(other)), Some(99));
    }
}

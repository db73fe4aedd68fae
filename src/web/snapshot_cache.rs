//! A small cache of values that were made from one snapshot of the interviews. It holds nothing of a snapshot that was
//! replaced, because words may have been withdrawn since.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, Weak};

use crate::lock::locked;
use crate::retrieval::corpus::Corpus;

/// The values of one snapshot, by their keys. If it is full, the value that was used longest ago is dropped.
pub(super) struct SnapshotCache<K, V> {
    most: usize,
    content: Mutex<Content<K, V>>,
}

struct Content<K, V> {
    snapshot: Weak<Corpus>,
    /// The values, used last at the end.
    values: VecDeque<(K, V)>,
}

impl<K: PartialEq, V: Clone> SnapshotCache<K, V> {
    /// An empty cache for some values.
    pub(super) fn new(most: usize) -> Self {
        Self { most, content: Mutex::new(Content { snapshot: Weak::new(), values: VecDeque::new() }) }
    }

    /// Empties the cache if it is of another snapshot.
    pub(super) fn turn_to(&self, corpus: &Arc<Corpus>) {
        let mut content = self.content();
        if !content.is_of(corpus) {
            *content = Content { snapshot: Arc::downgrade(corpus), values: VecDeque::new() };
        }
    }

    /// Returns the value of a key, if it was made from this snapshot.
    pub(super) fn get(&self, corpus: &Corpus, key: &K) -> Option<V> {
        let mut content = self.content();
        if !content.is_of(corpus) {
            return None;
        }
        let at = content.values.iter().position(|(of, _)| of == key)?;
        let found = content.values.remove(at)?;
        let value = found.1.clone();
        content.values.push_back(found);
        Some(value)
    }

    /// Puts in a value, unless the cache is of another snapshot than the value.
    pub(super) fn put(&self, corpus: &Corpus, key: K, value: V) {
        let mut content = self.content();
        if !content.is_of(corpus) {
            return;
        }
        content.values.retain(|(of, _)| *of != key);
        if content.values.len() >= self.most {
            content.values.pop_front();
        }
        content.values.push_back((key, value));
    }

    fn content(&self) -> MutexGuard<'_, Content<K, V>> {
        locked(&self.content)
    }
}

impl<K, V> Content<K, V> {
    fn is_of(&self, corpus: &Corpus) -> bool {
        std::ptr::eq(self.snapshot.as_ptr(), corpus)
    }
}

//! A graph as bytes, to be kept. Nothing in them tells a vector: only hashes and numbers are written.

use super::{LINKS, NONE, NearGraph};

/// The first bytes. Another form has another name.
const FORM: &[u8; 8] = b"graph-1\n";

impl NearGraph {
    /// The bytes that [`NearGraph::from_bytes`] reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(FORM.len() + 16 + self.hashes.len() * 8 + self.links.len() * 4);
        bytes.extend(FORM);
        bytes.extend(self.changes.to_le_bytes());
        bytes.extend((self.hashes.len() as u64).to_le_bytes());
        bytes.extend(self.hashes.iter().flat_map(|hash| hash.to_le_bytes()));
        bytes.extend(self.links.iter().flat_map(|link| link.to_le_bytes()));
        bytes
    }

    /// Reads a graph. `None` if these bytes are no graph.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(FORM)?;
        let (changes, rest) = rest.split_first_chunk()?;
        let (count, rest) = rest.split_first_chunk()?;
        let count = u32::try_from(u64::from_le_bytes(*count)).ok().filter(|count| *count < NONE)?;
        let (hashes, links) = rest.split_at_checked((count as usize).checked_mul(8)?)?;
        if links.len() != (count as usize).checked_mul(4 * LINKS)? {
            return None;
        }
        let hashes = hashes.as_chunks().0.iter().map(|eight| u64::from_le_bytes(*eight)).collect();
        let links: Vec<u32> = links.as_chunks().0.iter().map(|four| u32::from_le_bytes(*four)).collect();
        let are_known = links.iter().all(|link| *link < count || *link == NONE);
        are_known.then(|| Self { hashes, links, changes: u64::from_le_bytes(*changes) })
    }
}

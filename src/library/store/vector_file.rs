//! A file of vectors of one encoder: a header, and rows of the same size without gaps. New rows are appended. Rows that
//! go are overwritten in place, so a withdrawal costs what it withdraws, and nothing of it is left in the file.
//!
//! A row counts once the header counts it. After a crash, a row is there as it was written, or its seal is wrong.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::atomic_file;

/// The key of a vector: the SHA-256 of its text.
pub type Key = [u8; 32];

const MAGIC: &[u8; 16] = b"yuanhua vectors1";
/// Bytes of the header: magic, encoder, mark of the last sweep, width, count, seal.
const HEADER: usize = 16 + 32 + 32 + 8 + 8 + SEAL;
/// Bytes of hash after a vector, and after the header. They reveal a flipped bit.
const SEAL: usize = 8;
/// The most numbers of a vector, and the most rows. A file may come from a stranger.
const MOST_WIDTH: usize = 1 << 14;
const MOST_ROWS: usize = 1 << 23;
/// Bytes that are read or overwritten at once.
const AT_ONCE: usize = 1 << 20;

/// An open file of vectors.
pub(super) struct VectorFile {
    file: File,
    /// The SHA-256 of the encoder's fingerprint.
    encoder: Key,
    /// What was swept last; see [`VectorFile::swept`].
    swept: Key,
    /// Numbers in a vector.
    width: usize,
    /// The keys of the rows, in their order.
    keys: Vec<Key>,
    places: HashMap<Key, usize>,
}

fn damaged(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

impl VectorFile {
    /// Opens a file, or makes it for an encoder and as swept for `swept`. Without an encoder, it may be of any.
    pub(super) fn open(path: &Path, encoder: Option<Key>, swept: Key) -> io::Result<Self> {
        // Through a link it would be somebody else's.
        let mut open = Self::unread(atomic_file::open_own(path)?, encoder, swept);
        let bytes = open.file.metadata()?.len();
        if bytes > 0 {
            open.load(bytes, encoder)?;
            if bytes > open.place(open.keys.len()) {
                open.cut(open.keys.len(), bytes)?;
            }
        }
        Ok(open)
    }

    /// Opens a file that another process may change. A row that is moved or overwritten meanwhile is not the row of its
    /// key any more.
    pub(super) fn open_to_read(path: &Path, encoder: Key) -> io::Result<Self> {
        let mut open = Self::unread(atomic_file::open_to_read(path)?, Some(encoder), Key::default());
        let bytes = open.file.metadata()?.len();
        open.load(bytes, Some(encoder))?;
        Ok(open)
    }

    fn unread(file: File, encoder: Option<Key>, swept: Key) -> Self {
        let (keys, places) = (Vec::new(), HashMap::new());
        Self { file, encoder: encoder.unwrap_or_default(), swept, width: 0, keys, places }
    }

    /// Reads the header and the keys. An interrupted addition may have left something behind the last row.
    fn load(&mut self, bytes: u64, encoder: Option<Key>) -> io::Result<()> {
        let mut header = [0; HEADER];
        self.file.read_exact(&mut header).map_err(|_| damaged("its header is cut off"))?;
        let (fields, seal) = header.split_at(HEADER - SEAL);
        if fields[..16] != *MAGIC || sealed(fields) != *seal {
            return Err(damaged("its header is not as written"));
        }
        self.encoder.copy_from_slice(&fields[16..48]);
        self.swept.copy_from_slice(&fields[48..80]);
        let number = |at: usize| fields[at..at + 8].iter().rev().fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
        let (width, count) = (number(80), number(88));
        if encoder.is_some_and(|encoder| encoder != self.encoder) {
            return Err(damaged("it is of another encoder"));
        }
        if width > MOST_WIDTH as u64 || count > MOST_ROWS as u64 || width == 0 && count > 0 {
            return Err(damaged("its numbers make no sense"));
        }
        (self.width, self.keys) = (width as usize, Vec::with_capacity(count as usize));
        if bytes < self.place(count as usize) {
            return Err(damaged("it is cut off"));
        }
        let row_bytes = self.row_bytes();
        let mut reader = reader(&self.file)?;
        for _ in 0..count {
            let mut key = [0; 32];
            reader.read_exact(&mut key)?;
            reader.seek_relative(signed(row_bytes - 32))?;
            self.keys.push(key);
        }
        self.places = self.keys.iter().enumerate().map(|(at, key)| (*key, at)).collect();
        Ok(())
    }

    /// What the rows were last swept for: whatever was withdrawn before it is not in the file.
    pub(super) fn swept(&self) -> Key {
        self.swept
    }

    /// The vectors of these keys, in order.
    pub(super) fn get(&self, keys: &[Key]) -> io::Result<Vec<Option<Vec<f32>>>> {
        let mut found = vec![None; keys.len()];
        let mut wanted: Vec<(usize, usize)> =
            keys.iter().enumerate().filter_map(|(index, key)| Some((*self.places.get(key)?, index))).collect();
        wanted.sort_unstable();
        let (mut reader, mut at) = (reader(&self.file)?, 0);
        let mut row = vec![0; self.row_bytes()];
        for (place, index) in wanted {
            if at <= place {
                reader.seek_relative(signed((place - at) * row.len()))?;
                reader.read_exact(&mut row)?;
                at = place + 1;
            }
            found[index] = Some(vector(&keys[index], &row).ok_or_else(|| damaged("a vector is not as written"))?);
        }
        Ok(found)
    }

    /// Appends vectors that it does not have. They are on disk when this returns.
    pub(super) fn put(&mut self, vectors: &[(Key, Vec<f32>)]) -> io::Result<()> {
        let mut new: HashSet<Key> = HashSet::new();
        let mut bytes = Vec::new();
        let mut keys = Vec::new();
        for (key, vector) in vectors.iter().filter(|(key, _)| !self.places.contains_key(key) && new.insert(*key)) {
            if self.width == 0 {
                self.width = vector.len();
            }
            if vector.len() != self.width || self.width == 0 || self.width > MOST_WIDTH {
                return Err(damaged("its vectors have another width"));
            }
            append_row(&mut bytes, key, vector);
            keys.push(*key);
        }
        if self.keys.len() + keys.len() > MOST_ROWS {
            return Err(damaged("it is full"));
        }
        if keys.is_empty() {
            return Ok(());
        }
        if self.keys.is_empty() {
            self.write_header()?;
        }
        self.write(self.keys.len(), &bytes)?;
        self.file.sync_data()?;
        for key in keys {
            self.places.insert(key, self.keys.len());
            self.keys.push(key);
        }
        self.write_header()
    }

    /// Removes all rows except those of `keep`, and notes that they were swept for `swept`. The last rows move into the
    /// gaps. What is then behind the last row is overwritten before it is cut off.
    pub(super) fn retain(&mut self, keep: &HashSet<Key>, swept: Key) -> io::Result<()> {
        // Of a key that a crash left twice, the last row counts.
        let stays = |at: usize, key: &Key| keep.contains(key) && self.places.get(key) == Some(&at);
        let is_kept: Vec<bool> = self.keys.iter().enumerate().map(|(at, key)| stays(at, key)).collect();
        let (before, count) = (self.keys.len(), is_kept.iter().filter(|kept| **kept).count());
        if count == before && swept == self.swept {
            return Ok(());
        }
        let gaps = (0..count).filter(|at| !is_kept[*at]);
        let last = (count..before).filter(|at| is_kept[*at]);
        let moves: Vec<(usize, usize)> = last.zip(gaps).collect();
        let mut row = vec![0; self.row_bytes()];
        for (from, to) in moves {
            self.file.seek(SeekFrom::Start(self.place(from)))?;
            self.file.read_exact(&mut row)?;
            self.write(to, &row)?;
            self.keys[to] = self.keys[from];
        }
        self.file.sync_data()?;
        self.keys.truncate(count);
        self.places = self.keys.iter().enumerate().map(|(at, key)| (*key, at)).collect();
        // The header counts the gone rows no more, but says only afterwards that they are gone.
        self.write_header()?;
        self.cut(count, self.place(before))?;
        self.swept = swept;
        self.write_header()
    }

    /// Overwrites what is behind `count` rows, up to `bytes` of the file, and cuts it off.
    fn cut(&mut self, count: usize, bytes: u64) -> io::Result<()> {
        let from = self.place(count);
        self.file.seek(SeekFrom::Start(from))?;
        let (zeros, mut left) = (vec![0; AT_ONCE], bytes.saturating_sub(from));
        while left > 0 {
            let now = left.min(AT_ONCE as u64);
            self.file.write_all(&zeros[..now as usize])?;
            left -= now;
        }
        self.file.sync_data()?;
        self.file.set_len(from)?;
        self.file.sync_all()
    }

    fn write_header(&mut self) -> io::Result<()> {
        let mut header = Vec::with_capacity(HEADER);
        header.extend(MAGIC);
        header.extend(self.encoder);
        header.extend(self.swept);
        header.extend((self.width as u64).to_le_bytes());
        header.extend((self.keys.len() as u64).to_le_bytes());
        let seal = sealed(&header);
        header.extend(seal);
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(&header)?;
        self.file.sync_data()
    }

    fn write(&mut self, row: usize, bytes: &[u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(self.place(row)))?;
        self.file.write_all(bytes)
    }

    fn row_bytes(&self) -> usize {
        32 + 4 * self.width + SEAL
    }

    /// Where a row begins.
    fn place(&self, row: usize) -> u64 {
        (HEADER + row * self.row_bytes()) as u64
    }
}

/// Reads from the first row on.
fn reader(mut file: &File) -> io::Result<BufReader<&File>> {
    file.seek(SeekFrom::Start(HEADER as u64))?;
    Ok(BufReader::with_capacity(AT_ONCE, file))
}

fn signed(bytes: usize) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

fn sealed(bytes: &[u8]) -> [u8; SEAL] {
    let whole = Sha256::digest(bytes);
    std::array::from_fn(|at| whole[at])
}

fn append_row(bytes: &mut Vec<u8>, key: &Key, vector: &[f32]) {
    let from = bytes.len();
    bytes.extend(key);
    bytes.extend(vector.iter().flat_map(|number| number.to_le_bytes()));
    let seal = sealed(&bytes[from..]);
    bytes.extend(seal);
}

/// The vector in a row, if it is the row of this key and as it was written.
fn vector(key: &Key, row: &[u8]) -> Option<Vec<f32>> {
    let (words, seal) = row.split_at_checked(row.len().checked_sub(SEAL)?)?;
    let numbers = words.get(32..)?.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]));
    (words[..32] == *key && sealed(words) == *seal).then(|| numbers.collect())
}

//! The vectors in a shared store. Each text is embedded once for all servers, and the database proposes the passages
//! nearest to a query. Vectors are derived data: they belong to no revision, and may be missing.
//!
//! The database keeps a vector twice: as a server keeps it, and as the number type that its index needs, which reads
//! back with six digits only.

use std::collections::HashMap;
use std::fmt::Write as _;

use mysql::prelude::Queryable;

use super::database::{Database, NO_TABLE, StoreTurn, StoreView, store_error};
use crate::error::StoreError;
use crate::hash::sha256_hex;
use crate::library::store::vector_cache::Key;

/// The starts of the names of tables. The hash of an encoder follows.
const TEXTS: &str = "yuanhua_text_";
const PASSAGES: &str = "yuanhua_passage_";
/// How many rows are written with one statement.
const ROWS: usize = 64;

/// The vectors of one source.
pub(crate) struct SourceVectors {
    /// SHA-256 of the source.
    pub(crate) source: String,
    /// How many of its texts are questions. They come first.
    pub(crate) questions: usize,
    /// The keys and the vectors of its texts.
    pub(crate) texts: Vec<(Key, Vec<f32>)>,
}

/// What is stored of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum VectorKind {
    /// The vectors of its texts.
    Texts,
    /// Its passages in the index as well. They are written only where the database proposes passages.
    Passages,
}

/// The names of the tables of one encoder.
pub(crate) struct VectorTables {
    texts: String,
    passages: String,
}

impl VectorTables {
    /// The tables of the encoder with this fingerprint.
    pub(crate) fn of(encoder: &str) -> Self {
        let hash = &sha256_hex(&[encoder.as_bytes()])[..12];
        Self { texts: format!("{TEXTS}{hash}"), passages: format!("{PASSAGES}{hash}") }
    }
}

impl Database {
    /// Makes the tables where they are missing. The index has the links and the width of the embedded one.
    pub(super) fn prepare(&self, tables: &VectorTables, kind: VectorKind, dimensions: usize) -> Result<(), StoreError> {
        let VectorTables { texts, passages } = tables;
        let row = "source CHAR(64) NOT NULL, number INT NOT NULL, text_key BINARY(32) NOT NULL";
        let spread = "PARTITION BY KEY (source) PARTITIONS 16";
        self.run(&format!(
            "CREATE TABLE IF NOT EXISTS {texts} ({row}, vector BLOB NOT NULL, PRIMARY KEY (source, number)) {spread}"
        ))?;
        if kind == VectorKind::Texts {
            return Ok(());
        }
        self.run(&format!(
            "CREATE TABLE IF NOT EXISTS {passages} ({row}, vector VECTOR({dimensions}) NOT NULL, \
             PRIMARY KEY (source, number), VECTOR INDEX nearest (vector) WITH \
             (distance = cosine, type = hnsw, lib = vsag, m = 24, ef_construction = 200)) {spread}"
        ))
    }
}

impl<C: Queryable> StoreView<C> {
    /// How many texts of each source have vectors, or how many of its passages are in the index.
    pub(super) fn indexed(
        &mut self,
        tables: &VectorTables,
        kind: VectorKind,
    ) -> Result<HashMap<String, usize>, StoreError> {
        let table = match kind {
            VectorKind::Texts => &tables.texts,
            VectorKind::Passages => &tables.passages,
        };
        let query = format!("SELECT source, COUNT(*) FROM {table} GROUP BY source");
        Ok(self.rows_if_any::<(String, usize)>(&query)?.into_iter().collect())
    }

    /// The vectors of the texts of some sources.
    pub(super) fn vectors(
        &mut self,
        tables: &VectorTables,
        sources: &[&str],
    ) -> Result<HashMap<Key, Vec<f32>>, StoreError> {
        let quoted: Vec<String> = sources.iter().filter(|one| is_hash(one)).map(|one| format!("'{one}'")).collect();
        if quoted.is_empty() {
            return Ok(HashMap::new());
        }
        let query = format!("SELECT text_key, vector FROM {} WHERE source IN ({})", tables.texts, quoted.join(", "));
        let rows = self.rows_if_any::<(Vec<u8>, Vec<u8>)>(&query)?;
        Ok(rows.into_iter().filter_map(|(key, vector)| Some((Key::try_from(key).ok()?, floats(&vector)))).collect())
    }

    /// The keys of the passages nearest to a vector.
    pub(super) fn nearest(
        &mut self,
        tables: &VectorTables,
        vector: &[f32],
        count: usize,
    ) -> Result<Vec<Key>, StoreError> {
        let query = format!(
            "SELECT text_key FROM {} ORDER BY cosine_distance(vector, '{}') APPROXIMATE LIMIT {count}",
            tables.passages,
            written(vector)
        );
        let rows = self.rows_if_any::<Vec<u8>>(&query)?;
        Ok(rows.into_iter().filter_map(|key| Key::try_from(key).ok()).collect())
    }

    /// The rows of a query; none if there is no such table yet.
    fn rows_if_any<T: mysql::prelude::FromRow>(&mut self, query: &str) -> Result<Vec<T>, StoreError> {
        match self.connection.query(query) {
            Err(mysql::Error::MySqlError(error)) if error.code == NO_TABLE => Ok(Vec::new()),
            rows => rows.map_err(|error| store_error(&self.name, error)),
        }
    }
}

impl StoreTurn {
    /// Writes the vectors of a source in place of earlier ones.
    pub(super) fn index(
        &mut self,
        tables: &VectorTables,
        kind: VectorKind,
        source: &SourceVectors,
    ) -> Result<(), StoreError> {
        let VectorTables { texts, passages } = tables;
        let Self { connection, name } = self;
        let numbered: Vec<(usize, &(Key, Vec<f32>))> = source.texts.iter().enumerate().collect();
        let mut write = || -> mysql::Result<()> {
            connection.exec_drop(format!("DELETE FROM {texts} WHERE source = ?"), (&source.source,))?;
            for rows in numbered.chunks(ROWS) {
                let values = rows.iter().flat_map(|(number, (key, vector))| {
                    let exact: Vec<u8> = vector.iter().flat_map(|x| x.to_le_bytes()).collect();
                    [source.source.as_str().into(), (*number).into(), key.to_vec().into(), exact.into()]
                });
                insert(connection, texts, rows.len(), values.collect())?;
            }
            if kind == VectorKind::Texts {
                return Ok(());
            }
            connection.exec_drop(format!("DELETE FROM {passages} WHERE source = ?"), (&source.source,))?;
            for rows in numbered.get(source.questions..).unwrap_or_default().chunks(ROWS) {
                let values = rows.iter().flat_map(|(number, (key, vector))| {
                    [source.source.as_str().into(), (*number).into(), key.to_vec().into(), written(vector).into()]
                });
                insert(connection, passages, rows.len(), values.collect())?;
            }
            Ok(())
        };
        write().map_err(|error| store_error(name, error))
    }

    /// Removes the vectors of sources, of every encoder.
    pub(super) fn forget_vectors(&mut self, sources: &[String]) -> Result<(), StoreError> {
        let Self { connection, name } = self;
        let mut write = || -> mysql::Result<()> {
            let tables: Vec<String> = connection.query("SHOW TABLES")?;
            let ours = |table: &&String| table.starts_with(TEXTS) || table.starts_with(PASSAGES);
            for table in tables.iter().filter(ours) {
                for source in sources {
                    connection.exec_drop(format!("DELETE FROM {table} WHERE source = ?"), (source,))?;
                }
            }
            Ok(())
        };
        write().map_err(|error| store_error(name, error))
    }
}

fn insert(on: &mut impl Queryable, table: &str, rows: usize, values: Vec<mysql::Value>) -> mysql::Result<()> {
    let places = vec!["(?, ?, ?, ?)"; rows].join(", ");
    on.exec_drop(format!("INSERT INTO {table} (source, number, text_key, vector) VALUES {places}"), values)
}

/// A vector as SQL writes it.
fn written(vector: &[f32]) -> String {
    let mut text = String::with_capacity(vector.len() * 12);
    for (at, x) in vector.iter().enumerate() {
        // Writing to a String cannot fail.
        let _ = write!(text, "{}{x}", if at == 0 { '[' } else { ',' });
    }
    text + "]"
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)).collect()
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

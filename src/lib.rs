//! Yuanhua (原话, "their very words"): ask your interviews a question in plain
//! language, get the interviewees' exact words back, each with its source.
//!
//! # The map
//!
//! | room | concern |
//! |---|---|
//! | [`cli`], [`config`], [`error`] | commands, settings, what can go wrong |
//! | [`terminal`] | the one door to a terminal, through which nothing acts on it |
//! | [`restore`] | received → restored text, by the damage model, with proof |
//! | [`script`], [`segment`] | Simplified/Traditional and folding with a map back; words, character pairs, characters |
//! | [`transcript`] | bytes → [`transcript::Transcript`]: questions and answers as spans |
//! | [`passage`] | answer → sentences → passages |
//! | [`embed`], [`index`], [`lexical`] | texts → vectors; vectors → nearest; terms → best |
//! | [`terms`] | query → what it asks for in every form: translations, synonyms |
//! | [`hash`] | content hashes |
//! | [`library`] | the files on disk, which are the truth; what people decided about them; a cache of vectors |
//! | [`corpus`] | one immutable snapshot: transcripts and the index over them |
//! | [`ingest`] | the write path: adding, changing, withdrawing, watching; each new snapshot put in place whole |
//! | [`query`] | what a person typed → what they ask |
//! | [`search`], [`quote`] | the read path; quotes and their permalinks |
//! | [`export`] | quotes as text, Markdown, HTML, CSV, DOCX, JSON |
//! | [`eval`] | labelled queries → figures |
//! | [`web`] | the chat page and the source pages |
//!
//! Dependencies point one way: `main → cli → web, ingest, search, eval → export → quote →
//! query → corpus → embed, index, lexical, library → passage → transcript → restore →
//! script → segment`. `ingest` and `search` do not know each other; `web` holds
//! no retrieval; `config` and `error` are open to all. `tests/` checks this.
//!
//! # The two paths
//!
//! **A transcript**: [`library::Folder`] → [`transcript::read`] (format, extraction,
//! [`restore::restore`], turns, who asks, questions and answers) → [`passage::passages`] →
//! [`embed::Encoder::embed`] → [`corpus::Corpus`], all in [`ingest`].
//!
//! **A query**: `GET /?q=…` or `yuanhua ask` → [`search::ask`] → [`query::read`]
//! (phrases, words left out, filters; [`query::follow_up`] where it goes on from the
//! turn before) → fold, embed, terms → [`search::rank`] within the filters →
//! [`search::Verdict`] → [`quote::quotes`] (grown to stand alone, marked in one run of
//! the encoder) → [`search::Reply`] → page, JSON or terminal.
//!
//! # What is on disk
//!
//! A data folder holds transcripts as files, and `.yuanhua/`: `manifest.json`
//! (what people decided: titles, pseudonyms and spellings that are one speaker, who asks,
//! which column of a table is read as what, who withdrew; by content hash, sealed by a
//! hash, no words of any answer), `vectors.redb` (a cache: vectors by the hash of
//! their text, one table for each encoder; redb, because it is one file of pure Rust
//! whose commits are whole or not there) and `lock`. Every file is written to
//! a temporary one, synced, renamed, and its folder synced. An addition is acknowledged
//! when its file is in place and the manifest knows it as ours; a withdrawal
//! when the manifest says so, its file is deleted and the cache written anew. A start
//! finishes what a crash left between. A file that its owner put there is never deleted:
//! withdrawn, it is never read again.
//!
//! # Invariants
//!
//! 1. A quote's text is what the source says at its span ([`quote::Quote::check`]),
//!    and the citation carries the SHA-256 of the source's bytes.
//! 2. A restoration is shown only if damaging it again gives the received text.
//! 3. Sources are never modified; all else but people's decisions is derived from them.
//! 4. A passage never crosses an answer; a question is matched but never quoted.
//! 5. A score is a probability that the quote speaks to the query.
//! 6. Every script finds the same answers.
//! 7. The program needs no network and starts none.

pub mod cli;
pub mod config;
pub mod corpus;
pub mod embed;
pub mod error;
pub mod eval;
pub mod export;
pub mod hash;
pub mod index;
pub mod ingest;
pub mod lexical;
pub mod library;
pub mod passage;
pub mod query;
pub mod quote;
pub mod restore;
pub mod script;
pub mod search;
pub mod segment;
pub mod terminal;
pub mod terms;
pub mod transcript;
pub mod web;

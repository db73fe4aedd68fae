//! Yuanhua (原话, "their very words"): ask your interviews a question in plain
//! language, get the interviewees' exact words back, each with its source.
//!
//! # The map
//!
//! | room | concern |
//! |---|---|
//! | [`cli`], [`config`], [`error`] | commands, settings, what can go wrong |
//! | [`terminal`] | the one door to a terminal, through which nothing acts on it |
//! | [`text`] | Simplified/Traditional and folding with a map back; words, character pairs, numerals |
//! | [`restore`] | received → restored text, by the damage model, with proof |
//! | [`transcript`] | bytes → [`transcript::Transcript`]: `formats` (bytes → lines), `dialogue` (lines → turns, questions, answers) |
//! | [`retrieval`] | passages; texts → vectors ([`retrieval::encoder`]); nearest vectors; best terms; [`retrieval::corpus`], one immutable snapshot |
//! | [`search`] | the read path: [`search::query`] (what a person typed → what they ask), ranking, verdict, [`search::quote`] (quotes and their permalinks) |
//! | [`library`] | the write path: adding, changing, withdrawing, watching; `store`, the files on disk and a cache of vectors |
//! | [`export`] | quotes as text, Markdown, HTML, CSV, DOCX, JSON |
//! | [`eval`] | labelled queries → figures |
//! | [`web`] | the chat page and the source pages: `handlers`, `view`, `http`, `i18n` |
//! | [`hash`] | content hashes |
//!
//! Dependencies point one way: `main → cli → web → eval, export → search, library → retrieval →
//! transcript → restore → text`. `library` and `search` do not know each other; `web` holds
//! no retrieval; `config` and `error` are open to all. `tests/architecture.rs` checks this.
//!
//! # The two paths
//!
//! **A transcript**: [`library::Folder`] → [`transcript::read`] (format, extraction,
//! [`restore::restore`], turns, who asks, questions and answers) → [`retrieval::passage::passages`] →
//! [`crate::retrieval::encoder::Encoder::embed`] → [`retrieval::corpus::Corpus`], all in [`library`].
//!
//! **A query**: `GET /?q=…` or `yuanhua ask` → [`search::ask`] → [`search::query::read`]
//! (phrases, words left out, filters; [`search::query::follow_up`] where it goes on from the
//! turn before) → fold, embed, terms → [`search::rank`] within the filters →
//! [`search::Verdict`] → [`search::quote::quotes`] (grown to stand alone, marked in one run of
//! the encoder) → [`search::Reply`] → page, JSON or terminal.
//!
//! # What is on disk
//!
//! A data folder holds transcripts as files, and `.yuanhua/`: `manifest.json`
//! (what people decided: titles, pseudonyms and spellings that are one speaker, who asks,
//! which column of a table is read as what, who withdrew; by content hash, with a hash that
//! gives a flipped bit away, no words of any answer), `key` (drawn by chance when somebody first
//! withdraws), `withdrawn/` (keyed marks of withdrawn words), `vectors.redb` (a cache: vectors by the hash of
//! their text, one table for each encoder; redb, because it is one file of pure Rust
//! whose commits are whole or not there) and `lock`. Every file is written to
//! a temporary one, synced, renamed, and its folder synced. An addition is acknowledged
//! when its file is in place and the manifest knows it as ours; a withdrawal
//! when the manifest says so, its file is deleted and the cache written anew. A start
//! finishes what a crash left between. A file that its owner put there is never deleted:
//! withdrawn, it is never read again.
//!
//! # What was withdrawn
//!
//! A withdrawal is remembered by keyed hashes (SipHash-2-4) alone: of the source, of the names of who
//! withdrew, and of every stretch of eight Chinese characters or 24 letters of their words, folded
//! so that case, width, script, accents, white space and marks make no difference
//! ([`library::Withdrawals`] has the rules, and what was measured). Whatever is read, under any name
//! and flag, goes through [`library::Withdrawals::find`] before it leaves [`library`]: turns that say these words, in
//! whatever role, are taken out of the transcript, and white space stands for them in both of its
//! texts, so that no later step can show them. Of an answer in which others quote them, whole sentences are
//! left, or nothing. A file that is nearly a transcript that was withdrawn as a whole is not read until
//! somebody decides (`yuanhua allow`, or the button beside it). The manifest and the marks tell
//! nothing without the key; whoever has the key too can test guesses, and piece sentences together
//! from many right ones. Without the key nothing is opened. A retelling in other words is not found.
//!
//! A folder may come from a stranger. The manifest names files of its folder only, and one is
//! deleted only while it is byte for byte what was withdrawn; its hash is no seal, as anybody can
//! make it. No link is followed in `.yuanhua/`, nor to a transcript; what is not a regular file is
//! never opened, and no file is read beyond its bound.
//!
//! # Invariants
//!
//! 1. A quote's text is what the source says at its span ([`search::quote::Quote::check`]),
//!    and the citation carries the SHA-256 of the source's bytes.
//! 2. A restoration is shown only if damaging it again gives the received text.
//! 3. Sources are never modified; all else but people's decisions is derived from them.
//! 4. A passage never crosses an answer; a question is matched but never quoted.
//! 5. A score is a probability that the quote speaks to the query.
//! 6. Every script finds the same answers.
//! 7. The program needs no network and starts none.
//! 8. Withdrawn words appear nowhere, whatever is edited, renamed or read differently.

pub mod api;
pub mod cli;
pub mod config;
pub mod error;
pub mod eval;
pub mod export;
pub mod hash;
pub mod library;
pub mod mcp;
pub mod restore;
pub mod retrieval;
pub mod search;
pub mod terminal;
pub mod text;
pub mod transcript;
pub mod web;

//! Yuanhua (原话, "their very words"): ask your interviews a question in plain language, and get the
//! interviewees' exact words back, each with its source.
//!
//! The [`guide`] explains the program to users and contributors. This page is the map of the code.
//!
//! # Modules
//!
//! | module | concern |
//! |---|---|
//! | [`cli`], [`config`] | flags and commands; every setting with its default and unit |
//! | [`error`] | typed errors, each a sentence with place and remedy |
//! | [`terminal`] | the only writer to a terminal; nothing in a transcript acts on it |
//! | [`text`] | scripts, folding with a map back, words and characters, numerals |
//! | [`restore`] | received text → restored text, with proof. Pure |
//! | [`transcript`] | bytes → lines and tables (`formats`) → turns, roles, questions and answers (`dialogue`). Pure |
//! | [`retrieval`] | passages, [`retrieval::encoder`], nearest vectors, [`retrieval::candidates`], best words, and [`retrieval::corpus`], one immutable snapshot of them all |
//! | [`search`] | the path of a query: [`search::query`], candidates, ranking, verdict, [`search::quote`]; [`search::suggestions`] and [`search::did_you_mean`] beside it |
//! | [`library`] | the only writer: adding, changing, withdrawing, watching; `store` holds the files on disk; `attributes` reads `people.csv` |
//! | [`verify`] | the quotations of a report → whether the library says them. Pure |
//! | [`disclosure`] | what could tell who somebody is: found, shown, replaced visibly. Pure |
//! | [`saved`] | questions that are kept: new and lost voices; reports |
//! | [`export`] | quotes as text, Markdown, HTML, CSV, DOCX, JSON, as a picture; tagged quotes as CSV and REFI-QDA |
//! | [`eval`] | labelled queries → figures |
//! | [`i18n`] | every sentence for a person, one folder for each language |
//! | [`api`] | JSON for programs: interviews, answers, citations, refusals; shared by [`web`] and [`mcp`] |
//! | [`mcp`] | the MCP server over [`search`] and [`api`]: standard input and output, and an endpoint that [`web`] mounts |
//! | [`web`] | the pages: `handlers`, `view`, `http`. No retrieval |
//! | [`hash`] | content hashes |
//! | `lock` | locks that outlive a panic |
//! | [`guide`] | the guide; no code |
//!
//! Dependencies point one way: `main → cli → web → mcp → api → verify, eval, export → i18n → search, library → retrieval →
//! transcript → restore → text`. `search` and `library` do not know each other; they share the snapshot in `retrieval`. [`config`] and
//! [`error`] are open to all. No two files use each other, directly or in a cycle: what they share stands in a file of its own.
//! `tests/architecture.rs` checks these rules.
//!
//! # Two paths
//!
//! **A transcript.** [`library`] reads the bytes of a file. [`transcript::read`] finds the format, extracts lines, restores the text
//! ([`restore::restore`]) and finds turns, roles, questions and answers. Each answer is cut into passages
//! ([`retrieval::passage::passages`]). The encoder turns passages into vectors. The library commits its files, then publishes a new
//! [`retrieval::corpus::Corpus`]. A crash at any moment loses nothing that was acknowledged.
//!
//! **A query.** `GET /?q=…` and `yuanhua ask` call [`search::ask`]. [`search::query`] reads phrases, excluded words and filters,
//! and what an unfinished query carries over. It prepares the query once: folded text, vector, terms, language, kind of fact, people
//! named. Vectors and words propose answers ([`search::rank`]). A judge reads the query and the nearest of them
//! together, unless their scores are sure already. The score of the best decides the [`search::Verdict`]. Each quote is checked against its source and grown until it stands alone
//! ([`search::quote`]). Page, JSON and terminal show the same [`search::Reply`].
//!
//! # One writer
//!
//! [`library::Library`] is the handle that threads share. Behind its one lock stands the writer, which owns the files, the
//! decisions, the caches and the vectors as plain fields ([`library::SourceStore`] is the part on disk, which commands use
//! without an encoder). A change lists the folder once, writes, and publishes snapshots that never change: corpus,
//! list, marks of withdrawn words, tags. Whoever reads takes these and never waits. A snapshot is put together from one
//! part for each transcript, and takes over the parts of the snapshot before. A file that was just written is not read
//! again. Many texts that are not embedded yet are found by provisional vectors ([`retrieval::encoder::Encoder::embed_provisionally`]),
//! which are never kept; a reply says so ([`retrieval::ReadSoFar`]). The encoder works outside the lock in batches, and only vectors of texts that are still in the library
//! are kept. Withdrawn words are taken out of everything that is kept in one place, `library/purge.rs`.
//!
//! # Files on disk
//!
//! A data folder holds transcripts, and `.yuanhua/`:
//!
//! | file | content |
//! |---|---|
//! | `manifest.json` | decisions: titles, pseudonyms, spellings of one speaker, who asks, columns, who withdrew. Entries are keyed by content hash. A checksum reveals damage. No answer's words are in it |
//! | `key` | a random key, drawn at the first withdrawal |
//! | `withdrawn/` | keyed marks of withdrawn words |
//! | `questions.json` | questions that are kept, with permalinks |
//! | `tags.json` | tags and notes of the owner, with permalinks. What is withdrawn goes from it |
//! | `vectors-….bin` | a cache: vectors by the hash of their text, one file for each encoder. What is withdrawn is overwritten in it |
//! | `graph-…-passages/`, `graph-…-questions/` | a cache of large libraries: the graph over the vectors. Its name follows from what was withdrawn |
//! | `derived-….redb` | a cache: each transcript as it was read, and the word index. Its name follows from what was withdrawn |
//! | `lock` | one process writes at a time |
//!
//! Every file is written to a temporary file, synced and renamed; then its folder is synced. An addition is acknowledged when its file is in
//! place and the manifest lists it. A withdrawal is acknowledged when the manifest says so, the file is deleted and the caches
//! are without it. A start finishes what a crash interrupted. A file that its owner put there is never deleted. After a withdrawal
//! it is never read again.
//!
//! # A shared store
//!
//! With `--store`, the same files lie in a database, and `library/store/shared` is the only module that knows it. Each server
//! works on a private copy of them in a folder, so every rule above holds there, too. A change locks one row, is made in the
//! copy, and is committed in one transaction with the next revision (`SourceStore::in_turn`). Each request first takes up
//! the present revision ([`library::Library::catch_up`]): decisions come before sources. If the database does not answer,
//! nothing is shown. Vectors in the database are derived data. From many passages on, it proposes candidates
//! ([`retrieval::candidates`]); scores are always made from the snapshot. [`guide::shared_store`] tells the rest.
//!
//! # A start
//!
//! A start takes up what an earlier one derived: vectors, transcripts as they were read, and the word index. New files are read on all
//! cores. Every row of `derived-….redb` has a seal (SipHash-2-4) under a key of the user. The key lies outside every library, so a folder
//! from a stranger brings no reading of its own. The seal covers a hash of `src/` and `Cargo.lock` (`src/build.rs`): a new version of
//! the program reads everything once more. `derived-….redb` holds words. A withdrawal writes it anew under another name, without the withdrawn words,
//! before it is acknowledged. A file with any other name is deleted before anything is read. A transcript with withdrawn words in it
//! is never kept there.
//!
//! From 524,289 passages on a graph finds the nearest vectors ([`retrieval::vectors`]). It is made beside the searches, which scan until it is ready,
//! and is kept in `graph-…/` when it is new or has grown by a sixteenth. A start reads it beside the searches, too, if it has the seal and all of its vectors are still
//! there; what was added since is put in. It holds numbers, distances and a hash of each vector, no vector and no words. A withdrawal deletes it.
//!
//! # Withdrawal
//!
//! A withdrawal is remembered only as keyed hashes (SipHash-2-4): of the source, of the names of the people who withdrew, and of every run of
//! eight Chinese characters or 24 letters of their words. Folding removes differences of case, width, script, accents, white space and
//! punctuation. [`library::Withdrawals`] has the rules and their measured errors.
//!
//! Every source passes [`library::Withdrawals::find`] before it leaves [`library`], under any name and any flag. A turn with withdrawn
//! words is taken out of the transcript, whatever its role. White space replaces it in both texts, so no later step can
//! show it. An answer in which others quote these words keeps its other sentences, or nothing. A file that is nearly a withdrawn
//! transcript is not read until somebody decides.
//!
//! Manifest and marks reveal nothing without the key. A person with the key can test guesses. Nothing is opened without
//! the key. A retelling in other words is not found.
//!
//! A folder may come from a stranger. The manifest names only files of its own folder. A file is deleted only while it is byte for
//! byte what was withdrawn. No link is followed in `.yuanhua/` or to a transcript. Only regular files are opened, and no file
//! is read beyond its limit.
//!
//! # Invariants
//!
//! 1. A quote equals its span of the source. This is checked when the quote is built ([`search::quote::Quote::check`]) and
//!    when it is shown. A changed source gives an error, never a quote.
//! 2. Damaging a restoration reproduces the received text.
//! 3. Every spoken word of a source stands in exactly one turn, or is listed as non-speech with its line.
//! 4. Withdrawn words appear nowhere, whatever is edited, renamed or read differently.
//! 5. Sources are never modified. Derived data can be deleted at any time.
//! 6. A passage never crosses an answer. A question is matched, never quoted as an answer. An undecided turn can be quoted, and
//!    says that it is undecided.
//! 7. A score is fit as a probability; `yuanhua eval` measures how far it holds on other interviews. An answer's verdict does not
//!    depend on unrelated files.
//! 8. Simplified, Traditional and English queries find the same answers.
//! 9. The default program needs no network and starts none. A data folder from a stranger can do no harm.
//!
//! # Glossary
//!
//! A name means one thing in the whole tree.
//!
//! | term | meaning |
//! |---|---|
//! | transcript | one source file: the received bytes, the restored text, its turns |
//! | turn | what one speaker says until another speaks; a question, an answer, or undecided |
//! | question, answer | an answer belongs to one question, has a label (`A3`) and sometimes an interviewee |
//! | interviewee, interviewer | speakers, each with a probability for the role |
//! | non-speech | text that nobody said: page numbers, credits, stage directions |
//! | passage | the unit that is embedded: a window of sentences of one answer |
//! | span | a UTF-8 byte range in the restored text, on character boundaries |
//! | query | what the user asks |
//! | candidate, hit | an answer that the index proposes; a candidate with its score |
//! | judge | a model that reads a query and a passage together |
//! | quote | a verbatim span of an answer, with the clause that answers highlighted |
//! | citation | transcript, question, answer, span, line, time, permalink |
//! | verdict | said, related, not said, never asked |
//! | reply | verdict and quotes for one query |
//! | received, restored | the text as it came; the text as proved by the damage model |
//! | withdrawn | removed at an interviewee's wish, and held back wherever it appears again |
//!
//! # Contributing
//!
//! [`guide::contributing`] tells how to add a format, a signal, a page, a language or a model. [`guide::measuring`] tells
//! how to measure.

pub mod api;
pub mod cli;
pub mod config;
pub mod disclosure;
pub mod error;
pub mod eval;
pub mod export;
pub mod guide;
pub mod hash;
pub mod i18n;
pub mod library;
mod lock;
pub mod mcp;
pub mod restore;
pub mod retrieval;
pub mod saved;
pub mod search;
pub mod terminal;
pub mod text;
pub mod transcript;
pub mod verify;
pub mod web;

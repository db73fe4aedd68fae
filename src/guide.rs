//! The guide: what a user or a contributor may want to know beyond the README.
//!
//! Each chapter is a Markdown file under `src/guide/` and an empty module here, so that
//! `cargo doc` shows it as a page. There is no code in it.

#![allow(clippy::doc_markdown, reason = "the guide is prose, and names of products are no code")]

#[doc = include_str!("guide/using.md")]
pub mod using {}

#[doc = include_str!("guide/formats.md")]
pub mod formats {}

#[doc = include_str!("guide/library.md")]
pub mod library {}

#[doc = include_str!("guide/withdrawal.md")]
pub mod withdrawal {}

#[doc = include_str!("guide/verifying.md")]
pub mod verifying {}

#[doc = include_str!("guide/reporting.md")]
pub mod reporting {}

#[doc = include_str!("guide/safety.md")]
pub mod safety {}

#[doc = include_str!("guide/installing.md")]
pub mod installing {}

#[doc = include_str!("guide/serving.md")]
pub mod serving {}

#[doc = include_str!("guide/shared-store.md")]
pub mod shared_store {}

#[doc = include_str!("guide/commands.md")]
pub mod commands {}

#[doc = include_str!("guide/api.md")]
pub mod api {}

#[doc = include_str!("guide/programs.md")]
pub mod programs {}

#[doc = include_str!("guide/encoders.md")]
pub mod encoders {}

#[doc = include_str!("guide/measuring.md")]
pub mod measuring {}

#[doc = include_str!("guide/contributing.md")]
pub mod contributing {}

#[doc = include_str!("guide/changelog.md")]
pub mod changelog {}

#[doc = include_str!("guide/zh.md")]
pub mod zh {}

//! Tests of the library page: adding, changing and withdrawing. Each test has a folder of its own.

mod adding;
mod changing;
mod folder;
mod withdrawing;

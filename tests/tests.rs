//! Statements about the product, made against the library and the real binary.

mod architecture;
mod browser;
mod cli;
mod interview;
mod pages;
mod support;

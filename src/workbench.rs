//! For those who write rules: what is wrong with them, and whether their cases hold.

pub mod cases;

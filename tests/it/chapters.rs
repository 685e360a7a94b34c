//! Does what the chapters say that are all to do. These are the longest
//! tests, and by their name among the first.

mod from_scratch;
mod your_own;
mod your_turn;

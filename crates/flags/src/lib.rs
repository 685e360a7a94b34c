//! The flags of a compilation.

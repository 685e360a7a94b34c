//! The build script of a plugin interface.

//! A type that crosses, of a crate that is no interface.

/// The answer of a plugin. It is bigger with the feature of this name.
#[derive(Debug, Default)]
pub struct Answer {
    /// What the plugin says.
    pub number: u32,
    /// What nobody reads.
    #[cfg(feature = "bigger")]
    pub more: u64,
}

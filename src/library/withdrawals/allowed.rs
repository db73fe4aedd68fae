//! Which withdrawn words may still be read in a source.

/// Which withdrawn words may be read in a source, because somebody allowed it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AllowedWithdrawn {
    /// Nothing.
    #[default]
    Nothing,
    /// Words of whole transcripts that were withdrawn. The source was added again.
    Again,
    /// All of its words. Somebody looked at it. People who withdrew stay withdrawn.
    All,
}

//! Closed sets of words: an enum whose members have one spelling everywhere (JSON, SQL, the
//! command line), declared once.
//!
//! ```text
//! words! { pub enum Mode { Direct = "direct", Mixed = "mixed" } }
//! ```
//!
//! gives `Mode::ALL`, `as_str`, `Display`, `FromStr`, `Serialize` and `Deserialize`.

use std::fmt;

/// A word that is not in the set it was looked up in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord {
    /// The set, as "mode".
    pub set: &'static str,
    /// The word that it does not have.
    pub word: String,
    /// The words that it has.
    pub known: Vec<&'static str>,
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no {} is called `{}`; there are: {}", self.set, self.word, self.known.join(", "))
    }
}

impl std::error::Error for UnknownWord {}

macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident ($set:literal) {
        $($(#[$member_meta:meta])* $member:ident = $word:literal,)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$member_meta])* $member,)+ }

        impl $name {
            /// Every member, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$member,)+];

            /// The one spelling.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$member => $word,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|member| member.as_str() == word).ok_or_else(|| {
                    $crate::UnknownWord {
                        set: $set,
                        word: word.to_owned(),
                        known: Self::ALL.iter().map(|member| member.as_str()).collect(),
                    }
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                word.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use words;

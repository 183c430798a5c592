//! Hash tables whose keys are an article's words.
//!
//! The standard hasher costs more than all else that is done with so short a key. This one has a seed
//! of its own in every process, so that nobody can write an article whose words all meet in one place.

use foldhash::fast::RandomState;
use std::collections::{HashMap, HashSet};

/// A table with the words of an article as keys.
pub type Keyed<K, V> = HashMap<K, V, RandomState>;

/// A set of words of an article.
pub type KeySet<K> = HashSet<K, RandomState>;

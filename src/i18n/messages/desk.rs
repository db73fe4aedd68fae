//! The words for conversations that a browser keeps, for keys, and for the first minute.

/// The words for conversations that a browser keeps, for keys, and for the first minute.
#[derive(Debug)]
pub(crate) struct DeskWords {
    // Conversations.
    pub(crate) new_chat: &'static str,
    pub(crate) chats: &'static str,
    pub(crate) chats_note: &'static str,
    pub(crate) keep: &'static str,
    pub(crate) no_chats: &'static str,
    pub(crate) questions: &'static str,
    pub(crate) rename: &'static str,
    pub(crate) name: &'static str,
    pub(crate) save: &'static str,
    pub(crate) delete: &'static str,
    pub(crate) deleted: &'static str,
    pub(crate) undo: &'static str,
    pub(crate) delete_all: &'static str,
    pub(crate) really_all: &'static str,
    pub(crate) close: &'static str,
    /// The link of an earlier turn, whose reply is not on the page.
    pub(crate) show_reply: &'static str,
    pub(crate) full: &'static str,

    // Keys.
    pub(crate) shortcuts: &'static str,
    pub(crate) single_keys: &'static str,
    pub(crate) keys: [(&'static str, &'static str); 10],

    // After a reply.
    pub(crate) did_you_mean: &'static str,
    pub(crate) ask_next: &'static str,

    // The first minute.
    pub(crate) sample: &'static str,
    pub(crate) drop_own: &'static str,
    pub(crate) overview: &'static str,
    pub(crate) who: &'static str,
    pub(crate) when: &'static str,
    pub(crate) how_much: &'static str,
    pub(crate) about: &'static str,
    pub(crate) unnamed: &'static str,
    pub(crate) and_others: fn(usize) -> String,
    pub(crate) characters: fn(usize) -> String,
    pub(crate) english_words: fn(usize) -> String,
    pub(crate) minutes: fn(u64) -> String,
    pub(crate) phrase: fn(words: &str, answers: usize) -> String,
    pub(crate) formats: &'static str,
    /// The kinds of files, in the order of the list of formats.
    pub(crate) kinds: [&'static str; 6],
}

//! The addresses of tags and of quote cards.

use super::{Address, HASH_DIGITS};

impl Address {
    /// The page of all tags.
    pub(crate) fn tags(&self) -> String {
        self.script_only().write("/tags", &[])
    }

    /// The page of a tag, or of one interviewee's quotes with it. The tag without a name stands for none.
    pub(crate) fn tagged(&self, tag: &str, who: Option<&str>, page: usize) -> String {
        let mut place = vec![("tag", tag.to_owned())];
        place.extend(who.map(|who| ("who", who.to_owned())));
        place.extend((page > 1).then(|| ("page", page.to_string())));
        self.script_only().write("/tags", &place)
    }

    /// The page on which a quote gets tags, perhaps from the page of a tag.
    pub(crate) fn to_tag(&self, permalink: &str, from: Option<&str>) -> String {
        let mut place = vec![("quote", permalink.to_owned())];
        place.extend(from.map(|tag| ("from", tag.to_owned())));
        self.script_only().write("/tags/edit", &place)
    }

    /// The same for words that are selected in a transcript; the script of the page adds which.
    pub(crate) fn to_tag_selected(&self, sha256: &str) -> String {
        let digits = sha256.get(..HASH_DIGITS).unwrap_or(sha256);
        self.script_only().write("/tags/edit", &[("source", digits.to_owned())])
    }

    /// What is tagged, as a file.
    pub(crate) fn tags_file(&self, ending: &str) -> String {
        self.script_only().write(&format!("/tags.{ending}"), &[])
    }

    /// A quote as a picture.
    pub(crate) fn card(&self, permalink: &str) -> String {
        self.script_only().write("/card.svg", &[("quote", permalink.to_owned())])
    }
}

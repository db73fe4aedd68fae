//! Interviewees that a query names. The part that a name has in the question decides whose answers are searched: only
//! theirs, everybody else's, or all. The query is then asked without the name, as a question to the people searched.

mod group;
mod known_names;
mod part;
mod rewrite;
mod unknown_name;

use super::query::PeopleAsked;
use crate::retrieval::corpus::Corpus;
use crate::text::ranges::overlap;
use crate::text::script::View;
use group::NameGroup;
use known_names::Named;
use part::NamePart;

/// The people that a query names, and the question that is left.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NamedInterviewees {
    /// The people, by what the query wants of them.
    pub(super) people: PeopleAsked,
    /// The question, as one would ask it the people who are searched.
    pub(super) about: String,
}

/// Returns the people that a query names, if it also asks for something.
pub(super) fn of(corpus: &Corpus, query: &str) -> Option<NamedInterviewees> {
    let view = View::folded(query);
    let text = view.text();
    let known = known_names::people(corpus);
    if known.is_empty() {
        return None;
    }
    let found = known_names::find_all(&known, query, &view);
    if let Some(unknown) = unknown_name::of(corpus, &known, query, &view)
        && !found.iter().any(|one| overlap(&one.range, &unknown.range))
    {
        let people = PeopleAsked { nobody_called: Some(unknown.name), ..PeopleAsked::default() };
        return Some(NamedInterviewees { people, about: query.to_owned() });
    }
    let (people, parts) = parts_in(text, groups(text, found));
    if parts.is_empty() || !asks_for_something(text, &parts) {
        return None;
    }
    let about = rewrite::rewritten(query, &view, &parts);
    about.chars().any(char::is_alphanumeric).then_some(NamedInterviewees { people, about })
}

/// Returns the people by what the query wants of them, and the part of each group of names.
fn parts_in(text: &str, groups: Vec<NameGroup>) -> (PeopleAsked, Vec<(NameGroup, NamePart)>) {
    let mut people = PeopleAsked::default();
    let mut parts = Vec::new();
    for group in groups {
        let part = part::of(text, &group, !people.only_by.is_empty());
        let wanted = match part {
            NamePart::Speaker => Some(&mut people.only_by),
            NamePart::LeftOut => Some(&mut people.all_but),
            // Letters without a capital that stand nowhere as a name are a word.
            NamePart::Mentioned if group.lower => continue,
            NamePart::Mentioned => None,
        };
        if let Some(wanted) = wanted {
            let new: Vec<String> = group.people.iter().filter(|name| !wanted.contains(name)).cloned().collect();
            wanted.extend(new);
        }
        parts.push((group, part));
    }
    if !people.only_by.is_empty() {
        people.all_but.clear();
    }
    (people, parts)
}

/// Returns whether a query has words besides the names.
fn asks_for_something(text: &str, parts: &[(NameGroup, NamePart)]) -> bool {
    let mut left = text.to_owned();
    for (group, _) in parts.iter().rev() {
        left.replace_range(group.range.clone(), " ");
    }
    left.chars().any(char::is_alphanumeric)
}

/// Returns the answers within reach that the query asks for by the people it names.
pub(super) fn within_reach(corpus: &Corpus, within: &[usize], people: &PeopleAsked) -> Vec<usize> {
    let by_one_of = |answer: usize, names: &[String]| {
        let given = corpus.answers.get(answer).and_then(|place| corpus.answer(*place));
        given.and_then(|(_, _, answer)| answer.interviewee.as_ref()).is_some_and(|name| names.contains(name))
    };
    let is_asked = |answer: &usize| {
        (people.only_by.is_empty() || by_one_of(*answer, &people.only_by)) && !by_one_of(*answer, &people.all_but)
    };
    within.iter().copied().filter(is_asked).collect()
}

/// Puts names together that are listed: 李强和田军, Tom or Maya.
fn groups(text: &str, found: Vec<Named>) -> Vec<NameGroup> {
    let mut groups: Vec<NameGroup> = Vec::new();
    for one in found {
        if let Some(last) = groups.last_mut() {
            let between = text.get(last.range.end..one.range.start).unwrap_or_default().trim();
            let same = one.range == last.range;
            if same || part::is_list(between) {
                last.either = part::is_choice(between);
                last.names += usize::from(!same);
                last.range.end = last.range.end.max(one.range.end);
                last.lower |= one.lower;
                last.ordinary |= one.ordinary;
                if !last.people.contains(&one.name) {
                    last.people.push(one.name);
                }
                continue;
            }
        }
        groups.push(NameGroup {
            range: one.range,
            people: vec![one.name],
            names: 1,
            either: false,
            lower: one.lower,
            ordinary: one.ordinary,
        });
    }
    groups
}

#[cfg(test)]
mod tests;

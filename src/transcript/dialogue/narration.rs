//! Paragraphs that the author of an article tells between the turns of an interview: `老人停了下来，点了一支烟。` They have no
//! name before them, as the further paragraphs of an answer have none. What they say, and where empty lines stand, tells
//! the two apart. It looks at all lines and splits nothing.

use std::collections::HashSet;

use super::labelled_line::LabelledLine;
use super::lines::ends_sentence;
use super::names;
use super::quotation;
use super::turn::Turns;
use crate::text::script::simplified;
use crate::text::segment::is_chinese;
use crate::transcript::extract::LineKind;
use crate::transcript::problem::{Problem, ProblemKind};

/// The fewest turns that stand right below the turn before, from which an empty line sets a paragraph off.
const CLOSE: usize = 3;

/// Words that somebody says of themselves or to another, in lower case.
const SPEAKING: &str = "i i'm i've i'd i'll me my mine myself we we're we've we'd we'll us our ours let's you you're you've you'd you'll your yours \
 ich mir mich mein meine meinen meiner wir uns unser unsere du dich dein ihnen je j'ai moi mon ma mes nous notre nos vous votre tu \
 yo mi mis me nosotros nuestro nuestra usted ustedes tú please";
/// Characters that only stand in what somebody says. `我` is among them.
const SPOKEN: &str = "我咱俺你您妳吧呢嘛呀哦嗯吗嗎唔啦囉咯嘅喺哋私僕俺";
/// Words with which a paragraph goes on with what was said before, in Simplified and lower case.
const GOES_ON: &str = "第一 第二 第三 第四 首先 其次 再次 另外 还有 最后 所以 因为 但 但是 而且 然后 比如 例如 当然 其实 因此 不过 总之 同时 此外 再说 and but so also \
 yes no well okay ok thanks thank oh ah because then second secondly third finally first another besides however for still plus or yet";
/// Words with which somebody tells of another.
const TELLS: [&str; 14] =
    ["he", "she", "they", "his", "her", "他", "她", "他们", "老人", "记者", "outside", "er", "sie", "il"];

/// What a paragraph between two turns is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Paragraph {
    /// It tells of whoever speaks before it.
    OfSpeaker,
    /// It begins with the name of whoever speaks after it.
    OfNext,
    /// It tells of somebody.
    Tells,
    /// Nobody says it of themselves.
    Open,
    Speech,
}

/// Sets the narration of an article apart: lines without a name that stand between empty lines.
pub(super) fn set_apart(lines: &mut [LabelledLine<'_>], turns: &mut Turns) {
    let marked: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].mark.is_some()).collect();
    let names: HashSet<String> = lines.iter().filter_map(|line| line.mark).map(|mark| names::key(mark.name)).collect();
    // Below a name on a line of its own, the first paragraph is what its bearer says.
    let below = marked.iter().filter(|at| lines[**at].mark.is_some_and(|mark| mark.rest.is_empty())).count();
    if marked.len() < CLOSE + 1 || names.len() < 2 || below > 0 || lines.iter().any(|line| line.change) {
        return;
    }
    // Turns without an empty line between them.
    let close = marked.windows(2).filter(|pair| pair[1] == pair[0] + 1 && !lines[pair[1]].apart).count();
    let spaced = marked.windows(2).filter(|pair| pair[1] == pair[0] + 1 && lines[pair[1]].apart).count();
    let tight = close >= CLOSE && spaced == 0;
    let loose: Vec<(usize, Paragraph)> = marked
        .iter()
        .zip(marked.iter().skip(1).copied().map(Some).chain([None]))
        .flat_map(|(from, to)| between(lines, *from, to))
        .collect();
    let narrated = loose.iter().any(|(_, kind)| *kind == Paragraph::OfSpeaker);
    for (at, kind) in loose {
        let told = match kind {
            Paragraph::OfSpeaker => true,
            // `Kim Hale has the next question.` is what a host says.
            Paragraph::OfNext | Paragraph::Tells => tight,
            Paragraph::Open => tight && narrated,
            Paragraph::Speech => continue,
        };
        if told {
            lines[at].hint.kind = LineKind::Aside;
            turns.problems.push(Problem::new(lines[at].number, ProblemKind::Narration));
        } else if tight || narrated {
            turns.problems.push(Problem::new(lines[at].number, ProblemKind::Nameless));
        }
    }
}

/// The paragraphs without a name between the turn at `from` and the next one, each set off by empty lines.
fn between(lines: &[LabelledLine<'_>], from: usize, to: Option<usize>) -> Vec<(usize, Paragraph)> {
    let end = to.unwrap_or(lines.len());
    let name = |at: usize| lines[at].mark.map(|mark| mark.name).unwrap_or_default();
    let people = [name(from), to.map(name).unwrap_or_default()];
    let set_off = |at: usize| lines[at].apart && lines.get(at + 1).is_none_or(|next| next.apart);
    let plain =
        |at: usize| lines[at].hint.kind == LineKind::Plain && !lines[at].words.starts_with(['#', '>', '*', '-', '|']);
    (from + 1..end).filter(|at| set_off(*at) && plain(*at)).map(|at| (at, judge(lines[at].words, people))).collect()
}

fn judge(words: &str, people: [&str; 2]) -> Paragraph {
    let own = outside_quotations(words);
    let folded = simplified(&own).to_lowercase();
    let all: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).collect();
    let is_in = |list: &str, word: &str| list.split_whitespace().any(|listed| listed == word);
    let [before, after] = people;
    // `何秀兰带我们走到院子里。`: the author is among us.
    let begins = |name: &str| begins_with(&own, &folded, name);
    let folded_own = if begins(before) { folded.replace("我们", "") } else { folded.clone() };
    let spoken =
        folded_own.replace('’', "'").contains(|c| SPOKEN.contains(c)) || all.iter().any(|word| is_in(SPEAKING, word));
    let first = all.first().copied().unwrap_or_default();
    let goes_on = GOES_ON
        .split_whitespace()
        .any(|word| if word.chars().any(is_chinese) { folded.trim_start().starts_with(word) } else { first == word });
    if spoken || goes_on || !ends_sentence(words) || quotation::asks(words) {
        return Paragraph::Speech;
    }
    if is_about(&own, &folded, before) {
        return Paragraph::OfSpeaker;
    }
    if begins(after) {
        return Paragraph::OfNext;
    }
    let tells = |word: &str| if word.chars().any(is_chinese) { folded.contains(word) } else { first == word };
    if TELLS.iter().any(|word| tells(word)) { Paragraph::Tells } else { Paragraph::Open }
}

/// Whether words tell of a person who speaks under `name`.
fn is_about(words: &str, folded: &str, name: &str) -> bool {
    let name = names::clean(name);
    let own = name.split(['(', '（', ',']).next().unwrap_or(name).trim();
    if own.chars().any(is_chinese) {
        return own.chars().count() >= 2 && folded.contains(&simplified(own).to_lowercase());
    }
    let high: HashSet<String> = words
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| word.starts_with(char::is_uppercase))
        .map(str::to_lowercase)
        .collect();
    let role = names::role(name).is_some();
    let mut parts = own.split_whitespace().map(str::to_lowercase).filter(|part| part.chars().count() >= 3);
    !role && parts.any(|part| high.contains(&part))
}

/// Whether words begin with the name of a person who speaks under `name`.
fn begins_with(words: &str, folded: &str, name: &str) -> bool {
    let first: String = words.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
    let own = simplified(names::clean(name)).to_lowercase();
    if own.chars().any(is_chinese) {
        return own.chars().count() >= 2 && folded.trim_start().starts_with(&own);
    }
    is_about(&first, &first.to_lowercase(), name)
}

/// Words without those inside quotation marks.
fn outside_quotations(words: &str) -> String {
    let mut depth = 0usize;
    let mut straight = false;
    words
        .chars()
        .filter(|c| match c {
            '“' | '「' | '『' | '«' => {
                depth += 1;
                false
            }
            '”' | '」' | '』' | '»' => {
                depth = depth.saturating_sub(1);
                false
            }
            '"' => {
                straight = !straight;
                false
            }
            _ => depth == 0 && !straight,
        })
        .collect()
}

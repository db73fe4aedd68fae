//! The steps of the search: what the next received character can mean to a hypothesis, one method for
//! each way in which the damage writes. A missing step loses candidates. A wrong step is caught by the
//! proof.

use super::annotations;
use super::beam_search::{DEPTH, Hypothesis, Link, OPEN_WIDTH, Phase, Search, prune};
use super::damage::{MARK_LEAD, mark_of_pair, second_of_mark};
use super::gbk::{self, Code};
use super::line::ReceivedChar;
use super::lost_bytes::entered;

/// Of the hypotheses with a vanished pair, how many may lose a second at once.
const TWICE_WIDTH: usize = 6;
/// Log-probability that a character never seen annotated is of the table.
const UNSEEN: f32 = -3.0;

impl Search<'_> {
    fn in_table(&self, first: u8, second: u8) -> Option<&str> {
        self.known.table.get(&[first, second]).map(String::as_str)
    }

    /// What follows a pair of the clean stream at unit `at`, where the decoder
    /// is between characters: units taken by its annotation, and the link on.
    fn after_pair(&self, first: u8, second: u8, link: Link, at: usize) -> Option<(usize, Link)> {
        if link == Link::Free {
            return Some((0, Link::Bound));
        }
        let Some(reading) = self.in_table(first, second) else {
            return Some((0, Link::Bound));
        };
        match self.line.annotation(at) {
            Some((found, taken)) if found == reading => Some((taken, Link::Parted)),
            _ if link == Link::Parted => Some((0, Link::Bound)),
            _ => None,
        }
    }

    /// Whether two bytes may stand side by side with nothing done to them.
    fn may_touch(&self, first: u8, second: u8, link: Link) -> bool {
        mark_of_pair(first, second).is_none() && (link != Link::Bound || self.in_table(first, second).is_none())
    }

    pub(super) fn expand(&mut self, at: usize, here: &[Hypothesis]) {
        let mut open = Vec::new();
        for h in here {
            match h.phase {
                Phase::Aligned => self.aligned(at, h),
                Phase::Inside => {
                    self.inside(at, h);
                    self.vanish(h, &mut open);
                }
                Phase::Open => {}
            }
        }
        let best = here.iter().map(Hypothesis::score).fold(f32::NEG_INFINITY, f32::max);
        open.retain(|h| h.score() > best - DEPTH);
        prune(&mut open, OPEN_WIDTH);
        let mut twice = Vec::new();
        for h in open.iter().take(TWICE_WIDTH) {
            for &second in gbk::unmapped(h.last) {
                self.vanish(&entered(h, second), &mut twice);
            }
        }
        twice.retain(|h| h.score() > best - DEPTH);
        prune(&mut twice, OPEN_WIDTH);
        for h in open.iter().chain(&twice) {
            self.opened(at, h);
        }
    }

    /// The received character is the clean one; a `?` may be more.
    pub(super) fn aligned(&mut self, at: usize, h: &Hypothesis) {
        let unit = self.line.units[at];
        match unit.code {
            Some(Code::Pair(lead, trail)) => {
                if self.may_touch(h.last, lead, h.link)
                    && let Some((taken, link)) = self.after_pair(lead, trail, Link::Bound, at + 1)
                {
                    let said = self.say(h, unit.c);
                    self.file(at + 1 + taken, Hypothesis { last: trail, link, ..said }, false);
                }
            }
            Some(Code::Ascii(byte)) => {
                if let Some((taken, _)) = self.after_pair(h.last, byte, h.link, at + 1) {
                    let said = self.say(h, unit.c);
                    self.file(at + 1 + taken, Hypothesis { last: 0, link: Link::Free, ..said }, false);
                }
                if byte == b'?' && self.may_open {
                    self.parted(at, h);
                    self.mark_across(at, h);
                }
            }
            None => {}
        }
    }

    /// `?nèi)`: an insertion between the two bytes of a character.
    fn parted(&mut self, at: usize, h: &Hypothesis) {
        let Some((reading, taken)) = self.line.closing(at + 1) else {
            return;
        };
        if h.link == Link::Free {
            return;
        }
        for (c, trail) in annotations::spelled(h.last, &reading) {
            if gbk::is_lead(trail)
                && let Some(h) = self.admit(h, c, [h.last, trail], &reading)
            {
                let h = Hypothesis { phase: Phase::Inside, last: trail, link: Link::Parted, ..h };
                self.file(at + 1 + taken, h, false);
            }
        }
    }

    /// The hypothesis, if the character is or may be of the table.
    pub(super) fn admit(&mut self, h: &Hypothesis, c: char, pair: [u8; 2], reading: &str) -> Option<Hypothesis> {
        match self.known.table.get(&pair) {
            Some(known) => (known == reading).then_some(*h),
            None if self.known.bare[usize::from(u16::from_be_bytes(pair))] => None,
            None => {
                self.unseen.push((c, reading.to_owned(), h.unseen));
                Some(Hypothesis { unseen: self.unseen.len() - 1, unseen_log: h.unseen_log + UNSEEN, ..*h })
            }
        }
    }

    /// `?;`: the pair of a mark lies across two characters, and the lead of the first is lost.
    fn mark_across(&mut self, at: usize, h: &Hypothesis) {
        let Some(ReceivedChar { code: Some(Code::Ascii(mark)), .. }) = self.line.units.get(at + 1).copied() else {
            return;
        };
        let Some(second) = second_of_mark(mark).filter(|_| mark != b'(') else {
            return;
        };
        for lead in gbk::LEADS {
            if self.may_touch(h.last, lead, h.link)
                && let Some(c) = gbk::decode(lead, MARK_LEAD)
            {
                let said = self.say(h, c);
                let inside = Hypothesis { phase: Phase::Inside, last: second, link: Link::Free, ..said };
                self.file(at + 2, inside, false);
            }
        }
    }

    /// The clean character made of the pending byte and `trail`, if nothing
    /// would have been done to it.
    pub(super) fn bare_char(&self, h: &Hypothesis, trail: u8) -> Option<char> {
        self.may_touch(h.last, trail, h.link).then(|| gbk::decode(h.last, trail)).flatten()
    }

    /// The decoder waits for a lead byte; the clean text for the trail of `h.last`.
    pub(super) fn inside(&mut self, at: usize, h: &Hypothesis) {
        match self.line.units[at].code {
            Some(Code::Pair(trail, next)) => self.read_pair(at, h, trail, next),
            Some(Code::Ascii(byte)) => {
                if byte >= 0x40
                    && let Some(c) = gbk::decode(h.last, byte)
                    && let Some((taken, link)) = self.after_pair(h.last, byte, h.link, at + 1)
                {
                    let said = self.say(h, c);
                    let h = Hypothesis { phase: Phase::Aligned, last: byte, link, ..said };
                    self.file(at + 1 + taken, h, true);
                }
                if let Some(second) = second_of_mark(byte)
                    && let Some(c) = gbk::decode(h.last, MARK_LEAD)
                {
                    let said = self.say(h, c);
                    self.file(at + 1, Hypothesis { last: second, link: Link::Free, ..said }, false);
                }
                if byte == b'?' {
                    self.lost_trail(at, h);
                }
            }
            None => {}
        }
    }

    fn read_pair(&mut self, at: usize, h: &Hypothesis, trail: u8, next: u8) {
        let Some(c) = self.bare_char(h, trail) else {
            return;
        };
        if mark_of_pair(trail, next).is_some() {
            return;
        }
        let said = self.say(h, c);
        if let Some((taken, link)) = self.after_pair(trail, next, Link::Bound, at + 1) {
            self.read_on(at + 1 + taken, &said, next, link);
        }
        // An annotation after a character that only misalignment made.
        if self.in_table(trail, next).is_none()
            && let Some((reading, taken)) = self.line.annotation(at + 1)
            && let Some(made) = self.line.char(at).filter(|&made| annotations::reads(made, &reading))
            && let Some(said) = self.admit(&said, made, [trail, next], &reading)
        {
            self.read_on(at + 1 + taken, &said, next, Link::Parted);
        }
    }

    /// `next` was read as a trail byte. It opens a clean character, or is one.
    fn read_on(&mut self, at: usize, h: &Hypothesis, next: u8, link: Link) {
        if gbk::is_lead(next) {
            self.file(at, Hypothesis { phase: Phase::Inside, last: next, link, ..*h }, false);
        } else if next.is_ascii() {
            let said = self.say(h, char::from(next));
            let h = Hypothesis { phase: Phase::Aligned, last: 0, link: Link::Free, ..said };
            self.file(at, h, true);
        }
    }
}

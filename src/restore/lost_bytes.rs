//! The steps of the search over bytes that left no trace: a trail byte lost to
//! a `?`, and pairs that vanished because they map to no character.

use super::annotations;
use super::beam_search::{Hypothesis, Link, Phase, Search};
use super::damage::MARK_LEAD;
use super::gbk;

/// Most pairs that may vanish in one damaged span.
const MOST_VANISHED: u8 = 5;

impl Search<'_> {
    /// A `?` where the decoder waited for a lead byte. It was the trail of the clean character, and the
    /// byte after it cannot be a trail.
    pub(super) fn lost_trail(&mut self, at: usize, h: &Hypothesis) {
        if h.link != Link::Free
            && let Some((reading, taken)) = self.line.closing(at + 1)
        {
            for (c, trail) in annotations::spelled(h.last, &reading) {
                if gbk::is_lead(trail)
                    && let Some(h) = self.admit(h, c, [h.last, trail], &reading)
                {
                    let said = self.say(&h, c);
                    let h = Hypothesis { phase: Phase::Aligned, last: trail, link: Link::Parted, ..said };
                    self.file(at + 1 + taken, h, true);
                }
            }
        }
        let (re_aligns, swallowed) = self.after_lost(at);
        if !re_aligns && !swallowed {
            return;
        }
        for trail in gbk::LEADS {
            if let Some(c) = self.bare_char(h, trail) {
                self.lose(at, h, c, trail, re_aligns, swallowed);
            }
        }
    }

    fn after_lost(&self, at: usize) -> (bool, bool) {
        let re_aligns = self.line.char(at + 1).is_none_or(|c| (c < '@' && c != '(') || c == '\u{7F}');
        let ahead = self.line.units[at + 1..].iter().map(|unit| unit.c);
        let swallowed = ahead.take(40).find(|&c| c == ')' || c == '(') == Some(')');
        (re_aligns, swallowed)
    }

    fn lose(&mut self, at: usize, h: &Hypothesis, c: char, trail: u8, re_aligns: bool, swallowed: bool) {
        let said = self.say(h, c);
        if re_aligns {
            let h = Hypothesis { phase: Phase::Aligned, last: trail, link: Link::Bound, ..said };
            self.file(at + 1, h, true);
        }
        if swallowed {
            let said = self.say(&said, '(');
            let h = Hypothesis { phase: Phase::Aligned, last: 0, link: Link::Free, ..said };
            self.file(at + 1, h, true);
        }
    }

    /// The pending character's trail began a pair that maps to nothing.
    pub(super) fn vanish(&mut self, h: &Hypothesis, open: &mut Vec<Hypothesis>) {
        if h.vanished >= MOST_VANISHED {
            return;
        }
        for trail in gbk::LEADS {
            if !gbk::unmapped(trail).is_empty()
                && let Some(c) = self.bare_char(h, trail)
            {
                let said = self.say(h, c);
                let vanished = h.vanished + 1;
                open.push(Hypothesis { phase: Phase::Open, last: trail, link: Link::Bound, vanished, ..said });
            }
        }
    }

    /// The step after a vanished pair: any byte that makes such a pair with the last byte.
    pub(super) fn opened(&mut self, at: usize, h: &Hypothesis) {
        let seconds = gbk::unmapped(h.last);
        let lost = self.line.char(at) == Some('?');
        for &second in seconds {
            if second.is_ascii() {
                let said = self.say(h, char::from(second));
                let h = Hypothesis { phase: Phase::Aligned, last: 0, link: Link::Free, ..said };
                self.aligned(at, &Hypothesis { since: at, since_node: h.node, ..h });
            } else if gbk::is_lead(second) && !lost {
                self.inside(at, &entered(h, second));
            }
        }
        if lost {
            let (re_aligns, swallowed) = self.after_lost(at);
            for guess in 0..self.known.ranker.common().len() {
                let guess = self.known.ranker.common()[guess];
                let h = entered(h, guess.lead);
                if seconds.contains(&guess.lead)
                    && self.bare_char(&h, guess.trail).is_some()
                    && (re_aligns || swallowed)
                {
                    self.lose(at, &h, guess.c, guess.trail, re_aligns, swallowed);
                }
            }
            for &second in seconds.iter().filter(|second| gbk::is_lead(**second)) {
                let h = entered(h, second);
                if let Some(c) = gbk::decode(second, MARK_LEAD) {
                    let said = self.say(&h, c);
                    self.file(at + 1, Hypothesis { last: 0xBF, link: Link::Free, ..said }, false);
                }
                if let Some((reading, taken)) = self.line.closing(at + 1) {
                    for (c, trail) in annotations::spelled(second, &reading) {
                        if gbk::is_lead(trail)
                            && let Some(h) = self.admit(&h, c, [second, trail], &reading)
                        {
                            let said = self.say(&h, c);
                            let h = Hypothesis { phase: Phase::Aligned, last: trail, link: Link::Parted, ..said };
                            self.file(at + 1 + taken, h, true);
                        }
                    }
                }
            }
        }
    }
}

/// The state after a vanished pair. Its second byte is pending.
pub(super) fn entered(h: &Hypothesis, second: u8) -> Hypothesis {
    Hypothesis { phase: Phase::Inside, last: second, link: Link::Bound, ..*h }
}

//! Praat's `TextGrid`, long and short: one tier is one speaker, with timed intervals.

use crate::error::ReadError;
use crate::transcript::extract::{Extract, LineKind, SourceTurn, TimedWord};
use crate::transcript::formats::trees::tiers::{Interval, is_about, say_in_order};
use crate::transcript::limits::ReadLimits;
use crate::transcript::timestamps::Moment;

/// Whether a text is a `TextGrid`.
pub(crate) fn is_textgrid(text: &str) -> bool {
    let head: String = text.trim_start_matches('\u{feff}').chars().take(200).collect();
    head.contains("ooTextFile") && head.contains("TextGrid")
}

/// The values of the file. Everything else is for people.
enum Token {
    Text(String),
    Number(f64),
}

/// Marks of silence, as aligners write them.
const SILENCE: [&str; 7] = ["sil", "sp", "spn", "<sil>", "<p:>", "<unk>", "_"];

struct Tier {
    name: String,
    /// Whether it has intervals rather than points.
    spans: bool,
    /// From, to, text.
    parts: Vec<(f64, f64, String)>,
}

pub(crate) fn read(text: &str, limits: ReadLimits) -> Result<Extract, ReadError> {
    let mut extract = Extract::new(limits);
    let tiers = tiers(tokens(text));
    let moment = |seconds: f64| Moment::of_seconds(seconds);
    let silent = |text: &str| text.trim().is_empty() || SILENCE.contains(&text.trim());
    let (mut said, mut words, mut about) = (Vec::new(), Vec::new(), Vec::new());
    let by_word = |tier: &Tier| tier.name.to_lowercase().trim_end().ends_with("words");
    let sounds = |tier: &Tier| tier.name.to_lowercase().contains("phone");
    let alone = !tiers.iter().any(|tier| tier.spans && !is_about(&tier.name) && !by_word(tier) && !sounds(tier));
    for tier in tiers {
        let single = by_word(&tier);
        let unsaid = !tier.spans || is_about(&tier.name) || single && !alone || sounds(&tier);
        let speaker = if single {
            tier.name[..tier.name.trim_end().len() - 5].trim_end_matches([' ', '-', '_'])
        } else {
            &tier.name
        };
        for (from, to, text) in tier.parts.iter().filter(|(_, _, text)| !silent(text)) {
            if unsaid {
                about.push(text.clone());
            } else if single {
                words.push((speaker.to_owned(), *from, *to, text.trim().to_owned()));
            } else {
                said.push(Interval {
                    speaker: speaker.to_owned(),
                    words: text.clone(),
                    from: moment(*from),
                    to: moment(*to),
                });
            }
        }
    }
    say_in_order(&mut extract, said)?;
    words.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut turns: Vec<SourceTurn> = Vec::new();
    for (speaker, from, to, text) in words {
        let (Some(from), to) = (moment(from), moment(to)) else { continue };
        let word = TimedWord { text, from, to };
        match turns.last_mut().filter(|said| said.speaker.as_ref() == Some(&speaker)) {
            Some(said) => {
                said.words.push(' ');
                said.words.push_str(&word.text);
                said.timed.push(word);
            }
            None => turns.push(SourceTurn {
                speaker: Some(speaker),
                changes: false,
                words: word.text.clone(),
                from: Some(from),
                to,
                timed: vec![word],
            }),
        }
    }
    turns.iter().try_for_each(|said| extract.say(said))?;
    about.iter().try_for_each(|text| extract.push(LineKind::Aside, text, None))?;
    Ok(extract)
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = text.trim_start_matches('\u{feff}').chars().peekable();
    let mut free = true;
    while let Some(c) = chars.next() {
        if c == '"' {
            let mut inside = String::new();
            while let Some(c) = chars.next() {
                // A quotation mark in the words is doubled.
                if c == '"' && chars.next_if_eq(&'"').is_none() {
                    break;
                }
                inside.push(c);
            }
            tokens.push(Token::Text(inside));
        } else if c == '!' && free {
            while chars.next_if(|c| *c != '\n').is_some() {}
        } else if free && (c.is_ascii_digit() || c == '-') {
            let mut number = c.to_string();
            while let Some(c) = chars.next_if(|c| c.is_ascii_digit() || ".eE+-".contains(*c)) {
                number.push(c);
            }
            if chars.peek().is_none_or(|c| c.is_whitespace())
                && let Ok(number) = number.parse()
            {
                tokens.push(Token::Number(number));
            }
        }
        free = c.is_whitespace();
    }
    tokens
}

fn tiers(tokens: Vec<Token>) -> Vec<Tier> {
    let mut tiers = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let Token::Text(class) = token else { continue };
        let spans = match class.as_str() {
            "IntervalTier" => true,
            "TextTier" => false,
            _ => continue,
        };
        let name = match tokens.next() {
            Some(Token::Text(name)) => name,
            _ => String::new(),
        };
        let mut numbers: Vec<f64> = Vec::new();
        let mut tier = Tier { name, spans, parts: Vec::new() };
        // Start, end and count of the tier precede its first part.
        let mut head = 3;
        while let Some(token) =
            tokens.next_if(|token| !matches!(token, Token::Text(text) if text == "IntervalTier" || text == "TextTier"))
        {
            match token {
                Token::Number(_) if head > 0 => head -= 1,
                Token::Number(number) => numbers.push(number),
                Token::Text(text) => {
                    let from = numbers.first().copied().unwrap_or(0.0);
                    let to = numbers.get(1).copied().unwrap_or(from);
                    numbers.clear();
                    tier.parts.push((from, to, text));
                }
            }
        }
        tiers.push(tier);
    }
    tiers
}

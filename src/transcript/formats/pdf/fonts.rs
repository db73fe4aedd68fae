//! The meaning and width of the bytes that a page draws: by the font's own table, or else by the name
//! of its encoding. It knows no page.

use std::collections::{BTreeMap, HashMap};

use encoding_rs::{BIG5, GB18030, UTF_16BE};
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId};

use super::objects::{ByName, dictionary, number};

/// The most bytes that a table of characters may unpack to.
const MOST_TABLE: usize = 4 << 20;
/// The most widths kept for a font.
const MOST_WIDTHS: usize = 1 << 16;

/// The number of letters with a meaning.
#[derive(Debug, Default)]
pub(super) struct DecodedCount {
    pub(super) told: usize,
    pub(super) untold: usize,
}

/// The fonts of a document.
pub(super) struct Fonts<'a> {
    document: &'a Document,
    by_id: HashMap<ObjectId, Font<'a>>,
    pub(super) told: DecodedCount,
}

/// A font's own dictionary, reduced to its table of characters.
pub(super) fn prepare(document: &Document) -> HashMap<ObjectId, Dictionary> {
    let fonts = document.objects.iter().filter_map(|(id, object)| Some((*id, object.as_dict().ok()?)));
    fonts
        .filter_map(|(id, font)| {
            let table = font.get(b"ToUnicode").ok()?;
            document.dereference(table).ok()?.1.as_stream().ok()?;
            let mut alone = Dictionary::new();
            alone.set("Type", Object::Name(b"Font".to_vec()));
            alone.set("ToUnicode", table.clone());
            Some((id, alone))
        })
        .collect()
}

impl<'a> Fonts<'a> {
    /// All fonts that are separate objects.
    pub(super) fn of(document: &'a Document, prepared: &'a HashMap<ObjectId, Dictionary>, most: usize) -> Self {
        let mut by_id = HashMap::new();
        for (id, object) in &document.objects {
            let Some(font) = object.as_dict().ok().filter(|font| font.has_type(b"Font")) else { continue };
            by_id.insert(*id, Font::of(document, font, prepared.get(id), most.min(MOST_TABLE)));
        }
        Self { document, by_id, told: DecodedCount::default() }
    }

    /// The fonts that these resources name.
    pub(super) fn named(&self, resources: &Dictionary) -> ByName<ObjectId> {
        let fonts = resources.get(b"Font").ok().and_then(|fonts| dictionary(self.document, fonts));
        let Some(fonts) = fonts else { return BTreeMap::new() };
        fonts.iter().filter_map(|(name, font)| Some((name.clone(), font.as_reference().ok()?))).collect()
    }

    /// The text of `bytes` in a font, and its width in thousandths of the font's size.
    pub(super) fn decode(&mut self, font: Option<ObjectId>, bytes: &[u8]) -> (String, f64, usize) {
        let Some(font) = font.and_then(|id| self.by_id.get(&id)) else {
            self.told.untold += bytes.len();
            return (String::new(), 500.0 * bytes.len() as f64, bytes.len());
        };
        let words = font.words(bytes);
        let untold = words.chars().filter(|c| *c == '\u{fffd}').count();
        self.told.untold += untold;
        self.told.told += words.chars().count() - untold;
        let (width, codes) = font.width(bytes);
        (words, width, codes)
    }
}

/// How the bytes of a font are cut into codes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Codes {
    One,
    Two,
    /// One byte for codes below 0x80, otherwise two.
    Mixed,
}

struct Font<'a> {
    /// Its own table of characters, which takes precedence.
    table: Option<Encoding<'a>>,
    named: Option<Named>,
    simple: Option<Encoding<'a>>,
    codes: Codes,
    widths: HashMap<u32, f64>,
    usual: f64,
}

/// The encoding of Chinese by its name.
#[derive(Clone, Copy)]
enum Named {
    Utf16,
    Gb,
    Big5,
}

impl<'a> Font<'a> {
    fn of(document: &'a Document, font: &'a Dictionary, alone: Option<&'a Dictionary>, most: usize) -> Self {
        let composite = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Type0");
        let read = |font: &'a Dictionary| font.get_font_encoding_with_limit(document, most).ok();
        let table = alone.and_then(read).filter(|table| matches!(table, Encoding::UnicodeMapEncoding(_)));
        let name = font.get_deref(b"Encoding", document).and_then(Object::as_name).unwrap_or_default();
        let (named, codes) = if composite { by_name(name) } else { (None, Codes::One) };
        let simple = if composite { None } else { read(font) };
        let (widths, usual) = if composite { of_descendant(document, font) } else { simple_widths(document, font) };
        Self { table, named, simple, codes, widths, usual }
    }

    fn words(&self, bytes: &[u8]) -> String {
        let by = |encoding: &Encoding<'_>| encoding.bytes_to_string(bytes).ok();
        let told = self.table.as_ref().and_then(by);
        match told {
            Some(words) if !words.contains('\u{fffd}') => words.replace('\0', ""),
            // The encoding may supply what a table omits.
            Some(words) => self.otherwise(bytes).filter(|other| !other.contains('\u{fffd}')).unwrap_or(words),
            None => self.otherwise(bytes).unwrap_or_else(|| "\u{fffd}".repeat(self.cut(bytes).count())),
        }
    }

    fn otherwise(&self, bytes: &[u8]) -> Option<String> {
        let decode =
            |encoding: &'static encoding_rs::Encoding| encoding.decode_without_bom_handling(bytes).0.into_owned();
        match (self.named, &self.simple) {
            (Some(Named::Utf16), _) => Some(decode(UTF_16BE)),
            (Some(Named::Gb), _) => Some(decode(GB18030)),
            (Some(Named::Big5), _) => Some(decode(BIG5)),
            (None, Some(simple)) => simple.bytes_to_string(bytes).ok().map(|words| words.replace('\0', "")),
            (None, None) => None,
        }
    }

    fn width(&self, bytes: &[u8]) -> (f64, usize) {
        self.cut(bytes).fold((0.0, 0), |(sum, codes), code| {
            (sum + self.widths.get(&code).copied().unwrap_or(self.usual), codes + 1)
        })
    }

    fn cut<'b>(&self, bytes: &'b [u8]) -> impl Iterator<Item = u32> + use<'b> {
        let codes = self.codes;
        let mut at = 0;
        std::iter::from_fn(move || {
            let first = *bytes.get(at)?;
            let two = codes == Codes::Two || codes == Codes::Mixed && first >= 0x80;
            let second = bytes.get(at + 1).copied().filter(|_| two);
            at += 1 + usize::from(second.is_some());
            Some(second.map_or(u32::from(first), |second| u32::from(first) << 8 | u32::from(second)))
        })
    }
}

fn by_name(name: &[u8]) -> (Option<Named>, Codes) {
    let name = String::from_utf8_lossy(name);
    if name.contains("UCS2") || name.contains("UTF16") {
        (Some(Named::Utf16), Codes::Two)
    } else if name.starts_with("GB") {
        (Some(Named::Gb), Codes::Mixed)
    } else if ["B5", "ETen", "ETenms", "HKscs", "CNS"].iter().any(|start| name.starts_with(start)) {
        (Some(Named::Big5), Codes::Mixed)
    } else {
        (None, Codes::Two)
    }
}

/// The widths of a font of at most 256 letters: `/FirstChar 32 /Widths [278 …]`.
fn simple_widths(document: &Document, font: &Dictionary) -> (HashMap<u32, f64>, f64) {
    let first = font.get_deref(b"FirstChar", document).ok().and_then(number).unwrap_or(0.0) as u32;
    let widths = font.get_deref(b"Widths", document).and_then(Object::as_array);
    let widths: HashMap<u32, f64> = widths
        .map(|widths| {
            let all = widths.iter().take(256).enumerate();
            all.filter_map(|(at, width)| {
                let (_, width) = document.dereference(width).ok()?;
                Some((first.saturating_add(at as u32), number(width)?))
            })
            .collect()
        })
        .unwrap_or_default();
    // The letters of a Type 3 font are drawn to a scale of its own.
    let scale = font.get_deref(b"FontMatrix", document).and_then(Object::as_array).ok();
    let scale = scale.and_then(|matrix| number(matrix.first()?)).map_or(1.0, |scale| scale * 1000.0);
    (widths.into_iter().map(|(code, width)| (code, width * scale)).collect(), 500.0)
}

/// The widths of a font of many letters: `/DW 1000 /W [1 [500 600] 30 60 250]`.
fn of_descendant(document: &Document, font: &Dictionary) -> (HashMap<u32, f64>, f64) {
    let mut widths = HashMap::new();
    let own = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok();
    let own = own.and_then(|fonts| dictionary(document, fonts.first()?));
    let Some(own) = own else { return (widths, 1000.0) };
    let usual = own.get_deref(b"DW", document).ok().and_then(number).unwrap_or(1000.0);
    let Ok(list) = own.get_deref(b"W", document).and_then(Object::as_array) else { return (widths, usual) };
    let whole =
        |object: Option<&Object>| object.and_then(number).filter(|n| (0.0..65536.0).contains(n)).map(|n| n as u32);
    let mut at = 0;
    while let Some(first) = whole(list.get(at)) {
        let second = list.get(at + 1).and_then(|object| document.dereference(object).ok()).map(|(_, object)| object);
        if let Some(Ok(each)) = second.map(Object::as_array) {
            widths.extend((first..).zip(each.iter().filter_map(number)));
            at += 2;
        } else if let (Some(last), Some(width)) = (whole(second), list.get(at + 2).and_then(number)) {
            widths.extend((first..=last).map(|code| (code, width)));
            at += 3;
        } else {
            break;
        }
        if widths.len() > MOST_WIDTHS {
            break;
        }
    }
    (widths, usual)
}

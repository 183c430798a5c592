//! Bytes → text, whatever they are encoded in.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a document its own word about its encoding is looked for.
const DECLARED_WITHIN: usize = 4096;

/// Decodes a document. In this order: byte order mark, UTF-16 and UTF-32 without one, the charset of
/// the HTTP header, an XML declaration or `<meta>`, UTF-8 when the bytes are that, a guess.
///
/// Never fails: what cannot be decoded becomes U+FFFD.
#[must_use]
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> String {
    let text = to_text(bytes, content_type);
    // Signs of windows-1252 that went through a conversion as if they were Latin-1.
    let is_stray = |c: char| matches!(c, '\u{80}'..='\u{9f}') && c != '\u{85}';
    if text.chars().any(is_stray) {
        return text.chars().map(|c| if is_stray(c) { windows(c) } else { c }).collect();
    }
    text
}

fn windows(c: char) -> char {
    let byte = u8::try_from(u32::from(c)).unwrap_or(b'?');
    encoding_rs::WINDOWS_1252
        .decode_without_bom_handling(&[byte])
        .0
        .chars()
        .next()
        .unwrap_or(c)
}

fn to_text(bytes: &[u8], content_type: Option<&str>) -> String {
    if let Some(text) = utf32(bytes) {
        return text;
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned();
    }
    if let Some(encoding) = utf16(bytes) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    let valid = std::str::from_utf8(bytes).ok();
    let header = content_type
        .and_then(charset_of_header)
        .and_then(|label| encoding(&label));
    let declared = header.or_else(|| declared(bytes));
    match (valid, declared) {
        // Text that is UTF-8 beyond ASCII is nothing else, whatever a header from a template says.
        (Some(text), Some(encoding)) if encoding == UTF_8 || !text.is_ascii() && !escapes(encoding) => text.to_owned(),
        (_, Some(encoding)) if encoding != UTF_8 => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        (Some(text), _) => text.to_owned(),
        (None, _) => lossy_or_guess(bytes),
    }
}

/// Encodings that write everything in ASCII bytes.
fn escapes(encoding: &'static Encoding) -> bool {
    encoding == encoding_rs::ISO_2022_JP
}

/// A few broken bytes in UTF-8 stay UTF-8; anything else is guessed.
fn lossy_or_guess(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let broken = text.matches('\u{fffd}').count();
    let whole = text.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
    if whole > broken * 4 {
        return text.into_owned();
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn utf32(bytes: &[u8]) -> Option<String> {
    let (big, skip) = match bytes {
        [0, 0, 0xfe, 0xff, ..] => (true, 4),
        [0xff, 0xfe, 0, 0, ..] => (false, 4),
        [0, 0, 0, b'<', ..] => (true, 0),
        [b'<', 0, 0, 0, ..] => (false, 0),
        _ => return None,
    };
    let word = |four: &[u8]| {
        let four = [four[0], four[1], four[2], four[3]];
        let code = if big {
            u32::from_be_bytes(four)
        } else {
            u32::from_le_bytes(four)
        };
        char::from_u32(code).unwrap_or('\u{fffd}')
    };
    Some(bytes[skip..].chunks_exact(4).map(word).collect())
}

fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0, b'<', 0, ..] => Some(UTF_16BE),
        [b'<', 0, _, 0, ..] => Some(UTF_16LE),
        _ => None,
    }
}

fn charset_of_header(content_type: &str) -> Option<String> {
    let lower = content_type.to_ascii_lowercase();
    let (_, label) = lower.split_once("charset=")?;
    let label = label.trim_matches(['"', '\'', ' ']);
    let end = label.find([';', ' ', '"', '\'', ',']).unwrap_or(label.len());
    Some(label[..end].to_owned())
}

fn encoding(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.as_bytes()).or_else(|| Encoding::for_label(label.replace('_', "-").as_bytes()))
}

/// The encoding that a document names itself: `<?xml encoding="…"?>`, `<meta charset=…>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARED_WITHIN)];
    let head: String = head
        .iter()
        .map(|&b| {
            if b.is_ascii() {
                char::from(b).to_ascii_lowercase()
            } else {
                '?'
            }
        })
        .collect();
    let xml = head
        .trim_start()
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"))
        .map(|(declaration, _)| declaration);
    let label = match xml.and_then(|declaration| declaration.split_once("encoding")) {
        Some((_, rest)) => rest.trim_start_matches([' ', '=', '"', '\'', '\t']),
        None => {
            let (at, _) = head.match_indices("charset").find(|(at, _)| {
                head[..*at]
                    .rfind("<meta")
                    .is_some_and(|meta| !head[meta..*at].contains('>'))
            })?;
            head[at + 7..].trim_start_matches([' ', '=', '"', '\''])
        }
    };
    let end = label
        .find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.+".contains(c)))
        .unwrap_or(label.len());
    let encoding = encoding(&label[..end])?;
    // A document whose declaration can be read as ASCII is not UTF-16, whatever it says.
    Some(if encoding == UTF_16BE || encoding == UTF_16LE {
        UTF_8
    } else {
        encoding
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_saying_it() {
        let korean = "<p>대사</p>";
        let (euc, _, _) = encoding_rs::EUC_KR.encode(korean);
        let utf16: Vec<u8> = korean.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let utf32: Vec<u8> = korean.chars().flat_map(|c| (c as u32).to_le_bytes()).collect();
        assert_eq!(decode(korean.as_bytes(), None), korean);
        assert_eq!(decode(korean.as_bytes(), Some("text/html; charset=iso-8859-1")), korean);
        assert_eq!(decode(&euc, Some("text/html; charset=\"EUC-KR\"")), korean);
        assert_eq!(decode(&utf16, None), korean);
        assert_eq!(decode(&utf32, None), korean);
        assert_eq!(decode(b"\xef\xbb\xbf<p>", Some("text/html; charset=euc-kr")), "<p>");
        let page = [b"<meta charset=euc-kr>".as_slice(), &euc].concat();
        assert!(decode(&page, None).contains("대사"));
        let feed = [b"<?xml version='1.0' encoding='euc-kr'?>".as_slice(), &euc].concat();
        assert!(decode(&feed, None).contains("대사"));
        assert_eq!(decode(b"it\x92s", Some("text/html; charset=windows-1252")), "it’s");
        assert_eq!(
            decode(b"<?xml version='1.0' encoding='utf-16'?>\xeb\x8c\x80", None)
                .chars()
                .last(),
            Some('대')
        );
    }

    #[test]
    fn without_a_word_it_is_guessed() {
        let text = "그는 오늘 방송에서 새로운 드라마에 대해 이야기했다. 많은 사람들이 기다리고 있다.";
        let (bytes, _, _) = encoding_rs::EUC_KR.encode(text);
        assert_eq!(decode(&bytes, None), text);
        assert_eq!(
            decode(
                "대사 대사 대사 대사"
                    .as_bytes()
                    .split_last()
                    .map_or(&[][..], |(_, head)| head),
                None
            ),
            "대사 대사 대사 대\u{fffd}"
        );
    }
}

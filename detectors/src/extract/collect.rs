//! The collector: takes strings out of a document, each once.

use crate::json::{Doc, Kind, View};
use crate::{ExtractError, Role, Segment};

/// Takes strings out of a document, each once: the first rule that claims a string gives it its role.
pub(super) struct Collector<'d> {
    doc: &'d Doc<'d>,
    claimed: Vec<bool>,
    segments: Vec<Segment>,
    limit: usize,
    full: bool,
}

impl<'d> Collector<'d> {
    pub(super) fn new(doc: &'d Doc<'d>, limit: usize) -> Self {
        Self {
            doc,
            claimed: vec![false; doc.len()],
            segments: Vec::new(),
            limit,
            full: false,
        }
    }

    /// Takes a string, whatever its length; other values are left alone.
    pub(super) fn text(&mut self, view: View<'d>, role: Role) {
        if !view.is(Kind::String) {
            return;
        }
        match self.claimed.get_mut(view.id()) {
            Some(claimed) if !*claimed => *claimed = true,
            _ => return,
        }
        if let Some(text) = view.text().filter(|text| !text.trim().is_empty()) {
            self.push(Segment {
                role,
                pointer: view.pointer(),
                text: text.into_owned(),
                raw: view.raw(),
            });
        }
    }

    /// Takes every string under these keys of an object.
    pub(super) fn texts(&mut self, object: View<'d>, keys: &'static [&'static str], role: Role) {
        for view in object.any(keys) {
            self.text(view, role);
        }
    }

    /// Takes every string in a value, however deep, but for single words such as `"type": "string"`.
    pub(super) fn deep(&mut self, view: View<'d>, role: Role) {
        for inner in view.within() {
            if inner.text().is_some_and(|text| !is_word(&text)) {
                self.text(inner, role);
            }
        }
    }

    /// [`Self::deep`] for every value under these keys of an object.
    pub(super) fn all_deep(&mut self, object: View<'d>, keys: &'static [&'static str], role: Role) {
        for view in object.any(keys) {
            self.deep(view, role);
        }
    }

    /// Takes what no rule has claimed, so that nothing is skipped in silence: strings, and keys that read
    /// like text. Single words and binary data in Base64 are left out.
    pub(super) fn rest(&mut self) {
        let Some(root) = self.doc.root() else { return };
        for view in root.within() {
            if view
                .text()
                .is_some_and(|text| !is_word(&text) && !is_binary(&text))
            {
                self.text(view, Role::Unknown);
            }
            if let Some(key) = view.key().filter(|key| reads_like_text(key)) {
                let (pointer, raw) = (view.pointer(), view.key_raw());
                self.push(Segment {
                    role: Role::Unknown,
                    pointer,
                    text: key.into_owned(),
                    raw,
                });
            }
        }
    }

    /// The segments in the order of the body.
    pub(super) fn finish(mut self) -> Result<Vec<Segment>, ExtractError> {
        if self.full {
            return Err(ExtractError::TooManySegments { limit: self.limit });
        }
        self.segments.sort_by_key(|segment| segment.raw.start);
        Ok(self.segments)
    }

    fn push(&mut self, segment: Segment) {
        if self.segments.len() >= self.limit {
            self.full = true;
        } else {
            self.segments.push(segment);
        }
    }
}

/// The role that a message names. Where the key is repeated with different values nobody knows which one the
/// upstream will believe, so the message is trusted by none.
pub(super) fn role_of(message: View<'_>, default: Role) -> Role {
    let mut role = None;
    for view in message.all("role") {
        let named = view.text().map_or(Role::Unknown, |name| Role::from_name(&name));
        match role {
            None => role = Some(named),
            Some(known) if known == named => {}
            Some(_) => return Role::Unknown,
        }
    }
    role.unwrap_or(default)
}

/// Whether a string is too short or too plain to be anything but a name from a fixed set: `string`,
/// `text/plain`, `call_1`. With four digits and more it may be personal data.
fn is_word(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'/' | b'.');
    text.len() < 6
        || (text.len() < 24 && text.bytes().all(plain) && text.bytes().filter(u8::is_ascii_digit).count() < 4)
}

fn reads_like_text(key: &str) -> bool {
    key.len() >= 12 && (!key.is_ascii() || key.contains(char::is_whitespace) || key.len() >= 64)
}

/// Whether a string is an image, a sound or a file in Base64: long, one piece, and of every kind of letter.
fn is_binary(text: &str) -> bool {
    let data = text
        .strip_prefix("data:")
        .and_then(|rest| rest.split_once(";base64,"))
        .filter(|(media, _)| media.len() < 100)
        .map_or(text, |(_, data)| data);
    if data.len() < 128 {
        return false;
    }
    let (mut upper, mut lower, mut digit, mut mark) = (false, false, false, 0);
    for byte in data.bytes() {
        match byte {
            b'A'..=b'Z' => upper = true,
            b'a'..=b'z' => lower = true,
            b'0'..=b'9' => digit = true,
            b'+' | b'/' | b'=' => {}
            b'-' | b'_' => mark += 1,
            _ => return false,
        }
    }
    // Base64 for URLs has `-` or `_` once in 32 characters; words joined by them have many more.
    upper && lower && digit && mark <= data.len() / 12
}

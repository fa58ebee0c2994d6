//! The parser: iterative, strict (RFC 8259), bounded in depth and number of values.

use super::{Doc, Kind, Node};

/// What parsing may cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) depth: usize,
    pub(crate) nodes: usize,
}

/// Why a text is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Not JSON, from this byte on.
    Syntax { offset: usize, message: &'static str },
    /// One whole value, and then something else.
    Trailing { offset: usize },
    /// Nested deeper than the limit.
    Depth,
    /// More values than the limit.
    Nodes,
}

/// Parses `text`; with `lines`, values that follow one another become the items of one array.
///
/// On a fault what was read so far comes with it.
pub(super) fn run(text: &str, limits: Limits, lines: bool) -> Result<Doc<'_>, (Doc<'_>, Fault)> {
    let mut parser = Parser {
        text,
        bytes: text.as_bytes(),
        at: 0,
        limits,
        lines,
        nodes: Vec::new(),
        open: Vec::new(),
    };
    let outcome = parser.document();
    // Containers that a fault left open end where the text ends.
    let (end, at) = (parser.nodes.len(), parser.at);
    for frame in &parser.open {
        if let Some(node) = parser.nodes.get_mut(frame.node) {
            node.end = end;
            node.raw.end = at;
        }
    }
    let doc = Doc {
        text,
        nodes: parser.nodes,
    };
    match outcome {
        Ok(()) => Ok(doc),
        Err(fault) => Err((doc, fault)),
    }
}

struct Parser<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    limits: Limits,
    lines: bool,
    nodes: Vec<Node>,
    open: Vec<Frame>,
}

/// A container that is not closed yet.
#[derive(Clone, Copy)]
struct Frame {
    node: usize,
    object: bool,
    children: usize,
}

impl Parser<'_> {
    fn document(&mut self) -> Result<(), Fault> {
        if self.lines {
            self.push(Kind::Array, 0, 0..0)?;
            self.open.push(Frame {
                node: 0,
                object: false,
                children: 0,
            });
            loop {
                self.space();
                if self.peek().is_none() {
                    self.close();
                    return Ok(());
                }
                self.value(0..0)?;
                self.containers(1)?;
            }
        }
        self.space();
        self.value(0..0)?;
        self.containers(0)?;
        self.space();
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(Fault::Trailing { offset: self.at }),
        }
    }

    /// Reads on until no more than `floor` containers are open.
    fn containers(&mut self, floor: usize) -> Result<(), Fault> {
        while self.open.len() > floor {
            let Some(frame) = self.open.last().copied() else {
                return Ok(());
            };
            self.space();
            let close = if frame.object { b'}' } else { b']' };
            if frame.children > 0 {
                match self.peek() {
                    Some(b',') => {
                        self.at += 1;
                        self.space();
                    }
                    Some(byte) if byte == close => {
                        self.at += 1;
                        self.close();
                        continue;
                    }
                    _ => return self.fault("expected a comma or the end of the array or object"),
                }
            } else if self.peek() == Some(close) {
                self.at += 1;
                self.close();
                continue;
            }
            let mut key = 0..0;
            if frame.object {
                if self.peek() != Some(b'"') {
                    return self.fault("expected a key in double quotes");
                }
                let start = self.at;
                self.string()?;
                key = start..self.at;
                self.space();
                if self.peek() != Some(b':') {
                    return self.fault("expected a colon after the key");
                }
                self.at += 1;
                self.space();
            }
            self.value(key)?;
        }
        Ok(())
    }

    /// Reads a scalar, or the opening bracket of a container.
    fn value(&mut self, key: std::ops::Range<usize>) -> Result<(), Fault> {
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b'"') => Kind::String,
            Some(b't') => Kind::True,
            Some(b'f') => Kind::False,
            Some(b'n') => Kind::Null,
            Some(b'-' | b'0'..=b'9') => Kind::Number,
            Some(_) => return self.fault("expected a value"),
            None => return self.fault("the text ends where a value is expected"),
        };
        match kind {
            Kind::Object | Kind::Array => {
                // The array around NDJSON values is ours, not the body's.
                if self.open.len() - usize::from(self.lines) >= self.limits.depth {
                    return Err(Fault::Depth);
                }
                let node = self.push(kind, start, key)?;
                self.at += 1;
                self.open.push(Frame {
                    node,
                    object: kind == Kind::Object,
                    children: 0,
                });
                return Ok(());
            }
            Kind::String => self.string()?,
            Kind::Number => self.number()?,
            Kind::True => self.word("true")?,
            Kind::False => self.word("false")?,
            Kind::Null => self.word("null")?,
        }
        let node = self.push(kind, start, key)?;
        let at = self.at;
        if let Some(node) = self.nodes.get_mut(node) {
            node.raw.end = at;
        }
        Ok(())
    }

    fn push(&mut self, kind: Kind, start: usize, key: std::ops::Range<usize>) -> Result<usize, Fault> {
        if self.nodes.len() >= self.limits.nodes {
            return Err(Fault::Nodes);
        }
        let id = self.nodes.len();
        let (parent, index) = match self.open.last_mut() {
            Some(frame) => {
                frame.children += 1;
                (frame.node, frame.children - 1)
            }
            None => (0, 0),
        };
        self.nodes.push(Node {
            kind,
            parent,
            end: id + 1,
            index,
            raw: start..start,
            key,
        });
        Ok(id)
    }

    fn close(&mut self) {
        let (end, at) = (self.nodes.len(), self.at);
        if let Some(frame) = self.open.pop()
            && let Some(node) = self.nodes.get_mut(frame.node)
        {
            node.end = end;
            node.raw.end = at;
        }
    }

    /// Reads a string literal; on return `at` is behind the closing quote.
    fn string(&mut self) -> Result<(), Fault> {
        self.at += 1;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            match rest
                .iter()
                .position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))
            {
                Some(skip) => self.at += skip,
                None => {
                    self.at = self.bytes.len();
                    return self.fault("the text ends inside a string");
                }
            }
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.escape()?,
                _ => return self.fault("a control character must be escaped in a string"),
            }
        }
    }

    fn escape(&mut self) -> Result<(), Fault> {
        match self.bytes.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 2,
            Some(b'u') => {
                let digits = self.bytes.get(self.at + 2..self.at + 6);
                if !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
                    return self.fault("\\u must be followed by four hex digits");
                }
                self.at += 6;
            }
            Some(_) => return self.fault("unknown escape in a string"),
            None => return self.fault("the text ends inside a string"),
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), Fault> {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        match rest.iter().take_while(|byte| byte.is_ascii_digit()).count() {
            0 => self.fault("expected a digit"),
            count => {
                self.at += count;
                Ok(())
            }
        }
    }

    fn word(&mut self, word: &str) -> Result<(), Fault> {
        if self
            .text
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(word))
        {
            self.at += word.len();
            return Ok(());
        }
        self.fault("expected a value")
    }

    fn space(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += rest
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
            .count();
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn fault<T>(&self, message: &'static str) -> Result<T, Fault> {
        Err(Fault::Syntax {
            offset: self.at,
            message,
        })
    }
}

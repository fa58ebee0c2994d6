//! XML error bodies: the code and the message of AWS S3 and its many imitations, and the fault of SOAP.

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// Longest text of one element that is gathered, in bytes.
const ENOUGH: usize = 4096;

/// What an XML document says.
#[derive(Debug, Default)]
pub(super) struct Xml {
    pub(super) code: String,
    pub(super) message: String,
    /// All of its text.
    text: String,
}

impl Xml {
    /// Reads a document. XML is not HTML, but its tags, text and entities are tokens of HTML as well.
    pub(super) fn read(xml: &str) -> Self {
        let mut this = Self::default();
        let emitter = CallbackEmitter::new(Reader::default());
        for Ok((name, text)) in Tokenizer::new_with_emitter(xml, emitter) {
            let text = text.trim();
            match name {
                Name::Code if this.code.is_empty() => this.code = text.to_owned(),
                Name::Message if this.message.is_empty() => this.message = text.to_owned(),
                _ => {}
            }
            this.text.push_str(text);
            this.text.push(' ');
            if this.text.len() > ENOUGH {
                break;
            }
        }
        this
    }

    pub(super) fn summary(&self) -> String {
        match (self.code.as_str(), self.message.as_str()) {
            ("", "") => self.text.clone(),
            ("", text) | (text, "") => text.to_owned(),
            (code, message) => format!("{code}: {message}"),
        }
    }
}

#[derive(Debug, Default, Clone, Copy)]
enum Name {
    Code,
    Message,
    #[default]
    Other,
}

/// Hands on each text with the name of the tag before it.
#[derive(Debug, Default)]
struct Reader {
    name: Name,
}

impl Callback<(Name, String), ()> for Reader {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<(Name, String)> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                let local = name.rsplit(|byte| *byte == b':').next().unwrap_or(name);
                // Names come in lower case.
                self.name = match local {
                    b"code" | b"faultcode" => Name::Code,
                    b"message" | b"faultstring" => Name::Message,
                    _ => Name::Other,
                };
                None
            }
            CallbackEvent::EndTag { .. } => {
                self.name = Name::Other;
                None
            }
            CallbackEvent::String { value } if !value.trim_ascii().is_empty() => {
                Some((self.name, String::from_utf8_lossy(value).into_owned()))
            }
            _ => None,
        }
    }
}

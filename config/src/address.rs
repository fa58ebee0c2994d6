//! Addresses to listen on.

use std::net::SocketAddr;

use serde::{Deserializer, de};

/// Reads an address with its port, and says what one looks like where it is not one.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SocketAddr, D::Error> {
    struct Text;
    impl de::Visitor<'_> for Text {
        type Value = SocketAddr;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an IP address with a port, such as 127.0.0.1:8080 or [::]:443")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<SocketAddr, E> {
            text.parse()
                .map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
        }
    }
    deserializer.deserialize_str(Text)
}

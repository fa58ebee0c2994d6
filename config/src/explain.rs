//! A configuration in words, for `lockgate check`.

use std::fmt::Write;

use serde_json::Value;

use crate::yaml::at;
use crate::{Action, Config, Mode, OnError, Rule, Scan};

/// A configuration in words: what listens, what goes where, which rules apply in which order, what differs from the
/// defaults, what is doubtful. Secrets and what came from the environment are not in it.
pub fn explain(config: &Config) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = sockets(config, &mut text)
        .and_then(|()| routes(config, &mut text))
        .and_then(|()| rules(config, &mut text))
        .and_then(|()| differences(config, &mut text))
        .and_then(|()| warnings(config, &mut text));
    text
}

fn sockets(config: &Config, text: &mut String) -> std::fmt::Result {
    for (n, listen) in config.listen.iter().enumerate() {
        let address = shown(config, &at!["listen", n, "address"], &listen.address);
        let protocols = if listen.tls.is_some() {
            "TLS, HTTP/1.1 and HTTP/2"
        } else {
            "HTTP/1.1 and h2c, in the clear"
        };
        writeln!(text, "Listens on {address} ({protocols}).")?;
    }
    let address = shown(config, &at!["admin", "address"], &config.admin.address);
    let token = if config.admin.token.is_some() {
        "with a token"
    } else {
        "without a token, from this machine only"
    };
    writeln!(text, "Admin on {address}, {token}.")
}

fn routes(config: &Config, text: &mut String) -> std::fmt::Result {
    writeln!(text, "\nRoutes, the first match wins:")?;
    for (n, route) in config.routes.iter().enumerate() {
        let show =
            |key: &str, value: &dyn ToString| shown(config, &at!["routes", n, key], &value.to_string());
        let scan = match route.scan {
            Scan::Auto => "where it looks like a language model",
            Scan::Always => "always",
            Scan::Never => "never",
        };
        let url = config
            .upstreams
            .get(&route.upstream)
            .map(|upstream| shown(config, &at!["upstreams", &route.upstream, "url"], &upstream.url));
        writeln!(
            text,
            "  {}. {}: host {}, path {} -> {} ({}); scanned {scan}; rules `{}`{}",
            n + 1,
            show("name", &route.name),
            show("host", &route.host),
            show("path", &route.path),
            show("upstream", &route.upstream),
            url.unwrap_or_default(),
            show("rules", &route.rules),
            route.errors.upstream.map_or_else(String::new, |errors| format!(
                "; errors of the upstream are {errors}"
            )),
        )?;
    }
    Ok(())
}

fn rules(config: &Config, text: &mut String) -> std::fmt::Result {
    for (name, set) in &config.rules {
        let on_error = match set.on_error {
            OnError::Open => "passes",
            OnError::Closed => "is refused",
        };
        writeln!(text, "\nRules `{name}`; an exchange whose scan fails {on_error}:")?;
        for (n, rule) in set.list.iter().enumerate() {
            let rule_name = shown(config, &at!["rules", name, "list", n, "name"], &rule.name);
            let condition = match (rule.when.is_always(), rule.when.source().trim()) {
                (true, _) => "always".to_owned(),
                (false, source) => {
                    format!("when {}", source.split_whitespace().collect::<Vec<_>>().join(" "))
                }
            };
            let limit = limit(config, &at!["rules", name, "list", n, "limit"], rule);
            writeln!(
                text,
                "  {}. {rule_name}: {condition}, {}",
                n + 1,
                meaning(rule, &limit)
            )?;
        }
        if set.list.is_empty() {
            writeln!(text, "  none: every exchange passes")?;
        }
    }
    Ok(())
}

/// What a rule does, in words.
fn meaning(rule: &Rule, limit: &str) -> String {
    let done = match rule.action {
        Action::Allow => "pass it on and try no other rule".to_owned(),
        Action::Log => "note it in the log".to_owned(),
        Action::Redact if rule.categories.is_empty() => "replace all that was found".to_owned(),
        Action::Redact => format!("replace {}", rule.categories.join(", ")),
        Action::Block => "refuse it".to_owned(),
        Action::RateLimit => format!("refuse it beyond {limit}"),
    };
    match rule.mode {
        Mode::Enforce => done,
        Mode::Monitor => format!("only log that it would {done}"),
    }
}

/// What a `rate_limit` rule allows, in words.
fn limit(config: &Config, path: &crate::yaml::Path, rule: &Rule) -> String {
    let Some(limit) = &rule.limit else {
        return String::new();
    };
    let show = |key: &str, value: &dyn ToString| shown(config, &path.then(key), &value.to_string());
    let by = path.then("by");
    let parts = limit.by.0.iter().enumerate();
    let parts: Vec<_> = parts
        .map(|(n, part)| {
            let alone = config.origin.template(&by).map(str::to_owned);
            alone.unwrap_or_else(|| shown(config, &by.then(n), part))
        })
        .collect();
    format!(
        "{} requests per {}, {} at once, by {}",
        show("requests", &limit.requests),
        show("per", &limit.per),
        show("burst", &limit.burst()),
        parts.join(" and "),
    )
}

/// The settings that are not as they are by default.
fn differences(config: &Config, text: &mut String) -> std::fmt::Result {
    let Ok(Value::Object(is)) = serde_json::to_value(config) else {
        return Ok(());
    };
    let default = serde_json::json!({
        "limits": crate::Limits::default(),
        "errors": crate::Errors::default(),
        "scanner": crate::Scanner::default(),
        "logging": crate::Logging::default(),
        "discovery": crate::Discovery::default(),
        "server": crate::Server::default(),
    });
    let mut lines = Vec::new();
    for (section, default) in default.as_object().into_iter().flatten() {
        if let Some(is) = is.get(section) {
            compare(section, is, default, &mut lines);
        }
    }
    if lines.is_empty() {
        return writeln!(text, "\nLimits and other settings are the defaults.");
    }
    writeln!(text, "\nNot as by default:")?;
    lines.iter().try_for_each(|line| writeln!(text, "  {line}"))
}

fn compare(path: &str, is: &Value, default: &Value, lines: &mut Vec<String>) {
    match (is, default) {
        (Value::Object(is), Value::Object(default)) => {
            for (key, default) in default {
                compare(
                    &format!("{path}.{key}"),
                    is.get(key).unwrap_or(&Value::Null),
                    default,
                    lines,
                );
            }
        }
        _ if is != default => lines.push(format!("{path}: {} (default {})", plain(is), plain(default))),
        _ => {}
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "none".to_owned(),
        other => other.to_string(),
    }
}

fn warnings(config: &Config, text: &mut String) -> std::fmt::Result {
    let warnings = config.warnings();
    if warnings.is_empty() {
        return Ok(());
    }
    writeln!(text, "\nDoubtful:")?;
    warnings
        .iter()
        .try_for_each(|warning| writeln!(text, "  {warning}"))
}

/// A value, or what is written in the file where it came from the environment.
fn shown(config: &Config, path: &crate::yaml::Path, value: &impl ToString) -> String {
    config
        .origin
        .template(path)
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests;

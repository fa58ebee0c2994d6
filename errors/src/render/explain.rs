//! The pages behind the URIs in a problem: one for each kind, a list of all, and what an id means.

use std::time::SystemTime;

use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{Document, html, page_fields};
use crate::bounds;
use crate::catalogue::{self, PATH, ProblemType};
use crate::negotiate::Form;
use crate::problem::EXCHANGES;
use crate::schema::SCHEMA_PATH;

/// Explains one kind of problem, in the form that was asked for.
///
/// ```
/// use lockgate_errors::{Form, catalogue, explain};
///
/// let page = explain(&catalogue::PROMPT_INJECTION, Form::Markdown);
/// assert_eq!(page.status, 200);
/// assert!(page.body.starts_with("# Prompt injection blocked"));
/// ```
pub fn explain(kind: &ProblemType, form: Form) -> Document {
    let source = format!(
        "# {}\n\n{}\n\n## What to do\n\n{}\n\n## For the owner of the gate\n\n{}\n\n[All problems]({PATH})\n",
        kind.title, kind.summary, kind.what_to_do, kind.for_owner,
    );
    let page = Page {
        kicker: format!("Problem {}", kind.status),
        title: kind.title,
        source,
        facts: facts(kind),
    };
    page.document(form, || {
        let mut document = json!(kind);
        if let Some(members) = document.as_object_mut() {
            members.insert("type".to_owned(), kind.uri().into());
            members.insert("schema".to_owned(), SCHEMA_PATH.into());
        }
        document
    })
}

/// Lists all kinds of problems, in the form that was asked for.
pub fn index(form: Form) -> Document {
    let mut source = "# Problems\n\nEvery problem that this gate can answer with.\n".to_owned();
    for (heading, kinds) in catalogue::GROUPS {
        source += &format!("\n## {heading}\n\n");
        source.extend(kinds.iter().map(|kind| {
            format!(
                "- [{}]({}) {}, {}\n",
                kind.code,
                kind.uri(),
                kind.status,
                kind.title
            )
        }));
    }
    let page = Page {
        kicker: "Lockgate".to_owned(),
        title: "Problems",
        source,
        facts: Vec::new(),
    };
    let entry = |kind: &&ProblemType| {
        json!({
            "type": kind.uri(),
            "code": kind.code,
            "title": kind.title,
            "status": kind.status,
            "category": kind.category,
            "retryable": kind.retryable,
        })
    };
    page.document(form, || {
        json!({
            "schema": SCHEMA_PATH,
            "problems": catalogue::ALL.iter().map(entry).collect::<Vec<_>>(),
        })
    })
}

/// Says what the id of an exchange means: the page behind `instance`.
///
/// The gate keeps no exchange, so this is all that it can say; `began` is read from the id.
pub fn exchange(id: &str, began: SystemTime, form: Form) -> Document {
    const TITLE: &str = "One request and its answer";
    const MEANING: &str = "This address is the id of one request that met a problem. The gate keeps nothing of it but a line in its log. \
        Give the id to the owner of the gate, who finds that line by `request_id`.";
    let id = bounds::token(id);
    let began = OffsetDateTime::from(began).format(&Rfc3339).unwrap_or_default();
    let page = Page {
        kicker: "Exchange".to_owned(),
        title: TITLE,
        source: format!("# {TITLE}\n\n{MEANING}\n"),
        facts: vec![("Request id", id.clone()), ("Began", began.clone())],
    };
    page.document(form, || {
        json!({
            "instance": format!("{EXCHANGES}{id}"),
            "request_id": id,
            "began": began,
            "meaning": MEANING,
        })
    })
}

/// A page in the making.
struct Page {
    /// What stands above the title.
    kicker: String,
    title: &'static str,
    /// Markdown.
    source: String,
    /// What stands below, as a list of terms.
    facts: Vec<(&'static str, String)>,
}

impl Page {
    fn document(self, form: Form, json: impl FnOnce() -> Value) -> Document {
        let (form, body) = match form {
            // A page is no problem itself.
            Form::Json | Form::ProblemJson => (Form::Json, format!("{:#}\n", json())),
            Form::Markdown => (form, self.markdown()),
            Form::Html => (form, self.html()),
        };
        Document {
            status: 200,
            content_type: form.media_type(),
            headers: page_fields(form),
            body,
        }
    }

    fn markdown(mut self) -> String {
        if !self.facts.is_empty() {
            self.source.push('\n');
        }
        for (name, value) in self.facts {
            self.source += &format!("- {name}: {value}\n");
        }
        self.source
    }

    fn html(self) -> String {
        let mut list = String::new();
        if !self.facts.is_empty() {
            list.push_str("<dl>\n");
            for (name, value) in &self.facts {
                html::term(name, value, &mut list);
            }
            list.push_str("</dl>\n");
        }
        html::page(self.title, "page", &self.kicker, &self.source, &list)
    }
}

fn facts(kind: &ProblemType) -> Vec<(&'static str, String)> {
    let retry = match (kind.retryable, kind.retry_after) {
        (true, Some(seconds)) => format!("Yes, after {seconds} s unless the problem says otherwise"),
        (true, None) => "Yes".to_owned(),
        (false, _) => "No, the same request meets the same answer".to_owned(),
    };
    vec![
        ("Code", kind.code.to_owned()),
        ("Status", kind.status.to_string()),
        ("Category", kind.category.as_str().to_owned()),
        ("Try again", retry),
        (
            "Owner must act",
            html::yes_or_no(kind.owner_action_required).to_owned(),
        ),
        ("Said by", html::said_by(kind.source).to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_explained_in_every_form_and_listed() {
        let lists = [Form::Json, Form::Markdown, Form::Html].map(|form| index(form).body);
        for kind in catalogue::ALL {
            for form in [Form::Json, Form::ProblemJson, Form::Markdown, Form::Html] {
                let page = explain(kind, form);
                assert!(
                    page.body.contains(kind.code) && page.body.contains(kind.title),
                    "{page:?}"
                );
            }
            assert!(
                lists.iter().all(|list| list.contains(&kind.uri())),
                "{}",
                kind.code
            );
        }
    }

    #[test]
    fn a_page_says_whether_and_when_to_retry() {
        insta::assert_snapshot!(explain(&catalogue::OVERLOADED, Form::Markdown).body, @"
        # Gate is overloaded

        The gate has as many requests in work as it can take.

        ## What to do

        Wait `retry_after` seconds, then send the same request again, with fewer requests at a time.

        ## For the owner of the gate

        Give the gate more CPU, or run more gates. The metrics tell what it is busy with.

        [All problems](/.well-known/lockgate/problems/)

        - Code: overloaded
        - Status: 503
        - Category: overload
        - Try again: Yes, after 2 s unless the problem says otherwise
        - Owner must act: No
        - Said by: The gate
        ");
    }
}

//! Who asked, as far as it decides in what form the gate answers: envelope, form, gRPC, JSON-RPC.

use lockgate_errors::{Document, Envelope, Form, Problem, grpc, negotiate, render};

use crate::exchange::{Body, Exchange};
use crate::json_rpc::{self, Calls};
use crate::pipeline::off_the_reactor;
use crate::protocol_hint;

/// What the caller of an exchange can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Caller {
    pub(crate) envelope: Envelope,
    pub(crate) form: Form,
    /// Speaks gRPC: reads a status in the fields of the head, and no body.
    pub(crate) grpc: bool,
}

// === impl Caller ===

impl Caller {
    pub(crate) fn of(exchange: &Exchange) -> Self {
        let request = &exchange.request;
        let envelope = protocol_hint::envelope(&request.path, exchange.prompts.protocol);
        Self {
            envelope,
            form: negotiate(request.accept.as_deref(), default_form(envelope)),
            grpc: is_grpc(request.content_type.as_deref()),
        }
    }

    /// Whether JSON is what it asked for, or what it gets for want of a wish.
    pub(crate) fn reads_json(self) -> bool {
        !self.grpc && matches!(self.form, Form::Json | Form::ProblemJson)
    }

    /// Whether its request asks a model: to repeat it changes nothing but the bill.
    pub(crate) fn asks_a_model(self) -> bool {
        !matches!(self.envelope, Envelope::None | Envelope::JsonRpc)
    }

    /// The problem in the caller's form.
    pub(crate) fn document(self, exchange: &Exchange, problem: &Problem) -> Document {
        if self.grpc {
            let mut document = grpc(problem);
            if is_grpc_web(exchange.request.content_type.as_deref()) {
                document.content_type = "application/grpc-web+proto";
            }
            document
        } else if self.envelope == Envelope::JsonRpc {
            let events = json_rpc::wants_events(exchange.request.accept.as_deref());
            json_rpc::document(problem, calls(exchange), events)
        } else {
            render(problem, self.form, self.envelope)
        }
    }
}

/// The problem with what ties it to the exchange.
pub(crate) fn signed(exchange: &Exchange, problem: Problem) -> Problem {
    problem.exchange(&exchange.id).host(&exchange.request.host)
}

/// Which JSON-RPC calls the body of the request holds.
pub(crate) fn calls(exchange: &Exchange) -> Calls {
    match &exchange.body {
        Body::Whole(body) => off_the_reactor(body.len(), || json_rpc::calls(body)),
        _ => Calls::unknown(),
    }
}

/// `*/*` and no Accept at all are programs: JSON.
fn default_form(envelope: Envelope) -> Form {
    if matches!(envelope, Envelope::None) {
        Form::ProblemJson
    } else {
        Form::Json
    }
}

fn is_grpc(content_type: Option<&str>) -> bool {
    begins(content_type, "application/grpc")
}

/// Browsers speak a variant of it.
fn is_grpc_web(content_type: Option<&str>) -> bool {
    begins(content_type, "application/grpc-web")
}

fn begins(value: Option<&str>, start: &str) -> bool {
    let beginning = value.and_then(|value| value.get(..start.len()));
    beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(start))
}

use super::*;
use crate::gate::Route;
use lockgate_detectors::Protocol;

fn discovery(endpoints: usize) -> Discovery {
    Discovery::new(&lockgate_config::Discovery {
        enabled: true,
        endpoints,
    })
}

fn exchange(path: &str, protocol: Protocol, status: u16, from_upstream: bool) -> Exchange {
    let mut exchange = Exchange::new(None);
    exchange.request.method = "POST".into();
    exchange.request.host = "Example.com".into();
    exchange.request.path = path.into();
    exchange.route = Some(std::sync::Arc::new(Route::any_for_tests()));
    exchange.prompts.protocol = protocol;
    exchange.response.status = Some(status);
    exchange.response.from_upstream = from_upstream;
    exchange
}

fn label(discovery: &Discovery, exchange: &Exchange) -> String {
    discovery.describe(&exchange.request)["label"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn an_endpoint_is_labelled_by_the_shape_of_what_passed() {
    let discovery = discovery(10);
    let chat = exchange("/v1/chat/completions", Protocol::OpenAiChat, 200, true);
    discovery.observe(&chat);
    assert!(discovery.is_llm(&chat.request));
    let mut elsewhere = exchange("/v1/chat/completions", Protocol::UnknownJson, 200, true);
    elsewhere.request.host = "another.example".into();
    elsewhere.request.method = "PUT".into();
    assert!(
        discovery.is_llm(&elsewhere.request),
        "host and method are the client's to choose"
    );
    let plain = exchange("/orders/7", Protocol::UnknownJson, 201, true);
    discovery.observe(&plain);
    assert_eq!(label(&discovery, &plain), "api");
    assert_eq!(discovery.describe(&plain.request)["pattern"], "/orders/{id}");
}

#[test]
fn a_client_alone_can_put_neither_endpoint_nor_label_there() {
    let discovery = discovery(10);
    let unknown = exchange("/nowhere", Protocol::OpenAiChat, 404, true);
    let blocked = exchange("/blocked", Protocol::OpenAiChat, 403, false);
    let refused = exchange("/checkout", Protocol::OpenAiChat, 400, true);
    for exchange in [&unknown, &blocked, &refused] {
        discovery.observe(exchange);
    }
    assert_eq!(label(&discovery, &unknown), "");
    assert_eq!(label(&discovery, &blocked), "");
    assert_eq!(label(&discovery, &refused), "api");
}

#[test]
fn the_table_is_bounded_and_forgets_the_oldest() {
    let discovery = discovery(3);
    for n in 0..10 {
        discovery.observe(&exchange(&format!("/path-{n}"), Protocol::None, 200, true));
    }
    let list = discovery.list();
    let paths: Vec<_> = list["endpoints"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths, ["/path-7", "/path-8", "/path-9"]);
}

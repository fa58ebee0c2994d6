//! Addresses that are listened on.

use std::collections::BTreeSet;

use super::Findings;
use crate::Config;
use crate::yaml::at;

pub(super) fn check(config: &Config, findings: &mut Findings<'_>) {
    findings.add_if(
        config.listen.is_empty(),
        at!["listen"],
        "the gate has to listen on some address",
    );
    let mut taken = BTreeSet::new();
    for (n, listen) in config.listen.iter().enumerate() {
        // Port 0 asks the system for any free port, so it may come twice.
        let twice = listen.address.port() != 0 && !taken.insert(listen.address);
        findings.add_if(
            twice,
            at!["listen", n, "address"],
            "this address is listened on already",
        );
    }
    let admin = &config.admin;
    let shared = admin.address.port() != 0 && taken.contains(&admin.address);
    findings.add_if(
        shared,
        at!["admin", "address"],
        "this address is one of `listen`; the admin port is its own",
    );
    match &admin.token {
        None => findings.add_if(
            !admin.address.ip().is_loopback(),
            at!["admin", "address"],
            "an address that is not loopback needs `admin.token`, as anyone could reach it",
        ),
        Some(token) => {
            let token = token.expose();
            let fits = !token.is_empty() && token.bytes().all(|b| b.is_ascii_graphic());
            findings.add_if(
                !fits,
                at!["admin", "token"],
                "a token is made of visible ASCII characters, without spaces",
            );
        }
    }
}

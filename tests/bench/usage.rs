//! CPU time of a process and its children, from /proc.

use std::fs;
use std::io::{Error, Result};
use std::time::Duration;

/// `USER_HZ`, which Linux fixes for what it shows in /proc.
const TICKS_PER_SECOND: u64 = 100;

/// User and system time of a process and of its living children (nginx's workers).
pub(crate) fn cpu(pid: u32) -> Result<Duration> {
    let mut ticks = 0;
    for entry in fs::read_dir("/proc")? {
        let Ok(number) = entry?.file_name().to_string_lossy().parse::<u32>() else {
            continue;
        };
        // A process of somebody else's may end between the listing and the reading.
        let Ok(stat) = fs::read_to_string(format!("/proc/{number}/stat")) else {
            continue;
        };
        let (parent, used) = parse(&stat).ok_or_else(|| Error::other(format!("cannot read {stat:?}")))?;
        if number == pid || parent == pid {
            ticks += used;
        }
    }
    Ok(Duration::from_millis(ticks * 1000 / TICKS_PER_SECOND))
}

/// Parent and ticks; the name in parentheses may hold spaces, so fields are counted after it.
fn parse(stat: &str) -> Option<(u32, u64)> {
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |index: usize| fields.get(index)?.parse::<u64>().ok();
    Some((u32::try_from(number(1)?).ok()?, number(11)? + number(12)?))
}

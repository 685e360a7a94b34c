//! Where and with what the numbers were taken.

use std::thread;

use anyhow::{Context, Result};
use command_api::Interface;
use nutshell_host::Descriptor;
use sysinfo::System;

use crate::results::Machine;

/// Today, in UTC.
pub fn date() -> String {
    chrono::Utc::now().date_naive().to_string()
}

/// The compiler that built the host, hence the plugins too.
pub fn rustc() -> String {
    let own = Descriptor::own::<Interface>();
    let line = own.get("rustc").split(';').next();
    line.unwrap_or_default().to_owned()
}

pub fn describe() -> Result<Machine> {
    let system = System::new_all()?;
    let processor = system.cpus().first().context("no processor")?;
    Ok(Machine {
        system: format!(
            "{}, kernel {}, {}",
            System::long_os_version()?,
            System::kernel_version()?,
            System::cpu_arch()
        ),
        processor: processor.brand().to_owned(),
        threads: thread::available_parallelism()?.into(),
        memory: system.total_memory(),
    })
}

//! Logs to the host.

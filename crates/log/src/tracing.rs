//! Sends what a plugin logs with the `tracing` crate to its host. This
//! module needs the feature `tracing`.
//!
//! A plugin has its own copy of `tracing`, with its own global
//! dispatcher. So no event of a plugin reaches the subscriber that the
//! host has installed, and no event of the host reaches a subscriber in
//! the plugin. [`install`] makes the host the subscriber of the
//! plugin's copy.
//!
//! ```
//! use nutshell_plugin::{Logger, Result};
//!
//! fn register(logger: Logger) -> Result {
//!     nutshell_log::tracing::install(logger)?;
//!     let span = tracing::info_span!("load", file = "a.txt");
//!     span.in_scope(|| tracing::info!(lines = 3, "done"));
//!     Ok(())
//! }
//! ```
//!
//! The host gets `load{file="a.txt"}: done lines=3`, in one piece even
//! if the text has several lines. It adds the time, the level and the
//! plugin's name. The target of an event is left out, because it is the
//! path of a module and would repeat the plugin's name.
//!
//! A thread may log until it ends, but it must not make a new span
//! while its thread-locals are being dropped: `tracing-subscriber`
//! panics then.

use std::fmt;

use nutshell_plugin::{Level, Logger};
use tracing_core::dispatcher::{self, SetGlobalDefaultError};
use tracing_core::span::{Attributes, Id, Record};
use tracing_core::subscriber::Interest;
use tracing_core::{Event, Metadata, Subscriber};
use tracing_subscriber::field::RecordFields;
use tracing_subscriber::fmt::FormatFields;
use tracing_subscriber::fmt::format::{DefaultFields, Writer};
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, Scope};
use tracing_subscriber::{Layer, Registry};

// ANCHOR: install
/// Makes `logger` the subscriber of this plugin's copy of `tracing`.
/// The host filters the events and adds the plugin's name.
///
/// # Errors
/// If this plugin has already installed a global subscriber.
pub fn install(logger: Logger) -> Result<(), SetGlobalDefaultError> {
    let subscriber = Registry::default().with(ToHost(logger));
    dispatcher::set_global_default(subscriber.into())
}
// ANCHOR_END: install

/// This replaces the `fmt::Layer` of `tracing-subscriber`, which keeps
/// a buffer for each thread: what a panic leaves in the buffer would
/// begin the next event, and a thread that logs while it ends would
/// abort the host.
struct ToHost(Logger);

/// The fields of a span, as text.
struct Fields(String);

impl<S> Layer<S> for ToHost
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    /// Each event checks the level, because the host may change it.
    fn register_callsite(&self, _: &'static Metadata<'_>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, data: &Metadata<'_>, _: Context<'_, S>) -> bool {
        self.0.enabled(level(*data.level()))
    }

    fn on_new_span(
        &self,
        values: &Attributes<'_>,
        id: &Id,
        context: Context<'_, S>,
    ) {
        let fields = Fields(text_of(values));
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(fields);
        }
    }

    fn on_record(
        &self,
        id: &Id,
        values: &Record<'_>,
        context: Context<'_, S>,
    ) {
        // Formatted before locking the span: a value may panic or log.
        let more = text_of(values);
        let Some(span) = context.span(id) else { return };
        let mut extensions = span.extensions_mut();
        if let Some(Fields(text)) = extensions.get_mut() {
            let space = if text.is_empty() { "" } else { " " };
            *text += space;
            *text += &more;
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut text = String::new();
        let scope = context.event_scope(event);
        for span in scope.into_iter().flat_map(Scope::from_root) {
            text += span.name();
            match span.extensions().get() {
                Some(Fields(fields)) if !fields.is_empty() => {
                    text += &format!("{{{fields}}}: ");
                }
                _ => text += ": ",
            }
        }
        text += &text_of(event);
        self.0.log(level(*event.metadata().level()), text);
    }
}

/// `message field=value`. A value that cannot be formatted ends the text.
fn text_of(fields: impl RecordFields) -> String {
    let mut text = String::new();
    let writer = Writer::new(&mut text);
    let _: fmt::Result =
        DefaultFields::new().format_fields(writer, fields);
    text
}

fn level(level: tracing_core::Level) -> Level {
    match level {
        tracing_core::Level::ERROR => Level::Error,
        tracing_core::Level::WARN => Level::Warn,
        tracing_core::Level::INFO => Level::Info,
        tracing_core::Level::DEBUG => Level::Debug,
        tracing_core::Level::TRACE => Level::Trace,
    }
}

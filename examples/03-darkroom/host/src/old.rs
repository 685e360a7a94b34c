//! Adapts a filter of interface version 1 to version 2.

use filter_api::nutshell_plugin::Outcome;
use filter_api::{About, Guarded, Picture, Text};
use filter_api_1 as v1;

/// A filter that nobody can cancel.
struct Old {
    filter: &'static dyn v1::Guarded,
    about: &'static About,
}

// ANCHOR: adapt
/// The same filter, as the host knows all of them.
pub fn adapt(filter: &'static dyn v1::Guarded) -> &'static dyn Guarded {
    let about = filter.about();
    let about = Box::leak(Box::new(About {
        name: about.name,
        help: about.help,
        parameters: about.parameters,
    }));
    Box::leak(Box::new(Old { filter, about }))
}

impl Guarded for Old {
    fn about(&self) -> &'static About {
        self.about
    }

    fn apply(
        &self,
        picture: &mut Picture,
        numbers: &[f64],
        error: Text,
    ) -> Outcome {
        let Picture { width, pixels, .. } = picture;
        let mut picture = v1::Picture { width: *width, pixels };
        self.filter.apply(&mut picture, numbers, error)
    }
}
// ANCHOR_END: adapt

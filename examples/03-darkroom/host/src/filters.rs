//! The filters of all plugins, by name. Replacing those of a plugin is
//! one step: whoever has a copy of the list goes on with this copy.

use std::collections::BTreeMap;

use filter_api::{About, Guarded, Parameter};

/// A filter, and the plugin that offers it.
#[derive(Clone)]
pub struct Entry {
    pub plugin: String,
    pub filter: &'static dyn Guarded,
}

/// All filters by name.
#[derive(Clone, Default)]
pub struct Filters(BTreeMap<&'static str, Entry>);

impl Filters {
    /// The filter of this name.
    pub fn get(&self, name: &str) -> Option<&Entry> {
        self.0.get(name)
    }

    /// All of them, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.0.values()
    }

    // ANCHOR: replace
    /// Replaces what a plugin has offered, all or nothing.
    ///
    /// # Errors
    /// If a filter has no proper name or parameters, or if the name is
    /// taken. Then the filters are the same as before.
    pub fn replace(
        &mut self,
        plugin: &str,
        new: Vec<&'static dyn Guarded>,
    ) -> Result<(), String> {
        let mut all = self.0.clone();
        all.retain(|_, entry| entry.plugin != plugin);
        for filter in new {
            let about = filter.about();
            check(about)?;
            let plugin = plugin.to_owned();
            let entry = Entry { plugin, filter };
            if let Some(other) = all.insert(about.name, entry) {
                return Err(format!(
                    "the name {} of its filter is taken by {}",
                    about.name, other.plugin
                ));
            }
        }
        self.0 = all;
        Ok(())
    }
    // ANCHOR_END: replace
}

/// Whether a user can type the names, and the numbers make sense.
fn check(About { name, parameters, .. }: &About) -> Result<(), String> {
    if !is_word(name) || *name == "filters" {
        return Err(format!("{name:.64?} cannot be a filter's name"));
    }
    for (at, (own, range, default)) in parameters.iter().enumerate() {
        let is_there = |(other, ..): &Parameter| other == own;
        if !is_word(own) || parameters[..at].iter().any(is_there) {
            return Err(format!(
                "{own:.64?} cannot be a parameter of {name}"
            ));
        }
        let is_finite =
            range.start().is_finite() && range.end().is_finite();
        if !range.contains(default) || !is_finite {
            return Err(format!(
                "{name}: {own} is {default} by default, which is not \
                 from {} to {}",
                range.start(),
                range.end()
            ));
        }
    }
    Ok(())
}

fn is_word(name: &str) -> bool {
    let is_part =
        |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    (1..=32).contains(&name.len())
        && name.chars().all(is_part)
        && !name.starts_with('-')
}

#[cfg(test)]
mod tests {
    use filter_api::nutshell_plugin::Outcome;
    use filter_api::{About, Guarded, Parameter, Picture, Text};

    use super::Filters;

    struct Named(About);

    impl Guarded for Named {
        fn about(&self) -> &'static About {
            let About { name, help, parameters } = self.0;
            Box::leak(Box::new(About { name, help, parameters }))
        }

        fn apply(
            &self,
            _: &mut Picture,
            _: &[f64],
            _: Text,
        ) -> Outcome {
            Outcome::Done
        }
    }

    /// Offers filters of these names, with these parameters.
    fn offer(
        filters: &mut Filters,
        plugin: &str,
        names: &[&'static str],
        parameters: Vec<Parameter>,
    ) -> Result<(), String> {
        let parameters: &'static [Parameter] = parameters.leak();
        let named = |name: &&'static str| -> &'static dyn Guarded {
            let about = About { name, help: "", parameters };
            Box::leak(Box::new(Named(about)))
        };
        filters.replace(plugin, names.iter().map(named).collect())
    }

    fn names(filters: &Filters) -> Vec<&str> {
        filters.iter().map(|entry| entry.filter.about().name).collect()
    }

    #[test]
    fn a_plugin_offers_all_of_its_filters_or_none() {
        let mut filters = Filters::default();
        offer(&mut filters, "a", &["x", "y"], vec![]).expect("free");
        let taken = "the name y of its filter is taken by a";
        let refused = offer(&mut filters, "b", &["z", "y"], vec![]);
        assert_eq!(refused, Err(taken.to_owned()));
        assert_eq!(names(&filters), ["x", "y"]);
        // A plugin may take its own names again, but each only once.
        offer(&mut filters, "a", &["y", "z"], vec![]).expect("free");
        assert_eq!(names(&filters), ["y", "z"]);
        offer(&mut filters, "a", &["q", "q"], vec![])
            .expect_err("twice");
        assert_eq!(names(&filters), ["y", "z"]);
        offer(&mut filters, "a", &[], vec![]).expect("nothing");
        assert_eq!(names(&filters), [""; 0]);
    }

    #[test]
    fn what_nobody_could_type_is_refused() {
        let long = "x".repeat(33).leak();
        for name in
            ["", " ", "a b", "a:b", "a=b", "-a", "ä", "filters", long]
        {
            let mut filters = Filters::default();
            let refused = offer(&mut filters, "a", &[name], vec![]);
            refused.expect_err(name);
        }
        let (one, nan, far) = (1.0, f64::NAN, f64::INFINITY);
        for parameters in [
            vec![("a b", 0.0..=1.0, one)],
            vec![("a", 0.0..=1.0, one), ("a", 0.0..=1.0, one)],
            vec![("a", 0.0..=1.0, 2.0)],
            vec![("a", 0.0..=1.0, nan)],
            vec![("a", 2.0..=0.0, one)],
            vec![("a", nan..=2.0, one)],
            vec![("a", 0.0..=far, one)],
        ] {
            let mut filters = Filters::default();
            let text = format!("{parameters:?}");
            let refused = offer(&mut filters, "a", &["x"], parameters);
            refused.expect_err(&text);
        }
    }
}

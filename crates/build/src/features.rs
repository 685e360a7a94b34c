//! The enabled Cargo features. Since 1.85, Cargo lists their real names
//! in `CARGO_CFG_FEATURE`. The fallback is a variable for each feature,
//! such as `CARGO_FEATURE_NEWER_API`, which may mean `newer-api` or
//! `newer_api`.

use std::env;

pub fn of_this_build() -> String {
    let listed = env::var("CARGO_CFG_FEATURE").ok();
    join(
        listed,
        env::vars_os().filter_map(|(k, _)| k.into_string().ok()),
    )
}

fn join(
    listed: Option<String>,
    names: impl Iterator<Item = String>,
) -> String {
    let mut features: Vec<String> = match listed {
        Some(listed) => listed.split(',').map(String::from).collect(),
        None => names
            .filter_map(|name| {
                let feature = name.strip_prefix("CARGO_FEATURE_")?;
                Some(feature.to_lowercase())
            })
            .collect(),
    };
    features.sort();
    features.join(",")
}

#[cfg(test)]
mod tests {
    use super::join;

    fn names() -> impl Iterator<Item = String> {
        ["CARGO_FEATURE_Z", "HOME", "CARGO_FEATURE_NEWER_API"]
            .into_iter()
            .map(String::from)
    }

    #[test]
    fn real_names_are_preferred_and_sorted() {
        let listed = Some("z,default,newer-API".into());
        assert_eq!(join(listed, names()), "default,newer-API,z");
    }

    #[test]
    fn without_them_the_variables_must_do() {
        assert_eq!(join(None, names()), "newer_api,z");
    }

    #[test]
    fn no_features_are_an_empty_text() {
        assert_eq!(join(None, std::iter::empty()), "");
        assert_eq!(join(Some(String::new()), names()), "");
    }
}

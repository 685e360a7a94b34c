//! What the user wants to be done to a picture, in words such as
//! `blur:radius=4`.

use filter_api::Guarded;

use crate::filters::Filters;

/// A filter, and a number for each of its parameters.
pub struct Step {
    pub plugin: String,
    pub filter: &'static dyn Guarded,
    pub numbers: Vec<f64>,
}

/// Reads a step.
///
/// # Errors
/// What is wrong with the text, without the text.
pub fn parse(text: &str, filters: &Filters) -> Result<Step, String> {
    let mut parts = text.split(':');
    let name = parts.next().unwrap_or_default();
    let Some(entry) = filters.get(name) else {
        let names =
            filters.iter().map(|entry| entry.filter.about().name);
        let names: Vec<&str> = names.collect();
        return Err(match names.is_empty() {
            true => "no such filter; there is none".to_owned(),
            false => {
                format!("no such filter; there is {}", names.join(", "))
            }
        });
    };
    let parameters = entry.filter.about().parameters;
    let mut numbers: Vec<f64> =
        parameters.iter().map(|(_, _, default)| *default).collect();
    let mut are_set = vec![false; numbers.len()];
    for part in parts {
        let Some((name, number)) = part.split_once('=') else {
            return Err(format!("{part:?} is not NAME=VALUE"));
        };
        let at = parameters.iter().position(|(own, ..)| *own == name);
        let Some(at) = at else {
            let names: Vec<_> =
                parameters.iter().map(|(name, ..)| *name).collect();
            return Err(match names.is_empty() {
                true => format!("no parameter {name:?}; it has none"),
                false => format!(
                    "no parameter {name:?}; it has {}",
                    names.join(", ")
                ),
            });
        };
        if std::mem::replace(&mut are_set[at], true) {
            return Err(format!("{name} is there twice"));
        }
        let range = &parameters[at].1;
        match number.parse() {
            Ok(number) if range.contains(&number) => {
                numbers[at] = number
            }
            _ => {
                return Err(format!(
                    "{name} is a number from {} to {}, not {number:?}",
                    range.start(),
                    range.end()
                ));
            }
        }
    }
    let (plugin, filter) = (entry.plugin.clone(), entry.filter);
    Ok(Step { plugin, filter, numbers })
}

//! Which `cfg` predicates the source mentions. A method that exists
//! only under `cfg(debug_assertions)` moves the methods after it, so
//! the value of each predicate is a fact to compare. This file only
//! collects the predicates; the compiler evaluates them, in the
//! generated file.

use crate::literal;
use crate::tokens::Token;
use std::collections::BTreeSet;

/// Always the same, or without effect on what crosses the boundary.
const LEFT_OUT: [&str; 5] = ["true", "false", "test", "doc", "doctest"];

/// Adds each `name` and `name="value"` that the tokens test, without
/// the `all`, `any` and `not` around it.
pub fn leaves(tokens: &[Token], found: &mut BTreeSet<String>) {
    for (index, token) in tokens.iter().enumerate() {
        let after = &tokens[index + 1..];
        match after {
            [Token::Group('[', inner), ..] if token.is("#") => {
                attribute(inner, found);
            }
            [not, Token::Group('[', inner), ..]
                if token.is("#") && not.is("!") =>
            {
                attribute(inner, found);
            }
            [not, Token::Group(_, inner), ..]
                if token.is("cfg") && not.is("!") =>
            {
                predicates(inner, found);
            }
            [not, Token::Group(_, inner), ..]
                if token.is("cfg_select") && not.is("!") =>
            {
                arms(inner, found);
            }
            _ => {}
        }
        if let Token::Group(_, inner) = token {
            leaves(inner, found);
        }
    }
}

/// `cfg(PREDICATE)`, or `cfg_attr(PREDICATE, ATTRIBUTE, …)`.
fn attribute(tokens: &[Token], found: &mut BTreeSet<String>) {
    let [name, Token::Group(_, inner)] = tokens else { return };
    if name.is("cfg") {
        predicates(inner, found);
    } else if name.is("cfg_attr") {
        let mut parts = inner.split(|token| token.is(","));
        predicates(parts.next().unwrap_or_default(), found);
        parts.for_each(|part| attribute(part, found));
    }
}

fn predicates(tokens: &[Token], found: &mut BTreeSet<String>) {
    for part in tokens.split(|token| token.is(",")) {
        match part {
            [name, Token::Group('(', inner)]
                if ["all", "any", "not"]
                    .iter()
                    .any(|it| name.is(it)) =>
            {
                predicates(inner, found);
            }
            [Token::Word(name)]
                if !LEFT_OUT.contains(&name.as_str()) =>
            {
                found.insert(name.clone());
            }
            [Token::Word(name), equals, Token::Literal(value)]
                if equals.is("=") && name != "feature" =>
            {
                if let Some(value) = literal::value(value) {
                    found.insert(format!("{name}={value:?}"));
                }
            }
            _ => {}
        }
    }
}

/// The predicates of `cfg_select!`: what is before each `=>`. The arm
/// before may end without a comma, so this function looks backwards.
fn arms(tokens: &[Token], found: &mut BTreeSet<String>) {
    for (index, token) in tokens.iter().enumerate() {
        if !token.is("=>") {
            continue;
        }
        match &tokens[..index] {
            [.., _, equals, _] if equals.is("=") => {
                predicates(&tokens[index - 3..index], found);
            }
            [.., name, Token::Group('(', _)]
                if ["all", "any", "not"]
                    .iter()
                    .any(|it| name.is(it)) =>
            {
                predicates(&tokens[index - 2..index], found);
            }
            [.., last] if !last.is("_") => {
                predicates(std::slice::from_ref(last), found);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::leaves;
    use crate::tokens::parse;
    use std::collections::BTreeSet;

    fn found(text: &str) -> Vec<String> {
        let mut found = BTreeSet::new();
        leaves(&parse(text).expect("it is Rust"), &mut found);
        found.into_iter().collect()
    }

    #[test]
    fn each_place_for_a_predicate_is_seen() {
        assert_eq!(found("#[cfg(a)] fn f() {}"), ["a"]);
        assert_eq!(found("#![cfg(a)]"), ["a"]);
        assert_eq!(found("fn f() { if cfg!(a) {} }"), ["a"]);
        assert_eq!(found("x!{ y![cfg!{a}] }"), ["a"]);
        assert_eq!(found("#[cfg_attr(a, cold)] fn f() {}"), ["a"]);
        assert_eq!(
            found("#[cfg_attr(a, cfg_attr(b, x), cfg(c))] fn f() {}"),
            ["a", "b", "c"]
        );
        assert_eq!(
            found("macro_rules! m { () => { #[cfg(a)] fn f() {} } }"),
            ["a"]
        );
    }

    #[test]
    fn predicates_are_taken_apart() {
        assert_eq!(
            found(
                "#[cfg(all(a, any(not(b), c = \"d\"), e,))] fn f() {}"
            ),
            ["a", "b", "c=\"d\"", "e"]
        );
    }

    #[test]
    fn the_arms_of_a_selection_are_seen() {
        assert_eq!(
            found(
                "cfg_select! { a => { f(b) } c = \"d\" => { 1 }, \
                 any(e, f) => g::<u8, u16>(), h => match x { i => j }, \
                 _ => { cfg!(k) } }"
            ),
            ["a", "c=\"d\"", "e", "f", "h", "k"]
        );
    }

    #[test]
    fn what_is_recorded_elsewhere_or_no_fact_is_left_out() {
        let text = "#[cfg(any(true, false, test, doc, doctest, \
                    feature = \"x\"))] fn f() {}";
        assert!(found(text).is_empty());
    }

    #[test]
    fn a_predicate_that_only_a_macro_knows_is_no_leaf() {
        let text = "macro_rules! m { ($p:meta) => { #[cfg($p)] \
                    #[cfg(any($($q)*, a))] fn f() {} } }";
        assert_eq!(found(text), ["a"]);
    }

    #[test]
    fn a_function_of_that_name_is_no_predicate() {
        assert!(found("fn cfg(a: u8) { cfg(a) }").is_empty());
        assert!(found("#[docs(cfg)] fn f() {}").is_empty());
    }

    #[test]
    fn each_is_found_once_and_in_order() {
        let text = "#[cfg(b)] #[cfg(a)] #[cfg(b)] fn f() {}";
        assert_eq!(found(text), ["a", "b"]);
    }
}

//! The tokens of a source file, as the compiler's lexer sees them but
//! without documentation: no comments, no white space, and `>>=` as one
//! token. The lexer is that of `proc-macro2`, which gives `>`, `>` and
//! `=`, and marks each that is directly followed by the next.

use crate::hash::Hash;
use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use std::iter::Peekable;

#[derive(Debug, PartialEq)]
pub enum Token {
    /// A name, a keyword or a lifetime.
    Word(String),
    /// An operator or a separator.
    Punct(String),
    /// A literal, as it is spelled in the source.
    Literal(String),
    /// Brackets, by the opening one, and what is between them.
    Group(char, Vec<Token>),
}

impl Token {
    pub fn is(&self, text: &str) -> bool {
        matches!(self, Self::Word(it) | Self::Punct(it) if it == text)
    }
}

/// The operators of more than one character, the longest first.
const OPERATORS: [&str; 24] = [
    "<<=", ">>=", "...", "..=", "==", "!=", "<=", ">=", "&&", "||",
    "+=", "-=", "*=", "/=", "%=", "^=", "&=", "|=", "<<", ">>", "->",
    "=>", "::", "..",
];

/// The tokens of `text`, or nothing if the text is not Rust.
pub fn parse(text: &str) -> Option<Vec<Token>> {
    let stream: TokenStream = prepare(text).parse().ok()?;
    Some(convert(stream))
}

/// What the compiler does to a file before it splits it into tokens.
fn prepare(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.replace("\r\n", "\n");
    match text.strip_prefix("#!") {
        Some(rest) if !rest.trim_start().starts_with('[') => {
            rest.lines().skip(1).collect::<Vec<_>>().join("\n")
        }
        _ => text,
    }
}

fn convert(stream: TokenStream) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = stream.into_iter().peekable();
    while let Some(tree) = rest.next() {
        tokens.push(match tree {
            TokenTree::Ident(word) => Token::Word(word.to_string()),
            TokenTree::Literal(it) => Token::Literal(it.to_string()),
            TokenTree::Group(group) => {
                let open = match group.delimiter() {
                    Delimiter::Parenthesis => '(',
                    Delimiter::Brace => '{',
                    Delimiter::Bracket => '[',
                    Delimiter::None => ' ',
                };
                Token::Group(open, convert(group.stream()))
            }
            TokenTree::Punct(first) if first.as_char() == '\'' => {
                let name = rest.next();
                Token::Word(format!("'{}", name.expect("a lifetime")))
            }
            TokenTree::Punct(first) => {
                let joint = first.spacing() == Spacing::Joint;
                let operator =
                    operator(first.as_char(), joint, &mut rest);
                Token::Punct(operator)
            }
        });
        drop_documentation(&mut tokens);
    }
    tokens
}

/// Takes as many of the following characters as make one operator.
fn operator<I>(
    first: char,
    mut joint: bool,
    rest: &mut Peekable<I>,
) -> String
where
    I: Iterator<Item = TokenTree>,
{
    let mut text = first.to_string();
    while joint && let Some(TokenTree::Punct(next)) = rest.peek() {
        let longer = format!("{text}{}", next.as_char());
        if !OPERATORS.contains(&longer.as_str()) {
            break;
        }
        joint = next.spacing() == Spacing::Joint;
        text = longer;
        rest.next();
    }
    text
}

/// Removes `#[doc …]` or `#![doc …]` from the end. The lexer has turned
/// doc comments into these attributes.
fn drop_documentation(tokens: &mut Vec<Token>) {
    let length = match tokens.as_slice() {
        [.., hash, not, Token::Group('[', inner)]
            if hash.is("#") && not.is("!") && is_doc(inner) =>
        {
            3
        }
        [.., hash, Token::Group('[', inner)]
            if hash.is("#") && is_doc(inner) =>
        {
            2
        }
        _ => return,
    };
    tokens.truncate(tokens.len() - length);
}

fn is_doc(attribute: &[Token]) -> bool {
    match attribute {
        [name] | [name, Token::Group(..)] => name.is("doc"),
        [name, equals, ..] => name.is("doc") && equals.is("="),
        [] => false,
    }
}

pub fn hash(tokens: &[Token], into: &mut Hash) {
    for token in tokens {
        match token {
            Token::Word(text) => into.text(b'w', text),
            Token::Punct(text) => into.text(b'p', text),
            Token::Literal(text) => into.text(b'l', text),
            Token::Group(open, inner) => {
                into.text(b'(', open.encode_utf8(&mut [0; 4]));
                hash(inner, into);
                into.text(b')', "");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Hash, parse};

    fn hash(text: &str) -> u64 {
        let mut hash = Hash::new();
        super::hash(&parse(text).expect("it is Rust"), &mut hash);
        hash.finish()
    }

    fn same(left: &str, right: &str) {
        assert_eq!(parse(left), parse(right));
        assert_eq!(hash(left), hash(right), "{left}");
    }

    fn differ(left: &str, right: &str) {
        assert_ne!(hash(left), hash(right), "{left} {right}");
    }

    #[test]
    fn comments_and_documentation_are_no_tokens() {
        same("fn a() {}", "// x\nfn /* y */ a() { /**/ }");
        same("fn a() {}", "/// x\n#[doc(hidden)] fn a() {}");
        same("mod a {}", "mod a { //! x\n #![doc = \"y\"] }");
        same("fn a() {}", "#[doc = include_str!(\"x\")] fn a() {}");
    }

    #[test]
    fn other_attributes_are_tokens() {
        differ("fn a() {}", "#[cold] fn a() {}");
        differ("fn a() {}", "#[document] fn a() {}");
        differ("fn a() {}", "#[doc::x] fn a() {}");
        differ("fn a() {}", "#[cfg_attr(a, doc = \"b\")] fn a() {}");
    }

    #[test]
    fn white_space_between_tokens_does_not_count() {
        same("let x=-1;", "let x = - 1 ;");
        same("a<-b", "a < -b");
        same("a::<&'b c>", "a :: < & 'b c >");
        same("\u{feff}a\r\nb\r\n", "a b");
        same("x!{\"a\r\nb\"}", "x!{\"a\nb\"}");
    }

    #[test]
    fn white_space_that_splits_an_operator_counts() {
        differ("a && b", "a & &b");
        differ("a >> b", "a > > b");
        differ("..=", ".. =");
        differ("a && /**/ & b", "a & && b");
    }

    #[test]
    fn borders_and_kinds_of_tokens_count() {
        differ("ab", "a b");
        differ("(a) b", "(a b)");
        differ("(a)", "[a]");
        differ("a", "\"a\"");
        differ("'a", "'a'");
        differ("a", "r#a");
    }

    #[test]
    fn a_first_line_for_the_shell_is_no_code() {
        same("#!/usr/bin/env run\nfn a() {}", "fn a() {}");
        same("\u{feff}#!/usr/bin/env run\r\na", "a");
        same("#![allow(x)]\nfn a() {}", "# ! [allow(x)] fn a() {}");
    }

    #[test]
    fn what_is_not_rust_has_no_tokens() {
        for text in ["fn a( {", "\"", "fn a() }", "'", "/*", "\\"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}

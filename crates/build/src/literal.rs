//! The value of a string literal, which is needed where the source
//! names a file or the value of a `cfg`.

/// The value of `literal`, which is spelled as in the source, or
/// nothing if it is not the literal of a string.
pub fn value(literal: &str) -> Option<String> {
    if let Some(raw) = literal.strip_prefix('r') {
        let text = raw.trim_matches('#');
        return Some(text.strip_prefix('"')?.strip_suffix('"')?.into());
    }
    let text = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut value = String::new();
    let mut rest = text.chars();
    while let Some(char) = rest.next() {
        if char == '\\' {
            value.extend(escape(&mut rest)?);
        } else {
            value.push(char);
        }
    }
    Some(value)
}

/// What follows a backslash. A line end and the white space after it
/// stand for nothing.
fn escape(rest: &mut std::str::Chars) -> Option<Option<char>> {
    let number = |digits: &str| {
        let number = u32::from_str_radix(digits, 16).ok()?;
        char::from_u32(number)
    };
    Some(Some(match rest.next()? {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '0' => '\0',
        'x' => number(&rest.by_ref().take(2).collect::<String>())?,
        'u' => {
            let digits = rest.by_ref().skip(1);
            let digits = digits.take_while(|char| *char != '}');
            number(&digits.filter(|c| *c != '_').collect::<String>())?
        }
        '\n' => {
            *rest = rest.as_str().trim_start().chars();
            return Some(None);
        }
        other => other,
    }))
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn strings_have_a_value() {
        for (literal, expected) in [
            (r#""a/b.rs""#, "a/b.rs"),
            (r#""a\\b""#, r"a\b"),
            (r#""\x41\u{1_F99C}\"\t""#, "A🦜\"\t"),
            ("\"a\\\n   b\"", "ab"),
            (r##"r"a\b""##, r"a\b"),
            (r###"r#"a"b"#"###, "a\"b"),
        ] {
            assert_eq!(value(literal).as_deref(), Some(expected));
        }
    }

    #[test]
    fn other_literals_have_none() {
        for literal in ["1", "'a'", "b\"a\"", "c\"a\"", "br\"a\""] {
            assert_eq!(value(literal), None, "{literal}");
        }
    }
}

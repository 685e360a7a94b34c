//! The text of `nutshell.rs`, which the interface crate includes: code
//! with which the compiler itself states what only the compiler knows.

use std::collections::BTreeSet;

/// The constant describes the interface crate. The macro is expanded in
/// a plugin, and describes that plugin.
pub fn text(
    files: &[String],
    leaves: &BTreeSet<String>,
    features: &[String],
) -> String {
    let mut text = format!(
        "/// The files that the hash covers, from the crate's folder.\n\
         #[doc(hidden)]\n\
         pub const NUTSHELL_FILES: &[&str] = &{files:?};\n\n"
    );
    text += "/// Each `cfg` that the interface's source mentions, and \
         whether this\n/// compilation has it set.\n\
         #[doc(hidden)]\n#[allow(unexpected_cfgs)]\n\
         pub const NUTSHELL_CFG: &[(&str, bool)] = &[\n";
    for leaf in leaves {
        text += &format!("    ({leaf:?}, ::core::cfg!({leaf})),\n");
    }
    text += "];\n\n\
             /// The target features that the crate which expands it is \
             compiled\n/// with.\n\
             #[doc(hidden)]\n#[macro_export]\n\
             macro_rules! nutshell_target_features {\n    () => {\n        [\n";
    for name in features {
        text += &format!(
            "            ({name:?}, ::core::cfg!(target_feature = \
             {name:?})),\n"
        );
    }
    text += "        ]\n    };\n}\n";
    text
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn it_asks_the_compiler_for_each() {
        let leaves = ["b", "a=\"x\\\"y\""].map(String::from).into();
        let text =
            text(&["src/lib.rs".into()], &leaves, &["sse4.1".into()]);
        for line in [
            r#"NUTSHELL_FILES: &[&str] = &["src/lib.rs"];"#,
            r#"("a=\"x\\\"y\"", ::core::cfg!(a="x\"y")),"#,
            r#"("b", ::core::cfg!(b)),"#,
            r#"("sse4.1", ::core::cfg!(target_feature = "sse4.1")),"#,
        ] {
            assert!(text.contains(line), "{text}");
        }
    }
}

//! Includes: the file, the anchor, and the directive's spelling.

use crate::refuses;

#[test]
fn a_missing_file_is_refused() {
    refuses(
        "include_is_missing",
        "src/chapter.md:3: the included file `../code/gone.rs` does \
         not exist; give its path from the chapter's folder",
    );
}

#[test]
fn a_missing_anchor_is_refused() {
    refuses(
        "anchor_is_missing",
        "src/chapter.md:3: `../code/add.rs` has no region \
         `subtract`; mark it with one ANCHOR: subtract and, below \
         it, one ANCHOR_END: subtract",
    );
}

#[test]
fn an_anchor_without_its_end_is_refused() {
    refuses(
        "anchor_has_no_end",
        "src/chapter.md:3: `../code/add.rs` has no region `open`; \
         mark it with one ANCHOR: open and, below it, one \
         ANCHOR_END: open",
    );
}

#[test]
fn an_empty_region_is_refused() {
    refuses(
        "region_is_empty",
        "src/chapter.md:3: `../code/add.rs:nothing` is empty; \
         include text that is there",
    );
}

#[test]
fn an_empty_file_is_refused() {
    refuses(
        "included_file_is_empty",
        "src/chapter.md:3: `../code/empty.txt` is empty; include \
         text that is there",
    );
}

#[test]
fn a_range_of_line_numbers_is_refused() {
    refuses(
        "include_by_line_number",
        "src/chapter.md:3: `../code/add.rs:4:6` includes by line \
         number; mark the lines with ANCHOR: NAME and ANCHOR_END: \
         NAME and include ../code/add.rs:NAME",
    );
}

#[test]
fn a_line_number_is_refused() {
    refuses(
        "include_by_one_line_number",
        "src/chapter.md:3: `../code/add.rs:4` includes by line \
         number; mark the lines with ANCHOR: NAME and ANCHOR_END: \
         NAME and include ../code/add.rs:NAME",
    );
}

#[test]
fn a_whole_file_with_anchors_is_refused() {
    refuses(
        "include_shows_anchors",
        "src/chapter.md:3: `../code/add.rs` would show its ANCHOR \
         lines; include one of its anchors instead",
    );
}

#[test]
fn an_include_within_an_include_is_refused() {
    refuses(
        "include_contains_a_directive",
        "src/chapter.md:3: `../code/nested.txt` contains a directive \
         itself, which would not be checked; include text without \
         one",
    );
}

#[test]
fn a_command_within_an_include_is_refused() {
    refuses(
        "include_contains_a_command",
        "src/chapter.md:3: `../code/nested.txt` contains a directive \
         itself, which would not be checked; include text without \
         one",
    );
}

#[test]
fn an_include_that_closes_its_fence_is_refused() {
    refuses(
        "include_closes_the_fence",
        "src/chapter.md:4: the included text closes the fence around \
         it; open and close the fence with more marks",
    );
}

#[test]
fn an_include_of_several_lines_does_not_fit_into_a_line() {
    refuses(
        "include_of_several_lines_in_a_line",
        "src/chapter.md:3: `../code/add.rs:add` has more than one \
         line, but only the first would stand where the directive \
         stands; begin it in the first column of a line of its own",
    );
}

#[test]
fn a_misspelt_directive_is_refused() {
    refuses(
        "directive_is_unknown",
        "src/chapter.md:3: unknown directive `{{#inclde \
         ../code/add.rs:add}}`; write {{#include FILE}} or \
         {{#include FILE:ANCHOR}}",
    );
}

#[test]
fn a_directive_with_a_space_too_many_is_refused() {
    refuses(
        "directive_is_spaced",
        "src/chapter.md:3: unknown directive `{{# include \
         ../code/add.rs:add}}`; write {{#include FILE}} or \
         {{#include FILE:ANCHOR}}",
    );
}

#[test]
fn a_playground_is_refused() {
    refuses(
        "directive_is_playground",
        "src/chapter.md:3: unknown directive `{{#playground \
         ../code/add.rs}}`; write {{#include FILE}} or {{#include \
         FILE:ANCHOR}}",
    );
}

#[test]
fn a_directive_without_an_end_is_refused() {
    refuses(
        "directive_never_ends",
        "src/chapter.md:3: malformed directive `{{#include \
         ../code/add.rs:add`; write {{#include …}}, \
         with one argument and on one line",
    );
}

#[test]
fn two_directives_on_a_line_are_refused() {
    refuses(
        "two_directives_on_a_line",
        "src/chapter.md:3: two {{#…}} directives on a line; give \
         each its own line",
    );
}

#[test]
fn an_include_of_two_words_is_refused() {
    refuses(
        "include_of_two_words",
        "src/chapter.md:3: malformed directive `{{#include \
         ../code/add.rs :add}}`; write {{#include …}}, \
         with one argument and on one line",
    );
}

#[test]
fn a_directive_that_opens_a_fence_is_refused() {
    refuses(
        "directive_opens_a_fence",
        "src/chapter.md:3: a directive on the line that opens a fence; \
         give it the line below",
    );
}

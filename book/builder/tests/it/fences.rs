//! Fences: nothing in a transcript or in code is typed by hand.

use crate::refuses;

#[test]
fn a_command_that_is_not_shown_is_refused() {
    refuses(
        "command_is_not_shown",
        "src/chapter.md:4: `cd .. && echo a 2>&1` runs, but is not \
         shown; write `$ echo a` on the line above",
    );
}

#[test]
fn a_command_has_to_be_the_one_that_is_shown() {
    refuses(
        "command_differs_from_the_shown_one",
        "src/chapter.md:5: shows `$ echo a`, but runs `cd .. && echo \
         b`; make them the same",
    );
}

#[test]
fn a_step_into_a_folder_that_is_shown_has_to_be_taken() {
    refuses(
        "command_in_another_folder_than_shown",
        "src/chapter.md:5: shows `$ cd code && echo a`, but runs `cd \
         .. && echo a`; make them the same",
    );
}

#[test]
fn text_beside_a_command_in_a_transcript_is_refused() {
    refuses(
        "command_with_text_beside_it",
        "src/chapter.md:5: text beside a command in a console fence; \
         give the command a line of its own",
    );
}

#[test]
fn a_command_that_is_shown_has_to_run() {
    refuses(
        "shown_command_does_not_run",
        "src/chapter.md:4: `$ echo a` is shown, but does not run; \
         write <!-- cmdrun COMMAND --> on the line below",
    );
}

#[test]
fn output_typed_by_hand_is_refused_once() {
    refuses(
        "output_typed_by_hand",
        "src/chapter.md:6: output typed by hand in a console fence; \
         let <!-- cmdrun COMMAND --> print it, or make it a text \
         fence",
    );
}

#[test]
fn a_transcript_typed_by_hand_is_refused() {
    refuses(
        "output_typed_instead_of_run",
        "src/chapter.md:4: `$ echo a` is shown, but does not run; \
         write <!-- cmdrun COMMAND --> on the line below\n\
         src/chapter.md:5: output typed by hand in a console fence; \
         let <!-- cmdrun COMMAND --> print it, or make it a text \
         fence",
    );
}

#[test]
fn rust_typed_by_hand_is_refused() {
    refuses(
        "rust_typed_by_hand",
        "src/chapter.md:4: code typed by hand in a rust fence; put \
         it into a file and {{#include FILE:ANCHOR}} it, or make it \
         a text fence",
    );
}

#[test]
fn a_makefile_typed_by_hand_in_a_list_is_refused() {
    refuses(
        "makefile_typed_by_hand",
        "src/chapter.md:5: code typed by hand in a makefile fence; \
         put it into a file and {{#include FILE:ANCHOR}} it, or make \
         it a text fence",
    );
}

#[test]
fn code_printed_by_a_command_is_refused() {
    refuses(
        "code_printed_by_a_command",
        "src/chapter.md:4: code typed by hand in a toml fence; put \
         it into a file and {{#include FILE:ANCHOR}} it, or make it \
         a text fence",
    );
}

#[test]
fn a_fence_that_is_never_closed_is_refused() {
    refuses(
        "fence_is_never_closed",
        "src/chapter.md:3: this fence is never closed; close it with \
         as many marks",
    );
}

#[test]
fn a_line_that_would_end_a_list_is_refused() {
    refuses(
        "line_left_of_its_fence",
        "src/chapter.md:4: further left than its fence, so a list or \
         a quote would end here; begin the fence in the first column",
    );
}

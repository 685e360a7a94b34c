//! Commands: how they end, how they are written, what they print.

use crate::refuses;

#[test]
fn a_command_that_fails_is_shown_with_what_it_printed() {
    refuses(
        "command_fails",
        "src/chapter.md:3: `echo printed; echo complained >&2; exit \
         3` exits with 3 instead of 0; mend it, or expect it with \
         <!-- cmdrun -3 … -->\n\
         \x20   printed\n\
         \x20   complained",
    );
}

#[test]
fn a_command_that_fails_in_a_pipe_is_refused() {
    refuses(
        "command_fails_in_a_pipe",
        "src/chapter.md:3: `false | cat` exits with 1 instead of 0; \
         mend it, or expect it with <!-- cmdrun -1 … -->",
    );
}

#[test]
fn a_command_has_to_exit_with_the_code_asked_for() {
    refuses(
        "command_exits_with_another_code",
        "src/chapter.md:3: `exit 4` exits with 4 instead of 3; mend \
         it, or expect it with <!-- cmdrun -4 … -->",
    );
}

#[test]
fn a_command_that_should_fail_must_not_succeed() {
    refuses(
        "command_succeeds_unexpectedly",
        "src/chapter.md:3: `echo fine` exits with 0 instead of 1; \
         mend it, or expect it with <!-- cmdrun -0 … -->\n\
         \x20   fine",
    );
}

#[test]
fn a_command_that_prints_codes_for_a_terminal_is_refused() {
    refuses(
        "command_prints_colours",
        "src/chapter.md:3: `printf \"\\033[1mbold\\n\"` prints \
         colours, or other codes for a terminal; find what asks for \
         them",
    );
}

#[test]
fn a_command_that_is_killed_fails() {
    refuses(
        "command_is_killed",
        "src/chapter.md:3: `kill -9 $$` was ended by a signal; run \
         it by hand to see why",
    );
}

#[test]
fn an_unknown_flag_is_refused() {
    refuses(
        "command_has_an_unknown_flag",
        "src/chapter.md:3: unknown cmdrun flag `--lenient`; write -N \
         for a command that exits with N, from 0 to 255",
    );
}

#[test]
fn a_flag_without_its_number_is_refused() {
    refuses(
        "command_expects_no_number",
        "src/chapter.md:3: unknown cmdrun flag \
         `--expect-return-code`; write -N for a command that exits \
         with N, from 0 to 255",
    );
}

#[test]
fn two_commands_on_a_line_are_refused() {
    refuses(
        "two_commands_on_a_line",
        "src/chapter.md:3: a command shares its line with another \
         comment, and cmdrun reads both as one; give each its own \
         line",
    );
}

#[test]
fn a_command_beside_another_comment_is_refused() {
    refuses(
        "command_beside_another_comment",
        "src/chapter.md:3: a command shares its line with another \
         comment, and cmdrun reads both as one; give each its own \
         line",
    );
}

#[test]
fn a_command_beside_an_include_is_refused() {
    refuses(
        "command_and_include_on_a_line",
        "src/chapter.md:3: a command and a {{#…}} directive on one \
         line; give each its own line",
    );
}

#[test]
fn a_command_over_several_lines_is_refused() {
    refuses(
        "command_over_several_lines",
        "src/chapter.md:3: the command's comment does not end on its \
         line; write <!-- cmdrun COMMAND --> on one line",
    );
}

#[test]
fn a_command_on_the_second_line_of_a_comment_is_refused() {
    refuses(
        "command_on_the_second_line",
        "src/chapter.md:3: the command's comment does not end on its \
         line; write <!-- cmdrun COMMAND --> on one line",
    );
}

#[test]
fn a_command_without_an_end_is_refused() {
    refuses(
        "command_never_ends",
        "src/chapter.md:3: the command's comment does not end on its \
         line; write <!-- cmdrun COMMAND --> on one line",
    );
}

#[test]
fn a_misspelt_cmdrun_is_refused() {
    refuses(
        "command_is_misspelt",
        "src/chapter.md:3: malformed command, which cmdrun passes \
         over; write <!-- cmdrun COMMAND -->",
    );
}

#[test]
fn an_empty_command_is_refused() {
    refuses(
        "command_is_empty",
        "src/chapter.md:3: the command is empty; write <!-- cmdrun \
         COMMAND -->",
    );
}

#[test]
fn a_flag_without_a_command_is_refused() {
    refuses(
        "command_is_only_a_flag",
        "src/chapter.md:3: the command is empty; write <!-- cmdrun \
         COMMAND -->",
    );
}

#[test]
fn spaces_that_cmdrun_would_squeeze_are_refused() {
    refuses(
        "command_has_runs_of_spaces",
        "src/chapter.md:3: `echo \"a  b\"` has more than one space \
         in a row, which cmdrun makes one; put the command into a \
         script\n\
         src/chapter.md:5: `echo \"c  d\"; exit 3` has more than one \
         space in a row, which cmdrun makes one; put the command into \
         a script",
    );
}

#[test]
fn output_has_to_end_its_last_line() {
    refuses(
        "output_without_a_newline",
        "src/chapter.md:3: the output of `printf hello` does not end \
         its last line, so the next line of the page would join it; \
         print a newline at the end",
    );
}

#[test]
fn a_command_at_the_end_of_a_line_has_to_end_it() {
    refuses(
        "nothing_printed_at_the_end_of_a_line",
        "src/chapter.md:3: the output of `true` does not end its \
         last line, so the next line of the page would join it; \
         print a newline at the end",
    );
}

#[test]
fn several_lines_do_not_fit_into_a_line() {
    refuses(
        "output_of_several_lines_in_a_line",
        "src/chapter.md:3: `echo a; echo b` prints more than one \
         line, but only the first would stand where the comment \
         stands; begin the comment in the first column of a line of \
         its own",
    );
}

#[test]
fn several_lines_do_not_fit_into_a_list() {
    refuses(
        "output_of_several_lines_in_a_list",
        "src/chapter.md:5: `echo a; echo b` prints more than one \
         line, but only the first would stand where the comment \
         stands; begin the comment in the first column of a line of \
         its own",
    );
}

#[test]
fn output_with_a_directive_is_refused() {
    refuses(
        "output_contains_a_directive",
        "src/chapter.md:3: the output of `printf \"{%s\\n\" \
         \"{#include secret}}\"` contains a directive, which would \
         be taken for the page's; print something else",
    );
}

#[test]
fn output_with_a_command_is_refused() {
    refuses(
        "output_contains_a_command",
        "src/chapter.md:3: the output of `printf \"<!%s\\n\" \"-- \
         cmdrun echo a --\"` contains a directive, which would be \
         taken for the page's; print something else",
    );
}

#[test]
fn output_that_closes_its_fence_is_refused() {
    refuses(
        "output_closes_the_fence",
        "src/chapter.md:4: the output of `printf \"%s\\n\" \
         \"\\`\\`\\`\"` closes the fence around it; open and close \
         the fence with more marks",
    );
}

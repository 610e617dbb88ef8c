#include "reference/problem/diagnostic.h"
#include <criterion/criterion.h>
#include <string.h>

static const char *message(hp_position at, const char *text) {
  static char line[1200];
  hp_diagnostic why;
  cr_assert_not(hp_diagnose(&why, "a.phi", at, "%s", text));
  hp_diagnostic_text(&why, line, sizeof line);
  return line;
}

Test(diagnostic, one_line_with_its_place) {
  cr_assert_str_eq(message((hp_position){3, 14}, "wrong; right"), "a.phi:3:14: wrong; right");
  cr_assert_str_eq(message((hp_position){0, 0}, "cannot be read"), "a.phi: cannot be read");
}

Test(diagnostic, control_characters_and_broken_text_become_question_marks) {
  cr_assert_str_eq(message((hp_position){1, 1}, "a\nb\x1b[31mc\x7f"), "a.phi:1:1: a?b?[31mc?");
  cr_assert_str_eq(message((hp_position){1, 1}, "\xC3\xA9 \xC3 \xFF"), "a.phi:1:1: \xC3\xA9 ? ?");
  cr_assert_str_eq(message((hp_position){1, 1}, "\xC2\x85"), "a.phi:1:1: ??");
}

Test(diagnostic, long_messages_are_cut_at_a_character) {
  char text[2000];
  for (size_t i = 0; i + 1 < sizeof text; i += 2)
    memcpy(text + i, "\xC3\xA9", 2);
  text[1998] = 0;
  hp_diagnostic why;
  hp_diagnose(&why, text, (hp_position){1, 1}, "%s", text);
  cr_assert_eq(strlen(why.file), sizeof why.file - 1);
  cr_assert_eq(why.message[sizeof why.message - 2], '?'); /* half a character */
}

Test(diagnostic, nearest_word) {
  static const char *const words[] = {"loss", "start", "momentum", "x"};
  cr_assert_str_eq(hp_nearest("los", words, 4), "loss");
  cr_assert_str_eq(hp_nearest("strat", words, 4), "start");
  cr_assert_str_eq(hp_nearest("momentun", words, 4), "momentum");
  cr_assert_null(hp_nearest("colour", words, 4));
  cr_assert_null(hp_nearest("y", words, 4)); /* every letter would change */
  cr_assert_null(hp_nearest("loss", words, 0));
  cr_assert_null(hp_nearest("", words, 4));
}

#include "reference/problem/lexer.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

/* The tokens of a text after the key, separated by '|'; a statement is written "&". */
static const char *tokens(const char *text) {
  static char list[400];
  hp_diagnostic why;
  hp_lexer lexer;
  list[0] = 0;
  cr_assert(hp_lexer_start(&lexer, text, strlen(text), "a.phi", &why));
  while (lexer.token.kind != HP_TOKEN_END) {
    bool is_statement = lexer.token.kind == HP_TOKEN_STATEMENT;
    size_t end = strlen(list);
    snprintf(list + end, sizeof list - end, "%s%.*s", end ? "|" : "",
             is_statement ? 1 : (int)lexer.token.length, is_statement ? "&" : lexer.token.text);
    cr_assert(!is_statement || hp_lexer_key(&lexer));
    cr_assert(hp_lexer_advance(&lexer), "%s", why.message);
  }
  return list;
}

Test(lexer, tokens) {
  cr_assert_str_eq(tokens(""), "");
  cr_assert_str_eq(tokens("a = 1"), "&|=|1");
  cr_assert_str_eq(tokens("a 1..3"), "&|1|..|3");
  cr_assert_str_eq(tokens("a 1.5..2.5e3"), "&|1.5|..|2.5e3");
  cr_assert_str_eq(tokens("a 1e5 1e-5 1E+5"), "&|1e5|1e-5|1E+5");
  cr_assert_str_eq(tokens("a 2e 2e- 2ex"), "&|2|e|2|e|-|2|ex");
  cr_assert_str_eq(tokens("a r.x1[i]"), "&|r|.|x1|[|i|]");
  cr_assert_str_eq(tokens("a x->y x- y"), "&|x|->|y|x|-|y");
}

Test(lexer, lines) {
  cr_assert_str_eq(tokens("a 1\nb 2"), "&|1|&|2");
  cr_assert_str_eq(tokens("a 1\n  2\n\n\t3\nb"), "&|1|2|3|&");
  cr_assert_str_eq(tokens("# one\n  # two\na 1 # three\n# four\n  2"), "&|1|2");
  cr_assert_str_eq(tokens("a 1\r\n  2\r\nb 3\r"), "&|1|2|&|3");
  cr_assert_str_eq(tokens("\xEF\xBB\xBF"
                          "a 1"),
                   "&|1");
}

Test(lexer, positions_count_characters) {
  hp_diagnostic why;
  hp_lexer lexer;
  const char *text = "a \xCE\xBB \"\xCE\xBC\" 7\n\t 8 # end";
  cr_assert(hp_lexer_start(&lexer, text, strlen(text), "a.phi", &why));
  cr_assert(hp_lexer_key(&lexer) && hp_lexer_advance(&lexer));
  cr_assert(lexer.token.kind == HP_TOKEN_NAME && lexer.token.at.column == 3);
  cr_assert(hp_lexer_advance(&lexer));
  cr_assert(lexer.token.kind == HP_TOKEN_STRING && lexer.token.at.column == 5);
  cr_assert_eq(lexer.token.length, 2);
  cr_assert(hp_lexer_advance(&lexer));
  cr_assert(lexer.token.kind == HP_TOKEN_NUMBER && lexer.token.at.column == 9);
  cr_assert(hp_lexer_advance(&lexer));
  cr_assert(lexer.token.at.line == 2 && lexer.token.at.column == 3);
  cr_assert(hp_lexer_advance(&lexer));
  cr_assert(lexer.token.kind == HP_TOKEN_END && lexer.token.at.column == 4); /* after the 8 */
}

Test(lexer, rest_of_line) {
  hp_diagnostic why;
  hp_lexer lexer;
  const char *text = "name =  two words \t # comment\nb";
  cr_assert(hp_lexer_start(&lexer, text, strlen(text), "a.phi", &why));
  cr_assert(hp_lexer_key(&lexer) && hp_lexer_advance(&lexer) && hp_lexer_rest_of_line(&lexer));
  cr_assert_eq(lexer.token.length, 9);
  cr_assert_eq(strncmp(lexer.token.text, "two words", 9), 0);
  cr_assert(hp_lexer_advance(&lexer));
  cr_assert_eq(lexer.token.kind, HP_TOKEN_STATEMENT);
}

Test(lexer, tokens_in_messages) {
  char text[64];
  hp_token token = {
      HP_TOKEN_NAME, {1, 1}, "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", 52};
  cr_assert_str_eq(hp_token_text(&token, text, sizeof text),
                   "'abcdefghijklmnopqrstuvwxyzabcdefghijklmn...'");
  token.length = 3;
  cr_assert_str_eq(hp_token_text(&token, text, sizeof text), "'abc'");
  token.kind = HP_TOKEN_STRING;
  cr_assert_str_eq(hp_token_text(&token, text, sizeof text), "\"abc\"");
}

#include "lexer.h"
#include "text.h"
#include <stdio.h>
#include <string.h>

static bool fail(hp_lexer *lexer, const char *message) {
  return hp_diagnose(lexer->why, lexer->file, lexer->at, "%s", message);
}

static bool at_end(const hp_lexer *lexer) {
  return lexer->next == lexer->end;
}

/* Decodes the next character without taking it; 0 bytes at the end of the file. */
static bool peek(hp_lexer *lexer, uint32_t *code, size_t *length) {
  *code = 0;
  *length = 0;
  if (at_end(lexer))
    return true;
  *length = hp_utf8_decode(lexer->next, (size_t)(lexer->end - lexer->next), code);
  if (*length == 0)
    return fail(lexer, "this byte is not UTF-8; a problem file is UTF-8 text");
  if (*code == 0)
    return fail(lexer, "a zero byte; a problem file is UTF-8 text");
  return true;
}

static void take(hp_lexer *lexer, size_t length) {
  lexer->next += length;
  lexer->at.column++;
}

static bool is_line_end(const hp_lexer *lexer) {
  if (at_end(lexer) || *lexer->next == '\n')
    return true;
  return *lexer->next == '\r' && (lexer->next + 1 == lexer->end || lexer->next[1] == '\n');
}

static bool skip_comment(hp_lexer *lexer) {
  uint32_t code;
  size_t length;
  while (!is_line_end(lexer)) {
    if (!peek(lexer, &code, &length))
      return false;
    take(lexer, length);
  }
  return true;
}

/* Skips blanks, comments and line ends up to a token or to a line that begins in column 1. */
static bool skip_blanks(hp_lexer *lexer) {
  while (!at_end(lexer)) {
    char c = *lexer->next;
    if (c == '#') {
      if (!skip_comment(lexer))
        return false;
    } else if (c == '\n') {
      lexer->next++;
      lexer->at = (hp_position){lexer->at.line + 1, 1};
    } else if (c == ' ' || c == '\t' || (c == '\r' && is_line_end(lexer))) {
      take(lexer, 1);
    } else {
      return true;
    }
  }
  return true;
}

static bool is_digit(const hp_lexer *lexer, size_t offset) {
  return (size_t)(lexer->end - lexer->next) > offset && lexer->next[offset] >= '0' &&
         lexer->next[offset] <= '9';
}

static void take_digits(hp_lexer *lexer) {
  while (is_digit(lexer, 0))
    take(lexer, 1);
}

static char character(const hp_lexer *lexer, size_t offset) {
  return (size_t)(lexer->end - lexer->next) > offset ? lexer->next[offset] : 0;
}

/* digits [. digits] [e [sign] digits]; "1..3" is 1 and dots. */
static void take_number(hp_lexer *lexer) {
  take_digits(lexer);
  if (character(lexer, 0) == '.' && is_digit(lexer, 1)) {
    take(lexer, 1);
    take_digits(lexer);
  }
  char mark = character(lexer, 0), sign = character(lexer, 1);
  size_t skip = sign == '-' || sign == '+' ? 2 : 1;
  if ((mark == 'e' || mark == 'E') && is_digit(lexer, skip)) {
    for (; skip > 0; skip--)
      take(lexer, 1);
    take_digits(lexer);
  }
}

static bool take_name(hp_lexer *lexer) {
  const char *begin = lexer->next;
  uint32_t code;
  size_t length;
  do {
    if (!peek(lexer, &code, &length))
      return false;
    if (!hp_continues_name(code))
      break;
    take(lexer, length);
  } while (true);
  if (lexer->next - begin <= HP_NAME_BYTES)
    return true;
  lexer->at = lexer->token.at;
  return fail(lexer, "this name is too long; a name has at most 64 bytes");
}

static bool take_string(hp_lexer *lexer) {
  hp_position begin = lexer->at;
  uint32_t code;
  size_t length;
  take(lexer, 1);
  lexer->token.text = lexer->next;
  while (character(lexer, 0) != '"') {
    if (is_line_end(lexer)) {
      lexer->at = begin;
      return fail(lexer, "this text has no closing quote; write \"...\" on one line");
    }
    if (!peek(lexer, &code, &length))
      return false;
    take(lexer, length);
  }
  lexer->token.length = (size_t)(lexer->next - lexer->token.text);
  take(lexer, 1);
  return true;
}

/* The sign to type instead of a look-alike, or NULL. */
static const char *look_alike(uint32_t code) {
  switch (code) {
  case 0x2212: /* minus sign */
  case 0x2013: /* en dash */
    return "-";
  case 0xD7:   /* multiplication sign */
  case 0xB7:   /* middle dot */
  case 0x22C5: /* dot operator */
    return "*";
  case 0xF7: /* division sign */
    return "/";
  case 0x201C: /* curly quotes */
  case 0x201D:
  case '\'':
    return "\"";
  case 0xA0: /* no-break space */
    return " ";
  default:
    return NULL;
  }
}

static bool refuse(hp_lexer *lexer, uint32_t code, size_t length) {
  const char *instead = look_alike(code);
  if (instead)
    return hp_diagnose(lexer->why, lexer->file, lexer->at,
                       "unexpected character '%.*s' (U+%04X); type '%s' instead", (int)length,
                       lexer->next, code, instead);
  return hp_diagnose(lexer->why, lexer->file, lexer->at,
                     "unexpected character '%.*s' (U+%04X); accepted are names, numbers, texts in "
                     "\"...\" and + - * / ^ ( ) [ ] , ; : . .. -> = #",
                     (int)length, lexer->next, code);
}

static bool take_sign(hp_lexer *lexer, uint32_t code, size_t length) {
  char following = character(lexer, 1);
  lexer->token.kind = HP_TOKEN_SIGN;
  if (code == '.' && following == '.')
    lexer->token.kind = HP_TOKEN_DOTS;
  else if (code == '-' && following == '>')
    lexer->token.kind = HP_TOKEN_ARROW;
  else if (code > 0x7F || !strchr("+-*/^()[],;:.=", (int)code))
    return refuse(lexer, code, length);
  if (lexer->token.kind != HP_TOKEN_SIGN)
    take(lexer, 1);
  take(lexer, 1);
  return true;
}

bool hp_lexer_advance(hp_lexer *lexer) {
  uint32_t code;
  size_t length;
  hp_position before = lexer->at;
  if (!skip_blanks(lexer) || !peek(lexer, &code, &length))
    return false;
  lexer->token = (hp_token){HP_TOKEN_END, before, lexer->next, 0};
  if (length == 0)
    return true;
  lexer->token.kind = HP_TOKEN_STATEMENT;
  if (lexer->at.column == 1)
    return true;
  lexer->token.at = lexer->at;
  bool taken = true;
  if (code >= '0' && code <= '9') {
    lexer->token.kind = HP_TOKEN_NUMBER;
    take_number(lexer);
  } else if (hp_begins_name(code)) {
    lexer->token.kind = HP_TOKEN_NAME;
    taken = take_name(lexer);
  } else if (code == '"') {
    lexer->token.kind = HP_TOKEN_STRING;
    return take_string(lexer);
  } else {
    taken = take_sign(lexer, code, length);
  }
  lexer->token.length = (size_t)(lexer->next - lexer->token.text);
  return taken;
}

bool hp_lexer_start(hp_lexer *lexer, const char *text, size_t length, const char *file,
                    hp_diagnostic *why) {
  bool has_mark = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0;
  *lexer = (hp_lexer){
      .file = file, .next = text + 3 * has_mark, .end = text + length, .at = {1, 1}, .why = why};
  if (!hp_lexer_advance(lexer))
    return false;
  if (lexer->token.kind == HP_TOKEN_END || lexer->token.kind == HP_TOKEN_STATEMENT)
    return true;
  lexer->at = lexer->token.at;
  return fail(lexer,
              "this line is indented but continues nothing; begin 'key = value' in column 1");
}

static bool in_key(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

bool hp_lexer_key(hp_lexer *lexer) {
  uint32_t code;
  size_t length;
  lexer->token = (hp_token){HP_TOKEN_NAME, lexer->at, lexer->next, 0};
  while (in_key(character(lexer, 0)))
    take(lexer, 1);
  lexer->token.length = (size_t)(lexer->next - lexer->token.text);
  if (lexer->token.length > 0)
    return true;
  return peek(lexer, &code, &length) &&
         hp_diagnose(lexer->why, lexer->file, lexer->at,
                     "a line cannot begin with '%.*s'; begin it with a key such as 'loss = ...', "
                     "or indent it to continue the line before",
                     (int)length, lexer->next);
}

bool hp_lexer_rest_of_line(hp_lexer *lexer) {
  while (character(lexer, 0) == ' ' || character(lexer, 0) == '\t')
    take(lexer, 1);
  lexer->token = (hp_token){HP_TOKEN_STRING, lexer->at, lexer->next, 0};
  uint32_t code;
  size_t length;
  while (!is_line_end(lexer) && *lexer->next != '#') {
    if (!peek(lexer, &code, &length))
      return false;
    take(lexer, length);
    if (code != ' ' && code != '\t')
      lexer->token.length = (size_t)(lexer->next - lexer->token.text);
  }
  return true;
}

const char *hp_token_text(const hp_token *token, char *text, size_t size) {
  if (token->kind == HP_TOKEN_END)
    return "end of the file";
  if (token->kind == HP_TOKEN_STATEMENT)
    return "end of the line (indent a line that continues it)";
  const char *mark = token->kind == HP_TOKEN_STRING ? "\"" : "'";
  int length = token->length > 40 ? 40 : (int)token->length;
  snprintf(text, size, "%s%.*s%s%s", mark, length, token->text, token->length > 40 ? "..." : "",
           mark);
  return text;
}

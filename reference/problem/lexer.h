#ifndef HP_LEXER_H
#define HP_LEXER_H
#include "diagnostic.h"

/* Tokens of a problem file. A line that begins in column 1 begins a statement; an indented line
 * continues the one before; blank lines and comments (# to the end of the line) do not count. */
typedef enum {
  HP_TOKEN_END,       /* of the file */
  HP_TOKEN_STATEMENT, /* a line begins in column 1; the next thing is its key */
  HP_TOKEN_NUMBER,    /* 12, 0.5, 3e-4 */
  HP_TOKEN_NAME,
  HP_TOKEN_STRING, /* "..." without the quotes */
  HP_TOKEN_DOTS,   /* .. */
  HP_TOKEN_ARROW,  /* -> */
  HP_TOKEN_SIGN    /* one of + - * / ^ ( ) [ ] , ; : . = */
} hp_token_kind;

typedef struct {
  hp_token_kind kind;
  hp_position at;   /* the end of a statement or of the file: where the token before ends */
  const char *text; /* into the file, not terminated */
  size_t length;
} hp_token;

typedef struct {
  const char *file; /* for messages */
  const char *next, *end;
  hp_position at; /* of next */
  hp_token token; /* the current one */
  hp_diagnostic *why;
} hp_lexer;

/* The first token is HP_TOKEN_STATEMENT or HP_TOKEN_END. */
bool hp_lexer_start(hp_lexer *lexer, const char *text, size_t length, const char *file,
                    hp_diagnostic *why);
bool hp_lexer_advance(hp_lexer *lexer);

/* On HP_TOKEN_STATEMENT: the key, letters and '_' and '-', becomes the current token as a name. */
bool hp_lexer_key(hp_lexer *lexer);

/* After '=' is current: the rest of the line without comment and surrounding blanks becomes the
 * current token as a string. */
bool hp_lexer_rest_of_line(hp_lexer *lexer);

/* What the current token looks like in a message: "'+'", "end of the file", ... */
const char *hp_token_text(const hp_token *token, char *text, size_t size);

enum { HP_NAME_BYTES = 64 }; /* the longest name */

#endif

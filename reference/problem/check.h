#ifndef HP_CHECK_H
#define HP_CHECK_H
#include "syntax.h"

/* A name that the whole file knows. */
typedef struct hp_symbol {
  hp_label label;
  enum { HP_SYMBOL_PARAMETER, HP_SYMBOL_LET, HP_SYMBOL_DATA } kind;
  size_t index; /* into parameter, let or data of the document */
} hp_symbol;

/* Resolves every name of the document and gives every local variable its frame slot. Refuses names
 * used twice, unknown names, a let that uses itself, and calls with the wrong number of arguments.
 * Kinds of values, indices and domains are the elaborator's. */
bool hp_check_document(hp_document *document);

/* The table that the file declares under this name, or NULL. */
const hp_table *hp_find_table(const hp_document *document, const char *name);

#endif

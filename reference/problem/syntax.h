#ifndef HP_SYNTAX_H
#define HP_SYNTAX_H
#include "diagnostic.h"
#include "lexer.h"
#include "table.h"
#include "text.h"

/* The syntax tree of a problem file. Everything lives in the document's arena; exact rationals are
 * nodes of its graph. */

typedef enum {
  HP_EXPRESSION_NUMBER,   /* 3/4 is a product; this is one literal */
  HP_EXPRESSION_NAME,     /* x */
  HP_EXPRESSION_INDEX,    /* w[i]: operand[0] = i */
  HP_EXPRESSION_CALL,     /* z(a, b) */
  HP_EXPRESSION_COLUMN,   /* r.x or r.x[i]: operand[0] = i */
  HP_EXPRESSION_SUM,      /* +- operand[0] +- operand[1] ... */
  HP_EXPRESSION_PRODUCT,  /* operand[0] *or/ operand[1] ... */
  HP_EXPRESSION_NEGATIVE, /* -operand[0] */
  HP_EXPRESSION_POWER,    /* operand[0] ^ operand[1] */
  HP_EXPRESSION_FUNCTION, /* exp(operand[0]), ... */
  HP_EXPRESSION_RANGE,    /* sum(name in operand[1]..operand[2]: operand[0]); at: of the range */
  HP_EXPRESSION_ROWS      /* sum or mean(name in other: operand[0]); at: of the table */
} hp_expression_kind;

typedef struct hp_let hp_let;
typedef struct hp_expression hp_expression;

/* What a name stands for; set by the checker. */
typedef enum { HP_REFERENCE_LOCAL, HP_REFERENCE_PARAMETER, HP_REFERENCE_LET } hp_reference_kind;

struct hp_expression {
  hp_expression_kind kind;
  hp_position at, other_at;
  const char *name;      /* NAME, INDEX, CALL; the row of COLUMN; the variable of a loop */
  const char *other;     /* the column of COLUMN; the table of ROWS */
  hp_node number;        /* NUMBER */
  hp_operation function; /* FUNCTION */
  bool is_mean;          /* ROWS */
  size_t count;          /* operands */
  hp_expression **operand;
  bool *inverse; /* SUM: is subtracted; PRODUCT: divides */

  hp_reference_kind reference;
  size_t slot;           /* LOCAL: frame slot, also of a loop's variable; PARAMETER: first input */
  size_t entries;        /* PARAMETER: how many, 0 for a scalar */
  hp_let *let;           /* LET */
  const hp_table *table; /* ROWS */
};

typedef struct {
  const char *name;
  hp_position at;
} hp_label;

typedef struct {
  hp_label label;
  size_t entries, first; /* w[3]: 3 entries; a scalar: 0; number of the first input */
} hp_parameter;

struct hp_let {
  hp_label label;
  hp_label *argument;
  size_t n_arguments;
  bool has_arguments; /* z(...), as against z */
  hp_expression *body;
  enum { HP_LET_UNCHECKED, HP_LET_BEING_CHECKED, HP_LET_CHECKED } state;
  size_t n_slots; /* of a call's frame */
  bool is_known;  /* without arguments: value is set */
  hp_node value;
};

/* A comma separated list of expressions; for `box` of low..high pairs (2 count of them). */
typedef struct {
  hp_position at; /* of the key; line 0 when the key is absent */
  hp_expression **item;
  size_t count;
} hp_list;

typedef struct {
  hp_label label;
  hp_table table;
  hp_expression **entry; /* of an inline table, row-major; the checker turns them into cells */
} hp_data;

typedef struct {
  const char *file, *directory;
  hp_diagnostic *why;
  hp_arena arena;
  hp_graph *graph;

  const char *name;
  hp_position name_at, params_at, loss_at;
  hp_parameter *parameter;
  size_t n_parameters, dimension;
  hp_data *data;
  size_t n_data;
  hp_let *let;
  size_t n_lets;
  hp_expression *loss;
  size_t loss_slots, list_slots; /* frame slots that the loss and the lists need */
  hp_list start, start_u, start_v, momentum, horizon, box;
  struct hp_symbol *symbol; /* sorted by name */
  size_t n_symbols;

  /* diagonal-linear = table: feature, ... -> target */
  hp_position diagonal_at;
  hp_label diagonal_table, *feature, target;
  size_t n_features;
} hp_document;

static inline bool hp_is_given(hp_position at) {
  return at.line > 0;
}

enum {
  HP_NESTING_LIMIT = 200,        /* brackets, signs and powers inside each other */
  HP_EXPANSION_DEPTH = 2000,     /* the same through let */
  HP_EXPANSION_LIMIT = 1000000,  /* operations written out, sums and lets expanded */
  HP_DIMENSION_LIMIT = 10000,    /* parameters; names in a list, such as columns */
  HP_ARGUMENTS_LIMIT = 100,      /* of a let */
  HP_FILE_LIMIT = 1 << 22,       /* bytes of a problem file */
  HP_TABLE_FILE_LIMIT = 1 << 26, /* bytes of a CSV file */
  HP_POWER_LIMIT = 1000000       /* |exponent| */
};

/* Text to document; the caller has set file, directory, why and graph, and frees the arena. */
bool hp_document_parse(hp_document *document, const char *text, size_t length);

/* Parser for one expression, at the current token. */
typedef struct {
  hp_lexer lexer;
  hp_document *document;
  size_t depth;
} hp_parser;
bool hp_parse_expression(hp_parser *parser, hp_expression **result);

/* Shared by the expression and the statement parser. */
bool hp_parser_is(const hp_parser *parser, char sign);
bool hp_parser_expect(hp_parser *parser, char sign, const char *accepted);
bool hp_parser_unexpected(const hp_parser *parser, const char *accepted);
bool hp_parser_name(hp_parser *parser, hp_label *label, const char *accepted);
hp_expression *hp_parser_new(hp_parser *parser, hp_expression_kind kind, hp_position at,
                             size_t operands);

/* A name that the file gives to something: no word of the language. */
bool hp_parse_new_name(hp_parser *parser, hp_label *label, const char *accepted);

/* The token before the list is current: names, all different, separated by commas. */
bool hp_parse_labels(hp_parser *parser, hp_label **label, size_t *count, const char *accepted);

/* The token before the list is current: expressions, or low..high pairs, separated by commas. */
bool hp_parse_list(hp_parser *parser, hp_list *list, bool pairs);

/* After the key `data`: NAME = "file.csv" or NAME = [...] */
bool hp_parse_data(hp_parser *parser);

/* The words of the language: the functions, sum, mean and in. */
extern const char *const hp_words[];
extern const size_t hp_words_count;
bool hp_is_reserved(const char *name);

#endif

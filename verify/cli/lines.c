#include "lines.h"
#include <math.h>
#include <stdlib.h>

static const char *text_or(const char *text, const char *otherwise) {
  return text ? text : otherwise;
}

/* A number to ten digits; any other text as it is. */
static void print_brief(FILE *stream, const char *before, const char *text) {
  char *end;
  double value = text ? strtod(text, &end) : 0;
  if (text && *text && *end == '\0')
    fprintf(stream, "%s%.10g", before, value);
  else
    fprintf(stream, "%s%s", before, text_or(text, "?"));
}

static void print_controls(FILE *stream, const hp_run *run) {
  size_t as_expected = 0;
  for (size_t i = 0; i < run->n_controls; ++i)
    as_expected += run->control[i].failed == run->control[i].should_fail;
  if (run->n_controls)
    fprintf(stream, "  controls %zu/%zu", as_expected, run->n_controls);
}

void hp_lines_print(hp_lines *lines, const hp_run *run) {
  FILE *stream = lines->stream;
  ++lines->count[run->verdict];
  fprintf(stream, "%-14s  %-3s  %-10s  %-*s  %-*s", hp_verdict_text(run->verdict),
          text_or(run->claim, "?"), text_or(run->observable, "-"), lines->problem_width,
          text_or(run->problem, "?"), lines->method_width, text_or(run->method, "?"));
  if (run->has_order && isfinite(run->order_measured))
    fprintf(stream, "  order %.6g [%.6g, %.6g] expected %g", run->order_measured, run->order_low,
            run->order_high, run->order_expected);
  if (run->constant_measured || run->constant_predicted) {
    print_brief(stream, "  constant ", run->constant_measured);
    print_brief(stream, " predicted ", run->constant_predicted);
  }
  if (run->has_bound) {
    print_brief(stream, "  bound ", run->bound_value);
    fputs(run->bound_holds ? " holds" : " VIOLATED", stream);
  }
  print_controls(stream, run);
  if (run->reason && *run->reason)
    fprintf(stream, "  %s", run->reason);
  fputc('\n', stream);
  fflush(stream);
}

void hp_lines_total(const hp_lines *lines) {
  size_t all = 0;
  for (int v = HP_PASS; v <= HP_ERROR; ++v)
    all += lines->count[v];
  fprintf(lines->stream, "%zu run%s", all, all == 1 ? "" : "s");
  const char *separator = ": ";
  for (int v = HP_PASS; v <= HP_ERROR; ++v)
    if (lines->count[v]) {
      fprintf(lines->stream, "%s%zu %s", separator, lines->count[v],
              hp_verdict_text((hp_verdict)v));
      separator = ", ";
    }
  fputc('\n', lines->stream);
}

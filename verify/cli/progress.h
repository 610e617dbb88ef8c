#ifndef HP_PROGRESS_H
#define HP_PROGRESS_H
#include <stdbool.h>
#include <stddef.h>

/* One line on standard error when it is a terminal, else nothing:
 *     [=========>          ] 9/20  2 running  0.8/s  0:14 left  */
typedef struct {
  bool shown;       /* standard error is a terminal */
  size_t total;     /* cells */
  double begin;     /* seconds, monotonic */
  double last_draw; /* the line is drawn at most five times a second */
} hp_progress;

void hp_progress_begin(hp_progress *progress, size_t total);
void hp_progress_draw(hp_progress *progress, size_t done, size_t running);
/* Takes the line away, before other output and at the end. */
void hp_progress_clear(hp_progress *progress);

#endif

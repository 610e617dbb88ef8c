#include "progress.h"
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { WIDTH = 28 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void hp_progress_begin(hp_progress *progress, size_t total) {
  *progress = (hp_progress){.shown = isatty(STDERR_FILENO), .total = total, .begin = now()};
}

void hp_progress_draw(hp_progress *progress, size_t done, size_t running) {
  double t = now();
  if (!progress->shown || progress->total == 0 || t - progress->last_draw < 0.2)
    return;
  progress->last_draw = t;
  char bar[WIDTH + 1];
  size_t filled = done * WIDTH / progress->total;
  for (size_t i = 0; i < WIDTH; ++i)
    bar[i] = i < filled ? '=' : i == filled ? '>' : ' ';
  bar[WIDTH] = '\0';
  fprintf(stderr, "\r\033[K[%s] %zu/%zu  %zu running", bar, done, progress->total, running);
  double elapsed = t - progress->begin;
  if (done > 0 && elapsed > 0) {
    double rate = (double)done / elapsed;
    long left = (long)((double)(progress->total - done) / rate + 0.5);
    fprintf(stderr, "  %.3g/s  %ld:%02ld left", rate, left / 60, left % 60);
  }
  fflush(stderr);
}

void hp_progress_clear(hp_progress *progress) {
  if (!progress->shown || progress->last_draw == 0)
    return;
  fputs("\r\033[K", stderr);
  fflush(stderr);
  progress->last_draw = 0;
}

#include "reject.h"
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void hp_reject(const char *format, ...) {
  char text[8192];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  for (char *c = text; *c; ++c)
    if (iscntrl((unsigned char)*c))
      *c = '?';
  fprintf(stderr, "heavyproof: %s\n", text);
  exit(HP_EXIT_BAD_INPUT);
}

#ifndef HP_CLI_H
#define HP_CLI_H
#include "reject.h"

/* The commands: argv[0] is "heavyproof COMMAND"; the result is the exit code. */
int hp_command_check(int argc, char **argv);
int hp_command_recheck(int argc, char **argv);
int hp_command_integrate(int argc, char **argv);
int hp_command_iterate(int argc, char **argv);
int hp_command_dln(int argc, char **argv);
int hp_command_list(int argc, char **argv);
int hp_command_explain(int argc, char **argv);

#endif

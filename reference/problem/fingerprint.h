#ifndef HP_FINGERPRINT_H
#define HP_FINGERPRINT_H
#include "problem.h"

/* 16 hexadecimal digits and a zero: the 64-bit FNV-1a hash (Fowler, Noll, Vo) of what the loss computes
 * (the lowered program with its exact constants, so that CSV tables count) and of the start. Problems
 * that differ in either have different fingerprints but for chance, 2^-64. */
enum { HP_FINGERPRINT_SIZE = 17 };
void hp_problem_fingerprint(const hp_problem *problem, char text[HP_FINGERPRINT_SIZE]);
/* The same hash of a text. */
void hp_text_fingerprint(const char *text, char fingerprint[HP_FINGERPRINT_SIZE]);

#endif

#ifndef HP_BINARY64_H
#define HP_BINARY64_H

/* Does this thread compute as the proofs of the kernels assume: IEEE binary64, round to nearest even,
 * one rounding an operation, subnormals kept, no product fused with a sum in the compiled kernels?
 * NULL if so, else one line that says what differs and what would be accepted. The floating-point
 * environment belongs to a thread: ask in each one that calls kernels, after whatever may change it
 * (fesetround, a library built with -ffast-math). Source: IEEE 754-2008 sections 4.3.1, 5.4.1, 7.5. */
const char *hp_binary64_fault(void);

#endif

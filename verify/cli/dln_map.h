#ifndef HP_DLN_MAP_H
#define HP_DLN_MAP_H

/* The sparse-recovery map: momentum gradient descent on the network of verify/recovery.h over a grid
 * of (gamma, beta), in double precision by the kernels of src/, with spot checks in MPFR. JSON to the
 * path when it is not NULL. The exit code: HP_EXIT_FAILED when a spot check differs by more than 10^-6. */
int hp_dln_map(const char *json_path);

#endif

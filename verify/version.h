#ifndef HP_VERSION_H
#define HP_VERSION_H

/* Version of the command, of the library's pkg-config file and of the results it writes. */
#define HP_VERSION "0.1.0"

#endif

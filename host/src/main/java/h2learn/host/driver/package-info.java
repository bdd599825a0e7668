/**
 * Runs a network image on an accelerator and finds out whether board and accelerator are sound. The C driver does the same. May
 * use host, host.image and the golden model's packages.
 */
@NullMarked
package h2learn.host.driver;

import org.jspecify.annotations.NullMarked;

/** Rules that hold for all packages of the hardware generator. */
@NullMarked
package h2learn;

import org.jspecify.annotations.NullMarked;

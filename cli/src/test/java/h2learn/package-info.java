/** Rules that hold for the project as a whole. */
@NullMarked
package h2learn;

import org.jspecify.annotations.NullMarked;

/** Number formats and the one rounding routine. May use nothing else of the project. */
@NullMarked
package h2learn.number;

import org.jspecify.annotations.NullMarked;

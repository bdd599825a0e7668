/**
 * Number formats, the one rounding routine and the one random generator. May use nothing else of the project.
 */
@NullMarked
package h2learn.number;

import org.jspecify.annotations.NullMarked;

/** Tests of event recordings. */
@NullMarked
package h2learn.data.event;

import org.jspecify.annotations.NullMarked;

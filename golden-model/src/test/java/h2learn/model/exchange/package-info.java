/** Tests of package h2learn.model.exchange. */
@NullMarked
package h2learn.model.exchange;

import org.jspecify.annotations.NullMarked;

/** Tests of package h2learn.network. */
@NullMarked
package h2learn.network;

import org.jspecify.annotations.NullMarked;

/** Tests of checkpoints. */
@NullMarked
package h2learn.exchange.checkpoint;

import org.jspecify.annotations.NullMarked;

/** From a network to command programs for any layer table that fits external memory: tiling, buffers, order. */
@NullMarked
package h2learn.host.plan;

import org.jspecify.annotations.NullMarked;

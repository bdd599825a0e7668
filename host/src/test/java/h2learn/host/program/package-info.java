/** Tests of the programs for the five queues. */
@NullMarked
package h2learn.host.program;

import org.jspecify.annotations.NullMarked;

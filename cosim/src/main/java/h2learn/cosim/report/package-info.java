/** One page of what the other commands found. May use regress and config. */
@NullMarked
package h2learn.cosim.report;

import org.jspecify.annotations.NullMarked;

/** Plots as SVG text, the same bytes on every machine. May use nothing of the project. */
@NullMarked
package h2learn.cosim.plot;

import org.jspecify.annotations.NullMarked;

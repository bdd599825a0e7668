/** Processes that run what may crash or hang, asked line by line from outside. May use nothing of the project. */
@NullMarked
package h2learn.cosim.worker;

import org.jspecify.annotations.NullMarked;

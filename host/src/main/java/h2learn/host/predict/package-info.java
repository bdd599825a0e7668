/** How many cycles a command will take, without the RTL. May use the golden model's packages. */
@NullMarked
package h2learn.host.predict;

import org.jspecify.annotations.NullMarked;

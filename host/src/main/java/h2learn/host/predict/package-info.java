/** How many cycles commands take, without simulating them. May use config, contract, model and host. */
@NullMarked
package h2learn.host.predict;

import org.jspecify.annotations.NullMarked;

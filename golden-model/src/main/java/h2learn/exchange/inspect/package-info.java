/** What is in a file of any kind that this project reads. May use everything else of the module. */
@NullMarked
package h2learn.exchange.inspect;

import org.jspecify.annotations.NullMarked;

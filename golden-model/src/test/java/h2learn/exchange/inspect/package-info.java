/** Tests of inspections. */
@NullMarked
package h2learn.exchange.inspect;

import org.jspecify.annotations.NullMarked;

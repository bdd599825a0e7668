/** Tests of the NIR files. */
@NullMarked
package h2learn.exchange.nir;

import org.jspecify.annotations.NullMarked;

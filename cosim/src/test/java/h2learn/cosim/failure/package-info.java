/** Tests of what is made of failing cases. */
@NullMarked
package h2learn.cosim.failure;

import org.jspecify.annotations.NullMarked;

/** Tests: mutants. */
@NullMarked
package h2learn.cosim.mutate;

import org.jspecify.annotations.NullMarked;

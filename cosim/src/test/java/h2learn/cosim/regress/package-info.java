/** Regressions report what became of each case, whatever happens to the process that runs it. */
@NullMarked
package h2learn.cosim.regress;

import org.jspecify.annotations.NullMarked;

/** Regression: many drawn cases in processes of their own, their report, and its coverage. May use cases, failure, worker and what these use. */
@NullMarked
package h2learn.cosim.regress;

import org.jspecify.annotations.NullMarked;

/** Cases: what a run in lock-step depends on, how it is drawn, written down and run. May use train, lockstep and what those use. */
@NullMarked
package h2learn.cosim.cases;

import org.jspecify.annotations.NullMarked;

/** Cases: what a run in lock-step depends on, how it is drawn, written down and run. May use lockstep and what that uses. */
@NullMarked
package h2learn.cosim.cases;

import org.jspecify.annotations.NullMarked;

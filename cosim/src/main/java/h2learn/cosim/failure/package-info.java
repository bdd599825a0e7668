/** What is made of a failing case: its folder, pictures of the difference, a smaller case. May use cases and what that uses. */
@NullMarked
package h2learn.cosim.failure;

import org.jspecify.annotations.NullMarked;

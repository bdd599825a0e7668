/** Tests of the update's parts against the golden model's numbers. May use everything of the generator. */
@NullMarked
package h2learn.rtl.update;

import org.jspecify.annotations.NullMarked;

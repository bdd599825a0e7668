/** Tests of the command processing blocks against models in Java. May use everything of the generator and hdl.test. */
@NullMarked
package h2learn.rtl.command;

import org.jspecify.annotations.NullMarked;

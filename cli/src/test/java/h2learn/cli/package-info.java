/** Tests of the command as its users see it: options, messages, exit codes, outputs, the launcher. May use everything. */
@NullMarked
package h2learn.cli;

import org.jspecify.annotations.NullMarked;

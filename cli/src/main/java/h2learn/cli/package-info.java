/** The way in: one command with its subcommands. Reads options, calls the other modules, prints. May use everything. */
@NullMarked
package h2learn.cli;

import org.jspecify.annotations.NullMarked;

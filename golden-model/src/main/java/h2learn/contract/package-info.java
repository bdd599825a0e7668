/** What host and hardware agree on: registers, commands, memory windows. May use number and config. */
@NullMarked
package h2learn.contract;

import org.jspecify.annotations.NullMarked;

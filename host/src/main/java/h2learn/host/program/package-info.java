/**
 * Programs for the five queues: what each command reads and writes, the tokens that order them, the static checker and
 * the order in which they are dispatched. May use contract, config and model.machine.
 */
@NullMarked
package h2learn.host.program;

import org.jspecify.annotations.NullMarked;

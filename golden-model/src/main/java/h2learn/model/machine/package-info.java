/**
 * The golden model run from commands alone: all memories of one accelerator and what each command does to them.
 * May use number, config, contract and model.fixed.
 */
@NullMarked
package h2learn.model.machine;

import org.jspecify.annotations.NullMarked;

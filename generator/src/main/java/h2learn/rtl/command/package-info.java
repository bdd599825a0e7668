/**
 * Commands from registers and ring to engines: dispatch, queues, tokens, checks, watchdog. May use hdl, config, contract,
 * rtl.layer, rtl.memory and rtl.logic.
 */
@NullMarked
package h2learn.rtl.command;

import org.jspecify.annotations.NullMarked;

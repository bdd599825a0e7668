/**
 * A layer as its command describes it: the command's fields, the pitches of its memory layout, walks over its points. May
 * use hdl, config, contract and rtl.logic.
 */
@NullMarked
package h2learn.rtl.layer;

import org.jspecify.annotations.NullMarked;

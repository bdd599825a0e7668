/** The geometry of a layer: pitches of its memory layout, and walks over its points. May use hdl, contract, rtl.memory. */
@NullMarked
package h2learn.rtl.layer;

import org.jspecify.annotations.NullMarked;

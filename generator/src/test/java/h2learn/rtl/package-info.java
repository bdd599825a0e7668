/** Tests of what the options of a configuration add to the generated hardware. May use emit, config and hdl. */
@NullMarked
package h2learn.rtl;

import org.jspecify.annotations.NullMarked;

/** Running models: instances, ports, AXI4-Lite transactions in bulk, memories by the back door. May use build. */
@NullMarked
package h2learn.cosim.simulation;

import org.jspecify.annotations.NullMarked;

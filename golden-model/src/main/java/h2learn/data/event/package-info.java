/**
 * Recordings of event cameras: files, spike frames, data sets, and one made by a seed. May use number, config, network,
 * tensor and data.
 */
@NullMarked
package h2learn.data.event;

import org.jspecify.annotations.NullMarked;

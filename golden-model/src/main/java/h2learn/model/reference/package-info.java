/**
 * The float64 model: the equations of the design without number formats. May use number, config, network, data and
 * model.
 */
@NullMarked
package h2learn.model.reference;

import org.jspecify.annotations.NullMarked;

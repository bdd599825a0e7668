/** What the float and the integer model share: initial parameters. May use number, config, network and data. */
@NullMarked
package h2learn.model;

import org.jspecify.annotations.NullMarked;
